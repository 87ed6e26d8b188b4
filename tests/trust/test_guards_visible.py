"""Whose files somebody sees, what an application is made of, and what the database refuses."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from avenant.accounts.models import Role, User
from avenant.applications.models import (
    Answer,
    Application,
    ApplicationState,
    Attachment,
    Section,
    Snapshot,
)
from avenant.applications.queries import (
    applications_visible_to,
    drafts_of,
    own_applications,
    remaining_tasks,
    submitted_visible_to,
)
from avenant.applications.standing import Standing
from avenant.crypto import encrypt_json
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import VaultFile
from avenant.documents.vault import keep
from avenant.partners.models import Affiliation
from tests.support.cast import Cast, person

OPEN = ("draft", "blocked_plan_express", "blocked_guarantee", "pdf_ready")
SUBMITTED = ("submitted", "entered", "returned")
LATER = dt.date(2120, 1, 1)


@pytest.mark.parametrize("state", ApplicationState.values)
def test_it_knows_what_may_be_changed_what_is_blocked_and_what_is_submitted(state: str) -> None:
    application = Application(state=state)

    assert application.is_open == (state in OPEN)
    assert application.is_blocked == state.startswith("blocked_")
    assert application.is_submitted == (state in SUBMITTED)


def file_of(advisor: User, state: str = "submitted", **fields: object) -> Application:
    day = dt.date(2026, 6, 1)
    return Application.objects.create(
        **{
            "advisor": advisor, "carrier": advisor.carrier, "state": state,
            "form_id": "association_express", "form_version": 1, "started_on": day,
            "last_saved_on": day, "last_saved_at": timezone.now(), "expires_on": LATER,
        } | fields
    )  # fmt: skip


def seen(query: Callable[[User], models.QuerySet[Application]], user: User) -> list[str]:
    return sorted(query(user).values_list("insured_name", flat=True))


@pytest.mark.promise("G3")
def test_it_shows_an_advisor_their_own_of_their_carrier_while_it_is_kept(cast: Cast) -> None:
    own = {"insured_name": "draft"}
    file_of(cast.advisor, "draft", **own)
    file_of(cast.advisor, "draft", expires_on=dt.date(2020, 1, 1), insured_name="over")
    file_of(cast.advisor, "submitted", expires_on=dt.date(2020, 1, 1), insured_name="submitted")
    file_of(cast.advisor, "abandoned", insured_name="abandoned")
    file_of(cast.advisor, "submitted", carrier="smatis", insured_name="elsewhere")
    file_of(cast.colleague, "draft", insured_name="a colleague's draft")
    file_of(cast.colleague, "submitted", insured_name="a colleague's")

    assert seen(own_applications, cast.advisor) == ["draft", "submitted"]
    assert seen(drafts_of, cast.advisor) == ["draft"]
    assert seen(applications_visible_to, cast.advisor) == ["draft", "submitted"]
    assert seen(submitted_visible_to, cast.advisor) == ["submitted"]


@pytest.mark.promise("G3")
def test_it_shows_no_draft_to_somebody_who_is_no_advisor_any_more(cast: Cast) -> None:
    file_of(cast.advisor, "draft")
    cast.advisor.role = Role.CLAIMS

    assert seen(own_applications, cast.advisor) == []
    assert seen(drafts_of, cast.advisor) == []


@pytest.mark.promise("G3")
def test_it_shows_submitted_files_to_the_firm_the_agency_and_the_carrier(cast: Cast) -> None:
    bare = person("bare", Role.ADVISOR)
    Affiliation.objects.create(user=bare)
    for name, advisor in (("a", cast.advisor), ("b", cast.other_advisor), ("bare", bare)):
        file_of(advisor, insured_name=name)
        file_of(advisor, "draft", insured_name="draft")
    file_of(cast.other_carrier_advisor, insured_name="elsewhere")
    # These belong to the firm and the agency of the first advisor, by another right or by none.
    first = cast.advisor.affiliation
    both = {"firm": first.firm, "agency": first.managing_agency}
    alone = person("manager", Role.FIRM_MANAGER)
    agent = person("agent", Role.MANAGING_AGENCY)
    for one in (person("manager2", Role.FIRM_MANAGER), person("agent2", Role.MANAGING_AGENCY)):
        Affiliation.objects.create(user=one)
    sees = {
        cast.firm_manager: ["a"],
        cast.other_firm_manager: ["b"],
        cast.mga: ["a"],
        cast.other_mga: ["b"],
        cast.underwriter: ["a", "b", "bare"],
        cast.contract_administration: ["a", "b", "bare"],
        cast.other_carrier_admin: ["elsewhere"],
        cast.advisor: ["a"],
        cast.colleague: [],
        cast.claims: [],
        person("of_both", Role.CLAIMS, **both): [],  # type: ignore[arg-type]
        alone: [],
        agent: [],
        User.objects.get(email="manager2@exemple.test"): [],
        User.objects.get(email="agent2@exemple.test"): [],
        person("firm_only", Role.MANAGING_AGENCY, firm=first.firm): [],
        person("agency_only", Role.FIRM_MANAGER, agency=first.managing_agency): [],
    }

    assert {user: seen(submitted_visible_to, user) for user in sees} == sees


def changed(**fields: object) -> Callable[[Application], object]:
    return lambda application: Application.objects.filter(pk=application.pk).update(**fields)


def of_illustration(**fields: object) -> Callable[[Application], object]:
    return lambda application: application.attachments.update(**fields)


def with_overhead(application: Application, kind: str = "", state: str = "uploaded") -> None:
    overhead = [{"guarantee": "overhead_expense", "amount": "100.00"}]
    application.attachments.update(guarantees=overhead)
    if kind:
        Attachment.objects.create(
            application=application, kind=kind, name="a.pdf", page_count=1, scan="off",
            file=VaultFile.objects.earliest("pk"), state=state,
        )  # fmt: skip


SPOILED: dict[str, tuple[Callable[[Application], object], set[str]]] = {
    "as it is": (lambda _a: None, set()),
    "an answer is missing": (lambda a: a.answers.filter(question="known_since").delete(), {"sections"}),
    "a section is not confirmed": (
        lambda a: a.sections.filter(key="insured").update(state="filled"), {"client_confirmation"},
    ),
    "no illustration": (of_illustration(state="replaced"), {"quote"}),
    "another kind of file": (of_illustration(kind="additional"), {"quote"}),
    "not sent": (of_illustration(state="uploaded"), {"quote_sent"}),
    "overhead without its form": (with_overhead, {"overhead_form"}),
    "overhead and its form": (lambda a: with_overhead(a, "additional"), set()),
    "overhead, the form taken away": (
        lambda a: with_overhead(a, "additional", "replaced"), {"overhead_form"},
    ),
    "not signed": (lambda a: a.signatures.update(state="requested"), {"signature"}),
    "signature fallen": (lambda a: a.signatures.update(state="void"), {"signature"}),
    "blocked": (changed(state="blocked_guarantee"), {"plan_express_block"}),
    "no share": (lambda a: a.answers.filter(question="own_percent").delete(), {"sections", "commission"}),
}  # fmt: skip


@pytest.mark.rule("4/APP-36")
def test_it_makes_the_pdf_when_nothing_is_missing_and_names_each_thing_that_is(cast: Cast) -> None:
    pk = ApplicationStory(cast.advisor).until_signed().application.pk
    found = {}

    for name, (spoil, _) in SPOILED.items():
        with transaction.atomic():
            spoil(Application.objects.get(pk=pk))
            standing = Standing(Application.objects.get(pk=pk))
            found[name] = set(standing.gate.outcome.missing)
            assert bool(remaining_tasks(standing)) == bool(found[name] - {"plan_express_block"})
            transaction.set_rollback(True)

    assert found == {name: missing for name, (_, missing) in SPOILED.items()}


def test_it_counts_what_the_client_confirms_and_the_signatures_that_stand(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    standing = Standing(story.application)

    assert "representative" not in standing.client_section_states
    assert set(standing.client_section_states.values()) == {"confirmed"}
    assert [one.state for one in standing.signatures] == ["signed"]
    story.application.signatures.update(state="void")
    assert Standing(story.application).signatures == []
    assert Standing(story.application).gate.outcome.missing == {"signature"}


def test_it_shows_no_pdf_before_there_is_a_number(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()

    assert Standing(story.application).latest_document == document
    story.application.number = ""
    assert Standing(story.application).latest_document is None


@pytest.mark.promise("G5")
def test_it_has_the_database_keep_one_answer_one_section_one_sending_one_illustration(
    cast: Cast,
) -> None:
    story = ApplicationStory(cast.advisor).open()
    application = story.application
    file = keep(b"%PDF-1.7")
    kept = {"application": application, "content": b"x", "content_hash": "0", "language": "fr"}
    twice: dict[str, Callable[[str], object]] = {
        "one_answer": lambda _n: Answer.objects.create(
            application=application, question="q", secret=encrypt_json("x"), sequence=1
        ),
        "one_section": lambda _n: Section.objects.create(application=application, key="insured"),
        "one_current_snapshot": lambda n: Snapshot.objects.create(
            section="insured", state=n, call=story.call, sent_at=timezone.now(), **kept
        ),
        "one_current_illustration": lambda n: Attachment.objects.create(
            application=application, kind="quote", file=file, name="a.pdf", page_count=1,
            scan="off", state="uploaded" if n == "sent" else "agreed",
        ),
    }  # fmt: skip

    for constraint, create in twice.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            create("sent")
            create("confirmed")
