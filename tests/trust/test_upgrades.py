"""Upgrades don't break what is there (G18): migrations run over data of the version before."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from avenant.demo.dossiers import ApplicationStory
from avenant.signatures.evidence import check_signatures
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast

pytestmark = [pytest.mark.promise("G18"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def before_places_were_bound() -> Iterator[None]:
    """The database as it was; brought up to date whatever happens."""
    yield
    call_command("migrate", "signatures", verbosity=0)


def test_it_keeps_the_formula_of_earlier_signatures(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, before_places_were_bound: None
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SignatureRequest._meta.get_field("formula"), "default", 1)
        story = ApplicationStory(cast.advisor).until_signed()
    assert SignatureRequest.objects.get().formula == 1
    call_command("migrate", "signatures", "0001", verbosity=0)

    call_command("migrate", "signatures", verbosity=0)

    assert SignatureRequest.objects.get(application=story.application).formula == 1
    assert list(check_signatures()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE name = '0002_formula'")
        assert cursor.fetchone()[0] == 1
