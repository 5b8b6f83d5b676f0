"""Verbs of the quality room in words: improvement."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "quality.nonconformity.raised": pgettext_lazy("ledger", "ghi nhận sự không phù hợp"),
    "quality.nonconformity.edited": pgettext_lazy("ledger", "sửa nội dung sự không phù hợp"),
    "quality.nonconformity.corrected": pgettext_lazy("ledger", "khắc phục ngay sự không phù hợp"),
    "quality.nonconformity.analysed": pgettext_lazy("ledger", "phân tích nguyên nhân sự không phù hợp"),
    "quality.nonconformity.waived": pgettext_lazy("ledger", "ghi lý do không cần hành động khắc phục"),
    "quality.nonconformity.judged": pgettext_lazy("ledger", "kiểm tra hiệu lực hành động khắc phục"),
    "quality.nonconformity.back": pgettext_lazy("ledger", "trả sự không phù hợp về bước phân tích"),
    "quality.nonconformity.closed": pgettext_lazy("ledger", "đóng sự không phù hợp"),
    "quality.nonconformity.cancelled": pgettext_lazy("ledger", "kết luận không phải sự không phù hợp"),
    "quality.nonconformity.linked": pgettext_lazy("ledger", "nối sự không phù hợp với lần trước"),
    "quality.nonconformity.settled": pgettext_lazy("ledger", "ghi các hành động khắc phục đã xong"),
    "quality.risk.identified": pgettext_lazy("ledger", "nhận diện rủi ro, cơ hội"),
    "quality.risk.edited": pgettext_lazy("ledger", "sửa nội dung rủi ro, cơ hội"),
    "quality.risk.reviewed": pgettext_lazy("ledger", "xem xét rủi ro, cơ hội"),
    "quality.risk.closed": pgettext_lazy("ledger", "đóng rủi ro, cơ hội"),
    "quality.risk.reopened": pgettext_lazy("ledger", "mở lại rủi ro, cơ hội"),
    "quality.risk.scale_set": pgettext_lazy("ledger", "đặt thang đánh giá rủi ro, cơ hội"),
}
