"""Cells that no case reads say nothing: a row that sends, pays or offers nothing asks for nothing.

Such a cell changes no answer today. It would the day a reading of the document changes, so it is
kept as empty as the rest of its row.
"""

import tomllib
from typing import Any

from avenant_rules.packs import CARRIERS


def rows(pack: str, table: str) -> list[dict[str, Any]]:
    """Give the rows of the newest version of a table, by column name."""
    path = CARRIERS / pack / "tables" / f"{table}.toml"
    version = tomllib.loads(path.read_text("utf-8"))["version"][-1]
    return [dict(zip(version["columns"], row, strict=True)) for row in version["rows"]]


def test_sends_no_document_to_nobody() -> None:
    filled = [
        (row["row"], party)
        for row in rows("croix_bleue", "document_recipients")
        for party in ("recipient", "second", "copy")
        if row[party] == "nobody" and row[f"{party}_documents"]
    ]

    assert filled == []


def test_has_no_second_recipient_nor_copy_without_a_first() -> None:
    filled = [
        row["row"]
        for row in rows("croix_bleue", "document_recipients")
        if row["recipient"] == "nobody" and (row["second"], row["copy"]) != ("nobody", "nobody")
    ]

    assert filled == []


def test_has_one_row_of_a_renewal_that_sends_nothing() -> None:
    silent = [
        row["row"]
        for row in rows("croix_bleue", "document_recipients")
        if row["recipient"] == "nobody"
    ]

    assert silent == ["renewal_unchanged"]


def test_needs_no_account_for_a_means_that_is_not_accepted() -> None:
    filled = [
        row["row"]
        for row in rows("amisgest", "payment_means")
        if row["needs_account"] and not row["is_accepted"]
    ]

    assert filled == []


def test_holds_within_the_maximum_the_one_service_that_the_guide_names() -> None:
    within = [
        row["row"]
        for row in rows("croix_bleue", "claims_dental_services")
        if row["is_within_maximum"]
    ]

    assert within == ["root_canal"]


def test_asks_nothing_of_a_home_worker_who_is_not_covered() -> None:
    offered_nothing = [
        row
        for row in rows("croix_bleue", "home_worker")
        if not row["is_available"] or row["row"] == "salaried"
    ]

    assert {row["row"] for row in offered_nothing} == {
        "3A_above_early", "3A_below_early", "lower_too_low", "salaried",
    }  # fmt: skip
    for row in offered_nothing:
        assert row["evidence_years"] == "none"
        assert (row["needs_contracts"], row["follows_income"]) == (False, False)
        assert (row["waiting_days"], row["benefit_years"]) == ("choice", "choice")
        assert (row["maximum_benefit"], row["imposed_class"]) == ("none", "none")
        assert row["has_privilege"] is (row["row"] == "salaried")
        assert row["needs_premises"] is (row["row"] != "salaried")


def test_refuses_a_low_income_in_the_words_of_the_row_it_would_have_been_in() -> None:
    [accepted] = [
        row for row in rows("croix_bleue", "home_educators") if row["row"] == "not_certified"
    ]
    [refused] = [
        row for row in rows("croix_bleue", "home_educators") if row["row"] == "not_certified_low"
    ]

    differing = {column for column in accepted if accepted[column] != refused[column]}
    assert differing == {"row", "annual_income", "is_available", "cite"}


def test_moves_a_holiday_in_one_way_only() -> None:
    for row in rows("croix_bleue", "quebec_holidays"):
        if row["easter_days"] != "none":
            assert (row["month"], row["day"]) == ("none", "none")
            assert not row["is_monday"]
        if row["is_monday"] or row["easter_days"] != "none":
            assert not row["moves_from_sunday"]


def test_speaks_of_documents_that_the_message_has() -> None:
    for row in rows("smatis", "client_messages"):
        assert set(row["about_product"]) | set(row["about_formula"]) <= set(row["documents"])
