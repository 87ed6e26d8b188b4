"""Numbers as the documents print them: « 100 001 $ à 250 000 $ », « 16 à 40 ans », « 18,5 »."""

import re
from decimal import Decimal

_NUMBER = r"(?<!\w)(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:,\d+)?)(?:er|re|e)?(?!\w)"
_WORDS = {
    word: str(value)
    for value, word in enumerate(("un", "deux", "trois", "quatre", "cinq", "six", "sept"), 1)
} | {"une": "1"}


def number(text: str) -> str:
    """Give the only number in the text, as a plain decimal."""
    found = numbers(text)
    if len(found) != 1:
        raise ValueError(f"{text!r}: {len(found)} numbers")
    return found[0]


def numbers(text: str) -> list[str]:
    """Give each number in the text, as plain decimals; a text without digits may begin with one."""
    found = re.findall(_NUMBER, text)
    if not found and (word := text.lower().split(" ")[0]) in _WORDS:
        return [_WORDS[word]]
    return [str(Decimal(re.sub(r"\s", "", each).replace(",", "."))) for each in found]


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


_UNITS = {
    "jour": "days",
    "mois": "months",
    "année": "years",
    "an": "years",
    "heure": "hours",
    "$": "dollars",
    "€": "euros",
    "%": "percent",
    "cigare": "cigars",
    "exemplaire": "copies",
    "caractère": "characters",
    "chiffre": "digits",
    "employé": "employees",
    "actionnaire": "shareholders",
    "page": "pages",
}
_UNIT = re.compile(
    r"(?:\d(?:er|re|e)?\)?|^\w+)\s*(?:derni[eè]re?s |premiers )?("
    + "|".join(re.escape(word) for word in _UNITS)
    + r")s?(?!\w)"
)


def unit(text: str) -> str:
    """Give the unit of the first number that has one, in English; empty when none has."""
    found = _UNIT.search(text)
    return _UNITS[found[1]] if found else ""
