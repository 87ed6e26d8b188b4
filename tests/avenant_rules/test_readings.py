"""Each note on an open passage (AMB, CAMB, G) that a decision rests on is a setting, tried both ways."""

import re
from pathlib import Path

from avenant_rules.catalogue import all_rules
from avenant_rules.examples import example_files, examples_in
from avenant_rules.packs import CARRIERS, ROOT, pack_names, parse
from avenant_rules.settings import Setting, Settings, setting_files
from tests.support.rules import borne_by_tests, cited

NOTE = re.compile(r"[1-4]/(?:C?AMB|G)-[0-9]+")
SOURCES = (
    *ROOT.glob("avenant_rules/decisions/*/*.py"),
    *CARRIERS.glob("*/tables/*.toml"),
    *CARRIERS.glob("*/settings/*.toml"),
)
# Notes that leave a decision one reading only, and why there is nothing to choose.
ONE_READING = {
    "2/AMB-11": "the printed grid is shown and decides nothing",
    "2/AMB-17": "under 99 999 can only mean under 100 000: the literal words leave a hole",
    "2/AMB-20": "applied as printed; the note names no other list",
    "2/AMB-26": "the unit of an amount is the product's; the tables compare figures",
    "2/AMB-67": "the bureau's address changes no answer",
    "2/AMB-68": "a service without a company is ordered by hand in every reading",
    "3/CAMB-05": "the order is the text's, and no benefit is below zero",
    "4/G-27": "two figures of one screen disagree; the product of the tariff is right",
}


def settings() -> dict[tuple[str, str], Setting]:
    """Give every setting, by its pack and name."""
    return {
        (carrier, entry["id"]): Settings(carrier).setting(entry["id"])
        for carrier in pack_names()
        for path in setting_files(carrier)
        for entry in parse(path, path.read_bytes())["setting"]
    }


def notes() -> set[str]:
    """Give the notes that decisions, tables and settings cite."""
    written = {note for path in SOURCES for note in NOTE.findall(path.read_text("utf-8"))}
    return {note for note in {*written, *cited(), *all_rules()} if NOTE.fullmatch(note)}


def test_makes_each_note_a_setting_or_says_why_it_leaves_no_choice() -> None:
    chosen = {setting.note for setting in settings().values()}

    assert notes() - chosen - set(ONE_READING) == set()
    assert set(ONE_READING) & chosen == set()
    assert set(ONE_READING) <= notes()


def test_writes_each_note_down_and_bears_it_by_a_test() -> None:
    chosen = {setting.note for setting in settings().values()}

    assert chosen - set(all_rules()) == set()
    assert chosen - borne_by_tests() == set()


def test_offers_two_values_or_more() -> None:
    assert [name for name, setting in settings().items() if len(setting.values) < 2] == []


def test_tries_each_value_that_is_not_recommended() -> None:
    shown = {
        (path.parent.parent.name, name, value)
        for path in example_files()
        for example in examples_in(path)
        for name, value in example.settings.items()
    }
    named = [words_of(path) for path in (ROOT / "tests" / "avenant_rules").glob("*/test_*.py")]

    untried = [
        f"{name}={value}"
        for (carrier, name), setting in settings().items()
        for value in setting.values
        if value != setting.recommended
        and (carrier, name, value) not in shown
        and not any(name.partition(".")[2] in words and value in quoted for words, quoted in named)
    ]

    assert untried == []


def words_of(path: Path) -> tuple[set[str], set[str]]:
    """Give the words of a file of tests, and those that stand alone between quotes."""
    text = path.read_text("utf-8")
    return set(re.findall(r"\w+", text)), set(re.findall(r"[\"'](\w+)[\"']", text))


def test_is_read_by_the_decisions() -> None:
    sources = [path.read_text("utf-8") for path in SOURCES if "settings" not in path.parts]

    unread = [name for _, name in settings() if not any(f'"{name}"' in text for text in sources)]

    assert unread == []


def test_has_no_example_that_chooses_what_is_recommended() -> None:
    known = settings()

    idle = [
        f"{path.name}: {example.shows}"
        for path in example_files()
        for example in examples_in(path)
        for name, value in example.settings.items()
        if known[path.parent.parent.name, name].recommended == value
    ]

    assert idle == []
