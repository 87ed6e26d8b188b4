"""The place of the platform's administration in the frame."""

from django.urls import reverse
from django.utils.translation import gettext as _

from avenant.accounts.access import SignedInRequest
from avenant.accounts.models import Role
from avenant.pages.navigation import Place


def places(request: SignedInRequest) -> list[Place]:
    if request.user.role != Role.PLATFORM_ADMIN:
        return []
    return [Place(_("Personnes"), reverse("people"), "users", order=10)]
