"""Who sells: firms, managing agencies, and the advisors who act for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Firm(models.Model):
    """A brokerage firm with an agreement with one carrier."""

    carrier = models.CharField(max_length=40)
    name = models.CharField(_("raison sociale"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carrier", "name"], name="one_firm_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ManagingAgency(models.Model):
    """A managing general agency (MGA): reads what its advisors submitted (4/AUT-14)."""

    carrier = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    email = models.EmailField()

    class Meta:
        verbose_name_plural = "managing agencies"
        constraints = [
            models.UniqueConstraint(fields=["carrier", "name"], name="one_agency_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """For whom a person acts, and under which code of the carrier."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliation"
    )
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, blank=True, related_name="people")
    managing_agency = models.ForeignKey(
        ManagingAgency, models.PROTECT, null=True, blank=True, related_name="people"
    )
    distributor_code = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    licence_ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} – {self.firm or self.managing_agency}"
