"""Files kept in the vault, and the sealed documents whose hashes prove them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avenant.documents.failures import LATE_AFTER


class VaultFile(models.Model):
    """One file at rest, encrypted, named by the SHA-256 of its content."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes, before encryption
    path = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Stage(models.TextChoices):
    CREATED = "created", _("créé")
    SUBMITTED = "submitted", _("transmis")


class DocumentState(models.TextChoices):
    PENDING = "pending", _("en préparation")
    SEALED = "sealed", _("scellé")
    DEPOSITED = "deposited", _("déposé")
    FAILED = "failed", _("échoué")


class SealedDocument(models.Model):
    """The PDF of an application at one stage, under its number.

    `state` drives the worker: whatever is pending is rendered and sealed, whatever is sealed and
    submitted is deposited; a job that died is started again from here. It follows
    `avenant_rules/machines/document.toml`.

    `failure` is why the last try did not succeed, one of `failures.FAILURES`: in a document that
    failed no wait mends it, in any other it is tried again.
    """

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="documents"
    )
    carrier = models.CharField(max_length=40)
    number = models.CharField(max_length=20)
    stage = models.CharField(max_length=10, choices=Stage)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.PENDING)
    content_hash = models.CharField(max_length=64)  # of everything it prints
    file = models.ForeignKey(VaultFile, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    requested_at = models.DateTimeField()
    seal_level = models.CharField(max_length=20, blank=True)  # PAdES B-B or B-T
    seal_lowered = models.CharField(max_length=40, blank=True)  # why lower than asked
    sealed_at = models.DateTimeField(null=True)
    deposited_at = models.DateTimeField(null=True)
    is_superseded = models.BooleanField(default=False)
    failure = models.CharField(max_length=30, blank=True)
    failing_since = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # that failed in a way that may last

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["number", "stage"], name="one_document_per_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.stage}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left for the worker to make of it."""
        last = DocumentState.DEPOSITED if self.stage == Stage.SUBMITTED else DocumentState.SEALED
        return self.is_superseded or self.state == last

    @property
    def is_late(self) -> bool:
        """Whether it takes longer than it should; a document that failed is not late."""
        if self.is_finished or self.state == DocumentState.FAILED:
            return False
        return bool(self.failure) or timezone.now() - self.requested_at > LATE_AFTER

    def forget_failure(self) -> None:
        """The step that failed has been made."""
        self.failure, self.failing_since, self.attempts = "", None, 0


class Numbering(models.Model):
    """The last number given under a prefix. Its row lock makes numbers unique and never reused."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:08}"


class CopyLink(models.Model):
    """The client's way to the sealed copy: a link by mail, opened once, exchanged for a cookie."""

    document = models.ForeignKey(SealedDocument, models.CASCADE, related_name="copy_links")
    token_digest = models.CharField(max_length=64, unique=True)
    window_digest = models.CharField(max_length=64, null=True, unique=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.document_id}"
