"""A table file that is not sound is refused, with every fault in a sentence."""

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.errors import CarrierDataMissingError, MissingFacts
from avenant_rules.packs import Document, _plain
from avenant_rules.tables import Age, prove_table
from avenant_rules.tables.checks import build_checks
from avenant_rules.tables.grid import build_grid
from avenant_rules.tables.match import Matcher
from avenant_rules.tables.parameters import build_parameters
from avenant_rules.tables.table import build_table
from tests.support.cases import each

HEAD = """
id     = "policy.reinstatement"
title  = { fr = "Remise en vigueur", en = "Reinstatement" }
rule   = "1/ADM-40"
source = "Guide du conseiller, Tableau 10.1"
"""
TABLE = HEAD + 'kind = "table"\n[inputs]\ndays = { type = "days" }\n'
COLUMNS = 'columns = ["row", "days", "period", "cite"]\n'


def read(text: str) -> Document:
    document: Document = _plain(tomllib.loads(text))
    return document


def faults(text: str) -> list[str]:
    return [fault.en for fault in prove_table(read(text))]


def table(rows: str, *, outside: str = "", columns: str = COLUMNS) -> str:
    return f"{TABLE}[[version]]\neffective = 2012-01-01\n{columns}rows = [{rows}]\n{outside}"


def built(text: str) -> Matcher:
    document = read(text)
    assert prove_table(document) == []
    return build_table(document, document["version"][0])


SOUND = '["1", "0..30", "grace", "ligne 1"], ["2", "31..", "notice", "ligne 2"]'


def test_takes_a_table_that_covers_every_case_once() -> None:
    assert faults(table(SOUND)) == []


@each(("days", "period"), [(0, "grace"), (30, "grace"), (31, "notice"), (10**9, "notice")])
def test_answers_at_the_edges(days: int, period: str) -> None:
    assert built(table(SOUND)).match(days=days).period == period


def test_says_which_lines_overlap_and_where() -> None:
    rows = '["1", "0..31", "grace", "l. 1"], ["2", "31..", "notice", "l. 2"]'

    assert faults(table(rows)) == ["Lines 1, 2 all apply for days = 31."]


def test_says_which_case_has_no_line() -> None:
    rows = '["1", "0..30", "grace", "l. 1"], ["2", "32..", "notice", "l. 2"]'

    assert faults(table(rows)) == ["No line for days = 31: add a line, or write it in “outside”."]


def test_takes_a_declared_gap_and_never_answers_in_it() -> None:
    text = table(
        '["1", "0..30", "grace", "l. 1"]', outside='outside = [{ days = "31..", cite = "note" }]'
    )

    row = built(text).match(days=31)

    assert row.is_outside
    with pytest.raises(CarrierDataMissingError):
        _ = row.period


def test_treats_a_fact_out_of_the_domain_as_out_of_the_table() -> None:
    assert built(table(SOUND)).match(days=-1).is_outside


def test_refuses_a_gap_that_covers_a_line() -> None:
    text = table(SOUND, outside='outside = [{ days = "40..50", cite = "note" }]')

    assert faults(text) == ["Lines 2, outside_1 all apply for days = 40..50."]


