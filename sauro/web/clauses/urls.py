"""Addresses of the map of clauses."""

from django.urls import path

from sauro.web.clauses import views

urlpatterns = [
    path("chat-luong/dieu-khoan/", views.whole, name="clause-map"),
    path("chat-luong/dieu-khoan/tai-ve/<str:kind>/", views.take_away, name="clause-map-file"),
    path("chat-luong/khi-hau/", views.climate, name="climate"),
    path("chat-luong/dieu-khoan/go/<int:pk>/", views.untie, name="clause-untie"),
    path("chat-luong/dieu-khoan/<str:number>/", views.one, name="clause"),
    path("chat-luong/dieu-khoan/<str:number>/gan/", views.tie, name="clause-tie"),
    path("chat-luong/dieu-khoan/<str:number>/ap-dung/", views.apply, name="clause-apply"),
]
