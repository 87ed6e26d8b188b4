"""The types a declared name may have, and the two errors of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "text", "yes_no", "choice", "integer", "decimal", "money", "date", "days", "list"
]  # fmt: skip
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Type:
    """What a name holds. `choices` are the values of a choice, or of the items of a list."""

    kind: Kind
    choices: frozenset[str] | None = None


TEXT, YES_NO, INTEGER, DECIMAL = Type("text"), Type("yes_no"), Type("integer"), Type("decimal")
MONEY, DATE, DAYS = Type("money"), Type("date"), Type("days")


def choice(*values: str) -> Type:
    """One of the given codes."""
    return Type("choice", frozenset(values))


def list_of(*values: str) -> Type:
    """A list whose items are the given codes; without codes, a list of texts."""
    return Type("list", frozenset(values) or None)


class ConditionError(ValueError):
    """A condition that does not hold together; `fr` and `en` say what and at which character."""

    def __init__(self, code: str, text: str, position: int, fr: str, en: str) -> None:
        self.code, self.text, self.column = code, text, position + 1
        self.fr = f"« {text} », caractère {self.column} : {fr}"
        self.en = f'"{text}", character {self.column}: {en}'
        super().__init__(self.en)


class FactError(TypeError):
    """A fact of the wrong type was given for a declared name."""

    def __init__(self, name: str, kind: Kind, value: object) -> None:
        self.name = name
        super().__init__(f"{name} should be {kind}, not {type(value).__name__}")


KIND_FR: dict[Kind, str] = {
    "text": "un texte",
    "yes_no": "un oui ou non",
    "choice": "un choix",
    "integer": "un nombre entier",
    "decimal": "un nombre",
    "money": "un montant",
    "date": "une date",
    "days": "un nombre de jours",
    "list": "une liste",
}
KIND_EN: dict[Kind, str] = {
    "text": "a text",
    "yes_no": "a yes or no",
    "choice": "a choice",
    "integer": "a whole number",
    "decimal": "a number",
    "money": "an amount",
    "date": "a date",
    "days": "a number of days",
    "list": "a list",
}
