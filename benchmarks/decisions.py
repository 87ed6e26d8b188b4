"""Underwriting requirements beside zen-engine: the same facts, the same answers, one run.

    python -m benchmarks decisions          a table of times and ratios

The whole decision: zen gets the seven printed tables as one decision, made from the pack's own files
and loaded once by its static loader: an expression for the attained age and the total amount, the
table, an expression for what depends on the person; amounts are plain numbers for it. We are timed as
everybody calls us, with facts as JSON gives them, checked, and exact amounts: once for the outcome,
once with the rows that decided, once with every reason written out in French (zen's trace has rows and
values, no words).

The look-up alone: one printed grid in both, age and amount known.
"""

import time
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import zen

from avenant_rules.decision import decide
from avenant_rules.packs import CARRIERS, parse
from avenant_rules.tables import Age, tables_for, today
from avenant_rules.tables import Row as TableRow
from benchmarks.rows import Row

TABLES = CARRIERS / "croix_bleue" / "tables"
NAME = "underwriting.requirements"
COVERAGES = ("disability_sickness", "term_life_65", "critical_illness_hybrid", "facility_care")
BIRTHS = ("2008-03-10", "1995-06-15", "1980-06-16", "1970-01-31", "1960-12-24")
AGES = (17, 30, 45, 55, 62)
AMOUNTS = ("4999.00", "5000.01", "100000.00", "250001.00", "900000.00")
ROUNDS = 30
REPEATS = 9
GRID, GRID_COVERAGES = "requirements_3_1_3", ["critical_illness_hybrid"]

# How many times quicker we want to be: outcome, rows, reasons in words, look-up, citation.
AIMS = (10, 4, 4, 10, 4)


def run() -> list[Row]:
    """Compare the answers, time both, a row for each pair."""
    content = {NAME: zen_decision(), GRID: zen_table(grid(GRID, GRID_COVERAGES))}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
    ours = [facts_of(*case) for case in product(COVERAGES, BIRTHS, AMOUNTS)]
    theirs = [zen_facts(facts) for facts in ours]
    for mine, facts in zip(ours, theirs, strict=True):
        check_same(mine, engine.evaluate(NAME, facts)["result"])
    known = [(Age(age, 366 * age), Decimal(amount)) for age, amount in product(AGES, AMOUNTS)]
    known_to_zen = [
        {"coverage": GRID_COVERAGES[0], "age": age.years, "amount": float(amount)}
        for age, amount in known
    ]
    match = tables_for("croix_bleue", today()).get(GRID).match
    for (age, amount), facts in zip(known, known_to_zen, strict=True):
        check_same_cell(match(age=age, amount=amount), engine.evaluate(GRID, facts)["result"])

    trace = {"trace": True}
    runs: list[tuple[str, int, Callable[[], Any]]] = [
        ("a whole decision, outcome", len(ours), lambda: [outcome(facts) for facts in ours]),
        ("zen-engine", len(ours), lambda: [engine.evaluate(NAME, one) for one in theirs]),
        ("  with the rows that decided", len(ours), lambda: [decided(facts) for facts in ours]),
        (
            "zen-engine, trace",
            len(ours),
            lambda: [engine.evaluate(NAME, one, trace) for one in theirs],
        ),
        ("  with every reason in words", len(ours), lambda: [explained(facts) for facts in ours]),
        ("zen-engine, trace", len(ours),
         lambda: [engine.evaluate(NAME, one, trace) for one in theirs]),
        ("one look-up in a table", len(known),
         lambda: [match(age=age, amount=amount) for age, amount in known]),
        ("zen-engine", len(known), lambda: [engine.evaluate(GRID, one) for one in known_to_zen]),
        ("  with its citation", len(known),
         lambda: [match(age=age, amount=amount).source for age, amount in known]),
        ("zen-engine, trace", len(known),
         lambda: [engine.evaluate(GRID, one, trace) for one in known_to_zen]),
    ]  # fmt: skip
    each = [
        (name, seconds / count)
        for (name, count, _), seconds in zip(
            runs, best_of_each([work for _, _, work in runs]), strict=True
        )
    ]
    return [
        Row(name, seconds, peer, peer_seconds, aim)
        for (name, seconds), (peer, peer_seconds), aim in zip(
            each[::2], each[1::2], AIMS, strict=True
        )
    ]


def outcome(facts: dict[str, Any]) -> Any:
    """Our answer without its reasons."""
    return decide(NAME, facts).outcome


def decided(facts: dict[str, Any]) -> set[int]:
    """The rows that decided, as zen's trace has them: without words."""
    return decide(NAME, facts)._noted.decided()


def explained(facts: dict[str, Any]) -> list[Any]:
    """Our reasons in words."""
    return decide(NAME, facts).because


def facts_of(coverage: str, birth_date: str, amount: str) -> dict[str, Any]:
    """A woman who subscribes on 15 June 2025 and was given 1,000 two months before."""
    return {
        "coverage": coverage,
        "sex": "female",
        "birth_date": birth_date,
        "subscription_date": "2025-06-15",
        "requested_amount": amount,
        "in_force_coverage": [{"amount": "1000.00", "in_force_since": "2025-04-15"}],
    }


