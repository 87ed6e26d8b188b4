"""Searching the portfolio, listing the agenda."""

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

NAMES = ["CLIENTUC LUC", "AVECOPTION DB", "db SMATTNS", "Côté-Roy Éloïse", "CLIENTUC LUC"]


def found(query: str, names: list[str] = NAMES) -> list[str]:
    given: list[str] = decide(
        "portfolio.client_search", client_names=names, query=query
    ).outcome.matching_names
    return given


@pytest.mark.rule("4/PTF-10", "4/PTF-11")
@each(
    ("query", "expected"),
    [
        ("CLIENTUC", ["CLIENTUC LUC", "CLIENTUC LUC"]),
        ("clientuc luc", ["CLIENTUC LUC", "CLIENTUC LUC"]),
        ("luc clientuc", ["CLIENTUC LUC", "CLIENTUC LUC"]),
        ("  avec ", ["AVECOPTION DB"]),
        ("SMAT", ["db SMATTNS"]),
        ("db", ["AVECOPTION DB", "db SMATTNS"]),
        ("cote", ["Côté-Roy Éloïse"]),
        ("COTE ROY", ["Côté-Roy Éloïse"]),
        ("côté-roy", ["Côté-Roy Éloïse"]),
        ("eloise", ["Côté-Roy Éloïse"]),
        ("luc db", []),
        ("Tremblay", []),
        ("-", []),
        ("CLIENTUC.*", []),
    ],
)
def test_finds_each_typed_word_in_the_name(query: str, expected: list[str]) -> None:
    assert found(query) == expected


@pytest.mark.rule("4/PTF-12")
@each("query", ["%", " % ", "", "   "])
def test_lists_the_whole_portfolio(query: str) -> None:
    assert found(query) == NAMES


@pytest.mark.rule("4/PTF-12")
@each("query", ["CLI%", "%UC", "%%", "_", "CLIENTUC_LUC", "*"])
def test_takes_no_other_wildcard(query: str) -> None:
    assert found(query) == []


@pytest.mark.rule("4/PTF-12")
def test_finds_a_percent_sign_where_a_name_has_one() -> None:
    assert found("100%", ["ASSUR 100% SARL", "ASSUR 100 SARL"]) == ["ASSUR 100% SARL"]


@pytest.mark.rule("4/PTF-11")
def test_finds_nobody_in_an_empty_portfolio() -> None:
    assert found("%", []) == []


EVENTS = [
    {"id": 1, "text": "devis envoyé", "is_closed": False},
    {"id": 2, "text": "Demande d'adhésion signée électroniquement", "is_closed": False},
    {"id": 3, "text": "Devis envoyé", "is_closed": True},
]


@pytest.mark.rule("4/PTF-04", "4/PTF-05", "4/PTF-06")
@each(
    ("text", "is_showing_closed", "expected"),
    [
        ("", False, [1, 2]),
        ("", True, [1, 2, 3]),
        ("  ", True, [1, 2, 3]),
        ("devis", False, [1]),
        ("devis", True, [1, 3]),
        ("DEVIS ENVOYE", True, [1, 3]),
        ("adhesion", False, [2]),
        ("signee", True, [2]),
        ("%", True, []),
        ("refusé", True, []),
    ],
)
def test_lists_the_events_asked_for(
    text: str, is_showing_closed: bool, expected: list[int]
) -> None:
    given = decide(
        "portfolio.agenda",
        events=EVENTS,
        is_showing_closed=is_showing_closed,
        filter_text=text,
    ).outcome

    assert given.event_ids == expected
