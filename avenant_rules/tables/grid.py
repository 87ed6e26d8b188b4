"""`kind = "grid"`: a table printed in two directions, as bands of one fact by bands of another.

The first column of a row is the band as printed, the second the band it means; then one cell a
printed column. A cell is a value, a list of codes, or `not_offered`. Ends are written out
(`> 3000 and <= 4000`), since a printed band rarely says where half a dollar goes.
"""

from typing import Any

from avenant_rules.packs import Document
from avenant_rules.tables.files import Faults, input_faults, output_faults, read_output
from avenant_rules.tables.inputs import CellError, Input
from avenant_rules.tables.match import Matcher
from avenant_rules.tables.proof import Line, Proof
from avenant_rules.tables.rows import Row
from avenant_rules.tables.table import beyond_row, outside_lines

NOT_OFFERED = "not_offered"
_HEAD = 2  # the band as printed, the band it means


def faults_of_grid(document: Document, faults: Faults) -> None:
    """Say everything that is wrong with each version."""
    axes: dict[str, Any] = {}
    for side in ("rows", "columns"):
        spec = document.get(side)
        if not isinstance(spec, dict) or "input" not in spec:
            faults.say(f"« {side} » doit dire son « input ».", f"“{side}” must say its “input”.")
            continue
        axes[spec["input"]] = {key: value for key, value in spec.items() if key != "input"}
    input_faults(axes, faults)
    output_faults({"cells": document.get("cells")}, faults)
    if faults:
        return
    for version in document["version"]:
        build_grid(document, version, faults)


def build_grid(document: Document, version: Document, faults: Faults | None = None) -> Matcher:
    """One version, compiled. With `faults`, what is wrong is said there instead of ignored.

    A matched cell has `value`, `band` (the row as printed) and `column` (the column as printed).
    """
    said = Faults()
    inputs = [
        Input(document[side]["input"], {k: v for k, v in document[side].items() if k != "input"})
        for side in ("rows", "columns")
    ]
    heads = version.get("columns", [])
    lines: list[Line] = []
    across = [_band(inputs[1], head, f"colonne {n}", f"column {n}", said)
              for n, head in enumerate(heads, 1)]  # fmt: skip
    for number, cells in enumerate(version["rows"], 1):
        if len(cells) != len(heads) + _HEAD:
            said.say(
                f"Ligne {number} : {len(cells) - _HEAD} cases pour {len(heads)} colonnes.",
                f"Line {number}: {len(cells) - _HEAD} cells for {len(heads)} columns.",
            )
            continue
        down = _band(inputs[0], cells[:_HEAD], f"ligne {number}", f"line {number}", said)
        for place, cell in enumerate(cells[_HEAD:], 1):
            row = _cell(document, version, number, place, cell, said)
            row.add(band=cells[0], column=heads[place - 1][0])
            lines.append(Line(row, (down, across[place - 1])))
    lines += outside_lines(document, version, inputs, said)
    proof = Proof(inputs, lines)
    tree = None if said else proof.tree()
    if faults is not None:
        faults += [*said, *proof.faults]
    return Matcher(document["id"], inputs, lines, tree, beyond_row(document, version))


def _band(one: Input, head: Any, fr: str, en: str, faults: Faults) -> Any:
    if not isinstance(head, list) or len(head) != _HEAD or not all(head):
        faults.say(f"{fr} : la bande imprimée, puis son sens.", f"{en}: as printed, then meant.")
        return None
    try:
        return one.read(head[1])
    except CellError as error:
        faults.say(f"{fr} : {error.fr}.", f"{en}: {error.en}.")
        return None


def _cell(
    document: Document, version: Document, down: int, across: int, cell: Any, faults: Faults
) -> Row:
    name = f"r{down}c{across}"
    values: dict[str, Any] = {}
    if cell != NOT_OFFERED:
        try:
            values["value"] = read_output(cell, document["cells"])
        except CellError as error:
            faults.say(
                f"Ligne {down}, colonne {across} : {error.fr}.",
                f"Line {down}, column {across}: {error.en}.",
            )
    source = version.get("source", document["source"])
    texts = document.get("texts", {})
    return Row(
        row=name,
        rule=document["rule"],
        source=f"{source}, ligne {down}, colonne {across}",
        table=document["id"],
        version=version["effective"],
        text=texts.get(name) or (texts.get("outside") if not values else document.get("text")),
        values=values,
        is_outside=not values,
    )
