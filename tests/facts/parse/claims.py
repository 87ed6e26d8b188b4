"""Claims: the three chapters on Règlements."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, Part, clean, items
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed
from tests.facts.parse.figures import band

INCOME = "Preuves de revenu"
DECISION = "2.3 Décision initiale"


def _without_stop(labels: Iterable[str]) -> list[str]:
    return [label.rstrip(";.") for label in labels]


@fact_table("disability_forms", "copies")
def disability_forms(documents: Documents) -> Iterable[Row]:
    """Give the forms of a disability claim and their copies."""
    forms = documents.chapter("disability_claims").after("2.2 Documents requis")
    for row in listed("2.2", _without_stop(forms.first_bullets())):
        copies = re.search(r"en (\d+) exemplaires", row["printed"])
        yield {**row, "copies": copies[1] if copies else ""}


@fact_table("disability_income_proof")
def disability_income_proof(documents: Documents) -> Iterable[Row]:
    """Give the proofs of income by status of the insured."""
    proofs = documents.chapter("disability_claims").after(INCOME, until=DECISION)
    for column, status in enumerate(("Salarié", "Travailleur autonome", "Actionnaire"), 1):
        yield from listed(
            "2.2", proofs.after(status).first_bullets(), column=column, column_label=status
        )


@fact_table("disability_figures", *KEYED)
def disability_figures(documents: Documents) -> Iterable[Row]:
    """Give the days, amounts and shares of disability claims."""
    chapter = documents.chapter("disability_claims")
    yield from keyed(
        "2",
        chapter.after("2. Demande initiale de règlement", until=DECISION),
        {
            "proof_days": r"preuve d'invalidité doit être soumise à l'assureur dans les (90 jours)",
            "forms_days": r"transmis à l'assureur dans les (90 jours) suivant",
            "statement_pages": r"formulaire de (quatre \(4\) pages)",
            "authorisation_forms": r"Les six \((6)\) formulaires d'autorisation",
            "no_income_proof_amount_to": r"montant assuré est de ([\d ]+ \$) par mois ou moins",
            "no_income_proof_months": r"pour les (trente-six \(36\) premiers mois)",
        },
    )
    yield from keyed(
        "4",
        chapter.after("4. Prestations", until="5. Révision d'une décision"),
        {
            "benefit_issue_day": r"généralement le (deuxième vendredi) de chaque mois",
            "indexation_day": r"payées le (premier \(1er\) janvier) de l'année",
            "indexation_months": r"fin des (douze \(12\) premiers mois) d'invalidité",
        },
    )
    yield from keyed(
        "6",
        chapter.after("6. Clauses contractuelles"),
        {
            "preexisting_months_before": r"dans les (douze \(12\) mois) précédant l'entrée en vigueur",
            "preexisting_months_in_force": r"en vigueur durant au moins (douze \(12\) mois)",
            "contestable_years_below": r"survient (moins de deux \(2\) ans) après",
            "benefit_net_percent": r"ne peut excéder (\d+ %) du revenu net personnel",
            "benefit_taxable_percent": r"\((\d+ %) de son revenu personnel net avant impôt",
            "all_sources_net_percent": r"excède (\d+ %) de son revenu net avant son invalidité",
            "all_sources_taxable_percent": r"limite sera de (\d+ %) du revenu brut",
        },
    )


@fact_table("disability_proof_exempt", *KEYED)
def disability_proof_exempt(documents: Documents) -> Iterable[Row]:
    """Give the cases in which no proof of income goes with the first claim."""
    yield from keyed(
        "2.2",
        documents.chapter("disability_claims").after(
            "Des preuves de revenu n'ont pas à être soumises lors de la demande de règlement initiale"
            " si :",
            until="Salarié",
        ),
        {
            "accepted_at_issue": r"soumises et acceptées à l'(émission de la police)",
            "amount_to": r"montant assuré est de ([\d ]+ \$) par mois ou moins",
            "association_children": r"établie en fonction du (nombre de bénéficiaires) sous sa garde",
            "mortgage": r"reliée à une (hypothèque)\.",
            "waiver_only": r"uniquement d'une demande d'(exonération des primes)",
            "overhead_only": r"en vertu de la garantie (Frais généraux)",
        },
    )


@fact_table("life_documents")
def life_documents(documents: Documents) -> Iterable[Row]:
    """Give the documents of a life claim, and by province where no beneficiary is named."""
    required = documents.chapter("life_claims").after("2.2 Documents requis")
    yield from listed("2.2", _without_stop(required.first_bullets()))
    for column, province in enumerate(("Au Québec", "En Ontario"), 2):
        labels = required.after(province).first_bullets()
        yield from listed(
            "2.2",
            [label.rstrip(";.").removesuffix("; ou") for label in labels],
            column=column,
            column_label=province,
        )
    for column, province in enumerate(("Au Québec :", "En Ontario :"), 2):
        yield from listed(
            "2.2 signatory",
            required.after(province).first_bullets(),
            column=column,
            column_label=province.removesuffix(" :"),
        )


@fact_table("death_proof", "item", "joint", "amount_from", "amount_to", "amount_band", "document")
def death_proof(documents: Documents) -> Iterable[Row]:
    """Tableau 2.2.1, one row a document; `joint` is OU between alternatives."""
    grid = documents.chapter("life_claims").grid("Tableau 2.2.1 Document requis")
    for column, (heading, printed) in enumerate(zip(grid[0], grid[1], strict=True), 1):
        start, end, kind = band(clean(heading))
        for item, label in enumerate(items(printed), 1):
            yield cell(
                "2.2.1",
                1,
                column,
                label.removesuffix(" OU").rstrip("."),
                column_label=clean(heading),
                item=str(item),
                joint="OU" if item > 1 else "",
                amount_from=start,
                amount_to=end,
                amount_band=kind,
                document=re.split(r" original| émise| délivré", label)[0],
            )


@fact_table("life_figures", *KEYED)
def life_figures(documents: Documents) -> Iterable[Row]:
    """Give the years, days and amounts of life claims."""
    chapter = documents.chapter("life_claims")
    yield from keyed(
        "2",
        chapter.after("2. Demande d'indemnité", until="2.2 Documents requis"),
        {"claim_years": r"dans les (trois \(3\) ans) suivant le décès"},
    )
    yield from keyed(
        "3",
        chapter.after("3. Indemnité d'assurance vie", until="4. Révision de la décision"),
        {
            "interest_days_above": r"payée (plus de trente \(30\) jours) après la date du décès",
            "interest_slip_from": r"intérêts est de (50 \$) et plus",
        },
    )
    yield from keyed(
        "5",
        chapter.after("5. Clauses contractuelles"),
        {
            "preexisting_months_before": r"dans les (douze \(12\) mois) précédant l'entrée en vigueur",
            "preexisting_months_in_force": r"en vigueur durant au moins (douze \(12\) mois)",
            "contestable_years_below": r"survient (moins de deux \(2\) ans) après",
            "suicide_months_1": r"au cours des (vingt-quatre \(24\)) ou",
            "suicide_months_2": r"ou (douze \(12\) premiers mois) de la prise d'effet",
        },
    )


@fact_table("review_addresses")
def review_addresses(documents: Documents) -> Iterable[Row]:
    """Give where a decision is reviewed, for disability and for life by province."""
    disability = documents.chapter("disability_claims").after(
        "5. Révision d'une décision", until="6. Clauses contractuelles"
    )
    yield from listed("disability 5", disability.paragraphs()[1:])
    life = documents.chapter("life_claims").after(
        "4. Révision de la décision", until="5. Clauses contractuelles"
    )
    yield from listed(
        "life 4", life.after("Québec", until="Ontario").paragraphs(), row_label="Québec"
    )
    yield from listed("life 4", life.after("Ontario").paragraphs(), row_label="Ontario")


def _health(documents: Documents, heading: str, until: str | None = None) -> Part:
    return documents.chapter("health_claims").after(heading, until=until)


@fact_table("health_expenses", "is_optional")
def health_expenses(documents: Documents) -> Iterable[Row]:
    """Give the expenses health insurance usually covers."""
    covered = _health(documents, "3.1 Couverture", "3.2 Limitations").first_bullets()
    for row in listed("3.1", covered):
        yield {**row, "is_optional": "yes" if "optionnelle" in row["printed"] else "no"}


@fact_table("receipt_fields")
def receipt_fields(documents: Documents) -> Iterable[Row]:
    """Give what a receipt must say."""
    yield from listed(
        "3.2", _health(documents, "Informations requises sur les reçus soumis").first_bullets()
    )


@fact_table("health_figures", *KEYED)
def health_figures(documents: Documents) -> Iterable[Row]:
    """Give the limits of health claims and which practitioner counts where."""
    yield from keyed(
        "3.2",
        _health(documents, "3.2 Limitations", "4. Assurance soins dentaires"),
        {
            "prescription_months": r"ordonnance est valide (12 mois) à partir",
            "podiatry_quebec": r"auprès d'un (podiatre) membre de l'Ordre des podiatres",
            "podiatry_quebec_refused": r"auprès d'un (podologue), qui ne sont pas admissibles",
            "podiatry_ontario": r"auprès d'un (podiatre ou d'un podologue) membre",
            "psychology_orders": (
                r"membre de l'(Ordre des psychologues du Québec ou de l'Ordre des psychologues de"
                r" l'Ontario)"
            ),
            "eye_exam_age_below": r"assuré de (moins de 65 ans), l'examen",
            "eye_exam_amount": r"montant total de (50 \$) par période",
            "eye_exam_months": r"par période de (24 mois)",
            "claim_months": r"dans les (12 mois) suivant la date du service",
        },
    )
    yield from keyed(
        "2.1",
        _health(documents, "2.1 Calcul du remboursement", "2.2 Maximum payable"),
        {"formula": r"(montant payable maximum – franchise – coassurance)"},
    )


@fact_table("dental", "key", "products")
def dental(documents: Documents) -> Iterable[Row]:
    """Give what dental care covers: who may give it, and which products cover what."""
    coverage = _health(documents, "4.1 Couverture", "4.2 Limitations")
    providers = coverage.find(
        r"dispensés par (un dentiste), (un hygiéniste dentaire) ou (un denturologiste)"
    )
    for row, printed in enumerate(providers.groups(), 1):
        yield cell("4.1", row, 1, printed, key="provider")
    limits = _health(documents, "4.2 Limitations")
    patterns = (
        ("orthodontics", r"frais d'(orthodontie) ne sont pas couverts()"),
        ("root_canal", r"liés à un (traitement de canal) sont remboursables jusqu'au maximum()"),
        (
            "crown",
            r"installation d'une (couronne) ne sont remboursables qu'avec les produits ([^.]+)\.",
        ),
        (
            "dentures",
            r"(achat et le remplacement de prothèses) ne sont couverts que par les produits ([^.]+)\.",
        ),
        ("denture_care_1", r"pour des (ajustements mineurs),()"),
        ("denture_care_2", r"(rebasage et le regarnissage)()"),
        ("denture_care_3", r"(nettoyage et le polissage) d'une prothèse()"),
    )
    for row, (key, pattern) in enumerate(patterns, 1):
        found = limits.find(pattern)
        yield cell("4.2", row, 1, found[1], key=key, products=found[2])
