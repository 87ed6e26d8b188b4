"""The rules of two decisions and of one look-up as zen-engine's own JSON decision models.

The tables are made from the pack's files, the facts' schemas from the decisions' own; the formulas are
written in zen's expressions, with the readings that the pack has chosen. Amounts are numbers for zen.

Tried and slower: a switch to one table node a printed table; cells as texts to split; the same dates
read where they are needed.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from avenant_rules.packs import CARRIERS, parse
from avenant_rules.registry import find

TABLES = CARRIERS / "croix_bleue" / "tables"
REQUIREMENTS, UPLIFT = "underwriting.requirements", "underwriting.income_uplift"
GRID, CHECKED = "requirements_3_1_3", " with the facts checked"

type Model = dict[str, Any]

START: Model = {"id": "facts", "type": "inputNode", "name": "facts"}
END: Model = {"id": "outcome", "type": "outputNode", "name": "outcome"}

# What the table reads.
PERSON = {
    "on": "d(subscription_date)",
    "since": "$.on.sub('12M')",
    "years": "$.on.diff(d(birth_date), 'year')",
    "age": "$.years > 0 ? $.years : $.on.diff(d(birth_date), 'day') / 1000",
    "amount": "requested_amount + (in_force_coverage == null ? 0 : "
    "sum(map(filter(in_force_coverage, d(#.in_force_since).isSameOrBefore($.on) and "
    "d(#.in_force_since).isSameOrAfter($.since)), #.amount))) + "
    "(coverage == 'disability_sickness' ? (overhead_amount ?? 0) * 50 / 100 : 0)",
}
# What follows from its cell for this person.
ASKED = {
    "attained_age_years": "years",
    "amount_used": "round(amount, 2)",
    "is_offered": "cell != null",
    "requirements": "cell == null ? null : map(filter(cell, # != 'blood_profile_printed_twice' and "
    "(# != 'lifestyle_questionnaire_for_hybrid' or $root.coverage in "
    "['critical_illness_hybrid', 'loss_of_autonomy_hybrid'])), "
    "# == 'blood_profile_with_psa_for_men' ? "
    "($root.sex == 'male' ? 'blood_profile_with_psa' : 'blood_profile') : "
    "(# == 'lifestyle_questionnaire_for_hybrid' ? 'lifestyle_questionnaire' : "
    "(# == 'regular_inspection_report' and $root.coverage == 'disability_hybrid' and "
    "$root.amount >= 4500 ? 'extended_inspection_report' : #)))",
    "additional_documents": "coverage == 'overhead_expense' or (coverage == 'disability_sickness' "
    "and (overhead_amount ?? 0) > 0) ? ['business_expenses_questionnaire'] : []",
    "interview_respondent": "'phone_interview' in ($.requirements ?? []) ? "
    "(years > 15 ? 'insured' : 'policyholder') : null",
    "issued_on_receipt_amount": "granted_amount == null ? null : "
    "min([granted_amount, requested_amount])",
    "excess_amount": "granted_amount == null ? null : "
    "requested_amount - $.issued_on_receipt_amount",
}
# The steps of the income uplift: who has it, the two years, the one that counts, what is added.
STEPS = {
    "is_company": "employment_status == 'incorporated_owner'",
    "share": "(share_percent ?? 0) / 100",
    "net": "$.is_company ? company_profit_by_year : (net_income_by_year ?? "
    "[gross_income_by_year[0] - business_expenses_by_year[0], "
    "gross_income_by_year[1] - business_expenses_by_year[1]])",
    "is_eligible": "employment_status != 'salaried' and "
    "occupational_class in ['B', 'A', '2A', '3A', '4A'] and years_in_field >= 2 and "
    "has_two_years_of_returns_and_statements and min($.net) >= 0 and "
    "(not $.is_company or (shareholder_count <= 4 and share_percent >= 20))",
    "part": "$.is_company ? [$.share * $.net[0], $.share * $.net[1]] : $.net",
    "income": "$.is_company ? [$.part[0] + employment_income_by_year[0], "
    "$.part[1] + employment_income_by_year[1]] : $.net",
    "gross": "$.is_company ? [$.share * gross_income_by_year[0] + employment_income_by_year[0], "
    "$.share * gross_income_by_year[1] + employment_income_by_year[1]] : gross_income_by_year",
    "lower": "$.income[1] < $.income[0] or "
    "($.income[1] == $.income[0] and $.gross[1] < $.gross[0]) ? 1 : 0",
    "is_mean": "occupational_class in ['3A', '4A']",
    "base": "round($.is_mean ? ($.income[0] + $.income[1]) / 2 : $.income[$.lower], 2)",
    "bears_on": "$.is_mean ? ($.part[0] + $.part[1]) / 2 : $.part[$.lower]",
    "limit": "round($.is_mean ? ($.gross[0] + $.gross[1]) / 2 : $.gross[$.lower], 2)",
    "uplifted": "min([$.base + round(min([$.bears_on * 20 / 100, 40000]), 2), $.limit])",
}
UPLIFTED = {
    "is_eligible": "is_eligible",
    "income_before_uplift": "is_eligible ? base : null",
    "uplift_amount": "is_eligible ? max([uplifted - base, 0]) : 0",
    "uplifted_income": "is_eligible ? uplifted : null",
}


def models() -> dict[str, Model]:
    """All of them by name, as zen's static loader takes them."""
    table = [rule for name, coverages in tables_by_coverage() for rule in cells(name, coverages)]
    found = {GRID: graph([START, table_node(cells(GRID), ("age", "amount")), END])}
    for name, nodes in {
        REQUIREMENTS: [
            expressions("person", PERSON),
            table_node(table, ("coverage", "age", "amount")),
            expressions("asked", ASKED, is_outcome=True),
        ],
        UPLIFT: [expressions("steps", STEPS), expressions("uplifted", UPLIFTED, is_outcome=True)],
    }.items():
        checked = START | {"content": {"schema": json.dumps(schema(name))}}
        found[name] = graph([START, *nodes, END])
        found[name + CHECKED] = graph([checked, *nodes, END])
    return found


