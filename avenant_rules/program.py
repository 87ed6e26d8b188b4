"""`avenant decide`, `avenant decisions` and `avenant check-packs`: the rules for other programs.

Lines of JSON in, lines of JSON out, any number in one process. Nothing here imports Django.
"""

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from avenant_rules.decision import Answer, Decision, answer
from avenant_rules.errors import Bilingual, InvalidInputError, RuleError
from avenant_rules.packs import CARRIERS, choose
from avenant_rules.reading import not_json, plain_json, refuse_repeated_names
from avenant_rules.registry import decision_names, find
from avenant_rules.schemas import Schema, faults_of, schema_of
from avenant_rules.structs import Struct

EXIT_ERRORS = 1
# What a shell reports for a program whose reader went away, as in `avenant decisions | head`.
EXIT_UNREAD = 141

type Main = Callable[[Sequence[str]], int]


class Line(Struct):
    """One line read: which decision, its facts, and how to answer."""

    decision: str
    input: msgspec.Raw
    carrier: str | None = None
    as_of: date | None = None
    language: Literal["fr", "en"] | None = None
    explain: Literal["next"] | None = None


class _Envelope(Struct):
    """The same, to name what is wrong with a line that does not fit."""

    decision: str
    carrier: str | None = None
    as_of: date | None = None
    language: Literal["fr", "en"] | None = None
    explain: Literal["next"] | None = None


class _Language(msgspec.Struct):
    language: Literal["fr", "en"] | None = None


_READ_LANGUAGE = msgspec.json.Decoder(_Language)
_READ_LINE = msgspec.json.Decoder(Line)
_WRITE = msgspec.json.Encoder()


def _until_unread(main: Main) -> Main:
    """Stop without a word when nobody reads any more what is written."""

    @wraps(main)
    def run(argv: Sequence[str]) -> int:
        try:
            code = main(argv)
            sys.stdout.flush()
        except BrokenPipeError:
            # The interpreter writes what is left when it ends: let it go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_UNREAD
        return code

    return run


@_until_unread
def decide_main(argv: Sequence[str]) -> int:
    """`avenant decide [NAME]`: answer each line read; 1 at the end if any line had an error."""
    options = _decide_options(argv)
    return answer_lines(sys.stdin.buffer, sys.stdout.buffer, options)


def answer_lines(lines: Iterable[bytes], out: BinaryIO, options: argparse.Namespace) -> int:
    """Write one answer a line; 1 when any of them is an error."""
    had_error = False
    for content in lines:
        plain = _answer_line(content, options)
        had_error = had_error or "error" in plain
        out.write(_WRITE.encode(plain) + b"\n")
        out.flush()
    return EXIT_ERRORS if had_error else 0


def _answer_line(content: bytes, options: argparse.Namespace) -> dict[str, Any]:
    language = options.language
    try:
        if options.name:
            line = Line(decision=options.name, input=msgspec.Raw(content))
        else:
            language = _language_of(content) or language
            line = read_line(content)
        refuse_repeated_names(content)
        return _answered(
            line.decision,
            line.input,
            carrier=options.carrier if line.carrier is None else line.carrier,
            as_of=line.as_of or options.as_of,
            language=language,
            explain=line.explain or options.explain,
        )
    except RuleError as error:
        return {"error": error_json(error, language)}
    except Exception as error:
        return {"error": error_json(_fault_of_ours(error), language)}


