"""The fields of one section, as the template draws them: plain data, no query, no rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from avenant_rules import forms
from avenant_rules.forms import FieldProblem, FormView
from avenant_rules.forms.display import MASKED_TYPES
from avenant_rules.forms.names import YES_OR_NO

INPUTS = {
    "date": "date",
    "email": "email",
    "phone": "tel",
}
NUMERIC = {"integer", "money", "percent", "sin", "bank_institution", "bank_transit", "bank_account"}
CHOICES = {"yes_no", "choice", "choices", "declaration", "province"}
MOST_RADIOS = 4


def dom_id(path: str) -> str:
    """Where a field stands in the page; links lead there."""
    return f"q-{path}"


@dataclass(frozen=True)
class Field:
    """One question with its answer. `path` is its name in the form and its id on the page."""

    path: str
    label: str
    kind: str  # text, long_text, radios, checks, select
    value: Any
    help: str = ""
    heading: str = ""
    error: str = ""
    is_required: bool = False
    is_important: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    input_type: str = "text"
    input_mode: str = ""
    autocomplete: str = "off"
    max_length: int | None = None
    placeholder: str = ""

    @property
    def dom_id(self) -> str:
        return dom_id(self.path)


@dataclass(frozen=True)
class Row:
    id: str
    label: str
    fields: list[Field]


@dataclass(frozen=True)
class Block:
    """A field, a group of rows, a declaration or a text to read, in the order of the form."""

    kind: str
    id: str = ""
    title: str = ""
    number: str = ""
    intro: str = ""
    help: str = ""
    question: Field | None = None
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    row_label: str = ""
    may_add: bool = True
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""  # what an « Inexact » among its answers means

    def paths(self) -> list[str]:
        """The answer paths of its fields, or its own name for a text."""
        own = [self.question] if self.question else self.fields
        fields = [*own, *(one for row in self.rows for one in row.fields)]
        return [*(one.path for one in fields), *([self.refusal] if self.refusal else [])] or [
            self.id
        ]


@dataclass(frozen=True)
class Drawing:
    """What all fields of a page have in common."""

    view: FormView
    language: str
    problems: Mapping[str, FieldProblem]
    typed: Mapping[str, Any]
    missing: frozenset[str]


def fields_of(
    view: FormView,
    section: forms.Section,
    *,
    language: str,
    problems: Mapping[str, FieldProblem],
    typed: Mapping[str, Any],
    show_missing: bool,
) -> list[Block]:
    """What to draw of a section. `show_missing` marks unanswered compulsory fields as errors; where
    there is a problem, what was `typed` stays beside it."""
    missing = frozenset(view.state(section).missing) if show_missing else frozenset()
    drawing = Drawing(view, language, problems, typed, missing)
    return [_block(drawing, item) for item in view.items(section)]


def _block(drawing: Drawing, item: forms.Item) -> Block:
    language = drawing.language
    if isinstance(item, forms.Question):
        is_required = drawing.view.is_required(item)
        value = drawing.view.answers.get(item.id)
        return Block("field", question=_field(drawing, item, item.id, value, is_required))
    if isinstance(item, forms.Declaration):
        answers = drawing.view.answers
        return Block(
            "declaration",
            id=item.id,
            number=item.number,
            title=item.title.in_(language),
            intro=item.text.intro.in_(language) if item.text.intro else "",
            fields=[
                _field(drawing, one, one.id, answers.get(one.id), is_required=True)
                for one in item.statements
            ],
            refusal=refusal.in_(language) if (refusal := drawing.view.refusal(item)) else "",
        )
    if isinstance(item, forms.Group):
        return _group(drawing, item)
    return Block(
        "reading",
        id=item.id,
        title=item.text.title.in_(language),
        intro=item.text.intro.in_(language) if item.text.intro else "",
        paragraphs=[
            (p.heading.in_(language) if p.heading else "", p.text.in_(language))
            for p in item.text.paragraphs
        ],
    )


def _group(drawing: Drawing, group: forms.Group) -> Block:
    rows = []
    for place, row in enumerate(drawing.view.rows(group), start=1):
        fields = [
            _field(
                drawing,
                question,
                f"{group.id}.{row['row']}.{question.id}",
                row.get(question.id),
                drawing.view.is_required(question, row),
            )
            for question in drawing.view.row_questions(group, row)
        ]
        rows.append(Row(row["row"], f"{group.row_label.in_(drawing.language)} {place}", fields))
    return Block(
        "group",
        id=group.id,
        title=group.title.in_(drawing.language),
        help=group.help.in_(drawing.language) if group.help else "",
        row_label=group.row_label.in_(drawing.language),
        rows=rows,
        may_add=group.max_rows is None or len(rows) < group.max_rows,
    )


def _field(
    drawing: Drawing, question: forms.Question, path: str, value: Any, is_required: bool
) -> Field:
    language = drawing.language
    if path in drawing.problems:
        value = drawing.typed.get(path, value)
    is_masked = question.type in MASKED_TYPES and bool(value) and path not in drawing.problems
    return Field(
        path=path,
        label=question.label.in_(language),
        kind=_kind(question),
        # Once typed, the number is the client's and the carrier's to see (settled 11): the field
        # is empty and shows the masked end; typing again replaces it.
        value=None if is_masked else value,
        placeholder=forms.display(question, value, language, "advisor") if is_masked else "",
        help=question.help.in_(language) if question.help else "",
        heading=question.heading.in_(language) if question.heading else "",
        error=_error(drawing, path),
        is_required=is_required,
        is_important=question.is_important,
        options=_options(question, language),
        input_type=INPUTS.get(question.type, "text"),
        input_mode="decimal" if question.type in NUMERIC else "",
        autocomplete=question.autocomplete or "off",
        max_length=question.max_length,
    )


@dataclass(frozen=True)
class FieldMessage:
    """What is wrong with one field that was sent; empty when it is right."""

    path: str
    error: str

    @property
    def dom_id(self) -> str:
        return dom_id(self.path)


def field_messages(
    paths: Iterable[str], problems: Mapping[str, FieldProblem], language: str
) -> list[FieldMessage]:
    """One for each field that was sent: those that are right have none any more."""
    return [
        FieldMessage(path, problems[path].in_(language) if path in problems else "")
        for path in paths
    ]


def _error(drawing: Drawing, path: str) -> str:
    if path in drawing.problems:
        return drawing.problems[path].in_(drawing.language)
    if path in drawing.missing:
        return "Répondez à cette question." if drawing.language == "fr" else "Answer this question."
    return ""


def _kind(question: forms.Question) -> str:
    if question.type == "choices":
        return "checks"
    if question.type in CHOICES:
        many = len(_options(question, "fr")) > MOST_RADIOS
        return "select" if many else "radios"
    return "long_text" if question.type == "long_text" else "text"


def _options(question: forms.Question, language: str) -> list[tuple[str, str]]:
    options = YES_OR_NO if question.type == "yes_no" else question.options
    return [(option.value, option.label.in_(language)) for option in options]
