"""A rule has one home (G24): what a room of the site does by a rule of the trade, it asks the decision.

A new decision is asked by a room, or said here to wait for the room that will ask it.
"""

import ast
from pathlib import Path

import pytest

from avenant_rules.registry import decision_names

SITE = Path(__file__).resolve().parents[2] / "avenant"
ASKS = {"ask", "decide"}
# The room that will ask: a family, or a decision of a family whose other decisions are asked.
NOT_YET = {
    "account.activation": "the sellers' and the payers' spaces",
    "application.completeness": "applications on paper",
    "application.simultaneous_issue": "applications on paper",
    "application.submission_channel": "applications on paper",
    "application.tracking_report": "the follow-up of applications",
    "billing.debit_schedule": "policies and their billing",
    "billing.frequency_change": "policies and their billing",
    "billing.tax_receipt": "policies and their billing",
    "claims": "claims",
    "commission": "partners",
    "partner": "partners",
    "policy": "policies",
    "portal": "invoice payment",
    "portfolio": "health quotes",
    "product": "health quotes, travel",
    "quote": "health quotes",
    "signature.envelope_outcome": "subscription",
    "signature.envelope_readiness": "subscription",
    "subscription": "subscription",
    "travel": "travel",
    "underwriting": "the underwriters' desk",
}
# The decision and the site both go by this table.
BY_THE_MACHINE = {"signature.transition": "signature"}


def asked() -> set[str]:
    """The decisions that the code of the site names where it asks."""
    calls = (
        node
        for file in SITE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ASKS and node.args
    )
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def stepped() -> set[str]:
    """The machines by which the site moves its rows."""
    calls = (
        node
        for file in SITE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check_step"
    )
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


@pytest.mark.promise("G24")
@pytest.mark.parametrize("name", decision_names())
def test_it_asks_each_decision_or_says_which_room_will(name: str) -> None:
    if name in BY_THE_MACHINE:
        assert BY_THE_MACHINE[name] in stepped()
        return
    waits = name in NOT_YET or name.partition(".")[0] in NOT_YET
    if name in asked():
        assert name not in NOT_YET, "it is asked: it waits for no room"
    else:
        assert waits, "no room asks it"


@pytest.mark.promise("G24")
def test_it_waits_for_no_decision_that_is_not_there() -> None:
    names = decision_names()
    families = {name.partition(".")[0] for name in names}

    assert set(NOT_YET) - set(names) - families == set()
    assert asked() - set(names) == set()
