"""Verbs of the quality room in words: surveys, complaints and proposals, the public page."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "quality.survey.drafted": pgettext_lazy("ledger", "lập phiếu khảo sát"),
    "quality.survey.edited": pgettext_lazy("ledger", "sửa phiếu khảo sát"),
    "quality.survey.opened": pgettext_lazy("ledger", "mở lấy ý kiến khảo sát"),
    "quality.survey.closed": pgettext_lazy("ledger", "kết thúc lấy ý kiến khảo sát"),
    "quality.survey.typed": pgettext_lazy("ledger", "nhập phiếu giấy khảo sát"),
    "quality.feedback.received": pgettext_lazy("ledger", "nhận phản ánh, kiến nghị qua trang công khai"),
    "quality.feedback.recorded": pgettext_lazy("ledger", "ghi phản ánh, kiến nghị nhận trực tiếp"),
    "quality.feedback.assigned": pgettext_lazy("ledger", "giao đơn vị trả lời phản ánh, kiến nghị"),
    "quality.feedback.answered": pgettext_lazy("ledger", "trả lời phản ánh, kiến nghị"),
    "quality.feedback.refused": pgettext_lazy("ledger", "không xử lý phản ánh, kiến nghị"),
    "quality.feedback.linked": pgettext_lazy("ledger", "mở sự không phù hợp từ phản ánh, kiến nghị"),
    "quality.publication.published": pgettext_lazy("ledger", "đưa nội dung lên trang công khai"),
    "quality.publication.withdrawn": pgettext_lazy("ledger", "gỡ nội dung khỏi trang công khai"),
}
