"""What the frame of every page needs, looked up only when the page shows it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from avenant.pages.brand import brand_of
from avenant.pages.navigation import places_for
from avenant.pages.words import script_words


def frame(request: HttpRequest) -> dict[str, Any]:
    """Names that `base.html` and its sisters read."""
    search = getattr(settings, "AVENANT_SEARCH_URL_NAME", "")
    return {
        "brand": SimpleLazyObject(lambda: brand_of(request)),
        "places": SimpleLazyObject(lambda: places_for(request)),
        "search_url": reverse(search) if search else "",
        "is_demo": settings.AVENANT_DEMO,
        "version": settings.AVENANT_VERSION,
        "script_words": script_words,
    }
