"""Addresses of proposals to change plans."""

from django.urls import path

from sauro.web.changes import acts, views

urlpatterns = [
    path("dieu-chinh/", views.change_list, name="change-list"),
    path("dieu-chinh/duyet/", acts.approve, name="changes-approve"),
    path("dieu-chinh/<int:pk>/", views.change, name="change"),
    path("dieu-chinh/<int:pk>/tong-hop/", acts.gather, name="change-gather"),
    path("dieu-chinh/<int:pk>/khong-duyet/", acts.refuse, name="change-refuse"),
    path("dieu-chinh/<int:pk>/rut/", acts.withdraw, name="change-withdraw"),
    path("ke-hoach/<int:pk>/du-thao-dieu-chinh.docx", views.decision, name="change-decision"),
    path("nhiem-vu/<int:pk>/dieu-chinh/", acts.propose, name="task-change"),
]
