"""Business dates: what day it is for a carrier.

The demo can move this clock to watch a draft expire or a premium lapse. Everything that is
evidence (moments of signature, code expiry, lock-out, web sessions) uses real time instead:
`django.utils.timezone.now`.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from avenant.carriers.packs import pack


def today(carrier: str) -> dt.date:
    """Today's civil date in the carrier's time zone, moved by the demo's clock if it was set."""
    if settings.AVENANT_DEMO:
        from avenant.demo.models import DemoClock

        moved = DemoClock.moved_date()
        if moved is not None:
            return moved
    return timezone.now().astimezone(zone(carrier)).date()


def zone(carrier: str) -> ZoneInfo:
    """The carrier's time zone."""
    return ZoneInfo(pack(carrier).timezone)
