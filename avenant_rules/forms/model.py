"""What an application form is made of: sections, questions, rows, declarations and readings.

A form is data of a carrier's pack; these are its typed, frozen pieces once it has been proved.
The answers of a draft live elsewhere, as one mapping: question id to canonical value,
`declaration.statement` to "exact" or "inexact", group id to a list of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Literal

from avenant_rules.conditions import Condition

Language = Literal["fr", "en"]
Privacy = Literal["public", "identity", "health", "bank"]
QuestionType = Literal[
    "text", "long_text", "yes_no", "choice", "choices", "date", "money", "integer", "percent",
    "email", "phone", "postal_code", "province", "sin",
    "bank_institution", "bank_transit", "bank_account", "declaration",
]  # fmt: skip

LANGUAGES: tuple[Language, ...] = ("fr", "en")
ROW = "row"
"""Key under which a row of a group keeps its own stable id."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in every language of the product."""

    fr: str
    en: str

    def in_(self, language: str) -> str:
        """The sentence in `language`; French when the language is not one of ours."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. `required` is a condition, or a plain yes or no."""

    kind: ClassVar[str] = "question"
    id: str
    type: QuestionType
    label: Text
    privacy: Privacy
    source: str
    required: bool | Condition = True
    shown: Condition | None = None
    help: Text | None = None
    is_important: bool = False
    heading: Text | None = None
    when_blank: Text | None = None
    options: tuple[Option, ...] = ()
    min: Decimal | str | None = None
    max: Decimal | str | None = None
    max_length: int | None = None
    autocomplete: str | None = None

    def option(self, value: object) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the same questions: children, beneficiaries, policies.

    `max_rows` None means as many as wanted; `printed_rows` is how many the printed form holds,
    the rest goes to the additional page (4/APP-30).
    """

    kind: ClassVar[str] = "group"
    id: str
    title: Text
    row_label: Text
    source: str
    questions: tuple[Question, ...]
    shown: Condition | None = None
    min_rows: int = 0
    max_rows: int | None = None
    printed_rows: int | None = None
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class OnInexact:
    """What one « Inexact » does (4/APP-21, 4/APP-24)."""

    blocks: Literal["product", "guarantee"]
    message: Text
    source: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """Statements answered one by one; each statement is a question of type "declaration"."""

    kind: ClassVar[str] = "declaration"
    id: str
    number: str
    title: Text
    text: TextVersion
    privacy: Privacy
    source: str
    statements: tuple[Question, ...]
    shown: Condition | None = None
    on_inexact: OnInexact | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text of the pack that is read in its place in the section, such as a debit agreement."""

    kind: ClassVar[str] = "reading"
    id: str
    text: TextVersion
    source: str
    shown: Condition | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a statement of a text; a statement bears an id."""

    id: str
    text: Text
    heading: Text | None = None


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of one text of the pack. Versions are added, never edited."""

    id: str
    version: int
    title: Text
    intro: Text | None
    paragraphs: tuple[Paragraph, ...]
    source: str
    is_demonstration: bool
    effective: str
    digest: str


type Item = Question | Group | Declaration | Reading


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold between the answers of a section."""

    id: str
    holds: Condition
    message: Text
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    number: int
    title: Text
    confirmed_by: Literal["client", "nobody"]
    items: tuple[Item, ...]
    source: str
    shown: Condition | None = None
    help: Text | None = None
    notice: Text | None = None
    checks: tuple[Check, ...] = ()

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class Form:
    """A form version. `digest` changes with any byte of the file or of the texts it uses."""

    id: str
    version: int
    title: Text
    sections: tuple[Section, ...]
    is_demonstration: bool
    notice: Text | None
    digest: str
    roles: Mapping[str, str] = MappingProxyType({})
    decisions: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def section(self, section_id: str) -> Section:
        """The section of this id.

        Raises:
            KeyError: the form has no such section.
        """
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def items(self) -> Iterator[tuple[Section, Item]]:
        for section in self.sections:
            for item in section.items:
                yield section, item

    def question(self, path: str) -> Question | None:
        """The question at an answer path: `birth_date`, `express_6_3.heart`,
        `children.<row>.birth_date`; None when the path leads nowhere."""
        head, *rest = path.split(".")
        for _, item in self.items():
            if item.id != head:
                continue
            if isinstance(item, Question) and not rest:
                return item
            if isinstance(item, Declaration) and len(rest) == 1:
                return next((one for one in item.statements if one.id == path), None)
            if isinstance(item, Group) and len(rest) == 2:
                return next((one for one in item.questions if one.id == rest[1]), None)
        return None

    def section_of(self, path: str) -> Section | None:
        """The section that holds the item at an answer path."""
        head = path.split(".")[0]
        return next((section for section, item in self.items() if item.id == head), None)
