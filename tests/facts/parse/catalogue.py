"""Every table there is: importing this module reads in all parsers."""

from tests.facts.parse import requirements
from tests.facts.parse.facts import TABLES

__all__ = ["TABLES", "requirements"]
