"""The access matrix: for every URL, what each actor gets, by GET and by POST.

A URL without a row here fails the build. Statuses: 302 to the sign-in page for nobody, 403 for a
missing right, 404 for a foreign object, 405 for a method that does not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from avenant.demo.dossiers import ApplicationStory

ACTORS = (
    "anonymous",
    "client",
    "other_client",
    "expired_client",
    "advisor",
    "other_advisor",
    "colleague",
    "other_carrier_advisor",
    "firm_manager",
    "other_firm_manager",
    "mga",
    "other_mga",
    "contract_administration",
    "second_administration",
    "underwriter",
    "claims",
    "other_claims",
    "agreements",
    "seller",
    "back_office",
    "platform_admin",
    "other_platform_admin",
    "other_carrier_admin",
    "other_carrier_underwriter",
)
WINDOWS = ("client", "other_client", "expired_client")
NOBODY = ("anonymous", *WINDOWS)
ADVISORS = ("other_advisor", "colleague", "other_carrier_advisor")
CARRIERS = ("contract_administration", "second_administration", "underwriter")
OTHER_CARRIER = ("other_carrier_admin", "other_carrier_underwriter")
# Those who read what the advisor submitted, and those who read what others did.
READERS = ("firm_manager", "mga", *CARRIERS)
ELSEWHERE = ("other_firm_manager", "other_mga", *OTHER_CARRIER)
SIGN_IN = "sign-in"  # redirected to the sign-in page


@dataclass(frozen=True)
class Stage:
    """The two files of the advisor that the rows speak of."""

    draft: ApplicationStory
    submitted: ApplicationStory

    @property
    def attachment(self) -> int:
        return self.draft.application.attachments.get(kind="quote").pk


type Answer = int | str  # one accepted answer a cell


@dataclass(frozen=True)
class Row:
    """`get` and `post` map an actor, or "*" for everybody else, to what they get."""

    kwargs: Callable[[Stage], dict[str, Any]] = lambda _stage: {}
    get: Mapping[str, Answer] = field(default_factory=dict)
    post: Mapping[str, Answer] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)

    def expected(self, method: str, actor: str) -> Answer:
        rules = self.get if method == "get" else self.post
        return rules[actor] if actor in rules else rules["*"]


def nobody(**others: Answer) -> dict[str, Answer]:
    return dict.fromkeys(NOBODY, SIGN_IN) | others


def everyone(answer: Answer) -> dict[str, Answer]:
    return {"*": answer}


def advisors(own: Answer, foreign: Answer = 404) -> dict[str, Answer]:
    """Advisors alone; another advisor meets a foreign object."""
    return nobody(advisor=own) | dict.fromkeys(ADVISORS, foreign) | {"*": 403}


def readers(own: Answer) -> dict[str, Answer]:
    """Those who read submitted files: each their own, the others 404; other roles 403."""
    foreign = (*ADVISORS, *ELSEWHERE)
    readers = ("advisor", *READERS)
    return nobody() | dict.fromkeys(readers, own) | dict.fromkeys(foreign, 404) | {"*": 403}


def reading_rooms(answer: Answer) -> dict[str, Answer]:
    """A list of submitted files, each reader's own."""
    readers = ("advisor", *ADVISORS, *READERS, *ELSEWHERE)
    return nobody() | dict.fromkeys(readers, answer) | {"*": 403}


def seers(own: Answer, *, draft: bool) -> dict[str, Answer]:
    """A file of an application: 404 for whoever may not see the application."""
    readers = ("advisor",) if draft else ("advisor", *READERS)
    return nobody() | dict.fromkeys(readers, own) | {"*": 404}


def clients(joined: Answer, outside: Answer, **others: Answer) -> dict[str, Answer]:
    """The client's window; whoever has not joined is sent to the code page."""
    return dict.fromkeys(WINDOWS, joined) | {"*": outside} | others


def draft(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.draft.application.pk}


def submitted(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.submitted.application.pk}


def call(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.draft.call.pk}


def administration(answer: Answer) -> dict[str, Answer]:
    """The platform's administration alone."""
    return nobody(platform_admin=answer, other_platform_admin=answer) | {"*": 403}


def advisor_account(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.draft.advisor.pk}


ONLY_READ = nobody() | everyone(405)  # signed-in people learn that the method does not exist

