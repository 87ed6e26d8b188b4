"""Life claims: what proves the death, the documents, and who signs."""

from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each

FUNERAL = "funeral_home_attestation"
QUEBEC = ["qc_civil_status_death_certificate", "qc_civil_status_act_of_death"]
ONTARIO = ["on_registrar_general_death_certificate", "on_registrar_general_act_of_death"]


def is_accepted(amount: str, document: str, *, is_original: bool = True, **settings: str) -> bool:
    found: bool = decide(
        "claims.death_proof",
        benefit_amount=amount,
        document=document,
        is_original=is_original,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome.is_accepted
    return found


@pytest.mark.rule("3/LIF-11")
@each(
    ("amount", "is_enough"),
    [("0.00", True), ("49999.99", True), ("50000.00", False), ("50000.01", False)],
)
def test_takes_a_funeral_home_s_attestation_under_fifty_thousand(
    amount: str, is_enough: bool
) -> None:
    assert is_accepted(amount, FUNERAL) is is_enough


@pytest.mark.rule("3/LIF-11")
@each("document", QUEBEC + ONTARIO)
@each("amount", ["100.00", "49999.99", "50000.00", "900000.00"])
def test_takes_the_papers_of_both_registrars_at_any_amount(amount: str, document: str) -> None:
    assert is_accepted(amount, document)


@pytest.mark.rule("3/LIF-10")
@each("document", [FUNERAL, *QUEBEC, *ONTARIO])
@each("amount", ["100.00", "50000.00", "900000.00"])
def test_never_takes_a_copy(amount: str, document: str) -> None:
    assert not is_accepted(amount, document, is_original=False)


@pytest.mark.rule("3/CAMB-17")
def test_reads_the_table_of_death_documents_either_way() -> None:
    lower = {"death_proof_at_threshold": "lower_list"}

    assert is_accepted("50000.00", FUNERAL, **lower)
    assert not is_accepted("50000.01", FUNERAL, **lower)
    assert not is_accepted("100.00", ONTARIO[0], ontario_paper_below="refused")
    assert is_accepted("60000.00", ONTARIO[0], ontario_paper_below="refused")
    copies = {"is_original": False, "upper_list_copy": "copy_accepted"}
    assert is_accepted("60000.00", QUEBEC[0], **copies)  # type: ignore[arg-type]
    assert not is_accepted("100.00", QUEBEC[0], **copies)  # type: ignore[arg-type]


BASE = {"claimant_statement", "authorisation", "physician_statement", "death_certificate"}
SEARCH = {"will_search_certificate_chambre_des_notaires", "will_search_certificate_barreau"}


def documents(province: str, *beneficiaries: str, **facts: Any) -> Any:
    settings = facts.pop("settings", None)
    known = {"province": province, "designated_beneficiaries": list(beneficiaries)}
    return decide("claims.life_documents", known | facts, settings=settings)


@pytest.mark.rule("3/LIF-04")
@each("province", ["QC", "ON", "AB"])
def test_asks_a_designated_beneficiary_for_the_base_documents(province: str) -> None:
    outcome = documents(province, "A").outcome

    assert outcome.documents == BASE
    assert outcome.statement_signatory == "each_beneficiary"


@pytest.mark.rule("3/LIF-05")
@pytest.mark.rule("3/LIF-06")
@each(
    ("province", "has_will", "has_contract", "more", "signatory"),
    [
        ("QC", True, None, {"last_will_copy"} | SEARCH, "liquidator"),
        ("QC", False, True, {"marriage_contract_copy"} | SEARCH, "liquidator"),
        ("QC", False, False, SEARCH, "liquidator"),
        ("ON", True, None, {"last_will_copy", "certificate_of_appointment_with_will"},
         "estate_trustee"),
        ("ON", False, None, {"certificate_of_appointment_without_will"}, "estate_trustee"),
    ],
)  # fmt: skip
def test_asks_the_succession_for_the_papers_of_its_province(
    province: str, has_will: bool, has_contract: bool | None, more: set[str], signatory: str
) -> None:
    outcome = documents(province, has_will=has_will, has_marriage_contract=has_contract).outcome

    assert outcome.documents == BASE | more
    assert outcome.statement_signatory == signatory
    assert outcome.missing_statements == []


@pytest.mark.rule("3/LIF-05")
@pytest.mark.rule("3/LIF-06")
def test_needs_to_know_of_the_will_and_of_the_marriage_contract() -> None:
    assert documents("QC").unknown == ("has_will",)
    assert documents("ON").unknown == ("has_will",)
    assert documents("QC", has_will=False).unknown == ("has_marriage_contract",)


@pytest.mark.rule("3/GLO-20")
def test_knows_no_succession_outside_the_two_provinces() -> None:
    with pytest.raises(CarrierDataMissingError):
        documents("NB", has_will=True)


@pytest.mark.rule("3/CAMB-19")
@each(("reading", "search"), [("always", SEARCH), ("with_a_will", set())])
def test_searches_for_a_will_either_way(reading: str, search: set[str]) -> None:
    settings = {"claims.search_certificates": reading}

    without = documents("QC", has_will=False, has_marriage_contract=True, settings=settings).outcome
    with_will = documents("QC", has_will=True, settings=settings).outcome

    assert without.documents == BASE | {"marriage_contract_copy"} | search
    assert with_will.documents >= SEARCH


@pytest.mark.rule("3/LIF-07")
def test_names_every_beneficiary_who_has_not_signed() -> None:
    assert documents("QC", "A", "B", "C").outcome.missing_statements == ["A", "B", "C"]
    assert documents(
        "QC", "A", "B", "C", statements_signed_by=["C", "X", "A"]
    ).outcome.missing_statements == ["B"]


@pytest.mark.rule("3/LIF-07")
def test_counts_two_people_of_one_name() -> None:
    outcome = documents("QC", "Jean", "Jean", statements_signed_by=["Jean"]).outcome

    assert outcome.missing_statements == ["Jean"]
