"""The worked examples are answered for the reasons written in `reasons.toml`.

An outcome may be right and its explanation wrong, so both are compared. A reason is written as its
rule with the row, the figure or the sentence that says it; a chosen reading as `setting=value`.

    python -m tests.avenant_rules.test_reasons     writes the file anew: read what `git diff` shows
"""

import json
import tomllib
from datetime import date
from pathlib import Path

from avenant_rules.because import Because
from avenant_rules.errors import MissingFacts, RuleError
from avenant_rules.examples import Example, example_files, examples_in
from avenant_rules.registry import find
from avenant_rules.settings import Settings
from avenant_rules.tables import tables_for

WRITTEN = Path(__file__).with_name("reasons.toml")
TODAY = date(2026, 11, 24)


def reasons_of(decision: str, example: Example, carrier: str) -> list[str]:
    """Give the reasons of one example's answer, in their order."""
    found, settings = find(decision), Settings(carrier, example.settings)
    because = Because(settings)
    try:
        facts = found.read(example.input)
        found.call(facts, tables_for(carrier, example.as_of or TODAY), because, settings)
    except MissingFacts as missing:
        return [*because.labels(), f"missing {' '.join(sorted(missing.names))}"]
    except RuleError as error:
        return [error.code]
    return because.labels()


def reasons_now() -> dict[str, dict[str, list[str]]]:
    """Give the reasons of every example, by decision and by what the example shows."""
    return {
        f"{path.parent.parent.name}/{path.stem}": {
            example.shows: reasons_of(path.stem, example, path.parent.parent.name)
            for example in examples_in(path)
        }
        for path in example_files()
    }


def test_answers_the_worked_examples_for_the_reasons_written() -> None:
    written = tomllib.loads(WRITTEN.read_text("utf-8"))

    now = reasons_now()

    assert set(now) == set(written)
    wrong = {
        f"{decision}: {shows}": (found, written[decision].get(shows))
        for decision, examples in now.items()
        for shows, found in examples.items()
        if found != written[decision].get(shows)
    }
    assert wrong == {}
    assert {name: list(one) for name, one in now.items()} == {
        name: list(one) for name, one in written.items()
    }


def test_shows_each_example_of_a_decision_under_words_of_its_own() -> None:
    shown = {path: [one.shows for one in examples_in(path)] for path in example_files()}

    assert [
        path.name for path, all_shown in shown.items() if len(set(all_shown)) < len(all_shown)
    ] == []


def write() -> None:
    """Write the reasons of today."""
    lines = ["# Why each worked example is answered as it is: see test_reasons.py."]
    for decision, examples in reasons_now().items():
        lines += ["", f"[{json.dumps(decision)}]"]
        lines += [
            f"{json.dumps(shows, ensure_ascii=False)} = {json.dumps(reasons, ensure_ascii=False)}"
            for shows, reasons in examples.items()
        ]
    WRITTEN.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write()
