"""Reading what people type: one canonical value, or a sentence that says what to do."""

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenant_rules.forms import FieldProblem, Option, Question, Text, check_value, content_hash
from avenant_rules.forms.model import QuestionType
from avenant_rules.forms.names import ANSWERS, PROVINCES
from tests.support.cases import each

LABEL = Text("Question", "Question")
TODAY = date(2026, 11, 24)
OPTIONS = (Option("a", Text("A", "A")), Option("b", Text("B", "B")))


def ask(kind: Any, **more: Any) -> Question:
    options = {
        "choice": OPTIONS,
        "choices": OPTIONS,
        "province": PROVINCES,
        "declaration": ANSWERS,
    }.get(kind, ())
    return Question("q", kind, LABEL, "identity", "4/G-03", options=options, **more)


@each(
    ("kind", "typed", "kept"),
    [
        ("text", "  Tremblay   Roy ", "Tremblay Roy"),
        ("text", "e\u0301", "é"),
        ("long_text", "un\r\ndeux\n", "un\ndeux"),
        ("yes_no", "Oui", "yes"),
        ("yes_no", False, "no"),
        ("choice", "b", "b"),
        ("choices", ["b", "a", "b"], ["a", "b"]),
        ("choices", "a", ["a"]),
        ("choices", [], None),
        ("date", "1984-03-07", "1984-03-07"),
        ("date", "1984/3/7", "1984-03-07"),
        ("date", "19840307", "1984-03-07"),
        ("date", date(1984, 3, 7), "1984-03-07"),
        ("money", "1 500,5 $", "1500.50"),
        ("money", "1\u00a0500", "1500.00"),
        ("money", "$1,500.25", "1500.25"),
        ("money", "12,5", "12.50"),
        ("money", Decimal("3"), "3.00"),
        ("money", "0", "0.00"),
        ("percent", "12,50 %", "12.5"),
        ("percent", "100.00", "100"),
        ("percent", "10", "10"),
        ("integer", " 40 ", 40),
        ("integer", 0, 0),
        ("email", "Eve.Roy@Exemple.CA", "Eve.Roy@exemple.ca"),
        ("phone", "(514) 555-0123", "+15145550123"),
        ("phone", "1 514 555 0123 poste 12", "+15145550123;ext=12"),
        ("phone", "514-555-0123 ext. 12", "+15145550123;ext=12"),
        ("phone", "+33 1 42 68 53 00", "+33142685300"),
        ("postal_code", "h2x1y4", "H2X 1Y4"),
        ("province", "qc", "QC"),
        ("sin", "046 454 286", "046454286"),
        ("bank_institution", "815", "815"),
        ("bank_transit", "30-123", "30123"),
        ("bank_account", "123 456 789 012", "123456789012"),
        ("declaration", "inexact", "inexact"),
        ("text", "   ", None),
        ("date", None, None),
    ],
)
def test_keeps(kind: str, typed: object, kept: object) -> None:
    assert check_value(ask(kind), typed) == kept


@each(
    ("kind", "typed", "code"),
    [
        ("text", "x" * 121, "too_long"),
        ("text", "a\x00b", "bad_character"),
        ("text", ["a"], "wrong_type"),
        ("money", 1.5, "wrong_type"),
        ("yes_no", "peut-être", "yes_or_no"),
        ("choice", "c", "unknown_choice"),
        ("choices", ["a", "c"], "unknown_choice"),
        ("choices", ["a", 3], "unknown_choice"),
        ("declaration", "vrai", "unknown_choice"),
        ("province", "ZZ", "unknown_choice"),
        ("date", "07/03/1984", "not_a_date"),
        ("date", "1984-02-30", "not_a_date"),
        ("date", "1984307", "not_a_date"),
        ("date", "1899-12-31", "date_out_of_range"),
        ("money", "1,500", "ambiguous_number"),
        ("money", "1.500", "ambiguous_number"),
        ("money", "mille", "not_a_number"),
        ("money", "1e3", "not_a_number"),
        ("money", "NaN", "not_a_number"),
        ("money", "10.0012", "too_many_decimals"),
        ("percent", "33.333", "too_many_decimals"),
        ("money", "-1", "out_of_range"),
        ("money", "100000000", "out_of_range"),
        ("percent", "100.01", "out_of_range"),
        ("integer", "4.5", "not_an_integer"),
        ("integer", "٤", "not_an_integer"),
        ("email", "a@b", "not_an_email"),
        ("email", "a b@exemple.ca", "not_an_email"),
        ("email", "@exemple.ca", "not_an_email"),
        ("email", "rené@exemple.ca", "email_accents"),
        ("email", "rene..roy@exemple.ca", "not_an_email"),
        ("email", "rene@" + "é" * 60 + ".ca", "not_an_email"),
        ("phone", "555-0123", "not_a_phone"),
        ("phone", "114 555-0123", "not_a_phone"),
        ("phone", "appelez-moi", "not_a_phone"),
        ("postal_code", "D2X 1Y4", "not_a_postal_code"),
        ("postal_code", "75001", "not_a_postal_code"),
        ("sin", "046 454 28", "not_a_sin"),
        ("sin", "046 454 287", "sin_check_digit"),
        ("sin", "000 000 000", "sin_check_digit"),
        ("bank_institution", "81", "not_a_bank_number"),
        ("bank_transit", "123456", "not_a_bank_number"),
        ("bank_account", "1234", "not_a_bank_number"),
        ("bank_account", "1234567890123", "not_a_bank_number"),
        ("bank_account", "00000", "not_a_bank_number"),
    ],
)
def test_refuses(kind: str, typed: object, code: str) -> None:
    problem = check_value(ask(kind), typed)

    assert isinstance(problem, FieldProblem)
    assert problem.code == code
    assert problem.in_("fr").endswith(".")
    assert problem.in_("en").endswith(".")


@pytest.mark.rule("4/PAY-04")
@each(("typed", "is_kept"), [("0", False), ("1", True), ("28", True), ("29", False)])
def test_holds_a_number_between_its_bounds(typed: str, is_kept: bool) -> None:
    value = check_value(ask("integer", min=Decimal(1), max=Decimal(28)), typed)

    assert (value == int(typed)) is is_kept


def test_holds_a_date_before_today() -> None:
    question = ask("date", max="today")

    assert check_value(question, "2026-11-24", today=TODAY) == "2026-11-24"
    late = check_value(question, "2026-11-25", today=TODAY)
    assert isinstance(late, FieldProblem)
    assert late.fr == "Donnez une date au plus tôt 1900-01-01 et au plus tard 2026-11-24."
    assert check_value(question, "2026-11-25") == "2026-11-25"


def test_keeps_its_own_length() -> None:
    assert check_value(ask("text", max_length=3), "abc") == "abc"
    assert isinstance(check_value(ask("text", max_length=3), "abcd"), FieldProblem)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.binary(max_size=5),
    st.text(max_size=50),
    st.text("0123456789 -/.,$%+@xé", max_size=20),
    st.lists(st.text(max_size=3) | st.integers(), max_size=4),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


@given(st.sampled_from(get_args(QuestionType)), ANYTHING)
def test_never_breaks_and_gives_json(kind: str, typed: object) -> None:
    value = check_value(ask(kind), typed, today=TODAY)

    assert isinstance(value, FieldProblem) or content_hash(value)


@given(st.sampled_from(get_args(QuestionType)), ANYTHING)
def test_reads_its_own_values_unchanged(kind: str, typed: object) -> None:
    value = check_value(ask(kind), typed, today=TODAY)

    if value is not None and not isinstance(value, FieldProblem):
        assert check_value(ask(kind), value, today=TODAY) == value
