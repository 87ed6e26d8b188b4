"""The link by which the client gets the sealed copy, used once (settled 12 and 14)."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from avenant.crypto import digest
from avenant.documents.models import CopyLink, SealedDocument
from avenant.history.actions.record import Actor, record

LIFE = dt.timedelta(days=30)


def new_copy_link(document: SealedDocument) -> str:
    """Make a link for the document; returns its token, which is not kept."""
    token = secrets.token_urlsafe(24)
    CopyLink.objects.create(
        document=document,
        token_digest=digest("copy link", token),
        expires_at=timezone.now() + LIFE,
    )
    return token


def find_copy_link(token: str) -> CopyLink | None:
    """The link of this token if it can still be opened. Looking at it burns nothing."""
    return CopyLink.objects.filter(
        token_digest=digest("copy link", token), opened_at=None, expires_at__gt=timezone.now()
    ).first()


def past_copy_link(token: str) -> CopyLink | None:
    """A link that opens nothing any more: used, or out of date."""
    return CopyLink.objects.filter(token_digest=digest("copy link", token)).first()


@transaction.atomic
def open_copy_link(token: str) -> str | None:
    """Use the link up; returns the secret of this browser, or None when it is used or expired."""
    link = (
        CopyLink.objects.select_for_update()
        .select_related("document__application")
        .filter(token_digest=digest("copy link", token), expires_at__gt=timezone.now())
        .first()
    )
    if link is None or link.opened_at is not None:
        return None
    secret = secrets.token_urlsafe(24)
    link.opened_at, link.window_digest = timezone.now(), digest("copy window", secret)
    link.save(update_fields=["opened_at", "window_digest"])
    facts = {"number": link.document.number}
    record("copy_opened", link.document.application, by=Actor.CLIENT, facts=facts)
    return secret
