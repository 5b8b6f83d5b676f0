"""Verbs of the quality room in words: year."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "quality.clause.applicability": pgettext_lazy("ledger", "ghi điều khoản có áp dụng hay không"),
    "quality.clause.tied": pgettext_lazy("ledger", "gắn bằng chứng vào điều khoản"),
    "quality.clause.untied": pgettext_lazy("ledger", "gỡ bằng chứng khỏi điều khoản"),
    "quality.climate.judged": pgettext_lazy("ledger", "kết luận về biến đổi khí hậu"),
    "quality.year.started": pgettext_lazy("ledger", "mở vòng năm của hệ thống chất lượng"),
}
