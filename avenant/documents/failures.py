"""Why a document does not come out, and whether waiting helps.

What no wait mends ends in the state FAILED after so many tries; all the rest is tried again for
ever, ever more rarely. `attempts` of a document counts the tries that may be the document's fault.
"""

from dataclasses import dataclass
from datetime import timedelta

# A document that takes longer than this is late, and said to be.
LATE_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Failure:
    """`lasting_after` tries it is taken to last; None: it passes. `is_of_illustration`: the advisor
    can go on with another illustration."""

    lasting_after: int | None
    is_of_illustration: bool = False


FAILURES: dict[str, Failure] = {
    "illustration_unreadable": Failure(1, is_of_illustration=True),
    "stopped_time": Failure(2, is_of_illustration=True),
    "stopped_memory": Failure(2, is_of_illustration=True),
    "stopped_crash": Failure(2, is_of_illustration=True),
    "stopped_deadline": Failure(3, is_of_illustration=True),  # or the machine had no time for it
    "print_refused": Failure(1),
    "seal_refused": Failure(2),
    "evidence_changed": Failure(1),
    "content_changed": Failure(1),
    "vault_altered": Failure(1),
    "unexpected": Failure(2),
    "vault_full": Failure(None),
    "vault_refuses": Failure(None),
    "vault_unreadable": Failure(None),
    "fonts_missing": Failure(None),
    "seal_key_missing": Failure(None),
}


def is_lasting(code: str, attempts: int) -> bool:
    """Whether no wait mends what went wrong `attempts` times."""
    after = FAILURES[code].lasting_after
    return after is not None and attempts >= after


def counts(code: str) -> bool:
    """Whether a try that ended so may be the document's own fault."""
    return FAILURES[code].lasting_after is not None
