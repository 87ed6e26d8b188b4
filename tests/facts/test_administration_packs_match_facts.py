"""Every figure and list on products, partners and policies says what the document prints."""

import pytest

from tests.facts import packs
from tests.facts.administration_words import (
    ATLANTIC,
    CYCLES,
    DOCUMENTS,
    EVENTS,
    ISSUE_CLASSES,
    LEGAL_FORMS,
    LOAN_ITEMS,
    PARTIES,
    PARTNER_ITEMS,
    PARTNER_TYPES,
    PRODUCTS,
    REGIMES,
    SENT,
    SPONSORSHIPS,
    words_of,
)
from tests.facts.load import fact, facts
from tests.support.cases import each


def _printed(table: str, key: str) -> tuple[str, str]:
    found = fact(table, key=key)
    return found["number"], found["unit"]


@pytest.mark.rule("1/ADM-40")
def test_asks_each_printed_period_for_what_is_printed() -> None:
    declarations = {
        "none": set(),
        "short": {"Déclaration de santé abrégée (incluant le numéro de police)"},
        "full": {"Déclaration de santé complète (incluant le numéro de police)"},
    }
    rows = {row["row"]: row for row in packs.rows("reinstatement")}

    for number in ("1", "2", "3", "4"):
        row = rows[number]
        printed = [one for one in facts("reinstatement") if one["row"] == number]
        assert {one["printed"] for one in printed} == {
            "Paiement de toute somme due",
            *declarations[row["health_declaration"]],
        }
        low, high = row["days_since_premium_due"].split("..")
        below, above = printed[0]["days_from"] or "0", printed[0]["days_to"]
        if printed[0]["days_band"] == "above":
            below = str(int(below) + 1)
        assert (low, high) == (below, above)
        assert row["is_policy_number_required"] is (row["health_declaration"] != "none")
    assert set(rows) == {"not_due", "1", "2", "3", "4"}


@pytest.mark.rule("1/ADM-39")
def test_refuses_claims_and_goes_to_underwriting_from_the_printed_days() -> None:
    starts = {
        name: min(
            int(row["days_since_premium_due"].split("..")[0])
            for row in packs.rows("reinstatement")
            if row[name]
        )
        for name in ("may_refuse_claims", "is_underwriting_required")
    }

    assert starts["may_refuse_claims"] == int(
        fact("lapse", key="may_refuse_claims_from_day")["number"]
    )
    assert starts["is_underwriting_required"] == int(
        fact("lapse", key="underwriting_from_day")["number"]
    )


@pytest.mark.rule("1/ADM-37")
@each(
    ("parameter", "table", "key"),
    [
        ("grace_days", "13", "grace_days"),
        ("glossary_grace_days", "glossary", "grace_days"),
        ("claims_refusable_from_day", "10.1", "may_refuse_claims_from_day"),
        ("notice_days", "13", "notice_days"),
    ],
)
def test_lets_a_premium_be_late_by_the_printed_days(parameter: str, table: str, key: str) -> None:
    printed = fact("lapse", table=table, key=key)

    value = packs.parameters("lapse_figures")[parameter]

    assert value == (printed["number"], printed["unit"])


@pytest.mark.rule("1/ADM-24")
@pytest.mark.rule("1/ADM-25")
def test_follows_the_printed_newborn_rules() -> None:
    rows = {row["row"]: row for row in packs.rows("newborn_coverage")}
    printed = {
        key: fact("change_figures", key=key)["printed"]
        for key in ("newborn_products_1", "automatic_plans", "request_days_plans")
    }

    for name in ("with_children", "in_time", "late"):
        assert {PRODUCTS[one] for one in words_of(printed["newborn_products_1"])} == set(
            rows[name]["product"]
        )
    automatic = {REGIMES[one] for one in words_of(printed["automatic_plans"])}
    on_request = {REGIMES[one] for one in words_of(printed["request_days_plans"])}
    assert automatic == set(rows["with_children"]["regime"])
    assert on_request == set(rows["in_time"]["regime"]) == set(rows["late"]["regime"])
    days = {row["number"] for row in facts("change_figures") if row["key"] == "request_days"}
    assert {row["days_since_birth"] for row in rows.values()} == {
        "-",
        *(f"..{one}" for one in days),
        *(f"{int(one) + 1}.." for one in days),
    }


