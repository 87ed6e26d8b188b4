"""Whole decisions and a look-up beside zen-engine: the same facts, the same answers, one run.

    python -m benchmarks decisions          a table of times and ratios

Both are called as a Python program calls them: facts in a dict, as JSON gives them, and the answer as
each gives it. zen has the same rules in its own decision models (`benchmarks/zen_models.py`), loaded
once by its static loader. Each round makes new facts, lets each side answer them in turn and then
compares every answer that was timed.
"""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from statistics import median, quantiles
from typing import Any

import zen

from avenant_rules.decision import Answer, decide
from avenant_rules.tables import Age, tables_for, today
from benchmarks.decision_facts import facts_for, with_numbers
from benchmarks.rows import Row
from benchmarks.zen_models import CHECKED, GRID, REQUIREMENTS, UPLIFT, models

ROUNDS, WARM_UP, CASES = 41, 5, 200
TRACE = {"trace": True}
TIMES_QUICKER, TIMES_QUICKER_EXPLAINED = 10, 4

type Side = Callable[[Any], Any]


@dataclass
class Pair:
    """Two sides that are timed on the same cases, and must say the same."""

    name: str
    aim: float
    peer: str
    ours: Side
    theirs: Side
    says_the_same: Callable[[Any, Any], bool]
    times: list[tuple[float, float]] = field(default_factory=list)

    def turn(self, cases: Sequence[tuple[Any, Any]], *, is_ours_first: bool) -> None:
        """Time both on these cases, ours and theirs, and compare what they said."""
        sides = [(self.ours, [mine for mine, _ in cases]), (self.theirs, [one for _, one in cases])]
        taken = [timed(*side) for side in (sides if is_ours_first else reversed(sides))]
        ours, theirs = taken if is_ours_first else reversed(taken)
        for case, mine, other in zip(cases, ours[1], theirs[1], strict=True):
            if not self.says_the_same(mine, other):
                raise DifferentAnswersError(f"{self.name}: {case[0]}: {mine}, {self.peer}: {other}")
        self.times.append((ours[0], theirs[0]))

    def row(self) -> Row:
        """The medians of the rounds after the first few, and the ratio that 95 % of them reach."""
        kept = self.times[WARM_UP:]
        least = quantiles([theirs / ours for ours, theirs in kept], n=20)[0]
        ours, theirs = (median(one) / CASES for one in zip(*kept, strict=True))
        return Row(self.name, ours, self.peer, theirs, self.aim, reached=least)


class DifferentAnswersError(Exception):
    """Two sides that must say the same do not: their times are not worth comparing."""


def timed(answer: Side, cases: Sequence[Any]) -> tuple[float, list[Any]]:
    """Processor seconds for all of them, and the answers."""
    gc.collect()  # what the other side left is not collected in this one's time
    start = time.process_time()
    answers = [answer(case) for case in cases]
    return time.process_time() - start, answers


def run() -> list[Row]:
    """Let both answer, round after round; a row for each pair."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": models()}})
    groups = [
        (decision_pairs(engine, REQUIREMENTS, "requirements"), cases_of(REQUIREMENTS)),
        (decision_pairs(engine, UPLIFT, "income uplift"), cases_of(UPLIFT)),
        (look_up_pairs(engine), known_cases),
    ]
    for number in range(WARM_UP + ROUNDS):
        for pairs, cases in groups:
            for place, pair in enumerate(pairs):
                pair.turn(cases(10 * number + place), is_ours_first=bool(number % 2))
    return [pair.row() for pairs, _ in groups for pair in pairs]


def decision_pairs(engine: Any, name: str, title: str) -> list[Pair]:
    """A decision: the outcome beside zen's, the facts checked or not; explained beside its trace."""
    checked = name + CHECKED
    return [
        Pair(
            f"{title}: one decision", TIMES_QUICKER, "zen-engine",
            lambda facts: decide(name, facts),
            lambda facts: engine.evaluate(checked, facts), same_outcome,
        ),
        Pair(
            "  beside one that checks no fact", TIMES_QUICKER, "zen-engine",
            lambda facts: decide(name, facts),
            lambda facts: engine.evaluate(name, facts), same_outcome,
        ),
        Pair(
            "  explained, in sentences", TIMES_QUICKER_EXPLAINED, "zen-engine, trace",
            lambda facts: explained(name, facts),
            lambda facts: engine.evaluate(checked, facts, TRACE), same_explained,
        ),
        Pair(
            "  explained, without words", TIMES_QUICKER_EXPLAINED, "zen-engine, trace",
            lambda facts: noted(name, facts),
            lambda facts: engine.evaluate(checked, facts, TRACE), same_explained,
        ),
    ]  # fmt: skip


