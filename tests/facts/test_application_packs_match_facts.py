"""The figures of the electronic application that the guide prints."""

import pytest

from tests.facts import packs
from tests.facts.load import fact


@pytest.mark.rule("4/APP-30")
def test_has_as_many_rows_for_children_as_printed() -> None:
    printed = fact("application_figures", key="children_listed_above")["number"]

    assert packs.parameters("application_children")["rows_on_the_form"] == (printed, "count")
