"""Addresses of documents, their review and the revisions of plans."""

from django.urls import path

from sauro.web.documents import adopt, changes, pages, review

urlpatterns = [
    path("van-ban/", pages.documents, name="document-list"),
    path("van-ban/dang-duyet/", pages.readings, name="reading-list"),
    path("van-ban/bi-tu-choi/", pages.refused, name="reading-refused"),
    path("van-ban/tai-len/", pages.upload, name="document-upload"),
    path("van-ban/<int:pk>/", pages.document, name="document"),
    path("van-ban/<int:pk>/tep/", pages.document_file, name="document-file"),
    path("van-ban/duyet/<int:pk>/", review.review, name="reading-review"),
    path("van-ban/duyet/<int:pk>/tien-do/", review.progress, name="reading-progress"),
    path("van-ban/duyet/<int:pk>/muc/", review.item, name="reading-item"),
    path("van-ban/duyet/<int:pk>/tep/", pages.reading_file, name="reading-file"),
    path("van-ban/duyet/<int:pk>/don-vi/", changes.units, name="reading-units"),
    path("van-ban/duyet/<int:pk>/luu/", changes.save, name="reading-save"),
    path("van-ban/duyet/<int:pk>/tra-loi/", changes.answer, name="reading-answer"),
    path("van-ban/duyet/<int:pk>/nhiem-vu/", changes.tasks, name="reading-tasks"),
    path("van-ban/duyet/<int:pk>/them-bot/", changes.items, name="reading-items"),
    path("van-ban/duyet/<int:pk>/bo/", changes.discard, name="reading-discard"),
    path("van-ban/duyet/<int:pk>/thong-qua/", adopt.adopt, name="reading-adopt"),
    path("van-ban/duyet/<int:pk>/sua-doi/", adopt.amend, name="reading-amend"),
    path("ke-hoach/<int:pk>/lan/<int:no>/", adopt.revision, name="plan-revision"),
]
