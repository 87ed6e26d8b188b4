"""Asking for signatures, and giving them."""

from django.urls import path

from avenant.signatures import views

urlpatterns = [
    path("propositions/<uuid:pk>/signatures", views.request_one, name="request_signature"),
    path(
        "propositions/<uuid:pk>/signatures/<int:signature>/annuler",
        views.cancel,
        name="cancel_signature",
    ),
    path("appel/seance/signature", views.sign, name="sign"),
]
