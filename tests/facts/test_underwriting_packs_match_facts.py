"""Every figure and list of the underwriting tables says what the document prints."""

import re
from decimal import Decimal

import pytest

from tests.facts import packs
from tests.facts.load import fact, facts
from tests.facts.underwriting_words import (
    BMI_CLASSES,
    BMI_RISKS,
    DATED_DOCUMENTS,
    EMPLOYMENT,
    HOME_EVIDENCE,
    HOME_PERIODS,
    HOME_ROWS,
    INCOME_LEFT_OUT,
    OVERHEAD_ITEMS,
    PAPERS,
    RECLASSIFICATION_DOCUMENTS,
    SERVICES,
    SPLIT_ITEMS,
    TOBACCO,
)
from tests.facts.words import NEWCOMER_DOCUMENTS, UNITS
from tests.support.cases import each

_FIGURE = re.compile(r"(\w+) (>=|<=|>|<|==) (-?\d+(?:\.\d+)?)")


def _compared(table: str, row: str) -> list[tuple[str, str, str]]:
    """Give the comparisons with a figure in a row of checks: name, sign, figure."""
    conditions = {name: condition for name, condition, *_ in packs.first_version(table)["rows"]}
    return _FIGURE.findall(conditions[row])


@each(
    ("row", "key"),
    [
        ("hours", "hours_per_week_from"),
        ("months", "months_per_year_from"),
        ("benefit", "monthly_benefit_from"),
    ],
)
def test_admits_to_disability_insurance_from_the_printed_figures(row: str, key: str) -> None:
    [(_, sign, figure)] = _compared("disability_eligibility", row)

    assert (sign, figure) == (">=", fact("disability_eligibility", key=key)["number"])


def test_offers_the_regular_occupation_rider_from_the_printed_years() -> None:
    [(_, sign, figure)] = _compared("regular_occupation_rider", "years")

    printed = fact("disability_eligibility", key="regular_occupation_years_in_job_from")
    assert (sign, figure) == (">=", printed["number"])


@each(("row", "key"), [("hours", "hours_per_week_from"), ("months", "months_per_year_from")])
def test_admits_newcomers_from_the_printed_figures(row: str, key: str) -> None:
    [(_, sign, figure)] = _compared("newcomer_eligibility", row)

    assert (sign, figure) == (">=", fact("newcomer_eligibility", key=key)["number"])


def test_refuses_the_printed_statuses() -> None:
    conditions = {
        name: text for name, text, *_ in packs.first_version("newcomer_eligibility")["rows"]
    }

    refused = [row["printed"] for row in facts("newcomer_eligibility") if "refused" in row["key"]]

    assert refused == ["réfugiés", "détenteurs d'un visa de travail", "d'étudiant"]
    assert conditions["barred"] == (
        "not residency_status in ['refugee', 'work_visa', 'student_visa']"
    )


def test_asks_newcomers_for_the_printed_documents() -> None:
    [documents] = [
        value for name, value, *_ in packs.first_version("newcomer_figures")["rows"]
        if name == "first_year_documents"
    ]  # fmt: skip

    assert documents == [NEWCOMER_DOCUMENTS[row["printed"]] for row in facts("newcomer_documents")]


@pytest.mark.rule("2/ELIG-09")
def test_counts_the_printed_products_as_tobacco() -> None:
    counted = {
        product for row in packs.rows("tobacco_products") for product in packs.many(row["product"])
    }

    printed = [TOBACCO[row["printed"]] for row in facts("tobacco_products")]

    assert counted == set().union(*printed)
    assert len(packs.rows("tobacco_products")) == len(printed)


def test_needs_the_printed_months_without_tobacco() -> None:
    printed = fact("disability_eligibility", key="tobacco_free_months")

    months = packs.parameters("tobacco_figures")["tobacco_free_months"]

    assert months == (printed["number"], printed["unit"])


def test_tolerates_the_printed_number_of_cigars() -> None:
    [(_, sign, figure)] = _compared("cigar_tolerance", "count")

    printed = fact("disability_eligibility", key="occasional_cigars_per_year_to")
    assert (sign, figure) == ("<=", printed["number"])


@pytest.mark.rule("2/ELIG-15")
@each("key", ["kilograms_per_pound", "metres_per_inch"])
def test_converts_with_the_printed_factors(key: str) -> None:
    assert packs.parameters("bmi_figures")[key][0] == fact("bmi_conversion", key=key)["number"]


