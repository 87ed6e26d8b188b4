"""Who may carry out examinations, what replaces them, and exchanges with the Medical Information Bureau.

Source: Guide du conseiller, Sélection des risques, section 3.1 (REQ-05), section 10 (MIB-02 to MIB-04)
and Tableau 11.1.1 (VEN-02).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision

type Item = Literal["paramedical_questionnaire", "phone_interview", "vital_signs", "blood_profile"]
type Service = Literal[
    "phone_interview", "physician_reports", "inspection_reports", "paramedical",
    "blood_profile", "urine_hiv", "laboratory_analyses", "resting_and_stress_ecg", "chest_xray",
]  # fmt: skip
type Vendor = Literal["dynacare", "examone"]

SUBSTITUTE: frozenset[Item] = frozenset({"phone_interview", "vital_signs"})


class Provided(Struct):
    """What came in where a paramedical questionnaire was required."""

    provided: frozenset[Item]


class Substitution(Struct):
    """Whether it will do."""

    is_satisfied: bool


class ServiceOrder(Struct):
    """What is to be ordered."""

    service: Service


class Vendors(Struct):
    """The companies that may be asked; none means a manual order with a reason."""

    vendors: frozenset[Vendor]


class Exchange(Struct):
    """An exchange with the bureau. The authorisation is for sending, the channel for the consumer."""

    action: Literal["send_codes_to_members", "obtain_own_file", "dispute_own_file"]
    has_authorisation: bool | None = None
    channel: Literal["in_writing", "phone", "web"] | None = None


class ExchangeAnswer(Struct):
    """Whether it may take place that way."""

    is_accepted: bool


@decision("underwriting.paramedical_substitution", rules=["2/REQ-05"])
def paramedical_substitution(facts: Provided, because: Because) -> Substitution:
    """Whether what was provided satisfies a required paramedical questionnaire.

    A phone interview replaces it together with vital signs, never one without the other.
    """
    if "paramedical_questionnaire" in facts.provided:
        because.rule("2/REQ-05", "itself")
        return Substitution(is_satisfied=True)
    missing = SUBSTITUTE - facts.provided
    because.rule("2/REQ-05", "lacking" if missing else "replaced", missing_items=missing)
    return Substitution(is_satisfied=not missing)


@decision("underwriting.vendors", rules=["2/VEN-02"])
def vendors(order: ServiceOrder, tables: Tables, because: Because) -> Vendors:
    """Authorised companies that offer a service.

    A service that has no column in the printed table has no company (AMB-68).
    """
    row = tables.vendors.match(service=order.service)
    because.row(row)
    return Vendors(vendors=frozenset() if row.is_outside else row.vendors)


@decision("underwriting.mib_exchange", rules=["2/MIB-02", "2/MIB-03", "2/MIB-04"])
def mib_exchange(exchange: Exchange, tables: Tables, because: Because) -> ExchangeAnswer:
    """Whether an exchange with the Medical Information Bureau may take place as asked."""
    row = tables.mib_exchange.match(
        action=exchange.action,
        has_authorisation=exchange.has_authorisation,
        channel=exchange.channel,
    )
    because.row(row)
    return ExchangeAnswer(is_accepted=row.is_accepted)
