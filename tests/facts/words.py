"""Where printed words meet the codes of the packs: the only such place.

A word that is not here stops the comparison: nothing printed is skipped in silence.
"""

REQUIREMENTS = {
    "Entrevue téléphonique": "phone_interview",
    "Signes vitaux": "vital_signs",
    "Urine VIH": "urine_hiv",
    "Profil sanguin": "blood_profile",
    "Profil sanguin (avec PSA pour les hommes)": "blood_profile_with_psa_for_men",
    "Enquête régulière": "regular_inspection_report",
    "Enquête amplifiée": "extended_inspection_report",
    "Rapport du médecin traitant": "attending_physician_report",
    "Questionnaire financier": "financial_questionnaire",
    "Questionnaire Mode de vie": "lifestyle_questionnaire",
    "Questionnaire Mode de vie (pour la Protection hybride)": "lifestyle_questionnaire_for_hybrid",
    "Questionnaire Mode de vie (pour la protection hybride)": "lifestyle_questionnaire_for_hybrid",
    "Examen médical": "medical_exam",
    "ECG": "ecg",
    "ECG à l'effort": "stress_ecg",
    "Radiographie pulmonaire": "chest_xray",
    "Entretien personnel": "personal_interview",
}
# What a pack calls the second of two equal names in one cell (Tableau 3.1.2, row 4, column 5).
REQUIREMENTS_PRINTED_TWICE = {"blood_profile": "blood_profile_printed_twice"}
NOT_OFFERED = "s. o."

COVERAGES = {
    "Invalidité en cas de maladie": "disability_sickness",
    "Frais généraux": "overhead_expense",
    "Invalidité hypothécaire": "mortgage_disability",
    "Vie Temporaire 65 ans": "term_life_65",
    "Vie hypothécaire": "mortgage_life",
    "Maladies graves": "critical_illness",
    "Protection multiple": "multiple_protection",
    "Maladies graves-Protection hybride": "critical_illness_hybrid",
    "Perte d'autonomie-Protection hybride": "loss_of_autonomy_hybrid",
    "Vie-Protection hybride": "life_hybrid",
    "Invalidité – Protection hybride": "disability_hybrid",
    "Soins en établissement": "facility_care",
    "Soins hors établissement": "out_of_facility_care",
    "Hospitalisation et perte d'autonomie": "hospitalisation_loss_of_autonomy",
}

PAYMENT_MODES = {
    "Débit préautorisé": "pre_authorised_debit",
    "Carte de crédit": "credit_card",
    "Chèque": "cheque",
}
PAYMENT_FREQUENCIES = {"mensuelle": "monthly", "annuelle": "annual"}

PAYMENT_ITEMS = {
    "Mode de paiement": "payment_mode_section",
    "Accord de débits préautorisés (DPA)": "pre_authorised_debit_section",
    "spécimen de chèque": "void_cheque",
    "prime annuelle": "annual_premium_cheque",
}

# The table of products (Flex Bleue) that prints the coverages of each programme of the application.
PROGRAMMES = {"association": "4.1", "plan_express": "4.2"}

UNITS = {"dollars": "CAD"}

NEWCOMER_DOCUMENTS = {
    "questionnaire paramédical ou examen médical": "paramedical_questionnaire_or_medical_exam",
    "profil sanguin avec hépatites B et C": "blood_profile_with_hepatitis_b_and_c",
    "questionnaire Voyage à l'étranger": "foreign_travel_questionnaire",
}

# The travel reminder, and the note it belongs to.
TRAVEL_FAMILIES = {
    "Voyage individuel, Voyage unique, Forfait Plus": "trip",
    "Nouvelles prolongations pour Annuels multi-voyages": "annual_new",
    "Prolongations existantes d'Annuels multi-voyages": "annual_existing",
    "Assurance complémentaire": "top_up",
    "Visiteurs au Canada": "visitor",
}
TRAVEL_COVERAGES = {
    "Soins médicaux d'urgence seulement": "emergency_only",
    "Soins médicaux d'urgence avec Option : Période de stabilité réduite": "reduced_stability",
    "Annulation et interruption de voyage, Bagages, Décès ou mutilations accidentels": (
        "other_coverages"
    ),
}
TRAVEL_ORIGINS = {
    "Contrats vendus sur le site Info-Partenaires.ca": "old_platform",
    "Contrat vendu dans Espace partenaire": "partner_space",
}
TRAVEL_CHANNELS = {
    "créer un contrat Assurance complémentaire sur l'Espace partenaire": "top_up_in_partner_space",
    "processus standard de prolongation dans l'Espace partenaire": "standard_in_partner_space",
    "prolonger le contrat sur Info-partenaires.ca": "extend_on_old_platform",
    "contactez-nous pour une prolongation": "contact_carrier",
}

# The health quotes: files of the two e-mails, fields of the screens, documents and states of a file.
ATTACHED_FILES = {
    "DEVIS.pdf": "quote",
    "IPID SMAT ACTIVE TNS.pdf": "insurance_product_information_document",
    "Plaquette SMAT ACTIVE TNS.pdf": "brochure",
    "Garanties SMAT ACTIVE TNS 150.pdf": "guarantee_table",
    "Exemples de remboursements.pdf": "reimbursement_examples",
    "Regles generales.pdf": "general_rules",
    "Règles générales.pdf": "general_rules",
    "Bulletin Individuel d'adhésion.pdf": "application_form",
    "Mandat SEPA.pdf": "sepa_mandate",
}
QUOTE_FIELDS = {
    "optique": "optical_level",
    "dentaire": "dental_level",
    "audiologie": "hearing_level",
    "en cas d'hospitalisation": "hospital_level",
    "remboursement des dépassements d'honoraires": "fees_level",
    "Date d'effet souhaitée": "effective_date",
    "Votre régime de sécurité sociale": "social_security_scheme",
    "Code postal": "postal_code",
    "Ville": "city",
    "Date de naissance": "birth_date",
    "Souhaitez-vous couvrir votre conjoint(e) ?": "is_spouse_covered",
    "Souhaitez-vous couvrir vos enfants ?": "are_children_covered",
    "Civilité": "title",
    "Nom": "last_name",
    "Nom de naissance": "birth_name",
    "Prénom": "first_name",
    "Adresse": "address",
    "Adresse complémentaire": "address_line_2",
    "Adresse e-mail client": "email",
    "Numéro de sécurité sociale": "social_security_number",
}
# Only the documents whose age the decision looks at.
MEMBERSHIP_DOCUMENTS = {
    "un justificatif de domicile de moins de 3 mois": "proof_of_address",
    "Extrait d'actes de moins de 3 mois ou l'acte d'inscription SIRENE": "company_register_extract",
    "Un RIB (relevé d'identité bancaire) ou RCE (relevé d'identité caisse d'épargne)": (
        "bank_details"
    ),
}
MEMBERSHIP_STATES = {
    "En attente de pièce(s)": "awaiting_documents",
    "Dossier transmis": "file_transmitted",
    "Adhésion créée": "membership_created",
}

# The payment portal.
PORTAL_CARDS = {"Visa": "visa", "Mastercard": "mastercard", "paypal": "paypal_account"}
