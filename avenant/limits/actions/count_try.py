"""Count a try before it is looked at; the one limiter of the site.

One statement counts and says the figure, so that parallel tries in any number of processes are
counted one after another. It commits by itself: called before the request's own transaction, it
stays counted when the request fails. Should the database not answer, nobody is let in uncounted.
"""

import datetime as dt
from typing import Any

from django.db import connection, models
from django.utils import timezone

from avenant.crypto import digest
from avenant.limits.limit import Limit, LimitReachedError
from avenant.limits.models import Tally

# No row comes back of a tally that is full: then nothing is written either.
_COUNT = """
INSERT INTO limits_tally AS tally (key, count, ends_at)
VALUES (%(key)s, 1, %(now)s + %(window)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN tally.ends_at <= %(now)s THEN 1 ELSE tally.count + 1 END,
    ends_at = CASE WHEN tally.ends_at <= %(now)s OR %(renews)s
              THEN %(now)s + %(window)s ELSE tally.ends_at END
WHERE tally.ends_at <= %(now)s OR tally.count < %(tries)s
RETURNING count
"""


def count_try(limit: Limit, who: str) -> None:
    """Count one try of `who`: an address (`throttled_address`) or an account.

    Raises:
        LimitReachedError: there were too many; this one was not counted and must not be looked at.
    """
    key = tally_key(limit, who)
    if not is_counted(limit, key):
        ends_at = Tally.objects.filter(key=key).values_list("ends_at", flat=True).first()
        raise LimitReachedError((ends_at or timezone.now()) - timezone.now())


def is_counted(limit: Limit, key: str) -> bool:
    """Whether there was room for one more try."""
    facts: dict[str, Any] = {
        "key": key,
        "now": timezone.now(),
        "window": limit.window,
        "renews": limit.renews,
        "tries": limit.tries,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, facts)
        return cursor.fetchone() is not None


def give_back(limit: Limit, who: str) -> None:
    """Take back the one try that turned out right. What was wrong before stays counted."""
    Tally.objects.filter(key=tally_key(limit, who), count__gt=0).update(count=models.F("count") - 1)


def prune_tallies(now: dt.datetime | None = None) -> None:
    """Delete the tallies that are over."""
    Tally.objects.filter(ends_at__lt=now or timezone.now()).delete()


def tally_key(limit: Limit, who: str) -> str:
    """The key of the tally, from which nobody finds `who` back."""
    return digest(f"limit {limit.name}", who)
