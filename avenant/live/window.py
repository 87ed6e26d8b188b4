"""The client's window: a browser that joined a call, known by a token in a cookie."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.http import client_address, is_same_address, user_agent
from avenant.live.actions.join_call import token_digest
from avenant.live.models import ABSENCE_LIMIT, Call
from avenant.pages.brand import use_brand

COOKIE = "avenant_appel"
COOKIE_PATH = "/appel"
COOKIE_LIFE = timedelta(hours=12)


@dataclass(frozen=True)
class ClientWindow:
    """Who acts for the client in this request, and from where."""

    call: Call
    ip: str
    user_agent: str

    @property
    def is_advisors_address(self) -> bool:
        """Same address as the advisor's (of IPv6, the same line): said in the evidence."""
        return is_same_address(self.ip, self.call.advisor_ip)

    @property
    def is_advisors_device(self) -> bool:
        """Same address and same browser as the advisor's: flagged in the evidence."""
        return self.is_advisors_address and self.user_agent == self.call.advisor_user_agent

    @property
    def sameness(self) -> dict[str, bool]:
        """Both, as the history keeps them."""
        return {
            "same_device": self.is_advisors_device,
            "same_address": self.is_advisors_address,
        }


def window_of(request: HttpRequest) -> ClientWindow | None:
    """The client's window this request comes from, if it joined a call."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    call = (
        Call.objects.select_related("application", "advisor")
        .filter(client_token_digest=token_digest(token))
        .first()
    )
    if call is None:
        return None
    use_brand(request, call.carrier)  # whatever becomes of the request, its page is the carrier's
    return ClientWindow(call=call, ip=client_address(request), user_agent=user_agent(request))


def check_is_the_window(call: Call, window: ClientWindow) -> None:
    """Inside an act of the client, the call being locked: it is open, this browser is the one in
    it, and it was heard of lately (4/COS-19: after a long absence the person may be another).

    Raises:
        RuleError: "call_closed", "already_joined" or "away_too_long".
    """
    if not call.is_open:
        raise RuleError("call_closed")
    if call.client_token_digest != window.call.client_token_digest:
        raise RuleError("already_joined")
    if call.client_seen_at is not None and timezone.now() - call.client_seen_at > ABSENCE_LIMIT:
        raise RuleError("away_too_long")


def check_is_client(request: HttpRequest, window: ClientWindow) -> None:
    """Refuse an act of the client from a browser in which somebody is signed in.

    Raises:
        RuleError: "same_browser"; the attempt is recorded.
    """
    if request.user.is_authenticated:
        record("client_act_refused", window.call, by=request.user, facts={"path": request.path})
        raise RuleError("same_browser")
    if not window.call.is_open:
        raise RuleError("call_closed")


def remember_window(response: HttpResponseBase, token: str, *, is_secure: bool) -> None:
    """Give the browser its token; it is sent back to the client's pages alone."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_LIFE,
        path=COOKIE_PATH,
        httponly=True,
        secure=is_secure,
        samesite="Lax",
    )
