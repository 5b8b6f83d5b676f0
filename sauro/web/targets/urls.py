"""Addresses of targets and their figures."""

from django.urls import path

from sauro.web.targets import figures, register, views

urlpatterns = [
    path("chi-tieu/", register.target_list, name="target-list"),
    path("chi-tieu/<int:pk>/", views.target, name="target"),
    path("chi-tieu/<int:pk>/so-lieu/", figures.enter, name="target-figures"),
    path("chi-tieu/<int:pk>/cach-do/", views.set_up, name="target-setup"),
]
