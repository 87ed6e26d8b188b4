"""Signing in and out, and passwords. The names are those allauth looks for."""

from allauth.account import views
from django.urls import include, path, re_path

from avenant.accounts.views import home

urlpatterns = [
    path("", home, name="home"),
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("connexion/inactif/", views.account_inactive, name="account_inactive"),
    path("connexion/confirmer/", views.reauthenticate, name="account_reauthenticate"),
    path("inscription/", views.signup, name="account_signup"),
    path("mot-de-passe/changer/", views.password_change, name="account_change_password"),
    path("mot-de-passe/definir/", views.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("courriel/", views.email, name="account_email"),
    path("deuxieme-facteur/", include("allauth.mfa.urls")),
]
