"""The coverages of a product: base or option, and which must or may not go together.

Source: Guide du conseiller, Aperçu des produits, Tableaux 1.1 to 6.1 (PROD-02 to PROD-16, AMB-41).
"""

from collections import defaultdict
from typing import Literal

from avenant_rules.decision import Because, Given, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Coverage, Plan, Product
from avenant_rules.tables import Row

type Kind = Literal["base", "option", "not_offered"]
# A coverage, and its row in each table of the product that lists it.
type Found = dict[Coverage, list[Row]]


class CoverageOf(Struct):
    """A coverage asked about in a product, or in one of its plans (None: the product as a whole)."""

    product: Product
    plan: Plan | None = None
    coverage: Coverage


class CoverageKind(Struct):
    """Its place."""

    kind: Kind


@decision(
    "product.coverage_kind",
    rules=[
        "1/PROD-02", "1/PROD-03", "1/PROD-04", "1/PROD-05", "1/PROD-06", "1/PROD-07", "1/PROD-08",
        "1/PROD-09", "1/PROD-10",
    ],
)  # fmt: skip
def coverage_kind(asked: CoverageOf, tables: Tables, because: Because) -> CoverageKind:
    """Whether a coverage is a base coverage, an option, or not part of a product or plan.

    Raises:
        CarrierDataMissingError: the pack does not hold the product's coverages (travel).
    """
    listed = tables.product_tables.match(product=asked.product, plan=asked.plan or "none")
    rows = [tables.get(name).match(coverage=asked.coverage) for name in listed.tables]
    offered = [row for row in rows if not row.is_outside]
    kinds: set[Kind] = {row.kind for row in offered}
    if len(kinds) > 1:
        raise MissingFacts(["plan"])
    because.rows(offered or rows or [listed])
    return CoverageKind(kind=kinds.pop() if kinds else "not_offered")


class Basket(Struct):
    """The coverages chosen in a product, or in one of its plans (None: the product as a whole)."""

    product: Product
    plan: Plan | None = None
    coverages: frozenset[Coverage]


class BasketAnswer(Struct):
    """Whether they go together, and the coverages whose addition the rules demand."""

    is_valid: bool
    missing_coverages: Given[frozenset[Coverage]]


@decision(
    "product.basket",
    rules=["1/PROD-02", "1/PROD-03", "1/PROD-04", "1/PROD-05", "1/PROD-13", "1/PROD-16"],
)
def basket(chosen: Basket, tables: Tables, because: Because, settings: Settings) -> BasketAnswer:
    """Whether a set of coverages forms a valid basket of a product.

    Every obstacle is said. A coverage is named as missing only when nothing else would do: where
    one of several is enough, none of them is.

    Raises:
        CarrierDataMissingError: the pack does not hold the product's coverages (travel).
    """
    listed = tables.product_tables.match(product=chosen.product, plan=chosen.plan or "none")
    found: Found = defaultdict(list)
    is_valid = True
    for coverage in sorted(chosen.coverages):
        rows = [tables.get(name).match(coverage=coverage) for name in listed.tables]
        offered = [row for row in rows if not row.is_outside]
        if offered:
            found[coverage] = offered
            continue
        is_valid = False
        because.rows(rows, coverage=coverage)
    if not listed.tables:
        because.row(listed)
        return BasketAnswer(is_valid=False, missing_coverages=frozenset())
    missing = _compulsory(chosen, listed, tables, because, settings)
    held = frozenset(found) | missing
    is_supported, needed = _needs(found, held, because, settings)
    is_single = _at_most_one_variant(chosen.product, found, held, because, settings)
    if not chosen.coverages:
        because.rule("1/PROD-16", "empty")
    is_valid &= bool(chosen.coverages) and not missing and is_supported and is_single
    if is_valid:
        because.row(listed)
    return BasketAnswer(is_valid=is_valid, missing_coverages=missing | needed)


def _compulsory(
    chosen: Basket, listed: Row, tables: Tables, because: Because, settings: Settings
) -> frozenset[Coverage]:
    """The base coverages that the product never goes without and that are not chosen."""
    rows = [row for name in listed.tables for row in tables.get(name).rows]
    compulsory = {row.row for row in rows if row.is_compulsory}
    if chosen.product == "mortgage_plan":
        because.setting("product.mortgage_coverages")
        if settings("product.mortgage_coverages") == "both":
            compulsory = {row.row for row in rows}
    missing = frozenset(compulsory - chosen.coverages)
    if missing:
        because.rule(listed.rule, "together", compulsory=frozenset(compulsory), missing=missing)
    return missing


def _needs(
    found: Found, held: frozenset[Coverage], because: Because, settings: Settings
) -> tuple[bool, frozenset[Coverage]]:
    """Whether every coverage has what it rests on, and what alone would give it.

    `held`: the coverages chosen, and those that are compulsory anyway.
    """
    is_supported = True
    needed: set[Coverage] = set()
    for coverage, rows in found.items():
        if any(not row.needs or row.needs & held for row in rows):
            continue
        if _is_any_base_enough(rows, found, because, settings):
            continue
        is_supported = False
        because.rows(rows, coverage=coverage)
        one_of = frozenset[Coverage]().union(*(row.needs for row in rows))
        key = "needs" if len(one_of) == 1 else "needs_one_of"
        because.rule("1/PROD-16", key, coverage=coverage, needs=one_of)
        if len(one_of) == 1:
            needed |= one_of
    return is_supported, frozenset(needed)


def _is_any_base_enough(
    rows: list[Row], found: Found, because: Because, settings: Settings
) -> bool:
    """Whether an option may rest on a base that is not printed beside it (AMB-41)."""
    has_base = any(row.kind == "base" for others in found.values() for row in others)
    if not has_base or not any(row.needs_by == "row" for row in rows):
        return False
    because.setting("product.option_base")
    return settings("product.option_base") == "any_base"


def _at_most_one_variant(
    product: Product,
    found: Found,
    held: frozenset[Coverage],
    because: Because,
    settings: Settings,
) -> bool:
    """Whether each base coverage bears at most one variant of a choice."""
    variants: defaultdict[str, list[Row]] = defaultdict(list)
    for rows in found.values():
        for row in rows:
            if row.one_per_base:
                variants[row.one_per_base].append(row)
    is_single = True
    for rows in variants.values():
        bases = frozenset[Coverage]().union(*(row.needs for row in rows)) & held
        if not bases or len(rows) <= len(bases):
            continue
        if product == "ami":
            because.setting("product.ami_pairs")
            if settings("product.ami_pairs") == "both_allowed":
                continue
        is_single = False
        because.rule(rows[0].rule, "one_variant", together=frozenset(row.row for row in rows))
    return is_single
