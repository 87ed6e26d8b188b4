"""The API as its own description says it is, tried by Schemathesis with inputs made from it."""

from datetime import timedelta
from random import Random

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance
from schemathesis.schemas import APIOperation

from avenant.limits import middleware
from avenant.limits.limit import LimitReachedError

SAMPLE = 12  # operations out of 140, others at each run

# Each request ends with its connection, as at a real server.
pytestmark = pytest.mark.django_db(transaction=True)


def operations() -> list[APIOperation]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [result.ok() for result in schema.get_all_operations()]


def keeps_its_word(operation: APIOperation, examples: int) -> None:
    """Statuses, media types and bodies are those described, whatever fitting thing is asked."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        # A fitting question may be about a day or a carrier of which the packs hold nothing.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()


def test_it_describes_the_refusal_of_too_many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise LimitReachedError(timedelta(minutes=1))

    monkeypatch.setattr(middleware, "count_try", refuse)

    keeps_its_word(operations()[0], 3)


def test_it_keeps_its_word_on_a_few_decisions() -> None:
    for operation in Random().sample(operations(), SAMPLE):
        keeps_its_word(operation, 5)


@pytest.mark.trust
def test_it_keeps_its_word_on_every_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    # Seven thousand questions from one address: refused, they would show nothing of the decisions.
    monkeypatch.setattr(middleware, "count_try", lambda *_: None)
    found = operations()
    for operation in found:
        keeps_its_word(operation, 50)

    assert len(found) >= 140
