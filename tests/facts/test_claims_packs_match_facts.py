"""Every figure and list of the claims tables says what the document prints."""

import re
from typing import Any

import pytest

from tests.facts import packs
from tests.facts.claims_words import (
    DEATH_DOCUMENTS,
    DECISIONS,
    DENTAL_PRODUCTS,
    DENTAL_SERVICES,
    DENTAL_TABLES,
    EXEMPTIONS,
    FORMS,
    INCOME_DOCUMENTS,
    LIFE_DOCUMENTS,
    OFFICES,
    PROVIDERS,
    PROVINCIAL_RETURN,
    RECEIPT_ITEMS,
    SIGNATORIES,
    STATUSES,
)
from tests.facts.load import fact, facts
from tests.facts.words import UNITS
from tests.support.cases import each


def _rows(table: str) -> dict[str, dict[str, Any]]:
    return {row["row"]: row for row in packs.rows(table)}


def _number(table: str, key: str) -> str:
    return fact(table, key=key)["number"]


@each(
    ("parameter", "key"),
    [
        ("net_income_percent", "benefit_net_percent"),
        ("net_income_percent", "all_sources_net_percent"),
        ("gross_income_percent", "benefit_taxable_percent"),
        ("gross_income_percent", "all_sources_taxable_percent"),
        ("small_benefit_to", "no_income_proof_amount_to"),
        ("small_benefit_months", "no_income_proof_months"),
        ("indexation_after_months", "indexation_months"),
        ("contestable_years", "contestable_years_below"),
    ],
)
def test_counts_disability_with_the_printed_figures(parameter: str, key: str) -> None:
    printed = fact("disability_figures", key=key)

    value, unit = packs.parameters("claims_disability_figures")[parameter]

    assert (value, unit) == (printed["number"], UNITS.get(printed["unit"], printed["unit"]))


@pytest.mark.rule("3/DIS-26")
def test_issues_payments_on_the_printed_day() -> None:
    figures = packs.parameters("claims_disability_figures")

    ordinal, weekday = fact("disability_figures", key="benefit_issue_day")["printed"].split()

    assert figures["issue_ordinal"][0] == {"deuxième": "2"}[ordinal]
    assert figures["issue_weekday"][0] == {"vendredi": "5"}[weekday]


@pytest.mark.rule("3/DIS-41")
@pytest.mark.rule("3/LIF-24")
def test_checks_answers_as_long_in_both_chapters() -> None:
    years, _ = packs.parameters("claims_disability_figures")["contestable_years"]

    assert years == _number("life_figures", "contestable_years_below")


@pytest.mark.rule("3/DIS-39")
@pytest.mark.rule("3/LIF-22")
@each(("line", "table"), [("disability", "disability_figures"), ("life", "life_figures")])
def test_looks_back_and_excludes_as_long_as_printed(line: str, table: str) -> None:
    row = _rows("claims_preexisting")[line]

    assert str(row["lookback_months"]) == _number(table, "preexisting_months_before")
    assert str(row["exclusion_months"]) == _number(table, "preexisting_months_in_force")


@pytest.mark.rule("3/DIS-04")
@pytest.mark.rule("3/LIF-03")
@pytest.mark.rule("3/HLT-17")
@each(
    ("line", "table", "key"),
    [
        ("disability", "disability_figures", "proof_days"),
        ("disability", "disability_figures", "forms_days"),
        ("life", "life_figures", "claim_years"),
        ("health", "health_figures", "claim_months"),
        ("dental", "health_figures", "claim_months"),
    ],
)
def test_waits_for_claims_as_long_as_printed(line: str, table: str, key: str) -> None:
    row, printed = _rows("claims_deadlines")[line], fact(table, key=key)

    assert (str(row["length"]), row["unit"]) == (printed["number"], printed["unit"])


