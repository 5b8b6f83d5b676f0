"""Addresses of controlled documents."""

from django.urls import path

from sauro.web.controlled import acts, classes, compare, documents, editor, lists, papers, reading, seals, versions

urlpatterns = [
    path("chat-luong/can-doc/", reading.to_read, name="to-read"),
    path("chat-luong/tai-lieu/", lists.master, name="controlled-list"),
    path("chat-luong/tai-lieu/het-hieu-luc/", lists.obsolete, name="controlled-obsolete"),
    path("chat-luong/tai-lieu/da-doc/", reading.register, name="acknowledgement-list"),
    path("chat-luong/tai-lieu/loai/", classes.class_list, name="class-list"),
    path("chat-luong/tai-lieu/loai/<int:pk>/", classes.edit, name="class-edit"),
    path("chat-luong/tai-lieu/loai/<int:pk>/bo/", classes.remove, name="class-remove"),
    path("chat-luong/tai-lieu/them/", documents.add, name="controlled-add"),
    path("chat-luong/tai-lieu/<int:pk>/", documents.document, name="controlled"),
    path("chat-luong/tai-lieu/<int:pk>/sua/", documents.edit, name="controlled-edit"),
    path("chat-luong/tai-lieu/<int:pk>/lan-moi/", acts.start, name="controlled-start"),
    path("chat-luong/tai-lieu/<int:pk>/bai-bo/", acts.end, name="controlled-end"),
    path("chat-luong/tai-lieu/<int:pk>/xem-xet/", acts.review, name="controlled-review"),
    path("chat-luong/tai-lieu/<int:pk>/so-sanh/", compare.compare, name="controlled-compare"),
    path("chat-luong/ban/<int:pk>/", versions.version, name="version"),
    path("chat-luong/ban/<int:pk>/soan/", editor.edit, name="version-edit"),
    path("chat-luong/ban/<int:pk>/luu/", editor.autosave, name="version-save"),
    path("chat-luong/ban/<int:pk>/gui/", acts.send, name="version-send"),
    path("chat-luong/ban/<int:pk>/lay-lai/", acts.take_back, name="version-take-back"),
    path("chat-luong/ban/<int:pk>/kiem-tra/", acts.check, name="version-check"),
    path("chat-luong/ban/<int:pk>/tra-lai/", acts.return_version, name="version-return"),
    path("chat-luong/ban/<int:pk>/bo/", acts.drop, name="version-drop"),
    path("chat-luong/ban/<int:pk>/phe-duyet/", versions.approve, name="version-approve"),
    path("chat-luong/ban/<int:pk>/phan-phoi/", acts.give, name="version-give"),
    path("chat-luong/ban/<int:pk>/da-doc/", acts.acknowledge, name="version-read"),
    path("chat-luong/ban/<int:pk>/nhac/", acts.remind, name="version-remind"),
    path("chat-luong/ban/<int:pk>/ky-so/", seals.sign, name="version-sign"),
    path("chat-luong/ban/<int:pk>/ban-da-ky/", seals.upload, name="version-signed-upload"),
    path("chat-luong/ban/<int:pk>/tep/word/", papers.paper, {"kind": "word"}, name="version-word"),
    path("chat-luong/ban/<int:pk>/tep/pdf/", papers.paper, {"kind": "pdf"}, name="version-pdf"),
    path("chat-luong/ban/<int:pk>/tep/da-ky/", papers.paper, {"kind": "signed"}, name="version-signed"),
    path("chat-luong/ban/<int:pk>/tep/kem/", papers.paper, {"kind": "attached"}, name="version-attached"),
]
