"""Addresses of the public pages."""

from django.urls import path

from sauro.portal import feedback, survey, views

urlpatterns = [
    path("cong-khai/<int:pk>/", views.home, name="portal"),
    path("cong-khai/<int:pk>/he-thong/", views.system, name="portal-system"),
    path("cong-khai/<int:pk>/thu-tuc/", views.procedures, name="portal-procedures"),
    path("cong-khai/<int:pk>/don-vi/", views.units, name="portal-units"),
    path("cong-khai/<int:pk>/kha-nang-tiep-can/", views.accessibility, name="portal-accessibility"),
    path("cong-khai/<int:pk>/chinh-sach.pdf", views.policy, name="portal-policy"),
    path("cong-khai/<int:pk>/so-lieu.xlsx", views.figures, name="portal-figures"),
    path("cong-khai/<int:pk>/phan-anh/", feedback.send, name="portal-feedback"),
    path("cong-khai/<int:pk>/phan-anh/tra-cuu/", feedback.follow, name="portal-follow"),
    path("khao-sat/<str:token>/", survey.survey, name="portal-survey"),
]
