"""Association and small-business programmes: Sélection des risques, sections 8 and 9.

The cells of the two tables of scenarios are sentences; what they settle is kept, not their words.
"""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, clean
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed

TABLES = {"8.1": "8. Associations", "9.1": "9. Plan PME"}
END = "10. MIB Group Inc. (The Medical Information Bureau Inc.)"


@fact_table("programme_scenarios", "key", "answer")
def programme_scenarios(documents: Documents) -> Iterable[Row]:
    """Give what Tableaux 8.1 and 9.1 settle, one row a question and scenario."""
    for table in TABLES:
        grid = documents.underwriting.grid(
            f"Tableau {table} Scénarios d'acceptation par la Sélection"
        )
        for column, (scenario, text) in enumerate(
            zip(map(clean, grid[0]), map(clean, grid[1]), strict=True), 1
        ):
            for row, (key, printed, answer) in enumerate(_read(text), 1):
                yield cell(
                    table, row, column, printed, column_label=scenario, key=key, answer=answer
                )


def _read(text: str) -> Iterable[tuple[str, str, str]]:
    paper = re.match(r"(Avis de confirmation|Avenant au contrat) :", text)
    clause = re.search(r"préexistantes (?:\(12/12\) )?(ne s'applique pas|s'applique)", text)
    if paper is None or clause is None:
        raise ValueError(text)
    yield "document", paper[1], "confirmation" if "Avis" in paper[1] else "endorsement"
    yield "preexisting_clause", clause[1], "no" if clause[1].startswith("ne") else "yes"
    excess = re.search(r"exclusion s'applique au (montant excédentaire)", text)
    free = re.search(r"montant sans preuve pour les (12 premiers mois)", text)
    extra = re.search(r"surprime s'applique sur le (montant excédentaire)", text)
    yield "exclusion_on_excess", excess[1] if excess else "", "yes" if excess else "no"
    yield "exclusion_on_amount_without_evidence", free[1] if free else "", "12" if free else "no"
    yield "extra_premium_on_excess", extra[1] if extra else "", "yes" if extra else "no"


@fact_table("programme_figures", *KEYED)
def programme_figures(documents: Documents) -> Iterable[Row]:
    """Give the figures of both programmes and of their worked example."""
    association = documents.underwriting.after(TABLES["8.1"], until=TABLES["9.1"])
    business = documents.underwriting.after(TABLES["9.1"], until=END)
    example = {
        "example_without_evidence": r"Montant sans preuve de ([\d ]+ \$)",
        "example_excess": r"Montant excédentaire de ([\d ]+ \$)",
        "example_excluded_first_year": r"l'exclusion s'appliquera sur ([\d ]+ \$) \(somme",
        "example_excluded_first_years": r"somme assurée complète\) pour (un \(1\) an)",
        "example_excluded_after": r"l'exclusion s'appliquera sur le ([\d ]+ \$) \(montant",
        "preexisting_months": r"préexistantes \((12)/12\) ne s'applique pas;",
    }
    yield from keyed("8", association, example)
    yield from keyed(
        "9",
        business,
        {**example, "new_employee_days_to": r"(120 jours) depuis la date de son embauche"},
    )