@pytest.mark.rule("2/ELIG-16")
def test_classifies_the_index_as_printed() -> None:
    classes = {
        row["row"]: (row["bmi"].rpartition(" ")[2], row["category"], row["risk"])
        for row in packs.rows("bmi_classes")
    }

    for number, (_, category, risk) in classes.items():
        name, danger = [row for row in facts("bmi_classification") if row["row"] == number]
        assert (category, risk) == (BMI_CLASSES[name["printed"]], BMI_RISKS[danger["printed"]])
    starts = [row["bmi_from"] for row in facts("bmi_classification") if row["column"] == "1"]
    assert starts == ["", "18.5", "25.0", "30.0"]
    assert [row["bmi"] for row in packs.rows("bmi_classes")] == [
        "< 18.5", ">= 18.5 and < 25", ">= 25 and < 30", ">= 30",
    ]  # fmt: skip


@pytest.mark.rule("2/ELIG-17")
def test_prints_every_weight_of_the_reference_grid() -> None:
    grid = packs.first_version("bmi_grid")
    heights = [height for _, height in grid["columns"]]

    weights = {
        (str(index), height): str(weight)
        for _, index, *cells in grid["rows"]
        for height, weight in zip(heights, cells, strict=True)
    }

    assert weights == {(row["bmi"], row["height_m"]): row["weight_kg"] for row in facts("bmi_grid")}


@pytest.mark.rule("2/VEN-02")
def test_names_the_companies_with_a_tick_in_each_column() -> None:
    offered = {row["service"]: set(row["vendors"]) for row in packs.rows("vendors")}

    assert offered == {
        service: {
            row["row_label"].lower()
            for row in facts("vendors")
            if row["column_label"] == column and row["is_offered"] == "yes"
        }
        for column, service in SERVICES.items()
    }


def test_exchanges_with_the_bureau_by_the_printed_ways() -> None:
    ways = {row["row"]: row["channel"] for row in packs.rows("mib_exchange") if row["is_accepted"]}

    assert ways == {"sent": "-", "obtained": ["phone", "web"], "disputed": "in_writing"}


@pytest.mark.rule("2/VAL-13")
def test_keeps_each_document_as_long_as_printed() -> None:
    kept = {
        document: (str(row["period"]), row["unit"], row["has_asterisk"])
        for row in packs.rows("document_validity")
        for document in packs.many(row["document"])
    }

    assert kept == {
        document: (row["number"], row["unit"], bool(row["note"]))
        for row in facts("document_validity")
        for document in DATED_DOCUMENTS[(row["document"], row["part"])]
    }


def test_extends_a_document_no_longer_than_other_parts_are_valid() -> None:
    """No printed limit: the proposed year is the longest validity of the table."""
    longest = {row["number"] for row in facts("document_validity") if row["unit"] == "years"}

    assert packs.parameters("document_validity_figures") == {
        "declaration_years": (longest.pop(), "years")
    }


@pytest.mark.rule("2/FIN-03")
@each(
    ("parameter", "key"),
    [
        ("life_maximum", "life_maximum"),
        ("critical_illness_maximum", "critical_illness_maximum"),
        ("months_since_declaration", "months_since_declaration_above"),
        ("months_since_declaration", "classes_3a_4a_months_since_declaration_above"),
        ("discharge_months_first", "discharge_months_first"),
        ("discharge_months_later", "discharge_months_second_or_more"),
        ("exception_maximum", "classes_3a_4a_disability_maximum"),
        ("exception_benefit_years", "classes_3a_4a_benefit_years_to"),
        ("exception_waiting_days", "classes_3a_4a_waiting_days_from"),
    ],
)
def test_treats_bankruptcies_with_the_printed_figures(parameter: str, key: str) -> None:
    rows = packs.first_version("bankruptcy_figures")["rows"]

    [(value, unit)] = [(value, unit) for name, value, unit, *_ in rows if name == parameter]

    printed = fact("bankruptcy", key=key)
    assert (Decimal(value), unit) == (
        Decimal(printed["number"]),
        UNITS.get(printed["unit"], printed["unit"]),
    )


@each(
    ("table", "row", "key", "sign"),
    [
        ("bankruptcy_exception", "income", "classes_3a_4a_income_from", ">="),
        ("bankruptcy_exception", "single", "classes_3a_4a_bankruptcies", "=="),
        ("bankruptcy_exception_terms", "amount", "classes_3a_4a_disability_maximum", "<="),
        ("bankruptcy_exception_terms", "waiting", "classes_3a_4a_waiting_days_from", ">="),
    ],
)
def test_excepts_bankruptcies_with_the_printed_figures(
    table: str, row: str, key: str, sign: str
) -> None:
    assert _compared(table, row)[0][1:] == (sign, fact("bankruptcy", key=key)["number"])


