"""Addresses of declarations of conformity."""

from django.urls import path

from sauro.web.declarations import views

urlpatterns = [
    path("chat-luong/cong-bo/", views.declaration_list, name="declaration-list"),
    path("chat-luong/cong-bo/lap/", views.prepare, name="declaration-prepare"),
    path("chat-luong/cong-bo/da-co/", views.take_over, name="declaration-take"),
    path("chat-luong/cong-bo/bao-cao/<int:year>/", views.year_report, name="year-report"),
    path("chat-luong/cong-bo/ho-so/<int:year>/", views.folder, name="auditor-folder"),
    path("chat-luong/cong-bo/<int:pk>/", views.declaration, name="declaration"),
    path("chat-luong/cong-bo/<int:pk>/ban-hanh/", views.declare, name="declaration-declare"),
    path("chat-luong/cong-bo/<int:pk>/bo/", views.drop, name="declaration-drop"),
    path("chat-luong/cong-bo/<int:pk>/van-ban/", views.paper, name="declaration-paper"),
]
