"""The sentences of an answer: a template in the reader's language, filled with values in words.

Codes are said by their label (`labels/common.toml`, then `labels/<family>.toml`).
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec

from avenant_rules.errors import Bilingual
from avenant_rules.packs import choose, words
from avenant_rules.values import Money, shown, shown_number

LABELS = Path(__file__).parent / "labels"


_NOTHING = object()


class Words(dict[str, str]):
    """What fills the {places} of an answer's sentences: a field's words, said when first asked.

    `holders` are the structs that hold the fields; the first that has a name gives it.
    """

    __slots__ = ("family", "holders", "language")

    def __init__(self, language: str, family: str, holders: tuple[Any, ...]) -> None:
        self.language, self.family, self.holders = language, family, holders

    def __missing__(self, name: str) -> str:
        for holder in self.holders:
            found = getattr(holder, name, _NOTHING)
            if found is not _NOTHING:
                words = self[name] = said(found, self.language, self.family)
                return words
        # Left as written: a test over all examples fails on any brace that remains.
        return "{" + name + "}"


class Template(msgspec.Struct, frozen=True, gc=False):
    """A sentence cut at its {places}: what stands before each, its name, and what ends it."""

    places: tuple[tuple[str, str], ...]
    end: str

    def filled(self, words: Words, nearer: Mapping[str, Any]) -> str:
        """The sentence. The values `nearer` come before the answer's own fields."""
        text = ""
        if not nearer:
            for before, name in self.places:
                text += before + words[name]
            return text + self.end
        for before, name in self.places:
            text += before
            if name in nearer:
                text += said(nearer[name], words.language, words.family)
            else:
                text += words[name]
        return text + self.end


def template_of(
    says: Bilingual, language: str, family: str, known: Mapping[str, Any] | None = None
) -> Template:
    """The sentence in `language`, with the values that are `known` already said in it."""
    places: list[tuple[str, str]] = []
    before = ""
    for literal, name, _, _ in Formatter().parse(choose(says, language)):
        before += literal
        if name is None:
            continue
        if known and name in known:
            before += said(known[name], language, family)
        else:
            places.append((before, name))
            before = ""
    return Template(tuple(places), before)


def said(value: Any, language: str, family: str = "") -> str:
    """`value` in words: codes by their label, dates and amounts as the reader writes them."""
    kind = type(value)
    if kind is Decimal or kind is Money:
        return shown_number(value, is_french=language != "en")
    if kind is int:
        return str(value)
    if kind is str:
        return label(value, language, family)
    if kind is frozenset:
        # Kept for codes alone: what strangers write is said and forgotten.
        say = _said_codes if value <= _labels(family).keys() else _said_codes.__wrapped__
        return say(value, language, family)
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