@pytest.mark.rule("1/ADM-45")
@each(
    ("row", "key"),
    [
        ("most", "backdating_months_most"),
        ("long_term_care", "backdating_months_long_term_care"),
        ("critical_illness", "backdating_months_critical_illness"),
    ],
)
def test_goes_back_by_the_printed_months(row: str, key: str) -> None:
    limits = {one["row"]: one for one in packs.rows("backdating_limits")}

    months = limits[row]["months"]

    assert (str(months), "months") == _printed("dating", key)
    assert limits[row]["days"] == 30 * months


@each(
    ("table", "parameter", "facts_of", "key"),
    [
        ("backdating_glossary", "months", "dating", "backdating_months"),
        ("redating_figures", "days_ahead", "dating", "redating_days_ahead_to"),
        ("renewal_figures", "notice_days_before", "renewal", "notice_days_before"),
        (
            "renewal_figures",
            "mortgage_notice_days_before",
            "renewal",
            "mortgage_notice_days_before",
        ),
        ("ending_figures", "advisor_window_days", "lapse", "clarification_days"),
        ("ending_figures", "follow_up_days", "lapse", "follow_up_days"),
    ],
)
def test_counts_the_printed_days_and_months(
    table: str, parameter: str, facts_of: str, key: str
) -> None:
    assert packs.parameters(table)[parameter] == _printed(facts_of, key)


@pytest.mark.rule("1/ADM-47")
def test_waits_by_the_printed_months() -> None:
    months = {row["row"]: row["months"] for row in packs.rows("reapplication")}

    printed = int(fact("dating", key="blue_choice_months_from")["number"])

    assert months == {"blue_choice": printed, "family": printed, "others": 0}


@pytest.mark.rule("1/ADM-54")
def test_sends_documents_to_the_printed_parties() -> None:
    table = [row for row in packs.rows("document_recipients") if row["event"] in EVENTS.values()]
    printed = [row for row in facts("document_recipients") if row["event"] != "Renouvellement"]

    for one in printed:
        column = ("recipient", "copy")[int(one["column"]) - 1]
        rows = [
            row
            for row in table
            if row["event"] == EVENTS[one["event"]]
            and row["issue_class"] in ("-", ISSUE_CLASSES[one["issue"]])
            and row["is_requested_by_insured"] is not True
        ]
        documents = {DOCUMENTS[name] for name in one["documents"].split(" | ") if name}
        for row in rows:
            is_fallback = row["has_principal_general_representative"] is False
            printed_party = one["fallback"] if is_fallback and one["fallback"] else one["recipient"]
            if row["row"] == "requirements_no_rgp" and column == "recipient":
                assert one["fallback"] == ""  # the fallback is a reading (AMB-26)
                continue
            assert row[column] == PARTIES[printed_party], (row["row"], column)
            assert set(row[f"{column}_documents"]) == documents
    asked = next(row for row in table if row["is_requested_by_insured"] is True)
    star = next(row for row in facts("document_recipients") if row["note"] == "*")
    assert (EVENTS[star["event"]], ISSUE_CLASSES[star["issue"]], asked["recipient"]) == (
        asked["event"],
        asked["issue_class"],
        "insured",
    )


@pytest.mark.rule("1/ADM-54")
def test_sends_the_printed_documents_at_a_renewal() -> None:
    table = {row["row"]: row for row in packs.rows("document_recipients")}
    policyholder, payer, copy = (
        (PARTIES[row["recipient"]], [DOCUMENTS[one] for one in row["documents"].split(" | ")])
        for row in facts("document_recipients")
        if row["event"] == "Renouvellement"
    )

    two, one = table["renewal_two_persons"], table["renewal_one_person"]

    assert (two["recipient"], two["recipient_documents"]) == policyholder
    assert (two["second"], two["second_documents"]) == payer
    assert (two["copy"], two["copy_documents"]) == copy
    assert one["recipient_documents"] == [*policyholder[1], *payer[1]]