@pytest.mark.rule("3/DIS-06")
@pytest.mark.rule("3/DIS-08")
def test_asks_for_the_printed_forms_and_copies() -> None:
    rows = _rows("claims_disability_forms")
    printed = facts("disability_forms")

    assert [form for row in printed for form in FORMS[row["printed"]]] == [
        "insured_statement", "authorisation", "physician_statement", "medical_record_copy",
        "employer_statement", "self_employed_statement", "job_description", "income_proof",
        "direct_deposit_request",
    ]  # fmt: skip
    assert {form for row in printed for form in FORMS[row["printed"]]} == set(rows)
    for row in printed:
        for form in FORMS[row["printed"]]:
            assert str(rows[form]["copies"]) == (row["copies"] or "1")
    assert str(rows["authorisation"]["copies"]) == _number(
        "disability_figures", "authorisation_forms"
    )


@pytest.mark.rule("3/DIS-13")
def test_exempts_from_proof_of_income_in_the_printed_cases() -> None:
    rows = packs.first_version("claims_income_proof_exemptions")["rows"]

    cases = [EXEMPTIONS[row["key"]] for row in facts("disability_proof_exempt")]

    assert [name for name, *_ in rows] == cases
    assert [f"point {number}" for number in range(1, 7)] == [cite for _, _, _, cite in rows]


@pytest.mark.rule("3/DIS-14")
@pytest.mark.rule("3/DIS-15")
@pytest.mark.rule("3/DIS-16")
def test_proves_income_with_the_printed_documents() -> None:
    for heading, status in STATUSES.items():
        printed = [
            row["printed"]
            for row in facts("disability_income_proof")
            if row["column_label"] == heading
        ]
        asked = {
            code
            for text in printed
            for start, code in INCOME_DOCUMENTS.items()
            if text.startswith(start)
        }
        assert len(asked) == len(printed)
        assert any(PROVINCIAL_RETURN in text for text in printed)
        for row in packs.rows("claims_income_documents"):
            if row["employment_status"] == status:
                more = {"provincial_return_pages_1_4"} if row["lives_in_quebec"] else set()
                assert set(row["income_documents"]) == asked | more


@pytest.mark.rule("2/ASC-07")
@pytest.mark.rule("2/ASC-08")
@pytest.mark.rule("2/ASC-09")
@pytest.mark.rule("2/PME-06")
@each("table", ["8.1", "9.1"])
@each("heading", list(DECISIONS))
def test_pays_each_layer_as_the_scenario_prints(table: str, heading: str) -> None:
    answers = {
        row["key"]: row["answer"]
        for row in facts("programme_scenarios")
        if row["table"] == table
        and row["row_label" if row["row_label"] else "column_label"] == heading
    }
    rows = [
        row
        for row in packs.rows("claims_association_layers")
        if DECISIONS[heading] in packs.many(row["decision"])
    ]

    excluded = [row for row in rows if row["is_for_excluded_condition"] is True]
    by_clause = [row for row in rows if row["was_treated"] is True]

    assert bool(by_clause) is (answers["preexisting_clause"] == "yes")
    assert bool(excluded) is (answers["exclusion_on_excess"] == "yes")
    assert all(not row["pays_excess"] for row in excluded)
    for row in excluded:
        assert row["pays_granted"] is not row["is_in_first_months"]
    if excluded:
        months, _ = packs.parameters("claims_disability_figures")["first_months"]
        assert months == answers["exclusion_on_amount_without_evidence"]
    for row in by_clause:
        assert (row["pays_granted"], row["pays_excess"]) == (False, True)


@pytest.mark.rule("2/OVH-04")
def test_waits_for_overhead_as_printed() -> None:
    rows = _rows("claims_overhead_wait")
    plain, special = (
        row for row in facts("overhead_limits") if row["row_label"] == "Délais de carence"
    )

    assert str(rows["option_30"]["unpaid_days"]) == plain["number"]
    assert str(rows["sickness"]["unpaid_days"]) == special["number"]
    assert rows["hospital"]["hospital_hours"] == f"> {special['paid_first_day_hours_above']}"
    assert rows["sickness"]["hospital_hours"] == f"<= {special['paid_first_day_hours_above']}"
    assert rows["hospital"]["unpaid_days"] == rows["accident"]["unpaid_days"] == 0


