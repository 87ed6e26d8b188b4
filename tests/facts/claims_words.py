"""Printed words of the claims chapters and the codes of the pack, as in `words.py`."""

# A printed form and the rows of the pack that ask for it.
FORMS = {
    "déclaration de l'assuré": ["insured_statement"],
    "autorisation (en 6 exemplaires)": ["authorisation"],
    "déclaration du médecin traitant": ["physician_statement", "medical_record_copy"],
    "déclaration de l'employeur ou du travailleur autonome": [
        "employer_statement",
        "self_employed_statement",
        "job_description",
    ],
    "preuves de revenu, si requises": ["income_proof"],
    "demande de paiement par dépôt direct (facultatif)": ["direct_deposit_request"],
}
STATUSES = {
    "Salarié": "salaried",
    "Travailleur autonome": "self_employed",
    "Actionnaire": "shareholder",
}
# How a printed income document begins; the return names the provincial one for Québec.
INCOME_DOCUMENTS = {
    "Pages 1 à 4 de la déclaration de revenus fédérale": "federal_return_pages_1_4",
    "Avis de cotisation": "notices_of_assessment",
    "Copie du formulaire T2125": "t2125",
    "États financiers": "company_financial_statements",
    "Annexe 50": "schedule_50",
}
PROVINCIAL_RETURN = "(et provinciale pour les résidents du Québec)"
EXEMPTIONS = {
    "accepted_at_issue": "accepted_at_issue",
    "amount_to": "small_benefit",
    "association_children": "children_in_care",
    "mortgage": "mortgage",
    "waiver_only": "premium_waiver",
    "overhead_only": "overhead",
}
DECISIONS = {
    "Accepté standard": "standard",
    "Accepté avec exclusion": "exclusion",
    "Accepté avec surprime": "surcharge",
}
DEATH_DOCUMENTS = {
    "Attestation originale émise par une maison funéraire": {"funeral_home_attestation"},
    "Certificat de décès original délivré par le Directeur de l'état civil": {
        "qc_civil_status_death_certificate"
    },
    "Acte de décès original délivré par le Directeur de l'état civil": {
        "qc_civil_status_act_of_death"
    },
    "Certificat de décès ou acte de décès délivré par le Directeur de l'état civil du Québec "
    "ou par le Bureau du registraire général de l'Ontario": {
        "qc_civil_status_death_certificate",
        "qc_civil_status_act_of_death",
        "on_registrar_general_death_certificate",
        "on_registrar_general_act_of_death",
    },
}
LIFE_DOCUMENTS = {
    "déclaration du demandeur": {"claimant_statement"},
    "autorisation": {"authorisation"},
    "déclaration du médecin ayant constaté le décès": {"physician_statement"},
    "certificat de décès": {"death_certificate"},
    "une copie du dernier testament et les certificats de recherche testamentaire à la Chambre "
    "des notaires et au Barreau du Québec": {
        "last_will_copy",
        "will_search_certificate_chambre_des_notaires",
        "will_search_certificate_barreau",
    },
    "en l'absence de testament, une copie du contrat de mariage": {"marriage_contract_copy"},
    "une copie du dernier testament et du certificat de nomination à titre de fiduciaire de la "
    "succession testamentaire": {"last_will_copy", "certificate_of_appointment_with_will"},
    "le certificat de nomination à titre de fiduciaire de la succession non testamentaire": {
        "certificate_of_appointment_without_will"
    },
}
SIGNATORIES = {
    "Par le liquidateur testamentaire": ("QC", "liquidator"),
    "Par le fiduciaire de la succession": ("ON", "estate_trustee"),
}
RECEIPT_ITEMS = {
    "Nom du patient": "patient_name",
    "Date(s) de prestation du service": "service_dates",
    "Description du service": "service_description",
    "Coût de chaque service rendu": "service_cost",
    "Nom du professionnel de la santé": "professional_name",
    "Type de professionnel de la santé": "professional_type",
    "Numéro de permis et/ou d'inscription du professionnel de la santé": "licence_number",
}
PROVIDERS = {
    "un dentiste": "dentist",
    "un hygiéniste dentaire": "dental_hygienist",
    "un denturologiste": "denturist",
}
DENTAL_PRODUCTS = {
    "Blue Choice": "blue_choice",
    "Basic Blue Choice": "basic_blue_choice",
    "Blue Vision": "blue_vision",
}
DENTAL_SERVICES = {
    "crown": ["crown"],
    "dentures": ["denture_purchase", "denture_replacement"],
}
# The product table that prints dental care, and the products and plans of the pack it stands for.
DENTAL_TABLES = {
    "2.1": ("blue_choice", "-"),
    "2.2": ("blue_choice_balance", "-"),
    "2.3": ("basic_blue_choice", "-"),
    "3.1": ("blue_vision", "-"),
    "3.2": ("blue_vision", "-"),
    "4.1": ("flex_bleue", "plan_flex"),
}
OFFICES = {"Québec": "life_quebec", "Ontario": "life_ontario"}
