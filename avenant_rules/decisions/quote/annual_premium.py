"""The annual premium shown beside a monthly one.

Source: guide Mes Solutions Plus, « En détail 1/3 » (QUO-15): twelve times the month, in euros, exact.
"""

from avenant_rules.decision import Because, Struct, Tables, decision
from avenant_rules.values import Money


class MonthlyPremium(Struct):
    """The premium of one month, in euros, taxes in."""

    monthly_premium: Money


class AnnualPremium(Struct):
    """The premium of a year, in euros, taxes in."""

    annual_premium: Money


@decision("quote.annual_premium", rules=["4/QUO-15"], carrier="smatis")
def annual_premium(premium: MonthlyPremium, tables: Tables, because: Because) -> AnnualPremium:
    """Annual premium shown beside a monthly premium.

    A whole number of months of whole cents: there is nothing to round.
    """
    because.parameter(tables.quote_premium, "payments_per_year")
    return AnnualPremium(
        annual_premium=premium.monthly_premium * tables.quote_premium.payments_per_year
    )
