"""The live session: the advisor's side, and the client's window under /appel."""

from django.urls import path

from avenant.live import client_views, views

urlpatterns = [
    path("seances/lancer", views.launch, name="launch_call"),
    path("seances/<uuid:pk>/", views.call, name="call"),
    path("seances/<uuid:pk>/fermer", views.close, name="close_call"),
    path("seances/<uuid:pk>/code", views.new_code, name="renew_call_code"),
    path("seances/<uuid:pk>/flux", views.events, name="call_events"),
    path("appel", client_views.join, name="join_call"),
    path("appel/seance", client_views.window, name="client_window"),
    path("appel/seance/etape", client_views.stage, name="client_stage"),
    path("appel/seance/flux", client_views.events, name="client_events"),
    path("appel/seance/probleme", client_views.report_trouble, name="client_trouble"),
]
