"""Loads an application form from a carrier's pack and proves it.

Every fault is named at once, in sentences a product manager understands. A draft keeps the
version it was opened with, so versions lie side by side: `forms/<form>/v1.toml`, `v2.toml`…
and are never edited once a draft uses them (4/APP-02).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from avenant_rules.forms.canonical import content_hash
from avenant_rules.forms.faults import Faults, FormError
from avenant_rules.forms.fields import Fields
from avenant_rules.forms.guarantees import product_lists
from avenant_rules.forms.model import Form, Question
from avenant_rules.forms.proofs import prove
from avenant_rules.forms.reader import SectionReader


def form_versions(pack: Path, form_id: str) -> list[int]:
    """The versions of a form that lie in the pack, ascending."""
    found = (
        re.fullmatch(r"v([1-9]\d*)", file.stem)
        for file in (pack / "forms" / form_id).glob("v*.toml")
    )
    return sorted(int(one[1]) for one in found if one)


def form_names(pack: Path) -> list[str]:
    """The forms of the pack."""
    return sorted(folder.name for folder in (pack / "forms").glob("*") if folder.is_dir())


def load_form(pack: Path, form_id: str, version: int | None = None) -> Form:
    """A proved form of the pack in one version; the newest when None.

    Raises:
        FormError: no such form or version, or the file is not sound (all faults listed).
    """
    versions = form_versions(pack, form_id) if form_id.isidentifier() else []
    if not versions or (version is not None and version not in versions):
        faults = Faults()
        faults.add(
            "unknown_form",
            f"forms/{form_id}",
            f"ce formulaire ou cette version n'existe pas (versions : {versions}).",
            f"this form or version does not exist (versions: {versions}).",
        )
        raise FormError(f"forms/{form_id}", faults.found)
    return _load(pack, form_id, versions[-1] if version is None else version)


@cache
def _load(pack: Path, form_id: str, version: int) -> Form:
    file = pack / "forms" / form_id / f"v{version}.toml"
    name = f"forms/{form_id}/v{version}.toml"
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as refused:
        faults = Faults()
        faults.add("not_toml", name, f"le fichier ne se lit pas : {refused}.", f"{refused}.")
        raise FormError(name, faults.found) from None
    form = read_form(data, pack, name)
    if (form.id, form.version) != (form_id, version):
        faults = Faults()
        faults.add(
            "file_name",
            name,
            "l'identifiant et la version du fichier diffèrent de son nom.",
            "the id and version in the file differ from its name.",
        )
        raise FormError(name, faults.found)
    return form


def read_form(data: dict[str, Any], pack: Path, name: str) -> Form:
    """A form from a TOML document already parsed.

    Raises:
        FormError: with every fault of the document.
    """
    faults = Faults()
    fields = Fields(data, name, faults)
    form_id, version = fields.identifier("id"), fields.integer("version")
    title = fields.text("title")
    is_demonstration = fields.flag("demonstration", default=False)
    notice = fields.optional_text("notice")
    lists = product_lists(pack, fields.string("product_file"), faults)
    reader = SectionReader(pack, lists, faults)
    sections = reader.sections(fields.tables("section"))
    roles = _names_by_key(Fields(fields.table("roles"), f"{name} > roles", faults))
    decisions = {
        key: _names_by_key(Fields(one, f"{name} > decisions > {key}", faults))
        for key, one in fields.table("decisions").items()
        if isinstance(one, dict)
    }
    fields.close()
    form = Form(
        id=form_id,
        version=version,
        title=title,
        sections=sections,
        is_demonstration=is_demonstration,
        notice=notice,
        digest="",
        roles=MappingProxyType(roles),
        decisions=MappingProxyType({key: MappingProxyType(one) for key, one in decisions.items()}),
    )
    prove(form, faults)
    if faults.found:
        raise FormError(name, faults.found)
    return _with_digest(form, data, reader)


def _with_digest(form: Form, data: dict[str, Any], reader: SectionReader) -> Form:
    options = {
        item.id: [(one.value, one.label.fr, one.label.en) for one in item.options]
        for _, item in form.items()
        if isinstance(item, Question) and item.options
    }
    seal = {
        "form": _jsonable(data),
        "texts": sorted(text.digest for text in reader.texts),
        "options": options,
    }
    return replace(form, digest=content_hash(seal))


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_jsonable(one) for one in value]
    return value if isinstance(value, str | int | bool) else str(value)


def _names_by_key(fields: Fields) -> dict[str, str]:
    return {key: fields.string(key) for key in fields.data}
