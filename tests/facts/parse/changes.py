"""Changing a policy in force: Administration des contrats, section 8."""

import re
from collections.abc import Iterable

from tests.facts.parse.administration import RENEWAL, section, without_stop
from tests.facts.parse.document import Documents, Part
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed

CHANGES = "8.2 Modifications possibles"
CHANGE_HEADINGS = (
    "Ajout et modification d'une garantie",
    "Ajout ou retrait d'un enfant ou d'un conjoint",
    "Modification de statut fumeur à non-fumeur",
    "Changement d'emploi",
    "Révision d'une exclusion ou d'une surprime",
)
_BEHIND = re.compile(r" avec la case| si le montant| de la proposition| à la page")


@fact_table("change_documents")
def change_documents(documents: Documents) -> Iterable[Row]:
    """Give what each change of a policy asks for, in the printed lists."""
    changes = section(documents, CHANGES, RENEWAL)
    for column, heading in enumerate(CHANGE_HEADINGS, 1):
        part = changes.after(heading)
        if heading.startswith("Révision"):
            part = part.after(
                "Pour obtenir la révision d'une exclusion ou d'une surprime, l'assuré doit soumettre"
                " les exigences suivantes :"
            )
        labels = [_BEHIND.split(label)[0] for label in without_stop(part.first_bullets())]
        yield from listed("8.2", labels, column=column, column_label=heading)


@fact_table("change_figures", *KEYED)
def change_figures(documents: Documents) -> Iterable[Row]:
    """Give the thresholds of the non-smoker change and the rule of the newborn child."""
    changes = section(documents, CHANGES, RENEWAL)
    newborn = changes.after("Ajout ou retrait d'un enfant ou d'un conjoint")
    family = newborn.after("Pour les produits Flex Bleue, Blue Vision et Blue Choice Balance :")
    blue_choice = newborn.after(
        "Dans le cas du produit Blue Choice :", until="Modification de la fréquence de paiement"
    )
    yield from keyed(
        "8.2",
        changes,
        {
            "tobacco_free_months_above": r"depuis (plus de 12 mois), celui-ci",
            "hiv_disability_amount_above": r"supérieur à ([\d ]+ \$) \(assurance invalidité\)",
            "hiv_life_amount_above": r"à ([\d ]+ \$) \(assurance vie\)",
            "newborn_products_1": r"Pour les produits (Flex Bleue, Blue Vision et Blue Choice Balance) :",
            "newborn_products_2": r"Dans le cas du produit (Blue Choice) :",
        },
    )
    yield from keyed(
        "8.2 newborn",
        Part(family.lines[: family.index("Dans le cas du produit Blue Choice :")]),
        {
            "automatic_plans": r"dans un régime (monoparental ou familial),",
            "request_days_plans": r"Dans un régime (individuel ou couple),",
            "request_days": r"reçue dans les (30 jours) suivant sa naissance",
        },
    )
    yield from keyed(
        "8.2 newborn Blue Choice",
        blue_choice,
        {"request_days": r"reçue dans les (30 jours) suivant sa naissance"},
    )


@fact_table("modification_effective")
def modification_effective(documents: Documents) -> Iterable[Row]:
    """Give when a change takes effect, by kind of issue."""
    rules = section(
        documents, "8.1 Prise d'effet des modifications d'une police en vigueur", CHANGES
    )
    for row, text in enumerate(rules.first_bullets(), 1):
        kind, effect = text.split(" : ")[0], text.split(" : ")[-1]
        yield cell(
            "8.1",
            row,
            1,
            re.split(r" de la proposition| du risque", effect)[0],
            row_label=re.sub(r" \(ex\..*", "", kind),
        )
