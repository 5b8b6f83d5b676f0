"""Addresses of the pages, room by room."""

from django.urls import include, path

from sauro.web.views.gallery import gallery

urlpatterns = [
    path("", include("sauro.web.home.urls")),
    path("", include("sauro.web.overview.urls")),
    path("", include("sauro.web.tasks.urls")),
    path("", include("sauro.web.plans.urls")),
    path("", include("sauro.web.ratings.urls")),
    path("", include("sauro.web.clears.urls")),
    path("", include("sauro.web.targets.urls")),
    path("", include("sauro.web.works.urls")),
    path("", include("sauro.web.units.urls")),
    path("", include("sauro.web.documents.urls")),
    path("", include("sauro.web.calendar.urls")),
    path("", include("sauro.web.reports.urls")),
    path("", include("sauro.web.evidence.urls")),
    path("", include("sauro.web.sheet.urls")),
    path("", include("sauro.web.rounds.urls")),
    path("", include("sauro.web.people.urls")),
    path("", include("sauro.web.rules.urls")),
    path("", include("sauro.web.changes.urls")),
    path("", include("sauro.web.quality.urls")),
    path("", include("sauro.web.clauses.urls")),
    path("", include("sauro.web.start.urls")),
    path("", include("sauro.web.controlled.urls")),
    path("", include("sauro.web.nonconformities.urls")),
    path("", include("sauro.web.risks.urls")),
    path("", include("sauro.web.audits.urls")),
    path("", include("sauro.web.reviews.urls")),
    path("", include("sauro.web.declarations.urls")),
    path("", include("sauro.web.unit_objectives.urls")),
    path("", include("sauro.web.account.urls")),
    path("chat-luong/", include("sauro.web.basis.urls")),
    path("chat-luong/", include("sauro.web.surveys.urls")),
    path("chat-luong/boi-canh/", include("sauro.web.surroundings.urls")),
    path("chat-luong/con-nguoi/", include("sauro.web.competence.urls")),
    path("giao-dien/", gallery, name="gallery"),
]
