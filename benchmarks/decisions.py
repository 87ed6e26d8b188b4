"""Underwriting requirements beside zen-engine: the same facts, the same answers, one run.

    python -m benchmarks.decisions          a table of times and ratios; 1 when one is not reached

Zen gets the seven printed tables as one decision, made from the pack's own files and loaded once by
its static loader: an expression for the attained age and the total amount, the table, an expression
for what depends on the person. Amounts are given to it as plain numbers. We are timed as everybody
calls us, with facts as JSON gives them: once for the outcome, once with every reason written out.
"""

import sys
import time
from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import zen

from avenant_rules.decision import decide
from avenant_rules.packs import CARRIERS, parse

TABLES = CARRIERS / "croix_bleue" / "tables"
NAME = "underwriting.requirements"
COVERAGES = ("disability_sickness", "term_life_65", "critical_illness_hybrid", "facility_care")
BIRTHS = ("2008-03-10", "1995-06-15", "1980-06-16", "1970-01-31", "1960-12-24")
AMOUNTS = ("4999.00", "5000.01", "100000.00", "250001.00", "900000.00")
ROUNDS = 30
REPEATS = 9
SMALLEST_RATIO, SMALLEST_EXPLAINED_RATIO = 10, 4


def main() -> int:
    """Time both, compare the answers, print the table; 1 when a ratio is not reached."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {NAME: zen_decision()}}})
    ours = [facts_of(*case) for case in product(COVERAGES, BIRTHS, AMOUNTS)]
    theirs = [zen_facts(facts) for facts in ours]
    for mine, facts in zip(ours, theirs, strict=True):
        check_same(mine, engine.evaluate(NAME, facts)["result"])

    trace = {"trace": True}
    runs: list[tuple[str, Callable[[], Any]]] = [
        ("avenant", lambda: [outcome(facts) for facts in ours]),
        ("zen-engine", lambda: [engine.evaluate(NAME, facts) for facts in theirs]),
        ("avenant, every reason in words", lambda: [explained(facts) for facts in ours]),
        ("zen-engine, with trace", lambda: [engine.evaluate(NAME, one, trace) for one in theirs]),
    ]
    times = best_of_each([run for _, run in runs])
    ratios = (times[1] / times[0], times[3] / times[2])
    for place, (name, _) in enumerate(runs):
        ratio = f"   {ratios[place // 2]:5.1f} times slower" if place % 2 else ""
        sys.stdout.write(f"{name:32} {times[place] / len(ours) * 1e6:8.1f} µs a decision{ratio}\n")
    return 0 if ratios[0] >= SMALLEST_RATIO and ratios[1] >= SMALLEST_EXPLAINED_RATIO else 1


def outcome(facts: dict[str, Any]) -> Any:
    """Our answer without its reasons."""
    return decide(NAME, facts).outcome


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


def zen_decision() -> dict[str, Any]:
    """The whole decision for zen."""
    rules = [rule for name, coverages in tables_by_coverage() for rule in grid(name, coverages)]
    columns = ("coverage", "age", "amount")
    table = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [{"id": name, "name": name, "field": name} for name in columns],
        "outputs": [{"id": "value", "name": "value", "field": "value"}],
        "rules": [{"_id": str(place), **rule} for place, rule in enumerate(rules)],
    }
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
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        expressions("person", person),
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        expressions("asked", asked),
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    path = [node["id"] for node in nodes]
    edges = [
        {"id": f"{start}-{end}", "type": "edge", "sourceId": start, "targetId": end}
        for start, end in pairwise(path)
    ]
    return {"nodes": nodes, "edges": edges}


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


if __name__ == "__main__":
    raise SystemExit(main())
