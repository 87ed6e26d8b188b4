"""The packs of the health quotes and of the payment portal say what their documents print."""

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.facts.load import fact, facts
from tests.facts.words import (
    ATTACHED_FILES,
    MEMBERSHIP_DOCUMENTS,
    MEMBERSHIP_STATES,
    PORTAL_CARDS,
    QUOTE_FIELDS,
)
from tests.support.cases import each

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> dict[str, Any]:
    with (ROOT / path).open("rb") as file:
        return tomllib.load(file)


def figures(table: str) -> dict[str, Any]:
    rows = read(f"carriers/smatis/tables/{table}.toml")["version"][0]["rows"]
    return {name: value for name, value, *_ in rows}


def rows(pack: str, table: str) -> list[dict[str, Any]]:
    version = read(f"carriers/{pack}/tables/{table}.toml")["version"][0]
    return [dict(zip(version["columns"], row, strict=True)) for row in version["rows"]]


@pytest.mark.rule("4/AUT-04")
@each(
    ("parameter", "key"),
    [
        ("characters_from", "password_characters_from"),
        ("upper_case_from", "password_upper_from"),
        ("lower_case_from", "password_lower_from"),
        ("digits_from", "password_digits_from"),
        ("special_characters_from", "password_special_from"),
    ],
)
def test_asks_of_a_password_what_is_printed(parameter: str, key: str) -> None:
    printed = fact("subscription_figures", key=key)["number"]

    assert str(figures("password_policy")[parameter]) == printed


@pytest.mark.rule("4/QUO-28")
def test_keeps_a_quote_as_long_as_printed() -> None:
    days = figures("quote_validity")["days"]

    assert str(days) == fact("subscription_figures", key="quote_days")["number"]
    for row in facts("quote_dates"):
        created = datetime.strptime(row["created"], "%d/%m/%Y")
        assert created + timedelta(days) == datetime.strptime(row["expires"], "%d/%m/%Y")


@pytest.mark.rule("4/QUO-15")
def test_reads_the_printed_annual_price_as_a_fault() -> None:
    """The screen prints 1 380,76 for 115,23 a month (4/G-27): twelve times makes 1 382,76."""
    monthly = Decimal(fact("plan_prices", plan="SMAT ACTIVE TNS 300")["monthly_euros"])
    printed = Decimal(fact("plan_selected", column_label="Tarif annuel TTC")["euros"])

    annual = monthly * figures("quote_premium")["payments_per_year"]

    assert (annual, printed) == (Decimal("1382.76"), Decimal("1380.76"))


@pytest.mark.rule("4/PTF-12")
def test_lists_everybody_for_the_printed_sign() -> None:
    printed = fact("subscription_figures", key="search_all")["printed"]

    assert figures("portfolio_search")["everybody"] == printed


@pytest.mark.rule("4/QUO-27", "4/SUB-17")
@each(("message", "table"), [("quote", "devis"), ("ink_membership", "adhésion manuelle")])
def test_attaches_the_printed_files_in_their_order(message: str, table: str) -> None:
    given = next(row for row in rows("smatis", "client_messages") if row["message"] == message)
    printed = [row["file"] for row in facts("quote_attachments") if row["table"] == table]

    assert [ATTACHED_FILES[file] for file in printed] == given["documents"]
    named = {ATTACHED_FILES[file] for file in printed if "SMAT ACTIVE TNS.pdf" in file}
    assert named == set(given["about_product"])
    of_formula = {ATTACHED_FILES[file] for file in printed if "SMAT ACTIVE TNS 150" in file}
    assert of_formula == set(given["about_formula"])


@pytest.mark.rule("4/QUO-04")
def test_marks_the_fields_the_screens_mark() -> None:
    asked = {
        (row["step"], field): row["is_asked"] == "always"
        for row in rows("smatis", "quote_fields")
        for field in (row["field"] if isinstance(row["field"], list) else [row["field"]])
    }

    for row in facts("quote_fields"):
        field = (row["screen"], QUOTE_FIELDS[row["field"]])
        assert asked[field] is (row["is_required"] == "yes"), field


@pytest.mark.rule("4/DOC-03", "4/DOC-16")
def test_asks_for_documents_as_recent_as_printed() -> None:
    given = {
        document: row["months_below"]
        for row in rows("smatis", "document_age")
        for document in (
            row["document"] if isinstance(row["document"], list) else [row["document"]]
        )
    }

    for row in facts("membership_documents"):
        document = MEMBERSHIP_DOCUMENTS.get(row["printed"])
        if document:
            assert str(given[document]) == (row["age_months_below"] or "no_limit")


@pytest.mark.rule("4/11.8")
def test_names_the_states_of_a_file_as_printed() -> None:
    states = read("avenant_rules/machines/membership.toml")["states"]

    printed = [row["printed"] for row in facts("membership_states")]
    assert printed == [states[MEMBERSHIP_STATES[word]]["fr"] for word in printed]


@pytest.mark.rule("3/PAY-08")
def test_takes_the_printed_means_and_no_other() -> None:
    accepted = {
        means
        for row in rows("amisgest", "payment_means")
        if row["is_accepted"]
        for means in (row["means"] if isinstance(row["means"], list) else [row["means"]])
    }

    cards = fact("payment_portal", key="cards")["printed"].split(" ou ")
    wallet = fact("payment_portal", key="wallet")["printed"]
    assert accepted == {PORTAL_CARDS[word] for word in [*cards, wallet]}
