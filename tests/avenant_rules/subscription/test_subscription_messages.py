"""E-mails with documents, leaving the subscription, the age of documents."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

NAMES = {"product_name": "SMAT SERENITE", "firm_name": "Cabinet {x} & Fils"}


def attached(given: Any) -> dict[str, str | None]:
    return {one.document: one.about for one in given.attachments}


@pytest.mark.rule("4/QUO-26", "4/QUO-27", "4/QUO-28")
def test_attaches_to_the_quote_the_guarantees_of_its_formula() -> None:
    given = decide(
        "subscription.client_message",
        NAMES | {"message": "quote", "formula_name": "SMAT SERENITE 450"},
    ).outcome

    assert given.subject == "Votre devis SMAT SERENITE proposé par Cabinet {x} & Fils"
    assert given.is_seller_copied is True
    assert given.validity_days == 30
    assert attached(given) == {
        "quote": None,
        "insurance_product_information_document": "SMAT SERENITE",
        "brochure": "SMAT SERENITE",
        "guarantee_table": "SMAT SERENITE 450",
        "reimbursement_examples": None,
        "general_rules": None,
    }


@pytest.mark.rule("4/SUB-17")
@each("formula", [None, "SMAT SERENITE 450"])
def test_attaches_what_is_signed_by_hand(formula: str | None) -> None:
    given = decide(
        "subscription.client_message",
        NAMES | {"message": "ink_membership", "formula_name": formula},
    ).outcome

    assert given.subject == "Votre adhésion au contrat SMAT SERENITE proposé par Cabinet {x} & Fils"
    assert given.is_seller_copied is True
    assert given.validity_days is None
    assert attached(given) == {
        "application_form": None,
        "sepa_mandate": None,
        "general_rules": None,
        "insurance_product_information_document": "SMAT SERENITE",
        "reimbursement_examples": None,
    }


@pytest.mark.rule("4/QUO-27")
@each("formula", [None, "", "  "])
def test_does_not_guess_the_formula(formula: str | None) -> None:
    answer = decide(
        "subscription.client_message", NAMES | {"message": "quote", "formula_name": formula}
    )

    assert answer.unknown == ("formula_name",)


@pytest.mark.rule("4/SUB-13", "4/SUB-14")
@each(
    ("screen", "is_saved", "restart_at", "status"),
    [
        ("personal_data", False, "personal_data", "validated"),
        ("contract_information", False, "personal_data", "validated"),
        ("sign_contract", True, None, "subscribed"),
    ],
)
def test_keeps_nothing_before_the_contract_is_signed(
    screen: str, is_saved: bool, restart_at: str | None, status: str
) -> None:
    given = decide("subscription.exit", last_screen=screen).outcome

    assert (given.is_saved, given.restart_at, given.quote_status) == (is_saved, restart_at, status)


@pytest.mark.rule("4/DOC-16")
@each("document", ["proof_of_address", "company_register_extract"])
@each(
    ("written", "received", "is_accepted"),
    [
        (date(2023, 9, 20), date(2023, 9, 20), True),
        (date(2023, 6, 21), date(2023, 9, 20), True),
        (date(2023, 6, 20), date(2023, 9, 20), False),
        (date(2023, 6, 19), date(2023, 9, 20), False),
        (date(2022, 9, 20), date(2023, 9, 20), False),
        # The 30th of November and three months: the last day of February.
        (date(2023, 11, 30), date(2024, 2, 28), True),
        (date(2023, 11, 30), date(2024, 2, 29), False),
        (date(2022, 11, 30), date(2023, 2, 27), True),
        (date(2022, 11, 30), date(2023, 2, 28), False),
        (date(2024, 2, 29), date(2024, 5, 28), True),
        (date(2024, 2, 29), date(2024, 5, 29), False),
        (date(2023, 12, 31), date(2024, 3, 30), True),
        (date(2023, 12, 31), date(2024, 3, 31), False),
        (date(2024, 1, 31), date(2024, 4, 29), True),
        (date(2024, 1, 31), date(2024, 4, 30), False),
        (date(9999, 11, 30), date(9999, 12, 31), True),
    ],
)
def test_takes_documents_under_three_months(
    document: str, written: date, received: date, is_accepted: bool
) -> None:
    given = decide(
        "subscription.document_age",
        document=document,
        document_date=written,
        received_on=received,
    ).outcome

    assert given.is_accepted is is_accepted


@pytest.mark.rule("4/DOC-03")
def test_sets_no_age_to_bank_details() -> None:
    given = decide(
        "subscription.document_age",
        document="bank_details",
        document_date=date(1999, 1, 1),
        received_on=date(2023, 9, 20),
    ).outcome

    assert given.is_accepted is True
