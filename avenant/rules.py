"""The one way the web application asks the rules: with the carrier's business day and language."""

from typing import Any

from django.utils.translation import get_language

from avenant.clock import today
from avenant.errors import RuleError
from avenant_rules.decision import Answer, decide
from avenant_rules.errors import StepRefused
from avenant_rules.machines import step
from avenant_rules.tables import tables_for


def ask(name: str, carrier: str, **facts: Any) -> Answer[Any]:
    """Ask decision `name` as of the carrier's business day, explained in the reader's language."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return decide(name, facts, carrier=carrier, as_of=today(carrier), language=language)


def figures(name: str, carrier: str) -> Any:
    """The table `name` of the carrier in force on its business day."""
    return tables_for(carrier, today(carrier)).get(name)


def check_step(machine: str, state: str, trigger: str, **facts: bool) -> str:
    """The state after `trigger`, by the machine's one table.

    Raises:
        RuleError: the step is not written, or a fact it needs is false; the code says which.
    """
    try:
        return step(machine, state, trigger, **facts)
    except StepRefused as refusal:
        raise RuleError(refusal.code) from refusal