@pytest.mark.rule("1/ADM-21")
def test_takes_effect_as_printed() -> None:
    printed = {
        "le jour suivant la signature": ("signature", 1),
        "à la date d'acceptation": ("acceptance", 0),
    }
    rows = {row["issue_class"]: row for row in packs.rows("modification_effective")}

    for one in facts("modification_effective"):
        row = rows[ISSUE_CLASSES[one["row_label"]]]
        assert (row["counts_from"], row["days_after"]) == printed[one["printed"]]


@pytest.mark.rule("1/ADM-28")
def test_changes_to_non_smoker_rates_at_the_printed_figures() -> None:
    amounts = {row["line"]: row["amount_above"] for row in packs.rows("non_smoker_tests")}
    months = packs.parameters("non_smoker_figures")["tobacco_free_months"]

    assert months == _printed("change_figures", "tobacco_free_months_above")
    for line in ("disability", "life"):
        printed = fact("change_figures", key=f"hiv_{line}_amount_above")["number"]
        assert amounts[line] == f"{printed}.00"


@pytest.mark.rule("1/ADM-52")
def test_sends_receipts_by_the_printed_day() -> None:
    [row] = [row for row in packs.rows("tax_receipts") if row["is_issued"]]
    day, month = fact("tax_receipt", key="latest_date")["printed"].split()

    assert (str(row["due_day"]), row["due_month"], month) == (day, 2, "février")
    assert fact("tax_receipt", key="insurance")["printed"] == "assurance accident et maladie"
    assert row["policy_kind"] == "accident_and_sickness"


@pytest.mark.rule("1/COM-06")
def test_pays_commissions_as_often_as_printed() -> None:
    sells = {
        "produits santé individuels, incluant ou non les produits voyages": True,
        "produits voyages uniquement": False,
    }

    assert {(row["sells_individual"], row["cycle"]) for row in packs.rows("commission_cycles")} == {
        (sells[row["sellers"]], CYCLES[row["frequency"]]) for row in facts("commission_frequency")
    }


@pytest.mark.rule("1/COM-01")
def test_keeps_statements_as_long_as_printed() -> None:
    years = fact("agreement_figures", key="statement_history")["number"]

    months = packs.parameters("statement_figures")["history_months"]

    assert months == (str(12 * int(years)), "months")


@pytest.mark.rule("1/COM-10")
def test_gives_slips_from_the_printed_amount() -> None:
    rows = {row["row"]: row for row in packs.rows("slip_minimums")}
    printed = fact("agreement_figures", key="slip_minimum")["number"]
    provinces = fact("agreement_figures", key="slip_minimum_provinces")["printed"]

    assert (rows["quebec"]["province"], rows["quebec"]["minimum"]) == ("QC", "none")
    assert provinces == "Ontario et dans les provinces de l'Atlantique"
    assert rows["ontario_and_atlantic"]["province"] == ["ON", *ATLANTIC]
    assert (
        rows["ontario_and_atlantic"]["minimum"] == rows["elsewhere"]["minimum"] == f"{printed}.00"
    )


@pytest.mark.rule("1/COM-11")
def test_gives_no_slip_to_the_printed_partners() -> None:
    refused = {
        form
        for row in packs.rows("slip_legal_forms")
        if not row["may_receive"]
        for form in packs.many(row["legal_form"])
    }

    printed = [row["printed"] for row in facts("slip_excluded")]

    assert refused == {LEGAL_FORMS[one] for one in printed if one in LEGAL_FORMS}
    assert len(printed) == len(LEGAL_FORMS) + 1  # the last: commissions paid to an entity


@pytest.mark.rule("1/COM-13")
def test_produces_slips_by_the_printed_day() -> None:
    day = fact("agreement_figures", key="slip_latest_date")
    figures = packs.parameters("slip_figures")

    assert (figures["due_day"][0], day["printed"]) == (day["number"], "28 février")
    assert figures["due_month"][0] == "2"


