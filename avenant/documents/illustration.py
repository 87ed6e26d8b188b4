"""A made-up illustration PDF, as an outside quoting tool would hand it to an advisor: used by the
demo and the tests, and marked as a demonstration on every page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from avenant.documents.payload import Carrier, Language
from avenant.documents.render import compile_template
from avenant.documents.wording import Wording

Guarantee = tuple[str, Decimal, Decimal]  # label, amount, monthly premium
_MONTHS = 12

_WORDS = {
    "fr": {
        "title": "Soumission d’assurance",
        "demo": "Document de démonstration : les primes sont inventées.",
        "insured": "Personne à assurer",
        "product": "Produit",
        "version": "Version",
        "guarantees": "Garanties proposées",
        "columns": ["Garantie", "Montant", "Prime mensuelle"],
        "total": "Total par mois",
        "projection": "Primes cumulées",
        "projection_columns": ["Année", "Prime annuelle", "Cumul"],
        "fine_print": "Cette projection suppose que la prime ne change pas. Texte de "
        "démonstration.",
    },
    "en": {
        "title": "Insurance illustration",
        "demo": "Demonstration document: the premiums are made up.",
        "insured": "Person to be insured",
        "product": "Product",
        "version": "Version",
        "guarantees": "Proposed guarantees",
        "columns": ["Guarantee", "Amount", "Monthly premium"],
        "total": "Total a month",
        "projection": "Premiums to date",
        "projection_columns": ["Year", "Annual premium", "To date"],
        "fine_print": "This projection assumes that the premium does not change. Demonstration "
        "text.",
    },
}


def demo(
    name: str,
    product: str,
    guarantees: Sequence[Guarantee],
    *,
    language: Language = "fr",
    version: str = "1",
    carrier: Carrier | None = None,
    font_folder: Path | None = None,
) -> bytes:
    """A two-page illustration for a person and a product; amounts in the carrier's currency."""
    carrier = carrier or Carrier(name="Croix Bleue")
    say = Wording(language, carrier)
    words = _WORDS[language]
    monthly = sum((premium for _, _, premium in guarantees), Decimal("0.00"))
    view = {
        "language": language,
        "paper": "us-letter" if carrier.country == "CA" else "a4",
        "carrier": carrier.name,
        "colour": carrier.colour,
        "title": words["title"],
        "words": words,
        "facts": [
            [words["insured"], name],
            [words["product"], product],
            [words["version"], version],
        ],
        "guarantees": [
            [label, say.money(amount), say.money(premium)] for label, amount, premium in guarantees
        ],
        "total": say.money(monthly),
        "projection": [
            [str(year), say.money(monthly * _MONTHS), say.money(monthly * _MONTHS * year)]
            for year in range(1, 11)
        ],
    }
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return compile_template("illustration.typ", view, moment, font_folder, is_accessible=False)
