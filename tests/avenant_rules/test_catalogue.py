"""The catalogue of rules: what decisions and packs cite is written down, and tests bear it."""

from pathlib import Path

from avenant_rules.catalogue import all_rules, misplaced, rule_entry
from avenant_rules.registry import decision_names, find
from tests.support.rules import borne_by_tests, cited, marked


def test_has_every_rule_that_is_cited() -> None:
    assert sorted(set(cited()) - set(all_rules())) == []


def test_has_every_rule_of_every_decision() -> None:
    rules = {rule for name in decision_names() for rule in find(name).rules}

    assert sorted(rules - set(all_rules())) == []


def test_keeps_each_rule_in_the_file_its_id_names() -> None:
    assert misplaced() == []


def test_gives_a_rule_its_words_and_source() -> None:
    rule = rule_entry("4/APP-38")

    assert rule.title["fr"] == "Numéro de proposition"
    assert rule.source.startswith("Guide de la proposition électronique")
    assert rule.sentence("text")["en"].startswith("An application number is")


def test_still_answers_for_a_rule_nobody_wrote_down() -> None:
    assert rule_entry("3/XYZ-99").title == {"fr": "Règle 3/XYZ-99", "en": "Rule 3/XYZ-99"}


def test_reads_marks_and_examples_as_bearing_a_rule(tmp_path: Path) -> None:
    mark = "@pytest.mark." + 'rule("3/DIS-98", "3/DIS-99")'  # in two, or this line bears them
    (tmp_path / "test_one.py").write_text(f"\n{mark}\n")

    assert list(marked(tmp_path)) == [("test_one.py:2", "3/DIS-98"), ("test_one.py:2", "3/DIS-99")]
    assert "1/ADM-15" in borne_by_tests()
