"""What a client confirms: a section exactly as it was shown, frozen and hashable.

The snapshot carries the labels, values and texts that were on the screen with their versions
(4/COS-11, 4/COS-18). Its SHA-256 is what an agreement and later the signatures are bound to.
It is what the client sees, so numbers stand in full; `masked_snapshot` is for other readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from avenant_rules.forms.answers import Answers
from avenant_rules.forms.display import MASKED_TYPES, SEES_NUMBERS, display, masked
from avenant_rules.forms.model import Declaration, Group, Item, Question, Section, TextVersion
from avenant_rules.forms.state import FormView

SCHEMA = "avenant.section/1"


def snapshot(view: FormView, section: Section, language: str) -> dict[str, Any]:
    """The canonical content of a section in one language; hidden items are not in it."""
    form = view.form
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "language": language,
        "form": {"id": form.id, "version": form.version, "digest": form.digest},
        "section": {
            "id": section.id,
            "number": section.number,
            "title": section.title.in_(language),
        },
        "items": [_item(view, item, language) for item in view.items(section)],
    }
    if section.notice is not None:
        content["section"]["notice"] = section.notice.in_(language)
    return content


def masked_snapshot(content: Mapping[str, Any], viewer: str) -> dict[str, Any]:
    """The same content for another reader: bank and social insurance numbers masked."""
    if viewer in SEES_NUMBERS:
        return dict(content)
    return {**content, "items": [_masked(item) for item in content["items"]]}


def _item(view: FormView, item: Item, language: str) -> dict[str, Any]:
    if isinstance(item, Question):
        return _question(item, view.answers.get(item.id), language)
    if isinstance(item, Group):
        return {
            "kind": "group",
            "id": item.id,
            "title": item.title.in_(language),
            "printed_rows": item.printed_rows,
            "rows": [_row(view, item, row, place, language) for place, row in _rows(view, item)],
        }
    if isinstance(item, Declaration):
        return {
            "kind": "declaration",
            "id": item.id,
            "number": item.number,
            "title": item.title.in_(language),
            "privacy": item.privacy,
            "text": _text_name(item.text),
            "intro": item.text.intro.in_(language) if item.text.intro else "",
            "statements": [
                _question(one, view.answers.get(one.id), language) for one in item.statements
            ],
        }
    return {
        "kind": "reading",
        "id": item.id,
        "title": item.text.title.in_(language),
        "text": _text_name(item.text),
        "paragraphs": [
            {
                "heading": one.heading.in_(language) if one.heading else "",
                "text": one.text.in_(language),
            }
            for one in item.text.paragraphs
        ],
    }


def _rows(view: FormView, group: Group) -> list[tuple[int, Answers]]:
    return list(enumerate(view.rows(group), start=1))


def _row(view: FormView, group: Group, row: Answers, place: int, language: str) -> dict[str, Any]:
    questions = view.row_questions(group, row)
    return {
        "label": f"{group.row_label.in_(language)} {place}",
        "items": [_question(one, row.get(one.id), language) for one in questions],
    }


def _question(question: Question, value: Any, language: str) -> dict[str, Any]:
    return {
        "kind": "question",
        "id": question.id,
        "type": question.type,
        "privacy": question.privacy,
        "heading": question.heading.in_(language) if question.heading else "",
        "label": question.label.in_(language),
        "value": value,
        "shown": display(question, value, language, "client"),
    }


def _text_name(text: TextVersion) -> dict[str, Any]:
    return {"id": text.id, "version": text.version, "digest": text.digest}


def _masked(item: Mapping[str, Any]) -> dict[str, Any]:
    if item["kind"] == "group":
        rows = [{**row, "items": [_masked(one) for one in row["items"]]} for row in item["rows"]]
        return {**item, "rows": rows}
    if item.get("type") in MASKED_TYPES and item["value"]:
        hidden = masked(item["type"], item["value"])
        return {**item, "value": hidden, "shown": hidden}
    return dict(item)
