"""What `avenant check --deploy` refuses of an installation's settings, in words that say what to do.

It judges what is set for the public, whatever hosts are named; Django's own checks come beside it.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register

from avenant.limits.doors import DOORS
from avenant.open_pages import LIBRARY_PAGES, library_pages, public_forms

LOCAL = {"localhost", "127.0.0.1", "[::1]", ""}
OUR_EXAMPLE = "replace-this"  # what deploy/production.env.example writes where a secret belongs
# Forms in which somebody might guess: ours count before they compare.
COUNTED_FORMS = (
    "login", "reauthenticate", "change_password", "reset_password", "authenticate", "activate_totp",
)  # fmt: skip
MOST_WRONG = 5  # 4/AUT-19
SECRETS = (
    "AVENANT_SECRET_KEY",
    "AVENANT_KEY_RING",
    "AVENANT_DIGEST_KEY",
    "AVENANT_HISTORY_KEY",
)


@register(deploy=True)
def check_deployment(**_: Any) -> list[CheckMessage]:
    """Everything that makes these settings unfit for people one does not know."""
    faults = [
        *_demonstration(),
        *_addresses(),
        *_secrets(),
        *_messages(),
        *_people(),
        *_limits(),
        *_doors(),
    ]
    errors = [Error(what, hint=hint, id=f"avenant.{code}") for code, what, hint in faults]
    return [*errors, *_advice()]


type Fault = tuple[str, str, str]  # code, what is wrong, what to do


def _demonstration() -> Iterator[Fault]:
    if settings.AVENANT_DEMO:
        yield (
            "E001",
            "AVENANT_DEMO=1 opens accounts with a published password, an outbox that anyone reads and"
            " a clock that anyone moves.",
            "Unset AVENANT_DEMO, on a database that never held the demo.",
        )
    if os.environ.get("AVENANT_CRASH_AT"):
        yield (
            "E002",
            "AVENANT_CRASH_AT makes the processes stop in the middle of their work.",
            "Unset it: it is for tests.",
        )


def _addresses() -> Iterator[Fault]:
    public = urlsplit(settings.PUBLIC_URL)
    if public.scheme != "https":
        yield (
            "E010",
            f"AVENANT_PUBLIC_URL is {settings.PUBLIC_URL}: the links in messages, which open files"
            " about people, would travel in clear.",
            "Set it to the address people use, beginning with https://.",
        )
    if public.hostname not in settings.ALLOWED_HOSTS:
        yield (
            "E011",
            f"AVENANT_ALLOWED_HOSTS does not have {public.hostname}, the host of AVENANT_PUBLIC_URL:"
            " the links in messages would be refused.",
            "Add that host to AVENANT_ALLOWED_HOSTS.",
        )
    if any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield (
            "E012",
            "AVENANT_ALLOWED_HOSTS lets any host name in: links could be made to lead elsewhere.",
            "Name each host in full.",
        )
    if not settings.SECURE:
        yield (
            "E013",
            "AVENANT_HTTPS is off: cookies and pages would travel in clear.",
            "Set AVENANT_HTTPS=1, behind a proxy of yours that ends the encryption.",
        )
    elif not settings.AVENANT_PROXY_COUNT:
        yield (
            "E014",
            "AVENANT_PROXY_COUNT=0, and a proxy ends the encryption: its own address would be"
            " recorded as everybody's, and one wrong code would be counted for all.",
            "Set AVENANT_PROXY_COUNT to the number of your proxies in front, usually 1.",
        )
    if any(not origin.startswith("https://") for origin in settings.CSRF_TRUSTED_ORIGINS):
        yield (
            "E015",
            "AVENANT_TRUSTED_ORIGINS trusts an address without https.",
            "Begin each with https://.",
        )


def _secrets() -> Iterator[Fault]:
    for name in SECRETS:
        value = os.environ.get(name, "")
        if not value:
            yield (
                "E020",
                f"{name} is not set: each machine makes its own, and they do not understand each"
                " other.",
                "Make one with python3 -c 'import secrets; print(secrets.token_urlsafe(48))', set it"
                " on every machine and keep it somewhere safe as well.",
            )
        elif OUR_EXAMPLE in value or len(value) < 32:
            yield (
                "E021",
                f"{name} is the example's, or too short to be a secret.",
                "Make one with python3 -c 'import secrets; print(secrets.token_urlsafe(48))'.",
            )


def _messages() -> Iterator[Fault]:
    if settings.AVENANT_MAIL_PROVIDER != "email":
        yield (
            "E030",
            f"AVENANT_MAIL_PROVIDER={settings.AVENANT_MAIL_PROVIDER} keeps messages in the database"
            " and sends none: nobody would be told anything.",
            "Set AVENANT_MAIL_PROVIDER=email, with AVENANT_SMTP_HOST and what goes with it.",
        )
        return
    options: Any = settings.MAILERS["default"]["OPTIONS"]
    if options["host"] not in LOCAL and not options["use_tls"]:
        yield (
            "E031",
            f"Messages would go to {options['host']} in clear.",
            "Set AVENANT_SMTP_TLS=1.",
        )
    if settings.DEFAULT_FROM_EMAIL.endswith(".test"):
        yield (
            "E032",
            f"Messages would come from {settings.DEFAULT_FROM_EMAIL}, which nobody can answer.",
            "Set AVENANT_FROM_EMAIL to an address of yours.",
        )


def _people() -> Iterator[Fault]:
    if not settings.AVENANT_STAFF_MFA:
        yield (
            "E040",
            "AVENANT_STAFF_MFA=0: a password alone opens every file of its owner.",
            "Unset it, or set it to 1.",
        )


def _limits() -> Iterator[Fault]:
    """What makes the limits hold: one place to count in, and no second way around it."""
    if any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values()):
        yield (
            "E050",
            "ATOMIC_REQUESTS rolls a try back with the request that failed: it would not be counted.",
            "Leave ATOMIC_REQUESTS out of the database's settings.",
        )
    if "avenant.limits.middleware.LimitMiddleware" not in settings.MIDDLEWARE:
        yield (
            "E051",
            "MIDDLEWARE lacks LimitMiddleware: anyone may send anything as often as they like.",
            "Put avenant.limits.middleware.LimitMiddleware back, before CsrfViewMiddleware.",
        )
    forms = {**settings.ACCOUNT_FORMS, **settings.MFA_FORMS}
    if any(not forms.get(name, "").startswith("avenant.accounts.forms.") for name in COUNTED_FORMS):
        yield (
            "E052",
            "A form of the sign-in is not ours: passwords or second factors could be guessed without"
            " end.",
            "Leave ACCOUNT_FORMS and MFA_FORMS as avenant/settings.py has them.",
        )
    if settings.AXES_FAILURE_LIMIT > MOST_WRONG or not settings.AXES_COOLOFF_TIME:
        yield (
            "E053",
            "AXES_FAILURE_LIMIT or AXES_COOLOFF_TIME lets too many passwords be tried.",
            f"Allow {MOST_WRONG} wrong ones at most, with a time to wait.",
        )
    open_doors = sorted(set(public_forms()) - DOORS.keys())
    if open_doors:
        yield (
            "E054",
            f"Anyone may send as much as they like to {', '.join(open_doors)}.",
            "Give each a limit in avenant/limits/doors.py.",
        )


def _doors() -> Iterator[Fault]:
    """No page of a library is open that we did not choose."""
    found = sorted(set(library_pages()) - LIBRARY_PAGES)
    if found:
        yield (
            "E060",
            f"Pages of a library are open that nobody chose: {', '.join(found)}.",
            "Take them out of the addresses, or list them in avenant/open_pages.py and exercise them in"
            " tests/trust/matrix.py.",
        )
    if not settings.MFA_ALLOW_UNVERIFIED_EMAIL or settings.ACCOUNT_EMAIL_VERIFICATION != "none":
        yield (
            "E061",
            "An e-mail address that allauth has not verified would keep its owner from setting up a"
            " second factor.",
            "Leave MFA_ALLOW_UNVERIFIED_EMAIL and ACCOUNT_EMAIL_VERIFICATION as they are.",
        )


def _advice() -> Iterator[CheckMessage]:
    if not settings.AVENANT_SEAL_KEY:
        yield Info(
            "AVENANT_SEAL_KEY is not set: a key of this machine seals, which proves nothing to others.",
            hint="Set it to the carrier's PKCS#12 file, with AVENANT_SEAL_PASSPHRASE.",
            id="avenant.I001",
        )
    if not settings.AVENANT_CLAMAV:
        yield Info(
            "AVENANT_CLAMAV is not set: uploads are checked for structure and said to be not scanned.",
            hint="Set it to the address of a clamd.",
            id="avenant.I002",
        )
    if not settings.AVENANT_ANCHOR_FOLDER:
        yield Info(
            "AVENANT_ANCHOR_FOLDER is not set: whoever can put the database back as it was yesterday"
            " leaves no trace.",
            hint="Set it to a folder that the database's own people cannot reach, or keep the files"
            " of avenant verify --history --export-anchors FILE there.",
            id="avenant.I003",
        )
    if Path(sys.base_prefix).is_relative_to("/root") or Path(sys.base_prefix).is_relative_to(
        "/home"
    ):
        yield Info(
            f"Python lies in {sys.base_prefix}: services under ProtectHome=yes cannot run it.",
            hint="Run `make setup` with a Python of the system, or with none: one is fetched into the"
            " clone.",
            id="avenant.I004",
        )
