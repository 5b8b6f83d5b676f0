"""Verbs of the quality room in words: the first hour."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "quality.start.begun": pgettext_lazy("ledger", "bắt đầu dựng hệ thống"),
    "quality.start.described": pgettext_lazy("ledger", "khai báo cơ quan"),
    "quality.start.units": pgettext_lazy("ledger", "nhập danh sách đơn vị"),
    "quality.start.people": pgettext_lazy("ledger", "nhập danh sách người"),
    "quality.start.procedures": pgettext_lazy("ledger", "nhập danh mục thủ tục"),
    "quality.start.passed": pgettext_lazy("ledger", "bỏ qua một bước bắt đầu"),
    "quality.start.passwords": pgettext_lazy("ledger", "tạo mật khẩu lần đầu"),
    "quality.start.made": pgettext_lazy("ledger", "dựng bộ mẫu của hệ thống"),
}
