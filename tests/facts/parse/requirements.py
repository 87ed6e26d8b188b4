"""What must be supplied by age and amount: Sélection des risques, section 3.1, seven tables."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, Part, clean, items
from tests.facts.parse.facts import KEYED, Row, fact_table, keyed
from tests.facts.parse.figures import band

HEADINGS = {
    f"3.1.{table}": f"Tableau 3.1.{table} Exigences requises pour souscrire {noun}"
    for table, noun in enumerate(
        ("les garanties",) * 3 + ("la garantie",) * 2 + ("les garanties", "la garantie"), 1
    )
}
END = "4. Validité des documents"

# Five of the seven tables print a cell's items one after the other with nothing between them, so
# the names must be known to be told apart. A word that is none of them stops the parser.
PRINTED_NAMES = (
    "Entrevue téléphonique",
    "Signes vitaux",
    "Urine VIH",
    "Profil sanguin",
    "Enquête régulière",
    "Enquête amplifiée",
    "Rapport du médecin traitant",
    "Questionnaire financier",
    "Questionnaire Mode de vie",
    "Examen médical",
    "ECG à l'effort",
    "ECG",
    "Radiographie pulmonaire",
    "Entretien personnel",
    "s. o.",
)
_ITEM = re.compile(
    r"\s*(?P<name>"
    + "|".join(re.escape(name) for name in sorted(PRINTED_NAMES, key=len, reverse=True))
    + r")(?:\s*\((?P<condition>[^)]*)\))?\s*"
)


def split_requirements(text: str) -> list[tuple[str, str]]:
    """Cut a run of names into names and what stands behind each in brackets."""
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        item = _ITEM.match(text, place)
        if item is None:
            raise ValueError(f"unread: {text[place:]!r}")
        found.append((item["name"], item["condition"] or ""))
        place = item.end()
    return found


def lines_of(documents: Documents, table: str) -> Part:
    """Give the lines of one of the seven tables, its heading left off."""
    part = documents.underwriting.after("3.1 Normes de sélection et rapports d'enquête", until=END)
    starts = [
        number
        for number, line in enumerate(part)
        if "\t" not in line and clean(line).startswith("Tableau 3.1.")
    ]
    for start, end in zip(starts, [*starts[1:], len(part.lines)], strict=True):
        if clean(part.lines[start]) == HEADINGS[table]:
            return Part(part.lines[start + 1 : end])
    raise LookupError(table)


@fact_table(
    "requirements",
    "item",
    "age_from",
    "age_from_unit",
    "age_to",
    "age_band",
    "amount_from",
    "amount_to",
    "amount_band",
    "name",
    "condition",
)
def requirements(documents: Documents) -> Iterable[Row]:
    """Tableaux 3.1.1 to 3.1.7, one row a requirement in a cell."""
    for table in HEADINGS:
        (grid,) = lines_of(documents, table).grids()
        amounts = [clean(cell) for cell in grid[1][1:]]
        for row, cells in enumerate(grid[2:], 1):
            age = clean(cells[0])
            for column, (amount, cell) in enumerate(zip(amounts, cells[1:], strict=True), 1):
                names = [pair for item in items(cell) for pair in split_requirements(item)]
                for item, (name, condition) in enumerate(names, 1):
                    yield {
                        "table": table,
                        "row": str(row),
                        "column": str(column),
                        "row_label": age,
                        "column_label": amount,
                        "printed": f"{name} ({condition})" if condition else name,
                        "item": str(item),
                        **age_band(age),
                        **dict(
                            zip(
                                ("amount_from", "amount_to", "amount_band"),
                                band(amount),
                                strict=True,
                            )
                        ),
                        "name": name,
                        "condition": condition,
                    }


def age_band(age: str) -> Row:
    """Give the ends of « 30 jours à 15 ans » and their units; years unless days are printed."""
    start, end, kind = band(age)
    unit = "days" if re.match(r"\d+ jours", age) else "years"
    return {"age_from": start, "age_from_unit": unit, "age_to": end, "age_band": kind}


@fact_table("requirement_coverages", "coverage", "products")
def requirement_coverages(documents: Documents) -> Iterable[Row]:
    """Give the coverages each of the seven tables is for."""
    for table in HEADINGS:
        for row, printed in enumerate(lines_of(documents, table).bullets(), 1):
            coverage, products = re.fullmatch(r"(.+?) \((.+)\)", printed).groups()  # type: ignore[union-attr]
            yield {
                "table": table,
                "row": str(row),
                "column": "1",
                "printed": printed,
                "coverage": coverage,
                "products": products,
            }


@fact_table("requirement_notes", *KEYED)
def requirement_notes(documents: Documents) -> Iterable[Row]:
    """Give the figures of the notes of section 3.1 and of the note under Tableau 3.1.5."""
    section = documents.underwriting.after("3.1 Normes de sélection et rapports d'enquête")
    notes = Part(section.lines[: section.index(HEADINGS["3.1.1"])])
    yield from keyed(
        "3.1",
        notes,
        {
            "counted_months": r"dans les (\d+ derniers mois)",
            "interview_with_policyholder_age_from": r"personnes à assurer de (\d+) à",
            "interview_with_policyholder_age_to": r"assurer de \d+ à (\d+ ans)",
            "overhead_share_added_to_disability": r"(\d+ %) du montant de frais généraux",
        },
    )
    yield from keyed(
        "3.1.5",
        lines_of(documents, "3.1.5"),
        {
            "amplified_report_monthly_benefit_from": (
                r"Enquête amplifiée : pour les indemnités mensuelles de ([\d ]+ \$ et plus)"
            )
        },
    )