@each(
    ("parameter", "key"),
    [
        ("interest_free_days", "interest_days_above"),
        ("slip_from", "interest_slip_from"),
        ("suicide_months_longer", "suicide_months_1"),
        ("suicide_months_shorter", "suicide_months_2"),
    ],
)
def test_counts_life_claims_with_the_printed_figures(parameter: str, key: str) -> None:
    value, _ = packs.parameters("claims_life_figures")[parameter]

    assert value == _number("life_figures", key)


@pytest.mark.rule("3/LIF-11")
def test_takes_the_printed_death_documents_under_and_over_the_threshold() -> None:
    rows = _rows("claims_death_proof")
    printed = facts("death_proof")
    below = [row for row in printed if row["amount_band"] == "below"]
    above = [row for row in printed if row["amount_band"] == "above"]
    threshold, _ = packs.parameters("claims_life_figures")["death_proof_threshold"]

    assert (
        {row["amount_to"] for row in below} == {row["amount_from"] for row in above} == {threshold}
    )
    assert set(rows["below"]["document"]) == {
        code for row in below for code in DEATH_DOCUMENTS[row["printed"]]
    }
    assert set(rows["above"]["document"]) == {
        code for row in above for code in DEATH_DOCUMENTS[row["printed"]]
    }
    for row in rows.values():
        assert packs.holds(row["benefit_amount"], int(threshold) - 1) is (
            "<" in row["benefit_amount"]
        )
        assert threshold in row["benefit_amount"].split(".")[0]


@pytest.mark.rule("3/LIF-04")
@pytest.mark.rule("3/LIF-05")
@pytest.mark.rule("3/LIF-06")
def test_asks_for_the_printed_documents_of_a_life_claim() -> None:
    rows = {name: set(row["documents"]) for name, row in _rows("claims_life_documents").items()}
    columns: dict[str, list[set[str]]] = {}
    for row in facts("life_documents"):
        if row["table"] == "2.2":
            columns.setdefault(row["column_label"], []).append(LIFE_DOCUMENTS[row["printed"]])

    assert rows["always"] == set().union(*columns[""])
    assert rows["qc_with_will"] == columns["Au Québec"][0]
    # The search certificates are asked for without a will too: 3/CAMB-19.
    assert rows["qc_marriage_contract"] - rows["qc_search"] == columns["Au Québec"][1]
    assert [rows["on_with_will"], rows["on_without_will"]] == columns["En Ontario"]
    assert rows["qc_search"] == rows["qc_with_will"] - {"last_will_copy"}
    assert rows["qc_neither"] == rows["qc_search"]


@pytest.mark.rule("3/LIF-07")
def test_has_the_printed_person_sign() -> None:
    signed = {
        (row["province"], row["statement_signatory"])
        for row in packs.rows("claims_life_signatories")
    }

    assert signed == {
        SIGNATORIES[row["printed"]]
        for row in facts("life_documents")
        if row["table"] == "2.2 signatory"
    }


@each(
    ("parameter", "key"),
    [
        ("prescription_months", "prescription_months"),
        ("eye_exam_below_age", "eye_exam_age_below"),
        ("eye_exam_amount", "eye_exam_amount"),
        ("eye_exam_months", "eye_exam_months"),
    ],
)
def test_counts_health_claims_with_the_printed_figures(parameter: str, key: str) -> None:
    printed = fact("health_figures", key=key)

    value, unit = packs.parameters("claims_health_figures")[parameter]

    assert (value, unit) == (printed["number"], UNITS.get(printed["unit"], printed["unit"]))


@pytest.mark.rule("3/HLT-18")
def test_asks_of_a_receipt_the_printed_items_after_its_letterhead() -> None:
    items = [row["row"] for row in packs.rows("claims_receipt_items")]

    assert items == [
        "letterhead", *(RECEIPT_ITEMS[row["printed"]] for row in facts("receipt_fields")),
    ]  # fmt: skip


