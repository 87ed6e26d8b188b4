"""The electronic application: its answers, what the client confirmed of it, its files.

States follow `avenant_rules/machines/application.toml` and `section.toml`. « Ready » is not kept:
it follows from the rest (`queries.pdf_gate`).
"""

import hashlib
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from avenant.crypto import decrypt_json, encrypt_json


def new_salt() -> str:
    """What makes the hashes in the history say nothing once the application is erased."""
    return secrets.token_hex(16)


def salted(salt: str, content_hash: str) -> str:
    """SHA-256 of both: what is known cannot be guessed from it without the salt."""
    return hashlib.sha256(f"{salt}{content_hash}".encode()).hexdigest()


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    BLOCKED_PLAN_EXPRESS = "blocked_plan_express", _("bloquée – Plan Express")
    BLOCKED_GUARANTEE = "blocked_guarantee", _("bloquée – garantie")
    PDF_READY = "pdf_ready", _("PDF créé")
    SUBMITTED = "submitted", _("transmise")
    ENTERED = "entered", _("saisie")
    RETURNED = "returned", _("retournée")
    ABANDONED = "abandoned", _("abandonnée")


BLOCKED_STATES = (ApplicationState.BLOCKED_PLAN_EXPRESS, ApplicationState.BLOCKED_GUARANTEE)
OPEN_STATES = (ApplicationState.DRAFT, *BLOCKED_STATES, ApplicationState.PDF_READY)
SUBMITTED_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.ENTERED,
    ApplicationState.RETURNED,
)


class Application(models.Model):
    """One application of one person, opened by an advisor on one version of a form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.CharField(max_length=40)
    form_id = models.CharField(max_length=60)
    form_version = models.PositiveIntegerField()
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        max_length=30, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    product = models.CharField(max_length=40, blank=True)
    insured_name = models.CharField(max_length=160, blank=True)
    insured_key = models.CharField(max_length=160, blank=True)  # normalised, for search and sort
    number = models.CharField(max_length=20, blank=True)  # of the newest PDF
    end_reason = models.CharField(max_length=500, blank=True)  # abandoned or returned
    started_on = models.DateField()
    last_saved_on = models.DateField()
    last_saved_at = models.DateTimeField()
    expires_on = models.DateField()
    salt = models.CharField(max_length=32, default=new_salt)  # erased with it (settled 8)
    blocked_by = models.JSONField(default=list)  # plan_express, critical_illness, monthly_income
    blocked_at = models.DateTimeField(null=True)
    answers_sequence = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    submitted_ip = models.GenericIPAddressField(null=True)
    certification_version = models.CharField(max_length=20, blank=True)
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, related_name="corrections")

    class Meta:
        indexes = [
            GinIndex(fields=["insured_key"], name="insured_trigrams", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["advisor", "state", "expires_on"], name="drafts_of_an_advisor"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def salted(self, content_hash: str) -> str:
        """The hash as the history keeps it: known answers cannot be guessed from it."""
        return salted(self.salt, content_hash)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in OPEN_STATES

    @property
    def is_blocked(self) -> bool:
        return self.state in BLOCKED_STATES

    @property
    def is_submitted(self) -> bool:
        return self.state in SUBMITTED_STATES


class Answer(models.Model):
    """The answer to one question, encrypted: what is searched for is in the application's own row."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    secret = models.BinaryField()  # the encrypted JSON of the value
    sequence = models.PositiveIntegerField()  # of the application when it was written
    written_at = models.DateTimeField(auto_now=True)
    writer = models.CharField(max_length=40, blank=True)  # the browser window that wrote it
    writer_sequence = models.PositiveIntegerField(default=0)  # and its rising number there

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.question}"

    @property
    def value(self) -> Any:
        return decrypt_json(self.secret)

    @value.setter
    def value(self, value: Any) -> None:
        self.secret = encrypt_json(value)


class SectionState(models.TextChoices):
    EMPTY = "empty", _("vide")
    INCOMPLETE = "incomplete", _("incomplète")
    FILLED = "filled", _("remplie")
    SENT = "sent", _("envoyée")
    CONFIRMED = "confirmed", _("confirmée")
    TO_RECONFIRM = "to_reconfirm", _("à reconfirmer")
    NOT_APPLICABLE = "not_applicable", _("sans objet")


# What the client reads or has confirmed: nobody changes it under their eyes.
HELD = (SectionState.SENT, SectionState.CONFIRMED)


class Section(models.Model):
    """Where one section of the form stands in the live session."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=SectionState, default=SectionState.EMPTY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="one_section"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"


class SnapshotState(models.TextChoices):
    SENT = "sent", _("envoyée")
    CONFIRMED = "confirmed", _("confirmée")
    WITHDRAWN = "withdrawn", _("retirée")
    OBJECTED = "objected", _("contestée")
    SUPERSEDED = "superseded", _("remplacée")


class Snapshot(models.Model):
    """What the client was shown of a section, and what the client said of it (4/COS-18)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="snapshots")
    section = models.CharField(max_length=60)
    call = models.ForeignKey("live.Call", models.PROTECT, related_name="snapshots")
    content = models.BinaryField()  # encrypted JSON of what was shown
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=12, choices=SnapshotState, default=SnapshotState.SENT)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    is_same_device = models.BooleanField(default=False)  # as the advisor's: flagged in evidence
    is_same_address = models.BooleanField(default=False)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "section"],
                condition=models.Q(state__in=["sent", "confirmed"]),
                name="one_current_snapshot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.section} {self.state}"

    @property
    def shown(self) -> Any:
        """The content as it was shown."""
        return decrypt_json(self.content)


class AttachmentKind(models.TextChoices):
    ILLUSTRATION = "quote", _("soumission")
    ADDITIONAL = "additional", _("dossier supplémentaire")


class AttachmentState(models.TextChoices):
    UPLOADED = "uploaded", _("jointe")
    SENT = "sent", _("envoyée")
    OPENED = "opened", _("ouverte")
    AGREED = "agreed", _("acceptée")
    REPLACED = "replaced", _("remplacée")


class Attachment(models.Model):
    """A PDF put with the application; the illustration is sent to the client and agreed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=12, choices=AttachmentKind)
    version = models.PositiveIntegerField(default=1)
    file = models.ForeignKey("documents.VaultFile", models.PROTECT, related_name="+")  # as it came
    # What is shown and printed, rebuilt from it; null for what came in before that was done.
    printable = models.ForeignKey(
        "documents.VaultFile", models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=160)
    page_count = models.PositiveIntegerField()
    scan = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10, choices=AttachmentState, default=AttachmentState.UPLOADED
    )
    guarantees = models.JSONField(default=list)  # [{guarantee, amount}], listed by the advisor
    call = models.ForeignKey("live.Call", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    is_same_device = models.BooleanField(default=False)
    is_same_address = models.BooleanField(default=False)
    comment = models.CharField(max_length=500, blank=True)  # what the client objected

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(kind="quote") & ~models.Q(state="replaced"),
                name="one_current_illustration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.version}"
