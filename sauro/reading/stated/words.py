"""The words of tables that state fields outright: header words, and the Vietnamese for each closed value."""

from __future__ import annotations

from typing import Literal

TableKind = Literal["head", "objectives", "targets", "tasks", "duties", "forms"]

HEAD = ("Thông tin văn bản", "Nội dung", "Loại văn bản", "Số, ký hiệu", "Ngày văn bản")
OBJECTIVES = (
    "Thứ tự mục tiêu",
    "Ký hiệu",
    "Mục tiêu",
    "Nội dung cụ thể",
    "Phương pháp đo lường",
    "Bắt đầu",
    "Hoàn thành",
)
TARGETS = (
    "Thuộc mục tiêu", "Chỉ tiêu", "So sánh", "Mức từ", "Mức đến", "Đơn vị tính", "Chiều", "So với năm", "Kỳ",
    "Nguyên văn",
)  # fmt: skip
TASKS = (
    "TT", "Nhóm nhiệm vụ", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Phân công ghi trong văn bản",
    "Thời gian thực hiện", "Loại thời hạn", "Ngày bắt đầu", "Hạn hoàn thành", "Chu kỳ", "Sự kiện", "Sản phẩm",
    "Mốc thực hiện", "Phương pháp đo lường", "Tần suất báo cáo", "Hồ sơ cần lưu", "Cấp phê duyệt", "Nguồn giao",
    "Ghi chú",
)  # fmt: skip
DUTIES = (
    "Đơn vị báo cáo", "Nơi nhận báo cáo", "Gửi qua", "Thời hạn báo cáo", "Kỳ báo cáo", "Trước ngày", "Mốc của kỳ",
    "Nội dung báo cáo",
)  # fmt: skip
FORMS = ("Tên biểu mẫu", "Các cột", "Các dòng", "Mức đánh giá", "Người ký biểu")
HEADERS: dict[TableKind, tuple[str, ...]] = {
    "head": HEAD, "objectives": OBJECTIVES, "targets": TARGETS, "tasks": TASKS, "duties": DUTIES, "forms": FORMS,
}  # fmt: skip
# A table is of a kind when its header holds one column of each of these sets. The last set of the tasks names columns
# that no published table has: without one of them a table of tasks is read as people write them.
SIGNS: dict[TableKind, tuple[tuple[int, ...], ...]] = {
    "head": ((0,), (1,)),
    "objectives": ((0,), (2,)),
    "targets": ((0,), (1,), (2,)),
    "tasks": ((0,), (2,), (1, 5, 7)),
    "duties": ((0,), (3,), (7,)),
    "forms": ((0,), (1,)),
}

HEAD_ROWS = {
    "number": "Số, ký hiệu",
    "type": "Tên loại",
    "issuer": "Cơ quan ban hành",
    "place": "Địa danh",
    "issued_on": "Ngày ban hành",
    "title": "Trích yếu",
    "authority": "Quyền hạn người ký",
    "position": "Chức vụ người ký",
    "name": "Người ký",
    "proposed_by": "Theo đề nghị của",
    "legal_bases": "Căn cứ",
    "recipients": "Nơi nhận",
    "articles": "Điều",
}
COMPARATORS = {
    ">=": "tối thiểu", ">": "trên", "<=": "tối đa", "<": "dưới", "=": "bằng", "range": "trong khoảng",
    "approx": "khoảng",
}  # fmt: skip
KINDS = {
    "deadline": "có hạn", "recurring": "định kỳ", "continuous": "thường xuyên", "event": "theo sự kiện",
    "unknown": "chưa rõ",
}  # fmt: skip
DIRECTIONS = {"increase": "tăng", "decrease": "giảm"}
PERIODS = {"month": "tháng", "quarter": "quý", "half": "06 tháng", "year": "năm"}
# What `ReportingRule.of` says: the month whose day is meant.
MARKS = {
    "each month": "hằng tháng",
    "last month of the quarter": "tháng cuối quý",
    "last month of the period": "tháng cuối kỳ",
    "first month after the period": "tháng đầu kỳ sau",
}
MARKS.update({f"month {n}": f"tháng {n}" for n in range(1, 13)})
