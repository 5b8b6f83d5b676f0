"""Addresses of nonconformities."""

from django.urls import path

from sauro.quality.nonconformity_lattice import Verb
from sauro.web.nonconformities import acts, page, printed, register

# The verbs as they stand in an address.
WORDS = {
    Verb.EDIT: "sua",
    Verb.CORRECT: "khac-phuc",
    Verb.ANALYSE: "nguyen-nhan",
    Verb.ORDER: "hanh-dong",
    Verb.WAIVE: "khong-can",
    Verb.JUDGE: "hieu-luc",
    Verb.CLOSE: "dong",
    Verb.CANCEL: "huy",
    Verb.LINK: "lap-lai",
    Verb.PROVE: "minh-chung",
}
BASE = "chat-luong/khong-phu-hop/"
urlpatterns = [
    path(BASE, register.nonconformity_list, name="nonconformity-list"),
    path(f"{BASE}moi/", acts.raise_one, name="nonconformity-raise"),
    path(f"{BASE}xu-huong/", register.trend_page, name="nonconformity-trends"),
    path(f"{BASE}tu-chi-tieu/<int:pk>/", acts.from_target, name="nonconformity-target"),
    path(f"{BASE}<int:pk>/", page.nonconformity, name="nonconformity"),
    path(f"{BASE}<int:pk>/phieu.docx", printed.form, name="nonconformity-form"),
    *(
        path(f"{BASE}<int:pk>/{words}/", acts.act, {"verb": verb.value}, name=f"nonconformity-{verb.value}")
        for verb, words in WORDS.items()
    ),
]
