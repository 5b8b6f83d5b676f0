"""Addresses of a person's own page and of notices."""

from django.urls import path

from sauro.web.home import notices, views

urlpatterns = [
    path("", views.home, name="home"),
    path("nhac/", views.remind, name="remind"),
    path("thong-bao/", notices.notice_list, name="notice-list"),
    path("thong-bao/da-xem/", notices.mark_all_read, name="notices-read"),
    path("thong-bao/<int:pk>/", notices.open_notice, name="notice"),
]
