"""Gather everything that the PDF of an application prints, as plain data for the renderer.

The sections print what the client confirmed, not what the answers say by now.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import override

from avenant.applications.content import (
    confirmed_snapshots,
    current_illustration,
    view_of,
)
from avenant.applications.files import shown_content
from avenant.applications.models import Application, Snapshot
from avenant.carriers.packs import PACKS_FOLDER, pack
from avenant.carriers.texts import CERTIFICATION, NOTICES, reading_at
from avenant.documents import payload
from avenant.documents.acts import confirmations, flags
from avenant.documents.models import SealedDocument, Stage
from avenant.rules import ask
from avenant.signatures.evidence import EvidenceError, is_as_recorded
from avenant.signatures.models import SignatureRequest, SignatureState, Signer
from avenant_rules import forms

KINDS: dict[str, payload.ItemKind] = {"bank_account": "bank"}
ROLES: dict[str, payload.SignerRole] = {
    Signer.MAIN_INSURED: "main_insured",
    Signer.SPOUSE: "spouse",
    Signer.ACCOUNT_HOLDER: "payor",
}


def assemble(document: SealedDocument) -> payload.ApplicationDocument:
    """The payload of one document; the same rows always give the same payload.

    Raises:
        EvidenceError: a signature is not as it was recorded. It is not sealed for true.
    """
    application = document.application
    with override(document.language):
        return _assemble(document, application)


def _assemble(document: SealedDocument, application: Application) -> payload.ApplicationDocument:
    language = document.language
    view = view_of(application)
    form = view.form
    carrier = pack(application.carrier)
    snapshots = confirmed_snapshots(application)
    signatures = list(
        application.signatures.filter(state=SignatureState.SIGNED).select_related(
            "application", "call"
        )
    )
    if not all(map(is_as_recorded, signatures)):
        raise EvidenceError
    return payload.ApplicationDocument(
        carrier=payload.Carrier(
            name=carrier.name[language],
            colour=carrier.branding.primary,
            contact=f"{carrier.contacts.support_phone} · {carrier.contacts.support_email}",
            time_zone=carrier.timezone,
            country="FR" if carrier.country == "FR" else "CA",
            currency=carrier.currency,
        ),
        number=document.number,
        stage="submitted" if document.stage == Stage.SUBMITTED else "created",
        language="en" if language == "en" else "fr",
        title=form.title.in_(language),
        product_label=_product_label(view, language),
        insured_name=application.insured_name,
        created_at=document.requested_at,
        sections=[_client_section(snapshot) for snapshot in snapshots]
        + _own_sections(view, language),
        illustration=_illustration(application, language),
        signatures=[_signature(request) for request in signatures],
        representative=_representative(document, view),
        content_hash=signatures[0].content_hash if signatures else document.content_hash,
        notices=_notices(application, signatures),
        remarks=str(view.role("remarks") or ""),
        extra_children=_extra_children(view, application.carrier),
        confirmations=confirmations(application, snapshots, signatures),
        verify_url=f"{settings.PUBLIC_URL}/verifier",
        is_demo=form.is_demonstration,
    )


def _product_label(view: forms.FormView, language: str) -> str:
    question = view.form.question(view.form.roles["product"])
    assert question is not None
    return forms.display(question, view.answers.get(question.id), language, "carrier")


def _client_section(snapshot: Snapshot) -> payload.Section:
    # Bank numbers and the social insurance number are the client's and the carrier's alone to
    # see (settled 11): the file that advisor and agency read prints their end.
    shown = forms.masked_snapshot(snapshot.shown, "advisor")
    return _section(
        shown,
        confirmed_at=snapshot.answered_at,
        confirmed_ip=snapshot.ip or "",
        is_confirmed_by_client=True,
    )


def _own_sections(view: forms.FormView, language: str) -> list[payload.Section]:
    """The representative's section, which the client reads but does not confirm (4/APP-28)."""
    return [
        _section(
            forms.snapshot(view, section, language),
            left_out=view.form.roles.get("remarks"),  # they have a place of their own
            is_confirmed_by_client=False,
        )
        for section in view.sections
        if section.confirmed_by == "nobody"
    ]


def _section(
    shown: dict[str, Any], *, left_out: str | None = None, **confirmation: Any
) -> payload.Section:
    """What was shown, in its order: questions, declarations and texts to read. `left_out`: a question
    that another page of the document prints."""
    items: list[payload.Item | payload.Declaration] = []
    for item in shown["items"]:
        if item["id"] == left_out:
            continue
        if item["kind"] == "question":
            items.append(_item(item))
        elif item["kind"] == "group":
            for row in item["rows"]:
                items.append(payload.Item(label=row["label"], kind="heading"))
                items += [_item(one) for one in row["items"]]
        elif item["kind"] == "declaration":
            items += _text(f"{item['number']} {item['title']}", [("", item["intro"])])
            items += [
                payload.Declaration(statement=one["label"], answer=one["value"])
                for one in item["statements"]
            ]
        else:
            texts = [(one["heading"], one["text"]) for one in item["paragraphs"]]
            items += _text(item["title"], texts)
    return payload.Section(
        number=str(shown["section"]["number"]),
        title=shown["section"]["title"],
        items=items,
        **confirmation,
    )


