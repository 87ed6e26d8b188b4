"""The live session: one call of an advisor, which a client joins with a code from another window.

The rows are the truth; the event stream only says "look again" with the call's sequence number.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A client whose window was heard of in this time is taken to be there.
PRESENCE = dt.timedelta(seconds=25)
# After this absence, 4/COS-19 applies (settled 10).
ABSENCE_LIMIT = dt.timedelta(minutes=30)
CODE_LIFE = dt.timedelta(minutes=60)


class CallState(models.TextChoices):
    OPEN = "open", _("ouverte")
    LIVE = "live", _("avec le client")
    CLOSED = "closed", _("fermée")


class Call(models.Model):
    """One session. The code is kept as a keyed digest, and encrypted for its own screen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advisor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calls")
    carrier = models.CharField(max_length=40)
    application = models.ForeignKey(
        "applications.Application", models.SET_NULL, null=True, related_name="calls"
    )
    state = models.CharField(max_length=10, choices=CallState, default=CallState.OPEN)
    sequence = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    advisor_ip = models.GenericIPAddressField(null=True)
    advisor_user_agent = models.CharField(max_length=300, blank=True)

    code_digest = models.CharField(max_length=64, null=True, unique=True)
    code_secret = models.BinaryField(null=True)
    code_expires_at = models.DateTimeField(null=True)

    client_token_digest = models.CharField(max_length=64, null=True, unique=True)
    client_ip = models.GenericIPAddressField(null=True)
    client_user_agent = models.CharField(max_length=300, blank=True)
    is_same_device = models.BooleanField(default=False)  # on joining, as the advisor's
    is_same_address = models.BooleanField(default=False)
    client_language = models.CharField(max_length=2, default="fr")
    client_joined_at = models.DateTimeField(null=True)
    client_seen_at = models.DateTimeField(null=True)
    client_left_at = models.DateTimeField(null=True)
    consent_version = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advisor"],
                condition=~models.Q(state="closed"),
                name="one_open_call_per_advisor",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state != CallState.CLOSED

    @property
    def is_client_present(self) -> bool:
        """Whether the client's window was heard of just now."""
        if self.state != CallState.LIVE or self.client_seen_at is None:
            return False
        if self.client_left_at is not None and self.client_left_at >= self.client_seen_at:
            return False
        return timezone.now() - self.client_seen_at <= PRESENCE

    @property
    def is_code_usable(self) -> bool:
        return (
            self.code_digest is not None
            and self.code_expires_at is not None
            and timezone.now() < self.code_expires_at
        )
