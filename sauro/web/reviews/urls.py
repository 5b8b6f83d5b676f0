"""Addresses of management reviews."""

from django.urls import path

from sauro.web.reviews import acts, views

urlpatterns = [
    path("chat-luong/xem-xet/", views.review_list, name="review-list"),
    path("chat-luong/xem-xet/lap/", acts.plan, name="review-plan"),
    path("chat-luong/xem-xet/<int:pk>/", views.review, name="review"),
    path("chat-luong/xem-xet/<int:pk>/ghi/", acts.write, name="review-write"),
    path("chat-luong/xem-xet/<int:pk>/chot/", acts.freeze, name="review-freeze"),
    path("chat-luong/xem-xet/<int:pk>/mo-lai/", acts.unfreeze, name="review-unfreeze"),
    path("chat-luong/xem-xet/<int:pk>/nhan-xet/<str:key>/", acts.remark, name="review-remark"),
    path("chat-luong/xem-xet/<int:pk>/quyet-dinh/", acts.decide, name="review-decide"),
    path("chat-luong/xem-xet/quyet-dinh/<int:pk>/giao/", acts.order, name="review-order"),
    path("chat-luong/xem-xet/<int:pk>/ket-luan/", acts.conclude, name="review-conclude"),
    path("chat-luong/xem-xet/<int:pk>/van-ban/<str:kind>/", views.paper, name="review-paper"),
]
