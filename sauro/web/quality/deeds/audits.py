"""Verbs of the quality room in words: audits."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "quality.programme.opened": pgettext_lazy("ledger", "lập chương trình đánh giá nội bộ"),
    "quality.programme.edited": pgettext_lazy("ledger", "sửa chương trình đánh giá nội bộ"),
    "quality.programme.approved": pgettext_lazy("ledger", "phê duyệt chương trình đánh giá nội bộ"),
    "quality.programme.reopened": pgettext_lazy("ledger", "mở lại chương trình đánh giá nội bộ"),
    "quality.audit.planned": pgettext_lazy("ledger", "lập cuộc đánh giá nội bộ"),
    "quality.audit.edited": pgettext_lazy("ledger", "sửa kế hoạch cuộc đánh giá"),
    "quality.audit.team_set": pgettext_lazy("ledger", "cử đoàn đánh giá"),
    "quality.audit.team_changed": pgettext_lazy("ledger", "thay đổi đoàn đánh giá sau khi đã báo đơn vị"),
    "quality.audit.notified": pgettext_lazy("ledger", "gửi kế hoạch đánh giá cho đơn vị"),
    "quality.audit.cancelled": pgettext_lazy("ledger", "thôi thực hiện cuộc đánh giá"),
    "quality.audit.checklist_built": pgettext_lazy("ledger", "lập phiếu câu hỏi từ bản đồ điều khoản"),
    "quality.audit.question_added": pgettext_lazy("ledger", "thêm câu hỏi đánh giá"),
    "quality.audit.question_edited": pgettext_lazy("ledger", "sửa câu hỏi đánh giá"),
    "quality.audit.question_dropped": pgettext_lazy("ledger", "bỏ câu hỏi đánh giá"),
    "quality.audit.reordered": pgettext_lazy("ledger", "xếp lại phiếu câu hỏi"),
    "quality.audit.started": pgettext_lazy("ledger", "bắt đầu cuộc đánh giá"),
    "quality.audit.answered": pgettext_lazy("ledger", "ghi kết quả câu hỏi đánh giá"),
    "quality.audit.reported": pgettext_lazy("ledger", "báo cáo kết quả đánh giá nội bộ"),
    "quality.audit.closed": pgettext_lazy("ledger", "đóng cuộc đánh giá nội bộ"),
    "quality.finding.raised": pgettext_lazy("ledger", "ghi phát hiện đánh giá"),
    "quality.finding.edited": pgettext_lazy("ledger", "sửa phát hiện đánh giá"),
    "quality.finding.withdrawn": pgettext_lazy("ledger", "rút phát hiện đánh giá"),
}
