"""The verbs of the ledger in words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from sauro.ledger.models import Entry
from sauro.web.look.text import dmy_hm
from sauro.web.quality.deeds import DEEDS as QUALITY

DEEDS: dict[str, str | Promise] = {
    "documents.reading.uploaded": pgettext_lazy("ledger", "tải văn bản lên"),
    "demo.volume.made": pgettext_lazy("ledger", "tạo dữ liệu thử"),
    "documents.reading.discarded": pgettext_lazy("ledger", "bỏ bản đọc"),
    "documents.reading.refused": pgettext_lazy("ledger", "từ chối văn bản"),
    "documents.reading.failed": pgettext_lazy("ledger", "không đọc được văn bản"),
    "documents.reading.read": pgettext_lazy("ledger", "đọc xong văn bản"),
    "monitoring.consolidation.edited": pgettext_lazy("ledger", "sửa tay một phần của báo cáo tổng hợp"),
    "monitoring.consolidation.generated": pgettext_lazy("ledger", "tạo báo cáo tổng hợp"),
    "monitoring.consolidation.kept": pgettext_lazy("ledger", "giữ phần đã sửa tay của báo cáo tổng hợp"),
    "monitoring.consolidation.template": pgettext_lazy("ledger", "chọn mẫu của báo cáo tổng hợp"),
    "monitoring.consolidation.undone": pgettext_lazy("ledger", "bỏ phần đã sửa tay của báo cáo tổng hợp"),
    "monitoring.duty.met": pgettext_lazy("ledger", "ghi việc đến hạn đã xong"),
    "monitoring.evidence.added": pgettext_lazy("ledger", "thêm minh chứng"),
    "monitoring.evidence.checked": pgettext_lazy("ledger", "đối chiếu minh chứng"),
    "monitoring.evidence.replaced": pgettext_lazy("ledger", "thay minh chứng bằng bản mới"),
    "organization.authority.added": pgettext_lazy("ledger", "tin cậy cơ quan chứng thực"),
    "organization.authority.removed": pgettext_lazy("ledger", "bỏ tin cậy cơ quan chứng thực"),
    "monitoring.evidence.described": pgettext_lazy("ledger", "ghi ngày, sản phẩm của minh chứng"),
    "monitoring.evidence.removed": pgettext_lazy("ledger", "gỡ minh chứng"),
    "monitoring.call_rule.removed": pgettext_lazy("ledger", "xóa quy tắc nhắc việc"),
    "monitoring.call_rule.set": pgettext_lazy("ledger", "đặt quy tắc nhắc việc"),
    "monitoring.warning_rule.changed": pgettext_lazy("ledger", "sửa quy tắc cảnh báo"),
    "monitoring.indicator.proposed": pgettext_lazy("ledger", "đề xuất cách đo chỉ tiêu"),
    "monitoring.indicator.set_up": pgettext_lazy("ledger", "thiết lập cách đo chỉ tiêu"),
    "monitoring.budget.saved": pgettext_lazy("ledger", "ghi kinh phí của nhiệm vụ"),
    "monitoring.dependency.added": pgettext_lazy("ledger", "ghi nhiệm vụ phải chờ"),
    "monitoring.dependency.removed": pgettext_lazy("ledger", "bỏ nhiệm vụ phải chờ"),
    "monitoring.large_task.described": pgettext_lazy("ledger", "ghi thành phần của việc lớn"),
    "monitoring.measures.reported": pgettext_lazy("ledger", "ghi chỉ số của nhiệm vụ theo báo cáo"),
    "monitoring.measures.withdrawn": pgettext_lazy("ledger", "rút chỉ số của nhiệm vụ theo báo cáo"),
    "monitoring.measurement.withdrawn": pgettext_lazy("ledger", "rút số liệu chỉ tiêu theo báo cáo"),
    "monitoring.measures.saved": pgettext_lazy("ledger", "ghi chỉ số của nhiệm vụ"),
    "monitoring.measurement.corrected": pgettext_lazy("ledger", "sửa số liệu chỉ tiêu"),
    "monitoring.measurement.recorded": pgettext_lazy("ledger", "ghi số liệu chỉ tiêu"),
    "monitoring.rating.changed": pgettext_lazy("ledger", "sửa đánh giá mục tiêu"),
    "monitoring.rating.given": pgettext_lazy("ledger", "đánh giá mục tiêu"),
    "monitoring.ratings.reopened": pgettext_lazy("ledger", "rút xác nhận đánh giá của tháng"),
    "monitoring.ratings.signed": pgettext_lazy("ledger", "ký xác nhận đánh giá của tháng"),
    "monitoring.report.accepted": pgettext_lazy("ledger", "nhận báo cáo"),
    "monitoring.report.returned": pgettext_lazy("ledger", "trả lại báo cáo"),
    "monitoring.report.submitted": pgettext_lazy("ledger", "nộp báo cáo"),
    "monitoring.report.withdrawn": pgettext_lazy("ledger", "rút báo cáo"),
    "monitoring.round.called": pgettext_lazy("ledger", "yêu cầu báo cáo"),
    "monitoring.round.changed": pgettext_lazy("ledger", "sửa kỳ báo cáo"),
    "monitoring.round.left_both": pgettext_lazy("ledger", "để lại cả hai số liệu"),
    "monitoring.round.locked": pgettext_lazy("ledger", "khóa kỳ báo cáo"),
    "monitoring.round.opened": pgettext_lazy("ledger", "mở kỳ báo cáo"),
    "monitoring.round.reconciled": pgettext_lazy("ledger", "chọn một trong các số liệu lệch nhau"),
    "monitoring.round.reminded": pgettext_lazy("ledger", "nhắc đơn vị nộp báo cáo"),
    "monitoring.round.unlocked": pgettext_lazy("ledger", "mở lại kỳ báo cáo"),
    "monitoring.task.completed": pgettext_lazy("ledger", "xác nhận hoàn thành"),
    "monitoring.task.reminded": pgettext_lazy("ledger", "nhắc việc quá hạn"),
    "monitoring.task.reopened": pgettext_lazy("ledger", "mở lại nhiệm vụ"),
    "monitoring.task.reported": pgettext_lazy("ledger", "báo cáo nhiệm vụ"),
    "monitoring.task.told_outside": pgettext_lazy("ledger", "đánh dấu đã cập nhật hệ thống ngoài"),
    "monitoring.task.untold_outside": pgettext_lazy("ledger", "bỏ đánh dấu đã cập nhật hệ thống ngoài"),
    "monitoring.template.offered": pgettext_lazy("ledger", "dùng lại mẫu báo cáo"),
    "monitoring.template.uploaded": pgettext_lazy("ledger", "tải mẫu báo cáo lên"),
    "monitoring.template.withdrawn": pgettext_lazy("ledger", "thôi dùng mẫu báo cáo"),
    "plans.change.approved": pgettext_lazy("ledger", "chấp thuận điều chỉnh"),
    "plans.change.gathered": pgettext_lazy("ledger", "trình đề nghị điều chỉnh"),
    "plans.change.proposed": pgettext_lazy("ledger", "đề nghị điều chỉnh"),
    "plans.change.refused": pgettext_lazy("ledger", "không chấp thuận điều chỉnh"),
    "plans.change.withdrawn": pgettext_lazy("ledger", "rút đề nghị điều chỉnh"),
    "organization.agency.made": pgettext_lazy("ledger", "lập cơ quan"),
    "organization.days_off.changed": pgettext_lazy("ledger", "sửa lịch làm việc"),
    "organization.days_off.confirmed": pgettext_lazy("ledger", "xác nhận ngày nghỉ"),
    "organization.days_off.proposed": pgettext_lazy("ledger", "điền ngày nghỉ dự kiến"),
    "organization.days_off.removed": pgettext_lazy("ledger", "bỏ ngày nghỉ"),
    "organization.person.added": pgettext_lazy("ledger", "thêm người dùng"),
    "organization.person.calendar_renewed": pgettext_lazy("ledger", "đổi địa chỉ lịch"),
    "organization.person.closed": pgettext_lazy("ledger", "khóa tài khoản"),
    "organization.person.corrected": pgettext_lazy("ledger", "sửa thông tin của mình"),
    "organization.person.edited": pgettext_lazy("ledger", "sửa người dùng"),
    "organization.person.opened": pgettext_lazy("ledger", "mở lại tài khoản"),
    "organization.person.password_changed": pgettext_lazy("ledger", "đổi mật khẩu"),
    "organization.person.password_reset": pgettext_lazy("ledger", "cấp lại mật khẩu"),
    "organization.register.loaded": pgettext_lazy("ledger", "nạp danh bạ đơn vị"),
    "organization.unit.added": pgettext_lazy("ledger", "thêm đơn vị"),
    "organization.unit.external_added": pgettext_lazy("ledger", "thêm cơ quan bên ngoài"),
    "organization.unit.edited": pgettext_lazy("ledger", "sửa đơn vị"),
    "organization.unit.head_set": pgettext_lazy("ledger", "cử cấp trưởng"),
    "plans.plan.adopted": pgettext_lazy("ledger", "thông qua kế hoạch"),
    "plans.plan.amended": pgettext_lazy("ledger", "sửa đổi kế hoạch"),
    "plans.task.assigned": pgettext_lazy("ledger", "giao người chịu trách nhiệm"),
    "plans.task.edited": pgettext_lazy("ledger", "bổ sung nội dung nhiệm vụ"),
    "plans.task.made": pgettext_lazy("ledger", "lập việc con"),
    "plans.task.split": pgettext_lazy("ledger", "chia việc con"),
    **QUALITY,
}


def deed(verb: str) -> str:
    """A verb in words; one that has none yet is shown as it is written."""
    return str(DEEDS.get(verb, verb))


def said_of(entry: Entry) -> str:
    """Who did what, when: "12/11/2026 09:38, Trần Quốc Bình giao người chịu trách nhiệm"."""
    who = entry.actor_label or _("Phần mềm")
    return f"{dmy_hm(entry.at)}, {who} {deed(entry.verb)}{_tail(entry.data)}"


def _tail(data: dict[str, Any]) -> str:
    if after := data.get("after"):
        return f": {after}"
    if reason := data.get("reason"):
        return f": {reason}"
    return ""
