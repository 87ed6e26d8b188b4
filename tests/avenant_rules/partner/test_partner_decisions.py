"""A partner's request file, what a partner may sell, sponsorship."""

from itertools import product

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

AGREEMENT = [
    "certificate_copy",
    "liability_insurance_copy",
    "specimen_cheque",
    "signed_agreement",
    "independent_representative_sheet",
]
BANK = ["bank_change_form", "new_account_specimen_cheque", "distributor_number"]
PROVINCES = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]


@pytest.mark.rule("1/AGR-04")
@pytest.mark.rule("1/AGR-11")
@each(("request_", "needed"), [("agreement", AGREEMENT), ("bank_account_change", BANK)])
def test_names_each_item_that_is_missing(request_, needed):
    other = BANK if needed is AGREEMENT else AGREEMENT
    for absent in [[], *([one] for one in needed), needed]:
        items = [one for one in needed if one not in absent] + other

        outcome = decide("partner.request_completeness", request=request_, items=items).outcome

        assert outcome.missing == set(absent)
        assert outcome.is_complete is (not absent)


def may_sell(settings=None, **changed):
    facts = {
        "province": "QC",
        "partner_type": "independent",
        "certificate": "insurance_of_persons",
        "certificate_province": "QC",
        "is_certificate_valid": True,
        "line": "individual",
        "has_principal_general_representative": True,
    }
    return decide("partner.selling_authority", facts | changed, settings=settings)


@pytest.mark.rule("1/AGR-05")
@pytest.mark.rule("1/AMB-37")
@each("province", PROVINCES)
@each("partner_type", ["independent", "brokerage_firm"])
def test_admits_firms_in_quebec_and_ontario_and_independents_everywhere(province, partner_type):
    facts = {
        "province": province,
        "certificate_province": province,
        "partner_type": partner_type,
    }

    expected = partner_type == "independent" or province in {"QC", "ON"}
    assert may_sell(**facts).outcome.is_allowed is expected
    admitted = may_sell({"partner.firms_in_other_provinces": "as_independent"}, **facts)
    assert admitted.outcome.is_allowed is True


@pytest.mark.rule("1/AGR-05")
@each(("sales", "certificate"), list(product(["QC", "ON", "MB"], repeat=2)))
def test_takes_the_certificate_of_the_province_of_the_sales(sales, certificate):
    answer = may_sell(province=sales, certificate_province=certificate)

    assert answer.outcome.is_allowed is (sales == certificate)


@pytest.mark.rule("1/AGR-06")
@pytest.mark.rule("1/AGR-12")
@pytest.mark.rule("1/AGR-13")
@each(
    ("changed", "expected"),
    [
        ({}, True),
        ({"certificate": "damage_insurance"}, False),
        ({"is_certificate_valid": False}, False),
        ({"has_principal_general_representative": False}, False),
        ({"has_principal_general_representative": False, "line": "travel"}, True),
        ({"certificate": "damage_insurance", "line": "travel"}, False),
    ],
)
def test_wants_a_valid_certificate_and_a_representative_for_individual_insurance(changed, expected):
    assert may_sell(**changed).outcome.is_allowed is expected


def test_says_every_obstacle():
    answer = may_sell(
        province="MB",
        partner_type="brokerage_firm",
        certificate="damage_insurance",
        is_certificate_valid=False,
        has_principal_general_representative=False,
    )

    assert [said.rule for said in answer.because] == [
        "1/AGR-05", "1/AMB-37", "1/AGR-06", "1/AGR-05", "1/AGR-05", "1/AGR-12",
    ]  # fmt: skip


OFFERED = {
    "ON": {"new_agent", "transfer", "return_to_industry"},
    **dict.fromkeys(["NB", "NL", "NS", "PE"], {"new_agent", "renewal"}),
}


@pytest.mark.rule("1/AGR-15")
@pytest.mark.rule("1/AGR-16")
@pytest.mark.rule("1/AGR-17")
@pytest.mark.rule("1/AGR-20")
@pytest.mark.rule("3/GLO-11")
@each("province", PROVINCES)
@each("kind", ["new_agent", "transfer", "return_to_industry", "renewal"])
def test_sponsors_in_ontario_and_the_atlantic_provinces(province, kind):
    outcome = decide("partner.sponsorship", province=province, request_type=kind).outcome

    assert outcome.is_offered is (kind in OFFERED.get(province, set()))
    extra = {"current_sponsorship_end_date"} if (province, kind) == ("ON", "transfer") else set()
    assert outcome.extra_information == extra
