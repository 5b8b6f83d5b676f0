"""Addresses of internal audits."""

from django.urls import path

from sauro.web.audits import acts, checklist, findings, lists, page, papers, planning, programme, walk

BASE = "chat-luong/danh-gia/"
urlpatterns = [
    path(BASE, lists.audit_list, name="audit-list"),
    path(BASE + "phat-hien/", findings.finding_list, name="finding-list"),
    path(BASE + "phat-hien/<int:pk>/", findings.finding, name="finding"),
    path(BASE + "phat-hien/<int:pk>/sua/", findings.edit, name="finding-edit"),
    path(BASE + "phat-hien/<int:pk>/rut/", findings.withdraw, name="finding-withdraw"),
    path(BASE + "phat-hien/<int:pk>/anh/", findings.photo, name="finding-photo"),
    path(BASE + "phat-hien/<int:pk>/giao-viec/", findings.order, name="finding-order"),
    path(BASE + "chuong-trinh/lap/", programme.begin, name="audit-programme-open"),
    path(BASE + "chuong-trinh/<int:pk>/", programme.programme, name="audit-programme"),
    path(BASE + "chuong-trinh/<int:pk>/sua/", programme.edit, name="audit-programme-edit"),
    path(BASE + "chuong-trinh/<int:pk>/phe-duyet/", programme.approve, name="audit-programme-approve"),
    path(BASE + "chuong-trinh/<int:pk>/mo-lai/", programme.reopen, name="audit-programme-reopen"),
    path(BASE + "chuong-trinh/<int:pk>/chuong-trinh.docx", papers.programme, name="audit-programme-docx"),
    path(BASE + "chuong-trinh/<int:pk>/bao-cao.docx", papers.report, name="audit-report-docx"),
    path(BASE + "chuong-trinh/<int:pk>/them/", planning.plan, name="audit-plan"),
    path(BASE + "<int:pk>/", page.audit, name="audit"),
    path(BASE + "<int:pk>/sua/", planning.edit, name="audit-edit"),
    path(BASE + "<int:pk>/doan/", planning.team, name="audit-team"),
    path(BASE + "<int:pk>/gui/", acts.notify, name="audit-notify"),
    path(BASE + "<int:pk>/thoi/", acts.cancel, name="audit-cancel"),
    path(BASE + "<int:pk>/bat-dau/", acts.start, name="audit-start"),
    path(BASE + "<int:pk>/bao-cao/", acts.report, name="audit-report"),
    path(BASE + "<int:pk>/dong/", acts.close, name="audit-close"),
    path(BASE + "<int:pk>/ke-hoach.docx", papers.plan, name="audit-plan-docx"),
    path(BASE + "<int:pk>/phieu.docx", papers.checklist, name="audit-checklist-docx"),
    path(BASE + "<int:pk>/bien-ban.docx", papers.minutes, name="audit-minutes-docx"),
    path(BASE + "<int:pk>/phieu/", checklist.checklist, name="audit-checklist"),
    path(BASE + "<int:pk>/phieu/lap/", checklist.build, name="audit-checklist-build"),
    path(BASE + "<int:pk>/phieu/them/", checklist.add, name="audit-question-add"),
    path(BASE + "cau-hoi/<int:pk>/", checklist.question, name="audit-question"),
    path(BASE + "<int:pk>/di/", walk.walk, name="audit-walk"),
    path(BASE + "cau-hoi/<int:pk>/tra-loi/", walk.answer, name="audit-answer"),
    path(BASE + "<int:pk>/ghi-phat-hien/", walk.find, name="audit-find"),
]
