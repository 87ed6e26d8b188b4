"""A decision: a named rule that turns typed facts into a typed outcome and says why.

    @decision("application.retention", rules=["4/APP-07"])
    def retention(draft: SavedDraft, tables: Tables, because: Because) -> Retention: ...

    answer = decide("application.retention", {"saved_on": [...], "as_of": ...})
    answer.outcome.expires_on      # typed
    answer.because[0].text         # "La proposition enregistrée le … reste disponible jusqu'au …"

What follows the facts in the arguments of a decision is given to it by name: `tables`, `because`,
`settings`, each only if it asks.
"""

import contextvars
import decimal
import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from avenant_rules.because import Because, Reason, as_json
from avenant_rules.errors import CarrierDataMissingError, InvalidInputError, MissingFacts
from avenant_rules.next import Change, Looked, WatchedTables, changes
from avenant_rules.outcomes import writer_of
from avenant_rules.reading import not_json, plain_json
from avenant_rules.registry import find, register
from avenant_rules.schemas import Schema, faults_of, schema_of
from avenant_rules.settings import Settings, settings_of
from avenant_rules.structs import Struct
from avenant_rules.tables import Tables, tables_for, tables_of_today
from avenant_rules.values import LONGEST, Bag, Given, read_value

__all__ = [
    "Answer", "Bag", "Because", "Decision", "Given", "MissingFacts", "Settings", "Struct",
    "Tables", "decide", "decision",
]  # fmt: skip

OUT_OF_CALENDAR = {
    "fr": "Une date calculée sort du calendrier (années 1 à 9999).",
    "en": "A computed date is out of the calendar (years 1 to 9999).",
}
# Rules run apart from their caller, where sums and products of written numbers are exact: room for
# three of the longest, multiplied.
_APART = contextvars.Context()
_APART.run(decimal.setcontext, decimal.Context(prec=3 * LONGEST + 20))
GIVEN_BY_NAME = ("tables", "because", "settings")


class Decision:
    """A registered decision: its name, the rules it implements, the structs it takes and gives."""

    def __init__(
        self, name: str, rules: Sequence[str], carrier: str, rule: Callable[..., Struct]
    ) -> None:
        self.name, self.rules, self.carrier, self.rule = name, tuple(rules), carrier, rule
        self.family = name.partition(".")[0]
        hints = typing.get_type_hints(rule)
        first, *others = inspect.signature(rule).parameters
        unknown = [other for other in others if other not in GIVEN_BY_NAME]
        if unknown:
            raise TypeError(f"{name}: a decision is not given {', '.join(unknown)}")
        self.facts_type: type[Struct] = hints[first]
        self.outcome_type: type[Struct] = hints["return"]
        self.call = _caller(rule, others)
        self._decoder = msgspec.json.Decoder(self.facts_type, dec_hook=read_value)

    @property
    def title(self) -> str:
        """The first line of the rule's docstring."""
        return (inspect.getdoc(self.rule) or "").partition("\n")[0].rstrip(".")

    @cached_property
    def input_schema(self) -> Schema:
        """The schema of the facts."""
        return schema_of(self.facts_type)

    @cached_property
    def output_schema(self) -> Schema:
        """The schema of the outcome."""
        return schema_of(self.outcome_type)

    @cached_property
    def write_outcome(self) -> Callable[[Struct], Any]:
        """Gives the outcome as plain values, amounts as the contract writes them."""
        return writer_of(self.outcome_type)

    def read(self, facts: Struct | Mapping[str, Any]) -> Struct:
        """The facts as the decision's own struct.

        Raises:
            InvalidInputError: every missing, unknown or ill-typed field is named.
        """
        if isinstance(facts, msgspec.Struct):
            if isinstance(facts, self.facts_type):
                return facts
            raise TypeError(f"{self.name} takes {self.facts_type.__name__}, not {type(facts)}")
        try:
            return msgspec.convert(facts, self.facts_type, dec_hook=read_value)
        except msgspec.ValidationError as error:
            raise self._invalid(msgspec.to_builtins(facts), error) from None

    def read_json(self, content: bytes | msgspec.Raw) -> Struct:
        """The facts, from their JSON.

        Raises:
            InvalidInputError: every missing, unknown or ill-typed field is named.
        """
        try:
            read: Struct = self._decoder.decode(content)
        except msgspec.ValidationError as error:
            raise self._invalid(plain_json(bytes(content)), error) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise not_json() from None
        return read

    def _invalid(self, plain: Any, error: msgspec.ValidationError) -> InvalidInputError:
        # The reader stops at the first fault: read again to name them all.
        faults = faults_of(self.input_schema, plain)
        return InvalidInputError(faults or {"input": {"fr": str(error), "en": str(error)}})


