"""A full application to print: invented people, both languages, the longest labels included."""

import hashlib
import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from avenant.documents import illustration
from avenant.documents.payload import (
    ApplicationDocument,
    Carrier,
    Child,
    Confirmation,
    Declaration,
    Illustration,
    Item,
    Language,
    Notices,
    Representative,
    Section,
    Signature,
    Stage,
    Table,
)
from avenant.documents.uploads import rebuild

CARRIER = Carrier(
    name="Croix Bleue",
    colour="#14508c",
    contact="soutien@croixbleue.test – 514 555-0100",
)
NUMBER = "NSG00000042"
CREATED_AT = datetime(2026, 4, 13, 18, 32, 5, tzinfo=UTC)
CONTENT_HASH = "9f2c4e7a1b3d5f6089abcdef0123456789abcdef0123456789abcdef01234567"
AGENT = "Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Safari"
INSURED = "Marguerite Desrochers-Beaulieu"
SPOUSE = "Étienne Châteauneuf"
GUARANTEES = [
    ("Invalidité, accident et maladie", Decimal("2500.00"), Decimal("86.40")),
    ("Frais généraux de bureau", Decimal("1500.00"), Decimal("31.15")),
    ("Maladies graves", Decimal("50000.00"), Decimal("44.02")),
]


def signature_strokes() -> list[list[tuple[float, float]]]:
    """Something that looks like a hurried signature."""
    loops = [
        (20 + t * 2.1, 60 - 28 * math.sin(t / 7) * math.exp(-t / 160) - 10 * math.cos(t / 3.1))
        for t in range(110)
    ]
    underline = [(30 + t * 4.0, 96 - 6 * math.sin(t / 20)) for t in range(50)]
    return [loops, underline]


def illustration_pdf(language: Language = "fr") -> bytes:
    return illustration.demo(
        INSURED, "Programme Association", GUARANTEES, language=language, version="2"
    )


def received(pdf: bytes, **details: Any) -> Illustration:
    """A file as it is received: rebuilt, with the hash of what came."""
    return Illustration(
        content=rebuild(pdf)[0],
        received_sha256=hashlib.sha256(pdf).hexdigest(),
        name="soumission-desrochers.pdf",
        version="2",
        **details,
    )


def application(
    language: Language = "fr", stage: Stage = "created", **changes: Any
) -> ApplicationDocument:
    """The sample at one stage; `changes` replace fields."""
    build = _french if language == "fr" else _english
    words = build()
    minutes = [CREATED_AT - timedelta(minutes=m) for m in (41, 30, 22, 15, 9, 4)]
    submitted_at = datetime(2026, 4, 13, 19, 5, 47, tzinfo=UTC) if stage == "submitted" else None
    fields: dict[str, Any] = {
        "carrier": CARRIER,
        "number": NUMBER,
        "stage": stage,
        "language": language,
        "title": words["title"],
        "product_label": words["product"],
        "insured_name": INSURED,
        "spouse_name": SPOUSE,
        "created_at": CREATED_AT,
        "sections": words["sections"](minutes),
        "illustration": received(
            illustration_pdf(language), agreed_at=minutes[3], summary=words["summary"]
        ),
        "signatures": [
            Signature(
                role="main_insured",
                name=INSURED,
                method="screen",
                city="Saint-Jean-sur-Richelieu",
                province="QC",
                signed_at=minutes[4],
                ip="2001:db8:85a3:8d3:1319:8a2e:370:7348",
                user_agent=AGENT,
                strokes=signature_strokes(),
                content_hash=CONTENT_HASH,
            ),
            Signature(
                role="spouse",
                name=SPOUSE,
                method="phone",
                city="Gatineau",
                province="QC",
                signed_at=minutes[5],
                ip="198.51.100.24",
                user_agent="Mozilla/5.0 (Linux; Android 16; Mobile) Chrome/148.0",
                typed_name=SPOUSE,
                content_hash=CONTENT_HASH,
                phone_masked="••• •••-4187",
                is_code_verified=True,
                presence=words["presence"],
                flags=[words["flag"]],
            ),
        ],
        "notices": Notices(
            version="2026-03",
            language=language,
            paragraphs=[("", text) for text in words["notices"]],
        ),
        "remarks": words["remarks"],
        "extra_children": [
            Child(name="Rosalie Châteauneuf", born_on=date(2019, 3, 1), relationship=words["girl"]),
            Child(name="Loïc Châteauneuf", born_on=date(2022, 11, 30), relationship=words["boy"]),
        ],
        "confirmations": [
            Confirmation(
                label=label,
                shown_at=moment - timedelta(minutes=2),
                agreed_at=moment,
                ip="203.0.113.7",
                content_hash=CONTENT_HASH[::-1],
                language=language,
            )
            for label, moment in zip(words["confirmed"], minutes, strict=False)
        ],
        "representative": Representative(
            name="Anne-Sophie Lacombe",
            code="48213",
            firm="Cabinet Lacombe et associés",
            percent="60",
            second_name="Jules Tremblay",
            second_code="51007",
            second_percent="40",
            licences=words["licences"],
            submitted_at=submitted_at,
            ip="192.0.2.88" if submitted_at else "",
            user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/149.0" if submitted_at else "",
            certification_text=words["certification"],
            certification_version="2026-02",
        ),
        "content_hash": CONTENT_HASH,
        "verify_url": "https://exemple.test/verifier",
        "is_demo": True,
    }
    return ApplicationDocument(**(fields | changes))


