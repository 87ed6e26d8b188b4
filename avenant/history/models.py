"""The append-only record of what happened to each dossier.

One chain a dossier: each event carries the hash of the one before, so that an event changed,
removed, inserted or reordered is found. The hashes are keyed with a secret that is not in the
database. Triggers refuse UPDATE and DELETE. Events name ids, states, rules and hashes; personal
data stays in rows that can be erased (settled 8).
"""

from django.conf import settings
from django.db import models

FORMULA = 2  # by which events are hashed from now on; see `chain.py`


class Chain(models.Model):
    """The head of one dossier's chain; its row lock puts the dossier's events in one order."""

    dossier = models.CharField(max_length=80, primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="0" * 64)
    seal = models.CharField(max_length=64, blank=True)  # keyed: the chain ends here

    def __str__(self) -> str:
        return self.dossier


class Event(models.Model):
    """One thing that happened. `kind` is in the past tense: section_confirmed."""

    dossier = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    actor_kind = models.CharField(max_length=20)  # user, client, system
    facts = models.JSONField(default=dict)
    because = models.JSONField(default=list)
    previous_hash = models.CharField(max_length=64)
    formula = models.PositiveSmallIntegerField(default=FORMULA)  # of `hash`
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_event_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.number} {self.kind}"


class Anchor(models.Model):
    """The heads of all chains on a day, hashed: a tail cut from a chain shows against it."""

    day = models.DateField(primary_key=True)
    heads = models.JSONField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.day.isoformat()
