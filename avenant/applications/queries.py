"""Which applications somebody may see, and how far one has come."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from avenant.accounts.models import CARRIER_READERS, Role, User
from avenant.applications.content import Answers, view_of
from avenant.applications.models import (
    OPEN_STATES,
    SUBMITTED_STATES,
    Application,
    Attachment,
    AttachmentKind,
    AttachmentState,
    Section,
    SectionState,
    Snapshot,
)
from avenant.carriers.packs import PACKS_FOLDER, reader_language
from avenant.clock import today
from avenant.documents.models import SealedDocument
from avenant.live.models import Call
from avenant.live.queries import open_call_on
from avenant.rules import ask
from avenant.signatures.models import SignatureRequest, SignatureState, Signer
from avenant_rules import forms
from avenant_rules.decision import Answer
from avenant_rules.forms import FormView


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


class Standing:
    """How far an application has come, each thing read once; make a new one when it changes."""

    def __init__(self, application: Application, view: FormView | None = None) -> None:
        self.application = application
        self.view = view or view_of(application)

    def with_answers(self, answers: Answers) -> "Standing":
        """The same with other answers; the rows that were read already are kept."""
        other = Standing(self.application, FormView(self.view.form, answers))
        for name in ("call", "sections", "attachments", "snapshots", "signatures"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    def forget_signatures(self) -> None:
        """They were changed beside this: whoever asks next reads them again."""
        for name in ("signatures", "signed_by"):
            self.__dict__.pop(name, None)

    @cached_property
    def call(self) -> Call | None:
        """The open call in which it is being filled."""
        return open_call_on(self.application)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The row of each section that has one, by key."""
        return {row.key: row for row in self.application.sections.all()}

    @property
    def section_rows(self) -> dict[str, str]:
        """The state of each section that has one, by key."""
        return {key: row.state for key, row in self.sections.items()}

    @cached_property
    def client_section_states(self) -> dict[str, str]:
        """The state of each section shown now that the client must confirm."""
        return {
            section.id: self.section_rows.get(section.id, SectionState.EMPTY)
            for section in self.view.sections
            if section.confirmed_by == "client"
        }

    @cached_property
    def progress(self) -> dict[str, forms.SectionState]:
        """How far each section shown is filled, by key, in order."""
        return {section.id: self.view.state(section) for section in self.view.sections}

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files that count: the illustration in force and the additional ones."""
        kept = self.application.attachments.exclude(state=AttachmentState.REPLACED)
        return list(kept.select_related("file", "printable"))

    @cached_property
    def illustration(self) -> Attachment | None:
        """The illustration in force."""
        return next(
            (one for one in self.attachments if one.kind == AttachmentKind.ILLUSTRATION), None
        )

    @cached_property
    def additional_files(self) -> list[Attachment]:
        """Whatever else was attached."""
        return [one for one in self.attachments if one.kind == AttachmentKind.ADDITIONAL]

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """All that was ever sent, the oldest first; the contents are only read when asked for."""
        return list(self.application.snapshots.defer("content"))

    @cached_property
    def signatures(self) -> list[SignatureRequest]:
        """The signatures asked for or given that still count."""
        return list(self.application.signatures.exclude(state=SignatureState.VOID).defer("drawing"))

    @cached_property
    def latest_document(self) -> SealedDocument | None:
        """The PDF made last."""
        if not self.application.number:  # given with the first one
            return None
        return self.application.documents.order_by("-id").first()

    @cached_property
    def signers(self) -> dict[str, str]:
        """Who must sign, with their names (4/SIG-13): the main insured, the spouse if insured too."""
        names = {str(Signer.MAIN_INSURED): self.application.insured_name}
        if self.view.role("is_spouse_insured") == "yes":
            parts = [self.view.role(f"spouse_{part}_name") for part in ("first", "last")]
            names[str(Signer.SPOUSE)] = " ".join(filter(None, parts))
        return names

    @cached_property
    def signed_by(self) -> list[str]:
        """Who has signed what stands now."""
        return sorted(one.signer for one in self.signatures if one.state == SignatureState.SIGNED)

    @cached_property
    def has_overhead_guarantee(self) -> bool:
        """Whether the illustration contains business overhead insurance (4/APP-15)."""
        return any(one.is_overhead for one in self.listed(self.illustration))

    def listed(self, illustration: Attachment | None) -> list[forms.Guarantee]:
        """The guarantees that the advisor listed with an illustration."""
        product = forms.load_product(
            PACKS_FOLDER / self.application.carrier, self.application.form_id
        )
        rows = illustration.guarantees if illustration else []
        return [product.guarantee(item["guarantee"]) for item in rows]

    def content_of(self, illustration: Attachment | None) -> Answer[Any]:
        """What `application.illustration_content` answers of an illustration (4/APP-24, APP-25)."""
        facts = forms.plan_express_facts(self.view)
        return ask(
            "application.illustration_content",
            self.application.carrier,
            contains=sorted(
                {
                    one.gate or "plan_express"
                    for one in self.listed(illustration)
                    if one.programme == "plan_express"
                }
            ),
            product=self.application.product or None,
            wants_critical_illness=facts.get("wants_critical_illness"),
            wants_monthly_income=facts.get("wants_monthly_income"),
            refused=self.application.blocked_by,
        )

    @property
    def new_illustration(self) -> str:
        """How far the illustration is that came after the refusal and contains nothing of it."""
        illustration, refused_at = self.illustration, self.application.blocked_at
        if illustration is None or refused_at is None or illustration.uploaded_at <= refused_at:
            return "none"
        if not self.content_of(illustration).outcome.is_as_asked:
            return "none"
        return {AttachmentState.UPLOADED: "uploaded", AttachmentState.AGREED: "validated"}.get(
            AttachmentState(illustration.state), "sent"
        )

    @cached_property
    def gate(self) -> Answer[Any]:
        """What `application.pdf_gate` answers about the application as it is."""
        application, illustration = self.application, self.illustration
        return ask(
            "application.pdf_gate",
            application.carrier,
            are_sections_filled=all(one.state == "filled" for one in self.progress.values()),
            are_client_sections_confirmed=all(
                state == SectionState.CONFIRMED for state in self.client_section_states.values()
            ),
            has_quote=illustration is not None,
            is_quote_sent=illustration is not None
            and illustration.state != AttachmentState.UPLOADED,
            has_overhead_guarantee=self.has_overhead_guarantee,
            has_overhead_form=bool(self.additional_files),
            required_signers=sorted(self.signers),
            signed_by=self.signed_by,
            commission_total_percent=commission_total(self.view),
            is_blocked=application.is_blocked,
            is_quote_as_asked=self.content_of(illustration).outcome.is_as_asked,
        )


def commission_total(view: FormView) -> str:
    """The sum of the shares as a decimal string; "0" while nothing is entered."""
    names = ("own_percent", "second_percent")
    shares = [view.role(name) for name in names]
    return str(sum((Decimal(share) for share in shares if share), Decimal(0)))


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
