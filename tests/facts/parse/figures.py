"""Numbers as the documents print them: « 100 001 $ à 250 000 $ », « 16 à 40 ans », « 18,5 »."""

import re
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:,\d+)?"


def number(text: str) -> str:
    """Give the only number in the text, as a plain decimal."""
    found = numbers(text)
    if len(found) != 1:
        raise ValueError(f"{text!r}: {len(found)} numbers")
    return found[0]


def numbers(text: str) -> list[str]:
    """Give each number in the text, as plain decimals."""
    return [
        str(Decimal(re.sub(r"\s", "", found).replace(",", ".")))
        for found in re.findall(_NUMBER, text)
    ]


def band(text: str) -> tuple[str, str, str]:
    """Give the ends and the kind of a band of whole units: « 16 à 40 ans » is 16, 40, closed.

    An end that is not printed is empty. The kind says how the band is worded: `closed` (both
    ends belong to it), `below` (« Moins de » : the end is outside), `from` (« et plus » : the
    end is inside), `above` (« Plus de » : the end is outside), `to` (« et moins » : inside).
    """
    found = numbers(text)
    if text.startswith(("Moins de", "<")):
        return "", found[0], "below"
    if text.startswith(("Plus de", ">")):
        return found[0], "", "above"
    if text.endswith("et plus"):
        return found[0], "", "from"
    if "et moins" in text:
        return "", found[0], "to"
    if len(found) == 2:
        return found[0], found[1], "closed"
    raise ValueError(f"{text!r} is not a band")
