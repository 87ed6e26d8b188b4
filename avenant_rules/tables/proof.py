"""The proof of a table: every case its inputs allow meets exactly one line, or a declared gap.

The inputs are cut at the edges of the cells and each part is followed to the lines that cover it;
the tree that results is also the quick look-up. Equal branches are shared, so wide tables stay small.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from avenant_rules.packs import Fault
from avenant_rules.tables.inputs import Input
from avenant_rules.tables.rows import Row

type Tree = Any  # a dict from part to Tree, a Row at the leaves, None where nothing applies

MOST_FAULTS = 30


@dataclass
class Line:
    """A row and what each of its cells covers, in the order of the inputs."""

    row: Row
    covered: tuple[Any, ...]


@dataclass
class Proof:
    """What following every case gave: the tree, and what is wrong."""

    inputs: Sequence[Input]
    lines: Sequence[Line]
    faults: list[Fault] = field(default_factory=list)
    _known: dict[tuple[int, frozenset[int]], Tree] = field(default_factory=dict)

    def tree(self) -> Tree:
        """Follow every case; `faults` then holds every overlap and every gap."""
        for place, one in enumerate(self.inputs):
            one.cut([line.covered[place] for line in self.lines])
        return self._follow(0, frozenset(range(len(self.lines))), [])

    def _follow(self, depth: int, lines: frozenset[int], path: list[int]) -> Tree:
        if not lines:
            self._say_gap(path)
            return None
        if depth == len(self.inputs):
            return self._leaf(lines, path)
        key = (depth, lines)
        if key not in self._known:
            self._known[key] = self._branch(depth, lines, path)
        return self._known[key]

    def _branch(self, depth: int, lines: frozenset[int], path: list[int]) -> Tree:
        one = self.inputs[depth]
        return {
            part: self._follow(
                depth + 1,
                frozenset(n for n in lines if one.covers(self.lines[n].covered[depth], part)),
                [*path, part],
            )
            for part in one.parts()
        }

    def _leaf(self, lines: frozenset[int], path: list[int]) -> Row:
        rows = [self.lines[n].row for n in sorted(lines)]
        answers = [row for row in rows if not row.is_outside]
        outside = [row for row in rows if row.is_outside]
        # Two declared gaps may overlap; a line and a gap, or two lines, may not.
        if len(answers) > 1 or (answers and outside):
            names = ", ".join(row.row for row in rows)
            self._say(
                f"Les lignes {names} s'appliquent ensemble pour {self._case(path, 'fr')}.",
                f"Lines {names} all apply for {self._case(path, 'en')}.",
            )
        return answers[0] if answers else outside[0]

    def _say_gap(self, path: list[int]) -> None:
        self._say(
            f"Aucune ligne pour {self._case(path, 'fr')} : ajouter une ligne, "
            "ou l'écrire dans « outside ».",
            f"No line for {self._case(path, 'en')}: add a line, or write it in “outside”.",
        )

    def _case(self, path: list[int], language: str) -> str:
        parts = [self.inputs[depth].described(part, language) for depth, part in enumerate(path)]
        return ", ".join(parts) or "—"

    def _say(self, fr: str, en: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(fr, en))
