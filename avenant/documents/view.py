"""Turns an application document into the words its template prints: dates, amounts and moments
written out, signatures drawn. The template then only sets type."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from avenant.documents.payload import (
    ApplicationDocument,
    Confirmation,
    Declaration,
    Representative,
    Section,
    Signature,
)
from avenant.documents.strokes import strokes_svg
from avenant.documents.wording import NBSP, Wording

JsonObject = dict[str, Any]


def application_view(document: ApplicationDocument, pages: list[tuple[float, float]]) -> JsonObject:
    """The JSON that `documents/application.typ` prints.

    `pages` are the widths and heights of the illustration's pages, in points.
    """
    say = Wording(document.language, document.carrier)
    illustration = document.illustration
    return {
        "language": document.language,
        "region": document.carrier.country,
        "paper": "us-letter" if document.carrier.country == "CA" else "a4",
        "title": document.title,
        "number": document.number,
        "stage": document.stage,
        "is_demo": document.is_demo,
        "carrier": {
            "name": document.carrier.name,
            "colour": document.carrier.colour,
            "contact": document.carrier.contact,
        },
        "product": document.product_label,
        "insured": document.insured_name,
        "spouse": document.spouse_name,
        "created_at": say.moment(document.created_at),
        "created": _calendar(document),
        "content_hash": groups(document.content_hash),
        "sections": [_section(section, say) for section in document.sections],
        "notices": {
            "version": document.notices.version,
            "language": document.notices.language,
            "paragraphs": document.notices.paragraphs,
        }
        if document.notices
        else None,
        "illustration": {
            "name": illustration.name,
            "version": illustration.version,
            "agreed_at": say.moment(illustration.agreed_at) if illustration.agreed_at else "",
            "hash": groups(illustration.received_sha256),
            "summary": illustration.summary,
            "pages": [
                {"width": width, "height": height, "alternative": text}
                for (width, height), text in zip(
                    pages, _alternatives(document, len(pages)), strict=True
                )
            ],
        },
        "signatures": [_signature(signature, say) for signature in document.signatures],
        "remarks": [line for line in document.remarks.splitlines() if line.strip()],
        "extra_children": [
            [child.name, say.day(child.born_on) if child.born_on else "", child.relationship]
            for child in document.extra_children
        ],
        "confirmations": [_confirmation(entry, say) for entry in document.confirmations],
        "representative": _representative(document.representative, say),
        "verify_url": document.verify_url,
    }


def alternatives(view: JsonObject) -> list[str]:
    """The text alternatives of the illustration's pages, in order."""
    return [page["alternative"] for page in view["illustration"]["pages"]]


def _alternatives(document: ApplicationDocument, count: int) -> list[str]:
    illustration = document.illustration
    summary = f" {illustration.summary}" if illustration.summary else ""
    sentence = {
        "fr": "Page {page} de {count} de la soumission jointe, « {name} », reproduite telle que "
        "reçue.",
        "en": "Page {page} of {count} of the attached illustration, “{name}”, reproduced as "
        "received.",
    }[document.language]
    return [
        sentence.format(page=page, count=count, name=illustration.name)
        + (summary if page == 1 else "")
        for page in range(1, count + 1)
    ]


def groups(digest: str) -> str:
    """A hash in groups of eight, so that an eye can compare it and a line can break."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _calendar(document: ApplicationDocument) -> list[int]:
    """The date in the file's own data, which Typst writes as one of Greenwich."""
    moment = document.created_at.astimezone(dt.UTC)
    return [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]


def _section(section: Section, say: Wording) -> JsonObject:
    return {
        "number": section.number,
        "title": section.title,
        "parts": _parts(section, say),
        "confirmed_at": say.moment(section.confirmed_at) if section.confirmed_at else "",
        "confirmed_ip": section.confirmed_ip,
        "is_confirmed_by_client": section.is_confirmed_by_client,
    }


def _parts(section: Section, say: Wording) -> list[JsonObject]:
    """What a section prints, in order; answers and declarations that follow each other are one
    list, as the tags of the PDF tell it."""
    parts: list[JsonObject] = []
    for item in section.items:
        if isinstance(item, Declaration):
            if not parts or parts[-1]["kind"] != "declarations" or parts[-1]["title"] != item.title:
                parts.append({"kind": "declarations", "title": item.title, "entries": []})
            parts[-1]["entries"].append(_declaration(item))
            continue
        if item.kind in ("heading", "note"):
            parts.append({"kind": item.kind, "label": item.label})
            continue
        if not parts or parts[-1]["kind"] != "answers":
            parts.append({"kind": "answers", "answers": []})
        parts[-1]["answers"].append({"label": item.label, "lines": say.answer(item)})
    for table in section.tables:
        parts.append({"kind": "table"} | msgspec.to_builtins(table))
    return parts


def _declaration(entry: Declaration) -> JsonObject:
    return {
        "statement": entry.statement,
        "answer": entry.answer or "unanswered",
        "details": entry.details,
    }


def _signature(signature: Signature, say: Wording) -> JsonObject:
    return {
        "role": signature.role,
        "name": signature.name,
        "method": signature.method,
        "place": f"{signature.city} ({signature.province})",
        "moment": say.moment(signature.signed_at),
        "ip": signature.ip,
        "device": signature.user_agent,
        "svg": strokes_svg(signature.strokes),
        "typed_name": signature.typed_name,
        "content_hash": groups(signature.content_hash),
        "phone": signature.phone_masked,
        "code_verified": ""
        if signature.is_code_verified is None
        else say.yes_no(signature.is_code_verified),
        "presence": signature.presence,
        "flags": signature.flags,
    }


def _confirmation(entry: Confirmation, say: Wording) -> JsonObject:
    return {
        "label": entry.label,
        "shown_at": say.moment(entry.shown_at) if entry.shown_at else "",
        "agreed_at": say.moment(entry.agreed_at),
        "ip": entry.ip,
        "hash": entry.content_hash[:16],
        "language": entry.language or "",
        "flags": entry.flags,
    }


def _representative(person: Representative, say: Wording) -> JsonObject:
    def share(name: str, percent: str) -> str:
        if not percent:
            return name
        try:
            written = say.percent(Decimal(percent))
        except InvalidOperation:
            written = percent
        return f"{name}{NBSP if say.language == 'fr' else ''}: {written}"

    split = [share(person.name, person.percent)]
    if person.second_name:
        code = f" ({person.second_code})" if person.second_code else ""
        split.append(share(person.second_name + code, person.second_percent))
    return {
        "name": person.name,
        "code": person.code,
        "firm": person.firm,
        "licences": person.licences,
        "split": split,
        "submitted_at": say.moment(person.submitted_at) if person.submitted_at else "",
        "ip": person.ip,
        "device": person.user_agent,
        "certification_text": person.certification_text,
        "certification_version": person.certification_version,
    }
