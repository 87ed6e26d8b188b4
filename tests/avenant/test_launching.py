"""« Lancer une session vide » does what the decision says (4/COS-01 to 03)."""

from html import unescape

import pytest
from django.urls import reverse

from avenant.demo.dossiers import ADVISOR_IP
from avenant.errors import RuleError
from avenant.live import views
from avenant.live.actions.launch_call import close_call, launch_call
from avenant.live.models import Call
from tests.support.cast import Cast, browser_of


@pytest.mark.rule("4/COS-01")
def test_it_opens_a_call_when_none_is_open(cast: Cast) -> None:
    answer = browser_of(cast.advisor).post(reverse("launch_call"))

    assert answer["Location"] == reverse("call", args=[Call.objects.get().pk])


@pytest.mark.rule("4/COS-02")
def test_it_offers_the_call_that_is_open(cast: Cast) -> None:
    browser = browser_of(cast.advisor)
    browser.post(reverse("launch_call"))

    answer = browser.post(reverse("launch_call"))

    assert answer.status_code == 409
    assert "Une session précédente a été trouvée" in unescape(answer.content.decode())
    assert Call.objects.count() == 1


@pytest.mark.rule("4/COS-02")
def test_it_closes_the_open_call_and_launches_another_by_one_button(cast: Cast) -> None:
    browser = browser_of(cast.advisor)
    browser.post(reverse("launch_call"))

    answer = browser.post(reverse("launch_call"), {"existing": "close"})

    old, new = Call.objects.order_by("started_at")
    assert (old.is_open, new.is_open) == (False, True)
    assert answer["Location"] == reverse("call", args=[new.pk])


@pytest.mark.rule("4/COS-03")
def test_it_is_back_where_a_call_is_launched_once_one_is_closed(cast: Cast) -> None:
    browser = browser_of(cast.advisor)
    browser.post(reverse("launch_call"))

    answer = browser.post(reverse("close_call", args=[Call.objects.get().pk]))

    assert answer["Location"] == reverse("home")
    assert not Call.objects.get().is_open


@pytest.mark.parametrize("is_closed", [False, True])
def test_it_offers_what_another_window_opened_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, is_closed: bool
) -> None:
    """Both windows asked first and found no open call; the other one's may be closed again by now."""

    def too_late(*_: object, **__: object) -> Call:
        call = launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="x")
        if is_closed:
            close_call(call, by=cast.advisor)
        raise RuleError("call_open")

    monkeypatch.setattr(views, "launch_call", too_late)

    answer = browser_of(cast.advisor).post(reverse("launch_call"))

    assert answer.status_code == (302 if is_closed else 409)
