"""Amounts are read as people write them (4/APP-17)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from avenant.fields import MoneyField

FIELD = MoneyField(required=False, least=Decimal("0.01"), most=Decimal("99999999.99"))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("25000", "25000"),
        ("25 000", "25000"),
        ("25\u00a0000,00", "25000.00"),
        ("25\u202f000,00 $", "25000.00"),
        ("25000,00", "25000.00"),
        ("100000 $", "100000"),
        ("$25,000.00", "25000.00"),
        ("0,01", "0.01"),
    ],
)
def test_it_reads_an_amount_as_people_write_it(typed: str, amount: str) -> None:
    assert FIELD.clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_it_takes_nothing_for_no_amount(typed: str | None) -> None:
    assert FIELD.clean(typed) is None


@pytest.mark.parametrize(
    ("typed", "language", "sentence"),
    [
        ("0", "fr", "Inscrivez un montant de 0,01\u00a0$ à 99\u00a0999\u00a0999,99\u00a0$."),
        ("-5", "en", "Enter an amount from $0.01 to $99,999,999.99."),
        ("1.500", "fr", "Ce nombre se lit de deux façons : écrivez 1500 ou 1,50."),
        ("beaucoup", "fr", "Écrivez un nombre, par exemple 1500,00."),
        ("1,234.567", "en", "Give at most 2 decimals."),
    ],
)
def test_it_says_what_to_write(typed: str, language: str, sentence: str) -> None:
    with override(language), pytest.raises(ValidationError) as refused:
        FIELD.clean(typed)

    assert refused.value.messages == [sentence]


def test_it_refuses_what_no_text_can_hold() -> None:
    with pytest.raises(ValidationError):
        FIELD.clean("25\0")
    with pytest.raises(ValidationError):
        FIELD.clean("1" * 41)
