"""Log lines that give nothing away: addresses of single-use links and what is asked in an address
never reach a log, whoever writes the line. Imports no Django: the server's own lines use it too.
"""

import logging
import re

# What stands behind these is a secret: whoever has it opens the door.
_SECRET_PATHS = re.compile(
    r"((?:/copie|/mot-de-passe/nouveau)/)(?!document\.pdf\b|fait/)[^\s\"'?#<>]+"
)
_QUERY = re.compile(r"((?:^|[\s\"'(=:])(?:https?://[^\s\"'?]*)?/[^\s\"'?]*)\?[^\s\"'<>)]+")


def discreet(text: str) -> str:
    """The text without secrets of addresses."""
    return _QUERY.sub(r"\1?…", _SECRET_PATHS.sub(r"\1…", text))


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, a traceback included, and then leaves the secrets out."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


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