def _text(title: str, paragraphs: list[tuple[str, str]]) -> list[payload.Item]:
    """A text with its title and the headings of its paragraphs, as it was shown."""
    items = [payload.Item(label=title, kind="heading")]
    for heading, text in paragraphs:
        if heading:
            items.append(payload.Item(label=heading, kind="heading"))
        if text:
            items.append(payload.Item(label=text, kind="note"))
    return items


def _item(item: dict[str, Any]) -> payload.Item:
    """The answer in the words the client was shown: the renderer formats nothing again."""
    return payload.Item(
        label=item["label"], value=item["shown"], kind=KINDS.get(item["type"], "text")
    )


def _illustration(application: Application, language: str) -> payload.Illustration:
    attachment = current_illustration(application)
    assert attachment is not None, "the gate lets no PDF through without the illustration"
    product = forms.load_product(PACKS_FOLDER / application.carrier, application.form_id)
    summary = "; ".join(
        f"{product.guarantee(row['guarantee']).label.in_(language)} {row['amount']}"
        for row in attachment.guarantees
    )
    return payload.Illustration(
        content=shown_content(attachment),
        received_sha256=attachment.file.sha256,
        name=attachment.name,
        version=str(attachment.version),
        agreed_at=attachment.agreed_at,
        summary=summary,
    )


def _signature(request: SignatureRequest) -> payload.Signature:
    assert request.signed_at is not None
    printed = ask(
        "signature.evidence",
        request.application.carrier,
        signer=request.signer,
        method=request.method,
    ).outcome.printed
    has_place = "place" in printed
    return payload.Signature(
        role=ROLES[request.signer],
        name=request.signer_name,
        method="screen",
        city=request.city if has_place else "",
        province=request.province if has_place else "",
        signed_at=request.signed_at,
        ip=(request.ip or "") if "ip_address" in printed else "",
        user_agent=request.user_agent,
        strokes=[[(x, y) for x, y in stroke] for stroke in request.strokes or []],
        typed_name=request.typed_name,
        content_hash=request.content_hash,
        flags=flags(request),
    )


def _notices(
    application: Application, signatures: list[SignatureRequest]
) -> payload.Notices | None:
    if not signatures:
        return None
    language = signatures[0].language
    version = signatures[0].notices_version
    texts = reading_at(application.carrier, NOTICES, version, language).texts
    return payload.Notices(
        version=signatures[0].notices_version,
        language="en" if language == "en" else "fr",
        paragraphs=[
            part for text in texts for part in ((text.title, text.intro), *text.paragraphs)
        ],
    )


def _extra_children(view: forms.FormView, carrier: str) -> list[payload.Child]:
    """The rows beyond those the printed form holds (4/APP-30)."""
    children = view.form.roles.get("children")
    group = next((item for _s, item in view.form.items() if item.id == children), None)
    if not isinstance(group, forms.Group):
        return []
    rows = view.answers.get(group.id) or []
    # All of them are answers: those without a row of the form are printed, which lists them.
    on_the_form = ask(
        "application.children", carrier, children_count=len(rows), listed_in_remarks_count=len(rows)
    ).outcome.form_row_count
    names = [question.id for question in group.questions if question.type == "text"]
    dates = [question.id for question in group.questions if question.type == "date"]
    return [
        payload.Child(
            name=" ".join(str(row[key]) for key in reversed(names) if row.get(key)),
            born_on=next((dt.date.fromisoformat(row[k]) for k in dates if row.get(k)), None),
        )
        for row in rows[on_the_form:]
    ]


def _representative(document: SealedDocument, view: forms.FormView) -> payload.Representative:
    application = document.application
    advisor = application.advisor
    affiliation = getattr(advisor, "affiliation", None)
    submission: dict[str, Any] = {}
    if document.stage == Stage.SUBMITTED:
        certification = reading_at(
            application.carrier,
            CERTIFICATION,
            application.certification_version,
            document.language,
        )
        submission = {
            "submitted_at": application.submitted_at,
            "ip": application.submitted_ip or "",
            "certification_text": " ".join(
                body for text in certification.texts for _heading, body in text.paragraphs
            ),
            "certification_version": application.certification_version,
        }
    return payload.Representative(
        name=advisor.name,
        code=affiliation.distributor_code if affiliation else "",
        firm=str(affiliation.firm) if affiliation and affiliation.firm else "",
        percent=str(view.role("own_percent") or ""),
        second_name=str(view.role("second_name") or ""),
        second_code=str(view.role("second_code") or ""),
        second_percent=str(view.role("second_percent") or ""),
        **submission,
    )
