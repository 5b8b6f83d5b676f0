"""Addresses of sign-in, sign-out and a person's own account."""

from django.urls import path

from sauro.web.account import views

urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="login"),
    path("dang-xuat/", views.sign_out, name="logout"),
    path("ngon-ngu/", views.set_language, name="set_language"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/du-lieu/", views.own_data, name="account-data"),
    path("tai-khoan/mat-khau/", views.ChangePassword.as_view(), name="password_change"),
    path("tai-khoan/mat-khau/xong/", views.PasswordChanged.as_view(), name="password_change_done"),
]
