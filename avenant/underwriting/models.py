"""What underwriting asks of a submitted application."""

from django.db import models

from avenant.encrypted import EncryptedJSONField


class RequirementList(models.Model):
    """The answer of `underwriting.requirements` for one coverage, as it was on submission."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="requirement_lists"
    )
    coverage = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    # Age, sex, birth date, amounts: encrypted like the answers they come from.
    facts = EncryptedJSONField()
    outcome = EncryptedJSONField()
    because = EncryptedJSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "coverage"], name="one_requirement_list_per_coverage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.coverage}"
