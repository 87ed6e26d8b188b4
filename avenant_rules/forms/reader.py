"""Turns one form file into its model; conditions are parsed afterwards, when all names are known.

Reading never stops at the first fault: a product manager gets the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from avenant_rules.conditions import Type
from avenant_rules.forms.faults import Faults, FormError
from avenant_rules.forms.fields import Fields
from avenant_rules.forms.model import (
    Check,
    Declaration,
    Group,
    Item,
    OnInexact,
    Option,
    Privacy,
    Question,
    QuestionType,
    Reading,
    Section,
    Text,
    TextVersion,
)
from avenant_rules.forms.names import ANSWERS, PROVINCES, names_of_items
from avenant_rules.forms.texts import load_text
from avenant_rules.forms.wiring import Conditions, tables

PRIVACY: tuple[Privacy, ...] = get_args(Privacy)
TYPES = tuple(one for one in get_args(QuestionType) if one != "declaration")
NEEDS_OPTIONS = ("choice", "choices")
NO_TEXT = TextVersion("unnamed", 0, Text("", ""), None, (), "", True, "", "")

type Raw = dict[str, Any]


class SectionReader:
    """Reads sections in two passes: the items first, then the conditions between them."""

    def __init__(self, pack: Path, lists: Mapping[str, tuple[Option, ...]], faults: Faults) -> None:
        self.pack, self.lists, self.faults = pack, lists, faults
        self.texts: list[TextVersion] = []
        self.seen: set[str] = set()

    def sections(self, raw: list[Raw]) -> tuple[Section, ...]:
        read = [self.section(one, number) for number, one in enumerate(raw, start=1)]
        names = names_of_items(item for section, _ in read for item in section.items)
        return tuple(self.with_conditions(section, data, names) for section, data in read)

    def section(self, raw: Raw, position: int) -> tuple[Section, Raw]:
        fields = Fields(raw, f"section {raw.get('id', position)}", self.faults)
        section_id = self.unique(fields)
        items: list[Item] = []
        for key, read in (
            ("question", self.question),
            ("group", self.group),
            ("declaration", self.declaration),
            ("reading", self.reading),
        ):
            for number, one in enumerate(fields.tables(key), start=1):
                place = f"{section_id} > {one.get('id', f'{key} {number}')}"
                items.append(read(Fields(one, place, self.faults)))
        section = Section(
            id=section_id,
            number=fields.integer("number"),
            title=fields.text("title"),
            confirmed_by=cast(
                Literal["client", "nobody"],
                fields.one_of("confirmed_by", ("client", "nobody"), "ill_typed"),
            ),
            items=self.ordered(fields, items),
            source=fields.source(),
            help=fields.optional_text("help"),
            notice=fields.optional_text("notice"),
        )
        if not items:
            self.faults.add(
                "empty_section", section_id, "la section est vide.", "the section is empty."
            )
        for key in ("shown", "check"):
            fields.raw(key)
        fields.close()
        return section, raw

    def ordered(self, fields: Fields, items: list[Item]) -> tuple[Item, ...]:
        """Items in the order of the file, or of `order` when kinds are mixed."""
        order = fields.names("order")
        if not order:
            if len({item.kind for item in items}) > 1:
                self.faults.add(
                    "missing_order",
                    fields.place,
                    "la section mêle questions, lignes ou déclarations : dites leur ordre (order).",
                    "the section mixes questions, rows or declarations: give their order.",
                )
            return tuple(items)
        by_id = {item.id: item for item in items}
        if sorted(order) != sorted(by_id):
            odd = ", ".join(sorted(set(order) ^ set(by_id))) or "?"
            self.faults.add(
                "missing_order",
                f"{fields.place} > order",
                f"l'ordre doit nommer chaque élément une fois; à revoir : {odd}.",
                f"the order must name each item once; look at: {odd}.",
            )
            return tuple(items)
        return tuple(by_id[one] for one in order)

    def unique(self, fields: Fields) -> str:
        item_id = fields.identifier("id")
        if item_id in self.seen and item_id != "unnamed":
            fields.duplicate(item_id)
        self.seen.add(item_id)
        return item_id

    def question(self, fields: Fields) -> Question:
        question_id = self.unique(fields)
        kind = fields.one_of("type", TYPES, "unknown_type")
        question = Question(
            id=question_id,
            type=cast(QuestionType, kind),
            label=fields.text("label"),
            privacy=self.privacy(fields),
            source=fields.source(),
            required=fields.raw("required") is not False,
            help=fields.optional_text("help"),
            is_important=fields.flag("important", default=False),
            heading=fields.optional_text("heading"),
            when_blank=fields.optional_text("when_blank"),
            options=PROVINCES if kind == "province" else self.options(fields, kind),
            min=fields.bound("min"),
            max=fields.bound("max"),
            max_length=fields.optional_integer("max_length"),
            autocomplete=fields.string("autocomplete") if fields.has("autocomplete") else None,
        )
        fields.raw("shown")
        fields.close()
        return question

    def privacy(self, fields: Fields) -> Privacy:
        return cast(Privacy, fields.one_of("privacy", PRIVACY, "unknown_privacy"))

    def options(self, fields: Fields, kind: str) -> tuple[Option, ...]:
        options: list[Option] = []
        for raw in fields.tables("options"):
            one = Fields(raw, f"{fields.place} > {raw.get('value')}", self.faults)
            options.append(Option(one.identifier("value"), one.text("label")))
            one.close()
        if fields.has("options_from"):
            name = fields.string("options_from")
            options.extend(self.lists.get(name, ()))
            if name not in self.lists:
                self.faults.add(
                    "unknown_list",
                    f"{fields.place} > options_from",
                    f"la liste « {name} » n'existe pas dans le produit.",
                    f'the list "{name}" does not exist in the product.',
                )
        values = [option.value for option in options]
        if len(set(values)) < len(values):
            fields.duplicate(next(one for one in values if values.count(one) > 1))
        if bool(options) != (kind in NEEDS_OPTIONS):
            self.faults.add(
                "options",
                fields.place,
                "une question à choix a des options, et elle seule.",
                "a choice has options, and nothing else has.",
            )
        return tuple(options)

    def group(self, fields: Fields) -> Group:
        group_id = self.unique(fields)
        questions = []
        for number, raw in enumerate(fields.tables("question"), start=1):
            place = f"{fields.place} > {raw.get('id', f'question {number}')}"
            questions.append(self.question(Fields(raw, place, self.faults)))
        group = Group(
            id=group_id,
            title=fields.text("title"),
            row_label=fields.text("row_label"),
            source=fields.source(),
            questions=tuple(questions),
            min_rows=fields.integer("min_rows", default=0),
            max_rows=fields.optional_integer("max_rows"),
            printed_rows=fields.optional_integer("printed_rows"),
            help=fields.optional_text("help"),
        )
        if not questions or (group.max_rows is not None and group.max_rows < group.min_rows):
            self.faults.add(
                "rows",
                fields.place,
                "il faut une question par ligne, et max_rows au moins égal à min_rows.",
                "rows need a question, and max_rows at least min_rows.",
            )
        fields.raw("shown")
        fields.close()
        return group

    def declaration(self, fields: Fields) -> Declaration:
        declaration_id = self.unique(fields)
        text = self.text(fields, "statements")
        privacy, source = self.privacy(fields), fields.source()
        title = fields.text("title")
        declaration = Declaration(
            id=declaration_id,
            number=fields.string("number"),
            title=title,
            text=text,
            privacy=privacy,
            source=source,
            statements=tuple(
                Question(
                    id=f"{declaration_id}.{statement.id}",
                    type="declaration",
                    label=statement.text,
                    privacy=privacy,
                    source=source,
                    options=ANSWERS,
                )
                for statement in text.paragraphs
            ),
            on_inexact=self.on_inexact(fields),
        )
        fields.raw("shown")
        fields.close()
        return declaration

    def on_inexact(self, fields: Fields) -> OnInexact | None:
        if not fields.has("on_inexact"):
            return None
        inner = Fields(fields.table("on_inexact"), f"{fields.place} > on_inexact", self.faults)
        blocks = inner.one_of("blocks", ("product", "guarantee"), "ill_typed")
        result = OnInexact(
            cast(Literal["product", "guarantee"], blocks), inner.text("message"), inner.source()
        )
        inner.close()
        return result

    def reading(self, fields: Fields) -> Reading:
        reading = Reading(self.unique(fields), self.text(fields, "text"), fields.source())
        fields.raw("shown")
        fields.close()
        return reading

    def text(self, fields: Fields, key: str) -> TextVersion:
        """A text named with its version: "texts/express_6_3.toml@1"."""
        named = re.fullmatch(r"texts/([a-z0-9_]+)\.toml@(\d+)", fields.string(key))
        if named is None:
            fields.wrong(key, "texts/nom.toml@version", "texts/name.toml@version")
            return NO_TEXT
        try:
            text = load_text(self.pack, named[1], int(named[2]))
        except FormError as refused:
            self.faults.found.extend(refused.faults)
            return NO_TEXT
        self.texts.append(text)
        return text

    def with_conditions(self, section: Section, raw: Raw, names: Mapping[str, Type]) -> Section:
        conditions = Conditions(self.faults)
        raw_items = {
            one.get("id"): one
            for key in ("question", "group", "declaration", "reading")
            for one in tables(raw.get(key))
        }
        items = tuple(
            conditions.item(item, raw_items.get(item.id, {}), names, section.id)
            for item in section.items
        )
        checks = tuple(self.checks(raw, section.id, names, conditions))
        shown = conditions.parse(raw, "shown", names, section.id)
        return replace(section, items=items, shown=shown, checks=checks)

    def checks(
        self, raw: Raw, section_id: str, names: Mapping[str, Type], conditions: Conditions
    ) -> list[Check]:
        checks = []
        for one in tables(raw.get("check")):
            fields = Fields(one, f"{section_id} > {one.get('id', 'check')}", self.faults)
            check_id = self.unique(fields)
            fields.string("holds")
            holds = conditions.parse(one, "holds", names, fields.place)
            message, source = fields.text("message"), fields.source()
            fields.close()
            if holds is not None:
                checks.append(Check(check_id, holds, message, source))
        return checks
