"""A dental claim: whether the contract has dental care, and what of a service is eligible.

Source: Guide du conseiller, Règlement – Santé/Dentaire, section 4 (DEN-02 to DEN-07); Aperçu des
produits, Tableaux 1.1 to 6.1 (DEN-09); read with CAMB-33.
"""

from typing import Literal

from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.claims.amounts import NOTHING, not_negative
from avenant_rules.tables import Row
from avenant_rules.values import Money

type Product = Literal[
    "ami", "blue_choice", "blue_choice_balance", "basic_blue_choice", "blue_vision", "flex_bleue",
    "mortgage_plan", "tangible", "travel",
]  # fmt: skip


class DentalService(Struct):
    """A service billed under a contract that has dental care."""

    product: Product
    service: Literal[
        "cleaning", "orthodontics", "root_canal", "crown", "denture_purchase",
        "denture_replacement", "denture_reline",
    ]  # fmt: skip
    billed: Money
    usual_and_reasonable: Money
    maximum_remaining: Money | None
    provider: Literal["dentist", "dental_hygienist", "denturist", "dental_technician"]
    covers_denture_upkeep: bool | None = None


class DentalEligibility(Struct):
    """Whether the service is covered, and what of it enters the reimbursement."""

    is_covered: bool
    eligible_amount: Money


class DentalContract(Struct):
    """A contract and the dental option."""

    product: Product
    plan: Literal["plan_global", "plan_flex", "plan_express"] | None = None
    is_dental_option_taken: bool


class DentalCoverage(Struct):
    """Whether the contract includes dental care."""

    is_held: bool


@decision(
    "claims.dental_service",
    rules=["3/DEN-02", "3/DEN-03", "3/DEN-04", "3/DEN-05", "3/DEN-06", "3/DEN-07"],
)
def dental_service(
    service: DentalService, tables: Tables, because: Because, settings: Settings
) -> DentalEligibility:
    """Whether a dental service is covered and its eligible amount (contract with dental coverage).

    The lesser of the fee billed and the usual and reasonable one; a root canal also stays within
    what remains of the contract's maximum. Every ground of refusal is said.
    """
    provider = tables.claims_dental_providers.match(provider=service.provider)
    if not provider.is_eligible:
        because.row(provider)
    product: str = service.product
    if service.service in ("crown", "denture_purchase", "denture_replacement"):
        because.setting("claims.dental_products")
        if settings("claims.dental_products") == "every_dental_product":
            unnamed = tables.claims_health_figures.dental_products_not_named
            product = "blue_vision" if product in unnamed else product
    row = _service_row(service, product, tables, because, is_provider_out=not provider.is_eligible)
    if row is None or not (provider.is_eligible and row.is_covered):
        return DentalEligibility(is_covered=False, eligible_amount=NOTHING)
    eligible = min(service.billed, service.usual_and_reasonable)
    if row.is_within_maximum and service.maximum_remaining is not None:
        eligible = min(eligible, service.maximum_remaining)
    eligible = not_negative(eligible)
    because.rule("3/DEN-02", "eligible", eligible=eligible)
    return DentalEligibility(is_covered=True, eligible_amount=eligible)


def _service_row(
    service: DentalService,
    product: str,
    tables: Tables,
    because: Because,
    *,
    is_provider_out: bool,
) -> Row | None:
    """The row of the service; None when it reads a fact that no longer matters."""
    try:
        row: Row = tables.claims_dental_services.match(
            service=service.service,
            product=product,
            covers_denture_upkeep=service.covers_denture_upkeep,
        )
    except MissingFacts:
        if is_provider_out:
            return None
        because.rule("3/DEN-07", "unknown")
        raise
    if not (is_provider_out and row.is_covered):
        because.row(row)
    return row


@decision("claims.dental_coverage", rules=["3/DEN-09"])
def dental_coverage(contract: DentalContract, tables: Tables, because: Because) -> DentalCoverage:
    """Whether a contract includes dental coverage."""
    try:
        row = tables.claims_dental_coverage.match(
            product=contract.product,
            plan=contract.plan,
            is_dental_option_taken=contract.is_dental_option_taken,
        )
    except MissingFacts:
        because.rule("3/DEN-09", "unknown")
        raise
    because.row(row)
    return DentalCoverage(is_held=row.is_held)
