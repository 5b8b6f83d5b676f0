"""Verbs of the quality room in words: management review, declaration, objectives of units."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "quality.review.planned": pgettext_lazy("ledger", "lập cuộc xem xét của lãnh đạo"),
    "quality.review.written": pgettext_lazy("ledger", "ghi chương trình, biên bản xem xét"),
    "quality.review.frozen": pgettext_lazy("ledger", "chốt số liệu đầu vào của cuộc xem xét"),
    "quality.review.unfrozen": pgettext_lazy("ledger", "mở lại số liệu đã chốt của cuộc xem xét"),
    "quality.review.remarked": pgettext_lazy("ledger", "nhận xét đầu vào của cuộc xem xét"),
    "quality.review.decided": pgettext_lazy("ledger", "ghi quyết định của cuộc xem xét"),
    "quality.review.concluded": pgettext_lazy("ledger", "kết luận cuộc xem xét"),
    "quality.declaration.prepared": pgettext_lazy("ledger", "lập dự thảo công bố phù hợp"),
    "quality.declaration.dropped": pgettext_lazy("ledger", "bỏ dự thảo công bố phù hợp"),
    "quality.declaration.declared": pgettext_lazy("ledger", "công bố hệ thống phù hợp tiêu chuẩn"),
    "quality.declaration.taken": pgettext_lazy("ledger", "ghi công bố đã có từ trước"),
    "quality.unit_objectives.made": pgettext_lazy("ledger", "thông qua mục tiêu, kế hoạch của đơn vị"),
    "quality.folder.asked": pgettext_lazy("ledger", "tải hồ sơ cho đoàn đánh giá"),
}
