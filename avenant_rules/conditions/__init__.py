"""The one closed language in which packs say when something is shown, required or refused.

`shown`, `required` and checks are written by product managers, not programmers: declared names,
`== != < <= > >= in`, `and or not`, `answered(x)`, literals, and `+ -` on numbers and dates.
Nothing else parses, so a pack can never run code. A name that is not declared, a type that does
not fit or a value outside a choice is refused when the file loads, with its place.

An unanswered question is unknown (None) and spreads: `unknown or true` is true,
`unknown and false` is false, the rest is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from avenant_rules.conditions.parser import Parser
from avenant_rules.conditions.types import (
    DATE,
    DAYS,
    DECIMAL,
    INTEGER,
    MONEY,
    TEXT,
    YES_NO,
    ConditionError,
    FactError,
    Facts,
    Kind,
    Type,
    choice,
    list_of,
)

__all__ = [
    "DATE",
    "DAYS",
    "DECIMAL",
    "INTEGER",
    "MONEY",
    "TEXT",
    "YES_NO",
    "Condition",
    "ConditionError",
    "FactError",
    "Facts",
    "Kind",
    "Type",
    "choice",
    "list_of",
]


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition. Two conditions are equal when their texts are."""

    text: str
    names: frozenset[str] = field(compare=False)
    _declared: Mapping[str, Type] = field(compare=False, repr=False)
    evaluate: Callable[[Facts], bool | None] = field(compare=False, repr=False)
    """True, False, or None when what is missing decides.

    Raises:
        FactError: a fact has another type than the one declared.
    """
    missing: Callable[[Facts], frozenset[str]] = field(compare=False, repr=False)
    """The unanswered names for which the condition is still unknown; empty when it is known."""

    @classmethod
    def parse(cls, text: str, names: Mapping[str, Type]) -> Condition:
        """Parse and type-check `text` against the declared names.

        Raises:
            ConditionError: with the place and a sentence in both languages.
        """
        parser = Parser(text, names)
        expr = parser.whole()
        declared = {name: names[name] for name in expr.names}
        return cls(text, expr.names, declared, expr.value, expr.missing)

    def __reduce__(self) -> tuple[Any, ...]:
        return Condition.parse, (self.text, dict(self._declared))
