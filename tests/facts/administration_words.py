"""Printed words on products, partners and policies, and the codes of the pack."""

import re

PRODUCTS = {
    "Flex Bleue": "flex_bleue",
    "Blue Vision": "blue_vision",
    "Blue Choice Balance": "blue_choice_balance",
    "Blue Choice": "blue_choice",
}
REGIMES = {
    "monoparental": "single_parent",
    "familial": "family",
    "individuel": "individual",
    "couple": "couple",
}
PARTIES = {
    "Assuré": "insured",
    "Preneur": "policyholder",
    "Payeur": "payer",
    "Conseiller": "advisor",
    "Conseiller (si aucun RGP)": "advisor",
    "Représentant général principal": "principal_general_representative",
    "s. o.": "nobody",
}
EVENTS = {
    "Nouveaux contrats": "new_contract",
    "Exigences": "requirements",
    "Annulation": "cancellation",
    "Modification": "modification",
    "Renouvellement": "renewal",
}
ISSUE_CLASSES = {
    "Garanties à émission rapide": "rapid_issue",
    "Garanties avec sélection": "underwritten",
}
DOCUMENTS = {
    "Sommaire": "summary",
    "Contrat": "contract",
    "Lettre de renouvellement": "renewal_letter",
    "Facture ou plan de paiement": "invoice_or_payment_plan",
}
CYCLES = {"Hebdomadaire": "weekly", "Mensuelle": "monthly"}
LEGAL_FORMS = {
    "Entreprises incorporées": "incorporated",
    "Entreprises limitées": "limited_company",
    "Sociétés en nom collectif": "general_partnership",
    "Entreprises enregistrées (sauf au Québec)": "registered_business",
}
ATLANTIC = ["NB", "NL", "NS", "PE"]
PARTNER_ITEMS = {
    "Copie du certificat valide du conseiller": "certificate_copy",
    "Copie de l'assurance responsabilité du conseiller": "liability_insurance_copy",
    "Spécimen de chèque": "specimen_cheque",
    "Entente de représentant dûment remplie et signée": "signed_agreement",
    "Fiche du représentant autonome": "independent_representative_sheet",
    "Le formulaire de changement de compte bancaire": "bank_change_form",
    "Un spécimen de chèque du nouveau compte": "new_account_specimen_cheque",
    "Votre numéro de distributeur": "distributor_number",
}
PARTNER_TYPES = {"Cabinet de courtage": "brokerage_firm", "Conseiller indépendant": "independent"}
SPONSORSHIPS = {
    "Parrainage d'un nouvel agent": "new_agent",
    "Transfert de parrainage": "transfer",
    (
        "Parrainage d'un conseiller qui avait quitté l'industrie, "
        "mais qui désire reprendre ses activités"
    ): "return_to_industry",
    "Renouvellement de parrainage": "renewal",
}
LOAN_ITEMS = {
    "Montant de l'hypothèque": "mortgage_amount",
    "Versement hypothécaire mensuel": "monthly_payment",
    "Terme du prêt": "loan_term",
    "Période d'amortissement": "amortisation_period",
    "Exigences de sélection, âges et montants": "underwriting_requirements",
    "Le montant total disponible de la marge hypothécaire": "total_available_line",
    "Le versement mensuel désiré": "desired_monthly_payment",
    "Toutes exigences de sélection, les âges et les montants": "underwriting_requirements",
}
SENT = {
    "proposition d'assurance, incluant l'illustration ou le sommaire des garanties": (
        "application_with_illustration"
    ),
    "déclaration de santé (par télécopieur)": "health_declaration",
    "questionnaire médical (par télécopieur)": "medical_questionnaire",
    "accord de débits préautorisés (DPA)": "pre_authorised_debit_agreement",
    "avenant au contrat": "endorsement",
    (
        "demande de modification au contrat existant (changement d'adresse, information bancaire, "
        "annulation de contrats, etc.)"
    ): "modification_request",
    "les autorisations de transfert d'informations médicales": "medical_information_authorisation",
    "date de naissance (par télécopieur)": "birth_date",
    "taille et poids": "height_and_weight",
    "correction du nom ou du prénom": "name_correction",
    "coordonnées de l'assuré": "contact_details",
    "date de prélèvement bancaire ou modification de celle-ci": "bank_withdrawal_date",
}

