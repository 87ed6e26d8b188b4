"""The public page that says whether a sealed PDF is genuine."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avenant.carriers.packs import reader_language
from avenant.documents.queries import recorded_seals
from avenant.documents.sealing import recognised_roots
from avenant.documents.verify import verify as verify_content


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Anyone may drop a PDF here; it is looked at and forgotten."""
    context: dict[str, object] = {}
    status = 200
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            context["problem"] = _("Choisissez le PDF à vérifier.")
            status = 422
        elif (file.size or 0) > 2 * settings.AVENANT_UPLOAD_LIMIT:
            context["problem"] = _("Ce fichier est trop gros pour être une proposition scellée.")
            status = 422
        else:
            verdict = verify_content(file.read(), recorded_seals, roots=recognised_roots())
            language = reader_language()
            context |= {
                "verdict": verdict,
                "headline": verdict.headline(language),
                "sentences": verdict.sentences(language),
                "tone": {"genuine": "yes", "changed": "no", "not_ours": "no"}.get(
                    str(verdict.status), "unknown"
                ),
                "file_name": file.name,
            }
    return render(request, "documents/verify.html", context, status=status)
