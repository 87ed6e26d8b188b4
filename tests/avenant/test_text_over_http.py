"""Text from outside, over HTTP: refused in words, from one place, and nothing is kept."""

from html import unescape

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from avenant.applications.actions.save_answers import save_answers
from avenant.applications.actions.send_section import send_section
from avenant.applications.models import Snapshot, SnapshotState
from avenant.demo.dossiers import ApplicationStory
from avenant.http import user_agent
from avenant.signatures.models import SignatureRequest
from avenant_rules.forms import FieldProblem, Question, Text, check_value
from tests.support.cast import Cast, browser_of, window_of_client
from tests.support.pages import request_for

HIDDEN = {
    "fr": "caractère abîmé ou invisible",
    "en": "damaged or invisible character",
}


def page_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def sections(cast: Cast) -> tuple[ApplicationStory, Client, Snapshot]:
    """A client in front of a section that waits."""
    story = ApplicationStory(cast.advisor).open().fill().join()
    sent = send_section(story.application, story.call, "insured", by=cast.advisor)
    return story, window_of_client(story), sent


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", ["Gag\0non", "\0"])
def test_it_says_in_words_that_a_search_cannot_be_read(
    cast: Cast, text: str, language: str
) -> None:
    browser = browser_of(cast.contract_administration)
    browser.cookies["django_language"] = language

    answers = [
        browser.post(reverse("submitted_applications"), {"q": text}),
        browser.post(reverse("submitted_applications"), {"state": text}),
        browser.get(reverse("submitted_applications"), {"state": text}),
        browser.post(reverse("submitted_applications"), {text: "q"}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all(HIDDEN[language] in page_of(answer) for answer in answers)


def test_it_searches_by_what_can_be_read(cast: Cast) -> None:
    ApplicationStory(cast.advisor).open().fill()
    browser = browser_of(cast.advisor)

    found = page_of(browser.post(reverse("drafts"), {"q": "\ufeffGag\u200bnon\u202e"}))

    assert "Odette Gagnon" in found


def test_it_passes_over_a_cookie_that_nobody_chose(cast: Cast) -> None:
    browser = browser_of(cast.advisor)

    answer = browser.generic(
        "GET", reverse("account_login"), HTTP_COOKIE='sessionid="aaaaaaaa\\000aaaaaaaa"'
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "base64", "utf-16", "none-such"])
def test_it_reads_forms_in_utf8_alone(cast: Cast, charset: str) -> None:
    browser = browser_of(cast.advisor)

    answer = browser.generic(
        "POST",
        reverse("drafts"),
        b'--b\r\nContent-Disposition: form-data; name="q"\r\n\r\n+2AA-\\ud800\r\n--b--\r\n',
        f"multipart/form-data; boundary=b; charset={charset}",
    )

    assert answer.status_code == 415
    assert "UTF-8" in page_of(answer)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'--b\r\nContent-Disposition: form-data; name="q"', "multipart/form-data; boundary=b"),
        (b"nothing", "multipart/form-data; boundary=b"),
        (b"nothing", "multipart/form-data"),
        (b'{"q": 1}', "application/json"),
        (b"q=1", "text/plain"),
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
        (b"&".join([b"q=1"] * 2_000), "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded; charset=\xff"),
    ],
)
def test_it_answers_a_broken_form_with_a_page(cast: Cast, body: bytes, kind: str | bytes) -> None:
    browser = browser_of(cast.advisor)
    said = kind if isinstance(kind, str) else kind.decode("latin-1")

    answer = browser.generic("POST", reverse("drafts"), body, said)

    assert answer.status_code in {200, 400, 415}
    assert len(page_of(answer)) > 500


@pytest.mark.rule("4/COS-17")
@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("a\0b", HIDDEN["fr"]),
        ("\u202eessuaf tse esserda noM", "à l'envers"),
        ("a\x1bb", "signe invisible ou abîmé"),
        ("x" * 501, "Raccourcissez à 500 caractères (il y en a 501)."),
    ],
)
def test_it_keeps_no_comment_that_cannot_be_read(cast: Cast, comment: str, says: str) -> None:
    _story, window, sent = sections(cast)

    answer = window.post(reverse("client_trouble"), {"comment": comment})

    sent.refresh_from_db()
    assert answer.status_code == 422
    assert says in page_of(answer)
    assert (sent.state, sent.comment) == (SnapshotState.SENT, "")


def test_it_keeps_a_comment_with_what_honest_words_need(cast: Cast) -> None:
    _story, window, sent = sections(cast)

    answer = window.post(
        reverse("client_trouble"), {"comment": "\ufeffMon pre\u0301nom est\r\nمی\u200cخواهم"}
    )

    sent.refresh_from_db()
    assert answer.status_code == 302
    assert sent.comment == "Mon prénom est\nمی\u200cخواهم"