@pytest.mark.rule("2/FIN-11")
def test_opens_the_privilege_from_the_printed_figures() -> None:
    [(_, _, minimum)] = _compared("income_privilege", "minimum")
    [(_, _, years)] = _compared("income_privilege", "years")

    assert minimum == fact("privilege", key="monthly_benefit_from")["number"]
    assert years == fact("privilege", key="years_in_field_from")["number"]


@pytest.mark.rule("2/FIN-15")
def test_covers_the_printed_amount_of_class_b_and_reviews_within_the_printed_years() -> None:
    amount = fact("privilege_documents", row="1", column="2", item="1")
    review = fact("privilege", key="review_years_to")

    assert packs.parameters("income_privilege_figures") == {
        "class_b_amount": (amount["number"], "CAD"),
        "review_years": (review["number"], review["unit"]),
    }


@pytest.mark.rule("2/FIN-13")
def test_requires_evidence_as_each_cell_prints() -> None:
    rows = packs.rows("income_evidence")

    for cell in facts("privilege_rules"):
        for status in EMPLOYMENT[cell["row_label"]]:
            [always] = [row for row in rows if row["row"] == "large"]
            below = [row for row in rows if status in packs.many(row["employment_status"])]
            if cell["column"] == "2":
                assert always["monthly_benefit"] == f">= {cell['amount_from']}"
                assert always["is_required"]
                continue
            unless = {row["row"].rpartition("_")[2] for row in below if row["is_required"]}
            assert unless == set(cell["unless"].split())
            assert {row["monthly_benefit"] for row in below} == {f"< {int(cell['amount_to']) + 1}"}


def test_begins_the_second_column_where_it_is_printed() -> None:
    printed = {row["amount_from"] for row in facts("privilege_rules") if row["column"] == "2"}

    assert packs.parameters("income_evidence_figures") == {"next_column_from": (*printed, "CAD")}


@pytest.mark.rule("2/FIN-14")
def test_asks_each_paper_for_the_printed_years() -> None:
    asked = {row["row"]: row for row in packs.rows("income_evidence_documents")}

    def years(row: str, form: str) -> int:
        printed = [
            one
            for one in facts("privilege_documents")
            if (one["row"], one["column"]) == (row, "1") and form in one["document"]
        ]
        return int(printed[0]["number"])

    columns = ("pay_years", "return_years", "activity_years", "statement_years")
    assert years("1", "T4") == years("1", "T1")
    assert years("2", "Formulaire") == years("2", "états financiers")
    printed = {
        "salaried": [years("1", "T4"), 0, 0, 0],
        "self_employed": [0, years("2", "T1"), years("2", "Formulaire"), 0],
        "incorporated": [0, years("3", "T1"), 0, years("3", "états financiers")],
    }
    class_b = int(fact("privilege_documents", row="1", column="2", item="2")["number"])
    printed |= {
        f"{row}_b": [class_b if number else 0 for number in numbers]
        for row, numbers in printed.items()
    }
    assert {row: [cells[column] for column in columns] for row, cells in asked.items()} == printed


@pytest.mark.rule("2/FIN-17")
def test_takes_every_printed_paper_up_to_its_limit() -> None:
    rows = {row["row"]: row for row in packs.rows("income_papers")}
    printed = {paper for row in facts("income_documents") for paper in PAPERS[row["printed"][:9]]}
    [limit] = {row["monthly_amount_to"] for row in facts("income_documents")} - {""}

    assert printed == {*rows["always"]["document"], *rows["small"]["document"]}
    assert rows["small"]["monthly_benefit"] == f"<= {limit}"
    assert rows["too_large"]["document"] == rows["small"]["document"]


@pytest.mark.rule("2/FIN-16")
def test_leaves_out_the_printed_income() -> None:
    left_out = {
        kind
        for row in packs.rows("income_kinds")
        if not row["is_admissible"]
        for kind in packs.many(row["kind"])
    }

    assert left_out == set().union(
        *(INCOME_LEFT_OUT[row["printed"]] for row in facts("income_excluded"))
    )


@pytest.mark.rule("2/FIN-27")
def test_wants_the_printed_papers_of_split_income() -> None:
    [items] = [value for _, value, *_ in packs.first_version("income_splitting")["rows"]]

    assert items == [
        item for row in facts("income_splitting") for item in SPLIT_ITEMS[row["printed"]]
    ]


