"""Who handles a claim, who may see its file, who pays for evidence, where a decision is reviewed.

Source: Guide du conseiller, Règlements: Invalidité, sections 1 to 3, 5 and 6.3 to 6.5 (DIS-01,
DIS-09, DIS-19, DIS-23, DIS-32, DIS-38, DIS-54, DIS-55); Vie, sections 1 to 5 (LIF-01, LIF-09,
LIF-15, LIF-21, LIF-25, LIF-27, LIF-28); Santé/Dentaire, section 1 (HLT-01); read with CAMB-22,
CAMB-23 and CAMB-39.
"""

from typing import Literal

from avenant_rules.decision import (
    Because,
    MissingFacts,
    Settings,
    Struct,
    Tables,
    decision,
)
from avenant_rules.decisions.claims.forms import Province


class ClaimedCoverage(Struct):
    """The coverage a claim is made under."""

    coverage: Literal[
        "disability", "accidental_fracture", "long_term_care", "critical_illness",
        "accidental_death_dismemberment", "term_life", "health", "dental",
    ]  # fmt: skip


class Team(Struct):
    """The team that receives, follows up, verifies and settles the claim."""

    team: Literal["disability", "life", "health_dental"]


class Release(Struct):
    """Somebody asks for, or would receive, a file, an expert's report or a letter."""

    requester: Literal["insured", "beneficiary", "advisor"]
    content: Literal["claim_file", "independent_medical_report", "letter"]
    is_requested_in_writing: bool | None = None
    has_express_authorisation: bool | None = None
    has_medical_or_lifestyle_content: bool | None = None


class ReleaseAnswer(Struct):
    """Whether it may be given, from whom it is obtained, and in what form a letter is copied."""

    is_allowed: bool
    channel: Literal["insurer", "attending_physician"] | None = None
    copy_form: Literal["full", "redacted"] | None = None


class Cause(Struct):
    """What a claim follows from. `was_driver_impaired`: the insured drove impaired."""

    cause: Literal["road_accident", "other_accident", "illness"]
    has_complete_medical_records: bool
    was_driver_impaired: bool | None


class ImpairedDriving(Struct):
    """Whether the point can be decided; `is_excluded` is None as long as it is not known."""

    are_records_required: bool
    is_decidable: bool
    is_excluded: bool | None


class Evidence(Struct):
    """A piece of medical evidence."""

    evidence: Literal["physician_statement", "independent_exam"]
    line: Literal["disability", "life"]
    has_insured_refused: bool | None = None


class EvidenceAnswer(Struct):
    """Who pays; for an exam, what a refusal may lead to and who receives the report."""

    paid_by: Literal["insurer", "insured", "beneficiary"]
    may_stop_benefits: bool | None = None
    is_stop_automatic: bool | None = None
    report_sent_to: Literal["attending_physician", "insured"] | None = None


class Review(Struct):
    """A decision somebody disagrees with."""

    line: Literal["disability", "life"]
    province: Province


class ReviewAddress(Struct):
    """Where the request for review is sent."""

    region: Literal["QC", "ON"]
    city: str
    postal_code: str


@decision("claims.routing", rules=["3/DIS-01", "3/LIF-01", "3/HLT-01"])
def routing(claim: ClaimedCoverage, tables: Tables, because: Because) -> Team:
    """Team that handles a claim.

    Accidental death and dismemberment goes to disability, although a death is involved.
    """
    row = tables.claims_teams.match(coverage=claim.coverage)
    because.row(row)
    return Team(team=row.team)


@decision(
    "claims.information_release",
    rules=["3/DIS-19", "3/DIS-54", "3/DIS-55", "3/LIF-15", "3/LIF-27", "3/LIF-28"],
)
def information_release(
    release: Release, tables: Tables, because: Because, settings: Settings
) -> ReleaseAnswer:
    """Whether a file, report or letter may be given to someone, by whom and in what form.

    No authorisation opens the file to a financial advisor; nothing overrides it.
    """
    try:
        row = tables.claims_information_release.match(
            requester=release.requester,
            content=release.content,
            is_requested_in_writing=release.is_requested_in_writing,
            has_medical_or_lifestyle_content=release.has_medical_or_lifestyle_content,
        )
    except MissingFacts:
        because.rule("3/DIS-19" if release.content == "letter" else "3/DIS-54", "unknown")
        raise
    if row.copy_form == "redacted" and settings("claims.advisor_copy") == "withheld":
        because.rule("3/DIS-55", "withheld")
        because.setting("claims.advisor_copy")
        return ReleaseAnswer(is_allowed=False)
    because.row(row)
    if row.rule == "3/DIS-55" and release.has_express_authorisation:
        because.rule("3/DIS-55", "authorisation")
    if row.copy_form == "redacted":
        because.setting("claims.advisor_copy")
    return ReleaseAnswer(is_allowed=row.is_allowed, channel=row.channel, copy_form=row.copy_form)


@decision("claims.impaired_driving", rules=["3/DIS-38", "3/LIF-25"])
def impaired_driving(claim: Cause, tables: Tables, because: Because) -> ImpairedDriving:
    """Whether a claim can be decided with regard to impaired driving.

    After a road accident nothing is decided before the complete medical records are in. The
    exclusion aims at who drove, not at passengers.
    """
    known = {None: "not_known", True: "yes", False: "no"}[claim.was_driver_impaired]
    row = tables.claims_impaired_driving.match(
        cause=claim.cause,
        has_complete_medical_records=claim.has_complete_medical_records,
        was_driver_impaired=known,
    )
    because.row(row)
    return ImpairedDriving(
        are_records_required=row.are_records_required,
        is_decidable=row.is_decidable,
        is_excluded={"yes": True, "no": False}.get(row.is_excluded),
    )


@decision("claims.medical_evidence", rules=["3/DIS-09", "3/DIS-23", "3/LIF-09"])
def medical_evidence(evidence: Evidence, tables: Tables, because: Because) -> EvidenceAnswer:
    """Who pays for a piece of medical evidence and what follows from it.

    A refused exam may stop benefits: a person decides, never the program.
    """
    row = tables.claims_medical_evidence.match(evidence=evidence.evidence, line=evidence.line)
    because.row(row)
    if evidence.evidence != "independent_exam":
        return EvidenceAnswer(paid_by=row.paid_by)
    if evidence.has_insured_refused:
        because.rule("3/DIS-23", "refused")
    because.rule("3/DIS-23", "report")
    return EvidenceAnswer(
        paid_by=row.paid_by,
        may_stop_benefits=evidence.has_insured_refused,
        is_stop_automatic=False,
        report_sent_to="attending_physician",
    )


@decision("claims.review_address", rules=["3/DIS-32", "3/LIF-21"])
def review_address(
    review: Review, tables: Tables, because: Because, settings: Settings
) -> ReviewAddress:
    """Address for the review of a decision.

    One address for all disability reviews; for life, the one of the province. The guide names none
    for life in other provinces.
    """
    line = review.line
    if line == "disability":
        because.setting("claims.disability_review_office")
        if settings("claims.disability_review_office") == "office_of_the_province":
            line = "life"
    row = tables.claims_review_addresses.match(line=line, province=review.province)
    because.row(row)
    return ReviewAddress(region=row.region, city=row.city, postal_code=row.postal_code)
