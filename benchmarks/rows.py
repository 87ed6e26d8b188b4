"""One line of the benchmarks' table: our time beside a peer's, as a ratio with its aim."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`ours` and `theirs` in seconds, measured in one run.

    The ratio says how many times quicker we are; with `is_cost`, how many times the peer's time we
    take, and the aim is then the most that it may be. `reached`: the ratio that 95 % of the rounds
    reached, where there are rounds enough to say.
    """

    name: str
    ours: float
    peer: str
    theirs: float
    aim: float
    is_cost: bool = False
    reached: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.is_cost else self.theirs / self.ours

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.aim if self.is_cost else self.ratio >= self.aim


HEADS = ("what", "ours", "beside", "theirs", "ratio", "95 %", "aim", "met?")


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    lines = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in (1, 3, 4, 5, 6) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        duration(row.ours),
        row.peer,
        duration(row.theirs),
        times(row.ratio, row.is_cost),
        "" if row.reached is None else times(row.reached, row.is_cost),
        f"{'≤' if row.is_cost else '≥'} {row.aim:g} ×",
        "yes" if row.is_met else "NO",
    )


def times(ratio: float, is_cost: bool) -> str:
    """A ratio with the digits that matter."""
    digits = 2 if is_cost else 1 if ratio < 100 else 0
    return f"{ratio:.{digits}f} ×"


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"
