"""The guards of what is said about accounts: each of these fails when its guard is taken out."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from avenant.accounts.models import User
from avenant.accounts.queries import found_among, people
from tests.support.cast import Cast, browser_of

ENOUGH = settings.AXES_FAILURE_LIMIT
COOLING = dt.timedelta(hours=settings.AXES_COOLOFF_TIME)


def locked() -> list[User]:
    return list(people().filter(is_locked=True))


@pytest.mark.parametrize(
    ("failures", "ago", "is_locked"),
    [(ENOUGH, 0.9, True), (ENOUGH - 1, 0.9, False), (ENOUGH, 1.1, False)],
)
@pytest.mark.rule("4/AUT-19")
def test_it_says_who_is_locked_out_and_only_as_long_as_it_lasts(
    cast: Cast, failures: int, ago: float, is_locked: bool
) -> None:
    AccessAttempt.objects.create(
        username=cast.claims.email, ip_address="203.0.113.1", user_agent="x", path_info="/",
        http_accept="", failures_since_start=failures,
    )  # fmt: skip
    AccessAttempt.objects.update(attempt_time=timezone.now() - ago * COOLING)

    assert locked() == ([cast.claims] if is_locked else [])


def test_it_says_of_each_person_whether_they_have_a_second_factor(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.claims, type=Authenticator.Type.TOTP, data={})

    assert list(people().filter(has_second_factor=True)) == [cast.claims]


def test_it_shows_everybody_where_nothing_is_searched_for(cast: Cast) -> None:
    """One without a name is somebody too; and no search goes through all rows for nothing."""
    everybody = people()

    assert found_among(everybody, "") is everybody


def test_it_sends_whoever_has_no_password_to_the_link_for_the_first_one(cast: Cast) -> None:
    without = browser_of(cast.claims).get(reverse("account_change_password"))
    cast.advisor.set_password("Un-beau-mot-2026!")
    cast.advisor.save()
    withone = browser_of(cast.advisor).get(reverse("account_change_password"))

    assert without["Location"] == reverse("account_reset_password")
    assert withone.status_code == 200