def _caller(rule: Callable[..., Struct], asks: list[str]) -> Callable[..., Struct]:
    """The rule as a function of the facts and all that can be given, whatever it asks for."""
    if asks == ["tables", "because", "settings"]:
        return rule
    if asks == ["tables", "because"]:
        return lambda facts, tables, because, settings: rule(facts, tables, because)
    if asks == ["because"]:
        return lambda facts, tables, because, settings: rule(facts, because)

    def call(facts: Struct, tables: Tables, because: Because, settings: Settings) -> Struct:
        given = {"tables": tables, "because": because, "settings": settings}
        return rule(facts, **{name: given[name] for name in asks})

    return call


class Answer[Outcome: Struct](msgspec.Struct, eq=False, gc=False):
    """What a decision answers: its outcome, or the facts it still needs, and why."""

    decision: Decision
    facts: Struct
    _outcome: Outcome | None
    unknown: tuple[str, ...]
    _noted: Because
    language: str
    _looked: list[Looked] | None

    def __repr__(self) -> str:
        """Which decision answered, never with which facts: they are personal."""
        return f"<answer of {self.decision.name}>"

    @property
    def outcome(self) -> Outcome:
        """The outcome.

        Raises:
            MissingFacts: it is unknown; `unknown` names the missing facts.
        """
        if self._outcome is None:
            raise MissingFacts(self.unknown)
        return self._outcome

    @property
    def because(self) -> list[Reason]:
        """Why, in the language that was asked."""
        return self.because_in(self.language)

    def because_in(self, language: str) -> list[Reason]:
        """Why, in another language."""
        noted = self._noted
        if not noted.notes:
            noted.rule(self.decision.rules[0])
        return noted.reasons(language, self.decision.family, (self._outcome, self.facts))

    @property
    def next(self) -> list[Change]:
        """What would change next; empty unless it was asked for (`explain="next"`)."""
        decided = self._noted.decided()
        return changes(self._looked or [], decided, self.language, self.decision.family)

    def as_json(self) -> dict[str, Any]:
        """The answer as `avenant decide` gives it, in plain values."""
        because = as_json(self.because)
        plain: dict[str, Any]
        if self._outcome is None:
            plain = {"unknown": list(self.unknown), "because": because}
        else:
            plain = {"outcome": self.decision.write_outcome(self._outcome), "because": because}
        if self._looked is not None:
            plain["next"] = msgspec.to_builtins(self.next)
        return plain


def decision[Rule: Callable[..., Struct]](
    name: str, *, rules: Sequence[str], carrier: str = "croix_bleue"
) -> Callable[[Rule], Rule]:
    """Register the function below as the decision `name`.

    `rules`: the ids of the rules it implements. `carrier`: the pack it belongs to.
    """

    def registered(rule: Rule) -> Rule:
        register(name, Decision(name, rules, carrier, rule))
        return rule

    return registered


def decide(
    name: str,
    facts: Struct | Mapping[str, Any] | None = None,
    /,
    *,
    carrier: str | None = None,
    as_of: date | None = None,
    language: str = "fr",
    explain: str | None = None,
    settings: Mapping[str, str] | None = None,
    **named: Any,
) -> Answer[Any]:
    """Answer the decision `name` for these facts: its struct, a mapping, or fields by name.

    `as_of` chooses the tables' versions and nothing else (default: today). A fact that is itself
    called `as_of` or `carrier` is passed in a mapping. `settings` overrides the carrier's choices;
    `explain="next"` also says what would change next (`Answer.next`).

    Raises:
        UnknownDecisionError: no decision bears this name.
        InvalidInputError: the facts do not fit; every bad field is named.
        CarrierDataMissingError: the pack does not hold what the decision reads, at that date.
    """
    found: Decision = find(name)
    return answer(
        found,
        found.read(named if facts is None else facts),
        carrier=carrier,
        as_of=as_of,
        language=language,
        explain=explain,
        settings=settings,
    )


def answer(
    found: Decision,
    facts: Struct,
    *,
    carrier: str | None,
    as_of: date | None,
    language: str,
    explain: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Answer[Any]:
    """Answer with facts already read; the rest as `decide`."""
    pack = found.carrier if carrier is None else carrier
    choices = Settings(pack, settings) if settings else settings_of(pack)
    because = Because(choices)
    tables: Any = tables_for(pack, as_of) if as_of else tables_of_today(pack)
    looked: list[Looked] | None = None
    if explain == "next":
        tables = WatchedTables(tables)
        looked = tables.looked
    try:
        outcome = _APART.copy().run(found.call, facts, tables, because, choices)
    except MissingFacts as missing:
        return Answer(found, facts, None, missing.names, because, language, looked)
    except OverflowError:
        raise CarrierDataMissingError(OUT_OF_CALENDAR) from None
    return Answer(found, facts, outcome, (), because, language, looked)
