"""What signing in leaves behind is not kept longer than it serves: names, addresses and browsers are
in it."""

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

# The lock-out lasts a quarter of an hour; a day is for whoever looks into an attack.
KEPT = dt.timedelta(days=1)


def prune_sign_ins() -> int:
    """Delete the sessions that are over and the wrong passwords of before yesterday; how many of
    these."""
    SessionStore.clear_expired()
    before = timezone.now() - KEPT
    return sum(
        kind.objects.filter(attempt_time__lt=before).delete()[0]
        for kind in (AccessAttempt, AccessFailureLog, AccessLog)
    )
