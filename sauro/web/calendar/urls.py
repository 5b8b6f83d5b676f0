"""Addresses of the calendar, its feed, and the register of days off."""

from django.urls import path, re_path

from sauro.web.calendar import days, feed, views

urlpatterns = [
    path("lich/", views.calendar, name="calendar"),
    path("lich/dia-chi/", feed.renew, name="calendar-renew"),
    re_path(r"^lich/(?P<token>[\w-]{20,60})\.ics$", feed.feed, name="calendar-feed"),
    path("viec/<int:pk>/", views.duty, name="duty"),
    path("lich-lam-viec/", days.days_off, name="days-off"),
    path("lich-lam-viec/them/", days.add, name="days-off-add"),
    path("lich-lam-viec/du-kien/", days.propose, name="days-off-propose"),
    path("lich-lam-viec/xac-nhan/", days.confirm, name="days-off-confirm"),
    path("lich-lam-viec/bo/", days.remove, name="days-off-remove"),
]
