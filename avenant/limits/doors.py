"""Every form that a stranger may send, and how often one address may send it.

Generous on purpose: an office of sixty people has one address. Guesses (passwords, codes) are counted
more strictly where they are compared: see `avenant/limits/guesses.py`.
"""

import datetime as dt
from dataclasses import dataclass

from avenant.limits.limit import Limit

_MINUTE = dt.timedelta(minutes=1)
_TEN_MINUTES = dt.timedelta(minutes=10)
_QUARTER = dt.timedelta(minutes=15)
_HOUR = dt.timedelta(hours=1)

VERIFICATIONS = Limit("verifications", 200, _TEN_MINUTES)
DECISIONS = Limit("decisions", 600, _MINUTE)
SIGN_INS = Limit("sign-ins", 100, _QUARTER)
PASSWORD_LINKS = Limit("password links", 100, _HOUR)
SECOND_FACTORS = Limit("second factors", 100, _QUARTER)
JOINS = Limit("joins", 100, _QUARTER)
COPIES = Limit("copies", 100, _QUARTER)
CLIENT_ACTS = Limit("client acts", 2_000, _TEN_MINUTES)
SMALL_THINGS = Limit("small things", 600, _TEN_MINUTES)
# By account, whatever the address.
UPLOADS = Limit("uploads", 200, _TEN_MINUTES)

# In the scope of a request: counted before its body came; refused, with so many seconds to wait.
COUNTED, REFUSED = "avenant.limits.counted", "avenant.limits.refused"


@dataclass(frozen=True)
class Door:
    """How a POST to an address of the site is limited.

    `is_costly`: what it makes the machine do (a password, a whole file, a page) is done for few
    strangers at a time, so that those who work here do not wait for them.
    """

    limit: Limit
    is_costly: bool = True
    by_account: bool = False


DOORS: dict[str, Door] = {
    "verify": Door(VERIFICATIONS),
    "api_decide": Door(DECISIONS),
    "account_login": Door(SIGN_INS),
    "account_reset_password": Door(PASSWORD_LINKS),
    "account_reset_password_from_key": Door(PASSWORD_LINKS),
    "accept_invitation": Door(PASSWORD_LINKS),
    "account_reauthenticate": Door(SIGN_INS),
    "account_change_password": Door(SIGN_INS),
    "account_logout": Door(SMALL_THINGS),
    "mfa_authenticate": Door(SECOND_FACTORS),
    "mfa_reauthenticate": Door(SECOND_FACTORS),
    "mfa_activate_totp": Door(SECOND_FACTORS),
    "join_call": Door(JOINS),
    "open_copy": Door(COPIES),
    "set_language": Door(SMALL_THINGS),
    # The client's own window, which nothing may hold up.
    "client_trouble": Door(CLIENT_ACTS, is_costly=False),
    "agree_section": Door(CLIENT_ACTS, is_costly=False),
    "agree_illustration": Door(CLIENT_ACTS, is_costly=False),
    "sign": Door(CLIENT_ACTS, is_costly=False),
    "demo_clock": Door(SMALL_THINGS),
    "upload_file": Door(UPLOADS, is_costly=False, by_account=True),
}
