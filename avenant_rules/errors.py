"""What can go wrong when a rule is asked: one class an error, each with a stable code.

A refusal by a rule is an outcome, not an error. Messages are written in French and in English and
chosen when they are read.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

type Language = Literal["fr", "en"]
type Bilingual = Mapping[str, str]


class RuleError(Exception):
    """A rule could not be applied, or refuses the step. `code` never changes its meaning."""

    code = "rule_error"

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message["en"])
        self._message = message

    def message(self, language: str = "fr") -> str:
        """The sentence for the reader, in `language`."""
        return self._message.get(language) or self._message["fr"]


class UnknownDecisionError(RuleError):
    """No decision bears this name."""

    code = "unknown_decision"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            {
                "fr": f"Il n'y a pas de décision nommée « {name} ».",
                "en": f"There is no decision called “{name}”.",
            }
        )


class InvalidInputError(RuleError):
    """The facts do not fit: `fields` says what is wrong with each, and names them all."""

    code = "invalid_input"

    def __init__(self, fields: Mapping[str, Bilingual], message: Bilingual | None = None) -> None:
        self._fields = fields
        names = ", ".join(fields)
        super().__init__(
            message
            or {
                "fr": f"Ces renseignements ne conviennent pas : {names}.",
                "en": f"These facts do not fit: {names}.",
            }
        )

    def fields(self, language: str = "fr") -> dict[str, str]:
        """What is wrong with each field, in `language`."""
        return {name: says.get(language) or says["fr"] for name, says in self._fields.items()}


class CarrierDataMissingError(RuleError):
    """The carrier's pack does not hold what the decision reads, at the date asked."""

    code = "carrier_data_missing"


class MissingFacts(Exception):  # noqa: N818 - not an error: `decide` turns it into "unknown"
    """The rule that decides reads facts that are not known yet."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        super().__init__(", ".join(self.names))


class StepRefused(RuleError):  # noqa: N818 - reads as what happened
    """The step does not exist from this state, or a fact it needs does not hold."""

    def __init__(self, code: str, message: Bilingual) -> None:
        self.code = code
        super().__init__(message)
