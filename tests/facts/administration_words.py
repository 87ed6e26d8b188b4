"""Printed words on products, partners and policies, and the codes of the pack."""

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
