"""The codes of products and provinces that several families of decisions share."""

from typing import Literal

type Product = Literal[
    "ami", "blue_choice", "blue_choice_balance", "basic_blue_choice", "blue_vision", "flex_bleue",
    "mortgage_plan", "tangible", "travel",
]  # fmt: skip
type Province = Literal[
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"
]
type Plan = Literal["plan_global", "plan_flex", "plan_express"]
type Coverage = Literal[
    "hospitalisation", "diagnostic_services", "supplementary_health", "home_care_and_assistance",
    "drugs", "dental_care", "travel", "accidental_death_and_loss_of_use",
    "accidental_death_or_dismemberment", "disability_accident", "disability_sickness",
    "own_occupation_accident", "own_occupation_sickness", "return_of_premiums_65_accident",
    "return_of_premiums_65_sickness", "monthly_income_accident", "monthly_income_sickness",
    "overhead_expense", "term_life_65", "hospital_income", "life_express", "accidental_death",
    "accidental_loss_of_use", "hospital_income_express", "return_of_premiums_on_death",
    "critical_illness_assistance", "return_of_premiums_at_maturity",
    "monthly_income_accident_express", "monthly_income_sickness_express", "accidental_fracture",
    "home_adaptation", "accident_medical_expenses", "home_care", "health_package",
    "children_life_and_accident", "mortgage_life", "mortgage_disability", "critical_illness",
    "multiple_protection", "return_of_premiums_20", "return_of_premiums_65",
    "waiver_of_premiums_insured", "waiver_of_premiums_policyholder", "facility_care",
    "out_of_facility_care", "cost_of_living_increase_facility",
    "cost_of_living_increase_out_of_facility", "hospitalisation_loss_of_autonomy", "life_hybrid",
    "critical_illness_hybrid", "loss_of_autonomy_hybrid", "disability_hybrid",
    "out_of_facility_care_hybrid", "own_occupation",
]  # fmt: skip
