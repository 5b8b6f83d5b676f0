"""Addresses of reports and of the files that prove them."""

from django.urls import path

from sauro.web.reports import duties, evidence, lists, reading, views

urlpatterns = [
    path("nhiem-vu/<int:pk>/bao-cao/", views.start, name="report-start"),
    path("bao-cao/", lists.report_list, name="report-list"),
    path("bao-cao/<int:pk>/", views.report, name="report"),
    path("bao-cao/<int:pk>/luu/", views.autosave, name="report-save"),
    path("bao-cao/<int:pk>/chon/", views.choose, name="report-choose"),
    path("bao-cao/<int:pk>/nop/", views.submit, name="report-submit"),
    path("bao-cao/<int:pk>/rut-lai/", reading.withdraw, name="report-withdraw"),
    path("viec/<int:pk>/bao-cao/", duties.answer, name="duty-report"),
    path("bao-cao/<int:pk>/minh-chung/", evidence.add, name="report-evidence"),
    path("minh-chung/<int:pk>/", evidence.show, name="evidence"),
]
