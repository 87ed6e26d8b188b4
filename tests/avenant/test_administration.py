"""Accounts: the first by one command, the others by a page (settled 17)."""

import datetime as dt
import io
import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avenant.accounts.actions.close_account import close_account, reopen_account
from avenant.accounts.actions.enrol_person import Post, enrol_person
from avenant.accounts.actions.invite_person import LIFE, accept_invitation, invite_person
from avenant.accounts.actions.let_back_in import reset_second_factor, unlock_person
from avenant.accounts.models import Invitation, Role, User
from avenant.errors import RuleError
from avenant.history.queries import events_of
from avenant.live.models import Call, CallState
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast, browser_of

PASSWORD = "Un-beau-mot-2026!"
ENROLMENT = {
    "email": "Nouvelle@Exemple.test", "name": "Nora Nouvelle", "role": "advisor",
    "carrier": "croix_bleue", "language": "fr", "firm": "Cabinet Neuf", "agency": "Agence Neuve",
    "agency_email": "agence@exemple.test", "distributor_code": "CB-7",
}  # fmt: skip


def createadmin(monkeypatch: pytest.MonkeyPatch, typed: str, **options: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    said = io.StringIO()
    call_command("createadmin", stdout=said, **options)
    return said.getvalue()


def link_of(person: User) -> str:
    message = OutboundMessage.objects.filter(to=person.email, kind="invitation").latest("pk")
    return message.links[0].split("/", 3)[3]


def enrolled(cast: Cast) -> User:
    return enrol_person(
        email="nora@exemple.test", name="Nora", language="fr", by=cast.platform_admin,
        post=Post(role=Role.ADVISOR, carrier="croix_bleue", firm="Cabinet A"),
    )  # fmt: skip


def kinds(person: User) -> list[str]:
    return [event.kind for event in events_of(person)][::-1]


@pytest.mark.rule("4/AUT-01")
def test_it_makes_the_first_administrator_by_one_command(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = createadmin(monkeypatch, f"{PASSWORD}\n", email="Ada@Exemple.test", name="Ada Admin")

    ada = User.objects.get()
    assert said == "ada@exemple.test may sign in.\n"
    assert (ada.email, ada.role, ada.carrier) == ("ada@exemple.test", Role.PLATFORM_ADMIN, "")
    assert ada.check_password(PASSWORD)
    assert kinds(ada) == ["person_enrolled"]


@pytest.mark.rule("4/AUT-04")
@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("short\n", {"email": "ada@exemple.test", "name": "Ada"}),
        (f"{PASSWORD}\n", {"email": "not an address", "name": "Ada"}),
        (f"{PASSWORD}\n", {"email": "ada@exemple.test"}),
        ("", {"email": "ada@exemple.test", "name": "Ada"}),
    ],
)
def test_it_makes_no_administrator_of_what_does_not_fit(
    db: None, monkeypatch: pytest.MonkeyPatch, typed: str, options: dict[str, str]
) -> None:
    with pytest.raises(CommandError):
        createadmin(monkeypatch, typed, **options)

    assert not User.objects.exists()


def test_it_makes_no_second_account_of_one_address(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="déjà un compte"):
        createadmin(monkeypatch, f"{PASSWORD}\n", email=cast.advisor.email.upper(), name="Ada")


def test_it_answers_to_the_name_that_django_gives_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "avenant.cli", "createsuperuser", "--help"],
        capture_output=True, text=True, env=os.environ, check=False,
    )  # fmt: skip

    assert "Make an administrator of the platform" in done.stdout


