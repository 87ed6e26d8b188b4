"""Changes to a draft's answers, without touching the ones given.

Answers are one mapping: question id to canonical value, `declaration.statement` to "exact" or
"inexact", group id to a list of rows; each row keeps its own id under "row", so that two windows
that add and remove rows never write into each other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from avenant_rules.forms.model import ROW, Form, Group

Answers = Mapping[str, Any]


def is_given(value: object) -> bool:
    """Whether a stored value is an answer."""
    return value is not None and value != "" and value != []


def with_answer(form: Form, answers: Answers, path: str, value: Any) -> dict[str, Any]:
    """A copy of the answers with one value put at a path; None removes it.

    Raises:
        KeyError: the form has no such path, or the row does not exist.
    """
    if form.question(path) is None:
        raise KeyError(path)
    changed = dict(answers)
    parts = path.split(".")
    if len(parts) == 3:
        rows = [dict(row) for row in changed.get(parts[0], [])]
        row = next((one for one in rows if one.get(ROW) == parts[1]), None)
        if row is None:
            raise KeyError(path)
        _put(row, parts[2], value)
        changed[parts[0]] = rows
    else:
        _put(changed, path, value)
    return changed


def with_row(form: Form, answers: Answers, group_id: str, row_id: str) -> dict[str, Any]:
    """A copy of the answers with a new empty row; the same row twice adds nothing.

    Raises:
        KeyError: the form has no such group.
    """
    if not any(isinstance(item, Group) and item.id == group_id for _, item in form.items()):
        raise KeyError(group_id)
    rows = list(answers.get(group_id, []))
    if all(row.get(ROW) != row_id for row in rows):
        rows.append({ROW: row_id})
    return {**answers, group_id: rows}


def without_row(answers: Answers, group_id: str, row_id: str) -> dict[str, Any]:
    """A copy of the answers without a row."""
    rows = [row for row in answers.get(group_id, []) if row.get(ROW) != row_id]
    return {**answers, group_id: rows}


def _put(target: dict[str, Any], key: str, value: Any) -> None:
    if is_given(value):
        target[key] = value
    else:
        target.pop(key, None)
