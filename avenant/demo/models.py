"""The demo's business clock. Only installed when AVENANT_DEMO=1."""

import datetime as dt
from typing import ClassVar

from django.db import models


class DemoClock(models.Model):
    """The one row that moves business dates; evidence keeps real time."""

    today = models.DateField(null=True)

    objects: ClassVar[models.Manager["DemoClock"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.today)

    @classmethod
    def moved_date(cls) -> dt.date | None:
        """The date the demo pretends it is, or None for the real one."""
        return cls.objects.values_list("today", flat=True).first()
