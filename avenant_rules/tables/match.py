"""Looking a case up in a proved table or grid."""

from collections.abc import Callable, Sequence
from typing import Any

from avenant_rules.errors import MissingFacts
from avenant_rules.tables.inputs import Input
from avenant_rules.tables.proof import Line, Tree
from avenant_rules.tables.rows import Row

type Step = tuple[str, Callable[[Any], int | None]]  # a fact's name, and which part it stands in
type Match = Callable[..., Row]


class Matcher:
    """One version of a table, ready to answer."""

    match: Match
    """The row for these facts, which are the table's inputs by name.

    A case out of the table, declared or out of the domain of an input (a negative amount),
    gives a row whose `is_outside` is true.

    Raises:
        MissingFacts: a fact is None and the row that decides reads it.
    """

    def __init__(
        self, name: str, inputs: list[Input], lines: list[Line], tree: Tree, beyond: Row
    ) -> None:
        self.name, self.inputs, self.lines = name, inputs, lines
        self._tree, self._beyond = tree, beyond
        steps = [(one.name, one.placer()) for one in inputs]
        self.match = _match_for(steps)(steps, tree, beyond, self._match_in_part)

    @property
    def rows(self) -> list[Row]:
        """Every row of this version, in the order of the file, declared gaps last."""
        return [line.row for line in self.lines]

    def beside(self, facts: dict[str, Any], matched: Row) -> list[tuple[str, str, Row]]:
        """The nearest rows that say something else, with one ordered fact lower or higher.

        Each with the name of the fact and the range in which it applies, as a cell writes it.
        """
        found: list[tuple[str, str, Row]] = []
        if None in facts.values():
            return found
        places = [one.place(facts[one.name]) for one in self.inputs]
        for number, one in enumerate(self.inputs):
            here = places[number]
            if not one.is_ordered or here is None or None in places:
                continue
            for direction in (-1, 1):
                part = here + direction
                row = self._at([*places[:number], part, *places[number + 1 :]])
                while row is not None and row.says_the_same_as(matched):
                    part += direction
                    row = self._at([*places[:number], part, *places[number + 1 :]])
                if row is not None:
                    found.append((one.name, one.cell(part), row))
        return found

    def _at(self, places: list[int | None]) -> Row | None:
        node = self._tree
        for place in places:
            node = node.get(place)
            if node is None:
                return None
        row: Row = node
        return row

    def _match_in_part(self, facts: dict[str, Any]) -> Row:
        """With a fact missing: the one row that does not read it, or "unknown"."""
        missing = [place for place, one in enumerate(self.inputs) if facts[one.name] is None]
        possible = [
            line
            for line in self.lines
            if all(
                facts[one.name] is None or one.includes(line.covered[place], facts[one.name])
                for place, one in enumerate(self.inputs)
            )
        ]
        needed = [
            self.inputs[place].name
            for place in missing
            if any(line.covered[place] is not None for line in possible)
        ]
        if needed:
            raise MissingFacts(needed)
        if not possible:
            return self._beyond
        return possible[0].row


def _match_for(steps: Sequence[Step]) -> Callable[..., Match]:
    """How to follow a tree of this depth: most have one input or two, looked up all the time."""
    return {1: _by_one, 2: _by_two}.get(len(steps), _by_many)


def _by_one(steps: Sequence[Step], tree: Tree, beyond: Row, in_part: Callable[..., Row]) -> Match:
    ((name, place),) = steps

    def match(**facts: Any) -> Row:
        fact = facts[name]
        if fact is None:
            return in_part(facts)
        return tree.get(place(fact)) or beyond

    return match


def _by_two(steps: Sequence[Step], tree: Tree, beyond: Row, in_part: Callable[..., Row]) -> Match:
    (name, place), (second_name, second_place) = steps

    def match(**facts: Any) -> Row:
        fact = facts[name]
        if fact is None:
            return in_part(facts)
        branch = tree.get(place(fact))
        if branch is None:
            return beyond
        second = facts[second_name]
        if second is None:
            return in_part(facts)
        return branch.get(second_place(second)) or beyond

    return match


def _by_many(steps: Sequence[Step], tree: Tree, beyond: Row, in_part: Callable[..., Row]) -> Match:
    def match(**facts: Any) -> Row:
        node = tree
        for name, place in steps:
            fact = facts[name]
            if fact is None:
                return in_part(facts)
            node = node.get(place(fact))
            if node is None:
                return beyond
        row: Row = node
        return row

    return match