# Tableaux 1.1 to 6.1: a printed item and the coverages it stands for.
PRINTED_COVERAGES = {
    "Hospitalisation": "hospitalisation",
    "Services diagnostiques": "diagnostic_services",
    "Assurance maladie complémentaire": "supplementary_health",
    "Soins et assistance à domicile": "home_care_and_assistance",
    "Médicaments": "drugs",
    "Soins dentaires": "dental_care",
    "Soins dentaires (Plan Global)": "dental_care",
    "Voyage": "travel",
    "Assurance voyage": "travel",
    "Assurance voyage (incluant annulation et bagages)": "travel",
    "Décès et perte d'usage accidentels": "accidental_death_and_loss_of_use",
    "Décès ou mutilation accidentels": "accidental_death_or_dismemberment",
    "Invalidité en cas d'accident": "disability_accident",
    "Invalidité en cas de maladie": "disability_sickness",
    "Profession régulière – Invalidité en cas d'accident": "own_occupation_accident",
    "Profession régulière – Invalidité en cas de maladie": "own_occupation_sickness",
    "Remboursement des primes (65) – Invalidité en cas d'accident": "return_of_premiums_65_accident",
    "Remboursement des primes (65) – Invalidité en cas de maladie": "return_of_premiums_65_sickness",
    "Rente mensuelle en cas d'accident": "monthly_income_accident",
    "Rente mensuelle en cas de maladie": "monthly_income_sickness",
    "Frais généraux": "overhead_expense",
    "Vie temporaire 65 ans": "term_life_65",
    "Rente hospitalière": "hospital_income",
    "Vie Express": "life_express",
    "Décès accidentel": "accidental_death",
    "Perte d'usage accidentelle": "accidental_loss_of_use",
    "Rente hospitalière Express": "hospital_income_express",
    "Remboursement des primes au décès – Rente hospitalière Express": "return_of_premiums_on_death",
    "Assistance maladies graves": "critical_illness_assistance",
    "Remboursement des primes à l'échéance – Assistance maladies graves": (
        "return_of_premiums_at_maturity"
    ),
    "Rente mensuelle en cas d'accident Express": "monthly_income_accident_express",
    "Rente mensuelle en cas de maladie Express": "monthly_income_sickness_express",
    "Fracture accidentelle": "accidental_fracture",
    "Réaménagement à la suite d'un accident": "home_adaptation",
    "Frais médicaux par accident": "accident_medical_expenses",
    "Soins à domicile": "home_care",
    "Plan Express forfait santé": "health_package",
    "Vie, décès et perte d'usage accidentels – Enfants": "children_life_and_accident",
    "Vie hypothécaire": "mortgage_life",
    "Invalidité hypothécaire": "mortgage_disability",
    "Maladies graves (de base ou de luxe)": "critical_illness",
    "Protection multiple (pour enfant)": "multiple_protection",
    "Remboursement des primes (20)": "return_of_premiums_20",
    "Remboursement des primes (20) ou (65)": "return_of_premiums_20 return_of_premiums_65",
    "Remboursement des primes au décès": "return_of_premiums_on_death",
    "Exonération des primes en cas d'invalidité de l'assuré principal": "waiver_of_premiums_insured",
    "Exonération des primes en cas d'invalidité de l'assuré principal ou du preneur": (
        "waiver_of_premiums_insured waiver_of_premiums_policyholder"
    ),
    "Soins en établissement": "facility_care",
    "Soins hors établissement (soins en établissement obligatoire)": "out_of_facility_care",
    "Hospitalisation et Perte d'autonomie": "hospitalisation_loss_of_autonomy",
    "Augmentation du coût de la vie (Soins en établissement)": "cost_of_living_increase_facility",
    "Augmentation du coût de la vie (Soins hors établissement)": (
        "cost_of_living_increase_out_of_facility"
    ),
    "Vie – Protection hybride": "life_hybrid",
    "Maladies graves – Protection hybride": "critical_illness_hybrid",
    "Perte d'autonomie – Protection hybride": "loss_of_autonomy_hybrid",
    "Invalidité – Protection hybride": "disability_hybrid",
    "Soins hors établissement – Protection hybride (Vie)": "out_of_facility_care_hybrid",
    "Soins hors établissement – Protection hybride (Maladies graves)": "out_of_facility_care_hybrid",
    "Soins hors établissement – Protection hybride (Perte d'autonomie)": (
        "out_of_facility_care_hybrid"
    ),
    "Soins hors établissement – Protection hybride (Invalidité)": "out_of_facility_care_hybrid",
    "Profession régulière": "own_occupation",
}
# In Tableau 6.1 the increase takes its name from the care of its row.
COST_OF_LIVING = {
    "3": "cost_of_living_increase_facility",
    "4": "cost_of_living_increase_out_of_facility",
}
# « (soins en établissement obligatoire) »: a base coverage that names another.
NAMED_AS_COMPULSORY = {"soins en établissement obligatoire": "facility_care"}
# Where the print has no heading (rows 5 of 3.2 and 4.2, row 1 of 5.1), or has one code twice.
KINDS = {"coverage": "base", "option": "option"}
KINDS_WITHOUT_HEADING = {"3.2": "option", "4.2": "option", "5.1": "base"}
PROVINCES_OF = {
    "blue_choice": "blue_choice_provinces",
    "blue_choice_balance": "blue_choice_provinces",
    "basic_blue_choice": "blue_choice_provinces",
    "blue_vision": "blue_vision_provinces",
    "flex_bleue": "flex_bleue_provinces",
    "mortgage_plan": "mortgage_provinces",
    "tangible": "tangible_provinces",
}
PROVINCES = {"Ontario": "ON", "Québec": "QC", "en Ontario": "ON"}


def words_of(printed: str) -> list[str]:
    """Give the names of « Flex Bleue, Blue Vision et Blue Choice Balance »."""
    return re.split(r", | et | ou ", printed)
