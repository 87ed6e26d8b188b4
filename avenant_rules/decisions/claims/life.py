"""A life claim: what proves the death, which documents come with the claim, and who signs.

Source: Guide du conseiller, Règlements – Assurance Vie, section 2.2 (LIF-04 to LIF-07, LIF-10,
LIF-11), read with CAMB-17 to CAMB-19.
"""

from collections import Counter
from typing import Literal

from avenant_rules.decision import (
    Bag,
    Because,
    Given,
    MissingFacts,
    Settings,
    Struct,
    Tables,
    decision,
)
from avenant_rules.decisions.claims.amounts import CENT, not_negative
from avenant_rules.decisions.claims.forms import Province
from avenant_rules.values import Money


class ProofOfDeath(Struct):
    """A document that comes with a life claim. The amount is before interest and before shares."""

    benefit_amount: Money
    document: Literal[
        "funeral_home_attestation", "qc_civil_status_death_certificate",
        "qc_civil_status_act_of_death", "on_registrar_general_death_certificate",
        "on_registrar_general_act_of_death",
    ]  # fmt: skip
    is_original: bool


class ProofAccepted(Struct):
    """Whether the document proves the death."""

    is_accepted: bool


type LifeDocument = Literal[
    "claimant_statement", "authorisation", "physician_statement", "death_certificate",
    "last_will_copy", "will_search_certificate_chambre_des_notaires",
    "will_search_certificate_barreau", "marriage_contract_copy",
    "certificate_of_appointment_with_will", "certificate_of_appointment_without_will",
]  # fmt: skip
type Signatory = Literal["each_beneficiary", "liquidator", "estate_trustee"]


class LifeClaim(Struct):
    """Who was designated, what the succession holds, and who has signed a statement so far."""

    province: Province
    designated_beneficiaries: Bag[str]
    has_will: bool | None = None
    has_marriage_contract: bool | None = None
    statements_signed_by: Bag[str] | None = None


class LifeDocuments(Struct):
    """Documents needed, who signs the statement, and whose statement is missing."""

    documents: Given[frozenset[LifeDocument]]
    statement_signatory: Given[Signatory]
    missing_statements: Given[Bag[str]]


@decision("claims.death_proof", rules=["3/LIF-10", "3/LIF-11"])
def death_proof(
    proof: ProofOfDeath, tables: Tables, because: Because, settings: Settings
) -> ProofAccepted:
    """Whether a document proves a death for a life claim.

    By the printed lists under and over the threshold; exactly on it, the upper list. A copy is
    never enough.
    """
    figures = tables.claims_life_figures
    amount = not_negative(proof.benefit_amount)
    if amount == figures.death_proof_threshold:
        because.setting("claims.death_proof_at_threshold")
        if settings("claims.death_proof_at_threshold") == "lower_list":
            amount -= CENT
    row = tables.claims_death_proof.match(benefit_amount=amount, document=proof.document)
    because.row(row, threshold=figures.death_proof_threshold)
    is_accepted: bool = row.is_accepted
    if row.row == "ontario_below":
        because.setting("claims.ontario_paper_below")
        is_accepted &= settings("claims.ontario_paper_below") == "accepted"
    if not proof.is_original:
        because.rule("3/LIF-10", "copy")
        is_accepted = is_accepted and _is_copy_enough(row.row, because, settings)
    return ProofAccepted(is_accepted=is_accepted)


def _is_copy_enough(row: str, because: Because, settings: Settings) -> bool:
    """The upper list does not say « original » again; the paragraph above the table does."""
    if row != "above":
        return False
    because.setting("claims.upper_list_copy")
    return settings("claims.upper_list_copy") == "copy_accepted"


@decision(
    "claims.life_documents",
    rules=["3/LIF-04", "3/LIF-05", "3/LIF-06", "3/LIF-07", "3/GLO-20"],
)
def life_documents(
    claim: LifeClaim, tables: Tables, because: Because, settings: Settings
) -> LifeDocuments:
    """Documents of a life claim, who signs the claimant's statement and who has not signed yet.

    Without a designated beneficiary the proceeds fall into the succession, whose papers are those
    of the province. Statements nobody has reported as signed are missing.
    """
    base = tables.claims_life_documents.match(situation="always")
    because.row(base)
    signed = Counter(claim.statements_signed_by or [])
    unsigned = Counter(claim.designated_beneficiaries) - signed
    if claim.designated_beneficiaries:
        because.rule("3/LIF-07", "missing" if unsigned else "each", unsigned=sorted(unsigned))
        return LifeDocuments(
            documents=base.documents,
            statement_signatory="each_beneficiary",
            missing_statements=sorted(unsigned.elements()),
        )
    because.rule("3/GLO-20", "succession")
    signatory = tables.claims_life_signatories.match(province=claim.province)
    because.row(signatory)
    who: Signatory = signatory.statement_signatory
    papers = tables.claims_life_documents.match(situation=_succession(claim, because))
    because.row(papers)
    documents: frozenset[LifeDocument] = base.documents | papers.documents
    if claim.province == "QC" and not claim.has_will:
        because.setting("claims.search_certificates")
        if settings("claims.search_certificates") == "with_a_will":
            documents -= tables.claims_life_documents.match(situation="qc_search").documents
    return LifeDocuments(documents=documents, statement_signatory=who, missing_statements=[])


def _succession(claim: LifeClaim, because: Because) -> str:
    """The situation of the succession, for the table of documents."""
    if claim.has_will is None:
        because.rule("3/LIF-05" if claim.province == "QC" else "3/LIF-06", "unknown")
        raise MissingFacts(["has_will"])
    if claim.has_will:
        return f"{claim.province.lower()}_with_will"
    if claim.province == "ON":
        return "on_without_will"
    if claim.has_marriage_contract is None:
        because.rule("3/LIF-05", "unknown")
        raise MissingFacts(["has_marriage_contract"])
    return "qc_marriage_contract" if claim.has_marriage_contract else "qc_neither"
