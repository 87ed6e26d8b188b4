"""Every address of the site. Each needs its row in the access matrix (tests/trust/matrix)."""

from django.conf import settings
from django.urls import include, path

from avenant import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("avenant.pages.urls")),
    path("", include("avenant.accounts.urls")),
    path("", include("avenant.live.urls")),
    path("", include("avenant.applications.urls")),
    path("", include("avenant.signatures.urls")),
    path("", include("avenant.documents.urls")),
    path("", include("avenant.operations.urls")),
    path("api/v1/", include("avenant.api.urls")),
]
if settings.AVENANT_DEMO:
    urlpatterns.append(path("demo/", include("avenant.demo.urls")))

handler400 = "avenant.pages.views.bad_request"
handler403 = "avenant.pages.views.forbidden"
handler404 = "avenant.pages.views.not_found"
handler500 = "avenant.pages.views.server_error"
