"""Dossiers of the demo, built by calling the same actions as people do. All invented.

`ApplicationStory` walks one application as far as it is told; the tests' cast uses it too.
"""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from avenant.accounts.models import User
from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions.open_application import open_application
from avenant.applications.actions.save_answers import save_answers
from avenant.applications.actions.send_section import confirm_section, send_section
from avenant.applications.actions.submit_application import submit_application
from avenant.applications.content import client_sections, view_of
from avenant.applications.models import Application, AttachmentKind
from avenant.documents import illustration as illustration_pdf
from avenant.documents.actions.create_pdf import create_pdf
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import SealedDocument
from avenant.documents.uploads import UploadProblem, check_pdf
from avenant.live.actions.join_call import join_call
from avenant.live.actions.launch_call import close_call, launch_call
from avenant.live.actions.note_presence import note_presence
from avenant.live.codes import shown_code
from avenant.live.models import Call
from avenant.live.window import ClientWindow
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.actions.request_signature import request_signature
from avenant.signatures.drawing import Drawing
from avenant.signatures.models import Signer

ADVISOR_IP, CLIENT_IP = "198.51.100.7", "203.0.113.24"
ADVISOR_BROWSER, CLIENT_BROWSER = "Demo browser (office)", "Demo browser (tablet)"
ANSWERS = Path(__file__).with_name("answers.toml")
STROKES = '{"kind":"drawn","width":600,"height":200,"strokes":[[[40,120],[70,60],[95,130],[130,70],[160,125],[210,80],[250,118],[330,96]]]}'
GUARANTEES = [
    ("disability_sickness", "Invalidité en cas de maladie", Decimal("2500.00"), Decimal("48.20")),
    ("term_life_65", "Vie temporaire 65 ans", Decimal("100000.00"), Decimal("22.10")),
]


@dataclass
class ApplicationStory:
    """One application of one client with one advisor; each method is one step of the path."""

    advisor: User
    answers: dict[str, Any] = field(default_factory=dict)
    call: Call = field(init=False)
    application: Application = field(init=False)
    token: str = field(init=False, default="")

    def open(self) -> "ApplicationStory":
        self.call = launch_call(self.advisor, ip=ADVISOR_IP, user_agent=ADVISOR_BROWSER)
        self.application = open_application(self.call, by=self.advisor)
        return self

    def fill(self) -> "ApplicationStory":
        """Answer every question, the product first since the sections follow it."""
        answers = tomllib.loads(ANSWERS.read_text("utf-8")) | self.answers
        first = {"product": answers.pop("product")}
        save_answers(self.application.pk, first, by=self.advisor)
        saved = save_answers(self.application.pk, answers, by=self.advisor)
        if saved.problems:
            raise ValueError(f"answers that do not fit the form: {sorted(saved.problems)}")
        self.application.refresh_from_db()
        return self

    def join(self) -> "ApplicationStory":
        self.call.refresh_from_db()
        self.call, self.token = join_call(
            shown_code(self.call),
            ip=CLIENT_IP,
            user_agent=CLIENT_BROWSER,
            language="fr",
            consent_version="1.1",
        )
        return self

    def stay(self) -> "ApplicationStory":
        """The client's window is heard of, as it is every ten seconds while it is open."""
        call = self.window.call
        note_presence(call.pk, call.client_token_digest or "")
        return self

    def agree_illustration(self) -> "ApplicationStory":
        name = self.application.insured_name or "Client"
        content = illustration_pdf.demo(
            name, "Programme Association", [(label, a, p) for _, label, a, p in GUARANTEES]
        )
        checked = check_pdf(content, "soumission.pdf")
        if isinstance(checked, UploadProblem):
            raise TypeError(checked.code)
        illustrations.attach_file(
            self.application,
            content,
            checked,
            kind=AttachmentKind.ILLUSTRATION,
            guarantees=[{"guarantee": code, "amount": str(a)} for code, _, a, _ in GUARANTEES],
            by=self.advisor,
        )
        self.stay()
        sent = illustrations.send_illustration(self.application, self.call, by=self.advisor)
        illustrations.note_illustration_opened(sent, self.window)
        illustrations.agree_illustration(sent, self.window)
        return self

    def confirm_all(self) -> "ApplicationStory":
        for section in client_sections(view_of(self.application)):
            self.stay()
            sent = send_section(self.application, self.call, section.id, by=self.advisor)
            confirm_section(sent, self.window, content_hash=sent.content_hash)
        return self

    def sign(self, signer: str = Signer.MAIN_INSURED) -> "ApplicationStory":
        self.stay()
        request = request_signature(
            self.application,
            self.call,
            signer=signer,
            city="Montréal",
            province="QC",
            by=self.advisor,
        )
        accept_signature(
            request,
            self.window,
            Drawing.read(STROKES),
            signed_hash=request.signed_hash,
            has_read_to_end=True,
        )
        return self

    def create_pdf(self) -> SealedDocument:
        document = create_pdf(self.application, by=self.advisor)
        self.application.refresh_from_db()
        return document

    def submit(self) -> SealedDocument:
        """Submit, the created PDF being sealed; the submitted one is left to the worker."""
        self.application = submit_application(self.application, ip=ADVISOR_IP, by=self.advisor)
        return self.application.documents.get(stage="submitted")

    def close(self) -> None:
        close_call(self.call, by=self.advisor)

    def until_signed(self) -> "ApplicationStory":
        return self.open().fill().join().agree_illustration().confirm_all().sign()

    def until_submitted(self) -> "ApplicationStory":
        """The whole path, documents made at once instead of by the worker."""
        self.until_signed()
        produce_document(self.create_pdf().pk)
        produce_document(self.submit().pk)
        self.application.refresh_from_db()
        self.close()
        return self

    @property
    def window(self) -> ClientWindow:
        call = Call.objects.get(pk=self.call.pk)
        return ClientWindow(call=call, ip=CLIENT_IP, user_agent=CLIENT_BROWSER)


def load_dossiers() -> None:
    """A submitted application, one waiting for the client, and a bare draft, loaded once."""
    advisor = User.objects.get(email="conseillere@croixbleue.test")
    if Application.objects.filter(advisor=advisor).exists():
        return
    ApplicationStory(advisor).until_submitted()
    waiting = ApplicationStory(
        advisor, {"first_name": "Théodore", "last_name": "Archambault-Desrosiers", "sex": "male"}
    )
    waiting.open().fill().close()
    draft = ApplicationStory(advisor, {"first_name": "Annick", "last_name": "Ouellette"})
    draft.open()
    save_answers(
        draft.application.pk,
        {"product": "plan_express", "first_name": "Annick", "last_name": "Ouellette"},
        by=advisor,
    )
    draft.close()
