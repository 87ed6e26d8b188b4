"""Selling and joining a French health plan: the guide to Mes Solutions Plus.

Its screens come with recognition errors (« audiology »); they are kept as the text has them.
"""

import re
from collections.abc import Iterable

from tests.facts.parse.document import SUBSCRIPTION_GUIDE, Documents, Part, clean
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed

RECAP = "Récapitulatif de votre devis"
END_OF_RECAP = "Pensez à rappeler votre client"
REQUIRED = "(*)"


def guide(documents: Documents) -> Part:
    return documents.read(SUBSCRIPTION_GUIDE)


def _grid_with(documents: Documents, word: str) -> list[list[str]]:
    """Give the first table whose first row holds the word."""
    for grid in guide(documents).grids():
        if any(clean(text) == word for text in grid[0]):
            return [[clean(text) for text in cells] for cells in grid]
    raise LookupError(word)


def _euros(text: str) -> str:
    return re.sub(r"[^\d,]", "", text).replace(",", ".")


@fact_table("plan_prices", "plan", "monthly_euros")
def plan_prices(documents: Documents) -> Iterable[Row]:
    """Give the monthly price the example screen shows for each plan."""
    names, levels, prices = _grid_with(documents, "SMAT ACTIVE TNS")
    for column, (name, level, price) in enumerate(zip(names, levels, prices, strict=True), 1):
        yield cell(
            "formules",
            1,
            column,
            price,
            row_label=name,
            column_label=level,
            plan=f"{name} {level}",
            monthly_euros=_euros(price.split("€")[0]),
        )


@fact_table("plan_option_prices", "monthly_euros")
def plan_option_prices(documents: Documents) -> Iterable[Row]:
    """Give the prices of the option as the example screen prints them, row by row."""
    for row, (label, *prices) in enumerate(_grid_with(documents, "Option")[1:], 1):
        for column, price in enumerate(prices, 1):
            yield cell(
                "option",
                row,
                column,
                price,
                row_label=label,
                monthly_euros=_euros(price.split("€")[0]),
            )


@fact_table("plan_selected", "euros")
def plan_selected(documents: Documents) -> Iterable[Row]:
    """Give the yearly and monthly price the example screen shows for the chosen plan."""
    (headings, cells) = _grid_with(documents, "Formule")[:2]
    for column, (heading, text) in enumerate(zip(headings[1:], cells[1:], strict=True), 1):
        yield cell(
            "sélection",
            1,
            column,
            text,
            row_label=cells[0],
            column_label=heading,
            euros=_euros(text.split("€")[0]),
        )


@fact_table("quote_statuses")
def quote_statuses(documents: Documents) -> Iterable[Row]:
    """Give the statuses of a quote, in the order of the filter."""
    yield from listed("devis", guide(documents).after("Statut devis").first_bullets())


@fact_table("quote_dates", "created", "expires", "status")
def quote_dates(documents: Documents) -> Iterable[Row]:
    """Give the quotes of the example screens with their creation and expiry."""
    row = 0
    for grid in guide(documents).grids():
        for cells in grid:
            texts = [clean(text) for text in cells]
            if len(texts) == 6 and re.fullmatch(r"[A-Z]{3}-\d{10} / \d+", texts[0]):
                row += 1
                yield cell(
                    "devis",
                    row,
                    1,
                    texts[0],
                    row_label=texts[2],
                    created=texts[3],
                    expires=texts[5],
                    status=texts[4],
                )


@fact_table("quote_needs", "need", "level")
def quote_needs(documents: Documents) -> Iterable[Row]:
    """Give the level of each need on the three example summaries."""
    pattern = r"- ([^*]+?) ?:? ?\(\*\)\s+([^\s]+)"
    found = [
        match
        for line in guide(documents)
        if (match := re.match(rf"\s*{pattern}\s*$", clean(line))) and "besoin" not in line
    ]
    for place, match in enumerate(found):
        yield cell(
            "besoins",
            place % 5 + 1,
            place // 5 + 1,
            match[2],
            row_label=match[1],
            need=match[1].split(" (")[0].rstrip(" :"),
            level=match[2],
        )


@fact_table("quote_fields", "screen", "field", "is_required")
def quote_fields(documents: Documents) -> Iterable[Row]:
    """Give the fields of the screens and which bear the mark of a mandatory one."""
    screens = (
        ("needs", "Vos besoins santé", "Choisissez votre formule"),
        ("contact", "Vos informations personnelles", "2. Réaliser un devis"),
        ("subscription", "Merci de compléter vos coordonnées", "2. Lecture des documents"),
    )
    optional = {"Nom de naissance", "Adresse complémentaire"}
    for screen, start, end in screens:
        row = 0
        for line in guide(documents).after(start, until=end):
            text = clean(line).removeprefix("- ")
            if text.startswith(REQUIRED) or (REQUIRED not in text and text not in optional):
                continue
            row += 1
            label = text.split(f" {REQUIRED}")[0]
            yield cell(
                screen,
                row,
                1,
                label,
                screen=screen,
                field=label.split(" (")[0],
                is_required="yes" if REQUIRED in text else "no",
            )


