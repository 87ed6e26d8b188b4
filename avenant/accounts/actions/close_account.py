"""Close an account at once, and open it again (settled 17)."""

from django.db import transaction

from avenant.accounts.actions.invite_person import send_invitation
from avenant.accounts.models import User
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.actions.launch_call import close_call
from avenant.live.queries import open_call_of


@transaction.atomic
def close_account(person: User, *, by: User) -> User:
    """Nobody signs in with it any more, its web sessions end and its open call is closed.

    The password goes too: opened again, the account asks for a new one.

    Raises:
        RuleError: "own_account"; "account_inactive".
    """
    if call := open_call_of(person):
        close_call(call, by=by)
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.pk == by.pk:
        raise RuleError("own_account")
    if not person.is_active:
        raise RuleError("account_inactive")
    person.is_active = False
    person.session_round += 1
    person.set_unusable_password()
    person.save(update_fields=["is_active", "session_round", "password"])
    person.invitations.filter(used_at=None).delete()
    record("account_closed", person, by=by)
    return person


@transaction.atomic
def reopen_account(person: User, *, by: User) -> User:
    """Open the account again, with a new invitation.

    Raises:
        RuleError: "account_active".
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise RuleError("account_active")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("account_reopened", person, by=by)
    send_invitation(person, by=by)
    return person
