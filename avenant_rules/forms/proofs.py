"""What must hold in a whole form: no cycle of visibility, no lost name, sound bounds, roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from avenant_rules.conditions import Condition
from avenant_rules.forms.faults import Faults
from avenant_rules.forms.model import Form, Group, Question, Section
from avenant_rules.forms.names import names_of_items


def prove(form: Form, faults: Faults) -> None:
    """Add a fault for everything that does not hold."""
    if not form.sections:
        faults.add("empty_form", form.id, "il faut une section.", "a section is needed.")
    _prove_numbers(form, faults)
    _prove_visibility(form, faults)
    _prove_bounds(form, faults)
    _prove_names(form, faults)


def visibility_names(form: Form) -> dict[str, frozenset[str]]:
    """For each name of the form, the names that decide whether it is shown."""
    reads: dict[str, frozenset[str]] = {}
    for section, item in form.items():
        needed = _names(section.shown) | _names(item.shown)
        for name in names_of_items([item]) or [item.id]:
            reads[name] = needed
        if isinstance(item, Group):
            for question in item.questions:
                reads[question.id] = needed | _names(question.shown)
    return reads


def _names(condition: Condition | None) -> frozenset[str]:
    return condition.names if condition is not None else frozenset()


def _prove_numbers(form: Form, faults: Faults) -> None:
    numbers = [section.number for section in form.sections]
    if sorted(set(numbers)) != numbers:
        faults.add(
            "section_numbers",
            form.id,
            f"les numéros de section doivent monter, sans doublon : {numbers}.",
            f"section numbers must rise, without a double: {numbers}.",
        )


def _prove_visibility(form: Form, faults: Faults) -> None:
    reads = visibility_names(form)
    done: set[str] = set()
    for start in sorted(reads):
        path = _cycle(start, reads, done, [])
        if path:
            shown = " → ".join(path)
            faults.add(
                "visibility_cycle",
                path[0],
                f"l'affichage tourne en rond : {shown}.",
                f"visibility goes round in a circle: {shown}.",
            )


def _cycle(
    name: str, reads: Mapping[str, frozenset[str]], done: set[str], path: list[str]
) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done or name not in reads:
        return []
    for needed in sorted(reads[name]):
        found = _cycle(needed, reads, done, [*path, name])
        if found:
            done.add(name)
            return found
    done.add(name)
    return []


def _questions(form: Form) -> Iterator[tuple[Section, Question]]:
    for section, item in form.items():
        if isinstance(item, Question):
            yield section, item
        elif isinstance(item, Group):
            yield from ((section, question) for question in item.questions)


def _prove_bounds(form: Form, faults: Faults) -> None:
    for section, question in _questions(form):
        for bound in (question.min, question.max):
            is_number = isinstance(bound, Decimal)
            wants_number = question.type in ("money", "integer", "percent")
            if bound is not None and (
                is_number != wants_number or not (wants_number or question.type == "date")
            ):
                faults.add(
                    "ill_typed",
                    f"{section.id} > {question.id}",
                    "les limites min et max vont aux nombres et aux dates, selon le type.",
                    "min and max belong to numbers and dates, each in its own type.",
                )
        if question.privacy != "bank" and question.type.startswith("bank_"):
            faults.add(
                "unknown_privacy",
                f"{section.id} > {question.id} > privacy",
                "une donnée bancaire porte la confidentialité « bank ».",
                'a bank detail bears the privacy "bank".',
            )


def _prove_names(form: Form, faults: Faults) -> None:
    known = {item.id for _, item in form.items()}
    for place, names in (("roles", form.roles), *form.decisions.items()):
        for key, name in names.items():
            if name not in known:
                faults.add(
                    "unknown_name",
                    f"{place} > {key}",
                    f"« {name} » n'est pas un élément du formulaire.",
                    f'"{name}" is not an item of the form.',
                )
