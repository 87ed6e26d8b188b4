"""What of a form is shown for given answers, and whether each shown section is filled.

What is hidden counts as unanswered for every other condition, although its data are kept
(4/APP-03): going back to an earlier choice brings them back. Every shown section is compulsory
(4/APP-05); a hidden one is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from avenant_rules.conditions import Condition
from avenant_rules.forms.answers import Answers, is_given
from avenant_rules.forms.model import (
    Declaration,
    Form,
    Group,
    Item,
    Question,
    Reading,
    Section,
    Text,
)
from avenant_rules.forms.names import names_of_items
from avenant_rules.forms.problems import FieldProblem


@dataclass(frozen=True, slots=True)
class SectionState:
    """`missing` and `problems` name answer paths; `answered` of `expected` tells the progress."""

    state: Literal["empty", "incomplete", "filled"]
    missing: tuple[str, ...] = ()
    problems: tuple[FieldProblem, ...] = ()
    answered: int = 0
    expected: int = 0


class FormView:
    """One reading of a form with one set of answers; make a new one when the answers change."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self.form, self.answers = form, answers
        self._place: dict[str, tuple[Section, Item]] = {}
        for section, item in form.items():
            for name in names_of_items([item]) or [item.id]:
                self._place[name] = (section, item)
        self._facts = _Facts(self)
        self._sections: dict[str, bool] = {}

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections shown, in order."""
        return tuple(section for section in self.form.sections if self.is_section_shown(section))

    def is_section_shown(self, section: Section) -> bool:
        if section.id not in self._sections:
            self._sections[section.id] = self.holds(section.shown)
        return self._sections[section.id]

    def is_shown(self, section: Section, item: Item) -> bool:
        return self.is_section_shown(section) and self.holds(item.shown)

    def holds(self, condition: Condition | None, row: Answers | None = None) -> bool:
        """An unknown condition hides; no condition shows."""
        facts = self._facts if row is None else _RowFacts(self._facts, row)
        return condition is None or condition.evaluate(facts) is True

    def items(self, section: Section) -> tuple[Item, ...]:
        """What is shown of a section, in order."""
        return tuple(item for item in section.items if self.is_shown(section, item))

    def rows(self, group: Group) -> Sequence[Answers]:
        """The rows of a group as they stand."""
        rows = self.answers.get(group.id)
        return rows if isinstance(rows, list) else ()

    def row_questions(self, group: Group, row: Answers) -> tuple[Question, ...]:
        """What is shown of one row."""
        visible = _visible_row(self, group, row)
        return tuple(one for one in group.questions if self.holds(one.shown, visible))

    def is_required(self, question: Question, row: Answers | None = None) -> bool:
        """Whether a shown question must be answered."""
        if isinstance(question.required, bool):
            return question.required
        return self.holds(question.required, row)

    def state(self, section: Section) -> SectionState:
        """Whether a section is empty, incomplete or filled, and what is missing."""
        count = _Count()
        for item in self.items(section):
            self._count(item, count)
        problems = [*count.problems]
        for check in section.checks:
            if check.holds.evaluate(self._facts) is False:
                problems.append(FieldProblem(check.id, check.message.fr, check.message.en))
        if not count.missing and not problems:
            return SectionState("filled", (), (), count.answered, count.expected)
        state: Literal["empty", "incomplete"] = "incomplete" if count.touched else "empty"
        return SectionState(
            state, tuple(count.missing), tuple(problems), count.answered, count.expected
        )

    def value(self, name: str) -> Any:
        """The value of a name as conditions see it: None when unanswered or hidden."""
        section, item = self._place[name]
        if not self.is_shown(section, item):
            return None
        if isinstance(item, Question):
            return self.answers.get(item.id)
        if isinstance(item, Group):
            return self._rows_value(item, name)
        if isinstance(item, Declaration):
            given = [self.answers.get(statement.id) for statement in item.statements]
            if "inexact" in given:
                return "inexact"
            return "exact" if all(one == "exact" for one in given) else None
        return None

    def refusal(self, item: Item) -> Text | None:
        """What a shown declaration says when an answer refuses what is asked for; None otherwise."""
        if not isinstance(item, Declaration) or item.on_inexact is None:
            return None
        return item.on_inexact.message if self.value(item.id) == "inexact" else None

    def role(self, name: str) -> Any:
        """The visible answer that plays a part, such as `client_email`; the rows when a group does.

        None when it is hidden, unanswered, or the form has no such role.
        """
        item_id = self.form.roles.get(name)
        if item_id is None:
            return None
        section, item = self._place.get(item_id) or self._place[f"{item_id}_count"]
        if isinstance(item, Group):
            return list(self.rows(item)) if self.is_shown(section, item) else None
        return self.value(item_id)

    def _rows_value(self, group: Group, name: str) -> int | Decimal | None:
        rows = self.rows(group)
        if name == f"{group.id}_count":
            return len(rows)
        question_id = name.removeprefix(f"{group.id}_").removesuffix("_total")
        values = [_visible_row(self, group, row)[question_id] for row in rows]
        if not values or None in values:
            return None
        return sum((Decimal(one) for one in values), Decimal(0))

    def _count(self, item: Item, count: _Count) -> None:
        if isinstance(item, Reading):
            return
        if isinstance(item, Question):
            count.take(item.id, self.answers.get(item.id), required=self.is_required(item))
        elif isinstance(item, Declaration):
            for statement in item.statements:
                count.take(statement.id, self.answers.get(statement.id), required=True)
        else:
            self._count_rows(item, count)

    def _count_rows(self, group: Group, count: _Count) -> None:
        rows = self.rows(group)
        if len(rows) < group.min_rows:
            count.take(group.id, None, required=True)
        if group.max_rows is not None and len(rows) > group.max_rows:
            count.problems.append(
                FieldProblem(
                    "too_many_rows",
                    f"Gardez au plus {group.max_rows} lignes.",
                    f"Keep at most {group.max_rows} rows.",
                    group.id,
                )
            )
        for place, row in enumerate(rows):
            count.touched = True
            visible = _visible_row(self, group, row)
            for question in self.row_questions(group, row):
                path = f"{group.id}.{row.get('row', place)}.{question.id}"
                required = self.is_required(question, visible)
                count.take(path, row.get(question.id), required=required)


class _Count:
    def __init__(self) -> None:
        self.missing: list[str] = []
        self.problems: list[FieldProblem] = []
        self.answered = self.expected = 0
        self.touched = False

    def take(self, path: str, value: object, *, required: bool) -> None:
        is_answered = is_given(value)
        self.touched = self.touched or is_answered
        if required:
            self.expected += 1
            self.answered += is_answered
            if not is_answered:
                self.missing.append(path)


class _Facts(Mapping[str, Any]):
    """Answers as conditions see them, each worked out once."""

    def __init__(self, view: FormView) -> None:
        self._view = view
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = self._view.value(name)
        return self._known[name]

    def __iter__(self) -> Any:
        return iter(self._view._place)

    def __len__(self) -> int:
        return len(self._view._place)


class _RowFacts(Mapping[str, Any]):
    """A row's own answers first, then those of the form."""

    def __init__(self, outer: Mapping[str, Any], row: Answers) -> None:
        self._outer, self._row = outer, row

    def __getitem__(self, name: str) -> Any:
        return self._row[name] if name in self._row else self._outer[name]

    def __iter__(self) -> Any:
        return iter({*self._outer, *self._row})

    def __len__(self) -> int:
        return len({*self._outer, *self._row})


def _visible_row(view: FormView, group: Group, row: Answers) -> dict[str, Any]:
    """A row in which a hidden question counts as unanswered, decided from first to last."""
    visible: dict[str, Any] = {question.id: None for question in group.questions}
    for question in group.questions:
        if view.holds(question.shown, visible):
            visible[question.id] = row.get(question.id)
    return visible
