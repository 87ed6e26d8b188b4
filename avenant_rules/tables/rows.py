"""A row that a table answers with: its values, and where they are written."""

from typing import Any

from avenant_rules.errors import Bilingual, CarrierDataMissingError


class Row:
    """One printed line (or cell) of a table. Its columns are its attributes.

    A row that stands for "out of the table" has `is_outside` true and no columns: reading one
    raises, so that a decision can't take it for an answer.
    """

    def __init__(
        self,
        *,
        row: str,
        rule: str,
        source: str,
        table: str,
        version: str,
        text: Bilingual | None,
        values: dict[str, Any],
        is_outside: bool = False,
    ) -> None:
        self.row, self.rule, self.source = row, rule, source
        self.table, self.version, self.text = table, version, text
        self.is_outside = is_outside
        self.values = values
        self.__dict__.update(values)

    def add(self, **values: Any) -> None:
        """Columns known only once the row is placed."""
        self.values |= values
        self.__dict__.update(values)

    def says_the_same_as(self, other: "Row") -> bool:
        """Whether the same follows from both, wherever they are printed."""
        printed = ("band", "column")
        mine, theirs = (
            {name: value for name, value in row.values.items() if name not in printed}
            for row in (self, other)
        )
        return mine == theirs and self.is_outside == other.is_outside

    def __getattr__(self, name: str) -> Any:
        """Reached only for what is not a column of this row."""
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__dict__.get("is_outside"):
            raise out_of_table(self.table, self.source)
        raise AttributeError(f"the table {self.table!r} has no column {name!r}")

    def __repr__(self) -> str:
        return f"<row {self.row} of {self.table} ({self.version})>"


def out_of_table(table: str, source: str) -> CarrierDataMissingError:
    """The error for a case in which the table says nothing."""
    return CarrierDataMissingError(
        {
            "fr": f"La table « {table} » ne dit rien de ce cas ({source}).",
            "en": f"The table “{table}” says nothing of this case ({source}).",
        }
    )
