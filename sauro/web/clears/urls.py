"""The address of the completeness of 06 rõ."""

from django.urls import path

from sauro.web.clears import views

urlpatterns = [path("sau-ro/", views.completeness, name="completeness")]
