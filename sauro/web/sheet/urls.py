"""Addresses of the sheet of a unit in a round."""

from django.urls import path

from sauro.web.sheet import excel, views

urlpatterns = [
    path("bao-cao/ky/<int:pk>/bang/", views.sheet, name="round-sheet"),
    path("bao-cao/ky/<int:pk>/bang/dong/<int:duty>/", views.keep, name="round-sheet-row"),
    path("bao-cao/ky/<int:pk>/bang/tai/", excel.download, name="round-sheet-file"),
    path("bao-cao/ky/<int:pk>/bang/nhap/", excel.upload, name="round-sheet-upload"),
]
