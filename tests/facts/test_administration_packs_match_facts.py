"""Every figure and list on products, partners and policies says what the document prints."""

import pytest

from tests.facts import packs
from tests.facts.load import fact, facts


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
@pytest.mark.parametrize(
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
