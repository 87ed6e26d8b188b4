"""A small form with one of everything, and its pack on disk."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from avenant_rules.forms import Form, read_form

TEXT = """
id = "health"
title = { fr = "Santé", en = "Health" }
[[version]]
number = 1
effective = 2026-01-01
source = "4/APP-20"
intro = { fr = "Répondez.", en = "Answer." }
[[version.paragraph]]
id = "heart"
fr = "Son cœur va bien."
en = "Their heart is well."
[[version.paragraph]]
id = "lungs"
fr = "Ses poumons vont bien."
en = "Their lungs are well."
[[version]]
number = 2
effective = 2026-06-01
source = "4/APP-20"
[[version.paragraph]]
id = "heart"
fr = "Son cœur va très bien."
en = "Their heart is very well."
"""
PRODUCT = """
id = "small"
[[guarantee]]
id = "life"
label = { fr = "Vie", en = "Life" }
programme = "association"
amount = "sum_insured"
coverage = "term_life_65"
source = "1/PROD-08"
[[association]]
id = "bakers"
name = { fr = "Boulangers", en = "Bakers" }
granted = { life = 25000 }
source = "2/ASC-04"
"""


def text(fr: str, en: str = "something") -> dict[str, str]:
    return {"fr": fr, "en": en}


def question(question_id: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {
        "id": question_id,
        "type": kind,
        "label": text(question_id),
        "privacy": "identity",
        "source": "4/G-03",
        **more,
    }


SMALL: dict[str, Any] = {
    "id": "small",
    "version": 1,
    "title": text("Petit formulaire"),
    "product_file": "products/small.toml",
    "roles": {"client_email": "email", "children": "children"},
    "section": [
        {
            "id": "start",
            "number": 1,
            "title": text("Début"),
            "confirmed_by": "client",
            "source": "4/APP-03",
            "question": [
                question(
                    "product",
                    "choice",
                    privacy="public",
                    options=[
                        {"value": "long", "label": text("Long", "Long")},
                        {"value": "short", "label": text("Court", "Short")},
                    ],
                ),
                question("email", "email", required="product == 'long'"),
                question("wants", "yes_no", shown="product == 'long'"),
                question("detail", shown="wants == 'yes'", required=False),
            ],
        },
        {
            "id": "middle",
            "number": 2,
            "title": text("Milieu"),
            "confirmed_by": "client",
            "source": "4/APP-30",
            "shown": "product == 'long'",
            "order": ["has_children", "children", "declared", "reading", "account", "sin"],
            "question": [
                question("has_children", "yes_no"),
                question("account", "bank_account", privacy="bank"),
                question("sin", "sin"),
            ],
            "group": [
                {
                    "id": "children",
                    "title": text("Enfants", "Children"),
                    "row_label": text("Enfant", "Child"),
                    "source": "4/APP-30",
                    "shown": "has_children == 'yes'",
                    "min_rows": 1,
                    "max_rows": 3,
                    "question": [
                        question("name"),
                        question("share", "percent"),
                        question("is_minor", "yes_no"),
                        question("trustee", shown="is_minor == 'yes'"),
                    ],
                }
            ],
            "declaration": [
                {
                    "id": "declared",
                    "number": "6.3",
                    "title": text("Déclaration", "Declaration"),
                    "statements": "texts/health.toml@1",
                    "privacy": "health",
                    "source": "4/APP-20",
                    "on_inexact": {
                        "blocks": "product",
                        "message": text("Non admissible.", "Not eligible."),
                        "source": "4/APP-21",
                    },
                }
            ],
            "reading": [{"id": "reading", "text": "texts/health.toml@2", "source": "4/SIG-04"}],
            "check": [
                {
                    "id": "shares",
                    "holds": "children_share_total == 100",
                    "message": text("La somme doit être de 100.", "The sum must be 100."),
                    "source": "4/G-03",
                }
            ],
        },
        {
            "id": "end",
            "number": 10,
            "title": text("Fin"),
            "confirmed_by": "nobody",
            "source": "4/APP-28",
            "question": [question("gains", "choices", required=False, options_from="guarantees")],
        },
    ],
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of its own for each test, so that nothing cached is shared."""
    for folder, name, content in (
        ("texts", "health.toml", TEXT),
        ("products", "small.toml", PRODUCT),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(content, "utf-8")
    return tmp_path


@pytest.fixture
def document() -> dict[str, Any]:
    """The small form as parsed TOML, to break at will."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def small(document: dict[str, Any], pack: Path) -> Form:
    return read_form(document, pack, "forms/small/v1.toml")


@pytest.fixture
def faults_of(pack: Path) -> Callable[[dict[str, Any]], list[tuple[str, str]]]:
    """(code, place) of every fault of a document; empty when it is sound."""
    from avenant_rules.forms import FormError

    def read(document: dict[str, Any]) -> list[tuple[str, str]]:
        try:
            read_form(document, pack, "forms/small/v1.toml")
        except FormError as refused:
            for fault in refused.faults:
                assert fault.fr
                assert fault.en
            return [(fault.code, fault.place) for fault in refused.faults]
        return []

    return read
