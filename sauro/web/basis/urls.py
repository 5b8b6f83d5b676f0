"""Addresses of legal bases, reviews, records and requests to change documents."""

from django.urls import path

from sauro.web.basis import changes, flags, instruments, records

urlpatterns = [
    path("can-cu/", instruments.instrument_list, name="instrument-list"),
    path("can-cu/them/", instruments.add, name="instrument-add"),
    path("can-cu/de-xuat/", instruments.proposals, name="instrument-proposals"),
    path("can-cu/<int:pk>/", instruments.instrument, name="instrument"),
    path("can-cu/<int:pk>/sua/", instruments.edit, name="instrument-edit"),
    path("can-cu/<int:pk>/thay-doi/", instruments.change, name="instrument-change"),
    path("can-cu/<int:pk>/khoi-phuc/", instruments.restore, name="instrument-restore"),
    path("tai-lieu/<int:pk>/vien-dan/", instruments.cite, name="citation-add"),
    path("vien-dan/<int:pk>/bo/", instruments.uncite, name="citation-remove"),
    path("xem-xet-tai-lieu/", flags.flag_list, name="flag-list"),
    path("xem-xet-tai-lieu/<int:pk>/", flags.flag, name="flag"),
    path("xem-xet-tai-lieu/<int:pk>/phieu.docx", flags.paper, name="flag-paper"),
    path("de-nghi-sua/", changes.change_list, name="document-change-list"),
    path("de-nghi-sua/<int:pk>/", changes.change, name="document-change"),
    path("de-nghi-sua/<int:pk>/dong-y/", changes.take, name="document-change-take"),
    path("de-nghi-sua/<int:pk>/khong-dong-y/", changes.refuse, name="document-change-refuse"),
    path("de-nghi-sua/<int:pk>/xong/", changes.finish, name="document-change-finish"),
    path("de-nghi-sua/<int:pk>/phieu.docx", changes.paper, name="document-change-paper"),
    path("tai-lieu/<int:pk>/de-nghi-sua/", changes.ask, name="document-change-ask"),
    path("ho-so/", records.record_list, name="record-list"),
    path("ho-so/them/", records.add, name="record-add"),
    path("ho-so/lay-tu-quy-trinh/", records.take, name="record-take"),
    path("ho-so/<int:pk>/", records.edit, name="record"),
    path("ho-so/<int:pk>/thoi-dung/", records.end, name="record-end"),
]
