"""The public page that says whether a sealed PDF is genuine."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Anyone may drop a PDF here; it is looked at and forgotten."""
    return render(request, "documents/verify.html", {})
