"""Who may be insured and on which papers: Sélection des risques, sections 2, 4 and 11."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, clean, items
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed
from tests.facts.parse.figures import band, number, unit


@fact_table("document_validity", "item", "document", "part", "page", "number", "unit", "note")
def document_validity(documents: Documents) -> Iterable[Row]:
    """Tableau 4.1, one row a part of a document; `note` is what a star asks for."""
    section = documents.underwriting.after("4. Validité des documents")
    note = section.find(r"\* Après 90 jours, une (déclaration de bonne santé) est requise")[1]
    grid = section.grid("Tableau 4.1 Durée de validité")
    for row, (label, durations) in enumerate(grid[1:], 1):
        document, *parts = items(label)
        printed = re.findall(r"\d+ \w+\*?", clean(durations))
        for item, (part, duration) in enumerate(zip(parts or [""], printed, strict=True), 1):
            page = re.search(r"page (\d+)", part)
            yield cell(
                "4.1",
                row,
                1,
                duration,
                row_label=clean(label),
                column_label=clean(grid[0][1]),
                item=str(item),
                document=document.removesuffix(" :"),
                part=re.sub(r" \(.*\)", "", part),
                page=page[1] if page else "",
                number=number(duration),
                unit=unit(duration.removesuffix("*")),
                note=note if duration.endswith("*") else "",
            )


@fact_table("bmi_classification", "bmi_from", "bmi_to", "bmi_band")
def bmi_classification(documents: Documents) -> Iterable[Row]:
    """Tableau 2.4.1: classification (1) and risk (2) by body mass index."""
    grid = documents.underwriting.grid("Tableau 2.4.1 Guide de référence du risque selon l'IMC")
    for row, cells in enumerate(grid[1:], 1):
        start, end, kind = band(cells[0])
        for column, printed in enumerate(cells[1:], 1):
            yield cell(
                "2.4.1",
                row,
                column,
                clean(printed),
                row_label=clean(cells[0]),
                column_label=clean(grid[0][column]),
                bmi_from=start,
                bmi_to=end,
                bmi_band=kind,
            )


@fact_table("bmi_grid", "bmi", "height_m", "weight_kg")
def bmi_grid(documents: Documents) -> Iterable[Row]:
    """Tableau 2.4.2: weight in kilograms by index and height."""
    grid = documents.underwriting.grid(
        "Tableau 2.4.2 Guide d'IMC pour les adultes (18 et plus) basé sur Santé Canada"
    )
    heights = grid[1][1:]
    for row, (bmi, *weights) in enumerate(grid[2:], 1):
        for column, (height, weight) in enumerate(zip(heights, weights, strict=True), 1):
            yield cell(
                "2.4.2",
                row,
                column,
                weight,
                row_label=bmi,
                column_label=height,
                bmi=number(bmi),
                height_m=number(height),
                weight_kg=number(weight),
            )


@fact_table("bmi_conversion", *KEYED)
def bmi_conversion(documents: Documents) -> Iterable[Row]:
    """Give the factors of conversion and the age from which the grid counts."""
    section = documents.underwriting.after("2.4 Indice de masse corporelle")
    yield from keyed(
        "2.4",
        section,
        {
            "kilograms_per_pound": r"\(1 lb = ([\d,]+) kg\)",
            "metres_per_inch": r"\(1 po = ([\d,]+) m\)",
            "adult_from_age": r"adultes \((\d+) et plus\)",
        },
    )


@fact_table("disability_eligibility", *KEYED)
def disability_eligibility(documents: Documents) -> Iterable[Row]:
    """Give the figures of eligibility for disability and of non-smoker status."""
    section = documents.underwriting.after(
        "2.1 Assurance invalidité", until="2.3 Conditions spécifiques aux immigrants reçus"
    )
    yield from keyed(
        "2.1",
        section,
        {
            "hours_per_week_from": r"minimum de (vingt \(20\) heures) par semaine",
            "months_per_year_from": r"par semaine et (huit \(8\) mois) par année",
            "monthly_benefit_from": r"prestation mensuelle minimale de (\d+ \$)",
            "regular_occupation_years_in_job_from": r"depuis au moins (deux \(2\) ans)",
            "tobacco_free_months": r"au cours des (douze \(12\) mois) précédant",
            "occasional_cigars_per_year_to": r"pas fumer plus de (douze \(12\) cigares) par année",
            "cotinine_test": r"test de cotinine \(nicotine\) (négatif)",
        },
    )


@fact_table("tobacco_products")
def tobacco_products(documents: Documents) -> Iterable[Row]:
    """Give the products that make a smoker."""
    section = documents.underwriting.after("2.2 Statut non-fumeur")
    printed = section.find(r"sous quelque forme que ce soit \(([^)]*)\)")[1]
    yield from listed("2.2", re.split(r", | ou (?=tout autre)", printed))


@fact_table("newcomer_eligibility", *KEYED)
def newcomer_eligibility(documents: Documents) -> Iterable[Row]:
    """Give what is asked of newcomers, and who is refused."""
    section = documents.underwriting.after(
        "2.3 Conditions spécifiques aux immigrants reçus", until="2.4 Indice de masse corporelle"
    )
    yield from keyed(
        "2.3",
        section,
        {
            "status": r"statut de (résident canadien permanent)",
            "languages": r"maîtriser le (français ou l'anglais)",
            "hours_per_week_from": r"minimum de (vingt \(20\) heures) par semaine",
            "months_per_year_from": r"par semaine et (huit \(8\) mois) par année",
            "income_source": r"sources de revenu d'(origine canadienne)",
            "refused_1": r"les (réfugiés) et les",
            "refused_2": r"les (détenteurs d'un visa de travail) ou",
            "refused_3": r"visa de travail ou (d'étudiant) ne sont pas admissibles",
        },
    )


@fact_table("newcomer_documents")
def newcomer_documents(documents: Documents) -> Iterable[Row]:
    """Give the further papers of who has been in the country for less than a year."""
    section = documents.underwriting.after(
        "Immigrant reçu au pays depuis moins d'un an", until="2.4 Indice de masse corporelle"
    )
    yield from listed(
        "2.3",
        (label.rstrip(";.") for label in section.bullets()),
        row_label="Immigrant reçu au pays depuis moins d'un an",
    )


@fact_table("vendors", "is_offered")
def vendors(documents: Documents) -> Iterable[Row]:
    """Tableau 11.1.1: which service each paramedical organisation offers."""
    grid = documents.underwriting.grid("Tableau 11.1.1 Organismes et services de sélection")
    for row, cells in enumerate(grid[1:], 1):
        for column, printed in enumerate(cells[1:], 1):
            yield cell(
                "11.1.1",
                row,
                column,
                clean(printed),
                row_label=clean(cells[0]),
                column_label=clean(grid[0][column]),
                is_offered="yes" if clean(printed) == "✓" else "no",
            )