@fact_table("membership_documents", "is_conditional", "age_months_below")
def membership_documents(documents: Documents) -> Iterable[Row]:
    """Give the supporting documents of the client's space; long labels up to their first comma."""
    grid = _grid_with(documents, "Type de pièce")
    for row, cells in enumerate(grid[1:], 1):
        label = cells[0].removeprefix("Le cas échéant : ")
        months = re.search(r"moins de (\d+) mois", label)
        yield cell(
            "pièces",
            row,
            1,
            re.split(r" \(si | : diplômes|, une copie| et un justificatif| pour les PACTE", label)[
                0
            ],
            column_label=grid[0][0],
            is_conditional="yes" if cells[0].startswith("Le cas échéant") else "no",
            age_months_below=months[1] if months else "",
        )


@fact_table("manual_signature_documents")
def manual_signature_documents(documents: Documents) -> Iterable[Row]:
    """Give what goes back signed by hand, then the documents that go with it."""
    mail = guide(documents).after(
        "Vous avez réalisé une demande d'adhésion au contrat SMAT ACTIVE TNS et nous vous en remercions."
    )
    signed = mail.first_bullets()
    others = mail.after(
        "Accompagnés des pièces justificatives nécessaires à la mise en œuvre de vos garanties :"
    ).first_bullets()
    yield from listed("adhésion manuelle", signed, column_label="à signer")
    yield from listed(
        "adhésion manuelle",
        [label.split(" (si ")[0] for label in others],
        column=2,
        column_label="pièces",
    )


@fact_table("membership_states")
def membership_states(documents: Documents) -> Iterable[Row]:
    """Give the three states of a membership request."""
    part = guide(documents).after("Liste des demandes d'adhésions signées ici nommées contrats")
    states = [
        found[1]
        for line in part
        if (
            found := re.match(
                r"(En attente de pièce\(s\)|Dossier transmis|Adhésion créée) :", clean(line)
            )
        )
    ]
    yield from listed("adhésion", states)


@fact_table("quote_attachments", "file", "size")
def quote_attachments(documents: Documents) -> Iterable[Row]:
    """Give the files of the e-mail that carries the quote, and of the one to sign by hand."""
    quote, manual = 0, 0
    for line in guide(documents):
        for text in line.split("\t"):
            if not (found := re.fullmatch(r"(.+\.pdf) (\d+ [KM]B)", clean(text))):
                continue
            is_quote = "\t" in line
            quote, manual = quote + is_quote, manual + (not is_quote)
            yield cell(
                "devis" if is_quote else "adhésion manuelle",
                quote if is_quote else manual,
                1,
                clean(text),
                file=found[1],
                size=found[2],
            )


@fact_table("list_columns")
def list_columns(documents: Documents) -> Iterable[Row]:
    """Give the column headings of the lists on the screens."""
    for table, word in (
        ("agenda", "Effet le"),
        ("clients", "Nom"),
        ("devis", "N° / Version"),
        ("indemnisations", "Cause"),
        ("devis non transformés", "Prospect"),
        ("pièces", "Type de pièce"),
    ):
        headings = [text for text in _grid_with(documents, word)[0] if text]
        for column, heading in enumerate(headings, 1):
            yield cell(table, 1, column, heading)
    contracts = guide(documents).grids()
    row = next(
        cells
        for grid in contracts
        for cells in grid
        if [clean(text) for text in cells][3:4] == ["Avancement"]
    )
    for column, heading in enumerate(row, 1):
        yield cell("contrats", 1, column, clean(heading))


@fact_table("subscription_figures", *KEYED)
def subscription_figures(documents: Documents) -> Iterable[Row]:
    """Give the figures of the guide: password, validity, boxes to tick, search."""
    text = guide(documents)
    yield from keyed(
        "guide",
        text,
        {
            "password_characters_from": r"d'au moins (12 caractères) dont",
            "password_upper_from": r"dont (1) majuscule",
            "password_lower_from": r"majuscule, (1) minuscule",
            "password_digits_from": r"minuscule, (1) chiffre",
            "password_special_from": r"chiffre et (1) caractère spécial",
            "quote_days": r"proposition est valable (30 jours) à compter d'aujourd'hui",
            "boxes_document": r"cochant les (3) cases de validation",
            "boxes_signature": r"cocher les (2) cases de validation",
            "search_all": r"saisissez « (%) » dans le champs",
            "searchable_statuses_1": r"filtres « (souscrit) » et",
            "searchable_statuses_2": r"« souscrit » et « (validé) »",
            "signed_documents": r"Documents à signer : (BIA et mandat SEPA)",
            "support_email": r"contacter : (\S+@\S+)",
            "version": r"MES SOLUTIONS PLUS – Version (Juillet 2023)",
        },
    )


@fact_table("insurer_identity", "field")
def insurer_identity(documents: Documents) -> Iterable[Row]:
    """Give the numbers of the French insurer, once a place: the document prints them differently."""
    text = guide(documents).text
    for field, pattern in (
        ("siren", r"N° SIREN(?: :)? (\d{9})"),
        ("unique_identifier", r"(FR\d{6}_\w+)"),
        ("street", r"(?:[6G]), (rue du \w+)"),
    ):
        for row, found in enumerate(re.findall(pattern, text), 1):
            yield cell("mentions", row, 1, found, row_label=field, field=field)
