"""Whether a child born to the insured is covered from birth, without evidence of insurability.

Source: Guide du conseiller, Administration des contrats, section 8.2, « Ajout ou retrait d'un enfant
ou d'un conjoint » (ADM-24, ADM-25).
"""

from datetime import date
from typing import Literal

from avenant_rules.dates import days_between
from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Product


class Newborn(Struct):
    """A birth, the contract of the insured, and the day the signed request to add was received."""

    product: Product
    regime: Literal["individual", "single_parent", "couple", "family"]
    contract_effective_date: date
    birth_date: date
    request_received_on: date


class NewbornCoverage(Struct):
    """Whether the newborn rule covers the child; if not, evidence must be supplied."""

    is_automatically_covered: bool
    is_evidence_required: Given[bool]


@decision("policy.newborn_coverage", rules=["1/ADM-24", "1/ADM-25"])
def newborn_coverage(
    newborn: Newborn, tables: Tables, because: Because, settings: Settings
) -> NewbornCoverage:
    """Whether a child born to the insured is covered without evidence of insurability.

    The day of birth is day 0. A child born before the contract is added as any other person.
    """
    is_covered = _is_born_after(newborn, because, settings) and _is_covered(
        newborn, tables, because, settings
    )
    return NewbornCoverage(is_automatically_covered=is_covered, is_evidence_required=not is_covered)


def _is_born_after(newborn: Newborn, because: Because, settings: Settings) -> bool:
    """Born after the contract took effect; on that very day: AMB-16."""
    if newborn.birth_date == newborn.contract_effective_date:
        because.rule("1/ADM-24", "same_day")
        because.setting("policy.born_on_effective_date")
        return settings("policy.born_on_effective_date") == "newborn_rule"
    if newborn.birth_date < newborn.contract_effective_date:
        because.rule("1/ADM-24", "born_before")
        return False
    return True


def _is_covered(newborn: Newborn, tables: Tables, because: Because, settings: Settings) -> bool:
    row = tables.newborn_coverage.match(
        product=newborn.product,
        regime=newborn.regime,
        days_since_birth=days_between(newborn.birth_date, newborn.request_received_on),
    )
    if row.is_product_named:
        because.row(row)
        return bool(row.is_automatically_covered)
    if settings("policy.newborn_of_other_products") == "no_rule":
        because.rule("1/ADM-25", "product_not_named")
        because.setting("policy.newborn_of_other_products")
        return False
    because.row(row)
    because.setting("policy.newborn_of_other_products")
    return bool(row.is_automatically_covered)
