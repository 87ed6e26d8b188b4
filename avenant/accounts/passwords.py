"""The password policy of the site: the decision's, and what only the site knows. Source: 4/AUT-04."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from avenant.rules import ask

POLICY_OF = "smatis"  # the one guide that gives a policy; it holds for every carrier (G-36)
# No rule of the trade: whatever a stranger sends has a bound.
MAXIMUM_LENGTH = 1_000


class PolicyValidator:
    """Refuses what the decision refuses, and a password that holds the person's own address."""

    def validate(self, password: str, user: Any = None) -> None:
        problems = unmet(password)
        local_part = (getattr(user, "email", "") or "").partition("@")[0].lower()
        if len(local_part) >= 4 and local_part in password.lower():
            problems.append(_("Il ne doit pas contenir votre adresse courriel."))
        if problems:
            raise ValidationError(problems)

    def get_help_text(self) -> str:
        return " ".join(unmet(""))  # nothing meets no rule: all of them, with their figures


def unmet(password: str) -> list[str]:
    """The sentences of the rules that `password` does not meet; empty when it is accepted."""
    if len(password) > MAXIMUM_LENGTH:
        return [_("Il faut au plus 1 000 caractères.")]
    answer = ask("account.password_policy", POLICY_OF, password=password)
    return [] if answer.outcome.is_valid else [reason.text for reason in answer.because]
