"""A received file is shown as it was rebuilt, never as it came."""

from html import unescape

import pytest
from django.urls import reverse

from avenant.applications.files import attachment_response
from avenant.applications.models import Attachment
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.uploads import rebuild
from avenant.documents.vault import keep, read
from tests.support.cast import Cast, browser_of
from tests.trust.test_hostile_uploads import send


@pytest.fixture
def attachment(cast: Cast) -> Attachment:
    ApplicationStory(cast.advisor).open().fill().join().agree_illustration()
    return Attachment.objects.get()


@pytest.mark.promise("G19")
def test_it_shows_what_was_rebuilt(attachment: Attachment) -> None:
    shown = attachment_response(attachment).content

    assert attachment.printable is not None
    assert shown == read(attachment.printable) != read(attachment.file)


@pytest.mark.promise("G19")
def test_it_rebuilds_what_came_before_files_were_rebuilt(attachment: Attachment) -> None:
    attachment.printable = None

    assert attachment_response(attachment).content == rebuild(read(attachment.file))[0]


@pytest.mark.promise("G6")
def test_it_hands_out_what_cannot_be_rebuilt_and_never_shows_it(attachment: Attachment) -> None:
    attachment.printable, attachment.file = None, keep(b"%PDF-1.7\nnothing")

    answer = attachment_response(attachment)

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.promise("G25")
def test_it_says_what_is_wrong_with_a_file_beside_what_is_missing_from_the_rest(cast: Cast) -> None:
    """One try tells everything: a file that is no good, and no guarantee typed."""
    story = ApplicationStory(cast.advisor).open().fill()
    address = reverse("upload_file", args=[story.application.pk])

    answer = send(browser_of(cast.advisor), address, "a.pdf", b"%PDF-1.7\nno", kind="quote")

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Le fichier est endommagé ou incomplet" in page
    assert "Inscrivez au moins une garantie" in page
    assert not Attachment.objects.exists()
