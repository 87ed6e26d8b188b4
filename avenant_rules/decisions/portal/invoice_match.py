"""Which insurance file is a payer's, by the account's e-mail or by a typed identity.

A file of another organisation's portal is never seen. Source: payment procedure, « Création de compte »,
« Recherche de votre facture » (3/PAY-05, 3/PAY-06, 3/PAY-17, 4/PAY-11, 4/PAY-12, 4/AUT-11).
"""

from typing import Literal

from avenant_rules.decision import Bag, Because, Given, MissingFacts, Settings, Struct, decision
from avenant_rules.folding import folded
from avenant_rules.values import Money

type Field = Literal["last_name", "first_name", "certificate_number"]

IDENTITY: dict[str, list[Field]] = {
    "name_and_certificate": ["last_name", "first_name", "certificate_number"],
    "certificate_alone": ["certificate_number"],
}


class InsuranceFile(Struct):
    """A file with an invoice, as the insurance knows it."""

    certificate_number: str
    email: str | None = None
    last_name: str
    first_name: str
    amount_due: Money | None = None
    organisation: str | None = None


class Identity(Struct):
    """What the payer typed from the invoice."""

    last_name: str
    first_name: str
    certificate_number: str


class Payer(Struct):
    """The account, the portal it is used on, and the files there are."""

    login_email: str
    is_email_verified: bool
    account_organisation: str | None = None
    files: Bag[InsuranceFile]
    identity: Identity | None = None


class MatchedFile(Struct):
    """The file found and how, or what to ask the payer for, in the order shown."""

    matched_certificate: str | None
    matched_by: Literal["email", "identity"] | None = None
    amount_due: Money | None = None
    prompt: Given[list[Field]]
    error: Literal["not_found", "activation_required"] | None = None


@decision(
    "portal.invoice_match",
    rules=["3/PAY-05", "3/PAY-06", "3/PAY-17", "4/PAY-11", "4/PAY-12", "4/AUT-11"],
    carrier="amisgest",
)
def invoice_match(payer: Payer, because: Because, settings: Settings) -> MatchedFile:
    """Insurance file found for a payer on the payment portal.

    The address comes first; an identity is looked at when the address does not tell one file.
    """
    if not payer.is_email_verified:
        because.rule("4/AUT-11", "not_activated")
        return MatchedFile(matched_certificate=None, prompt=[], error="activation_required")
    asked = IDENTITY[settings("portal.identity")]
    by_email = _here(payer, [one for one in payer.files if _has_address(one, payer)], because)
    if len(by_email) == 1:
        because.rule("3/PAY-05", "found")
        return _found(by_email[0], "email")
    because.rule("3/PAY-05", "several" if by_email else "none")
    if payer.identity is None:
        if by_email:
            because.setting("portal.several_files")
            if settings("portal.several_files") == "let_choose":
                return MatchedFile(matched_certificate=None, prompt=[])
        because.rule("3/PAY-06", "ask", fields=asked)
        because.setting("portal.identity")
        return MatchedFile(matched_certificate=None, prompt=list(asked))
    agreeing = [one for one in payer.files if _agrees(one, payer.identity, asked)]
    by_identity = _here(payer, agreeing, because)
    if len(by_identity) == 1:
        because.rule("3/PAY-06", "found")
        return _found(by_identity[0], "identity")
    because.rule("3/PAY-06", "not_found", fields=asked)
    return MatchedFile(matched_certificate=None, prompt=list(asked), error="not_found")


def _here(payer: Payer, files: list[InsuranceFile], because: Because) -> list[InsuranceFile]:
    """Those of the portal used.

    Raises:
        MissingFacts: one side names its organisation, the other does not.
    """
    here = payer.account_organisation
    if any((one.organisation is None) is not (here is None) for one in files):
        because.rule("3/PAY-17", "unknown")
        raise MissingFacts(["account_organisation" if here is None else "files.organisation"])
    seen = [one for one in files if one.organisation == here]
    if len(seen) < len(files):
        because.rule("3/PAY-17")
    return seen


def _has_address(file: InsuranceFile, payer: Payer) -> bool:
    address = (file.email or "").strip().casefold()
    return bool(address) and address == payer.login_email.strip().casefold()


def _agrees(file: InsuranceFile, identity: Identity, asked: list[Field]) -> bool:
    """Every field asked for, none blank; names whatever their case and accents, the number exact."""
    return all(_same(field, getattr(file, field), getattr(identity, field)) for field in asked)


def _same(field: Field, known: str, typed: str) -> bool:
    if field != "certificate_number":
        known, typed = folded(known), folded(typed)
    return bool(typed.strip()) and known.strip() == typed.strip()


def _found(file: InsuranceFile, how: Literal["email", "identity"]) -> MatchedFile:
    return MatchedFile(
        matched_certificate=file.certificate_number,
        matched_by=how,
        amount_due=file.amount_due,
        prompt=[],
    )
