"""The public page that says whether a sealed PDF is genuine, and the health of the installation."""

from django.urls import path

from avenant.documents import copy_views, views

urlpatterns = [
    path("verifier", views.verify, name="verify"),
    path("copie/document.pdf", copy_views.copy, name="copy"),
    path("copie/<str:token>", copy_views.open_copy, name="open_copy"),
]
