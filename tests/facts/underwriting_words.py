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
