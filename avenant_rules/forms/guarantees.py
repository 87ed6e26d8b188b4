"""The guarantees an illustration may contain, and what an association grants without evidence.

The carrier's system makes the illustration outside; the advisor lists the guarantees it contains
with their amounts. Each guarantee maps to a coverage of the decision `underwriting.requirements`,
and an association grants part of the amount on receipt of the application (2/ASC-04, 2/ASC-05).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from avenant_rules.forms.faults import Faults, FormError
from avenant_rules.forms.fields import Fields
from avenant_rules.forms.model import Option, Text

PROGRAMMES = ("association", "plan_express")
AMOUNTS = ("monthly_benefit", "sum_insured", "none")
COVERAGES = (
    "disability_sickness", "overhead_expense", "mortgage_disability", "term_life_65",
    "mortgage_life", "critical_illness", "multiple_protection", "critical_illness_hybrid",
    "loss_of_autonomy_hybrid", "life_hybrid", "disability_hybrid", "facility_care",
    "out_of_facility_care", "hospitalisation_loss_of_autonomy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A guarantee of the product. `coverage` None: no underwriting requirement table reads it."""

    id: str
    label: Text
    programme: Literal["association", "plan_express"]
    amount: Literal["monthly_benefit", "sum_insured", "none"]
    coverage: str | None
    gate: str | None
    is_overhead: bool
    source: str


@dataclass(frozen=True, slots=True)
class Association:
    """A group whose members get `granted` amounts, by guarantee id, without evidence."""

    id: str
    name: Text
    granted: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ProductData:
    guarantees: tuple[Guarantee, ...]
    associations: tuple[Association, ...]

    def guarantee(self, guarantee_id: str) -> Guarantee:
        return next(one for one in self.guarantees if one.id == guarantee_id)

    def granted(self, association_id: str | None, guarantee_id: str) -> Decimal:
        """Amount in dollars issued without evidence; zero when the offer does not include it."""
        for association in self.associations:
            if association.id == association_id:
                return association.granted.get(guarantee_id, Decimal(0))
        return Decimal(0)


def load_product(pack: Path, name: str) -> ProductData:
    """The guarantees and associations of `products/<name>.toml`.

    Raises:
        FormError: the file is missing or not sound.
    """
    faults = Faults()
    data = _read(pack, f"products/{name}.toml", faults)
    if data is None or faults.found:
        raise FormError(f"products/{name}.toml", faults.found)
    return data


def product_lists(pack: Path, file: str, faults: Faults) -> dict[str, tuple[Option, ...]]:
    """The option lists a form may name: `guarantees`, `associations`."""
    data = _read(pack, file, faults) if file else None
    if data is None:
        return {}
    return {
        "guarantees": tuple(Option(one.id, one.label) for one in data.guarantees),
        "associations": tuple(Option(one.id, one.name) for one in data.associations),
    }


def _read(pack: Path, file: str, faults: Faults) -> ProductData | None:
    path = pack / file
    if not path.resolve().is_relative_to(pack.resolve()) or not path.is_file():
        faults.add("unknown_product", file, "ce fichier n'existe pas.", "no such file.")
        return None
    data, found = _parse(path)
    faults.found.extend(found)
    return data


@cache
def _parse(path: Path) -> tuple[ProductData, list[Any]]:
    faults = Faults()
    fields = Fields(tomllib.loads(path.read_text("utf-8")), f"products/{path.name}", faults)
    for key in ("id", "title", "demonstration", "notice"):
        fields.raw(key)
    guarantees = tuple(_guarantee(one, fields) for one in fields.tables("guarantee"))
    known = {one.id for one in guarantees}
    associations = tuple(_association(one, fields, known) for one in fields.tables("association"))
    fields.close()
    ids = [one.id for one in guarantees] + [one.id for one in associations]
    if len(set(ids)) < len(ids):
        fields.duplicate(next(one for one in ids if ids.count(one) > 1))
    return ProductData(guarantees, associations), faults.found


def _guarantee(raw: dict[str, Any], parent: Fields) -> Guarantee:
    one = Fields(raw, f"{parent.place} > {raw.get('id')}", parent.faults)
    guarantee = Guarantee(
        id=one.identifier("id"),
        label=one.text("label"),
        programme=cast(
            Literal["association", "plan_express"],
            one.one_of("programme", PROGRAMMES, "ill_typed"),
        ),
        amount=cast(
            Literal["monthly_benefit", "sum_insured", "none"],
            one.one_of("amount", AMOUNTS, "ill_typed"),
        ),
        coverage=one.one_of("coverage", COVERAGES, "ill_typed") if one.has("coverage") else None,
        gate=one.identifier("gate") if one.has("gate") else None,
        is_overhead=one.flag("is_overhead", default=False),
        source=one.source(),
    )
    one.close()
    return guarantee


def _association(raw: dict[str, Any], parent: Fields, known: set[str]) -> Association:
    one = Fields(raw, f"{parent.place} > {raw.get('id')}", parent.faults)
    association_id, name = one.identifier("id"), one.text("name")
    granted = {}
    amounts = Fields(one.table("granted"), f"{one.place} > granted", parent.faults)
    for key in amounts.data:
        amount = amounts.bound(key)
        if key not in known or not isinstance(amount, Decimal):
            amounts.wrong(key, "une garantie et un montant", "a guarantee and an amount")
        else:
            granted[key] = amount
    one.source()
    one.close()
    return Association(association_id, name, granted)
