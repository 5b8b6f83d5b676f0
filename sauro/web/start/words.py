"""What each step of the first hour is called, why it is there, and what its list looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sauro.quality.pasted import Field
from sauro.quality.services.start import course, people, procedures, units


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as the page names it. `why`: one sentence; `passed`: what going on without it is called."""

    number: int
    name: str | Promise
    title: str | Promise
    why: str | Promise
    passed: str | Promise = ""


STEPS = (
    StepWords(
        course.AGENCY,
        gettext_lazy("Cơ quan"),
        gettext_lazy("Cơ quan"),
        gettext_lazy("Loại cơ quan quyết định cách gọi trong mọi tài liệu mẫu: ai phê duyệt, báo cáo về đâu."),
    ),
    StepWords(
        course.UNITS,
        gettext_lazy("Đơn vị"),
        gettext_lazy("Các đơn vị"),
        gettext_lazy("Việc, quyền và hạn đều giao theo đơn vị, nên danh bạ đơn vị có trước mọi thứ."),
        gettext_lazy("Đơn vị đã đủ, sang bước sau"),
    ),
    StepWords(
        course.PEOPLE,
        gettext_lazy("Con người"),
        gettext_lazy("Công chức, viên chức"),
        gettext_lazy("Mỗi người có tài khoản riêng thì mới biết ai đã đọc, ai đã làm, ai phê duyệt."),
        gettext_lazy("Người đã đủ, sang bước sau"),
    ),
    StepWords(
        course.PROCEDURES,
        gettext_lazy("Thủ tục"),
        gettext_lazy("Danh mục thủ tục"),
        gettext_lazy("Hệ thống được công bố cho đúng những thủ tục trong danh mục này (điều 4.3)."),
        gettext_lazy("Danh mục để sau, sang bước sau"),
    ),
    StepWords(
        course.MAKE,
        gettext_lazy("Bộ mẫu"),
        gettext_lazy("Dựng bộ mẫu và kế hoạch năm"),
        gettext_lazy("Sửa bản nháp nhanh hơn viết từ đầu; bản nháp chỉ có hiệu lực khi người có quyền phê duyệt."),
    ),
    StepWords(
        course.DONE,
        gettext_lazy("Xong"),
        gettext_lazy("Hệ thống đã dựng"),
        gettext_lazy("Đây là những gì đã có và thứ tự nên làm tiếp."),
    ),
)  # fmt: skip

HEADS: dict[str, str | Promise] = {
    "units.name": gettext_lazy("Tên đơn vị"),
    "units.short_name": gettext_lazy("Tên ngắn"),
    "units.parent": gettext_lazy("Thuộc đơn vị"),
    "people.name": gettext_lazy("Họ và tên"),
    "people.unit": gettext_lazy("Đơn vị"),
    "people.position": gettext_lazy("Chức vụ"),
    "people.role": gettext_lazy("Vai trò"),
    "people.email": gettext_lazy("Thư điện tử"),
    "procedures.code": gettext_lazy("Mã thủ tục"),
    "procedures.name": gettext_lazy("Tên thủ tục"),
    "procedures.field": gettext_lazy("Lĩnh vực"),
    "procedures.unit": gettext_lazy("Đơn vị giải quyết"),
    "procedures.time_limit": gettext_lazy("Thời hạn"),
    "procedures.decision": gettext_lazy("Quyết định công bố"),
    "procedures.kind": gettext_lazy("Loại"),
}
FIELDS: dict[str, tuple[Field, ...]] = {
    "units": units.FIELDS,
    "people": people.FIELDS,
    "procedures": procedures.FIELDS,
}
HOW: dict[str, str | Promise] = {
    "units": gettext_lazy(
        "Mỗi dòng một đơn vị. Đơn vị trực thuộc thì lùi vào (dấu Tab hoặc khoảng trắng) ngay dưới đơn vị cấp trên. "
        "Tên ngắn ghi sau dấu gạch đứng, không bắt buộc."
    ),
    "people": gettext_lazy(
        "Mỗi dòng một người: họ và tên, đơn vị, chức vụ, vai trò, thư điện tử; chép thẳng từ Excel, hoặc ngăn bằng dấu "
        "gạch đứng. Bỏ trống vai trò thì phần mềm đoán theo chức vụ; tên đăng nhập được đề xuất."
    ),
    "procedures": gettext_lazy(
        "Mỗi dòng một thủ tục: mã, tên, lĩnh vực, đơn vị giải quyết, thời hạn, quyết định công bố, loại. "
        "Chỉ mã và tên là bắt buộc."
    ),
}
# Vietnamese as the lists themselves are: what is typed is Vietnamese in either language of the screen.
SAMPLES = {
    "units": "Ban Giám đốc Sở | BGĐ\nVăn phòng Sở | VP\n    Tổ Văn thư, lưu trữ\nPhòng Quản lý thương mại | QLTM",
    "people": (
        "Đinh Thu Hương | Phòng Quản lý thương mại | Chuyên viên | | huong.dt@so.gov.vn\n"
        "Mai Đức Khôi | Phòng Quản lý thương mại | Trưởng phòng"
    ),
    "procedures": "2.000591 | Cấp giấy phép bán lẻ rượu | Thương mại | Phòng Quản lý thương mại | 10 ngày làm việc",
}


def head_of(part: str, key: str) -> str:
    """The title of a column on the page."""
    return str(HEADS[f"{part}.{key}"])


def step_row(current: int, reached: int) -> list[dict[str, Any]]:
    """The steps as the row over the page: which is done, which is open, which may be opened."""
    return [
        {
            "number": s.number,
            "name": s.name,
            "now": s.number == current,
            "done": s.number < reached,
            "open": s.number <= reached,
        }
        for s in STEPS
    ]
