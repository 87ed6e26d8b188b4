"""The sentences of an answer: a template in the reader's language, filled with values in words.

Codes are said by their label (`labels/common.toml`, then `labels/<family>.toml`).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from avenant_rules.errors import Bilingual
from avenant_rules.packs import choose, words
from avenant_rules.values import shown

LABELS = Path(__file__).parent / "labels"


class Values(dict[str, str]):
    """What fills a template: looked up by name in each place in turn, and said in words."""

    def __init__(self, family: str, language: str, *places: Any) -> None:
        super().__init__()
        self._family, self._language, self._places = family, language, places

    def __missing__(self, name: str) -> str:
        for place in self._places:
            if isinstance(place, Mapping):
                if name in place:
                    return self._said(place[name])
            elif isinstance(place, msgspec.Struct) and hasattr(place, name):
                return self._said(getattr(place, name))
        # Left as written: a test over all examples fails on any brace that remains.
        return "{" + name + "}"

    def _said(self, value: Any) -> str:
        return shown(value, self._language, lambda code: label(code, self._language, self._family))


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
