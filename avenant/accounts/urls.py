"""Signing in and out, passwords, the second factor. The names are those allauth looks for; of its
pages these are open and no other (`deployment` refuses one more)."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as application
from django.urls import path, re_path

from avenant.accounts import admin_views
from avenant.accounts.sign_in_views import NewPasswordView, SecondFactorView
from avenant.accounts.views import home

urlpatterns = [
    path("", home, name="home"),
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("connexion/inactif/", views.account_inactive, name="account_inactive"),
    path("connexion/confirmer/", views.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/changer/", NewPasswordView.as_view(), name="account_change_password"),
    path("mot-de-passe/oublie/", views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]{1,14})-(?P<key>[^/]{1,200})/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("deuxieme-facteur/", second_factor.index, name="mfa_index"),
    path("deuxieme-facteur/code/", SecondFactorView.as_view(), name="mfa_authenticate"),
    path("deuxieme-facteur/confirmer/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("deuxieme-facteur/activer/", application.activate_totp, name="mfa_activate_totp"),
    path("deuxieme-facteur/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "deuxieme-facteur/secours/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "deuxieme-facteur/secours/refaire/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("administration/personnes/", admin_views.index, name="people"),
    path("administration/personnes/nouvelle/", admin_views.enrol, name="enrol_person"),
    path("administration/personnes/<int:pk>/", admin_views.detail, name="person"),
    path("administration/personnes/<int:pk>/<str:act>/", admin_views.act, name="person_act"),
    path("invitation/<str:token>/", admin_views.invitation, name="accept_invitation"),
]
