"""Which file is a payer's, and what is never shown."""

from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

LEA = {
    "certificate_number": "C-1001",
    "email": "lea@example.org",
    "last_name": "Roy",
    "first_name": "Léa",
    "amount_due": "412.50",
}
ANH = {"certificate_number": "C-1002", "email": None, "last_name": "Tran", "first_name": "Anh"}
THREE = ["last_name", "first_name", "certificate_number"]


def payer(**changes: Any) -> dict[str, Any]:
    return {
        "login_email": "autre@example.org",
        "is_email_verified": True,
        "files": [LEA, ANH],
    } | changes


def match(*, settings: dict[str, str] | None = None, **changes: Any) -> Any:
    return decide("portal.invoice_match", payer(**changes), settings=settings).outcome


def identity(last: str = "Roy", first: str = "Léa", number: str = "C-1001") -> dict[str, str]:
    return {"last_name": last, "first_name": first, "certificate_number": number}


@pytest.mark.rule("3/PAY-05", "4/PAY-11")
@each("address", ["lea@example.org", "LEA@Example.ORG", "  lea@example.org "])
def test_finds_the_file_by_the_address(address: str) -> None:
    given = match(login_email=address)

    assert (given.matched_certificate, given.matched_by) == ("C-1001", "email")
    assert str(given.amount_due) == "412.50"
    assert (given.prompt, given.error) == ([], None)


@pytest.mark.rule("3/PAY-05", "4/PAY-12")
@each("address", ["autre@example.org", "", "_", "lea@example.or"])
def test_asks_for_the_identity_otherwise(address: str) -> None:
    given = match(login_email=address)

    assert (given.matched_certificate, given.matched_by, given.amount_due) == (None, None, None)
    assert (given.prompt, given.error) == (THREE, None)


@pytest.mark.rule("3/PAY-05")
def test_takes_no_blank_address_for_a_match() -> None:
    assert match(login_email=" ", files=[ANH | {"email": ""}]).matched_certificate is None


@pytest.mark.rule("3/PAY-06", "4/PAY-12")
@each(
    "typed",
    [
        identity(),
        identity("ROY", "LEA"),
        identity(" roy ", " le\u0301a "),
        identity(number=" C-1001 "),
    ],
)
def test_finds_the_file_by_the_three_facts(typed: dict[str, str]) -> None:
    given = match(identity=typed)

    assert (given.matched_certificate, given.matched_by) == ("C-1001", "identity")
    assert (given.prompt, given.error) == ([], None)


@pytest.mark.rule("3/PAY-06", "4/PAY-12")
@each(
    "typed",
    [
        identity(last="Tran"),
        identity(first="Anh"),
        identity(number="C-1002"),
        identity(number="c-1001"),
        identity(number="C-1001 0"),
        identity(last=""),
        identity(number=""),
    ],
)
def test_reveals_nothing_of_a_file_that_does_not_agree(typed: dict[str, str]) -> None:
    given = match(identity=typed)

    assert (given.matched_certificate, given.matched_by, given.amount_due) == (None, None, None)
    assert (given.prompt, given.error) == (THREE, "not_found")


@pytest.mark.rule("3/PAY-06")
def test_takes_blank_facts_for_no_match() -> None:
    blank = {"certificate_number": "", "last_name": "", "first_name": ""}

    assert match(files=[blank], identity=identity("", "", "")).error == "not_found"


@pytest.mark.rule("4/PAY-12")
def test_looks_at_the_address_before_the_identity() -> None:
    given = match(login_email="lea@example.org", identity=identity("Tran", "Anh", "C-1002"))

    assert (given.matched_certificate, given.matched_by) == ("C-1001", "email")


@pytest.mark.rule("4/AUT-11", "4/PAY-11")
@each("typed", [None, identity()])
def test_shows_nothing_before_the_account_is_activated(typed: dict[str, str] | None) -> None:
    given = match(login_email="lea@example.org", is_email_verified=False, identity=typed)

    assert (given.matched_certificate, given.prompt) == (None, [])
    assert given.error == "activation_required"


@pytest.mark.rule("3/PAY-05", "4/PAY-11")
@each(("reading", "prompt"), [("ask_for_identity", THREE), ("let_choose", [])])
def test_does_not_pick_one_of_several_files(reading: str, prompt: list[str]) -> None:
    given = match(
        login_email="lea@example.org",
        files=[LEA, ANH | {"email": "lea@example.org"}],
        settings={"portal.several_files": reading},
    )

    assert (given.matched_certificate, given.prompt, given.error) == (None, prompt, None)


@pytest.mark.rule("3/PAY-05")
def test_tells_several_files_apart_by_the_identity() -> None:
    given = match(
        login_email="lea@example.org",
        files=[LEA, ANH | {"email": "lea@example.org"}],
        identity=identity("Tran", "Anh", "C-1002"),
    )

    assert (given.matched_certificate, given.matched_by) == ("C-1002", "identity")


@pytest.mark.rule("3/PAY-17")
@each(
    ("case", "how"),
    [({"login_email": "lea@example.org"}, "email"), ({"identity": identity()}, "identity")],
)
def test_sees_the_files_of_its_own_organisation_alone(case: dict[str, Any], how: str) -> None:
    files = [LEA | {"organisation": "nord"}]

    here = match(**case, files=files, account_organisation="nord")
    elsewhere = match(**case, files=files, account_organisation="sud")

    assert (here.matched_certificate, here.matched_by) == ("C-1001", how)
    assert (elsewhere.matched_certificate, elsewhere.amount_due) == (None, None)
    assert elsewhere.error == ("not_found" if how == "identity" else None)


@pytest.mark.rule("3/PAY-17")
def test_is_not_confused_by_a_namesake_of_another_organisation() -> None:
    given = match(
        login_email="lea@example.org",
        account_organisation="nord",
        files=[
            LEA | {"organisation": "nord"},
            LEA | {"organisation": "sud", "certificate_number": "C-9"},
        ],
    )

    assert given.matched_certificate == "C-1001"


@pytest.mark.rule("3/PAY-17")
@each(
    ("here", "there", "missing"),
    [(None, "nord", "account_organisation"), ("nord", None, "files.organisation")],
)
def test_does_not_guess_the_organisation(here: str | None, there: str | None, missing: str) -> None:
    answer = decide(
        "portal.invoice_match",
        payer(
            login_email="lea@example.org",
            account_organisation=here,
            files=[LEA | {"organisation": there}],
        ),
    )

    assert answer.unknown == (missing,)


@pytest.mark.rule("3/PAY-17")
def test_needs_no_organisation_of_a_file_that_is_not_the_payers() -> None:
    given = match(account_organisation="nord", files=[LEA])

    assert given.prompt == THREE


@pytest.mark.rule("3/CAMB-38")
@each(("reading", "error"), [("name_and_certificate", "not_found"), ("certificate_alone", None)])
def test_asks_for_what_the_portal_chose(reading: str, error: str | None) -> None:
    given = match(
        identity=identity("Inconnue", "Personne", "C-1001"),
        settings={"portal.identity": reading},
    )

    assert given.error == error


@pytest.mark.rule("3/PAY-05")
def test_finds_nothing_among_no_files() -> None:
    assert match(files=[]).prompt == THREE