ROWS: dict[str, Row] = {
    # the installation
    "healthz": Row(get=everyone(200), post=everyone(405)),
    "readyz": Row(get=everyone(503), post=everyone(405)),  # no worker is there
    # the frame
    "set_language": Row(get=everyone(405), post=everyone(302), data={"language": "en"}),
    "brand_stylesheet": Row(
        lambda _s: {"name": "croix_bleue"}, get=everyone(200), post=everyone(405)
    ),
    "design": Row(
        get=nobody(platform_admin=200, other_platform_admin=200) | everyone(403),
        post=nobody() | everyone(405),
    ),
    "design_page": Row(
        lambda _s: {"page": "forms"},
        get=nobody(platform_admin=404, other_platform_admin=404) | everyone(403),
        post=nobody() | everyone(405),
    ),
    "verify": Row(get=everyone(200), post=everyone(422)),
    # the client's copy: the token alone opens it, whoever asks
    "open_copy": Row(lambda _s: {"token": "wrong"}, get=everyone(404), post=everyone(404)),
    "copy": Row(get=everyone(404), post=everyone(405)),
    # accounts: the session decides, nobody gets at somebody else's
    "home": Row(
        get=nobody(platform_admin=302, other_platform_admin=302)
        | dict.fromkeys((*READERS, *ELSEWHERE), 302)
        | everyone(200),
        post=ONLY_READ,
    ),
    "account_login": Row(
        get=dict.fromkeys(NOBODY, 200) | everyone(302),
        post=dict.fromkeys(NOBODY, 200) | everyone(302),
        data={"login": "nobody@exemple.test", "password": "Wrong-Horse-7!"},
    ),
    "account_logout": Row(get=dict.fromkeys(NOBODY, 302) | everyone(200), post=everyone(302)),
    "account_inactive": Row(get=everyone(200), post=everyone(405)),
    # the cast has no passwords: there is nothing to confirm oneself with
    "account_reauthenticate": Row(
        get=nobody() | everyone(403),
        post=nobody() | everyone(403),
        data={"password": "Wrong-Horse-7!"},
    ),
    # whoever has no password is sent to ask for the first one by mail
    "account_change_password": Row(
        get=nobody() | everyone(302),
        post=nobody() | everyone(302),
        data={
            "oldpassword": "Wrong-Horse-7!",
            "password1": "Right-Horse-7!",
            "password2": "Right-Horse-7!",
        },
    ),
    "account_reset_password": Row(
        get=everyone(200), post=everyone(302), data={"email": "advisor@exemple.test"}
    ),
    "account_reset_password_done": Row(get=everyone(200), post=everyone(405)),
    "account_reset_password_from_key": Row(
        lambda _s: {"uidb36": "1", "key": "wrong"},
        get=everyone(200),
        post=everyone(200),
        data={"password1": "Right-Horse-7!", "password2": "Right-Horse-7!"},
    ),
    "account_reset_password_from_key_done": Row(get=everyone(200), post=everyone(405)),
    # the second factor: one's own account. At signing in it follows the password, else nothing.
    "mfa_authenticate": Row(
        get=nobody() | everyone(302), post=nobody() | everyone(302), data={"code": "123456"}
    ),
    "mfa_reauthenticate": Row(
        get=nobody() | everyone(403), post=nobody() | everyone(403), data={"code": "123456"}
    ),
    "mfa_index": Row(get=nobody() | everyone(200), post=nobody() | everyone(405)),
    "mfa_activate_totp": Row(
        get=nobody() | everyone(200), post=nobody() | everyone(200), data={"code": "123456"}
    ),
    "mfa_deactivate_totp": Row(get=nobody() | everyone(404), post=nobody() | everyone(404)),
    "mfa_view_recovery_codes": Row(get=nobody() | everyone(404), post=nobody() | everyone(405)),
    "mfa_generate_recovery_codes": Row(get=nobody() | everyone(200), post=nobody() | everyone(200)),
    # the advisor's side of a call
    "launch_call": Row(
        get=advisors(405, 405) | everyone(405) | nobody(),
        post=advisors(409, 302) | {"other_advisor": 409},
    ),
    "call": Row(call, get=advisors(302), post=advisors(405, 405) | everyone(405) | nobody()),
    "close_call": Row(call, get=nobody() | everyone(405), post=advisors(302)),
    "renew_call_code": Row(call, get=nobody() | everyone(405), post=advisors(302)),
    "call_events": Row(call, get=advisors(200), post=nobody() | everyone(405)),
    # the client's window
    "join_call": Row(get=everyone(200), post=everyone(422)),
    "client_window": Row(get=clients(200, 302), post=everyone(405)),
    "client_stage": Row(get=clients(200, 410), post=everyone(405)),
    "client_events": Row(get=clients(200, 204), post=everyone(405)),
    "client_trouble": Row(get=everyone(405), post=clients(302, 302, expired_client=409)),
    "agree_section": Row(get=everyone(405), post=clients(404, 302)),
    "agree_illustration": Row(get=everyone(405), post=clients(404, 302)),
    "client_illustration": Row(get=clients(404, 404, client=200), post=everyone(405)),
    "client_document": Row(get=clients(404, 404), post=everyone(405)),
    "sign": Row(get=everyone(405), post=clients(404, 302)),
    # the advisor's applications
    # lists are searched by POST: a name stays out of addresses
    "drafts": Row(get=advisors(200, 200), post=advisors(200, 200), data={"q": "Gagnon"}),
    "open_application": Row(get=nobody() | everyone(405), post=advisors(404)),
    "application": Row(draft, get=advisors(200), post=nobody() | everyone(405)),
    "application_state": Row(draft, get=advisors(200), post=nobody() | everyone(405)),
    "resume_application": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "save_answers": Row(draft, get=nobody() | everyone(405), post=advisors(200)),
    "change_rows": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "save_application": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "close_application": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "create_pdf": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "submit_application": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "section_act": Row(
        lambda s: {"pk": s.draft.application.pk, "key": "insured", "act": "envoyer"},
        get=nobody() | everyone(405),
        post=advisors(302),
    ),
    "upload_file": Row(
        draft, get=nobody() | everyone(405), post=advisors(422), data={"kind": "quote"}
    ),
    "send_illustration": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "attachment": Row(
        lambda s: {"pk": s.draft.application.pk, "file": s.attachment},
        get=seers(200, draft=True),
        post=nobody() | everyone(405),
    ),
    "document": Row(
        lambda s: {
            "pk": s.submitted.application.pk,
            "number": s.submitted.application.number,
        },
        get=seers(200, draft=False),
        post=nobody() | everyone(405),
    ),
    "request_signature": Row(draft, get=nobody() | everyone(405), post=advisors(302)),
    "cancel_signature": Row(
        lambda s: {"pk": s.draft.application.pk, "signature": 1},
        get=nobody() | everyone(405),
        post=advisors(404),
    ),
    # submitted files
    "submitted_applications": Row(
        get=reading_rooms(200),
        post=reading_rooms(200),
        data={"q": "Gagnon"},
    ),
    "correct_application": Row(submitted, get=nobody() | everyone(405), post=advisors(302)),
    "submitted_application": Row(submitted, get=readers(200), post=nobody() | everyone(405)),
    "read_numbers": Row(
        submitted,
        get=nobody() | everyone(405),
        post=nobody(other_carrier_admin=404) | dict.fromkeys(CARRIERS[:2], 200) | everyone(403),
    ),
    "receive_application": Row(
        submitted,
        get=nobody() | everyone(405),
        post=nobody(other_carrier_admin=404) | dict.fromkeys(CARRIERS[:2], 422) | everyone(403),
    ),
    # what is stuck in the installation: the platform's own people alone
    "operations": Row(
        get=nobody(platform_admin=200, other_platform_admin=200) | everyone(403), post=ONLY_READ
    ),
    "retry_document": Row(
        lambda s: {"pk": s.submitted.application.documents.get(stage="submitted").pk},
        get=nobody() | everyone(405),
        post=nobody(platform_admin=302, other_platform_admin=302) | everyone(403),
    ),
    "retry_message": Row(
        lambda _s: {"pk": 0},
        get=nobody() | everyone(405),
        post=nobody(platform_admin=404, other_platform_admin=404) | everyone(403),
    ),
    "retry_task": Row(
        lambda _s: {"name": "documents.sweep"},
        get=nobody() | everyone(405),
        post=nobody(platform_admin=404, other_platform_admin=404) | everyone(403),
    ),
    # the API: decisions alone, nothing stored
    "api_openapi": Row(get=everyone(200), post=everyone(405)),
    "api_docs": Row(get=everyone(200), post=everyone(405)),
    "api_decide": Row(
        lambda _s: {"name": "application.retention"}, get=everyone(405), post=everyone(422)
    ),
    # the demo
    "demo_messages": Row(get=everyone(200), post=everyone(405)),
    "demo_messages_json": Row(get=everyone(200), post=everyone(405)),
    "demo_clock": Row(get=everyone(200), post=everyone(302), data={"today": ""}),
}
# the administration of accounts
ROWS |= {
    "people": Row(get=administration(200), post=administration(200), data={"q": "Gagnon"}),
    "enrol_person": Row(get=administration(200), post=administration(422)),
    "person": Row(advisor_account, get=administration(200), post=nobody() | everyone(405)),
    "person_act": Row(
        lambda s: advisor_account(s) | {"act": "desactiver"},
        get=nobody() | everyone(405),
        post=administration(302),
    ),
    # an invitation's token alone opens it, whoever asks
    "accept_invitation": Row(lambda _s: {"token": "wrong"}, get=everyone(404), post=everyone(404)),
}
