"""Where products are sold, the place of each coverage, and which go together."""

from typing import get_args

import pytest

from avenant_rules.decision import decide
from avenant_rules.decisions.product.codes import Coverage, Product, Province
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each

SOLD = {
    "ami": {"QC"},
    "blue_choice": {"ON"},
    "blue_choice_balance": {"ON"},
    "basic_blue_choice": {"ON"},
    "blue_vision": {"ON"},
    "flex_bleue": {"QC"},
    "mortgage_plan": {"QC", "ON"},
    "tangible": {"QC", "ON"},
}


def available(product, province, age=None, **settings):
    return decide(
        "product.availability",
        product=product,
        province=province,
        age_years=age,
        settings={f"product.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("1/PROD-01")
@each("product", sorted(SOLD))
def test_sells_each_product_in_its_provinces(product):
    for province in get_args(Province.__value__):
        outcome = available(product, province).outcome

        assert outcome.is_available is (province in SOLD[product]), province


@pytest.mark.rule("1/PROD-02")
@each(
    ("age", "expected"),
    [(0, False), (15, False), (16, True), (17, True), (120, True), (None, True)],
)
def test_sells_ami_from_16(age, expected):
    assert available("ami", "QC", age).outcome.is_available is expected


def test_asks_no_age_of_other_products():
    assert available("flex_bleue", "QC", 3).outcome.is_available is True


def test_says_both_the_province_and_the_age():
    answer = available("ami", "ON", 15)

    assert answer.outcome.is_available is False
    assert [said.rule for said in answer.because] == [
        "1/PROD-01", "1/AMB-40", "1/PROD-02", "1/PROD-02",
    ]  # fmt: skip


def test_names_the_counterpart_in_the_other_province():
    assert "Flex Bleue" in available("blue_vision", "QC").because[0].text
    assert "Blue Vision" in available("flex_bleue", "ON").because[0].text


@pytest.mark.rule("1/AMB-40")
@each(("age", "expected"), [(15, False), (16, True), (None, True)])
def test_sells_ami_everywhere_where_the_carrier_reads_it_so(age, expected):
    outcome = available("ami", "ON", age, ami_provinces="everywhere").outcome

    assert outcome.is_available is expected


@pytest.mark.rule("1/AMB-40")
def test_does_not_invent_where_travel_insurance_is_sold():
    with pytest.raises(CarrierDataMissingError):
        available("travel", "QC")
    for province in get_args(Province.__value__):
        outcome = available(
            "travel", province, travel_provinces="where_the_carrier_operates"
        ).outcome
        assert outcome.is_available is (province in {"QC", "ON"})


UNDERWRITTEN = {
    "base": {
        "disability_accident", "disability_sickness", "monthly_income_accident",
        "monthly_income_sickness", "overhead_expense", "term_life_65", "hospital_income",
        "supplementary_health",
    },
    "option": {
        "own_occupation_accident", "own_occupation_sickness", "return_of_premiums_65_accident",
        "return_of_premiums_65_sickness", "drugs", "dental_care",
    },
}  # fmt: skip
EXPRESS_BASE = {
    "life_express", "accidental_death", "accidental_loss_of_use", "hospital_income_express",
    "critical_illness_assistance", "monthly_income_accident_express",
    "monthly_income_sickness_express", "accidental_fracture", "home_adaptation",
    "accident_medical_expenses", "children_life_and_accident",
}  # fmt: skip
EXPRESS_OPTION = {"return_of_premiums_on_death", "return_of_premiums_at_maturity", "travel"}
PLACES = {
    ("ami", None): {
        "base": {"hospitalisation", "diagnostic_services", "supplementary_health"},
        "option": {"home_care_and_assistance"},
    },
    ("blue_choice", None): {
        "base": {"supplementary_health", "travel", "hospitalisation"},
        "option": {"drugs", "dental_care"},
    },
    ("blue_choice_balance", None): {
        "base": {
            "supplementary_health", "accidental_death_and_loss_of_use", "dental_care", "drugs",
            "travel",
        },
        "option": {"hospitalisation"},
    },
    ("basic_blue_choice", None): {
        "base": {
            "supplementary_health", "accidental_death_or_dismemberment", "dental_care", "drugs",
            "travel",
        },
        "option": {"hospitalisation"},
    },
    ("blue_vision", "plan_global"): UNDERWRITTEN,
    ("flex_bleue", "plan_flex"): UNDERWRITTEN,
    ("blue_vision", "plan_express"): {
        "base": EXPRESS_BASE | {"home_care"},
        "option": EXPRESS_OPTION | {"health_package", "dental_care"},
    },
    ("flex_bleue", "plan_express"): {
        "base": EXPRESS_BASE,
        "option": EXPRESS_OPTION | {"home_care"},
    },
    ("mortgage_plan", None): {"base": {"mortgage_life", "mortgage_disability"}, "option": set()},
    ("tangible", None): {
        "base": {
            "critical_illness", "multiple_protection", "facility_care", "out_of_facility_care",
            "hospitalisation_loss_of_autonomy", "life_hybrid", "critical_illness_hybrid",
            "loss_of_autonomy_hybrid", "disability_hybrid", "out_of_facility_care_hybrid",
        },
        "option": {
            "return_of_premiums_20", "return_of_premiums_65", "return_of_premiums_on_death",
            "waiver_of_premiums_insured", "waiver_of_premiums_policyholder",
            "cost_of_living_increase_facility", "cost_of_living_increase_out_of_facility",
            "own_occupation",
        },
    },
    ("blue_vision", "plan_flex"): {"base": set(), "option": set()},
    ("flex_bleue", "plan_global"): {"base": set(), "option": set()},
    ("blue_choice", "plan_express"): {"base": set(), "option": set()},
}  # fmt: skip


@pytest.mark.rule("1/PROD-02")
@pytest.mark.rule("1/PROD-03")
@pytest.mark.rule("1/PROD-04")
@pytest.mark.rule("1/PROD-05")
@pytest.mark.rule("1/PROD-06")
@pytest.mark.rule("1/PROD-07")
@pytest.mark.rule("1/PROD-08")
@pytest.mark.rule("1/PROD-09")
@pytest.mark.rule("1/PROD-10")
@each(("product", "plan"), list(PLACES))
def test_gives_each_coverage_its_place(product, plan):
    kinds = {
        coverage: decide(
            "product.coverage_kind", product=product, plan=plan, coverage=coverage
        ).outcome.kind
        for coverage in get_args(Coverage.__value__)
    }

    place = PLACES[(product, plan)]
    assert {one for one, kind in kinds.items() if kind == "base"} == place["base"]
    assert {one for one, kind in kinds.items() if kind == "option"} == place["option"]


@each(
    ("product", "plans"),
    [
        ("blue_vision", ("plan_global", "plan_express")),
        ("flex_bleue", ("plan_flex", "plan_express")),
    ],
)
def test_takes_the_product_as_a_whole_when_no_plan_is_named(product, plans):
    for coverage in get_args(Coverage.__value__):
        kinds = {
            decide(
                "product.coverage_kind", product=product, plan=plan, coverage=coverage
            ).outcome.kind
            for plan in plans
        } - {"not_offered"}
        whole = decide("product.coverage_kind", product=product, coverage=coverage).outcome.kind
        assert whole == (kinds.pop() if kinds else "not_offered")
        assert not kinds


@pytest.mark.rule("1/PROD-19")
def test_does_not_invent_the_coverages_of_travel_insurance():
    for name, facts in (
        ("product.coverage_kind", {"coverage": "travel"}),
        ("product.basket", {"coverages": ["travel"]}),
    ):
        with pytest.raises(CarrierDataMissingError):
            decide(name, {"product": "travel"} | facts)


def basket(product, *coverages, plan=None, **settings):
    return decide(
        "product.basket",
        product=product,
        plan=plan,
        coverages=list(coverages),
        settings={f"product.{name}": value for name, value in settings.items()},
    )


def check(answer, is_valid, *missing):
    assert answer.outcome.is_valid is is_valid
    assert answer.outcome.missing_coverages == set(missing)


@pytest.mark.rule("1/PROD-02")
@pytest.mark.rule("1/AMB-41")
@each(
    ("coverages", "is_valid", "missing"),
    [
        ("hospitalisation diagnostic_services", True, ""),
        ("hospitalisation supplementary_health", True, ""),
        ("hospitalisation supplementary_health home_care_and_assistance", True, ""),
        ("hospitalisation diagnostic_services supplementary_health", False, ""),
        ("diagnostic_services supplementary_health", False, "hospitalisation"),
        ("hospitalisation", False, ""),
        ("diagnostic_services", False, "hospitalisation"),
        ("home_care_and_assistance", False, "hospitalisation"),
        ("", False, "hospitalisation"),
        ("hospitalisation diagnostic_services drugs", False, ""),
    ],
)
def test_takes_one_pair_of_ami(coverages, is_valid, missing):
    check(basket("ami", *coverages.split()), is_valid, *missing.split())


@pytest.mark.rule("1/AMB-41")
@each(
    ("coverages", "is_valid", "missing"),
    [
        ("hospitalisation diagnostic_services supplementary_health", True, ""),
        ("diagnostic_services supplementary_health", False, "hospitalisation"),
        ("hospitalisation", False, ""),
    ],
)
def test_takes_both_pairs_where_the_carrier_allows_it(coverages, is_valid, missing):
    answer = basket("ami", *coverages.split(), ami_pairs="both_allowed")

    check(answer, is_valid, *missing.split())


@pytest.mark.rule("1/PROD-03")
@pytest.mark.rule("1/PROD-04")
@pytest.mark.rule("1/PROD-05")
@each("product", ["blue_choice", "blue_choice_balance", "basic_blue_choice"])
def test_takes_the_base_of_the_blue_choice_products_whole(product):
    base, options = PLACES[(product, None)]["base"], PLACES[(product, None)]["option"]

    check(basket(product, *base), True)
    check(basket(product, *base, *options), True)
    check(basket(product, *options), False, *base)
    check(basket(product), False, *base)
    for coverage in base:
        check(basket(product, *(base - {coverage})), False, coverage)
    check(basket(product, *base, "home_care"), False)


@pytest.mark.rule("1/PROD-16")
@each(
    ("product", "plan", "coverages", "is_valid", "missing"),
    [
        ("flex_bleue", "plan_flex", "disability_accident own_occupation_accident", True, ""),
        (
            "flex_bleue",
            "plan_flex",
            "disability_accident own_occupation_sickness",
            False,
            "disability_sickness",
        ),
        (
            "blue_vision",
            "plan_global",
            "disability_sickness return_of_premiums_65_accident",
            False,
            "disability_accident",
        ),
        ("flex_bleue", "plan_flex", "drugs", False, "supplementary_health"),
        ("flex_bleue", "plan_flex", "drugs hospital_income", False, "supplementary_health"),
        ("flex_bleue", "plan_flex", "drugs dental_care supplementary_health", True, ""),
        ("flex_bleue", "plan_flex", "life_express", False, ""),
        ("flex_bleue", None, "life_express overhead_expense", True, ""),
        (
            "blue_vision",
            "plan_express",
            "return_of_premiums_at_maturity",
            False,
            "critical_illness_assistance",
        ),
        (
            "blue_vision",
            "plan_express",
            "hospital_income_express return_of_premiums_on_death",
            True,
            "",
        ),
        ("blue_vision", "plan_express", "health_package", False, ""),
        ("blue_vision", "plan_express", "health_package home_care", True, ""),
        ("blue_vision", "plan_express", "dental_care accidental_fracture", True, ""),
        ("blue_vision", "plan_express", "dental_care supplementary_health", False, ""),
        ("blue_vision", None, "dental_care supplementary_health", True, ""),
        ("blue_vision", None, "dental_care", False, ""),
        ("flex_bleue", "plan_express", "home_care", False, ""),
        ("flex_bleue", "plan_express", "home_care home_adaptation travel", True, ""),
        ("flex_bleue", "plan_express", "home_adaptation health_package", False, ""),
        ("flex_bleue", "plan_express", "children_life_and_accident", True, ""),
        ("flex_bleue", "plan_global", "overhead_expense", False, ""),
        ("blue_choice", "plan_express", "travel", False, ""),
        ("flex_bleue", None, "", False, ""),
        ("mortgage_plan", None, "mortgage_life", True, ""),
        ("mortgage_plan", None, "mortgage_disability", True, ""),
        ("mortgage_plan", None, "mortgage_life mortgage_disability", True, ""),
        ("mortgage_plan", None, "", False, ""),
    ],
)
def test_holds_an_option_with_its_base(product, plan, coverages, is_valid, missing):
    check(basket(product, *coverages.split(), plan=plan), is_valid, *missing.split())


HYBRIDS = ("life_hybrid", "critical_illness_hybrid", "loss_of_autonomy_hybrid", "disability_hybrid")


@pytest.mark.rule("1/PROD-12")
@pytest.mark.rule("1/PROD-13")
@pytest.mark.rule("1/PROD-14")
@each(
    ("coverages", "is_valid", "missing"),
    [
        ("critical_illness return_of_premiums_20", True, ""),
        ("critical_illness return_of_premiums_65 waiver_of_premiums_insured", True, ""),
        ("critical_illness return_of_premiums_20 return_of_premiums_65", False, ""),
        ("multiple_protection return_of_premiums_20", True, ""),
        ("multiple_protection return_of_premiums_65", False, "critical_illness"),
        (
            "critical_illness multiple_protection return_of_premiums_20 return_of_premiums_65",
            True,
            "",
        ),
        ("critical_illness waiver_of_premiums_policyholder", False, ""),
        ("multiple_protection waiver_of_premiums_policyholder", True, ""),
        ("facility_care cost_of_living_increase_facility return_of_premiums_on_death", True, ""),
        ("facility_care cost_of_living_increase_out_of_facility", False, ""),
        ("out_of_facility_care", False, "facility_care"),
        ("out_of_facility_care facility_care cost_of_living_increase_out_of_facility", True, ""),
        ("hospitalisation_loss_of_autonomy", True, ""),
        ("hospitalisation_loss_of_autonomy return_of_premiums_on_death", False, ""),
        ("life_hybrid out_of_facility_care_hybrid waiver_of_premiums_policyholder", True, ""),
        ("critical_illness_hybrid waiver_of_premiums_policyholder", True, ""),
        ("loss_of_autonomy_hybrid waiver_of_premiums_insured", True, ""),
        ("loss_of_autonomy_hybrid waiver_of_premiums_policyholder", False, ""),
        (
            "loss_of_autonomy_hybrid out_of_facility_care_hybrid waiver_of_premiums_policyholder",
            False,
            "",
        ),
        ("disability_hybrid waiver_of_premiums_insured", False, ""),
        ("disability_hybrid own_occupation out_of_facility_care_hybrid", True, ""),
        ("life_hybrid own_occupation", False, "disability_hybrid"),
        ("mortgage_life", False, ""),
    ],
)
def test_combines_the_coverages_of_tangible_as_printed(coverages, is_valid, missing):
    check(basket("tangible", *coverages.split()), is_valid, *missing.split())


@pytest.mark.rule("1/PROD-14")
@each("hybrid", HYBRIDS)
def test_lets_every_hybrid_follow_the_cost_of_living(hybrid):
    check(
        basket(
            "tangible",
            hybrid,
            "cost_of_living_increase_facility",
            "cost_of_living_increase_out_of_facility",
        ),
        True,
    )


@pytest.mark.rule("1/AMB-41")
@each(
    ("product", "plan", "coverages", "is_valid", "missing"),
    [
        ("flex_bleue", "plan_flex", "drugs hospital_income", True, ""),
        ("flex_bleue", "plan_flex", "drugs", False, "supplementary_health"),
        (
            "flex_bleue",
            "plan_flex",
            "disability_accident own_occupation_sickness",
            False,
            "disability_sickness",
        ),
        ("tangible", None, "loss_of_autonomy_hybrid waiver_of_premiums_policyholder", True, ""),
        ("tangible", None, "life_hybrid out_of_facility_care", False, "facility_care"),
    ],
)
def test_rests_an_option_on_any_base_where_the_carrier_reads_it_so(
    product, plan, coverages, is_valid, missing
):
    answer = basket(product, *coverages.split(), plan=plan, option_base="any_base")

    check(answer, is_valid, *missing.split())


@pytest.mark.rule("1/PROD-11")
@pytest.mark.rule("1/AMB-41")
def test_takes_both_mortgage_coverages_where_the_carrier_wants_them():
    both = {"mortgage_coverages": "both"}

    check(basket("mortgage_plan", "mortgage_life", **both), False, "mortgage_disability")
    check(basket("mortgage_plan", "mortgage_life", "mortgage_disability", **both), True)


def test_says_every_obstacle_of_a_basket():
    answer = basket("blue_choice", "drugs", "home_care", "travel")

    check(answer, False, "supplementary_health", "hospitalisation")
    assert [said.rule for said in answer.because] == ["1/PROD-03", "1/PROD-03"]
    assert "Soins à domicile" in answer.because[0].text


def test_knows_every_product_of_the_contract():
    assert set(get_args(Product.__value__)) == {*SOLD, "travel"}


@pytest.mark.rule("1/PROD-01")
@each(
    ("product", "section"),
    [
        ("ami", "section 1"),
        ("blue_choice", "section 2"),
        ("blue_choice_balance", "section 2"),
        ("basic_blue_choice", "section 2"),
        ("blue_vision", "section 3"),
        ("flex_bleue", "section 4"),
        ("mortgage_plan", "section 5"),
        ("tangible", "section 6"),
    ],
)
def test_cites_the_section_of_the_product(product, section):
    for province in get_args(Province.__value__):
        source = available(product, province).because[0].source

        is_of_both = product in ("mortgage_plan", "tangible") and province not in ("QC", "ON")
        assert source.endswith("sections 5 et 6" if is_of_both else section)
