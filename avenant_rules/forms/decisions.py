"""The facts that decisions take from a form's answers.

A form names which of its items play which part (`[decisions."…"]`, `[roles]`), so no question id
is written in code and another form may word and order things its own way.
"""

from __future__ import annotations

from typing import Any

from avenant_rules.forms.model import Declaration, Question
from avenant_rules.forms.state import FormView

PLAN_EXPRESS = "application.plan_express"


def plan_express_facts(view: FormView) -> dict[str, Any]:
    """The input of the decision `application.plan_express`.

    Answers to hidden declarations are given too: they tell which products stay open whichever
    is chosen now. A statement not yet answered is None.
    """
    form, answers = view.form, view.answers
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
