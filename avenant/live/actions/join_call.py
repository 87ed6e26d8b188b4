"""The client joins with the code (4/COS-05, COS-06, AUT-13)."""

import secrets

from django.db import transaction
from django.utils import timezone

from avenant.applications.actions.void_confirmations import void_confirmations
from avenant.crypto import digest
from avenant.errors import RuleError
from avenant.history.actions.record import Actor, record
from avenant.http import counted_as, is_same_address
from avenant.limits.actions.count_try import count_try, give_back
from avenant.limits.guesses import CALL_CODES
from avenant.live.bus import announce
from avenant.live.codes import code_digest
from avenant.live.models import Call, CallState


def join_call(
    typed_code: str, *, ip: str, user_agent: str, language: str, consent_version: str
) -> tuple[Call, str]:
    """Attach this browser to the call of the code; returns the call and the browser's token.

    The try is counted and committed before the code is compared, so that an error afterwards or
    a burst of parallel requests never gives a free comparison. A right code is given back, and
    nothing else: whoever joins a call of their own has no more guesses than before.

    Raises:
        LimitReachedError: this address guessed too often.
        RuleError: "wrong_code", the same whatever the reason.
    """
    address = counted_as(ip)
    count_try(CALL_CODES, address)
    with transaction.atomic():
        call = (
            Call.objects.select_for_update()
            .filter(code_digest=code_digest(typed_code), code_expires_at__gt=timezone.now())
            .exclude(state=CallState.CLOSED)
            .first()
        )
        if call is None:
            raise RuleError("wrong_code")
        token = secrets.token_urlsafe(32)
        now = timezone.now()
        is_replacing = call.client_token_digest is not None
        call.client_token_digest = token_digest(token)
        call.client_ip, call.client_user_agent = ip, user_agent
        call.is_same_address = is_same_address(ip, call.advisor_ip)
        call.is_same_device = call.is_same_address and user_agent == call.advisor_user_agent
        call.client_language, call.consent_version = language, consent_version
        call.client_joined_at = call.client_seen_at = now
        call.client_left_at = None
        call.state = CallState.LIVE
        call.code_digest = call.code_secret = call.code_expires_at = None  # single use
        call.save()
        record(
            "client_joined",
            call,
            by=Actor.CLIENT,
            facts={
                "consent_version": consent_version,
                "replaces_device": is_replacing,
                "same_device": call.is_same_device,
                "same_address": call.is_same_address,
            },
        )
        if is_replacing and call.application is not None:
            void_confirmations(call.application, by=Actor.SYSTEM, reason="new_device")
        announce(call)
    give_back(CALL_CODES, address)
    return call, token


def token_digest(token: str) -> str:
    """What is stored of a client window's token."""
    return digest("client token", token)
