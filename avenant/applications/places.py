"""The places of this app in the frame, for those who work in them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from avenant.accounts.access import SignedInRequest
from avenant.accounts.models import CARRIER_READERS, Role
from avenant.applications.models import ApplicationState
from avenant.applications.queries import drafts_of, submitted_visible_to
from avenant.pages.navigation import Place


def places(request: SignedInRequest) -> list[Place]:
    """Drafts and submitted files of the advisor; received files of the others."""
    user = request.user
    if user.role == Role.ADVISOR:
        return [
            Place(_("Accueil"), reverse("home"), "home", order=10),
            Place(
                _("Mes propositions sauvegardées"),
                reverse("drafts"),
                "folder-open",
                order=20,
                count=drafts_of(user).count(),
            ),
            Place(
                _("Propositions transmises"),
                reverse("submitted_applications"),
                "cloud-check",
                order=30,
            ),
        ]
    if user.role in {Role.MANAGING_AGENCY, Role.FIRM_MANAGER, *CARRIER_READERS}:
        waiting = submitted_visible_to(user).filter(state=ApplicationState.SUBMITTED).count()
        return [
            Place(
                _("Propositions reçues"),
                reverse("submitted_applications"),
                "inbox",
                order=20,
                count=waiting,
            )
        ]
    return []
