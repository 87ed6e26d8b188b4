"""Paying an invoice on line: the procedure for home child-care providers."""

from collections.abc import Iterable

from tests.facts.parse.document import PAYMENT_GUIDE, Documents
from tests.facts.parse.facts import KEYED, Row, fact_table, keyed


@fact_table("payment_portal", *KEYED)
def payment_portal(documents: Documents) -> Iterable[Row]:
    """Give the labels and means of the payment portal."""
    yield from keyed(
        "procédure",
        documents.read(PAYMENT_GUIDE),
        {
            "account_fields": r"saisir votre (nom, votre courriel et choisir un mot de passe)\.",
            "account_button": r"bouton “(Créer votre compte)”",
            "match_key": r"utiliser une (adresse courriel) valide",
            "match_fallback": r"inscrire votre (nom, prénom et le # de certificat) se trouvant",
            "pay_button": r"En cliquant sur le bouton “(Effectuer un paiement)”",
            "cards": r"carte de crédit (Visa ou Mastercard) ou",
            "wallet": r"directement via votre compte (paypal) \(Il",
            "card_option": r"l’option “(Payer par carte de crédit ou carte de débit Visa)”",
            "continue_button": r"cliquer sur le bouton “(Continuer)”",
            "confirm_button": r"cliquant sur le bouton “(Confirmer)”",
        },
    )
