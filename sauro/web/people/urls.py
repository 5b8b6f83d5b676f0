"""Addresses of people, the keeping of units, and the ledger."""

from django.urls import path

from sauro.web.people import ledger, units, views

urlpatterns = [
    path("nguoi-dung/", views.person_list, name="person-list"),
    path("nguoi-dung/them/", views.person_add, name="person-add"),
    path("nguoi-dung/<int:pk>/", views.person_edit, name="person"),
    path("nguoi-dung/<int:pk>/mat-khau/", views.person_password, name="person-password"),
    path("nguoi-dung/<int:pk>/khoa/", views.person_active, name="person-active"),
    path("danh-ba/", units.unit_register, name="unit-register"),
    path("danh-ba/them/", units.unit_add, name="unit-add"),
    path("danh-ba/<int:pk>/", units.unit_edit, name="unit-edit"),
    path("so-cai/", ledger.ledger_list, name="ledger-list"),
    path("so-cai/kiem-tra/", ledger.verify, name="ledger-verify"),
]
