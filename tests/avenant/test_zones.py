"""Hours are those of the reader's carrier (D7)."""

import datetime as dt
import subprocess
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from avenant.accounts.models import User
from avenant.documents.vault import read
from avenant.pages.brand import use_brand
from avenant.pages.formats import clock
from avenant.pages.middleware import CarrierZoneMiddleware
from tests.support.cast import Cast
from tests.trust.doings import submitted

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


def test_the_pdf_was_sealed_right_after_it_was_made(cast: Cast, tmp_path: Path) -> None:
    document = submitted(cast).documents.get(stage="submitted")
    path = tmp_path / "sealed.pdf"
    path.write_bytes(read(document.file))

    said = subprocess.run(
        ["pdfinfo", "-isodates", path], capture_output=True, text=True, check=True
    )

    made, sealed = (
        dt.datetime.fromisoformat(line.split(maxsplit=1)[1])
        for line in said.stdout.splitlines()
        if line.startswith(("CreationDate", "ModDate"))
    )
    assert abs(sealed - made) < dt.timedelta(minutes=5)
