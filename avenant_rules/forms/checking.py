"""Everything wrong in a pack's forms, texts and products, for the one command that proves packs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from avenant_rules.forms.faults import FormError, FormFault
from avenant_rules.forms.loader import form_names, form_versions, load_form
from avenant_rules.forms.texts import load_text, text_names


def faults_of_pack(pack: Path) -> list[tuple[str, FormFault]]:
    """(file, fault) of every text and form version, its product included; empty when all are sound."""
    found: list[tuple[str, FormFault]] = []
    for name in text_names(pack):
        found += _faults(f"texts/{name}.toml", partial(load_text, pack, name))
    for form_id in form_names(pack):
        for version in form_versions(pack, form_id):
            found += _faults(
                f"forms/{form_id}/v{version}.toml",
                partial(load_form, pack, form_id, version),
            )
    return list(dict.fromkeys(found))


def _faults(file: str, load: Callable[[], object]) -> list[tuple[str, FormFault]]:
    try:
        load()
    except FormError as refused:
        return [(file, fault) for fault in refused.faults]
    return []
