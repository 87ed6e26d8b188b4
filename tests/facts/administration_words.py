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
