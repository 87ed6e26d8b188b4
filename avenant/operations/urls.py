"""The operators' page."""

from django.urls import path

from avenant.operations import views

urlpatterns = [
    path("exploitation", views.index, name="operations"),
    path("exploitation/document/<int:pk>", views.document, name="retry_document"),
    path("exploitation/message/<int:pk>", views.message, name="retry_message"),
    path("exploitation/tache/<str:name>", views.task, name="retry_task"),
]
