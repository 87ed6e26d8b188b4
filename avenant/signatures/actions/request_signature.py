"""« Envoyer à l'écran – signature »: ask a signer to sign (4/SIG-01 to SIG-03)."""

from django.db import transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.content import signed_content_hash
from avenant.applications.models import Application, AttachmentState, SectionState
from avenant.applications.standing import Standing
from avenant.carriers.texts import NOTICES, reading
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.bus import announce
from avenant.live.models import Call
from avenant.rules import ask
from avenant.signatures.actions.void_signature import void_request
from avenant.signatures.models import SignatureRequest, SignatureState


@transaction.atomic
def request_signature(
    application: Application, call: Call, *, signer: str, city: str, province: str, by: User
) -> SignatureRequest:
    """Send the notices and the signature box to the client's window.

    Raises:
        RuleError: what prevents sending, e.g. "city_required", "client_required",
            "sections_not_confirmed", "signer_is_minor"; "refused_step" for somebody who
            does not sign.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    application = Application.objects.select_for_update().get(pk=application.pk)
    answer = ask(
        "signature.request",
        application.carrier,
        method="screen",
        city=city,
        province=province,
        is_client_connected=call.is_client_present,
    )
    if not answer.outcome.is_sent:
        errors = sorted(answer.outcome.errors)
        raise RuleError(errors[0], because=answer.because, details=errors)
    standing = Standing(application)
    _check_everything_confirmed(standing)
    if signer not in standing.signers:
        raise RuleError("refused_step")
    if signer in standing.signing.outcome.minors:
        raise RuleError("signer_is_minor", because=standing.signing.because)

    for earlier in application.signatures.filter(signer=signer).exclude(state="void"):
        if earlier.state == SignatureState.SIGNED:
            return earlier
        void_request(earlier, reason="asked_again", by=by)
    language = call.client_language
    version = reading(application.carrier, NOTICES, language).version
    request = SignatureRequest.objects.create(
        application=application,
        call=call,
        signer=signer,
        signer_name=standing.signers[signer],
        city=city.strip(),
        province=province,
        content_hash=signed_content_hash(application, version, language),
        notices_version=version,
        language=language,
        requested_at=timezone.now(),
    )
    record(
        "signature_requested",
        application,
        by=by,
        facts={
            "signer": signer,
            "method": "screen",
            "signature": request.pk,
            "salted_hash": application.salted(request.signed_hash),
            "notices_version": version,
        },
        because=answer.because,
    )
    announce(call)
    return request


@transaction.atomic
def cancel_signature_request(request: SignatureRequest, *, by: User) -> None:
    """Take back a request that is not signed yet; the client's window returns to waiting."""
    call = Call.objects.select_for_update().get(pk=request.call_id)
    Application.objects.select_for_update().get(pk=request.application_id)
    request = SignatureRequest.objects.select_for_update().get(pk=request.pk)
    if request.state in {SignatureState.SIGNED, SignatureState.VOID}:
        raise RuleError("refused_step")
    void_request(request, reason="cancelled", by=by)
    announce(call)


def _check_everything_confirmed(standing: Standing) -> None:
    states = standing.client_section_states.values()
    illustration = standing.illustration
    is_agreed = illustration is not None and illustration.state == AttachmentState.AGREED
    if not is_agreed or any(state != SectionState.CONFIRMED for state in states):
        raise RuleError("sections_not_confirmed")
