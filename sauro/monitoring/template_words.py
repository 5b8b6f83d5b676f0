"""What the check of a report's template says, for people who read another language than Vietnamese.

`sauro.writing` knows no Django and speaks Vietnamese; its sentences are translated where they are shown.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext, gettext_noop

from sauro.documents.engine_words import said_by

PATTERNS = (
    gettext_noop("Không mở được tệp. Mở bằng Word, lưu lại dạng .docx rồi tải lên."),
    gettext_noop("Tệp không phải Word dạng .docx. Lưu lại dạng .docx rồi tải lên."),
    gettext_noop("Tệp quá lớn khi giải nén. Bớt hình trong mẫu rồi tải lên."),
    gettext_noop("Không nhận tệp Word có macro. Lưu lại dạng .docx rồi tải lên."),
    gettext_noop(
        "Mẫu gắn với tệp hoặc trang ở nơi khác (mẫu đính kèm, hình liên kết). Bỏ liên kết, chèn hình thẳng vào mẫu rồi "
        "tải lên."
    ),
    gettext_noop("Mẫu có đối tượng nhúng. Bỏ đối tượng nhúng rồi tải lên."),
    gettext_noop(
        "Điền thử không dựng được tệp. Thường do thẻ {%%p …%%} hoặc {%%tr …%%} đứng chung đoạn, chung hàng với chữ "
        "khác: để mỗi thẻ đó trong một đoạn hoặc một hàng riêng."
    ),
    gettext_noop("Thiếu chỗ điền bắt buộc “%(name)s” (%(words)s)."),
    gettext_noop("Khối “%(block)s” chưa đóng: thêm {%% end%(kind)s %%} ở cuối phần lặp."),
    gettext_noop("Có dấu mở {{ hoặc {%% mà không có dấu đóng."),
    gettext_noop("Viết vòng lặp như {%% for dong in nhom %%}: %(place)s"),
    gettext_noop("Có {%% %(verb)s %%} mà không có khối nào đang mở: %(place)s"),
    gettext_noop("{%% %(verb)s %%} không khớp khối “%(block)s” đang mở."),
    gettext_noop("Lệnh “%(verb)s” không dùng được trong mẫu; chỉ dùng for, if, elif, else: %(place)s"),
    gettext_noop("Lệnh đứng ngoài khối if hoặc for: %(place)s"),
    gettext_noop("Không có danh sách “%(name)s” để lặp: %(place)s"),
    gettext_noop("“%(name)s” không phải danh sách, không lặp được: %(place)s"),
    gettext_noop("Không hiểu chỗ điền: %(place)s"),
    gettext_noop("Không có chỗ điền “%(name)s”: %(place)s"),
    gettext_noop("Không có trường “%(name)s” ở đây: %(place)s"),
    gettext_noop("Bộ lọc “%(name)s” không dùng được trong mẫu: %(place)s"),
    gettext_noop("Không dùng được phép tính này trong mẫu: %(place)s"),
)
# What follows a sentence: the part of the file that it is about, and the name that was perhaps meant.
_TAIL = re.compile(
    r"(?P<body>.*?)(?: \(ở (?P<part>đầu trang|chân trang|chú thích|thuộc tính của tệp)\))?"
    r"(?:\. Có phải “(?P<near>\w+)” không\?)?",
    re.DOTALL,
)
# What stands in each place of a template, as `sauro.writing.report` calls it.
PLACES = (
    gettext_noop("cơ quan chủ quản"),
    gettext_noop("cơ quan ban hành"),
    gettext_noop("số, ký hiệu"),
    gettext_noop("địa danh"),
    gettext_noop("trích yếu nội dung báo cáo"),
    gettext_noop("nơi nhận chính, sau chữ Kính gửi"),
    gettext_noop("kỳ báo cáo, ví dụ tháng 11 năm 2026"),
    gettext_noop("ngày của số liệu"),
    gettext_noop("tên và số kế hoạch"),
    gettext_noop("các căn cứ"),
    gettext_noop("phần mở đầu"),
    gettext_noop("kết quả chung"),
    gettext_noop("tổng số nhiệm vụ"),
    gettext_noop("số nhiệm vụ hoàn thành đúng hạn"),
    gettext_noop("số nhiệm vụ hoàn thành quá hạn"),
    gettext_noop("số nhiệm vụ chưa hoàn thành, trong hạn"),
    gettext_noop("số nhiệm vụ chưa hoàn thành, quá hạn"),
    gettext_noop("số nhiệm vụ thường xuyên, trong số trong hạn"),
    gettext_noop("biểu đồ bốn ô"),
    gettext_noop("biểu đồ theo đơn vị"),
    gettext_noop("kết quả theo nhóm"),
    gettext_noop("bảng theo nhóm"),
    gettext_noop("bảng theo đơn vị"),
    gettext_noop("khó khăn, vướng mắc"),
    gettext_noop("đề xuất, kiến nghị"),
    gettext_noop("nhiệm vụ trọng tâm kỳ tới"),
    gettext_noop("phụ lục từng nhiệm vụ"),
    gettext_noop("quyền hạn của người ký: TM., KT., TL."),
    gettext_noop("chức vụ người ký"),
    gettext_noop("họ tên người ký"),
    gettext_noop("nơi nhận"),
)
PARTS = (
    gettext_noop("đầu trang"),
    gettext_noop("chân trang"),
    gettext_noop("chú thích"),
    gettext_noop("thuộc tính của tệp"),
)


def said(sentence: str) -> str:
    """A mistake of a template in the language of the page; as it is in Vietnamese."""
    if (get_language() or "vi").startswith("vi"):
        return sentence
    found = _TAIL.fullmatch(sentence)
    assert found is not None
    words = said_by(PATTERNS, found["body"], PLACES)
    if found["part"]:
        words += gettext(" (ở %(part)s)") % {"part": gettext(found["part"])}
    if found["near"]:
        words += gettext(". Có phải “%(name)s” không?") % {"name": found["near"]}
    return words
