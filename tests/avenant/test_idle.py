"""A session ends when nobody uses it, and only then."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.support.cast import Cast, browser_of

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def test_it_goes_on_while_it_is_used_and_ends_when_it_is_not(cast: Cast) -> None:
    statuses = []
    with time_machine.travel(START, tick=False) as clock:
        browser = browser_of(cast.advisor)
        for wait in (timedelta(0), IDLE - timedelta(minutes=2), IDLE - timedelta(minutes=2), IDLE):
            clock.shift(wait)
            statuses.append(browser.get(reverse("drafts")).status_code)

    assert statuses == [200, 200, 200, 302]


def test_it_notes_activity_once_a_minute_and_not_at_each_click(cast: Cast) -> None:
    ends = []
    with time_machine.travel(START, tick=False) as clock:
        browser = browser_of(cast.advisor)
        for seconds in (0, 59, 1):
            clock.shift(timedelta(seconds=seconds))
            browser.get(reverse("drafts"))
            ends.append(Session.objects.get().expire_date - START - IDLE)

    assert ends == [timedelta(0), timedelta(0), timedelta(seconds=60)]
