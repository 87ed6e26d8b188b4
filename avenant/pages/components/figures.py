"""Money, numbers, dates and hours in templates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from avenant.pages import formats
from avenant.pages.brand import NEUTRAL, Brand, brand

register = Library()


def _brand(context: dict[str, Any]) -> Brand:
    return context.get("brand") or brand(NEUTRAL)


@register.simple_tag(takes_context=True)
def money(context: dict[str, Any], amount: Decimal | int | str | None, currency: str = "") -> str:
    """An amount in the carrier's currency, or in the one given; a dash when there is none."""
    if amount is None or amount == "":
        return "–"
    place = _brand(context)
    return formats.money(amount, currency or place.currency, place.locale)


@register.simple_tag(takes_context=True)
def number(context: dict[str, Any], value: Decimal | int | str | None) -> str:
    return "–" if value is None or value == "" else formats.number(value, _brand(context).locale)


@register.simple_tag(takes_context=True)
def percent(context: dict[str, Any], value: Decimal | int | str | None) -> str:
    """A percentage (19) as « 19 % »."""
    return "–" if value is None or value == "" else formats.percent(value, _brand(context).locale)


@register.simple_tag(takes_context=True)
def rate(context: dict[str, Any], value: Decimal | int | str | None) -> str:
    """A rate (0.19) as « 19 % »."""
    if value is None or value == "":
        return "–"
    return formats.percent(Decimal(value) * 100, _brand(context).locale)


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], value: date | None) -> SafeString | str:
    """A date in words for people, ISO for machines."""
    if value is None:
        return "–"
    return _time(value, formats.day(value, _brand(context).locale))


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], value: datetime | None) -> SafeString | str:
    """A date and an hour in words."""
    if value is None:
        return "–"
    return _time(value, formats.moment(value, _brand(context).locale))


@register.simple_tag(takes_context=True)
def clock(context: dict[str, Any], value: datetime | None) -> SafeString | str:
    """An hour in words."""
    if value is None:
        return "–"
    return _time(value, formats.clock(value, _brand(context).locale))


@register.simple_tag(takes_context=True)
def size(context: dict[str, Any], count: int | None) -> str:
    """A file's weight."""
    return "–" if count is None else formats.size(count, _brand(context).locale)


def _time(value: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a built file; it changes when the file does, so that it may be kept."""
    stamp = settings.BASE_DIR / "avenant" / "frontend" / "dist" / "stamp.txt"
    version = stamp.read_text() if stamp.exists() else ""
    return f"{static(path)}?v={version}"