@pytest.mark.rule("2/FIN-29")
def test_counts_dividends_from_the_printed_figures() -> None:
    [(_, _, months)] = _compared("dividends", "months")
    [(_, _, share)] = _compared("dividends", "ownership")

    assert int(months) == 12 * int(fact("dividends", key="years_in_business_from")["number"])
    assert share == fact("dividends", key="share_percent")["number"]


@pytest.mark.rule("2/FIN-20")
def test_uplifts_with_the_printed_rate_ceiling_and_classes() -> None:
    figures = {
        name: value for name, value, *_ in packs.first_version("income_uplift_figures")["rows"]
    }

    assert figures["rate"] == fact("income_uplift", key="rate")["number"]
    assert Decimal(figures["maximum"]) == int(fact("income_uplift", key="maximum")["number"])
    for name, key in (("lowest_classes", "classes_lowest"), ("mean_classes", "classes_average")):
        printed = fact("income_uplift", key=key)["printed"].replace(" et ", ", ")
        assert figures[name] == printed.split(", ")


@pytest.mark.rule("2/FIN-24")
@each(
    ("table", "row", "key", "sign"),
    [
        ("income_uplift", "years", "years_in_field_from", ">="),
        ("income_uplift_incorporated", "shareholders", "incorporated_shareholders_to", "<="),
        ("income_uplift_incorporated", "share", "incorporated_share_from", ">="),
    ],
)
def test_opens_the_uplift_from_the_printed_figures(
    table: str, row: str, key: str, sign: str
) -> None:
    assert _compared(table, row)[0][1:] == (sign, fact("income_uplift", key=key)["number"])


def test_allows_no_loss_whatever_the_business() -> None:
    for name in (
        _compared("income_uplift_unincorporated", "no_loss"),
        _compared("income_uplift_incorporated", "no_loss"),
    ):
        assert name == [("lowest_result", ">=", "0")]


@pytest.mark.rule("2/OCC-03")
def test_reclassifies_by_the_printed_rows() -> None:
    rows = {
        (row["current_class"], row["requested_class"]): str(int(Decimal(row["income_above"])))
        for row in packs.rows("reclassification")
    }

    assert rows == {
        (row["class_from"], row["class_to"]): row["income_above"]
        for row in facts("reclassification_income")
    }
    assert rows == {
        (row["class_from"], row["class_to"]): row["number"]
        for row in facts("reclassification")
        if row["unit"] == "dollars" and row["is_required"] == "yes"
    }


@pytest.mark.rule("2/OCC-02")
def test_reclassifies_from_the_printed_years() -> None:
    [(_, _, same), (_, _, related)] = _compared("reclassification_conditions", "experience")
    [(_, sign, share)] = _compared("reclassification_conditions", "outside_home")

    printed = {key: fact("reclassification_conditions", key=key)["number"] for key in (
        "years_same_occupation_from", "years_related_experience_from",
    )}  # fmt: skip
    assert [same, related] == list(printed.values())
    assert (sign, share) == (">", fact("reclassification", row="1", column="1")["number"])


@pytest.mark.rule("2/OCC-07")
def test_takes_reclassification_requests_in_the_printed_delays() -> None:
    figures = {
        name: (value, unit)
        for name, value, unit, *_ in packs.first_version("reclassification_request")["rows"]
    }
    years = fact("reclassification_conditions", key="request_years_to")
    months = fact("reclassification_conditions", key="early_months_below")

    assert figures["request_years"] == (int(years["number"]), years["unit"])
    assert figures["early_months"] == (int(months["number"]), months["unit"])
    for name, column in (("early_documents", "1"), ("late_documents", "2")):
        assert figures[name][0] == [
            RECLASSIFICATION_DOCUMENTS[row["printed"]]
            for row in facts("reclassification_documents")
            if row["column"] == column
        ]


def _home_rows() -> dict[tuple[str, str, str], dict[str, list[str] | str]]:
    """Give each printed case of Tableau 6.3.1, by group, option and case: items and bands."""
    cases: dict[tuple[str, str, str], dict[str, list[str] | str]] = {}
    for row in facts("home_worker"):
        found = cases.setdefault((row["row"], row["option"], row["case"]), {**row, "items": []})
        items = found["items"]
        assert isinstance(items, list)
        items.append(row["printed"])
    return cases