@each(
    ("rows", "fault"),
    [
        ('["1", "0..", "grace", ""]', "Line 1: no citation."),
        ('["1", "0..", "grace"]', "Line 1: 3 cells for 4 columns."),
        ('["1", "zero..", "grace", "l. 1"]', "Line 1: “zero” is not a value of days."),
        ('["1", "9..3", "grace", "l. 1"]', "Line 1: the range “9..3” is empty."),
        ('["1", "0..", "1500.00", "l. 1"]', "Line 1, column period: “1500.00”: declare the column "
         "in “outputs” (money, decimal or code)."),
        (SOUND + ', ["1", "-", "x", "l. 3"]', "Line 1 applies to everything: write what it is for."),
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_a_line(rows: str, fault: str) -> None:
    assert fault in faults(table(rows))


@each(
    ("change", "fault"),
    [
        (('days" }\n', 'days" }\nsurprise = 1\n'), "The input “surprise” must have a type among: "),
        (('kind = "table"', 'kind = "rule"'), "“kind” must be one of: table, grid, checks, "),
        (('rule   = "1/ADM-40"', 'rule = "ADM-40"'), "“ADM-40” is not a rule id (like 1/ADM-40)."),
        (('"Guide du conseiller, Tableau 10.1"', '""'), "“source” is missing."),
        (('en = "Reinstatement"', 'es = "x"'), "“title” is written in fr and en."),
        (
            ("effective = 2012-01-01", 'effective = "soon"'),
            "Version 1: “effective” must be a date.",
        ),
        ((COLUMNS, COLUMNS + "extra = 1\n"), "Version 1: “extra” is not known here."),
        (('"days", "period"', '"day", "period"'), "The column “days” is missing."),
        (("rows = [", "rows = [[1.5], "), "version[1].rows[1][1]: 1.5 must be written in quotes."),
    ],
)
def test_says_what_is_wrong_with_the_file(change: tuple[str, str], fault: str) -> None:
    found = faults(table(SOUND).replace(*change))

    assert any(one.startswith(fault) for one in found), found


def test_says_every_fault_at_once() -> None:
    rows = '["1", "0..31", "grace", ""], ["2", "x", "notice", "l. 2"], ["3", "5..", "n"]'

    assert len(faults(table(rows))) == 3


def test_wants_versions_in_ascending_order() -> None:
    text = table(SOUND) + f"[[version]]\neffective = 2011-05-01\n{COLUMNS}rows = [{SOUND}]\n"

    assert faults(text) == ["Version 2: 2011-05-01 is not after 2012-01-01."]


MONEY = HEAD + (
    'kind = "table"\n[inputs]\namount = { type = "money" }\n[outputs]\ncap = { type = "money" }\n'
    '[[version]]\neffective = 2012-01-01\ncolumns = ["row", "amount", "cap", "cite"]\nrows = [%s]\n'
)


def test_wants_whole_cents() -> None:
    rows = '["1", "<= 10.005", "1.00", "l. 1"], ["2", "> 10.005", "2.5", "l. 2"]'

    assert faults(MONEY % rows) == [
        "Line 1: “10.005” is not a value of amount.",
        "Line 2: “10.005” is not a value of amount.",
        "Line 2, column cap: “2.5” must have two digits after the point.",
    ]


def test_leaves_no_half_dollar_between_two_bands() -> None:
    rows = '["1", "0..3000", "1.00", "l. 1"], ["2", "3001..", "2.00", "l. 2"]'

    assert faults(MONEY % rows) == [
        "No line for amount > 3000.00 and < 3001.00: add a line, or write it in “outside”."
    ]


TWO = HEAD + (
    'kind = "table"\n[inputs]\nkind = { type = "code", values = ["a", "b"] }\n'
    'is_new = { type = "yes_no" }\n'
    '[[version]]\neffective = 2012-01-01\ncolumns = ["row", "kind", "is_new", "answer", "cite"]\n'
    "rows = [%s]\n"
)
TWO_ROWS = (
    '["1", "a", "-", "x", "l. 1"], ["2", "b", true, "y", "l. 2"], ["3", "b", false, "z", "l. 3"]'
)


def test_follows_codes_and_yes_or_no() -> None:
    assert built(TWO % TWO_ROWS).match(kind="b", is_new=False).answer == "z"


def test_answers_without_a_fact_that_the_row_does_not_read() -> None:
    assert built(TWO % TWO_ROWS).match(kind="a", is_new=None).answer == "x"


@each(
    ("facts", "missing"),
    [
        ({"kind": "b", "is_new": None}, ("is_new",)),
        ({"kind": None, "is_new": True}, ("kind",)),
        ({"kind": None, "is_new": None}, ("kind", "is_new")),
    ],
)
def test_names_the_missing_fact_that_decides(facts: dict[str, Any], missing: tuple[str]) -> None:
    with pytest.raises(MissingFacts) as unknown:
        built(TWO % TWO_ROWS).match(**facts)

    assert unknown.value.names == missing


def test_knows_only_declared_codes() -> None:
    rows = TWO_ROWS.replace('"a"', '"c"')

    assert "Line 1: “c” is not a value of kind (a, b)." in faults(TWO % rows)


GRID = HEAD + (
    'kind = "grid"\nrows = { input = "age", type = "age" }\n'
    'columns = { input = "amount", type = "money" }\n'
    'cells = { type = "set", values = ["interview", "ecg"] }\n'
    "[[version]]\neffective = 2012-01-01\n"
    'columns = [["à 100", ">= 0 and <= 100"], ["101 et plus", "> 100"]]\n'
    'rows = [["30 jours à 15 ans", "30 days..15", ["interview"], "not_offered"],'
    ' ["16 ans et plus", "16..", ["interview"], ["interview", "ecg"]]]\n'
    'outside = [{ age = "..29 days", cite = "sans ligne" }]\n'
)


@each(
    ("age", "amount", "cell"),
    [
        ((0, 29), 1, None),
        ((0, 30), 1, {"interview"}),
        ((15, 5800), 100, {"interview"}),
        ((15, 5800), "100.01", None),
        ((16, 5844), "100.01", {"interview", "ecg"}),
        ((16, 5844), "100.005", {"interview", "ecg"}),
    ],
)
def test_reads_a_printed_grid(age: tuple[int, int], amount: Any, cell: set[str] | None) -> None:
    document = read(GRID)
    assert prove_table(document) == []

    found = build_grid(document, document["version"][0]).match(
        age=Age(*age), amount=Decimal(amount)
    )

    assert found.is_outside == (cell is None)
    assert cell is None or found.value == cell


def test_cites_the_cell() -> None:
    document = read(GRID)

    found = build_grid(document, document["version"][0]).match(age=Age(20, 7300), amount=500)

    assert found.source == "Guide du conseiller, Tableau 10.1, ligne 2, colonne 2"
    assert (found.row, found.band, found.column) == ("r2c2", "16 ans et plus", "101 et plus")


def test_says_what_is_wrong_with_a_grid() -> None:
    found = faults(GRID.replace('"ecg"]]', '"eeg"]]').replace('"16.."', '"17.."'))

    assert found == ["Line 2, column 2: “eeg” is not one of interview, ecg."]
    assert faults(GRID.replace('"16.."', '"17.."')) == [
        "No line for age = 16: add a line, or write it in “outside”."
    ]


CHECKS = HEAD + (
    'kind = "checks"\n[inputs]\nhours = { type = "hours" }\nis_resident = { type = "yes_no" }\n'
    "[[version]]\neffective = 2012-01-01\nrows = [\n"
    '["hours", "hours >= 20", "fewer_than_20_hours", "point 4"],\n'
    '["resident", "is_resident", "not_resident", "point 1"],\n]\n'
)


def test_gives_every_failed_check_and_every_missing_fact() -> None:
    document = read(CHECKS)
    assert prove_table(document) == []
    checks = build_checks(document, document["version"][0])

    both = checks.check({"hours": 19, "is_resident": False})
    one = checks.check({"hours": 19, "is_resident": None})

    assert both.reasons == {"fewer_than_20_hours", "not_resident"}
    assert [row.source for row in both.failed][0].endswith("point 4")
    assert (one.reasons, one.missing) == ({"fewer_than_20_hours"}, {"is_resident"})


def test_cites_the_rule_that_a_check_or_a_figure_names() -> None:
    checks = read(CHECKS.replace('"point 4"]', '"point 4", "2/ELIG-05"]'))
    figures = read(PARAMETERS.replace('"p. 1"]', '"p. 1", "2/FIN-13"]'))
    assert prove_table(checks) == prove_table(figures) == []

    rules = [row.rule for row in build_checks(checks, checks["version"][0]).rows]
    figure = build_parameters(figures, figures["version"][0]).row("days")

    assert rules == ["2/ELIG-05", checks["rule"]]
    assert figure.rule == "2/FIN-13"
    assert faults(CHECKS.replace('"point 4"]', '"point 4", "ELIG-05"]'))


def test_says_what_is_wrong_with_a_check() -> None:
    found = faults(CHECKS.replace("hours >= 20", "hour >= 20"))

    assert len(found) == 1
    assert found[0].startswith("Line hours: ")
    assert "hour" in found[0]


PARAMETERS = HEAD + (
    'kind = "parameters"\n[[version]]\neffective = 2012-01-01\nrows = [["days", 15, "days", "p. 1"]]\n'
    '[[version]]\neffective = 2027-01-01\nrows = [["days", 30, "days", "avis"]]\n'
)


def test_reads_figures_by_version() -> None:
    document = read(PARAMETERS)
    assert prove_table(document) == []

    values = [build_parameters(document, version).days for version in document["version"]]

    assert values == [15, 30]


@each(
    ("row", "fault"),
    [
        ('["days", 15, "days", ""]', "Line 1: name, value, unit, citation."),
        ('["days", 15, "moons", "p. 1"]', "days: unit “moons” is not one of "),
        ('["limit", "15.5", "CAD", "p. 1"]', "limit: “15.5” must have two digits after the point."),
        ('["days", "15", "days", "p. 1"]', "days: “15” is not a whole number."),
    ],
)
def test_says_what_is_wrong_with_a_figure(row: str, fault: str) -> None:
    found = faults(PARAMETERS.replace('["days", 15, "days", "p. 1"]', row))

    assert found[0].startswith(fault)


def test_reads_dates_as_days() -> None:
    text = HEAD + (
        'kind = "table"\n[inputs]\non = { type = "date" }\n[[version]]\neffective = 2012-01-01\n'
        'columns = ["row", "on", "way", "cite"]\n'
        'rows = [["1", "..2026-05-31", "old", "l. 1"], ["2", "2026-06-01..", "new", "l. 2"]]\n'
    )

    matcher = built(text)

    assert matcher.match(on=date(2026, 5, 31)).way == "old"
    assert matcher.match(on=date(2026, 6, 1)).way == "new"
