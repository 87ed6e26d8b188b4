"""The inputs of a table: which values they take, and how a cell of the table is read.

An ordered input (days, amounts, ages) is cut at the edges of the cells; a fact is then found by
bisection of the positions where cells begin and end.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import InvalidOperation
from typing import Any, NamedTuple

from avenant_rules.tables.positions import (
    DENSE,
    HIGHEST,
    LOWEST,
    POSITION_OF,
    WHOLE,
    between,
    placed,
    placer_of,
)

ORDERED = (*WHOLE, *DENSE, "date", "age")
TYPES = (*ORDERED, "code", "yes_no")
ANY = "-"

_COMPARED = re.compile(r"(>=|<=|>|<)\s*([^\s<>=]+)")


class CellError(ValueError):
    """A cell that cannot be read; `fr` and `en` say why."""

    def __init__(self, fr: str, en: str) -> None:
        self.fr, self.en = fr, en
        super().__init__(en)


class Span(NamedTuple):
    """Positions from `start` included to `end` excluded."""

    start: float
    end: float


class Input:
    """One input of a table, cut into the parts its cells speak of."""

    def __init__(self, name: str, spec: dict[str, Any]) -> None:
        self.name = name
        self.type: str = spec["type"]
        self.values: tuple[Any, ...] = (
            (False, True) if self.type == "yes_no" else tuple(spec.get("values", ()))
        )
        self.is_ordered = self.type in ORDERED
        self._edges: list[float] = []
        self._places: dict[Any, int] = {value: place for place, value in enumerate(self.values)}
        if self.is_ordered:
            least = spec.get("min", 0 if self.type not in ("integer", "date", "decimal") else None)
            self.domain = Span(
                LOWEST if least is None else self._position(least),
                HIGHEST if spec.get("max") is None else self._after(spec["max"]),
            )

    def read(self, cell: Any) -> Any:
        """What `cell` covers: None for any value, a `Span`, or the set of values.

        Raises:
            CellError: the cell cannot be read.
        """
        if cell == ANY:
            return None
        if self.is_ordered:
            return self._span(cell)
        values = cell if isinstance(cell, list) else [cell]
        for value in values:
            if value not in self._places:
                known = ", ".join(str(one) for one in self.values)
                raise CellError(
                    f"« {value} » n'est pas une valeur de {self.name} ({known})",
                    f"“{value}” is not a value of {self.name} ({known})",
                )
        return frozenset(values)

    def _span(self, cell: Any) -> Span:
        if isinstance(cell, int) and not isinstance(cell, bool):
            return Span(self._position(cell), self._after(cell))
        if not isinstance(cell, str):
            raise CellError(
                f"« {cell} » n'est pas un intervalle de {self.name}",
                f"“{cell}” is not a range of {self.name}",
            )
        text = cell.strip()
        if text[:1] in "<>":
            return self._compared(text)
        low, dots, high = text.partition("..")
        if not dots:
            return Span(self._position(text), self._after(text))
        return self._checked(
            cell,
            Span(
                self._position(low) if low.strip() else LOWEST,
                self._after(high) if high.strip() else HIGHEST,
            ),
        )

    def _compared(self, text: str) -> Span:
        start, end = LOWEST, HIGHEST
        rest = _COMPARED.sub("", text.replace(" and ", " ").replace(",", " ")).strip()
        if rest:
            raise CellError(f"« {text} » n'est pas un intervalle", f"“{text}” is not a range")
        for sign, bound in _COMPARED.findall(text):
            if sign == ">=":
                start = self._position(bound)
            elif sign == ">":
                start = self._after(bound)
            elif sign == "<":
                end = self._position(bound)
            else:
                end = self._after(bound)
        return self._checked(text, Span(start, end))

    def _checked(self, cell: str, span: Span) -> Span:
        if span.start >= span.end:
            raise CellError(f"l'intervalle « {cell} » est vide", f"the range “{cell}” is empty")
        return span

    def _position(self, value: Any) -> float:
        """Where the written `value` begins."""
        return self._placed(value, end=False)

    def _after(self, value: Any) -> float:
        """Where what follows the written `value` begins."""
        return self._placed(value, end=True)

    def _placed(self, value: Any, *, end: bool) -> float:
        try:
            return placed(self.type, str(value).strip().replace("_", ""), end=end)
        except (ValueError, InvalidOperation) as error:
            raise CellError(
                f"« {value} » n'est pas une valeur de {self.name}",
                f"“{value}” is not a value of {self.name}",
            ) from error

    def place(self, fact: Any) -> int | None:
        """The part of this input in which `fact` stands; None when it is in none."""
        part = self.placer()(fact)
        return part if part in self.parts() else None

    def placer(self) -> Callable[[Any], int | None]:
        """From a fact to the number of its part, which is none of `parts` out of the domain.

        Made once, when the input is cut, for a look-up done many times.
        """
        return placer_of(self.type, self._edges) if self.is_ordered else self._places.get

    def cut(self, covered: Sequence[Any]) -> None:
        """Cut this input at the edges of what its cells cover. Done once, before any `place`."""
        if not self.is_ordered:
            return
        edges = {edge for span in covered if span is not None for edge in span}
        edges |= set(self.domain)
        self._edges = sorted(edges - {LOWEST, HIGHEST})

    def parts(self) -> range:
        """The numbers of the parts that lie in the domain."""
        if not self.is_ordered:
            return range(len(self.values))
        first = bisect_right(self._edges, self.domain.start)
        last = (
            len(self._edges)
            if self.domain.end == HIGHEST
            else bisect_right(self._edges, self.domain.end) - 1
        )
        return range(first, last + 1)

    def covers(self, covered: Any, part: int) -> bool:
        """Whether what a cell covers takes in the part with this number."""
        if covered is None:
            return True
        if not self.is_ordered:
            return self.values[part] in covered
        start, end = self._limits(part)
        return bool(covered.start <= start and end <= covered.end)

    def includes(self, covered: Any, fact: Any) -> bool:
        """Whether what a cell covers takes in `fact`."""
        if covered is None:
            return True
        if not self.is_ordered:
            return fact in covered
        return bool(covered.start <= POSITION_OF[self.type](fact) < covered.end)

    def _limits(self, part: int) -> Span:
        return Span(
            self._edges[part - 1] if part else LOWEST,
            self._edges[part] if part < len(self._edges) else HIGHEST,
        )

    def cell(self, part: int) -> str:
        """The part as a cell would write it, ends of the domain left off; empty for everything."""
        start, end = self._limits(part)
        if start <= self.domain.start:
            start = LOWEST
        if end >= self.domain.end:
            end = HIGHEST
        return between(self.type, start, end)

    def described(self, part: int, language: str) -> str:
        """The part in words, for the author of the table."""
        if not self.is_ordered:
            return f"{self.name} = {self.values[part]}"
        start, end = self._limits(part)
        start, end = max(start, self.domain.start), min(end, self.domain.end)
        if start == LOWEST and end == HIGHEST:
            return f"{self.name} : tout" if language == "fr" else f"any {self.name}"
        sign = " " if self.type in DENSE else " = "
        return f"{self.name}{sign}{between(self.type, start, end)}"
