"""Addresses of risks and opportunities."""

from django.urls import path

from sauro.web.risks import page, register

WORDS = {
    "review": "xem-xet",
    "order": "hanh-dong",
    "edit": "sua",
    "close": "dong",
    "reopen": "mo-lai",
    "prove": "minh-chung",
}
BASE = "chat-luong/rui-ro/"
urlpatterns = [
    path(BASE, register.risk_list, name="risk-list"),
    path("chat-luong/co-hoi/", register.opportunity_list, name="opportunity-list"),
    path(f"{BASE}moi/", page.identify, name="risk-identify"),
    path(f"{BASE}thang/", page.scales, name="risk-scales"),
    path(f"{BASE}<int:pk>/", page.risk, name="risk"),
    path(f"{BASE}<int:pk>/phieu.docx", page.sheet, name="risk-sheet"),
    *(path(f"{BASE}<int:pk>/{words}/", page.act, {"verb": verb}, name=f"risk-{verb}") for verb, words in WORDS.items()),
]
