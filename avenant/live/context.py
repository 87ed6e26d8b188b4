"""What the pages of a call show of it."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from avenant.accounts.access import SignedInRequest
from avenant.live.codes import shown_code
from avenant.live.models import Call, CallState


def call_context(request: SignedInRequest, call: Call | None) -> dict[str, Any]:
    """The session panel: code, address, presence."""
    if call is None:
        return {"call": None}
    return {
        "call": call,
        "call_code": shown_code(call),
        "client_address": client_page(),
        "presence": presence_of(call),
    }


def presence_of(call: Call) -> str:
    """`present`, `offline` (was here) or `absent` (never joined)."""
    if call.is_client_present:
        return "present"
    return "offline" if call.state == CallState.LIVE else "absent"


def client_page() -> str:
    """Where the client types the code, at the site's own address. In the demo on one machine the client's window opens on
    127.0.0.1 and the advisor's on localhost: one browser, two cookie jars."""
    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('join_call')}"
    if settings.AVENANT_DEMO:
        return address.replace("//localhost", "//127.0.0.1", 1)
    return address
