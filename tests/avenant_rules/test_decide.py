"""Calling a decision: facts in any form, versions by date, settings, languages, what is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from avenant_rules import packs
from avenant_rules.decision import Because, MissingFacts, Struct, Tables, decide, decision
from avenant_rules.decisions.billing.payment_mode import Payment
from avenant_rules.errors import (
    CarrierDataMissingError,
    InvalidInputError,
    UnknownDecisionError,
)
from avenant_rules.registry import decision_names, find
from avenant_rules.settings import Settings
from avenant_rules.tables import Tables as TablesOfADay
from avenant_rules.values import Money, Quantity

FACTS = {"mode": "credit_card", "frequency": "monthly", "application_channel": "paper"}


def test_takes_a_struct_a_mapping_or_fields_by_name() -> None:
    struct = Payment(mode="credit_card", frequency="monthly", application_channel="paper")

    answers = [
        decide("billing.payment_mode", struct),
        decide("billing.payment_mode", FACTS),
        decide("billing.payment_mode", **FACTS),
    ]

    assert [answer.outcome for answer in answers] == [answers[0].outcome] * 3


def test_takes_python_values_as_well_as_written_ones() -> None:
    given = decide("application.commission_split", own_percent=Decimal(100)).outcome

    assert given.is_valid


def test_knows_no_other_decision() -> None:
    for name in ("billing.nothing", "nothing", "", "../machines.section", "billing.payment_mode.x"):
        with pytest.raises(UnknownDecisionError):
            decide(name, FACTS)


def test_refuses_another_decisions_struct() -> None:
    with pytest.raises(TypeError, match="Payment"):
        decide("billing.payment_mode", find("application.retention").read(
            {"saved_on": ["2026-01-01"], "as_of": "2026-01-01"}
        ))  # fmt: skip


def test_refuses_what_is_not_an_object() -> None:
    with pytest.raises(InvalidInputError) as refused:
        find("billing.payment_mode").read_json(b"[1]")

    assert refused.value.fields("en") == {"input": "must be an object"}


def test_says_when_a_table_had_not_begun() -> None:
    with pytest.raises(CarrierDataMissingError, match="starts on 2012-01-01"):
        decide("billing.payment_mode", FACTS, as_of=date(2011, 12, 31))


def test_says_when_a_carrier_has_no_such_table() -> None:
    with pytest.raises(CarrierDataMissingError, match="smatis"):
        decide("billing.payment_mode", FACTS, carrier="smatis")


def test_gives_no_outcome_when_facts_are_missing() -> None:
    answer = decide(
        "billing.payment_mode", mode="cheque", frequency="annual", application_channel="paper"
    )

    assert answer.unknown
    with pytest.raises(MissingFacts):
        _ = answer.outcome


def test_reads_the_reasons_in_another_language_afterwards() -> None:
    answer = decide("billing.payment_mode", FACTS, language="fr")

    assert answer.because[0].text.startswith("Carte de crédit")
    assert answer.because_in("en")[0].text.startswith("Credit card")


def test_gives_the_first_rule_when_a_decision_says_nothing_more() -> None:
    class Nothing(Struct):
        """No facts."""

    class Silent(Struct):
        """No reasons."""

        is_silent: bool

    @decision("tests.silent", rules=["4/APP-07"])
    def silent(facts: Nothing, because: Because) -> Silent:
        """Say nothing."""
        return Silent(is_silent=True)

    assert [reason.rule for reason in decide("tests.silent").because] == ["4/APP-07"]


def test_adds_and_multiplies_the_largest_amounts_exactly() -> None:
    class Two(Struct):
        """Two amounts."""

        amount: Money
        other: Money

    class Result(Struct):
        """What they make."""

        total: Money
        product: Quantity

    @decision("tests.exact", rules=["4/APP-07"])
    def exact(two: Two, because: Because) -> Result:
        """Add and multiply."""
        return Result(total=two.amount + two.other, product=two.amount * two.other)

    nines = "9" * 37
    answer = decide("tests.exact", amount=f"{nines}.99", other="0.03").as_json()

    assert answer["outcome"] == {"total": f"1{'0' * 37}.02", "product": f"2{'9' * 35}.9997"}


def test_names_the_field_whose_number_is_too_long() -> None:
    with pytest.raises(InvalidInputError) as refused:
        decide("application.commission_split", own_percent="1" * 41)

    assert refused.value.fields("en") == {"own_percent": "has at most 40 characters"}


def test_gives_a_decision_nothing_it_cannot_have() -> None:
    class Nothing(Struct):
        """No facts."""

    with pytest.raises(TypeError, match="clock"):

        @decision("tests.greedy", rules=["4/APP-07"])
        def greedy(facts: Nothing, clock: Tables) -> Nothing:
            """Ask for the clock."""
            return facts


def test_refuses_a_setting_that_has_no_such_value() -> None:
    with pytest.raises(LookupError, match="no value 'sometimes'"):
        decide(
            "underwriting.requirements",
            {
                "coverage": "disability_hybrid",
                "sex": "male",
                "birth_date": "1990-01-01",
                "subscription_date": "2026-01-01",
                "requested_amount": "1000.00",
            },
            settings={"underwriting.round_figure": "sometimes"},
        )


def test_finds_each_decision_in_the_module_that_declares_it() -> None:
    assert "application.plan_express" in decision_names()
    for name in decision_names():
        assert find(name).rule.__module__.startswith(
            f"avenant_rules.decisions.{find(name).family}."
        )


def test_reads_each_version_from_its_date_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = tmp_path / "newcomer" / "tables"
    tables.mkdir(parents=True)
    (tables.parent / "carrier.toml").write_text('id = "newcomer"\n')
    (tables / "limits.toml").write_text(
        'id = "x.limits"\nkind = "parameters"\nrule = "1/ADM-15"\nsource = "Avis"\n'
        'title = { fr = "x", en = "x" }\n'
        '[[version]]\neffective = 2020-01-01\nrows = [["days", 15, "days", "p. 1"]]\n'
        '[[version]]\neffective = 2026-06-01\nrows = [["days", 30, "days", "p. 2"]]\n'
    )
    monkeypatch.setattr(packs, "CARRIERS", tmp_path)

    days = [
        TablesOfADay("newcomer", date(*day)).limits.days
        for day in [(2020, 1, 1), (2026, 5, 31), (2026, 6, 1)]
    ]

    assert days == [15, 15, 30]


def test_says_that_another_carrier_has_no_settings_of_the_family() -> None:
    with pytest.raises(CarrierDataMissingError) as refused:
        Settings("smatis")("policy.due_date_counts_as")

    assert "smatis" in refused.value.message("fr")
