"""The one place where text from outside is read: what people type, paste or send by a program.

What nobody can see and nobody needs is taken out without a word: marks that mail, web pages and
word processors leave behind. What would show another text than the one that is kept is refused,
with a sentence. What honest names need stays: accents, apostrophes, hyphens, every script, and
joiners between letters of the scripts that write with them.
"""

import re
import unicodedata
from functools import lru_cache

# Far more than any field holds: what is longer is not looked at sign by sign.
LONGEST = 20_000
# Marks over one letter: Hebrew with its points and accents has four, a tower of them hides lines.
MOST_MARKS = 8

_TORN = re.compile("[\0\ud800-\udfff]")
_LEFT_TO_RIGHT = frozenset("\u202a\u202c\u202d\u2066\u2068\u2069")
_RIGHT_TO_LEFT = frozenset("\u202b\u202e\u2067")
_DIRECTION = _LEFT_TO_RIGHT | _RIGHT_TO_LEFT | frozenset("\u061c\u200e\u200f")
# Seen as nothing although Unicode calls them letters, marks or signs.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\r": "\n"})
# Scripts whose letters change their shape, or part, by a joiner between them.
_JOINED_SCRIPTS = frozenset(
    [
        "ARABIC",
        "SYRIAC",
        "MANDAIC",
        "MONGOLIAN",
        "NKO",
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "KHMER",
        "MYANMAR",
        "TIBETAN",
    ]
)


class TextRefused(ValueError):  # noqa: N818 - reads as what happened
    """The text cannot be kept as it was sent; says what is wrong and what to do."""

    def __init__(self, code: str, fr: str, en: str) -> None:
        super().__init__(code)
        self.code, self.fr, self.en = code, fr, en

    def in_(self, language: str) -> str:
        """The sentence for the reader."""
        return self.en if language == "en" else self.fr


def is_whole(text: str) -> bool:
    """Whether `text` has neither NUL nor half a character: no database and no page takes those."""
    return (text.isascii() and "\0" not in text) or not _TORN.search(text)


def has_direction_marks(text: str) -> bool:
    """Whether `text` holds marks that order what is seen, harmless here or not."""
    return not _DIRECTION.isdisjoint(text)


def read_line(text: str, *, most: int = LONGEST) -> str:
    """One line as it is kept: composed letters, single spaces, none at the ends.

    `most`: characters.

    Raises:
        TextRefused: too long, or with signs that cannot be kept; `code` says which.
    """
    return _short(" ".join(_seen(text, most, allowed="\t").split()), most)


def read_lines(text: str, *, most: int = LONGEST) -> str:
    """Several lines, as `read_line`; spaces and blank lines inside are the writer's own."""
    seen = _seen(text.replace("\r\n", "\n"), most, allowed="\t\n\r")
    return _short(seen.translate(_LINE_ENDS).strip(), most)


def what_is_readable(text: str, *, most: int) -> str:
    """As much of `text` as can be kept, on one line and cut to `most` characters.

    For what nobody can be asked to write again: the name of a browser, what is searched for.
    """
    kept = (" " if _is_refused(sign, allowed="") else sign for sign in text[: 4 * most])
    seen = _flat(_without_unseen("".join(kept)))
    return " ".join(unicodedata.normalize("NFC", seen).split())[:most].strip()


def _seen(text: str, most: int, *, allowed: str) -> str:
    """The text without what is not seen, in composed letters."""
    if len(text) > max(2 * most, most + 1_000):
        raise _too_long(len(text), most)
    if text.isascii() and text.isprintable():
        return text
    for sign in text:
        if _is_refused(sign, allowed=allowed):
            raise _bad_character()
    if _is_turned(text):
        raise TextRefused(
            "turned_text",
            "Ce texte contient une marque qui l'affiche à l'envers. Effacez-le, puis écrivez-le "
            "au clavier.",
            "This text holds a mark that shows it backwards. Delete it, then type it on the "
            "keyboard.",
        )
    seen = _without_unseen(text)
    if _flat(seen) != seen:
        raise TextRefused(
            "stacked_marks",
            "Ce texte empile des accents les uns sur les autres. Effacez-le, puis écrivez-le "
            "sans eux.",
            "This text stacks accents on top of each other. Delete it, then write it without them.",
        )
    return unicodedata.normalize("NFC", seen)


def _is_refused(sign: str, *, allowed: str) -> bool:
    """A control, half a character, a sign of one's own, or the mark left by a lost character."""
    if sign in allowed:
        return False
    kind = unicodedata.category(sign)
    if kind == "Cn":
        return ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
    return kind in ("Cc", "Cs", "Co") or sign == "\ufffd"


def _is_turned(text: str) -> bool:
    """Whether marks of direction change the order in which the text is seen.

    Among left-to-right letters the left-to-right marks change nothing: telephones and address books
    put them around numbers and names.
    """
    found = (_LEFT_TO_RIGHT | _RIGHT_TO_LEFT).intersection(text)
    if not found:
        return False
    has_right_to_left = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return has_right_to_left or not found.isdisjoint(_RIGHT_TO_LEFT)


def _without_unseen(text: str) -> str:
    kept: list[str] = []
    for place, sign in enumerate(text):
        if sign in _JOINERS:
            after = text[place + 1 : place + 2]
            if kept and _is_joined(kept[-1]) and _is_joined(after):
                kept.append(sign)
        elif not _is_unseen(sign, kept[-1] if kept else ""):
            kept.append(sign)
    return "".join(kept)


def _is_unseen(sign: str, before: str) -> bool:
    if sign in _UNSEEN:
        return True
    if _is_selector(sign):
        # Han names choose the shape of a character by one, Mongolian that of a letter.
        return not _script(before).startswith(("CJK", "MONGOLIAN"))
    return unicodedata.category(sign) == "Cf" and not _is_seen_format(sign)


def _is_seen_format(sign: str) -> bool:
    """Arabic, Syriac and Kaithi have format signs that are seen: they stand around a number."""
    return unicodedata.bidirectional(sign) == "AN" or sign in "\u070f\U000110bd\U000110cd"


def _is_selector(sign: str) -> bool:
    return sign in "\u180b\u180c\u180d\u180f" or "VARIATION SELECTOR" in unicodedata.name(sign, "")


def _is_joined(sign: str) -> bool:
    is_letter = sign != "" and unicodedata.category(sign)[0] in "LM"
    return is_letter and _script(sign) in _JOINED_SCRIPTS


@lru_cache(maxsize=1024)
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0] if sign else ""


def _flat(text: str) -> str:
    """The text with at most `MOST_MARKS` marks over a letter: more are cut."""
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise _too_long(len(text), most)
    return text


def _bad_character() -> TextRefused:
    return TextRefused(
        "bad_character",
        "Ce texte contient un signe invisible ou abîmé. Effacez-le, puis écrivez-le au clavier.",
        "This text holds an invisible or damaged sign. Delete it, then type it on the keyboard.",
    )


def _too_long(length: int, most: int) -> TextRefused:
    return TextRefused(
        "too_long",
        f"Raccourcissez à {most} caractères (il y en a {length}).",
        f"Shorten to {most} characters (there are {length}).",
    )
