"""What is typed: kept under its question, in its order, and everything that follows from it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from avenant.applications.actions import send_section as sections
from avenant.applications.actions.save_answers import change_rows, save_answers
from avenant.applications.models import Answer, Application, Attachment
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import SealedDocument
from avenant.errors import RuleError
from avenant.history.models import Event
from tests.support.cast import Cast
from tests.trust.doings import filled

BLOCK, CANCER = "express_6_3.organs", "express_6_3.cancer"


@pytest.fixture
def blank(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open()


def save(story: ApplicationStory, **answers: object) -> None:
    asked = {name.replace("__", "."): value for name, value in answers.items()}
    save_answers(story.application.pk, asked, by=story.advisor)
    story.application.refresh_from_db()


def value(question: str) -> object:
    found = Answer.objects.filter(question=question).first()
    return found and found.value


def events(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    "path",
    ["nothing", "children", "children.r1.nothing", "insured", "children.r1.child_last_name"],
)
def test_it_keeps_no_answer_to_what_is_no_question(blank: ApplicationStory, path: str) -> None:
    with pytest.raises(RuleError, match="unknown_question"):
        save_answers(blank.application.pk, {"first_name": "Zoé", path: "x"}, by=blank.advisor)

    assert not events("answers_saved")


@pytest.mark.parametrize("group", ["nothing", "first_name", "insured", ""])
def test_it_adds_no_row_to_what_is_no_list(blank: ApplicationStory, group: str) -> None:
    with pytest.raises(RuleError, match="unknown_question"):
        change_rows(blank.application, group, add=True, by=blank.advisor)

    assert not Answer.objects.exists()


@pytest.mark.rule("4/APP-30")
def test_it_adds_a_row_and_takes_the_one_away_that_is_named(blank: ApplicationStory) -> None:
    for _ in range(2):
        change_rows(blank.application, "children", add=True, by=blank.advisor)
    rows = value("children")
    assert isinstance(rows, list)
    assert len(rows) == 2

    change_rows(blank.application, "children", remove=rows[0]["row"], by=blank.advisor)

    assert value("children") == rows[1:]
    assert events("answers_saved") == 3


@pytest.mark.rule("4/APP-30")
def test_it_takes_a_section_for_incomplete_while_a_row_is_empty(cast: Cast) -> None:
    story = filled(cast)

    def family() -> str:
        return story.application.sections.get(key="family").state

    save(story, has_children="yes")
    change_rows(story.application, "children", add=True, by=cast.advisor)
    row = value("children")[0]["row"]  # type: ignore[index]
    child = {
        "child_last_name": "Gagnon", "child_first_name": "Ida", "child_birth_date": "2020-01-01",
        "child_sex": "female", "child_relationship": "own", "is_child_insured": "no",
    }  # fmt: skip
    save(story, **{f"children__{row}__{name}": one for name, one in child.items()})
    assert family() == "filled"

    change_rows(story.application, "children", add=True, by=cast.advisor)
    assert family() == "incomplete"
    change_rows(
        story.application, "children", remove=value("children")[1]["row"], by=cast.advisor  # type: ignore[index]
    )  # fmt: skip
    assert family() == "filled"


@pytest.mark.rule("4/COS-08")
@pytest.mark.parametrize("state", ["sent", "confirmed"])
def test_it_changes_no_list_that_the_client_reads(blank: ApplicationStory, state: str) -> None:
    blank.application.sections.filter(key="family").update(state=state)

    with pytest.raises(RuleError, match="section_locked"):
        change_rows(blank.application, "children", add=True, by=blank.advisor)

    assert not Answer.objects.exists()


@pytest.mark.rule("4/APP-06")
def test_it_leaves_a_late_copy_of_an_older_answer_of_the_same_window_aside(
    blank: ApplicationStory,
) -> None:
    def typed(name: str, writer: str, sequence: int, question: str = "first_name") -> object:
        save_answers(
            blank.application.pk, {question: name}, by=blank.advisor, writer=writer,
            writer_sequence=sequence,
        )  # fmt: skip
        return value(question)

    assert typed("Zoé", "one", 5) == "Zoé"
    assert typed("Zo", "one", 4) == "Zoé"  # the late copy
    assert typed("Léa", "one", 5) == "Léa"
    assert typed("Gagné", "one", 4, "last_name") == "Gagné"  # another question of that window
    assert typed("Nora", "two", 1) == "Nora"  # another window
    assert typed("Ida", "", 0) == "Ida"  # none is named
    row = Answer.objects.get(question="first_name")
    assert (row.writer, row.writer_sequence) == ("", 0)
    assert events("answers_saved") == 5


def test_it_keeps_what_is_right_beside_what_cannot_be_read(blank: ApplicationStory) -> None:
    save(blank, birth_date="1984-03-07")

    saved = save_answers(
        blank.application.pk, {"birth_date": "hier", "first_name": "Zoé"}, by=blank.advisor
    )

    assert set(saved.problems) == {"birth_date"}
    assert (value("birth_date"), value("first_name")) == ("1984-03-07", "Zoé")
    told = Event.objects.filter(kind="answers_saved").latest("pk").facts
    assert told == {"sections": ["insured"]}


def test_it_says_nothing_of_what_was_there_already(blank: ApplicationStory) -> None:
    save(blank, first_name="Zoé")
    save(blank, first_name="Zoé")

    assert events("answers_saved") == 1


@pytest.mark.rule("4/APP-21")
def test_it_blocks_at_a_refusal_says_so_once_and_lets_go_when_it_was_a_mistake(
    blank: ApplicationStory,
) -> None:
    save(blank, product="plan_express")
    save(blank, **{BLOCK.replace(".", "__"): "inexact"})
    blocked = Application.objects.get()
    assert (blocked.state, blocked.blocked_by) == ("blocked_plan_express", ["plan_express"])
    assert blocked.blocked_at is not None

    save(blank, **{CANCER.replace(".", "__"): "inexact"})
    assert Application.objects.get().blocked_at == blocked.blocked_at
    assert events("application_blocked") == 1
    save(blank, **{CANCER.replace(".", "__"): "exact"})
    assert Application.objects.get().state == "blocked_plan_express"

    save(blank, **{BLOCK.replace(".", "__"): "exact"})
    free = Application.objects.get()
    assert (free.state, free.blocked_by, free.blocked_at) == ("draft", [], None)
    assert events("application_unblocked") == 1


@pytest.mark.rule("4/APP-24")
def test_it_blocks_one_guarantee_then_another_with_its_own_moment(blank: ApplicationStory) -> None:
    save(blank, product="plan_express", wants_critical_illness="yes", wants_monthly_income="yes")
    save(blank, express_6_1__diabetes="inexact")
    first = Application.objects.get()
    save(blank, express_6_2__at_work="inexact")
    second = Application.objects.get()

    assert (first.state, first.blocked_by) == ("blocked_guarantee", ["critical_illness"])
    assert second.blocked_by == ["critical_illness", "monthly_income"]
    assert first.blocked_at is not None
    assert second.blocked_at is not None
    assert first.blocked_at < second.blocked_at
    save(blank, express_6_1__diabetes="exact")
    third = Application.objects.get()
    assert (third.blocked_by, third.blocked_at) == (["monthly_income"], second.blocked_at)


@pytest.mark.rule("4/APP-25")
@pytest.mark.parametrize(
    ("state", "days", "becomes"),
    [
        (None, 0, "blocked_plan_express"),  # no illustration at all
        ("agreed", -1, "blocked_plan_express"),  # one from before the refusal
        ("uploaded", 1, "blocked_plan_express"),
        ("opened", 1, "blocked_plan_express"),
        ("agreed", 1, "draft"),
    ],
)
def test_it_goes_on_without_plan_express_with_a_new_illustration_that_is_agreed(
    cast: Cast, blank: ApplicationStory, state: str | None, days: int, becomes: str
) -> None:
    import datetime as dt

    if state:
        blank.join().agree_illustration()
    save(blank, product="plan_express", express_6_3__organs="inexact")
    if state:
        moment = Application.objects.get().blocked_at
        assert moment is not None
        moment += dt.timedelta(days=days)
        Attachment.objects.update(state=state, uploaded_at=moment)

    save(blank, product="association")

    assert Application.objects.get().state == becomes


@pytest.mark.rule("4/APP-38")
def test_it_leaves_the_pdf_of_now_behind_when_a_printed_answer_changes(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    first, second = story.create_pdf(), story.create_pdf()
    assert SealedDocument.objects.get(pk=first.pk).is_superseded

    save(story, remarks="À suivre.")

    assert SealedDocument.objects.get(pk=second.pk).is_superseded
    assert Application.objects.get().state == "draft"
    assert events("pdf_superseded") == 2
    save(story, remarks="")
    assert events("pdf_superseded") == 2


@pytest.mark.rule("4/SIG-16")
def test_it_keeps_a_new_signature_beside_one_that_fell(cast: Cast) -> None:
    story = filled(cast).agree_illustration().confirm_all().sign()
    sections.modify_section(story.application, story.call, "insured", by=cast.advisor)
    save(story, city="Laval")
    story.stay()
    sent = sections.send_section(story.application, story.call, "insured", by=cast.advisor)
    sections.confirm_section(sent, story.window, content_hash=sent.content_hash)
    story.sign()

    save(story, remarks="À suivre.")

    states = story.application.signatures.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["void", "signed"]


def test_it_looks_for_no_pdf_of_a_draft_that_never_had_one(blank: ApplicationStory) -> None:
    """Autosave is the act done most: it asks the database for nothing that cannot be there."""
    with CaptureQueriesContext(connection) as asked_of_database:
        save(blank, first_name="Zoé")

    tables = {
        name for one in asked_of_database.captured_queries
        for name in re.findall(r'FROM "(\w+)"', one["sql"])
    }  # fmt: skip
    assert "documents_sealeddocument" not in tables


@pytest.mark.promise("G3")
@pytest.mark.parametrize("whose", ["another advisor's", "of another carrier"])
def test_it_keeps_no_answer_in_a_file_that_is_not_ones_own(
    cast: Cast, blank: ApplicationStory, whose: str
) -> None:
    by = cast.other_advisor if whose == "another advisor's" else blank.advisor
    if by == blank.advisor:
        Application.objects.update(carrier="smatis")

    with pytest.raises(Application.DoesNotExist):
        save_answers(blank.application.pk, {"first_name": "Zoé"}, by=by)

    assert not Answer.objects.exists()


def test_it_takes_nothing_for_late_that_names_no_window(blank: ApplicationStory) -> None:
    for number, name in ((5, "Zoé"), (3, "Ada")):
        save_answers(
            blank.application.pk, {"first_name": name}, by=blank.advisor, writer_sequence=number
        )

    assert value("first_name") == "Ada"
