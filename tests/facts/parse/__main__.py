"""Writes every CSV and their list anew: `python -m tests.facts.parse [folder of the documents]`."""

import sys
from pathlib import Path

from tests.facts.parse.catalogue import TABLES
from tests.facts.parse.document import SEEDS, Documents
from tests.facts.parse.facts import listing

folder = Path(__file__).resolve().parents[1]
documents = Documents(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
for table in TABLES.values():
    (folder / f"{table.name}.csv").write_text(table.text(documents), encoding="utf-8")
(folder / "TABLES.md").write_text(listing(TABLES.values()), encoding="utf-8")