@pytest.mark.rule("1/AGR-04")
@pytest.mark.rule("1/AGR-11")
@each(
    ("request_", "printed"),
    [("agreement", "partner_request"), ("bank_account_change", "bank_change_documents")],
)
def test_asks_partners_for_the_printed_items(request_: str, printed: str) -> None:
    items = {row["request"]: row["items"] for row in packs.rows("partner_request_items")}

    assert items[request_] == [PARTNER_ITEMS[row["printed"]] for row in facts(printed)]


@pytest.mark.rule("1/AGR-05")
def test_admits_the_printed_partners() -> None:
    regions = {"Au Québec": {"QC"}, "En Ontario": {"ON"}}
    both = set(PARTNER_TYPES.values())

    admitted = {
        (province, partner)
        for row in packs.rows("licences")
        if row["is_accepted"]
        for province in packs.many(row["province"])
        for partner in (both if row["partner_type"] == "-" else packs.many(row["partner_type"]))
    }

    others = {province for province, _ in admitted} - {"QC", "ON"}
    assert len(others) == 11
    assert admitted == {
        (province, PARTNER_TYPES[row["partner"]])
        for row in facts("licences")
        if row["partner"]
        for province in regions.get(row["region"], others)
    }


@pytest.mark.rule("1/AGR-06")
def test_refuses_the_printed_certificates() -> None:
    conditions = {
        name: text for name, text, *_ in packs.first_version("selling_conditions")["rows"]
    }

    assert facts("licences")[-1]["printed"] == "certificats en assurances de dommages"
    assert conditions["persons"] == "certificate == 'insurance_of_persons'"


@pytest.mark.rule("1/AGR-17")
@pytest.mark.rule("1/AGR-20")
def test_sponsors_the_printed_types() -> None:
    offered = {
        (province, kind)
        for row in packs.rows("sponsorships")
        if row["is_offered"]
        for province in packs.many(row["province"])
        for kind in packs.many(row["request_type"])
    }

    assert offered == {
        (province, SPONSORSHIPS[row["printed"]])
        for row in facts("sponsorship_types")
        for province in (ATLANTIC if row["column_label"] == "Atlantique" else ["ON"])
    }


@pytest.mark.rule("1/ADM-05")
@pytest.mark.rule("1/ADM-06")
@each(
    ("loan_type", "label"),
    [("fixed_term", "terme fixe"), ("open_line_of_credit", "marge de crédit")],
)
def test_asks_for_the_printed_loan_data(loan_type: str, label: str) -> None:
    items = {row["loan_type"]: row["items"] for row in packs.rows("loan_items")}

    assert items[loan_type] == [
        LOAN_ITEMS[row["printed"]]
        for row in facts("mortgage_application")
        if row["column_label"] == label
    ]


@pytest.mark.rule("1/ADM-07")
@pytest.mark.rule("1/ADM-10")
def test_takes_each_item_by_the_printed_channels() -> None:
    given = {
        row["item"]: (set(row["channels"]), set(row["also_if_illustrative"]))
        for row in packs.rows("submission_channels")
    }
    usual = {
        "submission_documents": {"pdf", "fax"},
        "submission_data": {"telephone", "fax", "email"},
    }

    # « Par télécopieur » beside an item: the others are what the remark leaves out (AMB-32).
    printed = {
        SENT[row["printed"]]: (
            {row["channel"], "original"} if row["channel"] else usual[table] | {"original"},
            usual[table] - {row["channel"]} if row["channel"] not in ("", "original") else set(),
        )
        for table in usual
        for row in facts(table)
    }
    assert given == printed


@pytest.mark.rule("1/ADM-09")
def test_takes_an_authorisation_as_fresh_as_printed() -> None:
    days = packs.parameters("submission_figures")["medical_authorisation_days_below"]

    assert days == _printed("submission_figures", "medical_authorisation_days_below")
