"""The guards of the acts on accounts, one by one: each of these fails when its guard is taken out."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from avenant.accounts.actions.close_account import close_account, reopen_account
from avenant.accounts.actions.enrol_person import create_administrator
from avenant.accounts.actions.invite_person import (
    accept_invitation,
    find_invitation,
    invite_person,
    past_invitation,
)
from avenant.accounts.actions.let_back_in import reset_second_factor, unlock_person
from avenant.accounts.actions.prune_sign_ins import prune_sign_ins
from avenant.accounts.models import Invitation, User
from avenant.errors import RuleError
from tests.support.cast import Cast, browser_of
from tests.trust.doings import enrolled, token_sent_to

PASSWORD = "Un-beau-mot-2026!"
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("who", "status"), [("platform_admin", 200), ("advisor", 403)])
def test_it_shows_the_design_to_the_platforms_own_staff_alone(
    cast: Cast, who: str, status: int
) -> None:
    assert browser_of(getattr(cast, who)).get(reverse("design")).status_code == status


def test_a_closed_account_keeps_neither_its_password_nor_a_link_to_a_new_one(cast: Cast) -> None:
    person = cast.claims
    person.set_password(PASSWORD)
    person.save()
    used = Invitation.objects.create(
        user=person, token_digest="1", expires_at=timezone.now() + DAY, used_at=timezone.now()
    )
    Invitation.objects.create(user=person, token_digest="2", expires_at=timezone.now() + DAY)

    close_account(person, by=cast.platform_admin)

    person.refresh_from_db()
    assert not person.has_usable_password()
    # What was used stays: the past is not rewritten.
    assert list(person.invitations.all()) == [used]


def test_it_closes_no_account_twice(cast: Cast) -> None:
    close_account(cast.claims, by=cast.platform_admin)

    with pytest.raises(RuleError, match="account_inactive"):
        close_account(cast.claims, by=cast.platform_admin)

    cast.claims.refresh_from_db()
    assert cast.claims.session_round == 1


def test_it_opens_no_account_again_that_is_open(cast: Cast) -> None:
    with pytest.raises(RuleError, match="account_active"):
        reopen_account(cast.claims, by=cast.platform_admin)

    assert not Invitation.objects.exists()


def test_it_takes_the_password_with_the_account(cast: Cast) -> None:
    cast.claims.set_password(PASSWORD)
    cast.claims.save()

    close_account(cast.claims, by=cast.platform_admin)

    cast.claims.refresh_from_db()
    assert cast.claims.password.startswith(UNUSABLE_PASSWORD_PREFIX)


def test_it_takes_the_open_invitation_with_the_account_and_keeps_the_used_one(cast: Cast) -> None:
    person = enrolled(cast)
    accept_invitation(token_sent_to(person), PASSWORD)
    used = Invitation.objects.get()
    Invitation.objects.create(user=person, token_digest="x" * 64, expires_at=timezone.now() + DAY)

    close_account(person, by=cast.platform_admin)

    assert list(Invitation.objects.all()) == [used]


def test_it_makes_an_administrator_once_for_an_address_and_goes_on(cast: Cast) -> None:
    """What the constraint refuses leaves the transaction around it alive."""
    with pytest.raises(RuleError, match="email_taken"):
        create_administrator(email=cast.claims.email, name="Ada", language="fr", password=PASSWORD)

    assert User.objects.filter(email=cast.claims.email).count() == 1


@pytest.mark.parametrize(("days", "works"), [(6.99, True), (7.01, False)])
def test_it_takes_an_invitation_for_a_week(cast: Cast, days: float, works: bool) -> None:
    token = token_sent_to(enrolled(cast))
    Invitation.objects.update(
        expires_at=Invitation.objects.get().expires_at - dt.timedelta(days=days)
    )

    assert (find_invitation(token) is not None) == works


def test_it_invites_nobody_whose_account_is_closed(cast: Cast) -> None:
    User.objects.filter(pk=cast.claims.pk).update(is_active=False)

    with pytest.raises(RuleError, match="account_inactive"):
        invite_person(cast.claims, by=cast.platform_admin)


def test_it_invites_nobody_who_has_chosen_a_password(cast: Cast) -> None:
    cast.claims.set_password(PASSWORD)
    cast.claims.save()

    with pytest.raises(RuleError, match="already_has_password"):
        invite_person(cast.claims, by=cast.platform_admin)


def test_it_opens_nothing_by_the_invitation_of_an_account_that_is_closed(cast: Cast) -> None:
    token = token_sent_to(enrolled(cast))
    User.objects.update(is_active=False)

    assert find_invitation(token) is None


def test_it_knows_a_past_invitation_by_its_own_token_alone(cast: Cast) -> None:
    enrolled(cast)
    Invitation.objects.update(used_at=timezone.now())

    assert past_invitation("another") is None


def test_it_looks_at_the_invitation_again_once_it_holds_the_account(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else used the link up between the first look and the lock."""
    from avenant.accounts.actions import invite_person as module

    token = token_sent_to(enrolled(cast))
    looks = iter([find_invitation(token), None])
    monkeypatch.setattr(module, "find_invitation", lambda _token: next(looks))

    with pytest.raises(RuleError, match="invitation_over"):
        accept_invitation(token, PASSWORD)


def test_it_unlocks_the_one_person_alone(cast: Cast) -> None:
    for person in (cast.claims, cast.advisor):
        AccessAttempt.objects.create(
            username=person.email, ip_address="203.0.113.1", failures_since_start=5,
            user_agent="x", path_info="/", http_accept="", get_data="", post_data="",
        )  # fmt: skip

    unlock_person(cast.claims, by=cast.platform_admin)

    assert [one.username for one in AccessAttempt.objects.all()] == [cast.advisor.email]


def test_it_forgets_the_second_factor_of_the_one_person_alone(cast: Cast) -> None:
    for person in (cast.claims, cast.advisor):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})

    reset_second_factor(cast.claims, by=cast.platform_admin)

    assert [one.user for one in Authenticator.objects.all()] == [cast.advisor]


def test_it_forgets_what_signing_in_left_after_a_day_and_no_sooner(cast: Cast) -> None:
    now = timezone.now()
    for hours in (23, 25):
        Session.objects.create(session_key=f"k{hours}", session_data="", expire_date=now)
        for kind in (AccessAttempt, AccessFailureLog, AccessLog):
            counted = {"failures_since_start": 1} if kind is AccessAttempt else {}
            row = kind.objects.create(
                username=f"a{hours}", ip_address="203.0.113.1", user_agent="x", path_info="/",
                http_accept="", **counted,
            )  # fmt: skip
            kind.objects.filter(pk=row.pk).update(attempt_time=now - dt.timedelta(hours=hours))
    Session.objects.filter(session_key="k23").update(expire_date=now + DAY)

    assert prune_sign_ins() == 3

    for kind in (AccessAttempt, AccessFailureLog, AccessLog):
        assert kind.objects.count() == 1
    assert [one.session_key for one in Session.objects.all()] == ["k23"]


@pytest.mark.parametrize("address", ["claims@exemple.test", "Claims@Exemple.test"])
def test_it_has_the_database_refuse_a_second_account_of_one_address(
    cast: Cast, address: str
) -> None:
    with pytest.raises(IntegrityError, match="per_email|user_email"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_user (email, name, role, carrier, language, password, is_active,"
            " is_superuser, session_round, created_at)"
            " VALUES (%s, 'A', 'claims', '', 'fr', '!', true, false, 0, now())",
            [address],
        )
