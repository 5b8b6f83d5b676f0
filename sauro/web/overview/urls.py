"""Addresses of the leader's page."""

from django.urls import path

from sauro.web.overview import views, warned

urlpatterns = [
    path("toan-canh/", views.overview, name="overview"),
    path("toan-canh.pdf", views.paper, name="overview-pdf"),
    path("toan-canh/canh-bao/", warned.warning_list, name="warning-list"),
]
