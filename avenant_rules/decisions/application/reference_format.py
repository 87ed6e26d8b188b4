"""Whether an application or quote number is well formed.

Source: guide of the electronic application, « Créer le PDF de la proposition » (APP-38); screens of
the health quotes (QUO-25).
"""

import re
from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision


class Reference(Struct):
    """A number as it is written."""

    kind: Literal["application", "quote"]
    value: str


class ReferenceFormat(Struct):
    """Whether it is well formed."""

    is_valid: bool


@decision("application.reference_format", rules=["4/APP-38", "4/QUO-25"])
def reference_format(reference: Reference, tables: Tables, because: Because) -> ReferenceFormat:
    """Whether an application or quote number is well formed.

    The version of a quote is not part of its number.
    """
    figures = tables.reference_formats
    if reference.kind == "application":
        pattern = f"{figures.application_prefix}[0-9]{{{figures.application_digits}}}"
        because.rule(
            "4/APP-38", prefix=figures.application_prefix, digits=figures.application_digits
        )
    else:
        pattern = f"[A-Z]{{{figures.quote_letters}}}-[0-9]{{{figures.quote_digits}}}"
        because.rule("4/QUO-25", letters=figures.quote_letters, digits=figures.quote_digits)
    return ReferenceFormat(is_valid=re.fullmatch(pattern, reference.value) is not None)
