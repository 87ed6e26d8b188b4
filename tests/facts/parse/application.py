"""The electronic application: the navigation guide of Plan Express and Programme Association."""

from collections.abc import Iterable

from tests.facts.parse.document import APPLICATION_GUIDE, Documents
from tests.facts.parse.facts import KEYED, Row, fact_table, keyed


@fact_table("application_figures", *KEYED)
def application_figures(documents: Documents) -> Iterable[Row]:
    """Give the figures and conditions of the electronic application."""
    yield from keyed(
        "guide",
        documents.read(APPLICATION_GUIDE),
        {
            "retention_days": r"sauvegardées pendant (15 jours) sur le site",
            "extension_days": r"pour (15 jours) supplémentaires",
            "signature_code_digits": r"puis un code à (4 chiffres)",
            "reference_prefix": r"commençant par les lettres « (NSG) »",
            "reference_digits": r"suivies de (huit chiffres)\.",
            "children_listed_above": r"s’il y en a (plus de 4);",
            "commission_alone": r"inscrivez simplement (100) après",
            "commission_total": r"commission doit être de (100 %)",
            "payment_mode": r"Seul le mode de paiement par (prélèvement bancaire) est disponible",
            "payment_refused": r"modes de paiement par (chèque ou par carte de crédit) ne sont pas",
            "express_section": r"La (section 6) apparaîtra seulement",
            "express_shown_1": r"si vous avez coché « (Plan Express) » ou",
            "express_shown_2": r"» ou « (Programme Association/Plan Express) » au début",
            "declaration_6_1": r"(6\.1) - Assistance maladies graves et",
            "declaration_6_2": r"(6\.2) - Rente mensuelle en cas de maladie",
            "declaration_6_3": r"(6\.3) - Déclaration pour toutes les garanties",
            "answer_blocking": r"Si une des réponses est « (Inexact) », un",
        },
    )


@fact_table("application_labels", *KEYED)
def application_labels(documents: Documents) -> Iterable[Row]:
    """Give the labels of the buttons and choices the guide names."""
    yield from keyed(
        "guide",
        documents.read(APPLICATION_GUIDE),
        {
            "new_session": r"cliquez sur Session Vide – (Lancer une session vide)\.",
            "saved": r"Consulter les propositions qui auront été sauvegardées : cliquez sur ([^.]+)\.",
            "log_out": r"lorsque vous avez terminé : cliquez sur (Déconnexion)\.",
            "reopen": r"Cliquez sur Ouvrir session, (reprendre la session)\.",
            "close_call": r"Fermer une session en cours : cliquez sur (Fermer l’appel)\.",
            "save": r"Pensez aussi à cliquer sur (Sauvegarder) pour",
            "send_file": r"cliquez sur (Envoyer le fichier au client) afin",
            "send_section": r"finalisez chaque section en cliquant sur (Envoyer au client – confirmer)\.",
            "agree": r"tout est conforme en cliquant sur (Je suis d’accord)\.",
            "cancel_sending": r"doit être changé, cliquez sur (Annuler), corrigez",
            "edit_section": r"cliquez sur (Modifier la section ci-dessus), faites",
            "send_signature": r"première option puis cliquez sur (Envoyer à l’écran – signature)\.",
            "erase": r"un rectangle dans lequel il aura à dessiner.*?cliquer sur (Effacer) et recommencer",
            "submit_code": r"à quatre chiffres\. Il doit ensuite cliquer sur (Soumettre)\.",
        },
    )
