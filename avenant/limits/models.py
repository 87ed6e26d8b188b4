"""How often something was tried, by an address or for an account: one row each, counted in the
database so that every process sees the same figure and a restart forgets nothing."""

from django.db import models


class Tally(models.Model):
    """`key` is a keyed digest of what is limited and of who tried: no address stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.count} ({self.ends_at:%H:%M})"
