"""The way out of a refusal: what an advisor does, in order, when Plan Express says no.

One « Inexact » blocks the application until the refused offer is given up and the client has
recognised an illustration without it (4/APP-21, 4/APP-24, 4/APP-25).
"""

from django.utils.translation import gettext as _

from avenant.applications.models import Application
from avenant.applications.queries import section_url
from avenant.applications.standing import Standing
from avenant.carriers.packs import reader_language
from avenant.pages.items import Check
from avenant_rules import forms


def way_out(standing: Standing) -> list[Check]:
    """The steps that are left and those already taken; none when nothing is refused."""
    if not standing.application.is_blocked:
        return []
    return [*_offer_steps(standing), *_illustration_steps(standing)]


def _offer_steps(standing: Standing) -> list[Check]:
    """Give up what is refused: the product, or each guarantee by its own question."""
    application, form = standing.application, standing.view.form
    if "plan_express" in application.blocked_by:
        return [
            Check(
                _("Choisir à la section 1 une option sans Plan Express"),
                is_done=application.product == "association",
                url=_place(application, form, "product"),
            )
        ]
    steps = []
    for cause in application.blocked_by:
        role = f"wants_{cause}"
        question = form.question(form.roles[role])
        label = question.label.in_(reader_language()) if question else cause
        steps.append(
            Check(
                _("Répondre « Non » à « %(question)s »") % {"question": label},
                is_done=application.product == "association" or standing.view.role(role) != "yes",
                url=_place(application, form, role),
            )
        )
    return steps


def _illustration_steps(standing: Standing) -> list[Check]:
    application, found = standing.application, standing.new_illustration
    is_new, is_agreed = found != "none", found == "validated"
    url = section_url(application, "soumission")
    return [
        Check(_("Joindre une nouvelle soumission sans ce qui est refusé"), is_done=is_new, url=url),
        Check(
            _("L'envoyer au client, qui doit la reconnaître"),
            is_done=is_agreed,
            url=url if is_new else "",
        ),
    ]


def _place(application: Application, form: forms.Form, role: str) -> str:
    path = form.roles[role]
    section = form.section_of(path)
    return f"{section_url(application, section.id)}#q-{path}" if section else ""
