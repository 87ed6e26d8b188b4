"""Printed words of the underwriting chapter and the codes of the packs, as in `words.py`."""

TOBACCO = {
    "cigarettes": {"cigarette"},
    "cigarettes électroniques": {"e_cigarette"},
    "cigarillos": {"cigarillo"},
    "cigares": {"cigar"},
    "pipe": {"pipe"},
    "tabac à chiquer ou à priser": {"chewing_tobacco", "snuff"},
    "chicha": {"shisha"},
    "noix de bétel": {"betel_nut"},
    "tout autre produit dérivé du tabac ou contenant de la nicotine": {
        "nicotine_gum",
        "other_nicotine_product",
    },
}

BMI_CLASSES = {
    "Poids insuffisant": "underweight",
    "Poids normal": "normal",
    "Excès de poids": "overweight",
    "Obésité": "obese",
}
BMI_RISKS = {"Moindre": "least", "Accru": "increased", "Élevé": "high"}

SERVICES = {
    "Entrevue téléphonique": "phone_interview",
    "Rapports de médecin": "physician_reports",
    "Rapports d'enquête": "inspection_reports",
    "Paramédicaux": "paramedical",
    "Profil sanguin": "blood_profile",
    "Urine VIH": "urine_hiv",
    "Analyses de laboratoire": "laboratory_analyses",
    "ECG au repos et à l'effort": "resting_and_stress_ecg",
}

DATED_DOCUMENTS = {
    ("Déclaration de santé", ""): ["health_declaration"],
    ("Questionnaire paramédical", "Déclaration de santé"): [
        "paramedical_questionnaire_health_declaration"
    ],
    ("Questionnaire paramédical", "Signes vitaux"): ["paramedical_questionnaire_vital_signs"],
    ("Examen médical", "Déclaration de santé"): ["medical_exam_health_declaration"],
    ("Examen médical", "Signes vitaux"): ["medical_exam_vital_signs"],
    ("Entretien téléphonique", ""): ["phone_interview"],
    ("Signes vitaux seuls", ""): ["vital_signs"],
    ("Profil sanguin et urine", ""): ["blood_profile", "urine_hiv"],
    ("ECG", ""): ["ecg"],
    ("Proposition", ""): ["application"],
    ("Autorisation (incluse dans la proposition)", ""): ["authorisation"],
}

EMPLOYMENT = {
    "Salarié": ["salaried"],
    "Travailleur autonome ou entreprise enregistrée": ["self_employed", "registered_business"],
    "Propriétaire d'entreprise incorporée": ["incorporated_owner"],
}

# By the first nine letters: each names its form.
PAPERS = {
    "T1 généra": ["t1_general"],
    "T2 généra": ["t2_general"],
    "T2125 : é": ["t2125"],
    "T2042 : é": ["t2042"],
    "États fin": ["financial_statements"],
    "T4 : état": ["t4"],
    "T5 : état": ["t5"],
    "Avis de c": ["quebec_notice_of_assessment", "cra_comparative_summary"],
}

INCOME_LEFT_OUT: dict[str, set[str]] = {
    "intérêts et placements": {"interest"},
    "loyers": {"rent"},
    "droits d'auteur": {"copyright"},
    "redevances": {"royalties"},
    "tout revenu provenant de régimes de retraite, de contrats de rentes, de régimes de "
    "participation aux bénéfices, de régimes de rémunération différée": {
        "pension",
        "annuity",
        "profit_sharing_plan",
        "deferred_compensation",
    },
    "tout autre revenu": set(),
}

SPLIT_ITEMS = {
    "montant total du revenu": ["total_income"],
    "montant après le fractionnement du revenu entre les deux conjoints": ["income_after_split"],
    "rôle de chaque conjoint au sein de l'entreprise": ["role_of_each_spouse"],
    "description détaillée des fonctions du conjoint": ["spouse_duties_description"],
    "copie des états financiers de l'entreprise du demandeur ainsi que les T4 du conjoint": [
        "business_financial_statements",
        "spouse_t4",
    ],
}

RECLASSIFICATION_DOCUMENTS = {
    "la Déclaration de santé abrégée": "short_health_declaration",
    "la Déclaration de santé ou faire une entrevue téléphonique": (
        "health_declaration_or_phone_interview"
    ),
    "des preuves de revenu": "income_evidence",
    "le Questionnaire occupation": "occupation_questionnaire",
}

