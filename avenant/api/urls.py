"""The public API (design/interfaces.md): the decisions over HTTP, their contract, and a page."""

from django.urls import path

from avenant.api import views

urlpatterns = [
    path("openapi.json", views.openapi, name="api_openapi"),
    path("docs", views.docs, name="api_docs"),
    path("decisions/<str:name>", views.decide, name="api_decide"),
]
