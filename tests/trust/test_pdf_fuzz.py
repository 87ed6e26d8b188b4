"""No spoilt PDF harms the door, costs more than is allowed, or is kept looking other than it came
(G6, G19): each is made from the corpus of strangers' files by a number, which makes it again.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from avenant.documents.upload_words import CODES
from tests.trust.pdf_fuzz import sources, spoilt

# Numbers of files that once were crashes, or were kept and could not be printed or looked other.
REGRESSIONS: tuple[int, ...] = (110, 18_363)
_A_BATCH = 500  # files for one process, so that what one leaves behind does not last


def reports(first: int, count: int, batch: int, one_in: int = 1) -> list[dict[str, Any]]:
    """What became of so many files, by two processes side by side."""
    starts = range(first, first + count, batch)
    with ThreadPoolExecutor(2) as pool:
        return list(
            pool.map(lambda start: report(start, min(batch, first + count - start), one_in), starts)
        )


def report(first: int, count: int, one_in: int = 1) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.trust.pdf_fuzz_run", str(first), str(count), str(one_in)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    return json.loads(done.stdout)


def check(found: list[dict[str, Any]], count: int) -> None:
    accepted = sum(report["accepted"] for report in found)
    refused = sum(sum(report["refused"].values()) for report in found)

    faults = [fault for report in found for fault in report["faults"]]
    assert not faults, "\n".join(faults)
    assert accepted + refused == count
    assert {code for report in found for code in report["refused"]} <= CODES
    # Neither a door that is shut nor one that stands open would show anything.
    assert accepted > count // 10
    assert refused > count // 10


@pytest.mark.timeout(600)
@pytest.mark.promise("G6")
@pytest.mark.promise("G19")
def test_takes_no_spoilt_file_that_it_would_print_otherwise() -> None:
    check(reports(0, 200, 100, one_in=4), 200)


@pytest.mark.trust
@pytest.mark.timeout(3600)
@pytest.mark.promise("G6")
@pytest.mark.promise("G19")
def test_takes_no_spoilt_file_that_it_would_print_otherwise_among_twenty_thousand() -> None:
    check(reports(10_000, 20_000, _A_BATCH, one_in=40), 20_000)


@pytest.mark.parametrize("seed", REGRESSIONS)
def test_still_holds_for_what_once_went_wrong(seed: int) -> None:
    assert report(seed, 1)["faults"] == []


def test_makes_the_same_file_of_the_same_number() -> None:
    assert [spoilt(seed) for seed in range(20)] == [spoilt(seed) for seed in range(20)]
    assert len({spoilt(seed) for seed in range(200)}) > 150
    assert len(sources()) > 300


def test_makes_a_file_of_a_number_whose_structure_no_library_comes_to_the_end_of() -> None:
    assert spoilt(11_341)
