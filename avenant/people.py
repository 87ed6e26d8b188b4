"""Names of people, as they are searched and sorted."""

import unicodedata


def normalised_name(name: str) -> str:
    """Lower case, without accents and with single spaces: « Éloïse  Côté » → "eloise cote"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.lower().replace("-", " ").split())


def initials(name: str) -> str:
    """« Test F.Int Nighal » → "T. F. N." for messages that must not name the client."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
