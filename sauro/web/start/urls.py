"""Addresses of the first hour."""

from django.urls import path

from sauro.web.start import views

urlpatterns = [
    path("chat-luong/bat-dau/", views.wizard, name="start-wizard"),
    path("chat-luong/bat-dau/buoc-<int:step>/", views.step, name="start-step"),
    path("chat-luong/bat-dau/mau-<slug:part>.xlsx", views.template, name="start-template"),
    path("chat-luong/bat-dau/mat-khau/", views.passwords, name="start-passwords"),
]
