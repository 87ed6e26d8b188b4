"""Pages of the demo alone: what went out, and the business clock."""

from django.urls import path

from avenant.demo import views

urlpatterns = [
    path("messages", views.messages, name="demo_messages"),
    path("messages.json", views.messages_json, name="demo_messages_json"),
    path("horloge", views.clock, name="demo_clock"),
]
