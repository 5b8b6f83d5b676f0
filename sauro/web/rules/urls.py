"""Addresses of the rules that an agency edits."""

from django.urls import path

from sauro.web.rules import views

urlpatterns = [
    path("quy-tac/", views.rules, name="rules"),
    path("quy-tac/nhac-viec/", views.set_call, name="call-rule-set"),
    path("quy-tac/nhac-viec/<int:pk>/xoa/", views.remove_call, name="call-rule-remove"),
    path("quy-tac/canh-bao/<int:pk>/", views.change_warning, name="warning-rule"),
    path("quy-tac/thu-thu/", views.try_letter, name="letter-try"),
]
