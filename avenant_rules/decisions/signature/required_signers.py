"""Who must sign an application, and who is too young to.

Source: guide of the electronic application, « Signature », « Prélèvements préautorisés » (SIG-13,
PAY-02). The guide names the insured persons; that the holder of the account signs too when it is
somebody else, and that no minor signs, is the platform's own rule.
"""

from datetime import date
from typing import Literal

from avenant_rules.dates import add_years
from avenant_rules.decision import Because, Given, Struct, Tables, decision

type Signer = Literal["main_insured", "spouse", "account_holder"]


class PersonsOfApplication(Struct):
    """Who is insured and who pays. A birth date that is not known makes nobody a minor.

    `is_insured_account_holder`: whether the person to insure holds the account that is debited; not
    answered yet, nobody else is asked for. `signing_date`: the day of the signature.
    """

    is_spouse_insured: bool
    is_insured_account_holder: bool | None = None
    insured_birth_date: date | None = None
    spouse_birth_date: date | None = None
    signing_date: date | None = None


class RequiredSigners(Struct):
    """Everybody who must sign, and those of them who may not yet."""

    signers: frozenset[Signer]
    minors: Given[frozenset[Signer]]


@decision("signature.required_signers", rules=["4/PAY-02", "4/SIG-13"])
def required_signers(
    persons: PersonsOfApplication, tables: Tables, because: Because
) -> RequiredSigners:
    """Who must sign an application, and who of them is too young to."""
    births: dict[Signer, date | None] = {"main_insured": persons.insured_birth_date}
    because.rule("4/SIG-13", "insured")
    if persons.is_spouse_insured:
        births["spouse"] = persons.spouse_birth_date
        because.rule("4/SIG-13", "spouse")
    if persons.is_insured_account_holder is False:
        births["account_holder"] = None
        because.rule("4/PAY-02", "holder")
    age: int = tables.signature_figures.majority_years
    day = persons.signing_date
    minors = frozenset(
        name for name, born in births.items() if born and day and add_years(born, age) > day
    )
    if minors:
        because.parameter(tables.signature_figures, "majority_years")
    return RequiredSigners(signers=frozenset(births), minors=minors)
