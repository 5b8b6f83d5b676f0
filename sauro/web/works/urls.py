"""Addresses of what is kept of a task beside its row."""

from django.urls import path

from sauro.web.works import register, views

urlpatterns = [
    path("kinh-phi/", register.budget_list, name="budget-list"),
    path("nhiem-vu/<int:pk>/chi-tiet/", views.depth, name="task-depth"),
    path("nhiem-vu/<int:pk>/viec-lon/", views.large, name="task-large"),
    path("nhiem-vu/<int:pk>/cho/", views.waits, name="task-waits"),
    path("nhiem-vu/<int:pk>/kinh-phi/", views.budget, name="task-budget"),
    path("nhiem-vu/<int:pk>/chi-so/", views.measures, name="task-measures"),
]
