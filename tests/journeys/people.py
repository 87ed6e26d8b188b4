"""The people of the journeys, each with a window of their own: what they see and click."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

PASSWORD = "Avenant-Demo-2026!"
FASTEST = 2_000  # milliseconds: a push is seen in the other window within two seconds (4/COS-25)


@dataclass
class Window:
    """One browser context: its own cookies, its own person."""

    page: Page
    site: str

    @classmethod
    def open(cls, browser: Browser, site: str, **options: Any) -> "Window":
        context: BrowserContext = browser.new_context(locale="fr-CA", **options)
        context.set_default_timeout(10_000)
        return cls(context.new_page(), site)

    def goto(self, path: str) -> None:
        self.page.goto(self.site + path)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=False)

    def shot(self, name: str, folder: str = "") -> None:
        if folder:
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


class OfficeWindow(Window):
    def sign_in(self, email: str) -> None:
        """By keyboard alone: Enter submits (4/AUT-07)."""
        self.goto("/connexion/")
        self.page.get_by_label("Identifiant").fill(email)
        self.page.get_by_label("Mot de passe").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/connexion" not in url)


class AdvisorWindow(OfficeWindow):
    def launch(self) -> str:
        """« Lancer une session vide »; returns the call code shown."""
        self.button("Lancer une session vide").click()
        return self.code()

    def code(self) -> str:
        text = self.page.locator(".code").first.inner_text()
        return re.sub(r"[^0-9A-Z]", "", text.upper())[-8:]

    def open_section(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Sections de la proposition").get_by_role(
            "link", name=name
        ).click()
        expect(self.page.locator(".section-current")).to_contain_text(name)

    def answer(self, path: str, value: object) -> None:
        """Answer one question as a person would, and wait until it is said to be saved."""
        block = self.page.locator(f'[data-field="{path}"]')
        expect(block).to_be_visible()
        for tries_left in (2, 1, 0):
            try:
                with self.page.expect_response(
                    lambda r: r.url.endswith("/reponses") and r.request.method == "POST",
                    timeout=8_000,
                ) as saved:
                    self._type(block, path, value)
            except PlaywrightTimeoutError:
                # The form was drawn again under the hand: a person looks, and answers again.
                # What is lost for good fails here, since the page then shows no such answer.
                self.page.reload()
                if self._is_answered(path, value):
                    return
                if not tries_left:
                    raise
            else:
                assert saved.value.status in {200, 422}, saved.value.status
                return

    def _type(self, block: Locator, path: str, value: object) -> None:
        field = block.locator(f'[name="{path}"]').first
        if field.get_attribute("type") in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                block.locator(f'[name="{path}"][value="{one}"] + label').click()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))
            field.blur()

    def fill(self, answers: Mapping[str, object]) -> None:
        """Answer every question of the open section that is shown and has an answer."""
        done: set[str] = set()
        while True:
            shown = self.page.locator("#section-fields [data-field]").evaluate_all(
                "nodes => nodes.map(n => n.dataset.field)"
            )
            todo = [path for path in shown if path in answers and path not in done]
            if not todo:
                return
            done.add(todo[0])
            if not self._is_answered(todo[0], answers[todo[0]]):
                self.answer(todo[0], answers[todo[0]])

    def _is_answered(self, path: str, value: object) -> bool:
        fields = self.page.locator(f'[name="{path}"]')
        given = fields.evaluate_all(
            "all => all.filter(e => !/radio|checkbox/.test(e.type) || e.checked).map(e => e.value)"
        )
        return given == [str(one) for one in (value if isinstance(value, list) else [value])]

    def send_section(self) -> None:
        self.button("Envoyer au client – confirmer").click()


class ClientWindow(Window):
    def join(self, code: str) -> None:
        self.goto("/appel")
        self.page.get_by_label("Code d'appel").fill(code)
        self.page.get_by_label("J'accepte", exact=False).check()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def agree(self) -> None:
        self.button("Je suis d'accord").click(timeout=FASTEST + 3_000)

    def draw(self) -> None:
        """Draw something like a name with the pointer."""
        pad = self.page.locator("canvas")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        mouse.move(box["x"] + 20, box["y"] + 60)
        mouse.down()
        for step in range(30):
            lift = 20 if step % 6 < 3 else -20
            mouse.move(box["x"] + 20 + step * 7, box["y"] + 60 + lift)
        mouse.up()
