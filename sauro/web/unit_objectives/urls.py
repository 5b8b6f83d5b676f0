"""Addresses of objectives of units."""

from django.urls import path

from sauro.web.unit_objectives import views

urlpatterns = [
    path("chat-luong/muc-tieu-don-vi/", views.unit_objective_list, name="unit-objective-list"),
    path("chat-luong/muc-tieu-don-vi/<int:pk>/", views.unit_objective, name="unit-objective"),
    path("chat-luong/muc-tieu-don-vi/lap/<int:pk>/", views.cascade, name="unit-objective-new"),
]
