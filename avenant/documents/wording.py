"""How a document writes dates, moments, amounts and yes or no, in the reader's language and in
the carrier's country and time zone."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from avenant.documents.payload import Carrier, Item, Language

NBSP = "\u00a0"
NO_ANSWER = "—"
_DATE = {"fr": "d MMMM y", "en": "MMMM d, y"}
_TIME = {"fr": "H' h 'mm' min 'ss' s'", "en": "h:mm:ss a"}


class Wording:
    """The writing habits of one document."""

    def __init__(self, language: Language, carrier: Carrier) -> None:
        self.language = language
        self.currency = carrier.currency
        self.zone = ZoneInfo(carrier.time_zone)
        places = {"CA": "CA", "FR": "FR" if language == "fr" else "GB"}
        self.locale = f"{language}_{places[carrier.country]}"

    def day(self, value: date) -> str:
        """« 1er avril 2026 », "April 1, 2026"."""
        text = format_date(value, _DATE[self.language], locale=self.locale)
        if self.language == "fr" and value.day == 1:
            return text.replace("1 ", "1er ", 1)
        return text

    def time(self, moment: datetime) -> str:
        """Hour, minute, second and zone, with its distance from UTC: nobody has to guess."""
        local = moment.astimezone(self.zone)
        clock = format_datetime(local, _TIME[self.language], locale=self.locale)
        name = format_datetime(local, "zzz", locale=self.locale)
        offset = f"{local:%z}"
        distance = f"UTC{offset[0].replace('-', '−')}{offset[1:3]}:{offset[3:5]}"
        zone = f"{name} ({distance})" if name.isalpha() else distance
        return f"{clock} {zone}"

    def moment(self, moment: datetime) -> str:
        """Civil date and time, to the second, in the carrier's time zone."""
        return f"{self.day(moment.astimezone(self.zone).date())}, {self.time(moment)}"

    def money(self, amount: Decimal) -> str:
        """An exact amount in the carrier's currency, never rounded here."""
        return format_currency(amount, self.currency, locale=self.locale, decimal_quantization=True)

    def number(self, value: Decimal) -> str:
        """A number with the decimal mark of the place, as precise as given."""
        return format_decimal(value, locale=self.locale, decimal_quantization=False)

    def percent(self, value: Decimal) -> str:
        """50 is « 50 % » or "50%"."""
        return f"{self.number(value)}{NBSP if self.language == 'fr' else ''}%"

    def yes_no(self, value: bool) -> str:
        """« Oui » or « Non »."""
        words = {"fr": ("Non", "Oui"), "en": ("No", "Yes")}
        return words[self.language][value]

    def answer(self, item: Item) -> list[str]:
        """The printed lines of an answer; a dash when it was left unanswered."""
        value = item.value
        if value is None or value == "" or value == []:
            return [NO_ANSWER]
        if isinstance(value, list):
            return [self._one(part, item.kind) for part in value]
        return [self._one(value, item.kind)]

    def _one(self, value: str | bool | int, kind: str) -> str:
        match kind:
            case "yes_no" if isinstance(value, bool):
                return self.yes_no(value)
            case "money":
                return self.money(Decimal(str(value)))
            case "percent":
                return self.percent(Decimal(str(value)))
            case "integer":
                return self.number(Decimal(str(value)))
            case "date":
                return self.day(date.fromisoformat(str(value)))
        return str(value)
