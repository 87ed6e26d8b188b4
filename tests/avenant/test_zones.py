"""Hours are those of the reader's carrier (D7)."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from avenant.accounts.models import User
from avenant.pages.brand import use_brand
from avenant.pages.formats import clock
from avenant.pages.middleware import CarrierZoneMiddleware

NOON = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)


def hour_for(carrier: str, *, chosen: str = "") -> str:
    def view(request: HttpRequest) -> HttpResponse:
        if chosen:
            use_brand(request, chosen)
        return HttpResponse(clock(NOON, "fr_CA"))

    request = RequestFactory().get("/")
    request.user = User(carrier=carrier)
    return CarrierZoneMiddleware(view)(request).content.decode().replace("\u00a0", " ")  # type: ignore[attr-defined]


def test_it_tells_the_hour_of_the_readers_carrier() -> None:
    assert hour_for("croix_bleue") == "8 h 00"
    assert hour_for("smatis") == "14 h 00"
    assert hour_for("") == "8 h 00"


def test_it_tells_the_hour_of_the_carrier_whose_page_it_is() -> None:
    assert hour_for("", chosen="smatis") == "14 h 00"


def test_it_leaves_the_zone_as_it_was() -> None:
    before = timezone.get_current_timezone_name()
    hour_for("", chosen="smatis")

    assert timezone.get_current_timezone_name() == before
