"""Addresses of the room about people."""

from django.urls import path

from sauro.web.competence import committee, matrix, training

urlpatterns = [
    path("", committee.members, name="competence"),
    path("ban-chi-dao.docx", committee.paper, name="committee-paper"),
    path("ban-chi-dao/cu/", committee.appoint, name="committee-appoint"),
    path("ban-chi-dao/<int:pk>/thoi/", committee.release, name="committee-release"),
    path("trach-nhiem/", committee.responsibilities, name="responsibility-list"),
    path("trach-nhiem/them/", committee.responsibility_add, name="responsibility-add"),
    path("trach-nhiem/<int:pk>/", committee.responsibility, name="responsibility"),
    path("trach-nhiem/<int:pk>/phieu.docx", committee.responsibility_paper, name="responsibility-paper"),
    path("nang-luc/", matrix.matrix_page, name="competence-matrix"),
    path("nang-luc/them/", matrix.add, name="competence-add"),
    path("nang-luc/<int:pk>/", matrix.edit, name="competence-edit"),
    path("nang-luc/<int:pk>/thoi/", matrix.end, name="competence-end"),
    path("nang-luc/nguoi/<int:pk>/", matrix.judge, name="competence-judge"),
    path("dao-tao/", training.training_list, name="training-list"),
    path("dao-tao/them/", training.add, name="training-add"),
    path("dao-tao/<int:pk>/", training.training, name="training"),
    path("dao-tao/<int:pk>/phieu.docx", training.paper, name="training-paper"),
    path("dao-tao/<int:pk>/sua/", training.edit, name="training-edit"),
    path("dao-tao/<int:pk>/nguoi-hoc/", training.invite, name="training-invite"),
    path("dao-tao/<int:pk>/diem-danh/", training.hold, name="training-hold"),
    path("dao-tao/<int:pk>/hieu-qua/", training.evaluate, name="training-evaluate"),
    path("dao-tao/<int:pk>/khong-to-chuc/", training.cancel, name="training-cancel"),
]
