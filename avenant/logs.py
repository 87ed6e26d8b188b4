"""Log lines that give nothing away: secret links, what is asked in an address, e-mail addresses,
phone and identity numbers, and what PostgreSQL quotes of a row never reach a log, whoever writes
the line. Imports no Django: the server's own lines use it too.

Every pattern is read in time in proportion to the text: part of it comes from strangers.
"""

import logging
import re
import sys
import traceback
from types import TracebackType

# What stands behind these is a secret: whoever has it opens the door.
_SECRET_PATHS = re.compile(
    r"((?:/copie|/mot-de-passe/nouveau|/invitation)/)(?!document\.pdf\b|fait/)[^\s\"'?#<>]+"
)
_WORD = re.compile(r"[^\s\"']+")
_ENDS_A_QUERY = re.compile(r"[<>)]")
_MAIL = re.compile(r"[^\s\"'<>(),;:=\[\]{}|@]{1,64}@[^\s\"'<>(),;:=\[\]{}|@/]{1,255}")
# After its first line PostgreSQL quotes: the row, the statement, its parameters.
_QUOTED_BY_POSTGRESQL = re.compile(
    r"^((?:DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):).*?"
    r"(?=^The above exception|^During handling of|\Z)",
    re.MULTILINE | re.DOTALL,
)
_REFUSED_VALUE = re.compile(
    r"(invalid input (?:syntax|value) for [^:\n]{1,80}|malformed [a-z ]{1,40}"
    r"|value out of range): \"[^\n]*\""
)
_NUMBERS = re.compile(
    r"(?<![\w.,:-])(?:"
    r"\+\d{9,14}|"  # as numbers are kept
    r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|"  # as Canada writes them
    r"(?:\+33 ?|0)\d(?:[ .]\d{2}){4}|"  # as France does
    r"\d{3}[ -]?\d{3}[ -]?\d{3}|"  # a social insurance number
    r"[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?"  # a French one
    r")(?![\w-])"
)


def discreet(text: str) -> str:
    """The text without secrets of addresses and without what tells of a person."""
    text = _QUOTED_BY_POSTGRESQL.sub(r"\1 …\n", text)
    text = _REFUSED_VALUE.sub(r'\1: "…"', text)
    return _NUMBERS.sub("…", _WORD.sub(_discreet_word, text))


def _discreet_word(found: re.Match[str]) -> str:
    word = _SECRET_PATHS.sub(r"\1…", found.group())
    path, mark, asked = word.partition("?")
    if mark and asked and "/" in path:
        end = _ENDS_A_QUERY.search(asked)
        word = f"{path}?…{asked[end.start() :] if end else ''}"
    return _MAIL.sub("…@…", word) if "@" in word else word


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, a traceback included, and then leaves out what gives away."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def watch_last_words() -> None:
    """Have what ends a program be as discreet as its log: it goes to the same place."""
    sys.excepthook = _say_last_words
    # A line that cannot be formatted would be written raw, with what it was to hold.
    logging.raiseExceptions = False


def _say_last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    sys.stderr.write(discreet("".join(traceback.format_exception(kind, error, trace))))


LINE = {
    "()": "avenant.logs.DiscreetFormatter",
    "format": "{asctime} {levelname} {name} {message}",
    "style": "{",
}


def server_logging(level: str) -> dict[str, object]:
    """How uvicorn writes its lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": LINE},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            "uvicorn": {"handlers": ["console"], "level": level.upper(), "propagate": False},
        },
    }
