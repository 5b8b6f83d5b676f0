"""Addresses of plans."""

from django.urls import path

from sauro.web.plans import objectives, views

urlpatterns = [
    path("ke-hoach/", views.plan_list, name="plan-list"),
    path("ke-hoach/<int:pk>/", views.plan, name="plan"),
    path("ke-hoach/<int:pk>/tai-ve/<str:kind>/", views.plan_file, name="plan-file"),
    path("chi-tieu/muc-tieu/", objectives.objective_list, name="objective-list"),
]
