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
