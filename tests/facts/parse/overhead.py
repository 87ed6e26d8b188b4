"""Overhead expense coverage: Sélection des risques, section 7."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, Part, clean, items
from tests.facts.parse.facts import Row, cell, fact_table
from tests.facts.parse.figures import numbers, unit

EXPENSES = "Tableau 7.2 Frais admissibles"
OPERATING = "Frais reliés à l'exploitation de l'entreprise"
EXCLUDED = "Excluant"
# The items of the two first lists stand one after the other without a bullet between them: each
# begins with one of these words.
FIRST_WORDS = (
    "Loyer",
    "Impôt foncier",
    "Taxe d'eau",
    "Électricité",
    "Chauffage",
    "Téléphone fixe",
    "Services de comptabilité",
    "Contrat d'entretien",
    "Assurance des biens",
    "Impôts sur",
    "Primes d'assurance",
    "Plaques",
    "Frais de stationnement",
    "Dans le cas",
    "Frais d'entretien",
    "Permis de conduire",
    "Carburant",
)


@fact_table(
    "overhead_limits", "classes", "number", "unit", "is_eligible", "paid_first_day_hours_above"
)
def overhead_limits(documents: Documents) -> Iterable[Row]:
    """Tableau 7.1: by class, then waiting periods and benefit period."""
    grid = documents.underwriting.grid("Tableau 7.1 Spécificité de la garantie")
    heading = ""
    for row, cells in enumerate(grid[1:], 1):
        label, printed = (clean(each) for each in cells)
        if label == "Délais de carence" or label == "Durée des prestations":
            heading = label
            continue
        if heading:
            for column, text in enumerate((label, printed), 1):
                if text:
                    found = numbers(text)
                    hours = re.search(r"hospitalisation de plus de (\d+) heures", text)
                    yield cell(
                        "7.1",
                        row,
                        column,
                        text.split(" (30 jours, sauf")[0],
                        row_label=heading,
                        number=found[0] if found else "",
                        unit=unit(text),
                        paid_first_day_hours_above=hours[1] if hours else "",
                    )
        else:
            found = numbers(printed)
            yield cell(
                "7.1",
                row,
                1,
                printed,
                row_label=label,
                column_label=clean(grid[0][1]),
                classes=label,
                number=found[0] if found else "",
                unit=unit(printed),
                is_eligible="yes" if found else "no",
            )


@fact_table("overhead_expenses", "list", "item", "is_eligible", "is_monthly_share", "number")
def overhead_expenses(documents: Documents) -> Iterable[Row]:
    """Tableau 7.2: three lists of expenses, each with what it leaves out."""
    section = documents.underwriting.after(EXPENSES, until="8. Associations")
    for place, grid in enumerate(section.grids(), 1):
        yield from _from_grid(place, grid)
    operating = section.after(OPERATING)
    for eligible, labels in (
        ("yes", operating.first_bullets()),
        ("no", Part(operating.lines).after(EXCLUDED).first_bullets()),
    ):
        for item, label in enumerate(labels, 1):
            yield _expense(3, 1 if eligible == "yes" else 2, item, label, OPERATING, eligible)


def _from_grid(place: int, grid: list[list[str]]) -> Iterable[Row]:
    heading = clean(grid[0][0])
    eligible = "yes"
    item = 0
    for cells in grid[1:]:
        if clean(cells[0]) == EXCLUDED:
            eligible, item = "no", 0
            continue
        for text in cells:
            for label in _split(text):
                item += 1
                yield _expense(place, 1 if eligible == "yes" else 2, item, label, heading, eligible)


def _split(text: str) -> list[str]:
    """Cut a run of items at the words that begin one."""
    starts = "|".join(re.escape(word) for word in FIRST_WORDS)
    joined = " ".join(items(text))
    parts = [part.strip() for part in re.split(rf"(?:^|\s)(?=(?:{starts}))", joined)]
    found = [part for part in parts if part]
    if any(not part.startswith(FIRST_WORDS) for part in found):
        raise ValueError(f"unread: {joined!r}")
    return found


def _expense(place: int, column: int, item: int, label: str, heading: str, eligible: str) -> Row:
    employees = re.search(r"cinq \(5\) employés et moins", label)
    return cell(
        "7.2",
        item,
        column,
        label,
        row_label=heading.split(" dans la proportion")[0],
        column_label=EXCLUDED if eligible == "no" else "",
        list=str(place),
        item=str(item),
        is_eligible=eligible,
        is_monthly_share="yes" if "montant mensu" in label else "no",
        number="5" if employees else "",
    )
