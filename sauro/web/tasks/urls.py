"""Addresses of tasks and of the search."""

from django.urls import path

from sauro.web.tasks import acts, search, views

urlpatterns = [
    path("nhiem-vu/", views.task_list, name="task-list"),
    path("nhiem-vu/<int:pk>/", views.task, name="task"),
    path("nhiem-vu/<int:pk>/giao/", acts.assign, name="task-assign"),
    path("nhiem-vu/<int:pk>/bo-sung/", acts.edit, name="task-edit"),
    path("nhiem-vu/<int:pk>/chia/", acts.split, name="task-split"),
    path("nhiem-vu/<int:pk>/hoan-thanh/", acts.complete, name="task-complete"),
    path("nhiem-vu/<int:pk>/mo-lai/", acts.reopen, name="task-reopen"),
    path("tim/", search.search, name="search"),
]
