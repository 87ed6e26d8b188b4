"""How far one application has come: what the acts and the pages ask of it, each thing read once."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from avenant.applications.content import Answers, view_of
from avenant.applications.models import (
    Application,
    Attachment,
    AttachmentKind,
    AttachmentState,
    Section,
    SectionState,
    Snapshot,
    SnapshotState,
)
from avenant.carriers.packs import PACKS_FOLDER
from avenant.clock import today
from avenant.documents.models import SealedDocument
from avenant.live.models import Call
from avenant.live.queries import open_call_on
from avenant.rules import ask
from avenant.signatures.models import SignatureRequest, SignatureState, Signer
from avenant_rules import forms
from avenant_rules.decision import Answer
from avenant_rules.forms import FormView


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
    def refused_sections(self) -> frozenset[str]:
        """The sections shown with a declaration that refuses what is asked for (4/APP-21, APP-24)."""
        return frozenset(
            section.id
            for section in self.view.sections
            if any(map(self.view.refusal, self.view.items(section)))
        )

    @cached_property
    def objections(self) -> dict[str, Snapshot]:
        """By section: what the client last said of it, where they said that something is wrong."""
        last = {snapshot.section: snapshot for snapshot in self.snapshots}
        return {
            section: one for section, one in last.items() if one.state == SnapshotState.OBJECTED
        }

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
    def signing(self) -> Answer[Any]:
        """Who must sign, and who of them is too young to (`signature.required_signers`)."""
        return ask_who_signs(self.view, self.application.carrier)

    @cached_property
    def signers(self) -> dict[str, str]:
        """Who must sign, with their names (4/SIG-13)."""
        parts = [self.view.role(f"spouse_{part}_name") for part in ("first", "last")]
        names = {
            Signer.MAIN_INSURED: self.application.insured_name,
            Signer.SPOUSE: " ".join(filter(None, parts)),
            Signer.ACCOUNT_HOLDER: self.view.role("holder_name") or "",
        }
        asked = self.signing.outcome.signers
        return {str(signer): name for signer, name in names.items() if signer in asked}

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


def ask_who_signs(view: FormView, carrier: str) -> Answer[Any]:
    """What `signature.required_signers` answers of these answers, on the carrier's business day."""
    is_holder = {"yes": True, "no": False}.get(view.role("holder_is_client") or "")
    return ask(
        "signature.required_signers",
        carrier,
        is_spouse_insured=view.role("is_spouse_insured") == "yes",
        is_insured_account_holder=is_holder,
        insured_birth_date=view.role("client_birth_date"),
        spouse_birth_date=view.role("spouse_birth_date"),
        signing_date=today(carrier).isoformat(),
    )
