"""Underwriting's own addresses; its requirements are shown with the submitted file for now."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