def zen_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts with amounts as numbers."""
    held = [
        {"amount": float(one["amount"]), "in_force_since": one["in_force_since"]}
        for one in facts["in_force_coverage"]
    ]
    amount = float(facts["requested_amount"])
    return facts | {"requested_amount": amount, "in_force_coverage": held}


def check_same(facts: dict[str, Any], result: dict[str, Any]) -> None:
    """Stop when the two do not say the same."""
    mine = outcome(facts)
    theirs = None if result.get("value") in (None, "not_offered") else frozenset(result["asked"])
    if mine.requirements != theirs or float(mine.amount_used) != float(result["amount"]):
        raise SystemExit(f"different answers for {facts}: {mine}, zen {result}")


def check_same_cell(cell: TableRow, result: dict[str, Any]) -> None:
    """Stop when the two do not give the same cell."""
    mine = None if cell.is_outside else cell.value
    value = (result or {}).get("value")
    theirs = None if value in (None, "not_offered") else frozenset(value.split(" "))
    if mine != theirs:
        raise SystemExit(f"different cells: {cell}, zen {result}")


def zen_table(rules: list[dict[str, str]]) -> dict[str, Any]:
    """One decision table for zen, first match."""
    table = table_node(rules, passes_through=False)
    return graph([START, table, END])


START = {"id": "in", "type": "inputNode", "name": "in"}
END = {"id": "out", "type": "outputNode", "name": "out"}


def table_node(rules: list[dict[str, str]], *, passes_through: bool) -> dict[str, Any]:
    """The rules as zen's decision table."""
    columns = ("coverage", "age", "amount")
    table = {
        "hitPolicy": "first",
        "passThrough": passes_through,
        "inputs": [{"id": name, "name": name, "field": name} for name in columns],
        "outputs": [{"id": "value", "name": "value", "field": "value"}],
        "rules": [{"_id": str(place), **rule} for place, rule in enumerate(rules)],
    }
    return {"id": "table", "type": "decisionTableNode", "name": "table", "content": table}


def graph(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The nodes one after the other."""
    path = [node["id"] for node in nodes]
    edges = [
        {"id": f"{start}-{end}", "type": "edge", "sourceId": start, "targetId": end}
        for start, end in pairwise(path)
    ]
    return {"nodes": nodes, "edges": edges}


def zen_decision() -> dict[str, Any]:
    """The whole decision for zen."""
    rules = [rule for name, coverages in tables_by_coverage() for rule in grid(name, coverages)]
    person = {
        "age": "d(subscription_date).diff(d(birth_date), 'year')",
        "amount": "requested_amount + sum(map(filter(in_force_coverage, "
        "d(#.in_force_since).isSameOrAfter(d($root.subscription_date).sub('12M'))), #.amount))",
    }
    asked = {
        "asked": "map(filter(split(value ?? '', ' '), # != 'blood_profile_printed_twice'), "
        "# == 'blood_profile_with_psa_for_men' ? (sex == 'male' ? 'blood_profile_with_psa' : "
        "'blood_profile') : (# == 'lifestyle_questionnaire_for_hybrid' ? "
        "'lifestyle_questionnaire' : #))",
    }
    table = table_node(rules, passes_through=True)
    return graph([START, expressions("person", person), table, expressions("asked", asked), END])


def expressions(name: str, values: dict[str, str]) -> dict[str, Any]:
    """An expression node that adds these values to what came in."""
    written = [{"id": key, "key": key, "value": value} for key, value in values.items()]
    return {
        "id": name,
        "type": "expressionNode",
        "name": name,
        "content": {"passThrough": True, "expressions": written},
    }


def tables_by_coverage() -> list[tuple[str, list[str]]]:
    """The file of each printed table, and the coverages it speaks of."""
    version = read(TABLES / "requirement_tables.toml")
    names = version["columns"]
    rows = [dict(zip(names, row, strict=True)) for row in version["rows"]]
    return [
        (row["table"], row["coverage"] if isinstance(row["coverage"], list) else [row["coverage"]])
        for row in rows
    ]


def grid(name: str, coverages: list[str]) -> list[dict[str, str]]:
    """The cells of a printed table as zen's rules."""
    version = read(TABLES / f"{name}.toml")
    return [
        {
            "coverage": ", ".join(f"'{one}'" for one in coverages),
            "age": ages(row[1]),
            "amount": version["columns"][place][1],
            "value": f"'{cell if isinstance(cell, str) else ' '.join(cell)}'",
        }
        for row in version["rows"]
        for place, cell in enumerate(row[2:])
    ]


def ages(band: str) -> str:
    """`16..40` as zen writes it; only ages of a year and more are compared here."""
    low, _, high = band.partition("..")
    low = "0" if "days" in low else low
    return f"[{low}..{high}]" if high else f">= {low}"


def read(path: Path) -> dict[str, Any]:
    """The latest version of a table file."""
    version: dict[str, Any] = parse(path, path.read_bytes())["version"][-1]
    return version


def best_of_each(runs: list[Callable[[], Any]]) -> list[float]:
    """The shortest time of each, in seconds, taken in turn: noise only ever adds."""
    shortest = [float("inf")] * len(runs)
    for _ in range(REPEATS):
        for place, run in enumerate(runs):
            start = time.perf_counter()
            for _ in range(ROUNDS):
                run()
            shortest[place] = min(shortest[place], (time.perf_counter() - start) / ROUNDS)
    return shortest
