"""Give somebody an account (4/AUT-01): an administrator does, nobody for themselves."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from avenant.accounts.actions.invite_person import send_invitation
from avenant.accounts.models import Role, User
from avenant.errors import RuleError
from avenant.history.actions.record import Actor, record
from avenant.partners.models import Affiliation, Firm, ManagingAgency


@dataclass(frozen=True)
class Post:
    """What a person does and for whom; firm and agency by their names, made if need be."""

    role: str
    carrier: str = ""  # a pack; empty for the platform
    firm: str = ""
    agency: str = ""
    agency_email: str = ""
    distributor_code: str = ""
    phone: str = ""
    licence_ends_on: dt.date | None = None


@transaction.atomic
def enrol_person(*, email: str, name: str, language: str, post: Post, by: User) -> User:
    """Make the account, without a password, and send the invitation to choose one.

    Raises:
        RuleError: "email_taken".
    """
    person = _make(email, None, name=name, language=language, role=post.role, carrier=post.carrier)
    if post.firm or post.agency:
        Affiliation.objects.create(
            user=person,
            firm=_firm(post) if post.firm else None,
            managing_agency=_agency(post) if post.agency else None,
            distributor_code=post.distributor_code,
            phone=post.phone,
            licence_ends_on=post.licence_ends_on,
        )
    record("person_enrolled", person, by=by, facts={"role": person.role, "carrier": person.carrier})
    send_invitation(person, by=by)
    return person


@transaction.atomic
def create_administrator(*, email: str, name: str, language: str, password: str) -> User:
    """Make an administrator of the platform, for whoever has the machine: the first one, or one
    more when all others are locked out.

    Raises:
        RuleError: "email_taken".
    """
    person = _make(email, password, name=name, language=language, role=Role.PLATFORM_ADMIN)
    record("person_enrolled", person, by=Actor.SYSTEM, facts={"role": person.role, "carrier": ""})
    return person


def _make(email: str, password: str | None, **fields: str) -> User:
    try:
        return User.objects.create_user(email, password, **fields)
    except IntegrityError as error:  # a constraint allows one account an address
        raise RuleError("email_taken") from error


def _firm(post: Post) -> Firm:
    return Firm.objects.get_or_create(carrier=post.carrier, name=post.firm)[0]


def _agency(post: Post) -> ManagingAgency:
    return ManagingAgency.objects.get_or_create(
        carrier=post.carrier, name=post.agency, defaults={"email": post.agency_email}
    )[0]
