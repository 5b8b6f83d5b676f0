"""Addresses of the quality room's first page."""

from django.urls import path

from sauro.web.quality import views

urlpatterns = [
    path("chat-luong/", views.home, name="quality"),
    path("chat-luong/mo-nam/", views.start, name="quality-start"),
    path("chat-luong/lay-ke-hoach/", views.take, name="quality-take"),
]
