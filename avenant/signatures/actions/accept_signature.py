"""The client reads the notices and signs (4/SIG-04 to SIG-07, SIG-14)."""

from django.db import transaction
from django.utils import timezone

from avenant.applications.content import signed_content_hash
from avenant.applications.models import Application
from avenant.crypto import encrypt_json
from avenant.errors import RuleError
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.models import Call
from avenant.live.window import ClientWindow, check_is_the_window
from avenant.rules import check_step
from avenant.signatures.drawing import Drawing
from avenant.signatures.evidence import GIVEN, facts_of
from avenant.signatures.models import SignatureRequest, SignatureState


@transaction.atomic
def accept_signature(
    request: SignatureRequest,
    window: ClientWindow,
    drawing: Drawing,
    *,
    signed_hash: str,
    has_read_to_end: bool,
) -> SignatureRequest:
    """The green button: keep the signature with when, where, how and from which address.

    `signed_hash` is that of the page the signer had: content and place are the ones they saw.
    A second click finds it signed and changes nothing.

    Raises:
        RuleError: "same_browser", "signature_not_read", "signature_void". Nothing is saved.
    """
    call = Call.objects.select_for_update().get(pk=window.call.pk)
    check_is_the_window(call, window)
    application = Application.objects.select_for_update().get(pk=request.application_id)
    request = _locked(request, call)
    if request.state == SignatureState.SIGNED:
        return request
    if request.state == SignatureState.VOID:
        raise RuleError("signature_void")
    if not has_read_to_end:
        raise RuleError("signature_not_read")
    present = signed_content_hash(application, request.notices_version, request.language)
    if request.content_hash != present or request.signed_hash != signed_hash:
        raise RuleError("signature_void")

    state = check_step("signature", request.state, "show_notices")
    state = check_step("signature", state, "draw", is_on_screen=request.method == "screen")
    request.state = check_step("signature", state, "accept")
    request.signed_at = timezone.now()
    request.drawing = encrypt_json(drawing.strokes) if drawing.strokes else None
    request.typed_name = drawing.typed_name
    request.ip, request.user_agent = window.ip, window.user_agent
    request.is_same_device = window.is_advisors_device
    request.is_same_address = window.is_advisors_address
    request.save()
    record(
        GIVEN,
        application,
        by=Actor.CLIENT,
        facts=facts_of(request)
        | {"method": "typed_name" if drawing.typed_name else "screen"}
        | window.sameness,
    )
    announce(call)
    return request


def _locked(request: SignatureRequest, call: Call) -> SignatureRequest:
    return SignatureRequest.objects.select_for_update().get(pk=request.pk, call=call)
