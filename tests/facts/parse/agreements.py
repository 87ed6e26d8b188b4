"""Partners: Ententes et Commissions, and the insurer's own addresses."""

import re
from collections.abc import Iterable

from tests.facts.parse.document import GUIDE, Documents, Part, clean
from tests.facts.parse.facts import KEYED, Row, cell, fact_table, keyed, listed

CONTACTS = "Coordonnées utiles"
REQUEST = "2.1 Documents requis"
CERTIFICATES = "2.2 Certificats exigés"
LIABILITY = "2.3 L'assurance responsabilité"
FREQUENCY = "4.4 Fréquence de versement des commissions"
MODIFY = "5. Modifier un dossier"
BANK = "5.2 Changement de compte bancaire"
SOLD = "6. Types d'assurances vendues par nos partenaires"
SLIPS = "7. T4-A et relevé 1"
TRANSFER = "8. Transfert de portefeuille"
SPONSORSHIP = "9. Parrainage de nouveaux conseillers"
ONTARIO = "9.1 Parrainage en Ontario"
ATLANTIC = "9.2 Parrainage dans les provinces de l'Atlantique"
FEES = "9.2.4 Frais exigibles"
PROVINCES = (
    "Terre-Neuve et Labrador",
    "Nouvelle-Écosse",
    "Nouveau-Brunswick",
    "Île-du-Prince-Édouard",
)


def section(documents: Documents, heading: str, until: str | None = None) -> Part:
    return documents.chapter("agreements").after(heading, until=until)


def _without_stop(labels: Iterable[str]) -> list[str]:
    return [label.rstrip(";.") for label in labels]


@fact_table("contacts", "service", "field", "value")
def contacts(documents: Documents) -> Iterable[Row]:
    """Give the lines of the insurer's contact page, under the services they belong to."""
    page = documents.read(GUIDE).after(CONTACTS, until="Table des matières")
    services: list[str] = []
    is_closed = False
    row = 0
    for line in page.paragraphs():
        field = re.fullmatch(r"(Téléphone|Télécopieur|Courriel[^:]*) : (.+)", line)
        is_address = bool(services) and services[0] in {"Québec", "Ontario"} and field is None
        if line in {"Québec", "Ontario"}:
            services, is_address = [line], False
            continue
        if field is None and not is_address:
            services = [line] if is_closed else [*services, line]
            is_closed = False
            continue
        is_closed = field is not None
        row += 1
        yield cell(
            "contacts",
            row,
            1,
            field[2] if field else line,
            row_label=" | ".join(services),
            column_label=field[1].strip() if field else "Adresse postale",
            service=" | ".join(services),
            field=field[1].strip() if field else "Adresse postale",
            value=field[2] if field else line,
        )


@fact_table("partner_request")
def partner_request(documents: Documents) -> Iterable[Row]:
    """Give the documents of a request for an agreement."""
    yield from listed("2.1", section(documents, REQUEST, CERTIFICATES).first_bullets())


@fact_table("bank_change_documents")
def bank_change_documents(documents: Documents) -> Iterable[Row]:
    """Give the documents of a change of bank account."""
    yield from listed("5.2", section(documents, BANK, SOLD).first_bullets())


@fact_table("licences", "region", "partner", "certificate", "authority")
def licences(documents: Documents) -> Iterable[Row]:
    """Give the certificate asked of each kind of partner in each province."""
    part = section(documents, CERTIFICATES, LIABILITY)
    region, partner, row = "", "", 0
    for line in part.lines:
        text = re.sub(r"^[-> ]+", "", clean(line))
        if text in {"Au Québec", "En Ontario", "Autres provinces canadiennes"}:
            region = text
        elif text.endswith(" :"):
            partner = text.removesuffix(" :")
        elif found := re.match(
            r"Le certificat (.+?)(?: valide)? (délivré par l[a'] ?|de la )(.+)\.", text
        ):
            row += 1
            yield cell(
                "2.2",
                row,
                1,
                f"{found[1]} – {found[3].split(' où ')[0]}",
                row_label=region,
                column_label=partner,
                region=region,
                partner=partner,
                certificate=found[1],
                authority=found[3].split(" où ")[0],
            )
    refused = part.find(r"Les (certificats en assurances de dommages) ne sont pas acceptés")
    yield cell("2.2", row + 1, 1, refused[1], row_label="Certificats non acceptés")


