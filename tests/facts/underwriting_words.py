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
