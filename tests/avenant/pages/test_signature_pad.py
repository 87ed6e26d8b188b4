"""The pad: notices read to their end, strokes as they were drawn, a name typed instead."""

import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Route, expect

from tests.support.pages import Site

pytestmark = pytest.mark.browser

SIGN = (
    '<button type="button" data-read-skip="n">Aller à la fin</button>'
    '<div data-read-gate="n">' + "<p>Un paragraphe.</p>" * 120 + "{% notices_end %}</div>"
    '{% signature_pad action="/signer" signer="Marie Tremblay" gate="n" %}{% endsignature_pad %}'
)


def signed(site: Site) -> list[dict[str, list[str]]]:
    sent: list[dict[str, list[str]]] = []

    def sign(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        route.fulfill(body="<title>signed</title>", content_type="text/html")

    site.answers["/signer"] = sign
    return sent


@pytest.mark.rule("4/SIG-04")
def test_the_signature_waits_for_the_end_of_the_notices(site: Site) -> None:
    signed(site)
    site.show(SIGN)
    accept = site.page.get_by_role("button", name="Accepter et signer")
    expect(accept).to_be_disabled()
    expect(site.page.get_by_text("Lisez d'abord le texte")).to_be_attached()

    site.page.get_by_role("button", name="Aller à la fin").focus()
    site.page.keyboard.press("Enter")

    expect(accept).to_be_enabled()
    assert site.page.locator("[name=read_to_end]").input_value() == "1"


@pytest.mark.rule("4/SIG-05")
def test_a_drawn_signature_is_points_alone_and_a_dot_is_refused(site: Site) -> None:
    sent = signed(site)
    site.show(SIGN)
    site.page.get_by_role("button", name="Aller à la fin").click()
    canvas = site.page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    accept = site.page.get_by_role("button", name="Accepter et signer")

    accept.click()
    expect(site.page.get_by_role("alert").last).to_contain_text("Dessinez votre signature")
    canvas.click(position={"x": 60, "y": 60})
    accept.click()
    expect(site.page.get_by_role("alert").last).to_contain_text("Un point ne suffit pas")
    box = canvas.bounding_box()
    assert box
    site.page.mouse.move(box["x"] + 40, box["y"] + 60)
    site.page.mouse.down()
    for step in range(30):
        site.page.mouse.move(box["x"] + 40 + step * 5, box["y"] + 60 + (step % 5) * 8)
    site.page.mouse.up()
    accept.click()

    expect(site.page).to_have_title("signed")
    value = json.loads(sent[0]["signature"][0])
    assert value["kind"] == "drawn"
    assert len(value["strokes"]) == 1
    assert {len(point) for point in value["strokes"][0]} == {2}
    assert sent[0]["read_to_end"] == ["1"]


@pytest.mark.rule("4/SIG-05")
@pytest.mark.promise("G14")
def test_one_may_sign_by_keyboard_alone(site: Site) -> None:
    sent = signed(site)
    site.show(SIGN)
    page = site.page
    page.get_by_role("button", name="Aller à la fin").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Accepter et signer")).to_be_enabled()

    page.get_by_role("radio", name="Dessiner").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Marie Tremblay")
    page.keyboard.press("Enter")

    expect(page).to_have_title("signed")
    assert json.loads(sent[0]["signature"][0]) == {"kind": "typed", "name": "Marie Tremblay"}


INKED = (
    "() => { const c = document.querySelector('canvas');"
    "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0) }"
)


def draw(site: Site, *, dx: float = 200) -> None:
    """One stroke, by the mouse."""
    canvas = site.page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    site.page.mouse.move(box["x"] + 20, box["y"] + 50)
    site.page.mouse.down()
    site.page.mouse.move(box["x"] + 20 + dx, box["y"] + 90, steps=20)
    site.page.mouse.up()


def turn(site: Site, width: int, height: int) -> None:
    before = site.page.evaluate("document.querySelector('canvas').clientWidth")
    site.page.set_viewport_size({"width": width, "height": height})
    site.page.wait_for_function(
        "before => { const c = document.querySelector('canvas');"
        " return c.clientWidth !== before"
        " && c.width === c.clientWidth * Math.max(devicePixelRatio, 1) }",
        arg=before,
    )


def accepted(site: Site, sent: list[dict[str, list[str]]]) -> dict[str, object]:
    site.page.get_by_role("button", name="Accepter et signer").click()
    expect(site.page).to_have_title("signed")
    found: dict[str, object] = json.loads(sent[-1]["signature"][0])
    return found


def extent(value: dict[str, object]) -> list[float]:
    points = [point for stroke in value["strokes"] for point in stroke]  # type: ignore[attr-defined]
    return [by(axis) for axis in zip(*points, strict=True) for by in (min, max)]


def test_turning_the_screen_to_and_fro_leaves_the_ink_as_it_was_drawn(site: Site) -> None:
    sent = signed(site)
    drawn = []
    for turns in (0, 5):
        site.page.set_viewport_size({"width": 844, "height": 800})
        site.show(SIGN)
        site.page.get_by_role("button", name="Aller à la fin").click()
        draw(site)
        for _ in range(turns):
            turn(site, 390, 844)
            site.page.wait_for_function(INKED)
            turn(site, 844, 800)
        drawn.append(accepted(site, sent))

    still, turned = drawn  # how many points a stroke has is the browser's to say
    assert (turned["width"], turned["height"]) == (still["width"], still["height"])
    assert extent(turned) == pytest.approx(extent(still), abs=1)


def test_what_is_drawn_after_turning_has_the_size_it_had_on_the_screen(site: Site) -> None:
    sent = signed(site)
    site.page.set_viewport_size({"width": 844, "height": 800})
    site.show(SIGN)
    site.page.get_by_role("button", name="Aller à la fin").click()
    draw(site)
    turn(site, 390, 844)
    draw(site, dx=100)

    value = accepted(site, sent)

    first, second = value["strokes"]  # type: ignore[misc]
    wide = value["width"]
    spans = [max(x for x, _ in one) - min(x for x, _ in one) for one in (first, second)]
    assert spans[0] == pytest.approx(200, abs=3)
    assert spans[1] > 100  # in the size of the pad when the first was drawn
    assert all(0 <= x <= wide for one in (first, second) for x, _ in one)  # type: ignore[operator]


def test_a_stray_tap_leaves_a_clean_pad(site: Site) -> None:
    sent = signed(site)
    site.show(SIGN)
    site.page.get_by_role("button", name="Aller à la fin").click()
    canvas = site.page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": 60, "y": 60})
    site.page.get_by_role("button", name="Accepter et signer").click()
    expect(site.page.get_by_role("alert").last).to_contain_text("Un point ne suffit pas")
    assert not site.page.evaluate(INKED)

    draw(site)

    assert len(accepted(site, sent)["strokes"]) == 1  # type: ignore[arg-type]
