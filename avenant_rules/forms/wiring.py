"""Parses the conditions of a form once all its names are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from avenant_rules.conditions import Condition, ConditionError, Type
from avenant_rules.forms.faults import Faults
from avenant_rules.forms.model import Group, Item, Question
from avenant_rules.forms.names import row_names

type Raw = dict[str, Any]


class Conditions:
    """Parses the conditions of one section against the names of the whole form."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def parse(self, raw: Raw, key: str, names: Mapping[str, Type], place: str) -> Condition | None:
        text = raw.get(key)
        if text is None:
            return None
        return self.condition(text, names, f"{place} > {key}")

    def condition(self, text: object, names: Mapping[str, Type], place: str) -> Condition | None:
        if not isinstance(text, str):
            self.faults.add("ill_typed", place, "il faut une condition.", "a condition is needed.")
            return None
        try:
            return Condition.parse(text, names)
        except ConditionError as refused:
            code = {"syntax": "condition_syntax", "type": "condition_type"}.get(
                refused.code, refused.code
            )
            self.faults.add(code, place, refused.fr, refused.en)
            return None

    def item(self, item: Item, raw: Raw, names: Mapping[str, Type], place: str) -> Item:
        place = f"{place} > {item.id}"
        shown = self.parse(raw, "shown", names, place)
        if isinstance(item, Question):
            return replace(item, shown=shown, required=self.required(raw, names, place))
        if isinstance(item, Group):
            inside = {**names, **row_names(item)}
            by_id = {one.get("id"): one for one in tables(raw.get("question"))}
            questions = tuple(
                cast(Question, self.item(one, by_id.get(one.id, {}), inside, place))
                for one in item.questions
            )
            return replace(item, shown=shown, questions=questions)
        return replace(item, shown=shown)

    def required(self, raw: Raw, names: Mapping[str, Type], place: str) -> bool | Condition:
        value = raw.get("required", True)
        if isinstance(value, bool):
            return value
        return self.condition(value, names, f"{place} > required") or True


def tables(value: object) -> list[Raw]:
    """The tables under a key; what is not one was already named as a fault."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