@pytest.mark.rule("3/HLT-13")
@pytest.mark.rule("3/HLT-14")
@pytest.mark.rule("3/HLT-15")
def test_takes_the_printed_practitioners() -> None:
    eligible = {
        (row["specialty"], province)
        for row in packs.rows("claims_practitioners")
        if row["is_eligible"]
        for province in packs.many(row["province"])
    }
    words = {"podiatre": "podiatrist", "podologue": "chiropodist"}

    quebec = words[fact("health_figures", key="podiatry_quebec")["printed"]]
    refused = words[fact("health_figures", key="podiatry_quebec_refused")["printed"]]
    ontario = fact("health_figures", key="podiatry_ontario")["printed"]

    assert (quebec, "QC") in eligible
    assert (refused, "QC") not in eligible
    assert {one for one, place in eligible if place == "ON"} == {
        code for word, code in words.items() if word in ontario
    }
    orders = fact("health_figures", key="psychology_orders")["printed"]
    psychologist = _rows("claims_practitioners")["psychologist"]
    assert psychologist["member_of"] == ["ordre_psychologues_quebec", "ordre_psychologues_ontario"]
    assert re.findall(r"Ordre des psychologues (?:du|de l')\s*(\w+)", orders) == [
        "Québec", "Ontario",
    ]  # fmt: skip


@pytest.mark.rule("3/DEN-02")
def test_takes_the_printed_dental_providers() -> None:
    eligible = _rows("claims_dental_providers")["eligible"]["provider"]

    assert eligible == [
        PROVIDERS[row["printed"]] for row in facts("dental") if row["key"] == "provider"
    ]


@pytest.mark.rule("3/DEN-03")
@pytest.mark.rule("3/DEN-05")
@pytest.mark.rule("3/DEN-06")
def test_covers_crowns_and_dentures_with_the_printed_products() -> None:
    rows = packs.rows("claims_dental_services")

    for key, services in DENTAL_SERVICES.items():
        named = re.split(r", | et ", fact("dental", key=key)["products"])
        for service in services:
            covered = {
                product
                for row in rows
                if row["is_covered"] and service in packs.many(row["service"])
                for product in packs.many(row["product"])
            }
            assert covered == {DENTAL_PRODUCTS[name] for name in named}
    assert fact("dental", key="orthodontics")["products"] == ""
    assert not _rows("claims_dental_services")["orthodontics"]["is_covered"]


@pytest.mark.rule("3/DEN-09")
def test_has_dental_care_where_the_product_tables_print_it() -> None:
    held = {
        (product, row["plan"])
        for row in packs.rows("claims_dental_coverage")
        if row["is_held"]
        for product in packs.many(row["product"])
    }
    included = {
        product
        for row in packs.rows("claims_dental_coverage")
        if row["is_held"] and row["is_dental_option_taken"] == "-"
        for product in packs.many(row["product"])
    }
    printed = [row for row in facts("coverages") if row["printed"].startswith("Soins dentaires")]

    assert held == {DENTAL_TABLES[row["table"]] for row in printed}
    assert included == {
        DENTAL_TABLES[row["table"]][0] for row in printed if row["kind"] == "coverage"
    }


@pytest.mark.rule("3/DIS-32")
@pytest.mark.rule("3/LIF-21")
def test_reviews_decisions_at_the_printed_addresses() -> None:
    rows = _rows("claims_review_addresses")
    lines: dict[str, list[str]] = {}
    for row in facts("review_addresses"):
        office = (
            "disability" if row["table"].startswith("disability") else OFFICES[row["row_label"]]
        )
        lines.setdefault(office, []).append(row["printed"])

    assert set(lines) == set(rows)
    for office, printed in lines.items():
        row, whole = rows[office], " ".join(printed)
        for part in (row["city"], row["postal_code"], *row["addressee"].split(", ")):
            assert part in whole
        for part in row["street"].split(", "):
            assert part in whole
        assert (row["email"] in whole) is (row["email"] != "none printed")
