"""PDFs as strangers' programs write them, made by script: producers × boxes, turns, units, forms,
annotations, layers, locks, damage; and files made to harm. `FILES` has them all by name.

Each says what may become of it at the door. An accepted one must look the same ever after
(promise G19); a refused one must be refused for a true reason (promise G25).
"""

from tests.avenant.documents.corpus import (  # noqa: F401 - each enters its files
    annotations,
    bombs,
    boxes,
    broken,
    forms,
    harmful,
    layers,
    locked,
    painting,
    producers,
    scans,
)
from tests.avenant.documents.corpus.entry import ACCEPTED, FILES, ForeignFile

__all__ = ["ACCEPTED", "FILES", "ForeignFile"]
