"""Whatever changes a draft starts its fifteen days anew (4/APP-07, APP-08, settled 8)."""

import datetime as dt
from collections.abc import Callable

import pytest

from avenant.applications.models import Application
from avenant.clock import today
from tests.support.cast import Cast
from tests.trust.doings import Doing, attaching, changing_rows, saving, saving_answers


@pytest.mark.rule("4/APP-07")
@pytest.mark.rule("4/APP-08")
@pytest.mark.parametrize("act", [saving_answers, changing_rows, attaching, saving])
def test_it_keeps_a_draft_fifteen_days_from_its_last_change(
    cast: Cast, act: Callable[[Cast], Doing]
) -> None:
    doing = act(cast)
    day = today("croix_bleue")
    Application.objects.update(expires_on=day, last_saved_on=day - dt.timedelta(days=15))

    doing()

    kept = Application.objects.get()
    assert (kept.last_saved_on, kept.expires_on) == (day, day + dt.timedelta(days=15))