# Printed group, option and case of Tableau 6.3.1, and the row of the packs.
HOME_ROWS = {
    ("1", "1", ""): "4A",
    ("2", "1", ""): "3A_salaried",
    ("3", "1", "1"): "3A_above_1",
    ("3", "1", "2"): "3A_above_2",
    ("3", "1", "3"): "3A_above_3",
    ("4", "1", "1"): "3A_below_1",
    ("4", "1", "2"): "3A_below_2",
    ("4", "1", "3"): "3A_below_3",
    ("5", "1", ""): "3A_light",
    ("6", "1", ""): "lower_above_1",
    ("6", "2", ""): "lower_above_2",
    ("7", "1", ""): "lower_between",
    ("8", "1", ""): "lower_light",
    ("9", "1", ""): "certified",
    ("10", "1", ""): "not_certified",
}
HOME_EVIDENCE = {
    "Aucune preuve de revenu": 0,
    "Preuves de revenu de la dernière année": 1,
    "Preuves de revenu des deux dernières années": 2,
    "Avec preuves de revenu des 2 dernières années": 2,
    "Preuves de revenu des 2 dernières années": 2,
}
HOME_PERIODS: dict[str, list[int] | str] = {
    "Au choix": "choice",
    "90 jours": [90],
    "120 jours": [120],
    "2 ans 5 ans": [2, 5],
    "2 ans": [2],
}

# The other fixed expenses are for the underwriter to name: no item of their own.
OVERHEAD_ITEMS: dict[str, list[str]] = {
    "Loyer ou versements hypothécaires": ["rent", "mortgage_payments"],
    "Impôt foncier": ["property_tax"],
    "Taxe d'eau": ["water_tax"],
    "Électricité": ["electricity"],
    "Chauffage incluant le gaz naturel, le mazout, etc.": ["heating"],
    "Téléphone fixe": ["landline_phone"],
    "Services de comptabilité": ["accounting_services"],
    "Contrat d'entretien ou de maintenance": ["maintenance_contract"],
    "Assurance des biens, incendie et vol": ["property_insurance"],
    "Impôts sur le revenu (personnels et d'entreprise)": ["income_tax"],
    "Primes d'assurance (montant mensualisé)": ["vehicle_insurance_premium"],
    "Plaques d'immatriculation (montant mensualisé)": ["licence_plates"],
    "Frais de stationnement engagés contractuellement (montant mensualisé)": ["contract_parking"],
    "Dans le cas d'une location : montant mensuel du contrat de location": ["equipment_rental"],
    "Dans le cas d'un achat : montant mensuel équivalant à l'intérêt sur le prêt et à "
    "l'amortissement": ["equipment_purchase"],
    "Frais d'entretien et de réparation": ["maintenance_and_repair"],
    "Permis de conduire": ["driving_licence"],
    "Carburant (essence, propane, huile)": ["fuel"],
    "Salaire des employés pour les entreprises de cinq (5) employés et moins": [
        "employee_salaries"
    ],
    "Taxe d'affaires et permis": ["business_tax_and_permits"],
    "Affranchissement et autres frais postaux": ["postage"],
    "Services de communication (téléphone mobile, internet)": ["communication_services"],
    "Blanchissage (nettoyage)": ["laundry"],
    "Publicité contractuelle": ["contractual_advertising"],
    "Cotisation professionnelle et/ou frais d'inscription à une association professionnelle "
    "(montant mensualisé)": ["professional_dues"],
    "Assurance responsabilité civile ou professionnelle (montant mensualisé)": [
        "liability_insurance"
    ],
    "Autres frais fixes, réguliers et nécessaires au fonctionnement de l'entreprise": [],
    "Toute portion d'un prêt ou location couverte par un autre assureur": [
        "loan_part_covered_by_other_insurer"
    ],
    "Frais dont l'assuré principal n'était pas responsable avant son invalidité": [
        "expense_not_owed_before_disability"
    ],
    "Factures en souffrance (frais engagés avant l'invalidité de l'assuré principal)": [
        "overdue_invoices"
    ],
    "Frais juridiques": ["legal_fees"],
    "Frais de déménagement": ["moving_costs"],
    "Frais de déplacement ou de voyage": ["travel_costs"],
    "Frais de représentation": ["entertainment"],
    "Coût des marchandises, produits ou services vendus": ["cost_of_goods_sold"],
    "Livres professionnels": ["professional_books"],
    "Matériel, accessoires ou fournitures": ["materials_and_supplies"],
    "Salaire de l'assuré principal ou de toute personne qui le remplace": [
        "insured_or_replacement_salary"
    ],
}
