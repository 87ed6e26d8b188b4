"""Reads the addresses and numbers by which people and accounts are known, with their check digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from avenant_rules.forms.model import Question
from avenant_rules.forms.problems import FieldProblem

# What every mail server takes before the @: the words of RFC 5322, without quotes.
_MAILBOX = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


def email(_: Question, typed: str, __: date | None) -> str | FieldProblem:
    """An address that mail can be sent to: its domain may have any letters, since mail turns them
    into others; the name before the @ may not."""
    name, at, domain = typed.rpartition("@")
    if not (at and name and len(typed) <= 254 and _DOMAIN.fullmatch(domain) and _is_known(domain)):
        return _NOT_AN_EMAIL
    if not name.isascii():
        return FieldProblem(
            "email_accents",
            "Le courriel ne se rend pas à une adresse dont le nom, avant le @, porte un accent "
            "ou une lettre spéciale. Demandez l'adresse exacte, par exemple nom@exemple.ca.",
            "Mail does not reach an address whose name, before the @, has an accent or a special "
            "letter. Ask for the exact address, for instance name@example.ca.",
        )
    if len(name) > 64 or not _MAILBOX.fullmatch(name):
        return _NOT_AN_EMAIL
    return f"{name}@{domain.lower()}"


def _is_known(domain: str) -> bool:
    """Whether mail can write the domain in the letters of the network."""
    try:
        return len(domain.encode("idna")) <= 189  # with the longest name, 254
    except UnicodeError:
        return False


_NOT_AN_EMAIL = FieldProblem(
    "not_an_email",
    "Écrivez une adresse complète, par exemple nom@exemple.ca.",
    "Write a whole address, for instance name@example.ca.",
)


def phone(_: Question, typed: str, __: date | None) -> str | FieldProblem:
    import phonenumbers

    problem = FieldProblem(
        "not_a_phone",
        "Écrivez les dix chiffres avec l'indicatif régional, par exemple 514 555-0123.",
        "Write all ten digits with the area code, for instance 514 555-0123.",
    )
    try:
        number = phonenumbers.parse(re.sub(r"(?i)\bposte\b", "ext.", typed), "CA")
    except phonenumbers.NumberParseException:
        return problem
    national = str(number.national_number)
    if number.country_code == 1 and not re.fullmatch(r"[2-9]\d\d[2-9]\d{6}", national):
        return problem
    if not phonenumbers.is_possible_number(number) or len(typed) > 40:
        return problem
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def postal_code(_: Question, typed: str, __: date | None) -> str | FieldProblem:
    code = re.sub(r"[\s-]", "", typed).upper()
    if not re.fullmatch(
        r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d", code, re.ASCII
    ):
        return FieldProblem(
            "not_a_postal_code",
            "Écrivez le code postal ainsi : H2X 1Y4.",
            "Write the postal code like this: H2X 1Y4.",
        )
    return f"{code[:3]} {code[3:]}"


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = [
        int(one) * (2 - (place % 2)) for place, one in enumerate(digits, start=len(digits) % 2)
    ]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def sin(_: Question, typed: str, __: date | None) -> str | FieldProblem:
    digits = re.sub(r"[\s-]", "", typed)
    if not re.fullmatch(r"\d{9}", digits, re.ASCII):
        return FieldProblem(
            "not_a_sin",
            "Le numéro d'assurance sociale compte neuf chiffres.",
            "The social insurance number has nine digits.",
        )
    if digits == "0" * 9 or not luhn_holds(digits):
        return FieldProblem(
            "sin_check_digit",
            "Ce numéro d'assurance sociale contient une erreur : relisez les neuf chiffres.",
            "This social insurance number contains a mistake: read the nine digits again.",
        )
    return digits


def bank(low: int, high: int, fr: str, en: str) -> Callable[..., str | FieldProblem]:
    def read(_: Question, typed: str, __: date | None) -> str | FieldProblem:
        digits = re.sub(r"[\s-]", "", typed)
        if not re.fullmatch(rf"\d{{{low},{high}}}", digits, re.ASCII) or not digits.strip("0"):
            return FieldProblem("not_a_bank_number", fr, en)
        return digits

    return read
