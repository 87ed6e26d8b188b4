"""The codes of products and provinces that several families of decisions share."""

from typing import Literal

type Product = Literal[
    "ami", "blue_choice", "blue_choice_balance", "basic_blue_choice", "blue_vision", "flex_bleue",
    "mortgage_plan", "tangible", "travel",
]  # fmt: skip
type Province = Literal[
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"
]
