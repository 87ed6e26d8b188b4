"""Numbers, money and dates as the reader writes them: by language and by the carrier's place."""

from datetime import date, datetime, time
from decimal import Decimal

from babel import dates, numbers
from django.utils import timezone

_MOMENT = {"fr": "{day} à {clock}", "en": "{day} at {clock}"}
_UNITS = {"fr": ("o", "Ko", "Mo", "Go"), "en": ("B", "KB", "MB", "GB")}
_NARROW, _NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def money(amount: Decimal | int | str, currency: str, locale: str) -> str:
    """An exact amount with its cents: 1 382,76 $ · $1,382.76 · 1 382,76 €."""
    text = numbers.format_currency(Decimal(amount), currency, locale=locale)
    # In its own country a dollar is written $, whatever neighbours call it.
    return text.replace("CA$", "$").replace("$CA", "$").replace("$\N{NO-BREAK SPACE}CA", "$")


def number(value: Decimal | int | str, locale: str) -> str:
    """A number with its own decimals and the place's separators."""
    exact = Decimal(value)
    return numbers.format_decimal(exact, locale=locale, decimal_quantization=False)


def percent(value: Decimal | int | str, locale: str) -> str:
    """A percentage (19) as people read it (19 %), with its own decimals but no idle zeros."""
    whole = Decimal(value).normalize()
    return numbers.format_percent(whole / 100, locale=locale, decimal_quantization=False)


def day(value: date, locale: str) -> str:
    """A date in words: 15 avril 2026, 1er mai 2026, April 15, 2026."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    text = dates.format_date(value, "long", locale=locale)
    return f"1er{text[1:]}" if locale.startswith("fr") and value.day == 1 else text


def clock(value: datetime | time, locale: str) -> str:
    """An hour as people say it: 14 h 32 · 2:32 p.m."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if locale.startswith("fr"):
        return f"{value.hour}{_NO_BREAK}h{_NO_BREAK}{value.minute:02d}"
    return dates.format_time(
        value if isinstance(value, time) else value.time(), "short", locale=locale
    ).replace(_NARROW, _NO_BREAK)


def moment(value: datetime, locale: str) -> str:
    """A date and an hour in words: 15 avril 2026 à 14 h 32."""
    pattern = _MOMENT["fr" if locale.startswith("fr") else "en"]
    return pattern.format(day=day(value, locale), clock=clock(value, locale))


def size(count: int, locale: str) -> str:
    """A number of bytes as a file's weight: 340 Ko, 1,2 Mo."""
    units = _UNITS["fr" if locale.startswith("fr") else "en"]
    value, unit = Decimal(count), 0
    while value >= 1000 and unit < len(units) - 1:
        value, unit = value / 1000, unit + 1
    rounded = value.quantize(Decimal("0.1") if unit > 1 and value < 10 else Decimal(1))
    return f"{numbers.format_decimal(rounded, locale=locale)}{_NO_BREAK}{units[unit]}"