@pytest.mark.rule("4/AUT-01")
def test_it_enrols_somebody_who_then_chooses_a_password_and_signs_in(cast: Cast) -> None:
    answer = browser_of(cast.platform_admin).post(reverse("enrol_person"), ENROLMENT)
    nora = User.objects.get(email="nouvelle@exemple.test")
    guest = Client()
    link = f"/{link_of(nora)}"
    seen = [guest.get(link).status_code for _ in range(3)]  # previews burn nothing
    chosen = guest.post(link, {"password1": PASSWORD, "password2": PASSWORD})
    signed_in = guest.post(reverse("account_login"), {"login": nora.email, "password": PASSWORD})
    again = guest.post(link, {"password1": "Un-autre-mot-2026!", "password2": "Un-autre-mot-2026!"})

    nora.refresh_from_db()
    assert answer["Location"] == reverse("person", args=[nora.pk])
    assert (nora.affiliation.firm.name, nora.affiliation.distributor_code) == (
        "Cabinet Neuf",
        "CB-7",
    )
    assert nora.affiliation.managing_agency.email == "agence@exemple.test"
    assert seen == [200, 200, 200]
    assert (chosen.status_code, signed_in.status_code) == (302, 302)
    assert again.status_code == 410
    assert "déjà servi" in again.content.decode()
    assert nora.check_password(PASSWORD)
    assert kinds(nora) == ["person_enrolled", "invitation_sent", "invitation_accepted"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "advisor@exemple.test"}, "email"),
        ({"carrier": ""}, "carrier"),
        ({"firm": ""}, "firm"),
        ({"agency_email": ""}, "agency_email"),
        ({"role": "managing_agency", "agency": ""}, "agency"),
        ({"role": "platform_admin"}, "carrier"),
        ({"role": "king"}, "role"),
    ],
)
def test_it_enrols_nobody_of_what_does_not_fit(
    cast: Cast, change: dict[str, str], field: str
) -> None:
    before = User.objects.count()

    answer = browser_of(cast.platform_admin).post(reverse("enrol_person"), ENROLMENT | change)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.count() == before
    assert not OutboundMessage.objects.exists()


@pytest.mark.rule("4/AUT-04")
@pytest.mark.parametrize("pair", [("court", "court"), (PASSWORD, PASSWORD + "x")])
def test_it_uses_no_invitation_up_for_a_password_that_does_not_fit(
    cast: Cast, pair: tuple[str, str]
) -> None:
    nora = enrolled(cast)

    answer = Client().post(f"/{link_of(nora)}", {"password1": pair[0], "password2": pair[1]})

    nora.refresh_from_db()
    assert answer.status_code == 422
    assert not nora.has_usable_password()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("how", ["late", "replaced", "closed"])
def test_it_takes_no_invitation_that_is_over(cast: Cast, how: str) -> None:
    nora = enrolled(cast)
    token = link_of(nora).strip("/").rsplit("/", 1)[1]
    if how == "late":
        Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif how == "replaced":
        invite_person(nora, by=cast.platform_admin)
    else:
        close_account(nora, by=cast.platform_admin)

    with pytest.raises(RuleError, match="invitation_over"):
        accept_invitation(token, PASSWORD)

    nora.refresh_from_db()
    assert not nora.has_usable_password()
    assert dt.timedelta(days=7) == LIFE


@pytest.mark.promise("G16")
@pytest.mark.parametrize("act", [close_account, reset_second_factor])
def test_it_ends_the_web_sessions_at_once(cast: Cast, act: object) -> None:
    browser, bystander = browser_of(cast.advisor), browser_of(cast.other_advisor)
    before = browser.get(reverse("drafts")).status_code

    act(cast.advisor, by=cast.platform_admin)  # type: ignore[operator]

    after = browser.get(reverse("drafts"))
    assert before == 200
    assert after.status_code == 302
    assert after["Location"].startswith(reverse("account_login"))
    assert bystander.get(reverse("drafts")).status_code == 200


