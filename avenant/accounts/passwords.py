"""The password policy, one line per rule that is not met. Source: 4/AUT-04."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 128


class PolicyValidator:
    """Twelve characters with an upper-case and a lower-case letter, a digit and a special one."""

    def validate(self, password: str, user: Any = None) -> None:
        problems = unmet(password)
        local_part = (getattr(user, "email", "") or "").partition("@")[0].lower()
        if len(local_part) >= 4 and local_part in password.lower():
            problems.append(_("Il ne doit pas contenir votre adresse courriel."))
        if problems:
            raise ValidationError(problems)

    def get_help_text(self) -> str:
        return _(
            "Au moins 12 caractères, dont une majuscule, une minuscule, un chiffre et un "
            "caractère spécial."
        )


def unmet(password: str) -> list[str]:
    """The sentences of the rules that `password` does not meet; empty when it is accepted."""
    special = any(c.isprintable() and not c.isalnum() for c in password)
    rules = [
        (len(password) >= MINIMUM_LENGTH, _("Il faut au moins 12 caractères.")),
        (len(password) <= MAXIMUM_LENGTH, _("Il faut au plus 128 caractères.")),
        (any(c.isupper() for c in password), _("Il faut au moins une lettre majuscule.")),
        (any(c.islower() for c in password), _("Il faut au moins une lettre minuscule.")),
        (any(c.isdigit() for c in password), _("Il faut au moins un chiffre.")),
        (special, _("Il faut au moins un caractère spécial, par exemple - ou !")),
        (password == password.strip(), _("Il ne doit ni commencer ni finir par une espace.")),
    ]
    return [sentence for is_met, sentence in rules if not is_met]
