"""Passwords, invitation, activation."""

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


@pytest.mark.rule("4/AUT-04")
@each(
    ("password", "unmet"),
    [
        ("Smatis2023!", {"length"}),
        ("Smatis-2023!", set()),
        ("Smatis-2023!x", set()),
        ("smatis-2023!", {"upper_case"}),
        ("SMATIS-2023!", {"lower_case"}),
        ("Smatis-année", {"digit"}),
        ("Smatis202301", {"special_character"}),
        ("Smatis 20231", set()),
        ("Éàùîôïäöü12!", set()),
        ("éàùîôïäöü12!", {"upper_case"}),
        ("aaaaaaaaaaaa", {"upper_case", "digit", "special_character"}),
        ("SMATIS-2023a", set()),
        ("", {"length", "upper_case", "lower_case", "digit", "special_character"}),
        ("Smatis202301€", set()),
        ("Smatis202301😀", set()),
        ("Smatis202301\u200b", {"special_character"}),
        ("Smatis2023\t01", {"special_character"}),
        ("A1!" + "a" * 125, set()),
        ("A1!" + "a" * 1000, set()),
    ],
)
def test_names_every_rule_a_password_does_not_meet(password: str, unmet: set[str]) -> None:
    given = decide("account.password_policy", password=password).outcome

    assert given.unmet == unmet
    assert given.is_valid is not bool(unmet)


@pytest.mark.rule("4/AUT-04")
def test_counts_an_accented_letter_once_however_it_is_encoded() -> None:
    # Eleven letters and digits; the acute accent is written as a mark of its own.
    given = decide("account.password_policy", password="Sme\u0301tis202301").outcome

    assert given.unmet == {"special_character"}


@pytest.mark.rule("4/AUT-04")
@each("password", [" Smatis-2023!", "Smatis-2023! ", "Smatis20231 "])
def test_refuses_a_space_at_either_end(password: str) -> None:
    given = decide("account.password_policy", password=password).outcome

    assert given.is_valid is False
    assert "special_character" in given.unmet


@pytest.mark.rule("4/AUT-04")
def test_says_one_line_per_rule() -> None:
    answer = decide("account.password_policy", password="smatis")

    assert [reason.row for reason in answer.because] == [
        "characters_from",
        "upper_case_from",
        "digits_from",
        "special_characters_from",
    ]


EVENTS = ["register", "follow_activation_link", "set_password_from_email", "log_in"]
STEPS = {
    ("none", "register"): "pending_activation",
    ("pending_activation", "follow_activation_link"): "active",
    ("invited", "set_password_from_email"): "active",
}


@pytest.mark.rule("4/AUT-01", "4/AUT-03", "4/AUT-05", "4/AUT-06", "4/AUT-10", "4/AUT-11")
@pytest.mark.rule("3/PAY-03", "3/PAY-04", "4/11.11")
@each("state", ["none", "invited", "pending_activation", "active"])
@each("event", EVENTS)
def test_lets_in_the_owners_of_active_accounts_alone(state: str, event: str) -> None:
    given = decide("account.activation", state=state, event=event).outcome

    assert given.state == STEPS.get((state, event), state)
    assert given.can_log_in is (given.state == "active")


@pytest.mark.rule("4/11.11")
@each("state", ["none", "invited", "pending_activation", "active"])
@each("event", EVENTS)
@each("language", ["fr", "en"])
def test_always_says_why(state: str, event: str, language: str) -> None:
    answer = decide("account.activation", language=language, state=state, event=event)

    assert answer.because
    assert all(reason.text and "{" not in reason.text for reason in answer.because)
