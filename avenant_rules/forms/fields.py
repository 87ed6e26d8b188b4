"""Reads one TOML table key by key: what is absent, ill-typed or unknown becomes a fault."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from avenant_rules.forms.faults import Faults
from avenant_rules.forms.model import LANGUAGES, Text

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,59}")
SOURCE = re.compile(r"[1-4]/[A-Z]{1,5}-[0-9]{1,2}(, [1-4]/[A-Z]{1,5}-[0-9]{1,2})*")


class Fields:
    """A table of the file with its place; `close` refuses the keys nobody asked for."""

    def __init__(self, data: dict[str, Any], place: str, faults: Faults) -> None:
        self.data, self.place, self.faults = data, place, faults
        self.read: set[str] = set()

    def raw(self, key: str) -> Any:
        self.read.add(key)
        return self.data.get(key)

    def has(self, key: str) -> bool:
        return key in self.data

    def wrong(self, key: str, fr: str, en: str) -> None:
        code = "ill_typed" if key in self.data else "missing_key"
        self.faults.add(code, f"{self.place} > {key}", f"il faut ici {fr}.", f"{en} is needed.")

    def string(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "un texte", "a text")
            return ""
        return value

    def integer(self, key: str, default: int | None = None) -> int:
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if type(value) is not int:
            self.wrong(key, "un nombre entier", "a whole number")
            return 0
        return value

    def optional_integer(self, key: str) -> int | None:
        return self.integer(key) if self.has(key) else None

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "true ou false", "true or false")
        return bool(value)

    def date(self, key: str) -> str:
        value = self.raw(key)
        if type(value) is not date:
            self.wrong(key, "une date AAAA-MM-JJ", "a date YYYY-MM-DD")
            return ""
        return value.isoformat()

    def bound(self, key: str) -> Decimal | str | None:
        """A limit: a whole number, a number in quotation marks, a date or "today"."""
        value = self.raw(key)
        if value is None:
            return None
        if value == "today":
            return "today"
        if type(value) is date:
            return value.isoformat()
        if type(value) is int or (isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value)):
            return Decimal(value)
        self.wrong(key, "un nombre entre guillemets, une date ou « today »", "a bound")
        return None

    def one_of(self, key: str, allowed: tuple[str, ...], code: str) -> str:
        value = self.raw(key)
        if value not in allowed:
            known = ", ".join(allowed)
            self.faults.add(
                code,
                f"{self.place} > {key}",
                f"« {value} » n'est pas une des valeurs permises : {known}.",
                f'"{value}" is not one of the allowed values: {known}.',
            )
            return allowed[0]
        return str(value)

    def identifier(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
            self.faults.add(
                "ill_named",
                f"{self.place} > {key}",
                "l'identifiant s'écrit en minuscules, chiffres et _ (par exemple birth_date).",
                "an id is written with small letters, digits and _ (for instance birth_date).",
            )
            return "unnamed"
        return value

    def source(self) -> str:
        value = self.raw("source")
        if not isinstance(value, str) or not SOURCE.fullmatch(value):
            self.faults.add(
                "missing_source",
                f"{self.place} > source",
                "il faut dire quelle règle le demande (par exemple 4/APP-22).",
                "say which rule asks for it (for instance 4/APP-22).",
            )
            return ""
        return value

    def text(self, key: str) -> Text:
        value = self.raw(key)
        if not isinstance(value, dict):
            self.wrong(key, "un texte en français et en anglais", "a text in French and English")
            return Text("", "")
        inner = Fields(value, f"{self.place} > {key}", self.faults)
        text = Text(*inner.languages())
        inner.close()
        return text

    def optional_text(self, key: str) -> Text | None:
        return self.text(key) if self.has(key) else None

    def languages(self) -> tuple[str, str]:
        found = []
        for language in LANGUAGES:
            value = self.raw(language)
            if not isinstance(value, str) or not value.strip():
                self.faults.add(
                    "missing_language",
                    self.place,
                    f"le texte manque en {'français' if language == 'fr' else 'anglais'}.",
                    f"the text is missing in {'French' if language == 'fr' else 'English'}.",
                )
                value = ""
            found.append(value.strip())
        return found[0], found[1]

    def tables(self, key: str) -> list[dict[str, Any]]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(key, "une suite de tables", "an array of tables")
            return []
        return value

    def names(self, key: str) -> list[str]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, "une liste de noms", "a list of names")
            return []
        return value

    def table(self, key: str) -> dict[str, Any]:
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(key, "une table", "a table")
            return {}
        return value

    def duplicate(self, name: str) -> None:
        self.faults.add(
            "duplicate_id",
            self.place,
            f"l'identifiant « {name} » sert déjà ailleurs.",
            f'the id "{name}" is already used elsewhere.',
        )

    def close(self) -> None:
        for key in self.data:
            if key not in self.read:
                self.faults.add(
                    "unknown_key",
                    f"{self.place} > {key}",
                    f"« {key} » n'est pas une clé connue à cet endroit.",
                    f'"{key}" is not a key known here.',
                )
