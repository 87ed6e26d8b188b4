"""Which applications somebody may see, and what is left to do for one."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from avenant.accounts.models import CARRIER_READERS, Role, User
from avenant.applications.models import (
    OPEN_STATES,
    SUBMITTED_STATES,
    Application,
    ApplicationState,
    SectionState,
)
from avenant.applications.standing import Standing
from avenant.carriers.packs import reader_language
from avenant.clock import today
from avenant_rules import forms


def applications_visible_to(user: User) -> QuerySet[Application]:
    """Everything of which `user` may open the file, drafts of others never included."""
    if user.role == Role.ADVISOR:
        return own_applications(user)  # those submitted are among them
    return submitted_visible_to(user)


def own_applications(user: User) -> QuerySet[Application]:
    """The advisor's own files of their carrier, kept drafts and submitted ones."""
    if user.role != Role.ADVISOR:
        return Application.objects.none()
    return Application.objects.filter(advisor=user, carrier=user.carrier).filter(
        Q(state__in=SUBMITTED_STATES)
        | Q(state__in=OPEN_STATES, expires_on__gte=today(user.carrier))
    )


def drafts_of(user: User) -> QuerySet[Application]:
    """« Mes propositions sauvegardées »: own drafts that are still kept."""
    return own_applications(user).filter(state__in=OPEN_STATES)


def to_correct(user: User) -> QuerySet[Application]:
    """Files of this advisor that the carrier returned and that nothing corrects yet."""
    corrected = Application.objects.filter(corrects=OuterRef("pk"), state__in=SUBMITTED_STATES)
    returned = own_applications(user).filter(state=ApplicationState.RETURNED)
    return returned.exclude(Exists(corrected))


def submitted_visible_to(user: User) -> QuerySet[Application]:
    """Submitted files: one's own, one's firm's, one's agency's advisors', or the carrier's."""
    submitted = Application.objects.filter(carrier=user.carrier, state__in=SUBMITTED_STATES)
    if user.role in CARRIER_READERS:
        return submitted
    affiliation = getattr(user, "affiliation", None)
    if user.role == Role.ADVISOR:
        return submitted.filter(advisor=user)
    if user.role == Role.MANAGING_AGENCY and affiliation and affiliation.managing_agency_id:
        return submitted.filter(
            advisor__affiliation__managing_agency=affiliation.managing_agency_id
        )
    if user.role == Role.FIRM_MANAGER and affiliation and affiliation.firm_id:
        return submitted.filter(advisor__affiliation__firm=affiliation.firm_id)
    return submitted.none()


@dataclass(frozen=True)
class Task:
    """One thing that is left to do before the PDF, and where to do it."""

    sentence: str
    url: str
    is_done: bool = False


def remaining_tasks(standing: Standing) -> list[Task]:
    """What still prevents the PDF, each with a link to the place."""
    application, rows = standing.application, standing.section_rows
    tasks: list[Task] = []
    for section in standing.view.sections:
        title = section.title.in_(reader_language())
        progress = standing.progress[section.id]
        if progress.state != "filled":
            sentence = _("Compléter « %(section)s » (%(count)d à remplir)")
            url = section_url(application, section.id)
            if progress.missing:
                url += f"#q-{progress.missing[0]}"
            count = len(progress.missing) + len(progress.problems)
            tasks.append(Task(sentence % {"section": title, "count": count}, url))
        elif section.confirmed_by == "client" and rows.get(section.id) != SectionState.CONFIRMED:
            sentence = _("Faire confirmer « %(section)s » par le client")
            tasks.append(Task(sentence % {"section": title}, section_url(application, section.id)))
    gate = standing.gate.outcome
    tasks += [
        Task(sentence, section_url(application, place))
        for code, (sentence, place) in _gate_places(standing.view.form).items()
        if code in gate.missing
    ]
    return tasks


def _gate_places(form: forms.Form) -> dict[str, tuple[str, str]]:
    own = form.section_of(form.roles["own_percent"])
    return {
        "quote": (_("Joindre la soumission"), "soumission"),
        "quote_sent": (_("Envoyer la soumission au client"), "soumission"),
        "quote_content": (
            _("Joindre une soumission sans ce qui est refusé ou n'est pas demandé"),
            "soumission",
        ),
        "overhead_form": (_("Joindre le formulaire de frais généraux"), "soumission"),
        "commission": (_("Porter le total des commissions à 100 %"), own.id if own else ""),
        "signature": (_("Recueillir les signatures"), "signature"),
    }


def section_url(application: Application, key: str) -> str:
    """The advisor's page of the application, opened at one section."""
    return f"{reverse('application', args=[application.pk])}?section={key}"
