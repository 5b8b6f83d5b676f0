"""Addresses of satisfaction and feedback."""

from django.urls import path

from sauro.web.surveys import feedback_views, publication_views, survey_list, survey_views

urlpatterns = [
    path("hai-long/", survey_list.survey_list, name="survey-list"),
    path("hai-long/lap/", survey_views.add, name="survey-add"),
    path("hai-long/<int:pk>/", survey_views.survey, name="survey"),
    path("hai-long/<int:pk>/sua/", survey_views.edit, name="survey-edit"),
    path("hai-long/<int:pk>/mo/", survey_views.open_it, name="survey-open"),
    path("hai-long/<int:pk>/ket-thuc/", survey_views.close_it, name="survey-close"),
    path("hai-long/<int:pk>/phieu-giay/", survey_views.paper, name="survey-paper"),
    path("hai-long/<int:pk>/ma-qr.svg", survey_views.code, name="survey-code"),
    path("hai-long/<int:pk>/to-treo/", survey_views.poster, name="survey-poster"),
    path("hai-long/<int:pk>/ket-qua.<str:kind>", survey_views.file, name="survey-file"),
    path("phan-anh/", feedback_views.feedback_list, name="feedback-list"),
    path("phan-anh/ghi/", feedback_views.add, name="feedback-add"),
    path("phan-anh/<int:pk>/", feedback_views.one, name="feedback"),
    path("phan-anh/<int:pk>/giao/", feedback_views.assign, name="feedback-assign"),
    path("phan-anh/<int:pk>/tra-loi/", feedback_views.answer, name="feedback-answer"),
    path("phan-anh/<int:pk>/khong-xu-ly/", feedback_views.refuse, name="feedback-refuse"),
    path("phan-anh/<int:pk>/khong-phu-hop/", feedback_views.nonconformity, name="feedback-nonconformity"),
    path("phan-anh/<int:pk>/tra-loi.docx", feedback_views.paper, name="feedback-paper"),
    path("cong-khai/", publication_views.publication_list, name="publication-list"),
    path("cong-khai/<str:kind>/", publication_views.publication, name="publication"),
    path("cong-khai/<str:kind>/go/", publication_views.withdraw, name="publication-withdraw"),
]
