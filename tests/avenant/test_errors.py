"""Every refusal that a person may meet has a sentence that says what to do."""

import ast
from pathlib import Path

import pytest

from avenant.errors import RuleError, explain
from avenant_rules.machines import machine

ROOT = Path(__file__).resolve().parents[2] / "avenant"
# The machines that the pages step through today.
MACHINES = ("section", "application", "illustration", "signature")
GENERIC = explain(RuleError("a code that nobody knows"))


def raised_codes() -> set[str]:
    """The codes written in `raise RuleError("…")` anywhere in the web application."""
    calls = (
        node
        for file in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleError"
    )
    firsts = (call.args[0] for call in calls if call.args)
    return {arg.value for arg in firsts if isinstance(arg, ast.Constant)}


def test_it_explains_every_code_that_an_action_raises() -> None:
    codes = raised_codes()

    assert {"no_client", "gate_closed", "stale_pdf"} <= codes
    assert {code for code in codes if explain(RuleError(code)) == GENERIC} == set()


@pytest.mark.parametrize("code", ["no_client", "stale_pdf", "licence_expired", "client_required"])
def test_it_explains_what_a_transition_table_refuses(code: str) -> None:
    refusals = {
        refusal
        for name in MACHINES
        for step in machine(name).step
        for refusal in step.needs.values()
    }

    assert code in refusals
    assert explain(RuleError(code)) != GENERIC
