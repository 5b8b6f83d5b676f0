"""Addresses of the whole site."""

from django.urls import include, path

urlpatterns = [
    path("", include("sauro.portal.urls")),
    path("", include("sauro.web.urls")),
]
