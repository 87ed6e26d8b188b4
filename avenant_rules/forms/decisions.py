"""The facts that decisions and actions take from a form's answers.

A form names which of its items play which part (`[decisions."…"]`, `[roles]`), so no question id
is written in code and another form may word and order things its own way.
"""

from __future__ import annotations

from typing import Any

from avenant_rules.forms.answers import Answers
from avenant_rules.forms.model import Declaration, Form, Group, Question
from avenant_rules.forms.state import FormView

PLAN_EXPRESS = "application.plan_express"


def plan_express_facts(form: Form, answers: Answers) -> dict[str, Any]:
    """The input of the decision `application.plan_express`.

    Answers to hidden declarations are given too: they tell which products stay open whichever
    is chosen now. A statement not yet answered is None.
    """
    facts: dict[str, Any] = {}
    for field, item_id in form.decisions[PLAN_EXPRESS].items():
        item = next(item for _, item in form.items() if item.id == item_id)
        if isinstance(item, Declaration):
            facts[field] = [answers.get(statement.id) for statement in item.statements]
        elif isinstance(item, Question) and item.type == "yes_no":
            facts[field] = {"yes": True, "no": False}.get(answers.get(item.id, ""))
        else:
            facts[field] = answers.get(item_id)
    return facts


def role(form: Form, answers: Answers, name: str) -> Any:
    """The visible answer that plays a part, such as `client_email`; the rows when a group does.

    None when it is hidden, unanswered, or the form has no such role.
    """
    item_id = form.roles.get(name)
    if item_id is None:
        return None
    view = FormView(form, answers)
    section, item = next((section, one) for section, one in form.items() if one.id == item_id)
    if isinstance(item, Group):
        return list(view.rows(item)) if view.is_shown(section, item) else None
    return view.value(item_id)
