"""What may follow what: the states of an application, a section, a call, a signature, a file.

Each machine is a table in `machines/*.toml`, read alike by the pages, the actions and the decisions.
A step that is not written does not exist and is refused.

    step("section", "filled", "send", is_client_connected=True)   # "sent"
    step("section", "filled", "agree")                            # raises StepRefused("not_sent")
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from avenant_rules.errors import Bilingual, StepRefused

FOLDER = Path(__file__).parent / "machines"
SAME = "same"
NOT_POSSIBLE = "step_not_possible"


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From any of these states, this trigger leads there, provided the needed facts hold.

    `needs` maps a fact to the code of the refusal when it is false.
    """

    from_states: list[str] = msgspec.field(name="from")
    on: str
    to: str
    rule: str
    needs: dict[str, str] = {}


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code to give when a step that is not written is tried."""

    from_states: list[str] = msgspec.field(name="from")
    on: str
    code: str


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One transition table: its states and triggers by name, with their words in both languages."""

    id: str
    title: Bilingual
    source: str
    initial: str
    states: dict[str, Bilingual]
    triggers: dict[str, Bilingual]
    step: list[Step]
    refusal: list[Refusal] = []

    def find(self, state: str, trigger: str) -> Step | None:
        """The step written for this state and trigger, or None."""
        return _by_state_and_trigger(self.id).get((state, trigger))


@cache
def machine(name: str) -> Machine:
    """The machine called `name`. Raises `LookupError` when there is none."""
    path = FOLDER / f"{name}.toml"
    if not name.isidentifier() or not path.exists():
        raise LookupError(f"no machine called {name!r}")
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Machine)


def machine_names() -> list[str]:
    """The names of all machines."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def _by_state_and_trigger(name: str) -> dict[tuple[str, str], Step]:
    return {(state, step.on): step for step in machine(name).step for state in step.from_states}


def step(name: str, state: str, trigger: str, **facts: bool) -> str:
    """The state that follows `state` after `trigger`.

    `facts`: the facts the step needs (`Step.needs`), all of them, each true or false.

    Raises:
        StepRefused: the step is not written, or a fact it needs is false; `code` says which.
        LookupError: the machine, the state or the trigger does not exist.
        TypeError: a fact the step needs was not passed.
    """
    table = machine(name)
    if state not in table.states or trigger not in table.triggers:
        raise LookupError(f"{name} has no state {state!r} or no trigger {trigger!r}")
    found = table.find(state, trigger)
    if found is None:
        raise _refused(table, state, trigger, _refusal_code(table, state, trigger))
    for fact, code in found.needs.items():
        if fact not in facts:
            raise TypeError(f"{name}: the step {trigger!r} needs to be told {fact!r}")
        if facts[fact] is not True:
            raise _refused(table, state, trigger, code)
    return state if found.to == SAME else found.to


def _refusal_code(table: Machine, state: str, trigger: str) -> str:
    for refusal in table.refusal:
        if refusal.on == trigger and state in refusal.from_states:
            return refusal.code
    return NOT_POSSIBLE


def _refused(table: Machine, state: str, trigger: str, code: str) -> StepRefused:
    says = {
        "fr": f"{table.title['fr']} : « {table.triggers[trigger]['fr']} » n'est pas possible "
        f"({table.states[state]['fr']} ; {code}).",
        "en": f"{table.title['en']}: “{table.triggers[trigger]['en']}” is not possible "
        f"({table.states[state]['en']}; {code}).",
    }
    return StepRefused(code, says)


def faults_of(table: Machine) -> list[str]:
    """What is wrong with a machine's file, in sentences; empty when it is sound."""
    faults: list[str] = []
    seen: set[tuple[str, str]] = set()
    if table.initial not in table.states:
        faults.append(f"{table.id}: the initial state {table.initial!r} is not among the states.")
    for found in table.step:
        if found.to != SAME and found.to not in table.states:
            faults.append(f"{table.id}: the step on {found.on!r} leads to unknown {found.to!r}.")
        for state in found.from_states:
            if (state, found.on) in seen:
                faults.append(f"{table.id}: {state!r} has two steps on {found.on!r}.")
            seen.add((state, found.on))
    written = [(one.on, one.from_states) for one in table.step]
    written += [(one.on, one.from_states) for one in table.refusal]
    for trigger, states in written:
        if trigger not in table.triggers:
            faults.append(f"{table.id}: the trigger {trigger!r} is not declared.")
        faults.extend(
            f"{table.id}: the state {state!r} (on {trigger!r}) is not declared."
            for state in states
            if state not in table.states
        )
    for refusal in table.refusal:
        faults.extend(
            f"{table.id}: {state!r} on {refusal.on!r} is both a step and a refusal."
            for state in refusal.from_states
            if (state, refusal.on) in seen
        )
    reached = {found.to for found in table.step} | {table.initial}
    faults.extend(
        f"{table.id}: nothing leads to the state {state!r}."
        for state in table.states
        if state not in reached
    )
    return faults