@pytest.mark.rule("2/OCC-11", "2/OCC-15", "2/OCC-18", "2/OCC-20")
def test_holds_each_row_of_work_at_home_against_its_printed_case() -> None:
    packed = {
        row["row"]: row
        for row in (*packs.rows("home_worker"), *packs.rows("home_educators"))
        if row["is_available"] and row["row"] != "salaried"
    }
    printed = _home_rows()
    assert set(HOME_ROWS) == set(printed)

    for place, name in HOME_ROWS.items():
        case, row = printed[place], packed.pop(name)
        items = case["items"]
        evidence = {HOME_EVIDENCE[item] for item in items if item in HOME_EVIDENCE} or {0}
        assert {row["evidence_years"]} == evidence, name
        assert row["waiting_days"] == HOME_PERIODS[str(case["waiting_period"])], name
        assert row["benefit_years"] == HOME_PERIODS[str(case["benefit_period"])], name
        assert row["follows_income"] == ("Prestations selon revenu" in items), name
        assert row["needs_contracts"] == any("contrats" in item for item in items), name
        assert row["has_privilege"] != any("Non disponible" in item for item in items), name
        assert (row["maximum_benefit"] == "1300.00") == any("1 300" in item for item in items), name
        assert (row["imposed_class"] == "A") == any(
            "Catégorie professionnelle : A" in item for item in items
        ), name
        signed = case["has_visible_access"] == "yes" or "Enseigne apparente" in items
        assert row["needs_premises"] == signed, name
    assert packed == {}


def test_counts_work_at_home_with_the_printed_figures() -> None:
    figures = packs.parameters("home_worker_figures")
    rows = facts("home_worker")

    assert figures["evidence_from"][0] == fact("home_worker_proofs", key="amount_from")["number"]
    assert {figures["light_percent"][0]} == {
        row["home_percent_to"] for row in rows if row["row"] == "5"
    }
    assert {figures["edge_3a"][0]} == {row["income_from"] for row in rows if row["row"] == "3"}
    assert {figures["edge_3a"][0]} == {row["income_to"] for row in rows if row["row"] == "4"}
    assert {(figures["between_from"][0], figures["between_to"][0])} == {
        (row["income_from"], row["income_to"]) for row in rows if row["row"] == "7"
    }
    assert {figures["between_to"][0]} == {row["income_from"] for row in rows if row["row"] == "6"}
    assert figures["months_two_years_row"] == ("12", "months")


def test_shows_the_sign_and_traffic_printed_for_certified_educators() -> None:
    printed = {row["printed"] for row in facts("home_worker") if row["row"] == "9"}

    cites = {cite for *_, cite in packs.first_version("home_educator_premises")["rows"]}

    assert {cite.capitalize() for cite in cites} <= printed


@pytest.mark.rule("2/OVH-02", "2/OVH-03")
def test_limits_overhead_as_printed() -> None:
    first, ao, farmers = packs.rows("overhead_limits")
    printed = {row["row_label"]: row for row in facts("overhead_limits")}

    classes = printed["B, A, 2A, 3A, 4A"]
    assert ", ".join(first["occupational_class"]) == classes["classes"]
    assert Decimal(first["maximum"]) == int(classes["number"])
    assert (ao["occupational_class"], ao["maximum"]) == ("AO", "not_eligible")
    assert (farmers["is_farmer"], farmers["maximum"]) == (True, "not_eligible")
    assert printed["AO"]["is_eligible"] == printed["Agriculteurs"]["is_eligible"] == "no"


def test_covers_salaries_up_to_the_printed_number_of_employees() -> None:
    [printed] = [row["number"] for row in facts("overhead_expenses") if row["number"]]

    assert packs.parameters("overhead_figures") == {"employees_to": (printed, "count")}


@pytest.mark.rule("2/OVH-06", "2/OVH-07", "2/OVH-08", "2/OVH-09")
def test_counts_each_printed_expense_in_its_list() -> None:
    lists = {"2/OVH-06": "1", "2/OVH-07": "2", "2/OVH-08": "3", "2/OVH-09": "3"}
    packed = {
        item: (lists[row["rule"]], row["method"])
        for row in packs.rows("overhead_expenses")
        for item in packs.many(row["item"])
    }

    seen = set()
    for row in facts("overhead_expenses"):
        for item in OVERHEAD_ITEMS[row["printed"]]:
            place, method = packed[item]
            assert place == row["list"], item
            assert (method != "none") == (row["is_eligible"] == "yes"), item
            seen.add(item)
    assert seen == set(packed)


@pytest.mark.rule("2/PME-02")
def test_gives_a_new_employee_the_printed_days() -> None:
    printed = fact("programme_figures", key="new_employee_days_to")

    assert packs.parameters("enrolment_figures") == {
        "new_employee_days": (printed["number"], printed["unit"])
    }
