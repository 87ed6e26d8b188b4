"""What a receipt must bear, whose services are eligible, and the prescription of massage therapy.

Source: Guide du conseiller, Règlement – Santé/Dentaire, section 3.2 (HLT-12 to HLT-15, HLT-18,
HLT-19, DEN-10), read with CAMB-29, CAMB-31 and CAMB-32.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.claims.forms import Province

type ReceiptItem = Literal[
    "letterhead", "patient_name", "service_dates", "service_description", "service_cost",
    "professional_name", "professional_type", "licence_number",
]  # fmt: skip


class Receipt(Struct):
    """What a receipt bears."""

    is_prescription_drug: bool
    present: frozenset[ReceiptItem]


class ReceiptCheck(Struct):
    """Whether it is valid, and what it lacks."""

    is_valid: bool
    missing: frozenset[ReceiptItem]


class Practitioner(Struct):
    """Who gave the service, where, and the body he or she belongs to. Chiropodist: podologue."""

    specialty: Literal["podiatrist", "chiropodist", "psychologist", "psychotherapist"]
    province: Province
    member_of: (
        Literal[
            "ordre_podiatres_quebec", "association_podologues", "professional_association",
            "ordre_psychologues_quebec", "ordre_psychologues_ontario",
        ]
        | None
    )  # fmt: skip


class PractitionerEligibility(Struct):
    """Whether the services are eligible."""

    is_eligible: bool


class Massage(Struct):
    """A massage therapy service and its prescription."""

    prescribed_by: Literal["physician", "physiotherapist", "chiropractor"] | None
    signed_on: date | None
    service_date: date


class MassageEligibility(Struct):
    """Whether the service is eligible with regard to its prescription."""

    is_eligible: bool


@decision("claims.receipt", rules=["3/HLT-18", "3/HLT-19", "3/DEN-10"])
def receipt(receipt: Receipt, tables: Tables, because: Because, settings: Settings) -> ReceiptCheck:
    """Whether a receipt bears what is needed.

    For anything but prescription drugs, dental care included: the letterhead and the seven items.
    """
    if receipt.is_prescription_drug:
        because.rule("3/HLT-19", "not_asked")
        return ReceiptCheck(is_valid=True, missing=frozenset())
    rows = tables.claims_receipt_items.rows
    if settings("claims.receipt_letterhead") == "not_checked":
        rows = [row for row in rows if row.row != "letterhead"]
        because.setting("claims.receipt_letterhead")
    lacking = [row for row in rows if row.row not in receipt.present]
    if lacking:
        because.rows(lacking)
        because.rule("3/HLT-18", "returned")
    else:
        because.rule("3/HLT-18", "complete")
    return ReceiptCheck(is_valid=not lacking, missing=frozenset(row.row for row in lacking))


@decision("claims.practitioner", rules=["3/HLT-13", "3/HLT-14", "3/HLT-15"])
def practitioner(
    practitioner: Practitioner, tables: Tables, because: Because, settings: Settings
) -> PractitionerEligibility:
    """Whether the services of a practitioner are eligible.

    Foot care outside Québec and Ontario is not in the guide: a person decides.
    """
    province: str = practitioner.province
    is_foot_care = practitioner.specialty in ("podiatrist", "chiropodist")
    if is_foot_care and province not in ("QC", "ON"):
        because.setting("claims.foot_care_elsewhere")
        if settings("claims.foot_care_elsewhere") == "as_in_ontario":
            province = "ON"
    row = tables.claims_practitioners.match(
        specialty=practitioner.specialty,
        province=province,
        member_of=practitioner.member_of or "nobody",
    )
    because.row(row)
    return PractitionerEligibility(is_eligible=row.is_eligible)


@decision("claims.massage_therapy", rules=["3/HLT-12"])
def massage_therapy(
    massage: Massage, tables: Tables, because: Because, settings: Settings
) -> MassageEligibility:
    """Whether a massage therapy service is eligible with regard to its prescription.

    A physician's, valid from the day it is signed to its twelve-month anniversary, included.
    """
    prescriber = massage.prescribed_by or "nobody"
    row = tables.claims_massage_prescribers.match(prescribed_by=prescriber)
    because.row(row)
    if not row.is_accepted:
        return MassageEligibility(is_eligible=False)
    if massage.signed_on is None:
        because.rule("3/HLT-12", "unknown")
        raise MissingFacts(["signed_on"])
    figures = tables.claims_health_figures
    last_day = add_months(massage.signed_on, figures.prescription_months)
    if settings("claims.prescription_last_day") == "anniversary_excluded":
        last_day -= timedelta(1)
    because.setting("claims.prescription_last_day")
    is_valid = massage.signed_on <= massage.service_date <= last_day
    because.parameter(figures, "prescription_months", last_day=last_day)
    is_before = massage.service_date < massage.signed_on
    key = "valid" if is_valid else "signed_later" if is_before else "expired"
    because.rule("3/HLT-12", key, last_day=last_day)
    return MassageEligibility(is_eligible=is_valid)
