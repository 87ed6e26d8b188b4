"""Body mass index, its classification, and the printed reference grid. Information, never a refusal.

Source: Guide du conseiller, Sélection des risques, section 2.4 and Tableaux 2.4.1 and 2.4.2 (ELIG-15
to ELIG-17), read with the notes AMB-10 and AMB-11.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.values import OneDecimal, Quantity

TENTH = Decimal("0.1")
SHOWN = Decimal("0.0001")


class Body(Struct):
    """A weight and a height, each with its unit."""

    weight: Quantity
    weight_unit: Literal["kg", "lb"]
    height: Quantity
    height_unit: Literal["m", "in"]


class BodyMass(Struct):
    """The index to one decimal, its classification and the risk printed beside it."""

    bmi: OneDecimal
    category: Literal["underweight", "normal", "overweight", "obese"]
    risk: Literal["least", "increased", "high"]


class GridPlace(Struct):
    """A line and a column of the reference grid for adults."""

    bmi: int
    height_m: Quantity


class ReferenceWeight(Struct):
    """The weight printed there."""

    weight_kg: int


@decision("underwriting.bmi", rules=["2/ELIG-15", "2/ELIG-16"])
def bmi(body: Body, tables: Tables, because: Because, settings: Settings) -> BodyMass:
    """Body mass index and its classification.

    Weight in kilograms over the square of the height in metres, rounded once, half up.

    Raises:
        MissingFacts: the weight or the height is not above zero.
    """
    _check_known(body, because)
    weight_kg = body.weight
    if body.weight_unit == "lb":
        weight_kg = body.weight * tables.bmi_figures.kilograms_per_pound
        because.parameter(tables.bmi_figures, "kilograms_per_pound", weight_kg=weight_kg)
    height_m = body.height
    if body.height_unit == "in":
        height_m = body.height * tables.bmi_figures.metres_per_inch
        because.parameter(tables.bmi_figures, "metres_per_inch", height_m=height_m)
    exact = weight_kg / (height_m * height_m)
    rounded = exact.quantize(TENTH, ROUND_HALF_UP)
    because.rule(
        "2/ELIG-15",
        weight_kg=weight_kg,
        height_m=height_m,
        exact=exact.quantize(SHOWN, ROUND_HALF_UP),
    )
    is_rounded_first = settings("underwriting.bmi_between_bounds") == "rounded_first"
    row = tables.bmi_classes.match(bmi=rounded if is_rounded_first else exact)
    because.row(row)
    return BodyMass(bmi=rounded, category=row.category, risk=row.risk)


@decision("underwriting.bmi_reference_weight", rules=["2/ELIG-17"])
def bmi_reference_weight(place: GridPlace, tables: Tables, because: Because) -> ReferenceWeight:
    """Weight printed in the reference grid for an index and a height.

    As printed, not computed: the print follows no single rounding (AMB-11).

    Raises:
        CarrierDataMissingError: the grid has no such line or column.
    """
    cell = tables.bmi_grid.match(bmi=place.bmi, height_m=place.height_m)
    because.row(cell)
    return ReferenceWeight(weight_kg=cell.value)


def _check_known(body: Body, because: Because) -> None:
    """A weight or a height that is not above zero is none: nothing can be worked out."""
    missing = [name for name in ("weight", "height") if getattr(body, name) <= 0]
    if missing:
        because.rule("2/ELIG-15", "nothing")
        raise MissingFacts(missing)
