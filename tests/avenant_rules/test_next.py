"""`explain="next"`: what would change next, in the lines that decided."""

from typing import Any

from avenant_rules.decision import decide


def next_of(**change: Any) -> list[tuple[str, str, str]]:
    facts = {
        "coverage": "term_life_65",
        "sex": "male",
        "birth_date": "1975-02-10",
        "subscription_date": "2025-06-15",
        "requested_amount": "150000.00",
    }
    answer = decide("underwriting.requirements", facts | change, explain="next", language="en")
    return [(one.fact, one.when, one.row) for one in answer.next]


def test_names_the_nearest_lines_that_ask_for_something_else() -> None:
    assert next_of() == [
        ("age", "..15", "outside_1"),
        ("age", "51..60", "r3c2"),
        ("amount", "> 500000.00 and <= 1000000.00", "r2c5"),
    ]


def test_names_where_the_table_stops() -> None:
    assert ("age", "..15", "outside_1") in next_of(birth_date="2005-01-01")
    assert ("amount", "> 10000.00", "outside_2") in next_of(
        coverage="disability_sickness", requested_amount="9000.00"
    )


def test_says_it_in_words() -> None:
    answer = decide(
        "underwriting.requirements",
        {
            "coverage": "facility_care",
            "sex": "female",
            "birth_date": "1990-01-01",
            "subscription_date": "2025-06-15",
            "requested_amount": "1000.00",
        },
        explain="next",
    )

    said = {change.row: change.text for change in answer.next}
    assert said["r1c2"] == (
        "montant >= 5000.00 and <= 10000.00 : entrevue téléphonique, questionnaire Mode de vie "
        "et rapport du médecin traitant"
    )
    assert said["outside_1"] == "âge ..15 : hors du tableau"


def test_leaves_the_outcome_and_the_reasons_as_they_are() -> None:
    facts = {"mode": "credit_card", "frequency": "monthly", "application_channel": "paper"}

    plain = decide("billing.payment_mode", facts).as_json()
    explained = decide("billing.payment_mode", facts, explain="next").as_json()

    assert explained == plain | {"next": []}


def test_says_nothing_unless_asked() -> None:
    assert next_of() != []
    assert (
        decide(
            "billing.payment_mode",
            mode="credit_card",
            frequency="monthly",
            application_channel="paper",
        ).next
        == []
    )
