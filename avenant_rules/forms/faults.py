"""What is wrong in a form file, said to the product manager who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormFault:
    """One fault: where ("payment > bank_account > label") and what to do, in both languages."""

    code: str
    place: str
    fr: str
    en: str

    def __str__(self) -> str:
        return f"{self.place} : {self.fr}"


class FormError(ValueError):
    """A form file that is not sound. Every fault is listed at once."""

    def __init__(self, file: str, faults: Sequence[FormFault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join([file, *(f"- {fault}" for fault in faults)]))


class Faults:
    """Collects faults while a file is read, so that all are named in one go."""

    def __init__(self) -> None:
        self.found: list[FormFault] = []

    def add(self, code: str, place: str, fr: str, en: str) -> None:
        self.found.append(FormFault(code, place, fr, en))
