"""Signatures asked for in the live session. States follow `avenant_rules/machines/signature.toml`."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from avenant.crypto import decrypt_json
from avenant_rules import forms

# 1: the content alone, until places were bound too. 2: the content, who signs it and where.
FORMULA = 2


class Signer(models.TextChoices):
    MAIN_INSURED = "main_insured", _("assuré principal")
    SPOUSE = "spouse", _("conjoint")
    ACCOUNT_HOLDER = "account_holder", _("titulaire du compte")


class SignatureState(models.TextChoices):
    REQUESTED = "requested", _("demandée")
    SIGNED = "signed", _("signée")
    VOID = "void", _("annulée")


class SignatureRequest(models.Model):
    """One signer's signature of one content, from request to evidence (4/SIG-14)."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="signatures"
    )
    call = models.ForeignKey("live.Call", models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=20, choices=Signer)
    signer_name = models.CharField(max_length=160)
    method = models.CharField(max_length=10, default="screen")
    city = models.CharField(max_length=80)
    province = models.CharField(max_length=2)
    state = models.CharField(
        max_length=15, choices=SignatureState, default=SignatureState.REQUESTED
    )
    content_hash = models.CharField(max_length=64)  # of what is signed (settled 1)
    formula = models.PositiveSmallIntegerField(default=FORMULA)  # of `signed_hash`
    notices_version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    requested_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=40, blank=True)
    drawing = models.BinaryField(null=True)  # encrypted strokes, points without timing
    typed_name = models.CharField(max_length=160, blank=True)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    is_same_device = models.BooleanField(default=False)  # as the advisor's
    is_same_address = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "signer"],
                condition=~models.Q(state="void"),
                name="one_current_signature",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.signer} {self.state}"

    @property
    def signed_hash(self) -> str:
        """What the signer is shown, signs, and is bound to: SHA-256, by the formula of its time."""
        return signed_hash(self)

    @property
    def strokes(self) -> Any:
        """The drawn strokes, or None for a typed name."""
        return strokes(self)


# Migrations, whose rows have no properties, ask these.
def signed_hash(request: SignatureRequest) -> str:
    """What is signed: SHA-256, by the formula of its time."""
    if request.formula == 1:
        return request.content_hash
    return forms.content_hash(
        {
            "formula": request.formula,
            "content": request.content_hash,
            "signer": request.signer,
            "name": request.signer_name,
            "city": request.city,
            "province": request.province,
        }
    )


def strokes(request: SignatureRequest) -> Any:
    """The drawn strokes, or None for a typed name."""
    return None if request.drawing is None else decrypt_json(request.drawing)
