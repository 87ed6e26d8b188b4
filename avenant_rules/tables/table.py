"""`kind = "table"`: lines of conditions and what follows from each.

The first columns are the inputs, `row` and `cite` are always there, the others are what follows.
"""

from typing import Any

from avenant_rules.packs import Document
from avenant_rules.tables.files import (
    NAME,
    Faults,
    input_faults,
    output_faults,
    read_output,
)
from avenant_rules.tables.inputs import CellError, Input
from avenant_rules.tables.match import Matcher
from avenant_rules.tables.proof import Line, Proof
from avenant_rules.tables.rows import Row


def faults_of_table(document: Document, faults: Faults) -> None:
    """Say everything that is wrong with each version."""
    input_faults(document.get("inputs"), faults)
    output_faults(document.get("outputs", {}), faults)
    if faults:
        return
    for version in document["version"]:
        build_table(document, version, faults)


def build_table(document: Document, version: Document, faults: Faults | None = None) -> Matcher:
    """One version, compiled. With `faults`, what is wrong is said there instead of ignored."""
    said = Faults()
    inputs = [Input(name, spec) for name, spec in document["inputs"].items()]
    columns: list[str] = version.get("columns", [])
    _say_columns(document, columns, said)
    lines = [] if said else _lines(document, version, inputs, columns, said)
    in_gaps = Faults()
    gaps = outside_lines(document, version, inputs, in_gaps) if lines else []
    read = [line for line in lines if line is not None] + gaps
    proof = Proof(inputs, read)
    # A line that cannot be read would look like a gap.
    is_read = lines and None not in lines and not in_gaps
    tree = proof.tree() if is_read else None
    if faults is not None:
        faults += [*said, *in_gaps, *proof.faults]
    return Matcher(document["id"], inputs, read, tree, beyond_row(document, version))


def _say_columns(document: Document, columns: list[str], faults: Faults) -> None:
    for name in ("row", "cite", *document["inputs"]):
        if name not in columns:
            faults.say(f"Il manque la colonne « {name} ».", f"The column “{name}” is missing.")
    for name in columns:
        if not NAME.match(name) or columns.count(name) > 1:
            faults.say(
                f"La colonne « {name} » est mal nommée ou double.",
                f"The column “{name}” is badly named or twice there.",
            )
    for name in document.get("outputs", {}):
        if name not in columns:
            faults.say(f"Il manque la colonne « {name} ».", f"The column “{name}” is missing.")


def _lines(
    document: Document, version: Document, inputs: list[Input], columns: list[str], faults: Faults
) -> list[Line | None]:
    """Each line, None where one cannot be read."""
    lines: list[Line | None] = []
    seen: set[str] = set()
    for number, cells in enumerate(version["rows"], 1):
        if len(cells) != len(columns):
            faults.say(
                f"Ligne {number} : {len(cells)} cases pour {len(columns)} colonnes.",
                f"Line {number}: {len(cells)} cells for {len(columns)} columns.",
            )
            lines.append(None)
            continue
        values = dict(zip(columns, cells, strict=True))
        line = _line(document, version, inputs, values, faults)
        if line is None:
            lines.append(None)
            continue
        if line.row.row in seen:
            faults.say(
                f"Deux lignes s'appellent {line.row.row}.",
                f"Two lines are called {line.row.row}.",
            )
        seen.add(line.row.row)
        if len(version["rows"]) > 1 and all(covered is None for covered in line.covered):
            faults.say(
                f"La ligne {line.row.row} s'applique à tout : l'écrire pour ce qu'elle vise.",
                f"Line {line.row.row} applies to everything: write what it is for.",
            )
        lines.append(line)
    return lines


def _line(
    document: Document, version: Document, inputs: list[Input], cells: Document, faults: Faults
) -> Line | None:
    name, cite = str(cells["row"]), cells["cite"]
    before = len(faults)
    covered = _covered(inputs, cells, f"Ligne {name}", f"Line {name}", faults)
    outputs: dict[str, Any] = {}
    for column, value in cells.items():
        if column in ("row", "cite", "rule", "source") or column in document["inputs"]:
            continue
        try:
            outputs[column] = read_output(value, document.get("outputs", {}).get(column))
        except CellError as error:
            faults.say(
                f"Ligne {name}, colonne {column} : {error.fr}.",
                f"Line {name}, column {column}: {error.en}.",
            )
    if len(faults) > before:
        return None
    if not isinstance(cite, str) or not cite.strip():
        faults.say(f"Ligne {name} : il manque la référence.", f"Line {name}: no citation.")
    row = Row(
        row=name,
        rule=cells.get("rule") or document["rule"],
        source=f"{cells.get('source') or version.get('source', document['source'])}, {cite}",
        table=document["id"],
        version=version["effective"],
        text=document.get("texts", {}).get(name) or document.get("text"),
        values=outputs,
    )
    return Line(row, covered)


def outside_lines(
    document: Document, version: Document, inputs: list[Input], faults: Faults
) -> list[Line]:
    """The declared gaps of a version: conditions under `outside`, each with its citation."""
    lines: list[Line] = []
    for number, gap in enumerate(version.get("outside", []), 1):
        fr, en = f"« outside » {number}", f"“outside” {number}"
        known = {one.name for one in inputs} | {"cite", "text", "rule"}
        for name in gap:
            if name not in known:
                faults.say(f"{fr} : « {name} » n'est pas connu.", f"{en}: “{name}” is not known.")
        if not gap.get("cite"):
            faults.say(f"{fr} : il manque la référence.", f"{en}: no citation.")
        covered = _covered(inputs, {one.name: "-" for one in inputs} | gap, fr, en, faults)
        if all(part is None for part in covered):
            faults.say(f"{fr} : vise tout.", f"{en}: covers everything.")
        row = Row(
            row=f"outside_{number}",
            rule=gap.get("rule", document["rule"]),
            source=f"{version.get('source', document['source'])}, {gap.get('cite', '')}",
            table=document["id"],
            version=version["effective"],
            text=gap.get("text") or document.get("texts", {}).get("outside"),
            values={},
            is_outside=True,
        )
        lines.append(Line(row, covered))
    return lines


def beyond_row(document: Document, version: Document) -> Row:
    """The answer for a fact out of the domain of its input."""
    return Row(
        row="beyond",
        rule=document["rule"],
        source=version.get("source") or document["source"],
        table=document["id"],
        version=version["effective"],
        text=document.get("texts", {}).get("outside"),
        values={},
        is_outside=True,
    )


def _covered(
    inputs: list[Input], cells: Document, fr: str, en: str, faults: Faults
) -> tuple[Any, ...]:
    covered: list[Any] = []
    for one in inputs:
        try:
            covered.append(one.read(cells[one.name]))
        except CellError as error:
            faults.say(f"{fr} : {error.fr}.", f"{en}: {error.en}.")
            covered.append(None)
    return tuple(covered)