def look_up_pairs(engine: Any) -> list[Pair]:
    """One printed grid, the age and the amount known."""
    match = tables_for("croix_bleue", today()).get(GRID).match
    return [
        Pair(
            "one look-up in a table", TIMES_QUICKER, "zen-engine",
            lambda known: match(age=known[0], amount=known[1]),
            lambda facts: engine.evaluate(GRID, facts), same_cell,
        ),
        Pair(
            "  with its citation", TIMES_QUICKER_EXPLAINED, "zen-engine, trace",
            lambda known: cited(match(age=known[0], amount=known[1])),
            lambda facts: engine.evaluate(GRID, facts, TRACE),
            lambda mine, other: same_cell(mine[0], other),
        ),
    ]  # fmt: skip


def cases_of(name: str) -> Callable[[int], list[tuple[Any, Any]]]:
    """For a seed: new facts for us, and the same for zen."""
    return lambda seed: [(one, with_numbers(one)) for one in facts_for(name, CASES, seed)]


def known_cases(seed: int) -> list[tuple[Any, Any]]:
    """For a seed: ages and amounts for us, and the same for zen."""
    chance = Random(seed)
    cases = []
    for _ in range(CASES):
        days, cents = chance.randrange(1, 80 * 365), chance.randrange(1, 120_000_000)
        age = Age(days * 4 // 1461, days)
        facts = {"age": age.years or days / 1000, "amount": cents / 100}
        cases.append(((age, Decimal(cents) / 100), facts))
    return cases


def explained(name: str, facts: Any) -> tuple[Answer[Any], list[Any]]:
    """Our answer, and why in French."""
    answer = decide(name, facts)
    return answer, answer.because


def noted(name: str, facts: Any) -> tuple[Answer[Any], list[str]]:
    """Our answer, and why without words: rules, rows and values, as zen's trace has them."""
    answer = decide(name, facts)
    return answer, answer._noted.labels()


def cited(cell: Any) -> tuple[Any, str]:
    """The cell, and where it is printed."""
    return cell, cell.source


def same_outcome(mine: Answer[Any], other: dict[str, Any]) -> bool:
    """Whether each field of the outcome is the same: amounts to the cent, lists whatever the order."""
    theirs = other["result"]
    fields = type(mine.outcome).__struct_fields__
    return all(is_same(getattr(mine.outcome, name), theirs.get(name)) for name in fields)


def is_same(mine: Any, theirs: Any) -> bool:
    """Whether a field is the same on both sides."""
    if isinstance(mine, Decimal):
        return theirs is not None and mine == Decimal(str(theirs))
    if isinstance(mine, frozenset):
        return theirs is not None and mine == frozenset(theirs)
    return bool(mine == theirs)


def same_explained(mine: tuple[Answer[Any], list[Any]], other: dict[str, Any]) -> bool:
    """Whether the outcome is the same, for the same cell of the same printed table."""
    answer, reasons = mine
    if not reasons or not same_outcome(answer, other):
        return False
    matched = other["trace"].get("table", {}).get("traceData")
    if matched is None:
        return True
    cell: str = matched["rule"]["_id"]
    return cell in {f"{one.table}/{one.row}" for one in answer.because}


def same_cell(mine: Any, other: dict[str, Any]) -> bool:
    """Whether both give the same cell, or none."""
    theirs = other["result"].get("cell")
    return mine.is_outside if theirs is None else mine.value == frozenset(theirs)
