"""Tableaux 1.1 to 6.1: which coverages a product has, and what each rests on, as printed."""

import re

import pytest

from tests.facts import packs
from tests.facts.administration_words import (
    COST_OF_LIVING,
    KINDS,
    KINDS_WITHOUT_HEADING,
    NAMED_AS_COMPULSORY,
    PRINTED_COVERAGES,
    PROVINCES,
    PROVINCES_OF,
    words_of,
)
from tests.facts.load import fact, facts
from tests.support.cases import each

COVERAGE_TABLES = [
    ("coverages_1_1", "1.1"),
    ("coverages_2_1", "2.1"),
    ("coverages_2_2", "2.2"),
    ("coverages_2_3", "2.3"),
    ("coverages_3_1", "3.1"),
    ("coverages_3_2", "3.2"),
    ("coverages_4_1", "4.1"),
    ("coverages_4_2", "4.2"),
    ("coverages_5_1", "5.1"),
    ("coverages_6_1", "6.1"),
]


def _places(table: str) -> set[tuple[str, str, str]]:
    """Give each coverage a printed table lists, its kind, and the printed row."""
    places = set()
    for one in facts("coverages"):
        if one["table"] != table:
            continue
        kind = KINDS.get(one["kind"]) or KINDS_WITHOUT_HEADING[table]
        if one["printed"] == "Augmentation du coût de la vie":
            codes = COST_OF_LIVING[one["row"]]
        else:
            codes = PRINTED_COVERAGES[one["printed"]]
        places |= {(code, kind, one["row"]) for code in codes.split()}
    return places


@pytest.mark.rule("1/PROD-06")
@pytest.mark.rule("1/PROD-07")
@pytest.mark.rule("1/PROD-08")
@pytest.mark.rule("1/PROD-09")
@each(("pack", "table"), COVERAGE_TABLES)
def test_lists_the_printed_coverages_in_their_printed_rows(pack: str, table: str) -> None:
    printed = _places(table)
    # One code for four printed coverages: an option beside the disability hybrid, a base elsewhere.
    printed.discard(("out_of_facility_care_hybrid", "option", "9"))
    cited = {
        (row["coverage"], row["kind"], number)
        for row in packs.rows(pack)
        for number in re.findall(r"\d+", re.sub(r"colonne \d+|; .*", "", row["cite"]))
    }

    assert cited == printed
    assert all(row["row"] == row["coverage"] for row in packs.rows(pack))


def _words_of_coverage(table: str) -> dict[str, list[dict[str, str]]]:
    """Give the printed lines of each coverage of a table."""
    lines: dict[str, list[dict[str, str]]] = {}
    for one in facts("coverages"):
        if one["table"] == table:
            codes = PRINTED_COVERAGES.get(one["printed"]) or COST_OF_LIVING[one["row"]]
            for code in codes.split():
                lines.setdefault(code, []).append(one)
    return lines


def _rests_on(code: str, kind: str, table: str) -> tuple[set[str], str]:
    """Give the coverages of which one is needed, and whether the print names or only sets them."""
    lines = _words_of_coverage(table)
    alternatives = {one["alternative"] for one in lines[code] if kind == "base"}
    all_alternatives = {one["alternative"] for ones in lines.values() for one in ones}
    if kind == "base" and len(all_alternatives) > 1:
        with_it = {
            other
            for other, ones in lines.items()
            if any(one["alternative"] in alternatives and one["kind"] == "coverage" for one in ones)
        }
        return with_it - {code}, "name"
    if kind == "base":
        printed = lines[code][0]["printed"]
        named = {code for words, code in NAMED_AS_COMPULSORY.items() if words in printed}
        return named, "name" if named else "nothing"
    after_the_dash = lines[code][0]["printed"].partition(" – ")[2]
    if after_the_dash in PRINTED_COVERAGES:
        return {PRINTED_COVERAGES[after_the_dash]}, "name"
    rows = {one["row"] for one in lines[code]}
    beside = {code for code, kind, row in _places(table) if kind == "base" and row in rows}
    # The out-of-facility hybrid stands beside a hybrid; it carries no option by itself.
    return beside - {"out_of_facility_care_hybrid"}, "row"


def _is_variant(code: str, table: str) -> bool:
    """Say whether the print offers the coverage or another one: (20) or (65), one pair of two."""
    lines = _words_of_coverage(table)
    is_either = any(") ou (" in one["printed"] for one in lines[code])
    alternatives = {one["alternative"] for ones in lines.values() for one in ones}
    is_base = lines[code][0]["kind"] == "coverage"
    return is_either or (
        is_base and len(alternatives) > 1 and len({one["alternative"] for one in lines[code]}) == 1
    )


@pytest.mark.rule("1/PROD-16")
@each(("pack", "table"), COVERAGE_TABLES)
def test_rests_each_coverage_on_those_printed_beside_it_or_named(pack: str, table: str) -> None:
    given = {
        row["coverage"]: (set(row["needs"]), row["needs_by"], row["one_per_base"] != "none")
        for row in packs.rows(pack)
    }

    printed = {
        row["coverage"]: (
            *_rests_on(row["coverage"], row["kind"], table),
            _is_variant(row["coverage"], table),
        )
        for row in packs.rows(pack)
    }
    assert given == printed
    variants = {row["one_per_base"] for row in packs.rows(pack)} - {"none"}
    assert len(variants) <= 1


@pytest.mark.rule("1/PROD-01")
def test_sells_each_product_in_the_printed_provinces() -> None:
    sold = {
        product: set(packs.many(row["province"]))
        for row in packs.rows("product_provinces")
        if row["is_offered"]
        for product in packs.many(row["product"])
    }

    assert sold == {"ami": {"QC"}} | {
        product: {PROVINCES[one] for one in words_of(fact("product_figures", key=key)["printed"])}
        for product, key in PROVINCES_OF.items()
    }
    age = fact("product_figures", key="ami_age_from")
    assert packs.parameters("product_figures")["ami_age_from"] == (age["number"], age["unit"])


def test_reads_each_product_from_its_printed_table() -> None:
    read = {name for row in packs.rows("product_tables") for name in row["tables"]}

    assert read == {pack for pack, _ in COVERAGE_TABLES}