def _french() -> dict[str, Any]:
    def sections(moments: list[datetime]) -> list[Section]:
        return [
            Section(
                number="1",
                title="Assuré principal",
                items=[
                    Item(label="Nom et prénom", value=INSURED),
                    Item(label="Date de naissance", value="1984-06-01", kind="date"),
                    Item(label="Numéro d’assurance sociale", value="••• ••• 286"),
                    Item(
                        label="Adresse",
                        value=["1204, rue des Érables, app. 7", "Saint-Jean-sur-Richelieu (QC)"],
                    ),
                    Item(
                        label="Avez-vous consommé du tabac ou tout produit contenant de la "
                        "nicotine au cours des 12 derniers mois ?",
                        value=False,
                        kind="yes_no",
                    ),
                    Item(label="Deuxième téléphone"),
                ],
                confirmed_at=moments[0],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="2",
                title="Occupation et revenus",
                items=[
                    Item(
                        label="Occupation", value="Éducatrice, service de garde en milieu familial"
                    ),
                    Item(label="Heures par semaine", value=42, kind="integer"),
                    Item(label="Revenu annuel net", value="61382.76", kind="money"),
                    Item(label="Part du travail manuel", value="35", kind="percent"),
                    Item(label="Autres assurances en vigueur", kind="heading"),
                    Item(label="Texte de démonstration.", kind="note"),
                    Item(
                        label="Cette assurance en remplacera-t-elle une autre ?",
                        value=True,
                        kind="yes_no",
                    ),
                ],
                tables=[
                    Table(
                        title="Garanties demandées",
                        headers=["Garantie", "Carence", "Montant"],
                        rows=[
                            ["Invalidité, accident et maladie", "30 jours", "2 500,00 $ par mois"],
                            ["Frais généraux de bureau", "30 jours", "1 500,00 $ par mois"],
                            ["Maladies graves", "—", "50 000,00 $"],
                        ],
                        right_aligned=[2],
                    )
                ],
                confirmed_at=moments[1],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="6.3",
                title="Plan Express – déclarations",
                items=[
                    Declaration(
                        title="Invalidité",
                        statement="Au cours des deux dernières années, je n’ai pas été absente du "
                        "travail plus de dix jours de suite en raison d’une maladie ou d’un "
                        "accident.",
                        answer="exact",
                    ),
                    Declaration(
                        title="Invalidité",
                        statement="Aucun médecin ne m’a recommandé un examen ou un traitement qui "
                        "n’a pas encore eu lieu.",
                        answer="inexact",
                        details="Examen de la vue prévu le 12 mai 2026, sans autre suite.",
                    ),
                    Declaration(
                        title="Maladies graves",
                        statement="Je n’ai jamais consulté pour une douleur à la poitrine.",
                        answer="exact",
                    ),
                ],
                confirmed_at=moments[2],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="8",
                title="Renseignements bancaires",
                items=[
                    Item(label="Titulaire du compte", value=INSURED),
                    Item(
                        label="Institution – transit – compte",
                        value="815 – 30010 – •••• 4471",
                        kind="bank",
                    ),
                    Item(label="Jour du prélèvement", value=15, kind="integer"),
                ],
                confirmed_at=moments[3],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="9",
                title="Représentant",
                items=[Item(label="Nom du représentant", value="Anne-Sophie Lacombe")],
                is_confirmed_by_client=False,
            ),
        ]

    return {
        "title": "Proposition d’assurance",
        "product": "Programme Association – Plan Express",
        "sections": sections,
        "summary": "Invalidité 2 500 $ par mois, frais généraux 1 500 $ par mois, maladies graves "
        "50 000 $ ; prime de 161,57 $ par mois.",
        "presence": "Seul, à distance",
        "flag": "Même adresse IP que la séance du représentant.",
        "notices": [
            "Texte de démonstration. Mes réponses servent à évaluer la demande d’assurance. Une "
            "réponse fausse ou incomplète peut faire annuler le contrat.",
            "Texte de démonstration. J’autorise l’assureur à recueillir auprès de mon médecin les "
            "renseignements utiles à l’étude de cette proposition.",
        ],
        "remarks": "Augmentation automatique des bénéfices acceptée : invalidité.\n"
        "Le relevé fiscal de 2025 suivra par la poste.",
        "girl": "Fille",
        "boy": "Fils",
        "confirmed": [
            "1. Assuré principal",
            "2. Occupation et revenus",
            "6.3 Plan Express",
            "Soumission",
        ],
        "licences": "AMF 512 884, valide jusqu’au 30 avril 2027",
        "certification": "Texte de démonstration. Je suis en règle auprès de l’assureur et je "
        "détiens les permis requis pour ce produit.",
    }


