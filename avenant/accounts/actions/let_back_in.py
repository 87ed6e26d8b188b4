"""Help somebody who cannot get in: locked after wrong passwords, or without the second factor."""

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import transaction

from avenant.accounts.models import User
from avenant.errors import RuleError
from avenant.history.actions.record import record


@transaction.atomic
def unlock_person(person: User, *, by: User) -> User:
    """Forget the wrong passwords that were counted, from every address; doing it twice is harmless."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccessAttempt.objects.filter(username=person.email).delete()
    record("person_unlocked", person, by=by)
    return person


@transaction.atomic
def reset_second_factor(person: User, *, by: User) -> User:
    """Forget a lost second factor and its recovery codes; every web session ends.

    The person signs in with the password and sets up another before anything else.

    Raises:
        RuleError: "own_account": whoever sits at an open window must not take the factor off.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.pk == by.pk:
        raise RuleError("own_account")
    Authenticator.objects.filter(user=person).delete()
    person.session_round += 1
    person.save(update_fields=["session_round"])
    record("second_factor_reset", person, by=by)
    return person