def graph(nodes: list[Model]) -> Model:
    """The nodes one after the other."""
    edges = [
        {
            "id": f"{start['id']}-{end['id']}",
            "type": "edge",
            "sourceId": start["id"],
            "targetId": end["id"],
        }
        for start, end in pairwise(nodes)
    ]
    return {"nodes": nodes, "edges": edges}


def expressions(name: str, values: dict[str, str], *, is_outcome: bool = False) -> Model:
    """A node that works these values out, beside what came in unless they are the outcome."""
    written = [{"id": key, "key": key, "value": value} for key, value in values.items()]
    content = {"passThrough": not is_outcome, "expressions": written}
    return {"id": name, "type": "expressionNode", "name": name, "content": content}


def table_node(rules: list[dict[str, str]], columns: tuple[str, ...]) -> Model:
    """The rules as a decision table: the first that holds gives its cell."""
    content = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [{"id": name, "name": name, "field": name} for name in columns],
        "outputs": [{"id": "cell", "name": "cell", "field": "cell"}],
        "rules": [
            {name: rule[name] for name in ("_id", *columns, "cell") if name in rule}
            for rule in rules
        ],
    }
    return {"id": "table", "type": "decisionTableNode", "name": "table", "content": content}


def tables_by_coverage() -> list[tuple[str, list[str]]]:
    """The file of each printed table, and the coverages it speaks of."""
    version = latest("requirement_tables")
    rows = [dict(zip(version["columns"], row, strict=True)) for row in version["rows"]]
    return [
        (row["table"], row["coverage"] if isinstance(row["coverage"], list) else [row["coverage"]])
        for row in rows
    ]


def cells(name: str, coverages: list[str] | None = None) -> list[dict[str, str]]:
    """The cells of a printed table as zen's rules; one that offers nothing is none."""
    version = latest(name)
    return [
        {
            "_id": f"underwriting.{name}/r{down}c{across}",
            "coverage": ", ".join(f"'{one}'" for one in coverages or []),
            "age": ages(row[1]),
            "amount": version["columns"][across - 1][1],
            "cell": "[" + ", ".join(f"'{one}'" for one in cell) + "]",
        }
        for down, row in enumerate(version["rows"], 1)
        for across, cell in enumerate(row[2:], 1)
        if cell != "not_offered"
    ]


def ages(band: str) -> str:
    """`30 days..15` as zen writes it: years, and the days of the first one in thousandths."""
    low, _, high = band.partition("..")
    number, _, unit = low.partition(" ")
    low = str(int(number) / 1000) if unit else number
    return f"[{low}..{high}]" if high else f">= {low}"


def latest(name: str) -> Model:
    """The latest version of a table file."""
    path: Path = TABLES / f"{name}.toml"
    version: Model = parse(path, path.read_bytes())["version"][-1]
    return version


def schema(name: str) -> Model:
    """The decision's own schema of its facts, with amounts as numbers."""
    return numbers_for_texts(find(name).input_schema)


def numbers_for_texts(schema: Any) -> Any:
    """The schema with a number wherever a written one is asked for."""
    if isinstance(schema, list):
        return [numbers_for_texts(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "[0-9]" in schema.get("pattern", ""):
        is_nullable = schema["type"] != "string"
        return {"type": ["number", "null"] if is_nullable else "number"}
    return {key: numbers_for_texts(value) for key, value in schema.items()}