def _english() -> dict[str, Any]:
    def sections(moments: list[datetime]) -> list[Section]:
        return [
            Section(
                number="1",
                title="Main insured",
                items=[
                    Item(label="Full name", value=INSURED),
                    Item(label="Date of birth", value="1984-06-01", kind="date"),
                    Item(label="Address", value=["1204 Érables Street, apt. 7", "Ottawa (ON)"]),
                    Item(
                        label="Have you used tobacco or any product that contains nicotine in the "
                        "last 12 months?",
                        value=False,
                        kind="yes_no",
                    ),
                ],
                confirmed_at=moments[0],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="2",
                title="Occupation and income",
                items=[
                    Item(label="Occupation", value="Home child-care provider"),
                    Item(label="Net annual income", value="61382.76", kind="money"),
                    Item(label="Share of manual work", value="35", kind="percent"),
                ],
                confirmed_at=moments[1],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="6.3",
                title="Express Plan – declarations",
                items=[
                    Declaration(
                        title="Disability",
                        statement="In the last two years I have not been away from work for more "
                        "than ten days in a row because of an illness or an accident.",
                        answer="exact",
                    ),
                ],
                confirmed_at=moments[2],
                confirmed_ip="203.0.113.7",
            ),
            Section(
                number="9",
                title="Representative",
                items=[Item(label="Name of the representative", value="Anne-Sophie Lacombe")],
                is_confirmed_by_client=False,
            ),
        ]

    return {
        "title": "Application for insurance",
        "product": "Association Program – Express Plan",
        "sections": sections,
        "summary": "Disability $2,500 a month, overhead $1,500 a month, critical illness $50,000; "
        "premium of $161.57 a month.",
        "presence": "Alone, at a distance",
        "flag": "Same IP address as the representative’s session.",
        "notices": ["Demonstration text. My answers are used to assess the application."],
        "remarks": "Automatic benefit increase accepted: disability.",
        "girl": "Daughter",
        "boy": "Son",
        "confirmed": ["1. Main insured", "2. Occupation and income", "6.3 Express Plan"],
        "licences": "FSRA 512884, valid to April 30, 2027",
        "certification": "Demonstration text. I am in good standing with the insurer and hold the "
        "licences this product requires.",
    }
