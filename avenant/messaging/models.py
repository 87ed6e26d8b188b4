"""One outbox for every e-mail and SMS. What was to be sent is a row; sending is a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("courriel")
    SMS = "sms", _("message texte")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("en attente")
    SENT = "sent", _("envoyé")
    FAILED = "failed", _("échoué")


class OutboundMessage(models.Model):
    """A message to somebody. `once_key` makes the same act send it only once.

    `last_error` is why the last try did not succeed: of a message that failed no wait mends it, one
    that is queued is tried again.
    """

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    carrier = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=60)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    links = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    once_key = models.CharField(max_length=120, unique=True, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)  # a code, see `providers.py`
    failed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
