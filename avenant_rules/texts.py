"""The sentences of an answer: a template in the reader's language, filled with values in words.

Codes are said by their label (`labels/common.toml`, then `labels/<family>.toml`).
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from avenant_rules.errors import Bilingual
from avenant_rules.packs import choose, words
from avenant_rules.values import shown

LABELS = Path(__file__).parent / "labels"


_NOTHING = object()


class Reader:
    """Who reads: in which language, and with which family's words for codes."""

    __slots__ = ("family", "language")

    def __init__(self, language: str, family: str) -> None:
        self.language, self.family = language, family

    def sentence(self, template: Bilingual, places: Sequence[Any]) -> str:
        """The template filled: each name looked up in each place in turn, and said in words."""
        parts: list[str] = []
        for literal, name in _parsed(choose(template, self.language)):
            parts.append(literal)
            if name is not None:
                parts.append(self._word(name, places))
        return "".join(parts)

    def _word(self, name: str, places: Sequence[Any]) -> str:
        for place in places:
            found = (
                place.get(name, _NOTHING) if type(place) is dict else getattr(place, name, _NOTHING)
            )
            if found is not _NOTHING:
                return said(found, self.language, self.family)
        # Left as written: a test over all examples fails on any brace that remains.
        return "{" + name + "}"


@lru_cache(maxsize=4096)
def _parsed(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def said(value: Any, language: str, family: str = "") -> str:
    """`value` in words: codes by their label, dates and amounts as the reader writes them."""
    if type(value) is str:
        return label(value, language, family)
    if type(value) is frozenset:
        return _said_codes(value, language, family)
    return shown(value, language, lambda code: label(code, language, family))


@lru_cache(maxsize=512)
def _said_codes(value: frozenset[Any], language: str, family: str) -> str:
    return shown(value, language, lambda code: label(code, language, family))


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
