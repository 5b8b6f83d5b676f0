"""The site's addresses with the floor view beside them."""

from django.urls import include, path

from benchmarks.floor import floor

urlpatterns = [path("floor/", floor), path("", include("sauro.urls"))]