@pytest.mark.rule("4/APP-44")
def test_it_names_what_is_wrong_with_a_reason(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_submitted()
    browser = browser_of(cast.contract_administration)
    address = reverse("receive_application", args=[story.application.pk])

    answer = browser.post(address, {"decision": "return", "reason": "\u202eegap"})

    story.application.refresh_from_db()
    assert answer.status_code == 422
    assert "à l'envers" in page_of(answer)
    assert "Dites au conseiller" not in page_of(answer)
    assert story.application.state == "submitted"


@pytest.mark.rule("4/SIG-01")
@pytest.mark.parametrize(
    ("city", "province", "says"),
    [
        ("x" * 81, "QC", "Raccourcissez à 80 caractères (il y en a 81)."),
        ("\u202elaértnoM", "QC", "à l'envers"),
        ("Montréal", "ZZ", "Province"),
    ],
)
def test_it_says_which_field_of_the_place_of_signing_is_wrong(
    cast: Cast, city: str, province: str, says: str
) -> None:
    story = ApplicationStory(cast.advisor).open().fill().join().agree_illustration().confirm_all()
    browser = browser_of(cast.advisor)
    address = reverse("request_signature", args=[story.application.pk])
    form = {"signer": "main_insured", "city": city, "province": province}

    page = page_of(browser.post(address, form, follow=True))

    assert says in page
    assert ("Indiquez la province" in page) is False
    assert not SignatureRequest.objects.exists()


def test_it_says_beside_the_field_that_a_name_would_be_shown_backwards(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill()
    browser = browser_of(cast.advisor)
    address = reverse("save_answers", args=[story.application.pk])

    answers = [
        browser.post(address, {"last_name": name}) for name in ("\u202eniremarT", "Trem\0blay")
    ]

    story.application.refresh_from_db()
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "à l'envers" in page_of(answers[0])
    assert "signe invisible ou abîmé" in page_of(answers[1])
    assert story.application.insured_name == "Odette Gagnon"


def test_it_keeps_a_name_whose_letters_grow_when_they_are_searched(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill()

    save_answers(story.application.pk, {"last_name": "\ufdfa" * 60}, by=cast.advisor)

    story.application.refresh_from_db()
    assert story.application.insured_name == "Odette " + "\ufdfa" * 60
    assert len(story.application.insured_key) == 160


def test_it_finds_a_section_sent_at_the_second_click(cast: Cast) -> None:
    story, _window, sent = sections(cast)

    again = send_section(story.application, story.call, "insured", by=cast.advisor)

    assert again == sent
    assert Snapshot.objects.filter(section="insured").count() == 1


def test_it_shortens_the_name_of_a_browser_to_what_can_be_kept() -> None:
    request = request_for("/", HTTP_USER_AGENT="Moz\0illa \u202e\x9f" + "x" * 900)

    assert user_agent(request) == "Moz illa " + "x" * 291


EMAIL = Question("q", "email", Text("Courriel", "E-mail"), "identity", "4/G-03")
PARTS = st.text("abz019._+-'\"éß@!#$%&*/=?^`{|}~ ()<>,;:\\[]", max_size=12)
DOMAINS = st.text("abz09-.éßœكن_", min_size=1, max_size=20)


@given(PARTS, DOMAINS, st.sampled_from(["ca", "québec", "comporte-tout"]))
def test_it_keeps_no_address_that_mail_cannot_be_sent_to(name: str, host: str, end: str) -> None:
    kept = check_value(EMAIL, f"{name}@{host}.{end}")

    if not isinstance(kept, FieldProblem) and kept is not None:
        can_be_sent_to(str(kept))


@pytest.mark.parametrize("address", ["rene@québec.ca", "o'brien+avis@exemple.ca", "r.roy@é.co.uk"])
def test_it_keeps_the_addresses_that_people_have(address: str) -> None:
    assert check_value(EMAIL, address) == address
    can_be_sent_to(address)


def test_mail_itself_refuses_what_the_form_refuses() -> None:
    """The check can fail: Django's own sender takes no accent before the @."""
    with pytest.raises(ValueError, match="rené"):
        can_be_sent_to("rené@exemple.ca")


def can_be_sent_to(address: str) -> None:
    """Raises `ValueError` when Django's sender would."""
    EmailMessage("Sujet", "Texte", "a@exemple.test", [address]).message().as_bytes()
    EmailBackend(alias="default", host="localhost").prep_address(address)
