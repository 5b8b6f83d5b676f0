"""Addresses of units."""

from django.urls import path

from sauro.web.units import views

urlpatterns = [
    path("don-vi/", views.unit_tree, name="unit-tree"),
    path("don-vi/<int:pk>/", views.unit, name="unit"),
]
