"""From application to the end of a policy: Administration des contrats."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import Documents, Part, clean, items
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed
from tests.facts.parse.figures import band

CHANNELS = "3. Documents acceptés par voie électronique"
DATA_CHANNELS = "4. Renseignements acceptés par voie électronique"
PAYMENT = "5. Modes et fréquences de paiement des primes"
COVER_NOTE = "6. Note de couverture"
RENEWAL = "9. Renouvellement"
REINSTATEMENT = "10. Remise en vigueur"
DATING = "11. Redater et antidater un contrat"
REAPPLY = "12. Resouscrire"
CANCELLATION = "13. Annulation d'un contrat"
TAX = "14. Reçu d'impôts"
SENT = "15. Documents envoyés par l'assureur"


def section(documents: Documents, heading: str, until: str | None = None) -> Part:
    return documents.chapter("administration").after(heading, until=until)


def without_stop(labels: Iterable[str]) -> list[str]:
    return [label.rstrip(";.") for label in labels]


@fact_table("reinstatement", "item", "days_from", "days_to", "days_band", "period", "note")
def reinstatement(documents: Documents) -> Iterable[Row]:
    """Tableau 10.1; `note` is the star of the row."""
    grid = section(documents, REINSTATEMENT).grid("Tableau 10.1 Normes")
    for row, (label, norms) in enumerate(grid[1:], 1):
        printed = clean(label)
        stars = printed[len(printed.rstrip("*")) :]
        period = re.search(r"\((.+)\)", printed)
        start, end, kind = band(printed)
        for item, norm in enumerate(items(norms), 1):
            yield cell(
                "10.1",
                row,
                1,
                norm,
                row_label=printed,
                column_label=clean(grid[0][1]),
                item=str(item),
                days_from=start,
                days_to=end,
                days_band=kind,
                period=period[1] if period else "",
                note=stars,
            )


@fact_table("lapse", *KEYED)
def lapse(documents: Documents) -> Iterable[Row]:
    """Give the days of grace, notice and follow-up, and the notes of Tableau 10.1."""
    notes = section(documents, REINSTATEMENT, DATING)
    cancellation = section(documents, CANCELLATION, TAX)
    glossary = documents.chapter("glossary")
    yield from keyed(
        "10.1",
        notes,
        {
            "may_refuse_claims_from_day": r"Le (31e jour) suivant le non-paiement",
            "underwriting_from_day": r"Le (46e jour) suivant le non-paiement",
        },
    )
    yield from keyed(
        "13",
        cancellation,
        {
            "clarification_days": r"accorderons alors (dix \(10\) jours)",
            "grace_days": r"délai de grâce de (trente \(30\) jours)",
            "grace_excluded_premium": r"à l'exception de la (première \(1re\) prime)",
            "notice_days": r"dans un délai de (quinze \(15\) jours)",
            "cancelled_as_of": r"résilié rétroactivement à la (date d'échéance)",
            "follow_up_days": r"délai de (quarante-cinq \(45\) jours)",
        },
    )
    yield from keyed(
        "glossary",
        glossary,
        {"grace_days": r"additionnelle de (45 jours) suivant la date d'échéance"},
    )


@fact_table("renewal", *KEYED)
def renewal(documents: Documents) -> Iterable[Row]:
    """Give the days before a renewal when the notice goes out."""
    yield from keyed(
        "9",
        section(documents, RENEWAL, REINSTATEMENT),
        {
            "notice_days_before": r"(trente-cinq \(35\) jours) avant la date de renouvellement",
            "mortgage_notice_days_before": r"(quatre-vingt-dix \(90\) jours) avant la fin du terme",
        },
    )


@fact_table("dating", *KEYED)
def dating(documents: Documents) -> Iterable[Row]:
    """Give how far a contract may be redated, backdated or applied for again."""
    yield from keyed(
        "11",
        section(documents, DATING, REAPPLY),
        {
            "redating_days_ahead_to": r"redatée au maximum (7 jours) dans le futur",
            "backdating_months_most": r"excéder (trois \(3\) mois) pour la majorité des garanties",
            "backdating_months_long_term_care": (
                r"excéder (deux \(2\) mois) pour la garantie Soins de longue durée"
            ),
            "backdating_months_critical_illness": (
                r"excéder (trois \(3\) mois) pour la garantie Maladies graves"
            ),
        },
    )
    yield from keyed(
        "12",
        section(documents, REAPPLY, CANCELLATION),
        {"blue_choice_months_from": r"un minimum de (24 mois) après la résiliation"},
    )
    yield from keyed(
        "glossary",
        documents.chapter("glossary"),
        {"backdating_months": r"pas plus de (trois \(3\) mois), et jamais"},
    )


@fact_table("payment_modes", "mode", "frequency", "is_offered")
def payment_modes(documents: Documents) -> Iterable[Row]:
    """Give each mode's frequencies; a mode's sentence names the ones it has."""
    modes = section(documents, PAYMENT, COVER_NOTE)
    headings = [line for line in modes.paragraphs() if re.match(r"5\.\d ", line)]
    for row, heading in enumerate(headings, 1):
        offered = modes.after(heading).find_first(r"offert sur une base ([^.]+)\.")
        for column, frequency in enumerate(("mensuelle", "annuelle"), 1):
            yield cell(
                "5",
                row,
                column,
                offered,
                row_label=heading.split(" ", 1)[1],
                column_label=frequency,
                mode=heading.split(" ", 1)[1].split(" (")[0],
                frequency=frequency,
                is_offered="yes" if frequency in offered else "no",
            )


ENCLOSED = (
    "Mode de paiement",
    "Accord de débits préautorisés (DPA)",
    "spécimen de chèque",
    "prime annuelle",
)


@fact_table("payment_items", "mode", "is_asked")
def payment_items(documents: Documents) -> Iterable[Row]:
    """Give what each mode of payment asks to fill in or to enclose, item by item."""
    modes = section(documents, PAYMENT, COVER_NOTE)
    headings = [line for line in modes.paragraphs() if re.match(r"5\.\d ", line)]
    for row, heading in enumerate(headings, 1):
        asked = " ".join(modes.after(heading).first_bullets())
        for column, item in enumerate(ENCLOSED, 1):
            yield cell(
                "5",
                row,
                column,
                item if item in asked else "",
                row_label=heading.split(" ", 1)[1],
                column_label=item,
                mode=heading.split(" ", 1)[1].split(" (")[0],
                is_asked="yes" if item in asked else "no",
            )


@fact_table("submission_documents", "channel")
def submission_documents(documents: Documents) -> Iterable[Row]:
    """Give the documents taken electronically; `channel` is the one named in brackets."""
    listing = section(documents, CHANNELS, DATA_CHANNELS)
    for row in listed("3", without_stop(listing.first_bullets())):
        yield {**row, "channel": _channel(row["printed"])}
    exception = listing.find(
        r"Exception : (les autorisations de transfert d'informations médicales)"
    )
    yield cell("3", 7, 1, exception[1], row_label="Exception", channel="original")


@fact_table("submission_data", "channel")
def submission_data(documents: Documents) -> Iterable[Row]:
    """Give the corrections taken electronically; `channel` is the one named in brackets."""
    listing = section(documents, DATA_CHANNELS, PAYMENT)
    for row in listed("4", without_stop(listing.first_bullets())):
        yield {**row, "channel": _channel(row["printed"])}


def _channel(label: str) -> str:
    return "fax" if "(par télécopieur)" in label else ""


@fact_table("submission_figures", *KEYED)
def submission_figures(documents: Documents) -> Iterable[Row]:
    """Give the age of a medical authorisation and the number of the issue question."""
    yield from keyed(
        "3",
        section(documents, CHANNELS, DATA_CHANNELS),
        {"medical_authorisation_days_below": r"moins de (quatre-vingt-dix \(90\) jours)"},
    )
    yield from keyed(
        "2.1",
        section(documents, "2. Soumettre une nouvelle proposition", CHANNELS),
        {"simultaneous_issue_question": r"(question 12\.A – a\)), page 21"},
    )


@fact_table("mortgage_application")
def mortgage_application(documents: Documents) -> Iterable[Row]:
    """Give what an application on a fixed-term loan (1) and on a line of credit (2) states."""
    mortgage = section(documents, "2.2 Souscrire une assurance hypothécaire", CHANNELS)
    labels = mortgage.bullets()
    fixed = mortgage.first_bullets()
    yield from listed("2.2", fixed, column_label="terme fixe")
    yield from listed("2.2", labels[len(fixed) :], column=2, column_label="marge de crédit")


@fact_table("tax_receipt", *KEYED)
def tax_receipt(documents: Documents) -> Iterable[Row]:
    """Give when the tax receipt goes out and for which insurance."""
    yield from keyed(
        "14",
        section(documents, TAX, SENT),
        {
            "latest_date": r"Au plus tard le (28 février) de chaque année",
            "insurance": r"police d'(assurance accident et maladie)",
        },
    )


@fact_table("issued_documents")
def issued_documents(documents: Documents) -> Iterable[Row]:
    """Give what an issued contract is delivered with."""
    yield from listed("15", without_stop(section(documents, SENT).first_bullets()))


@fact_table(
    "document_recipients",
    "event",
    "issue",
    "item",
    "recipient",
    "fallback",
    "condition",
    "documents",
    "note",
)
def document_recipients(documents: Documents) -> Iterable[Row]:
    """Tableau 15.1, one row a recipient; `fallback` is who receives where there is no RGP."""
    grid = section(documents, SENT).grid("Tableau 15.1 Documents envoyés par Croix Bleue")
    event = ""
    for row, (first, issue, *cells) in enumerate(grid[1:], 1):
        event = clean(first) or event
        for column, (heading, printed) in enumerate(zip(grid[0][2:], cells, strict=True), 1):
            for item, text in enumerate(re.split(r" (?=Payeur\b)", clean(printed)), 1):
                head, *sent = items(text)
                who = re.fullmatch(
                    r"(?P<recipient>.+?)(?P<note>\*)?(?: Ou (?P<fallback>.+?))?(?: (?P<condition>Si .+))?",
                    head,
                )
                yield cell(
                    "15.1",
                    row,
                    column,
                    text,
                    row_label=f"{event} – {clean(issue)}",
                    column_label=clean(heading),
                    event=event,
                    issue=re.sub(r" \(Ex\.[^)]*\)", "", clean(issue)),
                    item=str(item),
                    documents=" | ".join(sent),
                    **{key: value or "" for key, value in who.groupdict().items()},  # type: ignore[union-attr]
                )
