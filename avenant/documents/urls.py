"""The public page that says whether a sealed PDF is genuine, and the health of the installation."""

from django.urls import path

from avenant.documents import views

urlpatterns = [path("verifier", views.verify, name="verify")]