def _fault_of_ours(error: Exception) -> RuleError:
    """Say where a rule broke, never with which facts: the error's own words may repeat them."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    sys.stderr.write(f"{type(error).__name__}: {place.filename}:{place.lineno} ({place.name})\n")
    return RuleError(
        {
            "fr": "La règle n'a pas pu être appliquée : c'est une erreur du programme.",
            "en": "The rule could not be applied: this is a fault of the program.",
        }
    )


def _language_of(content: bytes) -> str | None:
    """The language a line asks for, also when the rest of it does not fit."""
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _READ_LANGUAGE.decode(content).language
    return None


def answer_json(
    name: str,
    content: bytes | msgspec.Raw,
    *,
    carrier: str | None = None,
    as_of: date | None = None,
    language: str = "fr",
    explain: str | None = None,
) -> dict[str, Any]:
    """The answer to the JSON facts `content`, in plain values; the API gives the same.

    Raises:
        RuleError: no decision can be given; `error_json` writes it.
    """
    refuse_repeated_names(bytes(content))
    return _answered(
        name, content, carrier=carrier, as_of=as_of, language=language, explain=explain
    )


def _answered(
    name: str,
    content: bytes | msgspec.Raw,
    *,
    carrier: str | None,
    as_of: date | None,
    language: str,
    explain: str | None,
) -> dict[str, Any]:
    found: Decision = find(name)
    given: Answer[Any] = answer(
        found,
        found.read_json(content),
        carrier=carrier,
        as_of=as_of,
        language=language,
        explain=explain,
    )
    return given.as_json()


def error_json(error: RuleError, language: str) -> dict[str, Any]:
    """An error in plain values: its code, the bad fields if any, a sentence."""
    plain: dict[str, Any] = {"code": error.code}
    if isinstance(error, InvalidInputError):
        plain["fields"] = error.fields(language)
    plain["message"] = error.message(language)
    return plain


def read_line(content: bytes) -> Line:
    """A line that names its decision.

    Raises:
        InvalidInputError: it is not JSON, or a field of it does not fit.
    """
    try:
        return _READ_LINE.decode(content)
    except msgspec.ValidationError:
        raise _bad_line(plain_json(content)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise not_json() from None


def _bad_line(plain: Any) -> InvalidInputError:
    schema: Schema = schema_of(_Envelope)
    if not isinstance(plain, dict):
        return InvalidInputError(faults_of(schema, plain))
    faults: dict[str, Bilingual] = {}
    if "input" not in plain:
        faults["input"] = {"fr": "manque", "en": "is missing"}
    rest = {name: value for name, value in plain.items() if name != "input"}
    faults.update(faults_of(schema, rest))
    return InvalidInputError(faults)


@_until_unread
def decisions_main(argv: Sequence[str]) -> int:
    """`avenant decisions`: the catalogue; `--json` gives the contract with its schemas."""
    options = _decisions_options(argv)
    if options.json:
        sys.stdout.buffer.write(msgspec.json.format(_WRITE.encode(contract()), indent=1) + b"\n")
        return 0
    for name in decision_names():
        found = find(name)
        sys.stdout.write(f"{name}\n    {found.title}\n    {', '.join(found.rules)}\n")
    return 0


def contract() -> dict[str, Any]:
    """Every decision with its title, its rules and the schemas of what it takes and gives."""
    found = [find(name) for name in decision_names()]
    return {
        "version": 1,
        "decisions": {
            one.name: {
                "title": one.title,
                "rules": list(one.rules),
                "input": one.input_schema,
                "output": one.output_schema,
            }
            for one in found
        },
    }


@_until_unread
def check_packs_main(argv: Sequence[str]) -> int:
    """`avenant check-packs`: prove every pack; every fault is named, in one go."""
    from avenant_rules.checking import faults_of_packs

    options = _check_packs_options(argv)
    faults = faults_of_packs(options.folder)
    for place, fault in faults:
        says = {"fr": fault.fr, "en": fault.en}
        sys.stdout.write(f"{place}: {choose(says, options.language)}\n")
    if not faults:
        sound = {"fr": "Tous les dossiers sont en règle.", "en": "All packs are sound."}
        sys.stdout.write(choose(sound, options.language) + "\n")
    return EXIT_ERRORS if faults else 0


def _language_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=("fr", "en"),
        default="fr",
        help="langue des phrases (fr) · language of the sentences",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("AAAA-MM-JJ · YYYY-MM-DD") from None


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas un dossier · {text!r} is not a folder"
        )
    return Path(text)


def _decide_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="avenant decide",
        description="Répond à des décisions : une ligne JSON lue, une ligne JSON écrite. · "
        "Answers decisions: one JSON line in, one JSON line out.",
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="la décision ; sans elle, chaque ligne la nomme · the decision; without it each line "
        'names it: {"decision": NAME, "input": {…}}',
    )
    parser.add_argument("--carrier", help="le dossier de l'assureur · the carrier's pack")
    parser.add_argument(
        "--as-of",
        "--as_of",
        dest="as_of",
        type=_day,
        metavar="AAAA-MM-JJ",
        help="date des tables (aujourd'hui) · date of the tables (today)",
    )
    parser.add_argument(
        "--explain", choices=("next",), help="ajoute ce qui changerait · add what would change"
    )
    _language_option(parser)
    return parser.parse_args(argv)


def _decisions_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="avenant decisions",
        description="Le catalogue des décisions. · The catalogue of decisions.",
    )
    parser.add_argument("--json", action="store_true", help="avec les schémas · with the schemas")
    return parser.parse_args(argv)


def _check_packs_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="avenant check-packs",
        description="Prouve chaque dossier d'assureur. · Proves every carrier's pack.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=_folder,
        default=CARRIERS,
        help="où sont les dossiers (ceux d'Avenant) · where the packs are (Avenant's own)",
    )
    _language_option(parser)
    return parser.parse_args(argv)
