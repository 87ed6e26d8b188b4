"""Files of an application on the advisor's side."""

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import Role
from avenant.applications.actions.illustration import attach_file, send_illustration
from avenant.applications.files import attachment_response, pdf_response
from avenant.applications.forms import AdditionalFileForm, IllustrationForm
from avenant.applications.models import Application, AttachmentKind
from avenant.applications.page import application_context, product_of
from avenant.applications.queries import applications_visible_to, drafts_of, section_url
from avenant.applications.views import own_or_404
from avenant.carriers.packs import reader_language
from avenant.documents.scanning import scanner
from avenant.documents.uploads import CheckedUpload, UploadProblem, check_pdf
from avenant.documents.vault import VaultError
from avenant.errors import RuleError, explain, show_refusal
from avenant.live.queries import open_call_on
from avenant.rules import ask

logger = logging.getLogger(__name__)


@require_POST
@role_required(Role.ADVISOR)
def upload(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Télécharger des fichier(s) »: checked before it is kept."""
    application = own_or_404(request, pk)
    kind = request.POST.get("kind")
    if kind not in AttachmentKind.values:
        raise Http404
    is_illustration = kind == AttachmentKind.ILLUSTRATION
    form = (
        IllustrationForm(
            request.POST,
            request.FILES,
            product=product_of(application),
            language=reader_language(),
            chosen=application.product,
        )
        if is_illustration
        else AdditionalFileForm(request.POST, request.FILES)
    )
    checked = _checked(form, application, kind)
    if checked is not None and form.is_valid():
        content, kept = checked
        guarantees = form.guarantees() if isinstance(form, IllustrationForm) else []
        try:
            attach_file(
                application, content, kept, kind=kind, guarantees=guarantees, by=request.user
            )
        except RuleError as error:
            form.add_error(None, explain(error))
        except VaultError:
            logger.exception("an upload could not be kept")
            form.add_error(
                "file",
                _(
                    "Le fichier n'a pas pu être conservé : l'espace de conservation ne répond "
                    "pas ou est plein. Rien d'autre n'est perdu ; réessayez plus tard."
                ),
            )
        else:
            messages.success(request, _("Le fichier est joint à la proposition."))
            return redirect(section_url(application, "soumission"))
    context = application_context(request, application, current="soumission")
    context["illustration_form" if is_illustration else "additional_form"] = form
    return render(request, "applications/application.html", context, status=422)


def _checked(
    form: IllustrationForm | AdditionalFileForm, application: Application, kind: str
) -> tuple[bytes, CheckedUpload] | None:
    """The file after its check; what is wrong with it is said beside what is wrong with the rest."""
    form.full_clean()
    file = form.cleaned_data.get("file")
    if file is None:
        return None
    content = file.read()
    checked = check_pdf(
        content, file.name, max_bytes=settings.AVENANT_UPLOAD_LIMIT, scanner=scanner()
    )
    if isinstance(checked, CheckedUpload):
        facts = {"field": kind, "file_name": checked.name}
        error = ask("application.attachment", application.carrier, **facts).outcome.error
        checked = UploadProblem(code=error) if error else checked
    if isinstance(checked, UploadProblem):
        form.add_error("file", checked.sentence(reader_language()))
        return None
    return content, checked


@require_POST
@role_required(Role.ADVISOR)
def send(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Envoyer le fichier au client »."""
    application = own_or_404(request, pk)
    call = open_call_on(application)
    try:
        if call is None:
            raise RuleError("no_client")
        send_illustration(application, call, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
    else:
        messages.success(request, _("La soumission est envoyée : votre client l'a à son écran."))
    return redirect(section_url(application, "soumission"))


@require_GET
def show(request: SignedInRequest, pk: UUID, file: int) -> HttpResponse:
    """A file put with the application, for whoever may see the application."""
    application = get_object_or_404(applications_visible_to(request.user), pk=pk)
    found = get_object_or_404(application.attachments.select_related("file", "printable"), pk=file)
    return attachment_response(found)


@require_GET
def document(request: SignedInRequest, pk: UUID, number: str) -> HttpResponse:
    """The sealed PDF; the submitted one once it is there, the created one for its advisor."""
    application = get_object_or_404(applications_visible_to(request.user), pk=pk)
    is_own = drafts_of(request.user).filter(pk=pk).exists() or application.advisor == request.user
    documents = application.documents.filter(number=number, file__isnull=False)
    if not is_own:
        documents = documents.filter(stage="submitted")
    found = documents.select_related("file").order_by("-id").first()
    if found is None or found.file is None:
        raise Http404
    return pdf_response(found.file, f"{found.number}.pdf")
