"""The application form « PROGRAMME ASSOCIATION » of Croix Bleue: what shows, asks, blocks, hides."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avenant_rules.forms import (
    Declaration,
    FieldProblem,
    Form,
    FormView,
    Group,
    Question,
    canonical_json,
    check_value,
    display,
    form_names,
    form_versions,
    load_form,
    masked_snapshot,
    plan_express_facts,
    snapshot,
)

ROOT = Path(__file__).parents[2]
PACK = ROOT / "carriers" / "croix_bleue"
SEEDS = ROOT.parent / "shared" / "seeds"
PRODUCTS = ["association", "plan_express", "association_and_plan_express"]
TODAY = date(2026, 11, 24)

PERSON = {
    "correspondence_language": "fr", "last_name": "Gagnon", "first_name": "Odette",
    "sex": "female", "birth_date": "1984-03-07", "birth_place": "Rimouski, Canada",
    "sin": "046 454 286", "address": "12, rue du Phare", "city": "Rimouski", "province": "QC",
    "postal_code": "G5L 1A1", "residence_status": "citizen", "has_provincial_health_plan": "yes",
    "travels_abroad": "no", "email": "odette@exemple.ca", "mobile": "418 555-0123",
    "best_time": "evening", "used_tobacco": "no", "ever_used_tobacco": "no",
}  # fmt: skip
FAMILY = {"has_spouse": "no", "has_children": "no", "beneficiary_kind": "estate"}
WORK = {
    "employment_status": "self_employed", "occupation": "Massothérapeute", "employer": "Atelier O",
    "industry": "Soins", "in_occupation_since": "2010-01-01", "business_since": "2012-01-01",
    "employees_count": "0", "hours_per_week": "32", "weeks_per_year": "48",
    "main_duties": "Massages, tenue des dossiers", "duties_office_percent": "20",
    "duties_supervision_percent": "0", "duties_manual_percent": "75",
    "duties_driving_percent": "5", "works_at_home_percent": "100", "has_second_job": "no",
    "income_current": "48 000,00 $", "income_last_year": "45000",
    "income_two_years_ago": "41000", "had_bankruptcy": "no",
}  # fmt: skip
OTHER = {
    "has_insurance_in_force": "no", "replaces_insurance": "no", "has_pending_application": "no",
    "was_declined": "no", "has_group_disability": "no",
}  # fmt: skip
PAYMENT = {
    "holder_is_client": "yes", "needs_two_signatures": "no", "bank_institution": "815",
    "bank_transit": "30123", "bank_account": "1234567", "first_premium_consent": "yes",
}  # fmt: skip
REPRESENTATIVE = {
    "known_since": "over_a_year", "identity_checked": "passport", "own_percent": "100",
    "accepts_benefit_increase": "no", "is_commission_shared": "no",
}  # fmt: skip
MEMBER = {
    "association": "massage_therapists", "membership_number": "M-1024",
    "member_since": "2015-05-01", "had_association_before": "no",
}  # fmt: skip


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(PACK, "association_express")


def typed(form: Form, raw: dict[str, Any]) -> dict[str, Any]:
    """Answers as they are kept, each typed through its own question."""
    answers = {}
    for path, value in raw.items():
        question = form.question(path)
        assert question is not None, path
        kept = check_value(question, value, today=TODAY)
        assert not isinstance(kept, FieldProblem), (path, kept)
        answers[path] = kept
    return answers


def filled(form: Form, product: str, **more: Any) -> dict[str, Any]:
    """A whole application without a spouse or children, every statement exact."""
    raw = {"product": product, **PERSON, **FAMILY, **WORK, **OTHER, **PAYMENT, **REPRESENTATIVE}
    if "association" in product:
        raw |= MEMBER
    if "plan_express" in product:
        raw |= {"wants_critical_illness": "no", "wants_monthly_income": "no"}
    answers = typed(form, raw)
    for _, item in form.items():
        if isinstance(item, Declaration):
            answers |= {statement.id: "exact" for statement in item.statements}
    return {**answers, **more}


def states(form: Form, answers: dict[str, Any]) -> dict[str, str]:
    view = FormView(form, answers)
    return {section.id: view.state(section).state for section in view.sections}


def section_ids(form: Form, answers: dict[str, Any]) -> list[int]:
    return [section.number for section in FormView(form, answers).sections]


@pytest.mark.rule("4/APP-02")
def test_loads_in_every_version() -> None:
    for form_id in form_names(PACK):
        for version in form_versions(PACK, form_id):
            assert load_form(PACK, form_id, version).version == version


@pytest.mark.rule("4/APP-02")
def test_bears_the_title_of_the_menu(form: Form) -> None:
    assert form.title.fr == "PROGRAMME ASSOCIATION"
    assert form.is_demonstration
    assert form.notice is not None


@pytest.mark.rule("4/APP-03")
def test_offers_three_products(form: Form) -> None:
    product = form.question("product")

    assert product is not None
    assert [(one.value, one.label.fr) for one in product.options] == [
        ("association", "Programme Association"),
        ("plan_express", "Plan Express"),
        ("association_and_plan_express", "Programme Association/Plan Express"),
    ]


@pytest.mark.rule("4/APP-19")
@pytest.mark.parametrize(
    ("product", "numbers"),
    [
        (None, [1, 2, 3, 4, 5, 8, 10]),
        ("association", [1, 2, 3, 4, 5, 7, 8, 10]),
        ("plan_express", [1, 2, 3, 4, 5, 6, 8, 10]),
        ("association_and_plan_express", [1, 2, 3, 4, 5, 6, 7, 8, 10]),
    ],
)
def test_shows_the_sections_of_the_product(
    form: Form, product: str | None, numbers: list[int]
) -> None:
    assert section_ids(form, {"product": product}) == numbers


@pytest.mark.rule("4/APP-19", "4/APP-22", "4/APP-23")
@pytest.mark.parametrize(
    ("critical", "income", "declarations"),
    [
        (None, None, ["express_6_3"]),
        ("no", "no", ["express_6_3"]),
        ("yes", "no", ["express_6_3", "express_6_1"]),
        ("no", "yes", ["express_6_3", "express_6_2"]),
        ("yes", "yes", ["express_6_3", "express_6_1", "express_6_2"]),
    ],
)
def test_opens_6_1_and_6_2_by_their_gates(
    form: Form, critical: str | None, income: str | None, declarations: list[str]
) -> None:
    answers = {
        "product": "plan_express",
        "wants_critical_illness": critical,
        "wants_monthly_income": income,
    }

    items = FormView(form, answers).items(form.section("plan_express"))

    assert [one.id for one in items if isinstance(one, Declaration)] == declarations


@pytest.mark.rule("4/APP-20")
def test_numbers_the_declarations_as_the_guide_does(form: Form) -> None:
    declarations = [item for _, item in form.items() if isinstance(item, Declaration)]

    assert {one.id: one.number for one in declarations} == {
        "express_6_3": "6.3",
        "express_6_1": "6.1",
        "express_6_2": "6.2",
        "association_declaration": "7.1",
    }
    for declaration in declarations:
        assert len(declaration.statements) >= 5
        for statement in declaration.statements:
            assert [one.label.fr for one in statement.options] == ["Exact", "Inexact"]


@pytest.mark.rule("4/APP-21", "4/APP-24")
def test_says_what_one_inexact_blocks(form: Form) -> None:
    blocks = {
        item.id: item.on_inexact.blocks
        for _, item in form.items()
        if isinstance(item, Declaration) and item.on_inexact
    }

    assert blocks == {
        "express_6_3": "product",
        "express_6_1": "guarantee",
        "express_6_2": "guarantee",
    }


@pytest.mark.rule("4/APP-05")
@pytest.mark.parametrize("product", PRODUCTS)
def test_is_complete_once_every_shown_section_is_filled(form: Form, product: str) -> None:
    assert set(states(form, filled(form, product)).values()) == {"filled"}


@pytest.mark.rule("4/APP-05")
def test_asks_again_when_the_product_opens_another_section(form: Form) -> None:
    answers = filled(form, "plan_express")

    wider = states(form, {**answers, "product": "association_and_plan_express"})

    assert wider["product_choice"] == "incomplete"
    assert wider["association_program"] == "filled"


@pytest.mark.parametrize("product", PRODUCTS)
def test_misses_any_answer_taken_away(form: Form, product: str) -> None:
    answers = filled(form, product)
    view = FormView(form, answers)
    required = [
        (section.id, item.id)
        for section in view.sections
        for item in view.items(section)
        if isinstance(item, Question) and view.is_required(item)
    ]

    for section_id, path in required:
        without = {key: value for key, value in answers.items() if key != path}
        if section_id in states(form, without):
            assert states(form, without)[section_id] != "filled", path


@pytest.mark.rule("4/APP-22")
def test_wants_every_statement_of_an_open_declaration(form: Form) -> None:
    answers = filled(form, "plan_express", wants_critical_illness="yes")
    statement = "express_6_1.diabetes"

    state = FormView(form, {**answers, statement: None}).state(form.section("plan_express"))

    assert state.missing == (statement,)


@pytest.mark.rule("4/APP-20", "4/APP-21", "4/APP-24")
def test_gives_the_facts_of_the_plan_express_decision(form: Form) -> None:
    answers = {
        "product": "plan_express",
        "wants_critical_illness": "yes",
        "express_6_3.not_in_care": "exact",
        "express_6_1.never_cancer": "inexact",
    }

    facts = plan_express_facts(FormView(form, answers))

    assert facts == {
        "product": "plan_express",
        "wants_critical_illness": True,
        "wants_monthly_income": None,
        "answers_general": ["exact", None, None, None, None, None, None],
        "answers_critical_illness": ["inexact", None, None, None, None, None],
        "answers_monthly_income": [None] * 6,
    }


@pytest.mark.rule("4/APP-21")
def test_remembers_a_refusal_after_the_product_changed(form: Form) -> None:
    answers = {"product": "association", "express_6_3.cancer": "inexact"}

    assert "inexact" in plan_express_facts(FormView(form, answers))["answers_general"]


@pytest.mark.rule("2/ASC-02")
def test_enrols_in_the_association_once_only(form: Form) -> None:
    answers = filled(form, "association", had_association_before="yes")

    state = FormView(form, answers).state(form.section("product_choice"))
    other = states(form, {**answers, "product": "plan_express"})

    assert [one.code for one in state.problems] == ["association_only_once"]
    assert other["product_choice"] == "filled"


@pytest.mark.rule("4/APP-30")
def test_takes_any_number_of_children_and_prints_four(form: Form) -> None:
    group = form.section("family").item("children")
    assert isinstance(group, Group)
    row = {
        "child_last_name": "Roy", "child_first_name": "Zoé", "child_birth_date": "2019-01-01",
        "child_sex": "female", "child_relationship": "own", "is_child_insured": "yes",
    }  # fmt: skip
    rows = [{"row": f"r{number}", **row} for number in range(9)]

    answers = filled(form, "association", has_children="yes", children=rows)

    assert states(form, answers)["family"] == "filled"
    assert (group.max_rows, group.printed_rows) == (None, 4)
    assert FormView(form, answers).role("children") == rows


@pytest.mark.parametrize(
    ("shares", "state"), [(("60", "40"), "filled"), (("60", "39.99"), "incomplete")]
)
def test_wants_beneficiaries_to_share_the_whole(
    form: Form, shares: tuple[str, str], state: str
) -> None:
    rows = [
        {
            "row": share, "beneficiary_name": "Ève Roy", "beneficiary_relationship": "child",
            "beneficiary_share": share, "is_revocable": "yes", "is_minor": "no",
        }
        for share in shares
    ]  # fmt: skip

    answers = filled(form, "association", beneficiary_kind="named", beneficiaries=rows)

    assert states(form, answers)["family"] == state


def test_asks_the_spouse_to_insure_for_what_a_signature_needs(form: Form) -> None:
    answers = {"has_spouse": "yes", "is_spouse_insured": "yes", "spouse_mobile": "+15145550123"}

    state = FormView(form, answers).state(form.section("family"))

    assert "spouse_birth_date" in state.missing
    assert FormView(form, answers).role("spouse_mobile") == "+15145550123"
    assert FormView(form, {**answers, "is_spouse_insured": "no"}).role("spouse_mobile") is None


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("duties_manual_percent", "70", "duties_total"),
        ("replaces_insurance", "yes", None),
    ],
)
def test_holds_answers_together(form: Form, field: str, value: str, code: str | None) -> None:
    answers = filled(form, "association", **{field: value})
    section = form.section_of(field)
    assert section is not None

    state = FormView(form, answers).state(section)

    assert state.state == "incomplete"
    assert [one.code for one in state.problems] == ([code] if code else [])


def test_stops_a_replacement_without_its_notice(form: Form) -> None:
    answers = filled(
        form,
        "association",
        replaces_insurance="yes",
        replacement_reason="Prime plus basse",
        replacement_notice_given="no",
    )

    state = FormView(form, answers).state(form.section("other_insurance"))

    assert [one.code for one in state.problems] == ["replacement_notice"]


@pytest.mark.rule("4/APP-26", "4/PAY-01", "4/PAY-02")
def test_asks_for_a_bank_debit_and_nothing_else(form: Form) -> None:
    payment = form.section("payment")
    bank = [one for one in payment.items if isinstance(one, Question) and one.privacy == "bank"]

    assert [one.type for one in bank] == ["bank_institution", "bank_transit", "bank_account"]
    assert {item.type for item in payment.items if isinstance(item, Question)} == {
        "yes_no", "text", "integer", "bank_institution", "bank_transit", "bank_account",
    }  # fmt: skip


@pytest.mark.rule("4/PAY-04")
def test_leaves_the_debit_day_blank_if_wanted(form: Form) -> None:
    day = form.question("debit_day")
    assert day is not None

    assert day.required is False
    assert display(day, None, "fr", "client") == "Le jour de la date d'entrée en vigueur"
    assert check_value(day, "28") == 28
    assert isinstance(check_value(day, "29"), FieldProblem)
    assert day.help is not None
    assert "deux premières primes" in day.help.fr


@pytest.mark.rule("4/PAY-03")
def test_asks_for_the_first_premium_before_the_study(form: Form) -> None:
    consent = form.question("first_premium_consent")

    assert consent is not None
    assert consent.type == "yes_no"
    assert consent.required is True


@pytest.mark.rule("4/PAY-02")
@pytest.mark.parametrize("viewer", ["advisor", "mga", "underwriter", "manager"])
def test_masks_bank_numbers_for_all_but_the_client_and_the_carrier(form: Form, viewer: str) -> None:
    answers = filled(form, "association")
    content = snapshot(FormView(form, answers), form.section("payment"), "fr")

    masked = canonical_json(masked_snapshot(content, viewer)).decode()

    assert '"value":"1234567"' in canonical_json(content).decode()
    for number in ("1234567", '"30123"', '"815"'):
        assert number not in masked


@pytest.mark.rule("4/APP-28")
def test_sends_every_section_but_the_representatives(form: Form) -> None:
    assert {one.number: one.confirmed_by for one in form.sections} == {
        **dict.fromkeys([1, 2, 3, 4, 5, 6, 7, 8], "client"),
        10: "nobody",
    }
    notice = form.section("representative").notice
    assert notice is not None
    assert "imprimée" in notice.fr


@pytest.mark.rule("4/APP-29", "4/APP-33", "4/APP-34")
@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("remarks", "Remarques"),
        ("own_percent", "Le pourcentage actuel est de"),
        ("second_name", "Nom du représentant 2"),
        ("second_code", "Code du représentant 2"),
        ("second_percent", "Répartition (%) pour le représentant 2"),
    ],
)
def test_bears_the_labels_of_the_guide(form: Form, path: str, label: str) -> None:
    question = form.question(path)

    assert question is not None
    assert question.label.fr == label


@pytest.mark.rule("4/APP-33", "4/APP-34", "4/APP-35")
@pytest.mark.parametrize(
    ("own", "shared", "second", "state"),
    [
        ("100", "no", None, "filled"),
        ("99.99", "no", None, "incomplete"),
        ("60", "yes", "40", "filled"),
        ("33.33", "yes", "66.67", "filled"),
        ("60", "yes", "39.99", "incomplete"),
        ("60", "yes", None, "incomplete"),
    ],
)
def test_shares_the_whole_commission(
    form: Form, own: str, shared: str, second: str | None, state: str
) -> None:
    answers = filled(
        form,
        "association",
        own_percent=own,
        is_commission_shared=shared,
        second_name="Luc Roy",
        second_code="D-204",
        second_percent=second,
    )

    assert states(form, answers)["representative"] == state


@pytest.mark.rule("4/APP-31")
def test_wants_a_guarantee_for_the_automatic_increase(form: Form) -> None:
    answers = filled(form, "association", accepts_benefit_increase="yes")
    chosen = {**answers, "benefit_increase_guarantees": ["disability_sickness"]}

    assert states(form, answers)["representative"] == "incomplete"
    assert states(form, chosen)["representative"] == "filled"


def test_keeps_health_and_bank_answers_apart(form: Form) -> None:
    for _, item in form.items():
        if isinstance(item, Declaration):
            assert item.privacy == "health"
            assert {one.privacy for one in item.statements} == {"health"}


def choose(question: Question, draw: st.DrawFn) -> Any:
    """A canonical value of a question, or nothing."""
    typed: dict[str, Any] = {
        "yes_no": ["yes", "no"], "date": ["1984-03-07"], "money": ["0.00", "1500.00"],
        "percent": ["40", "100"], "integer": [0, 28], "choices": [[one.value] for one in
        question.options],
    }  # fmt: skip
    known = typed.get(question.type) or [one.value for one in question.options] or ["123456789"]
    return draw(st.sampled_from([None, *known]))


@st.composite
def any_answers(draw: st.DrawFn) -> dict[str, Any]:
    """Any mix of answers, those of hidden sections included."""
    answers: dict[str, Any] = {}
    for _, item in load_form(PACK, "association_express").items():
        if isinstance(item, Question):
            answers[item.id] = choose(item, draw)
        elif isinstance(item, Declaration):
            answers |= {one.id: choose(one, draw) for one in item.statements}
        elif isinstance(item, Group):
            count = draw(st.integers(0, 2))
            answers[item.id] = [
                {"row": str(row), **{one.id: choose(one, draw) for one in item.questions}}
                for row in range(count)
            ]
    return answers


@settings(max_examples=60, deadline=None)
@given(any_answers())
def test_reads_any_mix_of_answers_and_forgets_the_hidden(answers: dict[str, Any]) -> None:
    form = load_form(PACK, "association_express")
    view = FormView(form, answers)
    shown = {item.id for section in view.sections for item in view.items(section)}

    only_shown = {key: value for key, value in answers.items() if key.split(".")[0] in shown}
    again = FormView(form, only_shown)

    for section in view.sections:
        assert again.state(section) == view.state(section)
        for language in ("fr", "en"):
            content = snapshot(FormView(form, answers), section, language)
            assert content == snapshot(FormView(form, only_shown), section, language)
            assert canonical_json(content)
    assert again.sections == view.sections
