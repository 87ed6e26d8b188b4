"""`@each` runs every case and hides no failure."""

import pytest

from tests.support.cases import each


def test_runs_each_combination_once_and_leaves_fixtures_alone(tmp_path: object) -> None:
    seen: list[tuple[object, ...]] = []

    @each("first", [1, 2])
    @each(("second", "third"), [("a", True), pytest.param("b", False)])
    def one(first: int, second: str, third: bool, tmp_path: object) -> None:
        seen.append((first, second, third, tmp_path))

    one(tmp_path=tmp_path)

    assert seen == [
        (1, "a", True, tmp_path),
        (1, "b", False, tmp_path),
        (2, "a", True, tmp_path),
        (2, "b", False, tmp_path),
    ]


def test_names_every_case_that_fails_and_runs_the_rest() -> None:
    seen = []

    @each("number", [1, 2, 3])
    def one(number: int) -> None:
        seen.append(number)
        assert number == 2

    with pytest.RaisesGroup(AssertionError, AssertionError, match="2 cases fail") as failed:
        one()

    notes = [failure.__notes__ for failure in failed.value.exceptions]
    assert notes == [["in the case number=1"], ["in the case number=3"]]
    assert seen == [1, 2, 3]


def test_raises_a_lone_failure_as_it_is() -> None:
    @each("number", [0, 1])
    def one(number: int) -> None:
        assert number

    with pytest.raises(AssertionError):
        one()


def test_fails_a_case_that_pytest_fails() -> None:
    @each("number", [0, 1])
    def one(number: int) -> None:
        with pytest.raises(ZeroDivisionError):
            1 / number

    with pytest.raises(AssertionError, match="DID NOT RAISE"):
        one()


def test_refuses_to_run_no_case_at_all() -> None:
    with pytest.raises(ValueError, match="no case for number"):
        each("number", [])


def test_keeps_the_marks_of_tests_and_cases() -> None:
    @pytest.mark.promise("A")
    @each("number", [pytest.param(1, marks=pytest.mark.promise("B")), 2])
    @pytest.mark.promise("C")
    def one(number: int) -> None: ...

    assert {mark.args[0] for mark in one.pytestmark} == {"A", "B", "C"}
