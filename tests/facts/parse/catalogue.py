"""Every table there is: importing this module reads in all parsers."""

from tests.facts.parse import (
    administration,
    financial,
    occupations,
    overhead,
    programmes,
    requirements,
    underwriting,
)
from tests.facts.parse.facts import TABLES

__all__ = [
    "TABLES",
    "administration",
    "financial",
    "occupations",
    "overhead",
    "programmes",
    "requirements",
    "underwriting",
]
