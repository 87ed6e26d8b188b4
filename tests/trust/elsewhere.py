"""Prepares and looks at one application in the installation that the environment names, for tests
whose database is not this process's: `python -m tests.trust.elsewhere prepare submit | look ID`.

Says one JSON object.
"""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
django.setup()

from avenant.accounts.models import User  # noqa: E402 - Django first
from avenant.applications.actions.send_section import send_section  # noqa: E402
from avenant.applications.models import Application  # noqa: E402
from avenant.demo.dossiers import ApplicationStory  # noqa: E402
from avenant.documents.actions.produce_document import produce_document  # noqa: E402
from avenant.history.models import Event  # noqa: E402
from avenant.live.models import Call  # noqa: E402
from avenant.signatures.actions.request_signature import request_signature  # noqa: E402
from tests.support.browsing import ADVISOR  # noqa: E402
from tests.trust.effects import effects  # noqa: E402

SECTION = "insured"


def prepare(until: str) -> dict[str, Any]:
    """An application of the demo's advisor, one step before `until`: submit, confirm or sign."""
    advisor = User.objects.get(email=ADVISOR)
    for left_open in Call.objects.filter(advisor=advisor).exclude(state="closed"):
        Call.objects.filter(pk=left_open.pk).update(state="closed", code_digest=None)
    story = ApplicationStory(advisor).open().fill().join().agree_illustration()
    facts: dict[str, Any] = {}
    if until == "confirm":
        sent = send_section(story.application, story.call, SECTION, by=advisor)
        facts = {"snapshot": sent.pk, "content_hash": sent.content_hash}
    elif until == "sign":
        story.confirm_all()
        asked = request_signature(
            story.application,
            story.call,
            signer="main_insured",
            city="Laval",
            province="QC",
            by=advisor,
        )
        facts = {"request": asked.pk, "signed_hash": asked.signed_hash}
    elif until == "submit":
        story.confirm_all().sign()
        produce_document(story.create_pdf().pk)
    return facts | {
        "application": str(story.application.pk),
        "number": story.application.number,
        "call": str(story.call.pk),
        "token": story.token,
    }


def look(pk: str) -> dict[str, Any]:
    """What became of it."""
    application = Application.objects.get(pk=pk)
    events = Event.objects.filter(dossier=f"application:{pk}")
    return {
        "effects": effects(application),
        "events": {
            kind: events.filter(kind=kind).count()
            for kind in ("section_confirmed", "signature_given")
        },
        "answers": {
            answer.question: answer.value
            for answer in application.answers.filter(question__in=["first_name", "last_name"])
        },
        "section": application.sections.get(key=SECTION).state,
        "sequence": application.calls.order_by("-started_at").values_list("sequence", flat=True)[0],
    }


if __name__ == "__main__":
    act = {"prepare": prepare, "look": look}[sys.argv[1]]
    sys.stdout.write(json.dumps(act(sys.argv[2])))
