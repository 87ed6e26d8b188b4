"""The advisor's applications, the files of submitted ones, and what the client agrees to."""

from django.urls import path

from avenant.applications import client_views, file_views, section_views, submitted_views, views

urlpatterns = [
    path("propositions/", views.drafts, name="drafts"),
    path("propositions/ouvrir", views.open_blank, name="open_application"),
    path("propositions/<uuid:pk>/", views.application, name="application"),
    path("propositions/<uuid:pk>/etat", views.state, name="application_state"),
    path("propositions/<uuid:pk>/reprendre", views.resume, name="resume_application"),
    path("propositions/<uuid:pk>/reponses", views.save, name="save_answers"),
    path("propositions/<uuid:pk>/lignes", views.rows, name="change_rows"),
    path("propositions/<uuid:pk>/sauvegarder", views.save_all, name="save_application"),
    path("propositions/<uuid:pk>/fermer", views.close, name="close_application"),
    path("propositions/<uuid:pk>/pdf", views.make_pdf, name="create_pdf"),
    path("propositions/<uuid:pk>/soumettre", views.submit, name="submit_application"),
    path(
        "propositions/<uuid:pk>/sections/<slug:key>/<slug:act>",
        section_views.act,
        name="section_act",
    ),
    path("propositions/<uuid:pk>/fichiers", file_views.upload, name="upload_file"),
    path("propositions/<uuid:pk>/fichiers/envoyer", file_views.send, name="send_illustration"),
    path("propositions/<uuid:pk>/fichiers/<int:file>", file_views.show, name="attachment"),
    path("propositions/<uuid:pk>/document/<slug:number>", file_views.document, name="document"),
    path("transmises/", submitted_views.index, name="submitted_applications"),
    path("transmises/<uuid:pk>/", submitted_views.detail, name="submitted_application"),
    path("transmises/<uuid:pk>/corriger", submitted_views.correct, name="correct_application"),
    path("transmises/<uuid:pk>/numeros", submitted_views.numbers, name="read_numbers"),
    path("transmises/<uuid:pk>/decision", submitted_views.decide, name="receive_application"),
    path("appel/seance/section", client_views.agree_section, name="agree_section"),
    path("appel/seance/soumission", client_views.agree_illustration, name="agree_illustration"),
    path("appel/seance/soumission.pdf", client_views.illustration, name="client_illustration"),
    path("appel/seance/proposition.pdf", client_views.document, name="client_document"),
]
