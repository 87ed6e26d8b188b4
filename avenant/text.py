"""Text from outside in forms: the field that reads it, and what a form refused, code by code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from avenant.errors import UnreadableTextError
from avenant_rules.plain_text import TextRefused, read_line, read_lines

LONGEST_SEARCH = 100  # characters
LONGEST_COMMENT = 500


class PlainTextField(forms.CharField):
    """One line of text, or several where `lines`: read as all text from outside."""

    def __init__(self, *, max_length: int, lines: bool = False, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        # Said after what nobody sees was taken out, and with how many characters there are.
        self.validators = []
        self.most, self.lines = max_length, lines

    def to_python(self, value: Any) -> str:
        typed = "" if value in self.empty_values else str(value)
        try:
            return plain_text(typed, most=self.most, lines=self.lines)
        except TextRefused as refusal:
            raise ValidationError(
                refusal.in_(get_language() or "fr"), code=refusal.code
            ) from refusal


def plain_text(typed: str, *, most: int, lines: bool = False) -> str:
    """What was typed as it is kept, at most `most` characters.

    Raises:
        TextRefused: it cannot be kept.
    """
    return read_lines(typed, most=most) if lines else read_line(typed, most=most)


def comment(typed: str) -> str:
    """What somebody says of something, as it is kept.

    Raises:
        UnreadableTextError: it cannot be kept.
    """
    try:
        return read_lines(typed, most=LONGEST_COMMENT)
    except TextRefused as refusal:
        raise UnreadableTextError(refusal) from refusal
