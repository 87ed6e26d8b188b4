"""Reads the addresses and numbers by which people and accounts are known, with their check digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from avenant_rules.forms.model import Question
from avenant_rules.forms.problems import FieldProblem


def email(_: Question, typed: str, __: date | None) -> str | FieldProblem:
    name, at, domain = typed.rpartition("@")
    sound = (
        at
        and len(typed) <= 254
        and re.fullmatch(r"[^\s@,;<>\"()]{1,64}", name)
        and re.fullmatch(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}", domain)
    )
    if not sound:
        return FieldProblem(
            "not_an_email",
            "Écrivez une adresse complète, par exemple nom@exemple.ca.",
            "Write a whole address, for instance name@example.ca.",
        )
    return f"{name}@{domain.lower()}"


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
