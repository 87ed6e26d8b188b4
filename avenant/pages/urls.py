"""Addresses of the frame: the language, the brand's colours, the design page."""

from django.urls import path

from avenant.pages import views

urlpatterns = [
    path("langue", views.set_language, name="set_language"),
    path("marque/<slug:name>.css", views.brand_stylesheet, name="brand_stylesheet"),
    path("design", views.design, name="design"),
    path("design/<slug:page>", views.design, name="design_page"),
]
