"""Many cases in one test: `@each` is written as `@pytest.mark.parametrize` and runs as a loop.

A test of pytest costs more than a decision, and the rules have thousands of cases that take no
fixture of their own. Every case runs, whatever happens to the others; each failure names its case.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from inspect import Signature, signature
from itertools import product
from typing import Any

import pytest

type Test = Callable[..., None]
type Case = dict[str, Any]

AXES = "_axes_of_cases"


def each(names: str | Sequence[str], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """Run the test once for each of `cases`; one upon another, for each combination.

    `names` are the test's arguments, as one text with commas or as a sequence; a case is one value,
    one sequence of values, or a `pytest.param`. Arguments without a case stay fixtures, shared by
    all cases.
    """
    known = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    axis = [_case(known, case) for case in cases]
    if not axis:
        raise ValueError(f"no case for {', '.join(known)}")

    def wrapped(test: Test) -> Test:
        inner: Test = getattr(test, "__wrapped__", test) if hasattr(test, AXES) else test
        axes: list[list[tuple[Case, Sequence[Any]]]] = [axis, *getattr(test, AXES, [])]

        @wraps(inner)
        def all_cases(**fixtures: Any) -> None:
            failures = list(_failures(inner, axes, fixtures))
            if len(failures) == 1:
                raise failures[0]
            if failures:
                raise ExceptionGroup(f"{len(failures)} cases fail", failures)

        taken = {name for one in axes for case, _ in one for name in case}
        left = [one for name, one in signature(inner).parameters.items() if name not in taken]
        vars(all_cases).update(
            {
                AXES: axes,
                "__signature__": Signature(left),
                "pytestmark": [*getattr(test, "pytestmark", []), *_marks(axis)],
            }
        )
        return all_cases

    return wrapped


def _case(names: list[str], case: Any) -> tuple[Case, Sequence[Any]]:
    """The values of a case by argument, and the marks that it bears."""
    marks: Sequence[Any] = ()
    # A `pytest.param` holds its values and marks; its type has no public name.
    if type(case).__name__ == "ParameterSet":
        values, marks = list(case.values), case.marks
    else:
        values = [case] if len(names) == 1 else list(case)
    return dict(zip(names, values, strict=True)), marks


def _marks(axis: list[tuple[Case, Sequence[Any]]]) -> Iterator[Any]:
    found = (getattr(mark, "mark", mark) for _, marks in axis for mark in marks)
    yield from {repr(mark): mark for mark in found}.values()


def _failures(
    test: Test, axes: list[list[tuple[Case, Sequence[Any]]]], fixtures: Case
) -> Iterator[Exception]:
    for combination in product(*axes):
        case = {name: value for one, _ in combination for name, value in one.items()}
        try:
            test(**case, **fixtures)
        except pytest.skip.Exception:
            raise
        except (Exception, pytest.fail.Exception) as failure:  # noqa: BLE001 - each is reported
            failure.add_note("in the case " + ", ".join(f"{k}={v!r}" for k, v in case.items()))
            yield failure if isinstance(failure, Exception) else AssertionError(str(failure))
