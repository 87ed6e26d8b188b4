"""Open, renew and close a call (4/COS-01 to COS-04)."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.actions.end_live_work import end_live_work
from avenant.errors import RuleError
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.codes import code_digest, new_code, seal_code
from avenant.live.models import CODE_LIFE, Call, CallState


@transaction.atomic
def launch_call(advisor: User, *, ip: str, user_agent: str) -> Call:
    """Open a call with a fresh code.

    Raises:
        RuleError: "call_open", another call of this advisor is still open.
    """
    call = Call(
        advisor=advisor, carrier=advisor.carrier, advisor_ip=ip, advisor_user_agent=user_agent
    )
    _set_code(call)
    try:
        call.save(force_insert=True)
    except IntegrityError as error:  # a constraint allows one open call an advisor
        raise RuleError("call_open") from error
    record("call_opened", call, by=advisor)
    return call


@transaction.atomic
def renew_code(call: Call, *, by: User) -> Call:
    """Give the call a new code; the client who is in it stays until somebody joins with it.

    Raises:
        RuleError: "call_closed".
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    if not call.is_open:
        raise RuleError("call_closed")
    _set_code(call)
    call.save(update_fields=["code_digest", "code_secret", "code_expires_at"])
    record("call_code_renewed", call, by=by)
    announce(call)
    return call


@transaction.atomic
def close_call(call: Call, *, by: User | str = Actor.SYSTEM) -> Call:
    """End the call: its code dies, what waits for the client is withdrawn, its window says so.

    Closing a closed call changes nothing.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    if not call.is_open:
        return call
    if call.application is not None:
        end_live_work(call.application, by=by)
    call.state, call.closed_at = CallState.CLOSED, timezone.now()
    call.code_digest = call.code_secret = call.code_expires_at = None
    call.save(update_fields=["state", "closed_at", "code_digest", "code_secret", "code_expires_at"])
    record("call_closed", call, by=by)
    announce(call)
    return call


def _set_code(call: Call) -> None:
    code = new_code()
    call.code_digest, call.code_secret = code_digest(code), seal_code(code)
    call.code_expires_at = timezone.now() + CODE_LIFE
