"""Reads what was typed into the one canonical value that is kept, or says what to do.

Canonical values are JSON: dates "1980-02-29", money "1500.00", percentages "12.5", yes or no
"yes"/"no", phones "+15145550123", lists of codes. A blank is None. Nothing is guessed: an amount
that may be read two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from avenant_rules.forms.identifiers import bank, email, phone, postal_code, sin
from avenant_rules.forms.model import Question
from avenant_rules.forms.problems import FieldProblem
from avenant_rules.plain_text import TextRefused, read_line, read_lines
from avenant_rules.values import shown_number

type Value = str | int | list[str]

TEXT_LENGTH = 120
LONG_TEXT_LENGTH = 4000
LARGEST_INTEGER = 10**18
EARLIEST = date(1900, 1, 1)
_YES_NO = {
    "yes": "yes", "oui": "yes", "true": "yes", "on": "yes",
    "no": "no", "non": "no", "false": "no", "off": "no",
}  # fmt: skip


def check_value(
    question: Question, raw: object, *, today: date | None = None
) -> Value | FieldProblem | None:
    """The canonical value of what was typed, None when blank, or the problem.

    `today` (carrier's civil date) is needed only by bounds that name it. Whether a blank is
    allowed is a matter of the section (`section_state`), not of the value.
    """
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, list | tuple | set | frozenset):
        if question.type != "choices":
            return _WRONG_TYPE
        return _choices(question, list(raw))
    if raw is None:
        return None
    if isinstance(raw, date) and type(raw) is date:
        raw = raw.isoformat()
    if not isinstance(raw, str | int | Decimal):
        return _WRONG_TYPE
    if isinstance(raw, int) and abs(raw) > LARGEST_INTEGER:
        return _WRONG_TYPE
    try:
        typed = _plain(question, str(raw))
    except TextRefused as refusal:
        return FieldProblem(refusal.code, refusal.fr, refusal.en)
    if not typed:
        return None
    if question.type == "choices":
        return _choices(question, [typed])
    return _READERS[question.type](question, typed, today)


_WRONG_TYPE = FieldProblem(
    "wrong_type", "Cette valeur n'est pas du bon type.", "This value is not of the right type."
)


def _plain(question: Question, typed: str) -> str:
    """What was typed, as text from outside is kept: several lines only where they are offered."""
    if question.type == "long_text":
        return read_lines(typed, most=question.max_length or LONG_TEXT_LENGTH)
    if question.type == "text":
        return read_line(typed, most=question.max_length or TEXT_LENGTH)
    return read_line(typed)


def _text(_: Question, typed: str, __: date | None) -> Value | FieldProblem:
    return typed


def _option(question: Question, typed: str, _: date | None) -> Value | FieldProblem:
    if question.type == "province":
        typed = typed.upper()
    if question.option(typed) is None:
        return FieldProblem(
            "unknown_choice",
            "Choisissez une des réponses proposées.",
            "Choose one of the answers offered.",
        )
    return typed


def _choices(question: Question, raw: Sequence[object]) -> Value | FieldProblem | None:
    wanted = {one for one in raw if isinstance(one, str) and one}
    known = [option.value for option in question.options if option.value in wanted]
    if len(known) < len(wanted) or any(not isinstance(one, str) for one in raw):
        return _option(question, "", None)
    return known or None


def _yes_no(_: Question, typed: str, __: date | None) -> Value | FieldProblem:
    return _YES_NO.get(typed.lower()) or FieldProblem(
        "yes_or_no", "Répondez par oui ou par non.", "Answer yes or no."
    )


def _date(question: Question, typed: str, today: date | None) -> Value | FieldProblem:
    found = re.fullmatch(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})", typed, re.ASCII)
    try:
        day = date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        day = None
    if day is None or (found and not found[2] and len(typed) != len("AAAAMMJJ")):
        return FieldProblem(
            "not_a_date",
            "Écrivez la date ainsi : AAAA-MM-JJ, par exemple 1984-03-07.",
            "Write the date as YYYY-MM-DD, for instance 1984-03-07.",
        )
    low, high = _day(question.min, today) or EARLIEST, _day(question.max, today)
    if day < low or (high is not None and day > high):
        until_fr = f" et au plus tard {high.isoformat()}" if high else ""
        until_en = f" and on or before {high.isoformat()}" if high else ""
        return FieldProblem(
            "date_out_of_range",
            f"Donnez une date au plus tôt {low.isoformat()}{until_fr}.",
            f"Give a date on or after {low.isoformat()}{until_en}.",
        )
    return day.isoformat()


def _day(bound: Decimal | str | None, today: date | None) -> date | None:
    if bound == "today":
        return today
    return date.fromisoformat(bound) if isinstance(bound, str) else None


def read_number(typed: str, places: int, *, may_group: bool) -> Decimal | FieldProblem:
    """A number typed the French or the English way, with at most `places` decimals."""
    plain = re.sub(r"[\s$%\u00a0\u202f]", "", typed)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", plain, re.ASCII):
        plain = plain.replace(",", "")
    elif may_group and re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain, re.ASCII):
        return FieldProblem(
            "ambiguous_number",
            "Ce nombre se lit de deux façons : écrivez 1500 ou 1,50.",
            "This number can be read in two ways: write 1500 or 1.50.",
        )
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d+)?", plain, re.ASCII):
        return FieldProblem(
            "not_a_number",
            "Écrivez un nombre, par exemple 1500,00.",
            "Write a number, for instance 1500.00.",
        )
    if len(plain.partition(".")[2]) > places:
        return FieldProblem(
            "too_many_decimals",
            f"Donnez au plus {places} décimales.",
            f"Give at most {places} decimals.",
        )
    return Decimal(plain)


def _in_range(question: Question, number: Decimal, high: Decimal) -> FieldProblem | None:
    low = question.min if isinstance(question.min, Decimal) else Decimal(0)
    high = question.max if isinstance(question.max, Decimal) else high
    if low <= number <= high:
        return None
    return FieldProblem(
        "out_of_range",
        f"Donnez un nombre de {shown_number(low, is_french=True)} à {shown_number(high, is_french=True)}.",
        f"Give a number from {shown_number(low, is_french=False)} to {shown_number(high, is_french=False)}.",
    )


def _money(question: Question, typed: str, _: date | None) -> Value | FieldProblem:
    number = read_number(typed, places=2, may_group=True)
    if isinstance(number, FieldProblem):
        return number
    return _in_range(question, number, Decimal(99_999_999)) or f"{number:.2f}"


def _percent(question: Question, typed: str, _: date | None) -> Value | FieldProblem:
    number = read_number(typed, places=2, may_group=False)
    if isinstance(number, FieldProblem):
        return number
    whole, _point, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    return _in_range(question, number, Decimal(100)) or (
        f"{whole}.{decimals}" if decimals else whole
    )


def _integer(question: Question, typed: str, _: date | None) -> Value | FieldProblem:
    digits = re.sub(r"[\s\u00a0\u202f]", "", typed)
    if not re.fullmatch(r"-?\d{1,9}", digits, re.ASCII):
        return FieldProblem("not_an_integer", "Écrivez un nombre entier.", "Write a whole number.")
    return _in_range(question, Decimal(digits), Decimal(999_999_999)) or int(digits)


_READERS: dict[str, Callable[[Question, str, date | None], Value | FieldProblem]] = {
    "text": _text,
    "long_text": _text,
    "yes_no": _yes_no,
    "choice": _option,
    "declaration": _option,
    "province": _option,
    "date": _date,
    "money": _money,
    "integer": _integer,
    "percent": _percent,
    "email": email,
    "phone": phone,
    "postal_code": postal_code,
    "sin": sin,
    "bank_institution": bank(
        3,
        3,
        "Le numéro d'institution compte trois chiffres.",
        "The institution number has three digits.",
    ),
    "bank_transit": bank(
        5, 5, "Le numéro de transit compte cinq chiffres.", "The transit number has five digits."
    ),
    "bank_account": bank(
        5,
        12,
        "Le numéro de compte compte de cinq à douze chiffres.",
        "The account number has five to twelve digits.",
    ),
}
