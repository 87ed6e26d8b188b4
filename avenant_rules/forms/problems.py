"""What is wrong with something a person typed, in a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """`code` is stable; `path` names the field when the problem is found in a whole section."""

    code: str
    fr: str
    en: str
    path: str = ""

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.fr
