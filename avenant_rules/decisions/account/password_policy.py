"""Whether a password meets the policy, and every rule it does not meet.

Source: guide Mes Solutions Plus, « 1ère connexion » (AUT-04). The same policy holds wherever a source
gives none (G-36). Whether it is known from a breach, or holds the e-mail, is looked up elsewhere.
"""

import unicodedata
from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision

type Unmet = Literal["length", "upper_case", "lower_case", "digit", "special_character"]

# The policy's classes, in the order in which they are said, with their figures in the table.
FIGURES: dict[Unmet, str] = {
    "length": "characters_from",
    "upper_case": "upper_case_from",
    "lower_case": "lower_case_from",
    "digit": "digits_from",
    "special_character": "special_characters_from",
}


class ProposedPassword(Struct):
    """A password as typed."""

    password: str


class PasswordAnswer(Struct):
    """Whether it is accepted, and the rules it does not meet."""

    is_valid: bool
    unmet: frozenset[Unmet]


@decision("account.password_policy", rules=["4/AUT-04"], carrier="smatis")
def password_policy(proposed: ProposedPassword, tables: Tables, because: Because) -> PasswordAnswer:
    """Whether a password meets the policy.

    Accented letters are letters, however they are encoded; a space inside is a special character.
    """
    password = unicodedata.normalize("NFC", proposed.password)
    counts = _counts(password)
    figures = tables.password_policy
    unmet = {rule for rule, name in FIGURES.items() if counts[rule] < getattr(figures, name)}
    for rule, name in FIGURES.items():
        if rule in unmet:
            because.parameter(figures, name)
    if password != password.strip():
        # A space is a special character inside a password only.
        unmet.add("special_character")
        because.rule("4/AUT-04", "space_at_an_end")
    if not unmet:
        because.rule("4/AUT-04", "met")
    return PasswordAnswer(is_valid=not unmet, unmet=frozenset(unmet))


def _counts(password: str) -> dict[Unmet, int]:
    """How many characters there are, in all and of each class."""
    return {
        "length": len(password),
        "upper_case": sum(one.isupper() for one in password),
        "lower_case": sum(one.islower() for one in password),
        "digit": sum(one.isdecimal() for one in password),
        "special_character": sum(_is_special(one) for one in password.strip()),
    }


def _is_special(one: str) -> bool:
    """Printable, and neither a letter, a mark on a letter, nor a digit."""
    is_part_of_a_letter = unicodedata.category(one)[0] in "LM"
    return one.isprintable() and not is_part_of_a_letter and not one.isdecimal()
