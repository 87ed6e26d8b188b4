"""Texts as they are searched and compared: without case, accents, or doubled spaces."""

import unicodedata

# Letters that Unicode does not part into a letter and a mark.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


def folded(text: str) -> str:
    """« Éloïse  CÔTÉ » → "eloise cote"; ends trimmed, punctuation kept."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)
    plain = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(plain.split())


def search_key(name: str) -> str:
    """« Éloïse  Côté-Œuvrard » → "eloise cote oeuvrard": what names are searched and sorted by."""
    return " ".join(folded_words(name))


def folded_words(text: str) -> list[str]:
    """The words of a name or a query; hyphens, apostrophes and full stops part words."""
    return folded("".join(" " if one in "-'’.,\u2010\u2011" else one for one in text)).split()
