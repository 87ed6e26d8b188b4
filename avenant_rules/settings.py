"""Named choices where the documents leave a reading open: `carriers/<pack>/settings/<family>.toml`.

Each has a recommended value, the alternatives and the note that discusses them. A carrier chooses
by changing `value`; a test by `decide(…, settings={"underwriting.amount_basis": "…"})`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from avenant_rules.errors import Bilingual, CarrierDataMissingError
from avenant_rules.packs import Document, Fault, pack_folder, read_proved


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """One choice. `values` says each possible value in words; `recommended` is one of them."""

    id: str
    title: Bilingual
    note: str
    recommended: str
    values: dict[str, Bilingual]
    value: str | None = None

    @property
    def chosen(self) -> str:
        """The value the carrier chose, or the recommended one."""
        return self.value or self.recommended


class Settings:
    """The choices of one carrier, with what a test overrides: `settings("underwriting.amount_basis")`."""

    def __init__(self, carrier: str, overrides: Mapping[str, str] | None = None) -> None:
        self._carrier, self._overrides = carrier, overrides or {}
        self._chosen: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The value of the setting `name` (`family.setting`).

        Raises:
            CarrierDataMissingError: the carrier's pack has no settings of that family.
            LookupError: there is no such setting, or the override is not one of its values.
        """
        value = self._chosen.get(name)
        if value is None:
            setting = self.setting(name)
            value = self._overrides.get(name, setting.chosen)
            if value not in setting.values:
                raise LookupError(f"{name} has no value {value!r}")
            self._chosen[name] = value
        return value

    def setting(self, name: str) -> Setting:
        """The setting itself, with its words."""
        return _settings(self._carrier, name.partition(".")[0])[name]


@cache
def settings_of(carrier: str) -> Settings:
    """The choices of `carrier`, none overridden.

    Raises:
        CarrierDataMissingError: there is no such pack.
    """
    pack_folder(carrier)  # strangers ask for any name, and what is made here is kept
    return Settings(carrier)


@cache
def _settings(carrier: str, family: str) -> dict[str, Setting]:
    path = pack_folder(carrier) / "settings" / f"{family}.toml"
    if not path.exists():
        raise CarrierDataMissingError(
            {
                "fr": f"L'assureur « {carrier} » n'a pas de choix pour « {family} ».",
                "en": f"The carrier “{carrier}” has no choices for “{family}”.",
            }
        )
    document = read_proved(path, prove_settings)
    return {one["id"]: msgspec.convert(one, Setting) for one in document["setting"]}


def setting_files(carrier: str) -> list[Path]:
    """The settings files of a pack."""
    return sorted((pack_folder(carrier) / "settings").glob("*.toml"))


def prove_settings(document: Document) -> list[Fault]:
    """Everything wrong with a settings file; empty when it is sound."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for entry in document.get("setting", []):
        faults.extend(_setting_faults(entry, seen))
    return faults


def _setting_faults(entry: dict[str, Any], seen: set[str]) -> list[Fault]:
    name = entry.get("id", "?")
    try:
        setting = msgspec.convert(entry, Setting)
    except msgspec.ValidationError as error:
        return [Fault(f"Réglage {name} : {error}.", f"Setting {name}: {error}.")]
    faults: list[Fault] = []
    for value in (setting.recommended, setting.chosen):
        if value not in setting.values:
            faults.append(
                Fault(
                    f"Réglage {name} : « {value} » n'est pas une de ses valeurs.",
                    f"Setting {name}: “{value}” is not one of its values.",
                )
            )
    if name in seen:
        faults.append(Fault(f"Le réglage {name} est double.", f"The setting {name} is twice."))
    seen.add(name)
    return faults
