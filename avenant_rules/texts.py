"""The sentences of an answer: a template in the reader's language, filled with values in words.

Codes are said by their label (`labels/common.toml`, then `labels/<family>.toml`).
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from avenant_rules.errors import Bilingual
from avenant_rules.packs import choose, words
from avenant_rules.values import shown

LABELS = Path(__file__).parent / "labels"


_NOTHING = object()


class Values(dict[str, str]):
    """What fills a template: looked up by name in each place in turn, and said in words."""

    def __init__(self, family: str, language: str, *places: Any) -> None:
        super().__init__()
        self._family, self._language, self._places = family, language, places

    def __missing__(self, name: str) -> str:
        for place in self._places:
            found = (
                place.get(name, _NOTHING) if type(place) is dict else getattr(place, name, _NOTHING)
            )
            if found is not _NOTHING:
                return said(found, self._language, self._family)
        # Left as written: a test over all examples fails on any brace that remains.
        return "{" + name + "}"


def said(value: Any, language: str, family: str = "") -> str:
    """`value` in words: codes by their label, dates and amounts as the reader writes them."""
    if type(value) is str or type(value) is frozenset:
        return _said_codes(value, language, family)
    return shown(value, language, lambda code: label(code, language, family))


@lru_cache(maxsize=2048)
def _said_codes(value: Any, language: str, family: str) -> str:
    return shown(value, language, lambda code: label(code, language, family))


def sentence(template: Bilingual, language: str, values: Values) -> str:
    """The template in `language`, filled."""
    return choose(template, language).format_map(values)


def label(code: str, language: str, family: str = "") -> str:
    """The words for a code; a text that is no known code is given back as it is."""
    says = _labels(family).get(code)
    return choose(says, language) if says else code


@cache
def _labels(family: str) -> dict[str, Bilingual]:
    known: dict[str, Bilingual] = dict(words(LABELS / "common.toml"))
    if family:
        known.update(words(LABELS / f"{family}.toml"))
    return known
