"""Addresses of the ratings of a plan's objectives."""

from django.urls import path

from sauro.web.ratings import views

urlpatterns = [
    path("ke-hoach/<int:pk>/danh-gia/", views.grid, name="ratings"),
    path("ke-hoach/<int:pk>/danh-gia/<str:month>/<int:objective>/", views.one, name="rating"),
    path("ke-hoach/<int:pk>/danh-gia/<str:month>/ky/", views.sign, name="ratings-sign"),
    path("ke-hoach/<int:pk>/danh-gia/<str:month>/rut-ky/", views.withdraw, name="ratings-withdraw"),
    path("ke-hoach/<int:pk>/phieu-theo-doi/<int:year>/<int:half>/<str:kind>/", views.form, name="tracking-form"),
]
