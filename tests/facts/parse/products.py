"""Products, their coverages and options: Aperçu des produits Croix Bleue, Tableaux 1.1 to 6.1."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, clean, items
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed


@fact_table("coverages", "product", "kind", "audience", "item", "alternative")
def coverages(documents: Documents) -> Iterable[Row]:
    """One row a coverage or option, in the row of the table that ties options to coverages.

    `kind` is coverage or option, by the heading of its column, and empty where none is printed; `alternative` counts the groups
    parted by « Ou ».
    """
    chapter = documents.chapter("products")
    product = ""
    titles = [line for line in chapter.paragraphs() if re.match(r"(\d+\.|Tableau \d\.\d) ", line)]
    for title in titles:
        if not title.startswith("Tableau"):
            product = title.split(" ", 1)[1]
            continue
        table, name = re.fullmatch(r"Tableau (\d\.\d) (.+)", title).groups()  # type: ignore[union-attr]
        headings: list[str] = []
        row = 0
        for cells in chapter.grid(title):
            texts = [clean(text) for text in cells]
            if "•" not in "".join(texts):
                headings = texts
                continue
            row += 1
            for column, text in enumerate(texts, 1):
                item = 0
                for alternative, group in enumerate(re.split(r" Ou ", text), 1):
                    for label in items(group):
                        item += 1
                        heading = headings[column - 1]
                        yield cell(
                            table,
                            row,
                            column,
                            label,
                            row_label=headings[0],
                            column_label=heading,
                            product=f"{product} – {name}",
                            kind=_kind(heading),
                            audience=headings[0],
                            item=str(item),
                            alternative=str(alternative),
                        )


def _kind(heading: str) -> str:
    if not heading:
        return ""
    return "option" if "optionnelle" in heading else "coverage"


@fact_table("product_figures", *KEYED)
def product_figures(documents: Documents) -> Iterable[Row]:
    """Give where each product is offered, and the age it begins at."""
    chapter = documents.chapter("products")
    places = {
        "1. Assurance santé personnelle AMI": {"ami_age_from": r"personnes de (16 ans et plus)"},
        "2. Blue Choice, Blue Choice Balance et Basic Blue Choice": {
            "blue_choice_provinces": r"santé offert en (Ontario)\."
        },
        "3. Blue Vision": {
            "blue_vision_provinces": r"Vision est la version destinée à l'(Ontario)"
        },
        "4. Flex Bleue": {"flex_bleue_provinces": r"Bleue est la version destinée au (Québec)"},
        "5. Plan hypothécaire": {
            "mortgage_provinces": r"produit offert au (Québec et en Ontario) protège"
        },
        "6. Tangible": {"tangible_provinces": r"produit offert au (Québec et en Ontario) procure"},
    }
    for heading, patterns in places.items():
        yield from keyed(heading.split(".")[0], chapter.after(heading), patterns)


@fact_table("glossary_terms")
def glossary_terms(documents: Documents) -> Iterable[Row]:
    """Give the terms the glossary explains, in its order; not their explanations."""
    lines = [clean(line) for line in documents.chapter("glossary") if clean(line)]
    terms = [
        line
        for line, following in zip(lines, lines[1:], strict=False)
        if not line.endswith((".", " demande")) and "Voir antidater" not in line and following
    ]
    yield from listed("glossary", [term for term in terms if not term.startswith("est à la suite")])
