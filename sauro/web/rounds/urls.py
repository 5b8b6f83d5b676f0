"""Addresses of rounds and of the consolidated report."""

from django.urls import path

from sauro.web.rounds import acts, lists, templates, views, writing

urlpatterns = [
    path("tong-hop/", lists.round_list, name="round-list"),
    path("tong-hop/goi/", acts.call, name="round-call"),
    path("tong-hop/mau/", templates.template_list, name="template-list"),
    path("tong-hop/mau/co-san/", templates.standard, name="template-standard"),
    path("tong-hop/mau/<int:pk>/", templates.template_file, name="template-file"),
    path("tong-hop/mau/<int:pk>/xem-thu/", templates.preview, name="template-preview"),
    path("tong-hop/mau/<int:pk>/dung/", templates.use, name="template-use"),
    path("tong-hop/<int:pk>/", views.page, name="round"),
    path("tong-hop/<int:pk>/gop/", views.gathered, name="round-gathered"),
    path("tong-hop/<int:pk>/don-vi/<int:unit>/", views.unit, name="round-unit"),
    path("tong-hop/<int:pk>/sua/", acts.edit, name="round-edit"),
    path("tong-hop/<int:pk>/nhan/", acts.accept, name="round-accept"),
    path("tong-hop/<int:pk>/tra-lai/", acts.give_back, name="round-return"),
    path("tong-hop/<int:pk>/nhac/", acts.remind, name="round-remind"),
    path("tong-hop/<int:pk>/khoa/", acts.lock, name="round-lock"),
    path("tong-hop/<int:pk>/mo/", acts.unlock, name="round-unlock"),
    path("tong-hop/<int:pk>/lech/", acts.reconcile, name="round-reconcile"),
    path("tong-hop/<int:pk>/viet/", writing.page, name="consolidation"),
    path("tong-hop/<int:pk>/viet/luu/", writing.save, name="consolidation-save"),
    path("tong-hop/<int:pk>/viet/chot/", writing.settle, name="consolidation-settle"),
    path("tong-hop/<int:pk>/viet/mau/", writing.choose, name="consolidation-template"),
    path("tong-hop/<int:pk>/viet/tao/", writing.generate, name="consolidation-generate"),
    path("tong-hop/<int:pk>/viet/tep/", writing.document, name="consolidation-file"),
    path("tong-hop/<int:pk>/chep/", writing.outside, name="round-outside"),
    path("tong-hop/<int:pk>/chep/danh-dau/", writing.tick, name="round-tick"),
]
