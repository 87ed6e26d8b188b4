"""The frame: places, brand, language, errors that say what to do."""

import psycopg
import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.template import engines
from django.utils import translation

from avenant.pages import views
from avenant.pages.components.marks import _icons, icon, state
from avenant.pages.items import Check, SectionItem
from avenant.pages.navigation import Place, places_for
from avenant.pages.states import STATES, look_of
from tests.support.pages import answer_to, person, request_for


def rendered(text: str, **context: object) -> str:
    return str(engines["django"].from_string("{% load ui %}" + text).render(context))


def test_shows_the_places_in_order_and_marks_the_one_visited(places: list[Place]) -> None:
    shown = places_for(request_for("/design/application/2"))

    assert [one.place.label for one in shown] == ["Accueil", "Mes propositions", "Décisions"]
    assert [one.place.label for one in shown if one.is_active] == ["Mes propositions"]


def test_shows_no_place_to_a_stranger() -> None:
    assert places_for(request_for("/", person(is_authenticated=False))) == []


@pytest.mark.rule("4/AUT-08")
@pytest.mark.rule("4/AUT-09")
@pytest.mark.rule("4/AUT-17")
def test_every_office_page_has_language_help_and_sign_out() -> None:
    page = answer_to(request_for("/design/application")).content.decode()

    assert ">English</button>" in page
    assert "soutien@croixbleue.test" in page
    assert "Déconnexion" in page


def test_the_frame_obeys_its_own_content_policy() -> None:
    page = answer_to(request_for("/design")).content.decode()

    assert ' style="' not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "hx-on" not in page


@pytest.mark.parametrize("code", STATES)
def test_every_state_has_a_word_in_both_languages_and_an_icon(code: str) -> None:
    look = look_of(code.upper())
    with translation.override("fr"):
        french = str(look.word)
    with translation.override("en"):
        english = str(look.word)

    assert french
    assert english != french
    assert look.icon in _icons()


def test_a_state_is_said_in_a_word_not_in_a_colour_alone() -> None:
    with translation.override("fr"):
        badge = state("sent")

    assert "Envoyée" in badge
    assert "<svg" in badge


def test_an_unknown_state_or_icon_is_named() -> None:
    with pytest.raises(LookupError, match="lost"):
        state("lost")
    with pytest.raises(LookupError, match="unicorn"):
        icon("unicorn")


def test_what_people_typed_is_never_taken_for_markup() -> None:
    page = rendered(
        "{% checklist items %}{% section_list sections %}{% file_card name=bad %}{% endfile_card %}"
        '{% answer sentence=bad tone="yes" %}{% endanswer %}{% presence "present" who=bad %}',
        items=[Check("<b>x</b>", False, "/", "<i>y</i>")],
        sections=[SectionItem("<u>z</u>", "/", "empty")],
        bad="<script>alert(1)</script>",
    )

    assert "<script" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<u>" not in page


def test_a_blocked_callout_leads_to_what_is_missing() -> None:
    page = rendered(
        '{% callout "blocked" link="/x#y" link_label="Répondre" %}Il manque.{% endcallout %}'
    )

    assert 'href="/x#y"' in page
    assert "Répondre" in page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.forbidden, 403),
        (views.csrf_failure, 403),
        (views.not_found, 404),
        (views.content_too_large, 413),
        (views.server_error, 500),
    ],
)
def test_an_error_says_what_to_do(view: object, status: int, language: str) -> None:
    with translation.override(language):
        response = view(request_for("/x"))  # type: ignore[operator]

    page = response.content.decode()
    assert response.status_code == status
    assert ("Aller à l'accueil" if language == "fr" else "Go to the home page") in page


def test_too_much_data_is_said_as_such() -> None:
    response = views.bad_request(request_for("/x"), RequestDataTooBig("too big"))

    assert response.status_code == 413


def test_a_server_error_asks_nothing_of_the_database() -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"the database was asked for {name}")

    response = views.server_error(request_for("/x", Broken()))

    assert response.status_code == 500


@pytest.mark.promise("G4")
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_lost_database_is_said_as_such(wrapped: bool) -> None:
    try:
        try:
            raise psycopg.OperationalError("the connection is lost")
        except psycopg.OperationalError as lost:
            if wrapped:
                raise ValueError("while enqueueing a job") from lost
            raise
    except (ValueError, psycopg.OperationalError):
        response = views.server_error(request_for("/x"))

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "Le service est interrompu un instant" in response.content.decode()


@pytest.mark.promise("G4")
def test_a_session_that_cannot_be_kept_without_the_database_is_said_as_such() -> None:
    interrupted = SessionInterrupted("deleted before the request completed")
    interrupted.__context__ = psycopg.OperationalError("the connection is lost")

    response = views.bad_request(request_for("/x"), interrupted)

    assert response.status_code == 503


def test_the_design_page_is_for_the_platforms_own_staff() -> None:
    with pytest.raises(PermissionDenied):
        answer_to(request_for("/design", person(is_staff=False)))
    with pytest.raises(Http404):
        answer_to(request_for("/design/nothing"))


def test_a_brands_colours_may_be_kept_and_an_unknown_brand_is_not_found() -> None:
    response = answer_to(request_for("/marque/smatis.css"))

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    with pytest.raises(Http404):
        answer_to(request_for("/marque/nobody.css"))