@pytest.mark.promise("G16")
def test_it_finds_a_session_that_would_live_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where sessions do not follow the round, an old one opens a new account."""
    from django.contrib.auth.base_user import AbstractBaseUser

    browser = browser_of(cast.advisor)
    monkeypatch.setattr(User, "_get_session_auth_hash", AbstractBaseUser._get_session_auth_hash)
    browser_before = browser_of(cast.advisor)

    reset_second_factor(cast.advisor, by=cast.platform_admin)

    assert browser.get(reverse("drafts")).status_code == 200
    assert browser_before.get(reverse("drafts")).status_code == 200


def test_it_keeps_an_old_session_out_of_an_account_that_was_opened_again(cast: Cast) -> None:
    browser = browser_of(cast.advisor)

    close_account(cast.advisor, by=cast.platform_admin)
    reopen_account(cast.advisor, by=cast.platform_admin)

    cast.advisor.refresh_from_db()
    assert cast.advisor.is_active
    assert not cast.advisor.has_usable_password()
    assert browser.get(reverse("drafts")).status_code == 302
    assert kinds(cast.advisor) == ["account_closed", "account_reopened", "invitation_sent"]


def test_it_closes_the_call_of_an_account_that_is_closed(cast: Cast) -> None:
    browser_of(cast.advisor).post(reverse("launch_call"))

    close_account(cast.advisor, by=cast.platform_admin)

    assert Call.objects.get().state == CallState.CLOSED


@pytest.mark.rule("4/AUT-19")
def test_it_unlocks_somebody_whose_password_was_tried_too_often(cast: Cast) -> None:
    cast.advisor.set_password(PASSWORD)
    cast.advisor.save()
    page, right = reverse("account_login"), {"login": cast.advisor.email, "password": PASSWORD}
    for _ in range(5):
        Client().post(page, right | {"password": "wrong"})
    locked = Client().post(page, right).status_code
    shown = browser_of(cast.platform_admin).get(reverse("person", args=[cast.advisor.pk]))

    unlock_person(cast.advisor, by=cast.platform_admin)

    assert locked == 429
    assert "Verrouillé" in shown.content.decode()
    assert Client().post(page, right).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_it_forgets_a_lost_second_factor(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.advisor, type=Authenticator.Type.TOTP, data={})

    reset_second_factor(cast.advisor, by=cast.platform_admin)

    assert not Authenticator.objects.exists()
    assert kinds(cast.advisor) == ["second_factor_reset"]


@pytest.mark.parametrize("act", [close_account, reset_second_factor])
def test_it_does_nothing_of_the_kind_to_ones_own_account(cast: Cast, act: object) -> None:
    with pytest.raises(RuleError, match="own_account"):
        act(cast.platform_admin, by=cast.platform_admin)  # type: ignore[operator]

    cast.platform_admin.refresh_from_db()
    assert cast.platform_admin.is_active
    assert cast.platform_admin.session_round == 0


@pytest.mark.parametrize(
    "act", ["inviter", "deverrouiller", "desactiver", "reactiver", "deuxieme-facteur"]
)
def test_it_says_what_it_did_or_why_not(cast: Cast, act: str) -> None:
    browser = browser_of(cast.platform_admin)

    answer = browser.post(reverse("person_act", args=[cast.claims.pk, act]), follow=True)

    assert answer.status_code == 200
    assert len(list(answer.context["messages"])) == 1
    assert browser.post(reverse("person_act", args=[cast.claims.pk, "x"])).status_code == 404


def test_it_finds_people_by_name_without_their_accents_and_by_address(cast: Cast) -> None:
    cast.claims.name = "Élodie Côté"
    cast.claims.save()
    browser = browser_of(cast.platform_admin)

    found = [
        browser.post(reverse("people"), {"q": text}).context["shown"]
        for text in ("elodie", "claims@", "nobody")
    ]

    assert found == [1, 1, 0]


def test_it_names_the_carrier_as_people_do_and_says_when_nothing_was_done(cast: Cast) -> None:
    browser = browser_of(cast.platform_admin)
    everybody = browser.get(reverse("people")).content.decode()
    own = browser.get(reverse("person", args=[cast.platform_admin.pk])).content.decode()
    assert "Croix Bleue" in everybody
    assert ">croix_bleue<" not in everybody
    assert "Rien n'a encore été fait à ce compte." in own.replace("&#x27;", "'")


def test_it_shows_twenty_five_people_a_page(cast: Cast) -> None:
    for number in range(25):
        enrol_person(
            email=f"n{number}@exemple.test", name=f"Nora {number}", language="fr",
            by=cast.platform_admin, post=Post(role=Role.CLAIMS, carrier="croix_bleue"),
        )  # fmt: skip
    browser = browser_of(cast.platform_admin)

    first, second = (browser.get(reverse("people"), {"page": page}).context for page in (1, 2))

    assert (len(first["page"].object_list), len(second["page"].object_list)) == (25, 20)
