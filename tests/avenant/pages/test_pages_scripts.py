"""What the pages' scripts promise: nothing typed is lost, a connection heals, irreversible acts ask."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Route, expect

from tests.support.pages import Site

pytestmark = pytest.mark.browser

FORM = (
    '<form method="post" action="/fini" data-autosave-url="/reponses">{% saved_mark %}'
    '{% field label="Ville" name="city" id="city" %}<input class="form-control" id="city" name="city">'
    "{% endfield %}"
    '<input type="checkbox" name="needs" value="a" id="a" aria-label="A">'
    '<input type="checkbox" name="needs" value="b" id="b" aria-label="B">'
    "<button>Suite</button></form>"
)


class Server:
    """Keeps what was sent to it, and fails when told to."""

    def __init__(self, *statuses: int | str) -> None:
        self.statuses = list(statuses)
        self.received: list[dict[str, list[str]]] = []
        self.numbers: list[int] = []
        self.body = ""

    def __call__(self, route: Route) -> None:
        outcome = self.statuses.pop(0) if self.statuses else 200
        if outcome == "down":
            route.abort("connectionrefused")
            return
        assert isinstance(outcome, int)
        if outcome < 300:
            data = parse_qs(route.request.post_data or "", keep_blank_values=True)
            self.received.append(data)
            self.numbers.append(int(route.request.headers["avenant-seq"]))
        route.fulfill(status=outcome, body=self.body, content_type="text/html")


def test_autosave_sends_only_what_changed_and_says_when(site: Site) -> None:
    site.answers["/reponses"] = server = Server()
    site.show(FORM)

    site.page.get_by_label("Ville").fill("Montréal")

    expect(site.page.locator("[data-saved-mark]")).to_have_text(
        re.compile(r"Enregistré à \d+.h.\d\d")
    )
    expect(site.page.locator("[data-saved-for=city]")).to_contain_text("Enregistré à")
    assert server.received == [{"city": ["Montréal"]}]


def test_autosave_sends_every_ticked_box_and_an_empty_answer(site: Site) -> None:
    site.answers["/reponses"] = server = Server()
    site.show(FORM)

    for box in ["A", "B", "A", "B"]:
        with site.page.expect_response("**/reponses"):
            site.page.get_by_label(box, exact=True).click()

    assert [data["needs"] for data in server.received] == [["a"], ["a", "b"], ["b"], [""]]
    assert server.numbers == sorted(set(server.numbers))


def test_autosave_tries_again_until_the_server_is_back(site: Site) -> None:
    site.answers["/reponses"] = server = Server("down", 503)
    site.show(FORM)

    site.page.get_by_label("Ville").fill("Laval")

    expect(site.page.locator("[data-saved-mark]")).to_contain_text("nous réessayons")
    expect(site.page.locator("[data-saved-mark]")).to_contain_text("Enregistré à", timeout=12_000)
    assert server.received == [{"city": ["Laval"]}]


def test_autosave_says_that_it_waits_for_a_server_that_does_not_answer(site: Site) -> None:
    held: list[Route] = []
    site.answers["/reponses"] = held.append
    site.show(FORM)

    site.page.get_by_label("Ville").fill("Laval")

    mark = site.page.locator("[data-saved-mark]")
    expect(mark).to_contain_text("attend le serveur")
    assert len(held) == 1, "the answer was not waited for"
    held[0].fulfill(status=204)
    expect(mark).to_contain_text("Enregistré à")


def test_an_act_says_that_it_waits_for_a_server_that_does_not_answer(site: Site) -> None:
    held: list[Route] = []
    site.answers["/flux"] = lambda route: route.fulfill(
        body="retry: 60000\n: beat\n\n", content_type="text/event-stream"
    )
    site.answers["/envoi"] = held.append
    site.show(
        '<button hx-post="/envoi" hx-target="#r">Envoyer</button><p id="r"></p>', live_url="/flux"
    )

    site.page.get_by_role("button", name="Envoyer").click()

    banner = site.page.locator("#connection")
    expect(banner).to_contain_text("tarde à répondre")
    held[0].fulfill(body="reçu", content_type="text/html")
    expect(site.page.locator("#r")).to_have_text("reçu")
    expect(banner).to_be_hidden()


def test_autosave_sends_the_newest_answer_after_an_outage(site: Site) -> None:
    site.answers["/reponses"] = server = Server("down")
    site.show(FORM)
    site.page.get_by_label("Ville").fill("Laval")
    expect(site.page.locator("[data-saved-mark]")).to_contain_text("nous réessayons")

    site.page.get_by_label("Ville").fill("Longueuil")

    expect(site.page.locator("[data-saved-mark]")).to_contain_text("Enregistré à", timeout=12_000)
    assert [data["city"] for data in server.received][-1] == ["Longueuil"]


def test_autosave_keeps_everything_when_the_session_has_ended(site: Site) -> None:
    site.answers["/reponses"] = server = Server(403)
    site.show(FORM)

    site.page.get_by_label("Ville").fill("Gatineau")

    expect(site.page.locator("[data-saved-mark]")).to_contain_text("Reconnectez-vous")
    expect(site.page.locator("[data-saved-mark]")).to_contain_text("Enregistré à", timeout=12_000)
    assert server.received == [{"city": ["Gatineau"]}]


def test_autosave_says_when_an_answer_is_not_accepted(site: Site) -> None:
    site.answers["/reponses"] = server = Server(422)
    server.body = '<p id="said" hx-swap-oob="true">Trop long</p>'
    site.show(FORM + '<p id="said"></p>')

    site.page.get_by_label("Ville").fill("x" * 200)

    expect(site.page.locator("#said")).to_have_text("Trop long")
    expect(site.page.locator("[data-saved-for=city]")).to_contain_text("Non enregistré")


def test_autosave_keeps_what_was_typed_beside_what_is_wrong_until_it_is_right(site: Site) -> None:
    said = '<p class="field-error" id="city-error" data-said-of="city">{}</p>'
    place = '<div id="field-messages" hidden hx-swap-oob="true">{}</div>'
    site.answers["/reponses"] = server = Server(422, 200)
    server.body = place.format(said.format("Trop long"))
    site.show(FORM + '<div id="field-messages" hidden></div>')
    city, block = site.page.get_by_label("Ville"), site.page.locator("[data-field=city]")

    city.fill("x" * 200)

    expect(block.locator(".field-error")).to_have_text("Trop long")
    expect(city).to_have_value("x" * 200)
    expect(city).to_have_attribute("aria-invalid", "true")
    expect(city).to_have_attribute("aria-describedby", "city-error")
    expect(site.page.locator("[data-saved-for=city]")).to_contain_text("Non enregistré")

    server.body = place.format(said.format(""))
    city.fill("Laval")

    expect(block.locator(".field-error")).to_have_count(0)
    expect(city).not_to_have_attribute("aria-invalid", "true")
    expect(city).not_to_have_attribute("aria-describedby", "city-error")
    expect(block).not_to_have_class(re.compile("field-wrong"))
    expect(site.page.locator("[data-saved-for=city]")).to_contain_text("Enregistré à")


def test_autosave_says_why_a_locked_form_is_refused(site: Site) -> None:
    site.answers["/reponses"] = lambda route: route.fulfill(
        status=409,
        body='{"error": "Le client lit cette section."}',
        content_type="application/json",
    )
    site.show(FORM)

    site.page.get_by_label("Ville").fill("Laval")

    expect(site.page.locator("#toasts")).to_contain_text("Le client lit cette section.")


@pytest.mark.promise("G8")
def test_what_is_being_typed_survives_a_form_drawn_again(site: Site) -> None:
    held: list[Route] = []
    sent: list[dict[str, list[str]]] = []
    form = (
        '<div id="fields"{oob}><form data-autosave-url="/reponses">'
        '<input id="a" name="a" aria-label="A" value="{a}">'
        '<input id="b" name="b" aria-label="B" value=""></form></div>'
    )

    def save(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        if len(sent) == 1:
            held.append(route)  # answered later, while the person goes on typing
        else:
            route.fulfill(body="", content_type="text/html")

    site.answers["/reponses"] = save
    site.show(form.format(oob="", a=""))
    site.page.get_by_label("A", exact=True).fill("un")
    with site.page.expect_request("**/reponses"):
        site.page.keyboard.press("Tab")
    site.page.keyboard.type("deux mot")
    site.page.keyboard.press("ArrowLeft")

    drawn = form.format(oob=' hx-swap-oob="true" data-new', a="UN")
    held[0].fulfill(body=drawn, content_type="text/html")
    expect(site.page.locator("#fields[data-new]")).to_be_attached()
    site.page.keyboard.type("s-")

    expect(site.page.get_by_label("A", exact=True)).to_have_value("UN")
    expect(site.page.get_by_label("B", exact=True)).to_be_focused()
    expect(site.page.get_by_label("B", exact=True)).to_have_value("deux mos-t")
    # A pause in the typing may send the answer in two parts: the last one is whole.
    with site.page.expect_response(lambda _r: sent[-1] == {"b": ["deux mos-t!"]}):
        site.page.keyboard.press("End")
        site.page.keyboard.type("!")


def test_a_form_leaves_only_after_its_answers(site: Site) -> None:
    order: list[str] = []
    server = Server()

    def save(route: Route) -> None:
        order.append("answers")
        server(route)

    def leave(route: Route) -> None:
        order.append("form")
        route.fulfill(body="<title>fini</title>", content_type="text/html")

    site.answers |= {"/reponses": save, "/fini": leave}
    site.show(FORM)
    site.page.get_by_label("Ville").fill("Sherbrooke")

    site.page.get_by_role("button", name="Suite").click()

    expect(site.page).to_have_title("fini")
    assert order == ["answers", "form"]


@pytest.mark.promise("G8")
def test_a_look_waits_for_the_answers_being_saved(site: Site) -> None:
    order: list[str] = []
    server = Server()

    def save(route: Route) -> None:
        order.append("answers")
        server(route)

    def look(route: Route) -> None:
        order.append("look")
        route.fulfill(body="neuf", content_type="text/html")

    site.answers |= {"/reponses": save, "/region": look}
    site.show(FORM + '<p id="r" hx-get="/region" hx-trigger="avenant:look from:body">vieux</p>')
    site.page.get_by_label("Ville").fill("Sherbrooke")

    site.page.evaluate("document.body.dispatchEvent(new CustomEvent('avenant:look'))")

    expect(site.page.locator("#r")).to_have_text("neuf")
    assert order == ["answers", "look"]


def test_an_event_makes_the_page_look_again(site: Site) -> None:
    looks: list[str] = []
    site.answers["/flux"] = lambda route: route.fulfill(
        body='retry: 60000\nid: 7\nevent: look\ndata: {"seq": 7}\n\n',
        content_type="text/event-stream",
    )

    def region(route: Route) -> None:
        looks.append("look")
        route.fulfill(body="neuf", content_type="text/html")

    site.answers["/region"] = region

    site.show(
        '<p id="r" hx-get="/region" hx-trigger="avenant:look from:body">vieux</p>', live_url="/flux"
    )

    expect(site.page.locator("#r")).to_have_text("neuf")


def test_a_lost_connection_is_said_and_heals_from_the_last_event_seen(site: Site) -> None:
    asked: list[str] = []

    def stream(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(
                body="retry: 100\nid: 41\nevent: look\ndata: {}\n\n",
                content_type="text/event-stream",
            )
        elif len(asked) < 5:
            route.fulfill(status=502, body="")
        else:
            route.fulfill(body="retry: 60000\n: beat\n\n", content_type="text/event-stream")

    site.answers["/flux"] = stream
    site.show("", live_url="/flux")

    expect(site.page.locator("#connection")).to_contain_text(
        "Connexion interrompue", timeout=10_000
    )
    expect(site.page.locator("#connection")).to_contain_text("Connexion rétablie", timeout=20_000)
    assert asked[-1].endswith("since=41")


def test_a_region_is_not_redrawn_under_the_hands(site: Site) -> None:
    site.answers["/region"] = lambda route: route.fulfill(
        body='<div id="r" data-quiet-while-typing hx-get="/region" '
        'hx-trigger="avenant:look from:body" hx-swap="outerHTML"><input id="i" value="serveur"></div>',
        content_type="text/html",
    )
    site.show(
        '<div id="r" data-quiet-while-typing hx-get="/region" hx-trigger="avenant:look from:body" '
        'hx-swap="outerHTML"><input id="i" aria-label="I"></div><button>Ailleurs</button>'
    )
    site.page.get_by_label("I", exact=True).press_sequentially("en train")

    with site.page.expect_response("**/region"):
        site.page.evaluate("document.body.dispatchEvent(new CustomEvent('avenant:look'))")
    assert site.page.locator("#i").input_value() == "en train"
    site.page.get_by_role("button", name="Ailleurs").focus()

    expect(site.page.locator("#i")).to_have_value("serveur")


CONFIRM = (
    '{% confirm "d" title="Fermer ?" effect="Fermer sans soumettre" tone="danger" %}'
    "<p>Rien ne part.</p>{% endconfirm %}"
    '<form method="post" action="/fini"><input name="x" aria-label="X">'
    '<button data-confirm="d">Fermer</button></form>'
)


def test_an_irreversible_act_asks_once_in_the_words_of_its_effect(site: Site) -> None:
    site.answers["/fini"] = lambda route: route.fulfill(
        body="<title>fini</title>", content_type="text/html"
    )
    site.show(CONFIRM)

    site.page.get_by_label("X", exact=True).press("Enter")
    expect(site.page.get_by_role("dialog", name="Fermer ?")).to_be_visible()
    site.page.get_by_role("button", name="Revenir sans rien changer").click()
    expect(site.page).to_have_title(re.compile("Essai"))
    site.page.get_by_role("button", name="Fermer", exact=True).click()
    site.page.get_by_role("button", name="Fermer sans soumettre").click()

    expect(site.page).to_have_title("fini")


@pytest.mark.rule("4/AUT-08")
def test_changing_the_language_keeps_what_was_typed(site: Site) -> None:
    body = '<form><input name="name" aria-label="Nom"><input type="password" name="p" aria-label="P"></form>'

    def switch(route: Route) -> None:
        site.language = "en"
        route.fulfill(
            body='<meta http-equiv="refresh" content="0;url=/essai">', content_type="text/html"
        )

    site.answers["/langue"] = switch
    site.show(body)
    site.page.get_by_label("Nom").fill("Tremblay")
    site.page.get_by_label("P", exact=True).fill("secret")

    site.page.get_by_role("button", name="English").click()

    expect(site.page.get_by_label("P", exact=True)).to_have_value("")
    expect(site.page.get_by_label("Nom")).to_have_value("Tremblay")
    assert site.page.evaluate("sessionStorage.getItem('avenant:kept-fields')") is None


def test_a_form_is_sent_once_however_often_its_button_is_pressed(site: Site) -> None:
    posts: list[str] = []

    def slow(route: Route) -> None:
        posts.append(route.request.url)
        site.page.wait_for_timeout(300)
        route.fulfill(body="<title>fini</title>", content_type="text/html")

    site.answers["/fini"] = slow
    site.show('<form method="post" action="/fini"><button>Soumettre</button></form>')

    site.page.evaluate(
        "const b = document.querySelector('.client-main button'); b.click(); b.click()"
    )

    expect(site.page).to_have_title("fini")
    assert len(posts) == 1


def test_control_k_goes_to_the_search_field(site: Site, settings: object) -> None:
    settings.AVENANT_SEARCH_URL_NAME = "design"  # type: ignore[attr-defined]
    site.open("/design/application")

    site.page.keyboard.press("Control+k")

    expect(site.page.get_by_role("searchbox", name="Chercher partout")).to_be_focused()


def test_a_menu_closes_on_escape_and_gives_the_focus_back(site: Site) -> None:
    site.open("/design/application")
    site.page.get_by_text("Luc Gagnon", exact=True).first.click()
    expect(site.page.get_by_role("button", name="Déconnexion")).to_be_visible()

    site.page.keyboard.press("Escape")

    expect(site.page.get_by_role("button", name="Déconnexion")).to_be_hidden()
    assert site.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_heavy_file_is_refused_before_it_travels(site: Site) -> None:
    site.show('<form><input type="file" data-limit-mb="1" aria-label="Fichier"></form>')

    site.page.get_by_label("Fichier").set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"0" * 1_100_000}
    )

    said = site.page.get_by_label("Fichier").evaluate("field => field.validationMessage")
    assert said.startswith("Ce fichier dépasse 1\N{NO-BREAK SPACE}Mo")
