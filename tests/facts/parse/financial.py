"""Income, bankruptcy and the papers that prove them: Sélection des risques, section 5."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, Part, clean
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed
from tests.facts.parse.figures import band, number

PRIVILEGE = "5.2 Privilège : Soumettre les preuves financières à la souscription"
UPLIFT = "5.3 Majoration du revenu"
SPLITTING = "5.4 Fractionnement du revenu"
DIVIDENDS = "5.5 Traitement des dividendes"


def section(documents: Documents, heading: str, until: str) -> Part:
    return documents.underwriting.after(heading, until=until)


@fact_table("bankruptcy", *KEYED)
def bankruptcy(documents: Documents) -> Iterable[Row]:
    """Give the amounts, months and conditions of the norms on bankruptcy."""
    norms = section(documents, "5.1 Normes sur les faillites", PRIVILEGE)
    yield from keyed(
        "5.1",
        norms,
        {
            "life_maximum": r"maximums de ([\d ]+ \$) en assurance vie",
            "critical_illness_maximum": r"et de ([\d ]+ \$) en assurance maladies graves",
            "months_since_declaration_above": (
                r"excluant l'assurance collective\).*?déclarée depuis (plus de six \(6\) mois)\. "
            ),
            "discharge_months_first": r"(Neuf \(9\) mois) depuis la date",
            "discharge_months_second_or_more": r"(Vingt-quatre \(24\) mois) depuis la date",
            "classes_3a_4a": r"spécifiques aux catégories professionnelles (3A et 4A)",
            "classes_3a_4a_disability_maximum": r"maximum de ([\d ]+ \$) en assurance invalidité",
            "classes_3a_4a_income_from": r"revenu minimum de ([\d ]+ \$) avant impôt",
            "classes_3a_4a_bankruptcies": r"(une \(1\) seule faillite)",
            "classes_3a_4a_months_since_declaration_above": (
                r"une \(1\) seule faillite.*?déclarée depuis (plus de six \(6\) mois)\."
            ),
            "classes_3a_4a_benefit_years_to": r"maximum de (cinq \(5\) ans)",
            "classes_3a_4a_waiting_days_from": r"minimum est de (quatre-vingt-dix \(90\) jours)",
        },
    )


@fact_table("privilege_rules", "amount_from", "amount_to", "amount_band", "unless")
def privilege_rules(documents: Documents) -> Iterable[Row]:
    """Tableau 5.2.1: the head of each cell, and what it makes an exception of."""
    grid = documents.underwriting.grid("Tableau 5.2.1 Règles générales")
    for row, cells in enumerate(grid[1:], 1):
        for column, printed in enumerate(cells[1:], 1):
            start, end, kind = band(clean(grid[0][column]))
            head, *exception = clean(printed).split(", sauf si ")
            unless = ["choice"] if exception else []
            if "OU est admissible à la majoration de revenu" in printed:
                unless.append("uplift")
            yield cell(
                "5.2.1",
                row,
                column,
                head,
                row_label=clean(cells[0]),
                column_label=clean(grid[0][column]),
                amount_from=start,
                amount_to=end,
                amount_band=kind,
                unless=" ".join(unless),
            )


@fact_table("privilege", *KEYED)
def privilege(documents: Documents) -> Iterable[Row]:
    """Give the limits of proving income at application."""
    text = section(documents, PRIVILEGE, "Tableau 5.2.1 Règles générales")
    yield from keyed(
        "5.2",
        text,
        {
            "excluded_coverages": r"sauf la (rente mensuelle et la rente mensuelle express)",
            "years_in_field_from": r"avoir (deux \(2\) ans) d'expérience",
            "review_years_to": r"dans les (2 ans) suivant la date de prise d'effet",
            "monthly_benefit_from": r"soumis au privilège est de ([\d ]+ \$)",
            "benefit_periods": r"durée des prestations doit être de (5 ans ou jusqu'à 65 ans)",
        },
    )


@fact_table("privilege_documents", "item", "joint", "document", "number", "unit", "forms", "pages")
def privilege_documents(documents: Documents) -> Iterable[Row]:
    """Tableau 5.2.2, one row a document; `joint` says how it joins the one before it."""
    grid = documents.underwriting.grid("Tableau 5.2.2 Documents exigés")
    for row, cells in enumerate(grid[1:], 1):
        for column, printed in enumerate(cells[1:], 1):
            for item, (joint, document) in enumerate(_alternatives(clean(printed)), 1):
                name, amount, unit = _read(document)
                pages = re.search(r"pages (\d) à (\d)", document)
                yield cell(
                    "5.2.2",
                    row,
                    column,
                    _head(document),
                    row_label=clean(cells[0]),
                    column_label=clean(grid[0][column]),
                    item=str(item),
                    joint=joint,
                    document=name,
                    number=amount,
                    unit=unit,
                    forms=" ".join(re.findall(r"\bT\d{1,4}\b", document)),
                    pages=f"{pages[1]}-{pages[2]}" if pages else "",
                )


def _read(document: str) -> tuple[str, str, str]:
    """Give what is asked, for how much of what."""
    if amount := re.search(r"premiers ([\d ]+ \$) d'assurance invalidité", document):
        return "", number(amount[1]), "dollars"
    name = re.split(r" \(| – | de la | des deux | sont requises", document)[0]
    if "dernière année" in document:
        return name, "1", "years"
    if re.search(r"deux (\(2\) )?dernières années", document):
        return name, "2", "years"
    return name, "", ""


def _alternatives(text: str) -> Iterable[tuple[str, str]]:
    """Cut a cell at its ET and OU; in class B, at the sentence that begins the second item."""
    parts = re.split(r" (ET|OU) | (?=Les preuves financières)", text)
    yield "", parts[0]
    for joint, document in zip(parts[1::2], parts[2::2], strict=True):
        yield joint or "ET", document


def _head(document: str) -> str:
    """Give what the item names and its figures, without the sentences behind."""
    first = re.split(r"\. |, incluant|, Le ", document)[0].split(" sont requises pour les ")[-1]
    figures = re.search(r"premiers ([\d ]+ \$) d'assurance invalidité", document)
    return figures[0] if figures else first


@fact_table("income_documents", "form", "monthly_amount_to")
def income_documents(documents: Documents) -> Iterable[Row]:
    """Give the papers accepted as proof of income; the notice of assessment has a limit."""
    accepted = section(
        documents, "Liste des documents admissibles", "Assurance invalidité collective"
    )
    for row in listed("5.2", accepted.bullets()):
        form = re.match(r"T\d{1,4}\b", row["printed"])
        limits = set(re.findall(r"[\d ]+\$(?= et moins par mois)", row["printed"]))
        yield {
            **row,
            "form": form[0] if form else "",
            "monthly_amount_to": number(limits.pop()) if limits else "",
        }


@fact_table("income_excluded")
def income_excluded(documents: Documents) -> Iterable[Row]:
    """Give the income that does not count."""
    excluded = section(documents, "Revenus non admissibles", "Liste des documents admissibles")
    labels = [label.rstrip(";.") for label in excluded.bullets()]
    *named, other = labels
    yield from listed("5.2", [*named, other.split(" qui ")[0]])


@fact_table("group_disability_information")
def group_disability_information(documents: Documents) -> Iterable[Row]:
    """Give what is asked about group disability insurance."""
    asked = section(documents, "Assurance invalidité collective", UPLIFT)
    yield from listed("5.2", (label.rstrip(";.") for label in asked.bullets()))


@fact_table("income_uplift", *KEYED)
def income_uplift(documents: Documents) -> Iterable[Row]:
    """Give the rate, ceiling, bases and conditions of the uplift of income."""
    text = section(documents, UPLIFT, SPLITTING)
    yield from keyed(
        "5.3",
        text,
        {
            "classes": r"catégories professionnelles (B, A, 2A, 3A et 4A)\.",
            "rate": r"majoration de (\d+ %) du revenu net",
            "maximum": r"jusqu'à concurrence de ([\d ]+ \$)",
            "not_above": r"ne doit excéder le (revenu brut)",
            "income_basis": r"calculée sur le (revenu net admissible) après les dépenses",
            "basis_b_a_2a": r"sur le (plus bas revenu) des deux",
            "years_b_a_2a": r"plus bas revenu des (deux \(2\) dernières années), pour",
            "classes_lowest": r"dernières années, pour les catégories (B, A et 2A)\.",
            "classes_average": r"pour les catégories (3A et 4A), nous",
            "basis_3a_4a": r"nous considérerons la (moyenne) des deux",
            "years_3a_4a": r"la moyenne des (deux dernières années)",
            "years_in_field_from": r"même domaine d'affaires depuis au moins (deux \(2\) ans)",
            "registered_no_loss_years": (
                r"L'entreprise enregistrée.*?pertes au cours des (deux \(2\) dernières années)"
            ),
            "incorporated_no_loss_years": (
                r"L'entreprise incorporée ne.*?pertes au cours des (deux \(2\) dernières années)"
            ),
            "incorporated_shareholders_to": r"par (quatre \(4\) actionnaires) ou moins",
            "incorporated_share_from": r"détenir au moins (\d+ %) des parts",
            "employment_income_line": r"à la (ligne 101) \(fédéral\)",
        },
    )


@fact_table("income_splitting")
def income_splitting(documents: Documents) -> Iterable[Row]:
    """Give what a request for splitting income states."""
    asked = section(documents, SPLITTING, DIVIDENDS)
    yield from listed("5.4", (label.rstrip(";.") for label in asked.bullets()))


@fact_table("dividends", *KEYED)
def dividends(documents: Documents) -> Iterable[Row]:
    """Give the conditions under which dividends count as income."""
    text = section(documents, DIVIDENDS, "6. Catégories et tarification professionnelles")
    yield from keyed(
        "5.5",
        text,
        {
            "status": r"être (travailleur autonome);",
            "years_in_business_from": r"en affaires depuis au moins (un \(1\) an)",
            "share_percent": r"participer à (\d+ %) dans son entreprise",
            "business_is": r"avoir une entreprise (rentable)",
            "not_above": r"ne peuvent excéder le (revenu net avant impôt) de l'entreprise",
        },
    )


@fact_table("bankruptcy_refused")
def bankruptcy_refused(documents: Documents) -> Iterable[Row]:
    """Give what is deferred while undischarged, and what may still be offered."""
    norms = section(documents, "5.1 Normes sur les faillites", PRIVILEGE)
    refused = norms.find(
        r"n'est pas admissible à l'(assurance invalidité) ni à la (rente mensuelle)"
    )
    yield from listed("5.1", refused.groups(), row_label="not eligible while undischarged")
    offered = norms.find(r"La (rente mensuelle du Plan Express) peut être offerte")
    yield from listed("5.1", offered.groups(), row_label="may be offered", column=2)
