"""Names of people, as messages write them."""


def initials(name: str) -> str:
    """« Test F.Int Nighal » → "T. F. N." for messages that must not name the client."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
