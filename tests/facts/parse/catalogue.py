"""Every table there is: importing this module reads in all parsers."""

from tests.facts.parse import (
    administration,
    agreements,
    application,
    changes,
    claims,
    financial,
    occupations,
    overhead,
    payments,
    products,
    programmes,
    requirements,
    subscription,
    travel,
    underwriting,
)
from tests.facts.parse.facts import TABLES

__all__ = [
    "TABLES",
    "administration",
    "agreements",
    "application",
    "changes",
    "claims",
    "financial",
    "occupations",
    "overhead",
    "payments",
    "products",
    "programmes",
    "requirements",
    "subscription",
    "travel",
    "underwriting",
]
