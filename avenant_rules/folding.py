"""Texts as they are searched and compared: without case, accents, or doubled spaces."""

import unicodedata

# Letters that Unicode does not part into a letter and a mark.
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "ng",
    }
)


def folded(text: str) -> str:
    """« Éloïse  CÔTÉ » → "eloise cote"; ends trimmed, punctuation kept."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)
    plain = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(plain.split())


def search_key(name: str) -> str:
    """« Éloïse  Côté-Œuvrard » → "eloise cote oeuvrard": what names are searched and sorted by."""
    return " ".join(folded_words(name))


# As keyboards, word processors and phones write hyphens and apostrophes.
_PARTING = "-\u2010\u2011\u2012\u2013\u2212'\u2018\u2019\u02bc\u02b9\u2032`\u00b4.,"


def folded_words(text: str) -> list[str]:
    """The words of a name or a query; hyphens, apostrophes and full stops part words."""
    return folded("".join(" " if one in _PARTING else one for one in text)).split()
