"""Occupation classes and working from home: Sélection des risques, section 6."""

import re
from collections.abc import Iterable, Iterator

from tests.facts.parse.document import Documents, clean
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed
from tests.facts.parse.figures import number, numbers

RECLASSIFICATION = "6.2 Reclassification de catégorie professionnelle"
HOME = "6.3 Normes sur les travailleurs autonomes et employés salariés travaillant à domicile"
LETTERS = "Tableau 6.2.1 Reclassification"


@fact_table("reclassification", "class_from", "class_to", "is_required", "number", "unit")
def reclassification(documents: Documents) -> Iterable[Row]:
    """Tableau 6.2.1; the column « OU » has no cells of its own and is left off."""
    grid = documents.underwriting.grid(LETTERS)
    headings = [clean(heading) for heading in grid[0]]
    for row, cells in enumerate(grid[1:], 1):
        class_from, class_to = re.split(r"\s*➔\s*", clean(cells[0]))
        column = 0
        for heading, printed in zip(headings[1:], cells[1:], strict=True):
            if heading == "OU":
                if clean(printed):
                    raise ValueError("the column OU has cells")
                continue
            column += 1
            unit = "percent" if "%" in heading else "dollars" if "$" in heading else "years"
            yield cell(
                "6.2.1",
                row,
                column,
                clean(printed),
                row_label=clean(cells[0]),
                column_label=heading,
                class_from=class_from,
                class_to=class_to,
                is_required="yes" if clean(printed) == "✓" else "no",
                number=numbers(heading)[0],
                unit=unit,
            )


@fact_table("reclassification_income", "class_from", "class_to", "income_above")
def reclassification_income(documents: Documents) -> Iterable[Row]:
    """Give the income each reclassification asks for, in the list above Tableau 6.2.1."""
    section = documents.underwriting.after(RECLASSIFICATION, until=LETTERS)
    row = 0
    for line in section.bullets():
        found = re.fullmatch(r"([\d ]+ \$) pour la reclassification (.+?)[;.]", line)
        if not found:
            continue
        for move in re.findall(r"de (\w+) à (\w+)", found[2]):
            row += 1
            yield cell(
                "6.2",
                row,
                1,
                found[1],
                row_label=f"{move[0]} à {move[1]}",
                class_from=move[0],
                class_to=move[1],
                income_above=number(found[1]),
            )


@fact_table("reclassification_conditions", *KEYED)
def reclassification_conditions(documents: Documents) -> Iterable[Row]:
    """Give the other conditions of a reclassification, and its delays."""
    section = documents.underwriting.after(RECLASSIFICATION, until=HOME)
    yield from keyed(
        "6.2",
        section,
        {
            "outside_home_share_above": r"l'extérieur du domicile (plus de la moitié) du temps",
            "years_same_occupation_from": r"au moins (trois \(3\) ans) d'expérience dans la même",
            "years_related_experience_from": r"ou (cinq \(5\) ans) d'expérience connexe",
            "income_years": r"son revenu pour les (deux dernières années)",
            "request_years_to": r"soumise jusqu'à (cinq \(5\) ans) suivant la date d'émission",
            "early_months_below": r"survient (moins de six \(6\) mois) après",
            "late_months_above": r"survient (plus de six \(6\) mois) après",
        },
    )


@fact_table("reclassification_documents")
def reclassification_documents(documents: Documents) -> Iterable[Row]:
    """Give the papers of a request before (1) and after (2) six months."""
    section = documents.underwriting.after(RECLASSIFICATION, until=HOME)
    for column, when in enumerate(("moins de six (6) mois", "plus de six (6) mois"), 1):
        heading = f"Si la demande survient {when} après l'émission du contrat, l'assuré doit transmettre à l'assureur :"
        labels = section.after(heading).first_bullets()
        yield from listed(
            "6.2",
            (label.rstrip(";.") for label in labels),
            column=column,
            column_label=when,
        )


@fact_table("home_worker_proofs", *KEYED)
def home_worker_proofs(documents: Documents) -> Iterable[Row]:
    """Give the amount from which proof of income is always asked of who works at home."""
    section = documents.underwriting.after(HOME, until="Tableau 6.3.1 Normes")
    yield from keyed("6.3", section, {"amount_from": r"montant d'assurance de ([\d ]+ \$) et plus"})


@fact_table(
    "home_worker",
    "classes",
    "option",
    "case",
    "case_label",
    "item",
    "employment",
    "home_percent_from",
    "home_percent_to",
    "home_wording",
    "income_wording",
    "income_from",
    "income_to",
    "has_visible_access",
    "waiting_period",
    "benefit_period",
)
def home_worker(documents: Documents) -> Iterable[Row]:
    """Tableau 6.3.1: a row is a printed group; its options, cases and conditions follow."""
    section = documents.underwriting.after("Tableau 6.3.1 Normes", until="7. Frais généraux")
    classes, group, option, access = "", 0, 0, "no"
    label = ""
    for grid in section.grids():
        for first, waiting, benefit in grid:
            text = clean(first)
            if clean(waiting) == "Délai de carence":
                classes = text.split(" : ")[-1].replace("CAS SPÉCIAL", "")
                headings = text
            elif text.startswith("("):
                access = "yes"
            elif not clean(waiting):
                group, option, access, label = group + 1, 0, "no", text
            else:
                option += 1
                for case, situation, item, condition in _conditions(text):
                    yield cell(
                        "6.3.1",
                        group,
                        1,
                        condition,
                        row_label=label,
                        column_label=headings,
                        classes=classes,
                        option=str(option),
                        case=case,
                        case_label=situation,
                        item=str(item),
                        **_group(label),
                        has_visible_access=access,
                        waiting_period=clean(waiting),
                        benefit_period=clean(benefit),
                    )


def _conditions(text: str) -> Iterator[tuple[str, str, int, str]]:
    """Cut « 1) situation : - condition - condition 2) … » into its conditions."""
    cases = re.split(r"(?:^|\s)(\d)\) ", text)
    if len(cases) == 1:
        for item, condition in enumerate(re.split(r"(?:^|\s)- ", text)[1:], 1):
            yield "", "", item, condition.strip()
        return
    for case, body in zip(cases[1::2], cases[2::2], strict=True):
        situation, conditions = body.split(" : ", 1)
        for item, condition in enumerate(re.split(r"(?:^|\s)- ", conditions)[1:], 1):
            yield case, situation, item, condition.strip()


def _group(label: str) -> Row:
    """Read whom a group is for: « Travailleur autonome de 20 % à 100 % à domicile ayant … »."""
    found = re.match(
        r"(?P<employment>.+?)(?: de)? (?P<home>\d+ %? ?(?:à \d+ %)?) ?à domicile"
        r"(?P<under> et moins)?(?: ayant un revenu (?P<income>.+?) avant impôts)?"
        r"(?P<rest> .*)?$",
        label,
    )
    if found is None:
        raise ValueError(label)
    percents = numbers(found["home"])
    income = found["income"] or ""
    amounts = numbers(income)
    below = income.startswith("inférieur")
    return {
        "employment": found["employment"] + (found["rest"] or ""),
        "home_percent_from": "0" if found["under"] else percents[0],
        "home_percent_to": percents[-1],
        "home_wording": (found["home"].strip() + (found["under"] or "")),
        "income_wording": income,
        "income_from": "" if below or not amounts else amounts[0],
        "income_to": amounts[-1] if below or len(amounts) == 2 else "",
    }
