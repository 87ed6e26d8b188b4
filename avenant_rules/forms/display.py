"""How a value is shown to somebody: in words of a language, masked when it is not theirs to see.

Bank numbers and the social insurance number are masked for everyone but the client who confirms
them and the carrier.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from avenant_rules.forms.model import Option, Question
from avenant_rules.forms.names import YES_OR_NO

SEES_NUMBERS = ("client", "carrier")
MASKED_TYPES = ("sin", "bank_institution", "bank_transit", "bank_account")
BLANK = "—"
_SPACE = "\u00a0"
MONTHS = (
    (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
)  # fmt: skip


def display(question: Question, value: Any, language: str, viewer: str) -> str:
    """The value in words. `viewer` is "client", "carrier", "advisor" or any other role."""
    if value is None or value in ("", []):
        return question.when_blank.in_(language) if question.when_blank else BLANK
    if question.type in MASKED_TYPES:
        return _number(question.type, value, is_masked=viewer not in SEES_NUMBERS)
    options = YES_OR_NO if question.type == "yes_no" else question.options
    if options:
        values = value if isinstance(value, list) else [value]
        return ", ".join(_label(options, one, language) for one in values)
    if question.type == "date":
        return day(date.fromisoformat(value), language)
    if question.type == "money":
        return money(Decimal(value), language)
    if question.type == "percent":
        return percent(value, language)
    if question.type == "phone":
        return phone(value, language)
    return str(value)


def masked(question_type: str, value: str) -> str:
    """A number of which only the end shows, for instance "••••••• 678"."""
    return _number(question_type, value, is_masked=True)


def _label(options: tuple[Option, ...], value: object, language: str) -> str:
    return next((one.label.in_(language) for one in options if one.value == value), str(value))


def _number(question_type: str, value: str, *, is_masked: bool) -> str:
    shown = {"sin": 3, "bank_account": 3 if len(value) > 6 else 2}.get(question_type, 0)
    if is_masked:
        hidden = len(value) - shown
        value = "•" * hidden + value[hidden:]
    if question_type == "sin":
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    return value


def day(on: date, language: str) -> str:
    """1er mars 1984 in French, March 1, 1984 in English."""
    month = MONTHS[language == "en"][on.month - 1]
    if language == "en":
        return f"{month} {on.day}, {on.year}"
    return f"{'1er' if on.day == 1 else on.day} {month} {on.year}"


def money(amount: Decimal, language: str) -> str:
    """1 500,00 $ in French, $1,500.00 in English."""
    english = f"{amount:,.2f}"
    if language == "en":
        return f"${english}"
    return english.replace(",", _SPACE).replace(".", ",") + f"{_SPACE}$"


def percent(value: str, language: str) -> str:
    """12,5 % in French, 12.5% in English."""
    return f"{value}%" if language == "en" else value.replace(".", ",") + f"{_SPACE}%"


def phone(value: str, language: str) -> str:
    """514 555-0123, poste 12; a number outside North America keeps its country code."""
    number, _, extension = value.partition(";ext=")
    if number.startswith("+1") and len(number) == 12:
        number = f"{number[2:5]} {number[5:8]}-{number[8:]}"
    if not extension:
        return number
    return f"{number}, {'ext.' if language == 'en' else 'poste'} {extension}"
