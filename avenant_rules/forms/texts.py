"""The pack's texts: declarations, notices, certifications. Versioned, bilingual, never edited.

What a client read is evidence, so a form names a text with its version ("texts/x.toml@2") and
a version keeps its digest. Texts that no source gives are marked as demonstration texts.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from avenant_rules.forms.canonical import content_hash
from avenant_rules.forms.faults import Faults, FormError
from avenant_rules.forms.fields import Fields
from avenant_rules.forms.model import Paragraph, Text, TextVersion


def load_text(pack: Path, name: str, version: int | None = None) -> TextVersion:
    """The text `name` of the pack ("esign_notice"), in one version; the newest when None.

    Raises:
        FormError: the file is missing or not sound, or has no such version.
    """
    versions = _versions(pack, name)
    if version is None:
        return versions[max(versions)]
    if version not in versions:
        faults = Faults()
        faults.add(
            "unknown_text_version",
            f"texts/{name}.toml",
            f"la version {version} n'existe pas; les versions sont {sorted(versions)}.",
            f"version {version} does not exist; the versions are {sorted(versions)}.",
        )
        raise FormError(f"texts/{name}.toml", faults.found)
    return versions[version]


def text_in_force(pack: Path, name: str, on: date) -> TextVersion:
    """The version of a text that people read on a civil date.

    Raises:
        FormError: no version is in force yet on that date.
    """
    versions = [one for one in _versions(pack, name).values() if one.effective <= on.isoformat()]
    if not versions:
        faults = Faults()
        faults.add(
            "no_text_version",
            f"texts/{name}.toml",
            f"aucune version n'est en vigueur le {on.isoformat()}.",
            f"no version is in force on {on.isoformat()}.",
        )
        raise FormError(f"texts/{name}.toml", faults.found)
    return max(versions, key=lambda one: one.version)


def text_names(pack: Path) -> list[str]:
    """The names of all texts of the pack."""
    return sorted(file.stem for file in (pack / "texts").glob("*.toml"))


@cache
def _versions(pack: Path, name: str) -> dict[int, TextVersion]:
    file = pack / "texts" / f"{name}.toml"
    place = f"texts/{name}.toml"
    faults = Faults()
    if not name.isidentifier() or not file.is_file():
        faults.add("unknown_text", place, "ce texte n'existe pas.", "this text does not exist.")
        raise FormError(place, faults.found)
    versions = read_versions(tomllib.loads(file.read_text("utf-8")), place, faults)
    if faults.found:
        raise FormError(place, faults.found)
    return versions


def read_versions(data: dict[str, Any], place: str, faults: Faults) -> dict[int, TextVersion]:
    """Every version of a text file already parsed; faults are added to `faults`."""
    fields = Fields(data, place, faults)
    text_id = fields.identifier("id")
    title = fields.text("title")
    is_demonstration = fields.flag("demonstration", default=False)
    versions: dict[int, TextVersion] = {}
    for number, raw in enumerate(fields.tables("version"), start=1):
        one = Fields(raw, f"{place} > version {number}", faults)
        if one.integer("number") != number:
            faults.add(
                "text_version_order",
                one.place,
                f"le numéro doit être {number} : les versions s'ajoutent, sans trou.",
                f"the number must be {number}: versions are added, without a gap.",
            )
        effective = one.date("effective")
        paragraphs = tuple(_paragraphs(one))
        source = one.source()
        intro = one.optional_text("intro")
        one.close()
        earlier = versions.get(number - 1)
        if earlier is not None and effective <= earlier.effective:
            faults.add(
                "text_version_order",
                one.place,
                "la date doit suivre celle de la version précédente.",
                "the date must follow that of the version before.",
            )
        digest = content_hash({"id": text_id, **raw, "effective": effective})
        versions[number] = TextVersion(
            text_id, number, title, intro, paragraphs, source, is_demonstration, effective, digest
        )
    fields.close()
    if not versions:
        faults.add("no_text_version", place, "il faut une version.", "a version is needed.")
    return versions


def _paragraphs(version: Fields) -> list[Paragraph]:
    paragraphs, seen = [], set()
    for number, raw in enumerate(version.tables("paragraph"), start=1):
        one = Fields(raw, f"{version.place} > {raw.get('id', number)}", version.faults)
        paragraph_id = one.identifier("id")
        if paragraph_id in seen:
            one.duplicate(paragraph_id)
        seen.add(paragraph_id)
        heading = one.text("heading") if "heading" in raw else None
        paragraphs.append(Paragraph(paragraph_id, Text(*one.languages()), heading))
        one.close()
    if not paragraphs:
        version.faults.add(
            "empty_text", version.place, "il faut un paragraphe.", "a paragraph is needed."
        )
    return paragraphs
