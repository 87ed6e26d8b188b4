"""Where an extension of a travel contract is bought: the partner-space note on extensions."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import EXTENSION_GUIDE, Documents, clean
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed

ROUTER = "Aide-mémoire – Où acheter les prolongations"


@fact_table("travel_router", "product", "coverage", "origin", "moment", "channel")
def travel_router(documents: Documents) -> Iterable[Row]:
    """One row a cell and a moment; `channel` is what is to be done, « avant ou après » split.

    A cell left empty in the print gives one row with no moment and no channel.
    """
    grid = documents.read(EXTENSION_GUIDE).grid(ROUTER)
    origins = [clean(text) for text in grid[0][1:]]
    product, row = "", 0
    for label, *cells in grid[1:]:
        if not "".join(cells).strip():
            product = clean(label)
            continue
        row += 1
        for column, (origin, text) in enumerate(zip(origins, cells, strict=True), 1):
            for moment, channel in _moments(clean(text)):
                yield cell(
                    "router",
                    row,
                    column,
                    channel,
                    row_label=clean(label),
                    column_label=origin,
                    product=product,
                    coverage=clean(label),
                    origin=re.sub(r" \(ex\..*", "", origin),
                    moment=moment,
                    channel=channel,
                )


def _moments(text: str) -> Iterable[tuple[str, str]]:
    if not text:
        yield "", ""
    for when, channel in re.findall(
        r"(Avant ou après|Avant|Après) (?:le départ|l'arrivée), (.+?)(?= Après |$)", text
    ):
        for moment in ("before", "after"):
            if when == "Avant ou après" or when == {"before": "Avant", "after": "Après"}[moment]:
                yield moment, channel


@fact_table("travel_figures", *KEYED)
def travel_figures(documents: Documents) -> Iterable[Row]:
    """Give the dates, names and example figures of the note."""
    note = documents.read(EXTENSION_GUIDE)
    yield from keyed(
        "note",
        note,
        {
            "updated": r"Mise à jour : (avril 2026)",
            "starts_on": r"À partir du (1 juin 2026)",
            "only_coverage": r"incluent uniquement la couverture (Soins médicaux d'urgence) pourront",
            "through_product": r"prolongés via le produit (Assurance complémentaire) dans",
            "insurance_type": r"sélectionnez « (Ancien système voyage QC ON) »",
            "new_system_prefix": r"ne commencent pas par les lettres « (AA) »",
            "example_days_covered": r"Jours couverts par l'autre assureur: (15)",
            "example_trip_start": r"Date de début du voyage: ([\d-]+)",
            "example_trip_end": r"Date de fin du voyage: ([\d-]+)",
            "example_trip_days": r"Durée du voyage: (\d+)",
        },
    )


@fact_table("travel_first_insurers")
def travel_first_insurers(documents: Documents) -> Iterable[Row]:
    """Give the kinds of insurance that may cover the first days, as the drop-down shows them."""
    note = documents.read(EXTENSION_GUIDE)
    shown = note.after(
        "Adhérent: |", until="7. Marquez l'étape comme terminée et finalisez la vente."
    )
    yield from listed("note", shown.paragraphs())
