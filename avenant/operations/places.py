"""The operators' page in the frame."""

from django.urls import reverse
from django.utils.translation import gettext as _

from avenant.accounts.access import SignedInRequest
from avenant.accounts.models import Role
from avenant.operations.queries import stuck_counts
from avenant.pages.navigation import Place


def places(request: SignedInRequest) -> list[Place]:
    """What is stuck, for the platform's own people."""
    if request.user.role != Role.PLATFORM_ADMIN:
        return []
    count = sum(stuck_counts().values())
    return [
        Place(
            _("Exploitation"), reverse("operations"), "tool", order=20, count=count, attention=True
        )
    ]
