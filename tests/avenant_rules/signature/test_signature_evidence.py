"""What is printed about each signature."""

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

DRAWN = {"moment", "place", "manner", "ip_address"}


@pytest.mark.rule("4/SIG-14", "4/APP-32")
@each("signer", ["main_insured", "spouse", "representative"])
@each("method", ["screen", "phone"])
def test_prints_when_where_how_and_from_which_device(signer: str, method: str) -> None:
    assert decide("signature.evidence", signer=signer, method=method).outcome.printed == DRAWN


@pytest.mark.rule("4/APP-41")
def test_prints_the_date_and_address_of_a_submission() -> None:
    answer = decide("signature.evidence", signer="representative", method="submission")

    assert answer.outcome.printed == {"moment", "ip_address"}
    assert answer.because[0].rule == "4/APP-41"
