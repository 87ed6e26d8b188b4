"""Numbers, money and dates as the reader writes them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from avenant.pages import formats

MOMENT = datetime(2026, 5, 1, 18, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        (Decimal("1382.76"), "CAD", "fr_CA", "1 382,76 $"),
        (Decimal("1382.76"), "CAD", "en_CA", "$1,382.76"),
        (Decimal("1382.76"), "EUR", "fr_FR", "1 382,76 €"),
        ("1382.7", "EUR", "en_GB", "€1,382.70"),
        (25, "CAD", "fr_CA", "25,00 $"),
        (Decimal("-3.5"), "CAD", "fr_CA", "-3,50 $"),
        (Decimal("64"), "CAD", "fr_FR", "64,00 $"),
    ],
)
def test_writes_money_as_the_place_does(
    amount: Decimal | int | str, currency: str, locale: str, text: str
) -> None:
    assert plain(formats.money(amount, currency, locale)) == text


def test_money_never_breaks_across_lines() -> None:
    assert " " not in formats.money("1382.76", "CAD", "fr_CA")


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [
        (date(2026, 4, 15), "fr_CA", "15 avril 2026"),
        (date(2026, 5, 1), "fr_CA", "1er mai 2026"),
        (date(2026, 4, 15), "en_CA", "April 15, 2026"),
        (datetime(2026, 5, 2, 2, 0, tzinfo=UTC), "fr_CA", "1er mai 2026"),
    ],
)
def test_writes_a_date_in_words(value: date, locale: str, text: str) -> None:
    assert formats.day(value, locale) == text


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [(MOMENT, "fr_CA", "14 h 32"), (MOMENT, "en_CA", "2:32 p.m."), (time(9, 5), "fr_FR", "9 h 05")],
)
def test_writes_an_hour_as_people_say_it(value: datetime | time, locale: str, text: str) -> None:
    assert plain(formats.clock(value, locale)) == text


def test_writes_a_moment_in_words() -> None:
    assert plain(formats.moment(MOMENT, "fr_CA")) == "1er mai 2026 à 14 h 32"


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [
        ("19", "fr_CA", "19 %"),
        (Decimal("7.50"), "fr_FR", "7,5 %"),
        ("7.5", "en_CA", "7.5%"),
        (100, "fr_CA", "100 %"),
        (Decimal("33.33"), "fr_CA", "33,33 %"),
    ],
)
def test_writes_a_percentage(value: Decimal | int | str, locale: str, text: str) -> None:
    assert plain(formats.percent(value, locale)) == text


def test_keeps_every_decimal_of_a_number() -> None:
    assert plain(formats.number("1234567.1255", "fr_CA")) == "1 234 567,1255"


@pytest.mark.parametrize(
    ("count", "locale", "text"),
    [
        (12, "fr_CA", "12 o"),
        (345_678, "fr_CA", "346 Ko"),
        (1_234_567, "fr_CA", "1,2 Mo"),
        (1_234_567, "en_CA", "1.2 MB"),
        (48_000_000, "en_CA", "48 MB"),
    ],
)
def test_writes_a_weight(count: int, locale: str, text: str) -> None:
    assert plain(formats.size(count, locale)) == text


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_french_signs_never_part_from_their_words() -> None:
    with translation.override("fr"):
        assert gettext("Fermer sans soumettre ?") == (
            "Fermer sans soumettre\N{NARROW NO-BREAK SPACE}?"
        )
        assert gettext("Connexion rétablie.") == "Connexion rétablie."
        assert "«\N{NO-BREAK SPACE}Soumettre\N{NO-BREAK SPACE}»" in gettext(
            "Créer le PDF n'est pas soumettre. Après la création, choisissez « Soumettre »."
        )


def test_none_is_singular_in_french_and_plural_in_english() -> None:
    with translation.override("fr"):
        assert ngettext("%(n)s page", "%(n)s pages", 0) == "%(n)s page"
    with translation.override("en"):
        assert ngettext("%(n)s page", "%(n)s pages", 0) == "%(n)s pages"
