"""The link with which somebody enrolled chooses a password, once (settled 12 and 17)."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from avenant.accounts.models import Invitation, User
from avenant.crypto import digest
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.messaging.actions.queue_message import queue_message

LIFE = dt.timedelta(days=7)


@transaction.atomic
def invite_person(person: User, *, by: User) -> User:
    """Send the invitation again; the earlier link ceases to work.

    Raises:
        RuleError: "account_inactive"; "already_has_password", there is nothing left to choose.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise RuleError("account_inactive")
    if person.has_usable_password():
        raise RuleError("already_has_password")
    send_invitation(person, by=by)
    return person


def send_invitation(person: User, *, by: User) -> None:
    """Make the one link that works for this person, and mail it. Within the caller's transaction."""
    person.invitations.all().delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        user=person, token_digest=digest("invitation", token), expires_at=timezone.now() + LIFE
    )
    record("invitation_sent", person, by=by)
    link = settings.PUBLIC_URL + reverse("accept_invitation", args=[token])
    with override(person.language):
        queue_message(
            to=person.email,
            kind="invitation",
            carrier=person.carrier,
            subject=_("Votre compte Avenant"),
            text=_(
                "Bonjour,\n\nUn compte vous a été ouvert. Choisissez votre mot de passe ici ; le lien "
                "sert une fois, pendant %(days)s jours : %(link)s\n\nSi vous n'attendiez pas ce "
                "message, ne faites rien.\n"
            )
            % {"days": LIFE.days, "link": link},
            links=[link],
        )


def find_invitation(token: str) -> Invitation | None:
    """The invitation of this token while it can be used. Looking at it burns nothing."""
    return (
        Invitation.objects.select_related("user")
        .filter(
            token_digest=digest("invitation", token),
            used_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )


def past_invitation(token: str) -> Invitation | None:
    """An invitation that no longer opens anything: used, or out of date."""
    return Invitation.objects.filter(token_digest=digest("invitation", token)).first()


@transaction.atomic
def accept_invitation(token: str, password: str) -> User:
    """Choose the password (already held against the policy) and use the link up.

    Raises:
        RuleError: "invitation_over", used, out of date, replaced, or the account deactivated.
    """
    found = find_invitation(token)
    if found is None:
        raise RuleError("invitation_over")
    # The person first, as every act on an account; then the link is looked at again.
    person = User.objects.select_for_update().get(pk=found.user_id)
    invitation = find_invitation(token)
    if invitation is None:
        raise RuleError("invitation_over")
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    record("invitation_accepted", person, by=person)
    return person