@fact_table("commission_frequency", "frequency", "sellers", "period", "paid")
def commission_frequency(documents: Documents) -> Iterable[Row]:
    """Give, for each frequency, who has it, the period of the statement and the pay day."""
    text = section(documents, FREQUENCY, MODIFY).text
    pattern = (
        r"(Hebdomadaire|Mensuelle) : pour les conseillers vendant des (produits .+?)\. - > La période"
        r" couverte par le relevé de commissions \w+ est (.+?)\. - > Les commissions sont versées (.+?)\."
    )
    for row, found in enumerate(re.finditer(pattern, text), 1):
        paid = found[4].split(", sauf ")[0]
        holiday = "sauf jour férié" if "jour férié" in found[4] else ""
        for column, (label, printed) in enumerate(
            (("produits", found[2]), ("période", found[3]), ("versement", paid), ("sauf", holiday)),
            1,
        ):
            yield cell(
                "4.4",
                row,
                column,
                printed,
                row_label=found[1],
                column_label=label,
                frequency=found[1],
                sellers=found[2],
                period=found[3],
                paid=paid,
            )


@fact_table("agreement_figures", *KEYED)
def agreement_figures(documents: Documents) -> Iterable[Row]:
    """Give the figures on statements, slips and sponsorship."""
    yield from keyed(
        "4.1",
        section(
            documents, "4.1 Rapports des commissions", "4.2 Taux de commissions des partenaires"
        ),
        {"statement_history": r"Un historique d'(un an) y est conservé"},
    )
    yield from keyed(
        "7",
        section(documents, SLIPS, TRANSFER),
        {
            "slip_minimum_province_without": r"pas de seuil minimal au (Québec)",
            "slip_minimum": r"seuil minimal est de ([\d ]+ \$) en Ontario",
            "slip_minimum_provinces": r"\$ en (Ontario et dans les provinces de l'Atlantique)",
            "slip_latest_date": r"au plus tard le (28 février)",
        },
    )
    yield from keyed(
        "9",
        section(documents, SPONSORSHIP, ATLANTIC),
        {
            "sponsorship_years": r"pendant (deux \(2\) ans) par un assureur",
            "sponsorship_insurance": r"conseillers pour l'(assurance vie et l'assurance accident/maladie)",
            "sponsorship_provinces": (
                r"accident/maladie en (Ontario et dans les provinces de l'Atlantique)"
            ),
            "sponsorship_bankruptcy_within": r"faillite durant la (dernière année)",
        },
    )


@fact_table("slip_excluded")
def slip_excluded(documents: Documents) -> Iterable[Row]:
    """Give the partners who get no slip."""
    part = section(
        documents,
        "Les partenaires suivants ne reçoivent aucun feuillet T4-A ni relevé 1 :",
        TRANSFER,
    )
    yield from listed("7", _without_stop(part.first_bullets()))


@fact_table("products_sold")
def products_sold(documents: Documents) -> Iterable[Row]:
    """Give the products sold as individual and as travel insurance."""
    sold = section(documents, SOLD, SLIPS)
    for column, heading in enumerate(
        ("6.1 Assurance individuelle (produits santé)", "6.2 Assurance voyage (produits voyages)"),
        1,
    ):
        yield from listed(
            heading.split(" ")[0],
            sold.after(heading).first_bullets(),
            column=column,
            column_label=heading.split(" ", 1)[1],
        )


@fact_table("sponsorship_information")
def sponsorship_information(documents: Documents) -> Iterable[Row]:
    """Give what the new advisor supplies to be sponsored in Ontario."""
    asked = section(documents, ONTARIO, ATLANTIC)
    labels = _without_stop(asked.first_bullets())
    yield from listed("9.1.1", [label.split(" attestant ")[0] for label in labels])


@fact_table("sponsorship_types")
def sponsorship_types(documents: Documents) -> Iterable[Row]:
    """Give the kinds of sponsorship in Ontario and in the Atlantic provinces."""
    kinds = section(documents, "9.1.2 Types de parrainage").first_bullets()
    yield from listed("9.1.2", [kind.split(" : ")[0] for kind in kinds], column_label="Ontario")
    yield from listed(
        "9.2.2",
        section(documents, "9.2.2 Types de parrainage").first_bullets(),
        column=2,
        column_label="Atlantique",
    )


@fact_table("authorities")
def authorities(documents: Documents) -> Iterable[Row]:
    """Give the lines of the addresses of the sponsorship authorities, by province."""
    ontario = section(
        documents, "Pour de plus amples informations, veuillez communiquer avec :", ATLANTIC
    )
    yield from listed("9.1.4", ontario.paragraphs(), row_label="Ontario")
    atlantic = section(documents, FEES)
    for start, end in zip(PROVINCES, (*PROVINCES[1:], None), strict=True):
        part = atlantic.after(start, until=end)
        lines = [
            line for line in part.paragraphs() if not line.startswith("Les formulaires d'adhésion")
        ]
        yield from listed("9.2.4", lines, row_label=start)
