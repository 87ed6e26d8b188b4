"""The names that conditions of a form may use, and the fixed lists every form shares."""

from __future__ import annotations

from collections.abc import Iterable

from avenant_rules.conditions import (
    DATE,
    DECIMAL,
    INTEGER,
    MONEY,
    TEXT,
    YES_NO,
    Type,
    choice,
    list_of,
)
from avenant_rules.forms.model import Declaration, Group, Item, Option, Question, Text

ANSWERS = (
    Option("exact", Text("Exact", "True")),
    Option("inexact", Text("Inexact", "False")),
)
YES_OR_NO = (Option("yes", Text("Oui", "Yes")), Option("no", Text("Non", "No")))
PROVINCES = (
    Option("AB", Text("Alberta", "Alberta")),
    Option("BC", Text("Colombie-Britannique", "British Columbia")),
    Option("PE", Text("Île-du-Prince-Édouard", "Prince Edward Island")),
    Option("MB", Text("Manitoba", "Manitoba")),
    Option("NB", Text("Nouveau-Brunswick", "New Brunswick")),
    Option("NS", Text("Nouvelle-Écosse", "Nova Scotia")),
    Option("NU", Text("Nunavut", "Nunavut")),
    Option("ON", Text("Ontario", "Ontario")),
    Option("QC", Text("Québec", "Quebec")),
    Option("SK", Text("Saskatchewan", "Saskatchewan")),
    Option("NL", Text("Terre-Neuve-et-Labrador", "Newfoundland and Labrador")),
    Option("NT", Text("Territoires du Nord-Ouest", "Northwest Territories")),
    Option("YT", Text("Yukon", "Yukon")),
)

SUMMED = ("money", "integer", "percent")
_PLAIN = {
    "yes_no": YES_NO,
    "date": DATE,
    "money": MONEY,
    "integer": INTEGER,
    "percent": DECIMAL,
}


def type_of(question: Question) -> Type:
    """The type under which conditions see a question."""
    codes = [option.value for option in question.options]
    if question.type == "choices":
        return list_of(*codes)
    if question.options:
        return choice(*codes)
    return _PLAIN.get(question.type, TEXT)


def names_of_items(items: Iterable[Item]) -> dict[str, Type]:
    """Question ids, declaration ids ("exact" once all are, "inexact" as soon as one is) and,
    for rows, `<group>_count` and `<group>_<question>_total` of each number."""
    names: dict[str, Type] = {}
    for item in items:
        if isinstance(item, Question):
            names[item.id] = type_of(item)
        elif isinstance(item, Declaration):
            names[item.id] = choice("exact", "inexact")
        elif isinstance(item, Group):
            names[f"{item.id}_count"] = INTEGER
            for question in item.questions:
                if question.type in SUMMED:
                    names[f"{item.id}_{question.id}_total"] = type_of(question)
    return names


def row_names(group: Group) -> dict[str, Type]:
    """Names a row's conditions see besides those of the form."""
    return {question.id: type_of(question) for question in group.questions}
