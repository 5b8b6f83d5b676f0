"""Addresses of evidence: cross-checking, previews, links, versions, and whose signatures are trusted."""

from django.urls import path

from sauro.web.evidence import authorities, checking, files

urlpatterns = [
    path("minh-chung/", checking.evidence_list, name="evidence-list"),
    path("minh-chung/<int:pk>/xem/", checking.evidence_page, name="evidence-page"),
    path("minh-chung/<int:pk>/doi-chieu/", checking.check, name="evidence-check"),
    path("minh-chung/<int:pk>/trang/<int:no>.png", files.preview, name="evidence-preview"),
    path("minh-chung/<int:pk>/thay/", files.replace, name="evidence-replace"),
    path("bao-cao/<int:pk>/duong-dan/", files.add_link, name="report-link"),
    path("chung-thu/", authorities.authority_list, name="authority-list"),
    path("chung-thu/them/", authorities.add, name="authority-add"),
    path("chung-thu/<int:pk>/bo/", authorities.remove, name="authority-remove"),
]
