"""Body mass index, its classes, and the printed grid."""

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each


@pytest.mark.rule("2/ELIG-16")
@each(
    ("weight", "index", "category", "risk"),
    [
        ("18.44", "18.4", "underweight", "increased"),
        ("18.45", "18.5", "normal", "least"),
        ("18.5", "18.5", "normal", "least"),
        ("24.94", "24.9", "normal", "least"),
        ("24.95", "25.0", "overweight", "increased"),
        ("25", "25.0", "overweight", "increased"),
        ("29.94", "29.9", "overweight", "increased"),
        ("29.95", "30.0", "obese", "high"),
        ("30", "30.0", "obese", "high"),
    ],
)
def test_classifies_the_rounded_index(weight: str, index: str, category: str, risk: str) -> None:
    answer = decide(
        "underwriting.bmi", weight=weight, weight_unit="kg", height="1", height_unit="m"
    )

    assert answer.as_json()["outcome"] == {"bmi": index, "category": category, "risk": risk}


@pytest.mark.rule("2/AMB-10")
@each(("reading", "category"), [("rounded_first", "overweight"), ("continuous", "normal")])
def test_reads_what_lies_between_two_bounds_as_the_carrier_chose(
    reading: str, category: str
) -> None:
    answer = decide(
        "underwriting.bmi",
        {"weight": "24.97", "weight_unit": "kg", "height": "1", "height_unit": "m"},
        settings={"underwriting.bmi_between_bounds": reading},
    )

    assert answer.outcome.category == category
    assert str(answer.outcome.bmi) == "25.0"


@pytest.mark.rule("2/ELIG-15")
def test_shows_the_conversion_the_division_and_the_rounding() -> None:
    answer = decide(
        "underwriting.bmi", weight="180", weight_unit="lb", height="70", height_unit="in"
    )

    assert [reason.text for reason in answer.because_in("en")] == [
        "Weight: 180 lb × 0.453592 = 81.646560 kg.",
        "Height: 70 in × 0.0254 = 1.7780 m.",
        "Index: 81.646560 kg ÷ (1.7780 m × 1.7780 m) = 25.8270, rounded to 25.8.",
        "An index of 25.8 is classified “overweight”; health risk: increased. "
        "For information only.",
    ]


@each(
    ("weight", "height", "wrong"),
    [("0", "1.7", {"weight"}), ("70", "0", {"height"}), ("-1", "-1.7", {"weight", "height"})],
)
def test_works_nothing_out_of_what_is_no_weight_or_height(
    weight: str, height: str, wrong: set[str]
) -> None:
    answer = decide(
        "underwriting.bmi", weight=weight, weight_unit="kg", height=height, height_unit="m"
    )

    assert set(answer.unknown) == wrong


@pytest.mark.rule("2/AMB-11")
@pytest.mark.rule("2/ELIG-17")
@each(
    ("index", "height", "weight"),
    [(18, "1.48", 40), (25, "1.70", 73), (25, "1.7", 73), (35, "1.80", 114), (18, "1.58", 46)],
)
def test_gives_the_printed_weight(index: int, height: str, weight: int) -> None:
    answer = decide("underwriting.bmi_reference_weight", bmi=index, height_m=height)

    assert answer.outcome.weight_kg == weight


@each(
    ("index", "height"),
    [(17, "1.70"), (36, "1.70"), (25, "1.47"), (25, "1.49"), (25, "1.81"), (-1, "1.70")],
)
def test_gives_nothing_beside_the_grid(index: int, height: str) -> None:
    with pytest.raises(CarrierDataMissingError):
        decide("underwriting.bmi_reference_weight", bmi=index, height_m=height)
