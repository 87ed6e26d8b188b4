"""What the client was shown and agreed to is printed, whole and in its order (B5)."""

import re
import subprocess
from pathlib import Path

import pytest

from avenant.applications.content import confirmed_snapshots
from avenant.carriers.texts import NOTICES, reading_at
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import SealedDocument
from avenant.documents.vault import read
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G19")


def words(text: str) -> str:
    """The letters and figures alone: lines and hyphens break where the page ends."""
    return re.sub(r"[\W_]+", "", text.replace("\u00ad", "")).casefold()


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).until_submitted()


@pytest.fixture
def printed(story: ApplicationStory, tmp_path: Path) -> str:
    document = SealedDocument.objects.get(stage="submitted")
    path = tmp_path / "sealed.pdf"
    path.write_bytes(read(document.file))
    done = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True
    )
    # What stands at the head and the foot of each page would part what it interrupts.
    pages = [page.strip("\n").splitlines() for page in done.stdout.split("\f")]
    number = document.number
    return words(
        " ".join(
            line for page in pages for line in page if number not in line and "http" not in line
        )
    )


def shown(story: ApplicationStory) -> list[list[str]]:
    """The labels and texts of each section that the client confirmed, in the order of the screen."""
    found = []
    for snapshot in confirmed_snapshots(story.application):
        texts: list[str] = []
        for item in snapshot.shown["items"]:
            if item["kind"] == "reading":
                texts.append(item["title"])
                texts += [one[key] for one in item["paragraphs"] for key in ("heading", "text")]
            elif item["kind"] == "declaration":
                texts += [item["title"], item["intro"]]
                texts += [one["label"] for one in item["statements"]]
            elif item["kind"] == "question":
                texts.append(item["label"])
        found.append([one for one in texts if one])
    return found


def test_it_prints_every_text_of_every_section_in_the_order_of_the_screen(
    story: ApplicationStory, printed: str
) -> None:
    for texts in shown(story):
        place = 0
        for text in texts:
            found = printed.find(words(text)[:60], place)
            assert found >= place, f"« {text[:60]} » is not printed, or before what it follows"
            place = found


def test_it_prints_the_debit_agreement(story: ApplicationStory, printed: str) -> None:
    payment = next(
        one for one in confirmed_snapshots(story.application) if one.section == "payment"
    )
    agreement = next(item for item in payment.shown["items"] if item["kind"] == "reading")

    assert agreement["paragraphs"]
    assert all(words(one["text"])[:80] in printed for one in agreement["paragraphs"])


def test_it_prints_the_notices_with_their_headings_and_what_signing_declares(
    story: ApplicationStory, printed: str
) -> None:
    request = story.application.signatures.get(state="signed")
    texts = reading_at(
        story.application.carrier, NOTICES, request.notices_version, request.language
    ).texts

    for text in texts:
        for part in (text.title, text.intro, *(one for pair in text.paragraphs for one in pair)):
            assert words(part)[:60] in printed, part[:60]
    assert words("En signant, je déclare ce qui suit.") in printed


def test_it_prints_the_remarks_once(cast: Cast, tmp_path: Path) -> None:
    from avenant.applications.actions.save_answers import save_answers
    from avenant.documents.assembly import assemble

    story = ApplicationStory(cast.advisor).open().fill()
    save_answers(story.application.pk, {"remarks": "Documents à suivre mardi."}, by=story.advisor)
    story.join().agree_illustration().confirm_all().sign()

    made = assemble(story.create_pdf())

    assert made.remarks == "Documents à suivre mardi."
    values = [getattr(item, "value", None) for one in made.sections for item in one.items]
    assert made.remarks not in values
