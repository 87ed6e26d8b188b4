"""Form fields that read figures as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from avenant.carriers.packs import reader_language
from avenant_rules.forms.display import money
from avenant_rules.forms.problems import FieldProblem
from avenant_rules.forms.values import read_number
from avenant_rules.plain_text import TextRefused, read_line

LONGEST = 40  # characters


class MoneyField(forms.Field):
    """An amount to the cent: « 25 000 », « 25 000,00 $ », "25,000.00"; two readings are refused."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, least: Decimal, most: Decimal, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> Decimal | None:
        try:
            typed = read_line(str(value or ""), most=LONGEST)
        except TextRefused as refusal:
            raise ValidationError(
                refusal.in_(get_language() or "fr"), code=refusal.code
            ) from refusal
        if not typed:
            return None
        amount = read_number(typed, places=2, may_group=True)
        if isinstance(amount, FieldProblem):
            raise ValidationError(amount.in_(reader_language()), code=amount.code)
        if not self.least <= amount <= self.most:
            low, high = (money(bound, reader_language()) for bound in (self.least, self.most))
            raise ValidationError(
                _("Inscrivez un montant de %(low)s à %(high)s.") % {"low": low, "high": high},
                code="out_of_range",
            )
        return amount
