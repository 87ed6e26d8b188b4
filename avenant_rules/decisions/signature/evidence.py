"""What is printed about a signature on the additional information page.

Source: guide of the electronic application, « Remarques », « Soumettre la proposition » (SIG-14,
APP-32, APP-41).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision

type PrintedFact = Literal["moment", "place", "manner", "ip_address"]


class Signed(Struct):
    """Who signed and how: drawn on a screen or a phone, or by submitting."""

    signer: Literal["main_insured", "spouse", "account_holder", "representative"]
    method: Literal["screen", "phone", "submission"]


class SignatureEvidence(Struct):
    """The facts printed."""

    printed: frozenset[PrintedFact]


@decision("signature.evidence", rules=["4/SIG-14", "4/APP-32", "4/APP-41"])
def evidence(signed: Signed, tables: Tables, because: Because) -> SignatureEvidence:
    """Evidence of a signature printed on the additional information page.

    The way of signing decides: the same facts for everybody who draws a signature.
    """
    row = tables.signature_evidence.match(method=signed.method)
    because.row(row)
    because.rule("4/APP-32")
    return SignatureEvidence(printed=row.printed)
