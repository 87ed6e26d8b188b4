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
