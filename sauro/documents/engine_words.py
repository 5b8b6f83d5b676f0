"""What the reading engine says, for people who read another language than Vietnamese.

The engine knows no Django and speaks Vietnamese; its sentences are kept as it said them and are translated where they
are shown. Each pattern below is one of its sentences, with names where it puts in something that it has read.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext, gettext_noop

PATTERNS = (
    # files it can't take
    gettext_noop(
        "Tệp bị hỏng hoặc tải lên chưa hết nên không mở được. Mở lại bằng phần mềm đã tạo ra tệp, lưu rồi tải lên."
    ),
    gettext_noop("Nội dung nén trong tệp phình ra quá lớn nên không mở. Lưu lại bằng Word hoặc Excel rồi tải lên."),
    gettext_noop("Tệp có mật khẩu nên không đọc được. Bỏ mật khẩu, lưu lại rồi tải lên."),
    gettext_noop("Bảng có hơn %(n)s cột nên không đọc. Bỏ các cột thừa, lưu lại rồi tải lên."),
    gettext_noop("Tệp có hơn %(n)s hàng nên không đọc. Chia thành nhiều tệp rồi tải lên từng tệp."),
    gettext_noop("Tệp có quá nhiều chữ nên không đọc. Chia thành nhiều tệp rồi tải lên từng tệp."),
    gettext_noop("Tệp có một đoạn dài bất thường, không phải văn bản hành chính. Xuống dòng cho đúng rồi tải lên."),
    gettext_noop("Tệp có hơn %(n)s trang nên không đọc. Tách riêng phần quyết định và phụ lục rồi tải lên."),
    gettext_noop("Tệp có hơn %(n)s trang quét nên không nhận dạng. Tách ra từng phần rồi tải lên."),
    gettext_noop("Tệp quá phức tạp, đọc quá lâu nên đã dừng. Lưu lại thành .docx rồi tải lên."),
    gettext_noop("Tệp có khai báo thực thể XML mà Word không dùng đến nên không mở. Lưu lại bằng Word rồi tải lên."),
    gettext_noop("Tệp trống, không có chữ nào. Chọn lại tệp rồi tải lên."),
    gettext_noop("Tệp trống: không có chữ nào để đọc."),
    gettext_noop("Tệp không phải là văn bản đọc được. Tải lên tệp .docx, .pdf, .xlsx, .html, .txt hoặc .md."),
    gettext_noop("Tệp không phải là văn bản: có ký tự nhị phân ở bên trong."),
    gettext_noop(
        "Tệp không phải văn bản Unicode (UTF-8). Mở bằng Word hoặc Notepad, lưu lại với mã UTF-8 rồi tải lên."
    ),
    gettext_noop("Tệp là tệp nén. Giải nén rồi tải lên từng văn bản."),
    gettext_noop("Không nhận tệp %(program)s có macro. Lưu lại dạng %(suffix)s rồi tải lên."),
    gettext_noop("Tệp ở dạng %(suffix)s cũ nên không đọc được. Mở bằng Word, lưu lại dạng .docx rồi tải lên."),
    gettext_noop("Tệp ở dạng %(suffix)s cũ nên không đọc được. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."),
    gettext_noop("Tệp ở dạng %(suffix)s nên không đọc được. Mở bằng Word, lưu lại dạng .docx rồi tải lên."),
    gettext_noop("Tệp ở dạng %(suffix)s nên không đọc được. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."),
    gettext_noop("Tệp mang đuôi .%(said)s nhưng bên trong là %(found)s. Đổi đuôi tệp thành .%(suffix)s rồi tải lên."),
    gettext_noop("Tệp nặng %(size)s MB, lớn hơn mức %(most)s MB. Bỏ bớt ảnh hoặc tách phụ lục ra rồi tải lên."),
    gettext_noop("Không tìm thấy tệp. Chọn lại tệp rồi tải lên."),
    gettext_noop(
        "Tệp là bản quét, không có lớp chữ, mà máy chủ chưa cài bộ nhận dạng chữ. Tải lên tệp Word, hoặc đề nghị quản "
        "trị cài gói tesseract-ocr và tesseract-ocr-vie."
    ),
    gettext_noop(
        "Tệp là bản quét, mà bộ nhận dạng chữ trên máy chủ thiếu tiếng Việt. Tải lên tệp Word, hoặc đề nghị quản trị "
        "cài gói tesseract-ocr-vie."
    ),
    gettext_noop("Trang %(page)s nhận dạng quá lâu nên đã dừng. Quét lại ở 300 dpi, hoặc tải lên tệp Word."),
    gettext_noop(
        'Trang %(page)s có dấu "%(stamp)s". Hệ thống này không được chứa văn bản mật; tệp đã bị bỏ, không lưu lại.'
    ),
    gettext_noop('Văn bản có dấu "%(stamp)s". Hệ thống này không được chứa văn bản mật; tệp đã bị bỏ, không lưu lại.'),
    # what it is doing
    gettext_noop("Mở tệp"),
    gettext_noop("Đã mở xong"),
    gettext_noop("Đã mở văn bản"),
    gettext_noop("Đang đọc tệp Word"),
    gettext_noop("Đang đọc trang tính %(n)s/%(of)s"),
    gettext_noop("Đang đọc trang %(n)s/%(of)s"),
    gettext_noop("Đang nhận dạng chữ trong ảnh"),
    gettext_noop("Đang nhận dạng chữ trang %(n)s (%(done)s/%(of)s)"),
    # what it doubts
    gettext_noop("Chưa thấy số của văn bản."),
    gettext_noop("Chưa thấy số của văn bản: chỗ ghi số còn để trống."),
    gettext_noop("Chưa thấy ngày ban hành của văn bản."),
    gettext_noop("Chưa thấy người ký văn bản."),
    gettext_noop("Ngày ban hành “%(day)s” không tồn tại trên lịch."),
    gettext_noop("Có số “%(number)s” trong mục tiêu nhưng chưa rõ chỉ tiêu và đơn vị tính."),
    gettext_noop("Chưa hiểu thời hạn “%(words)s”."),
    gettext_noop("Thời hạn “%(words)s” thiếu năm và kế hoạch không cho biết năm nào."),
    gettext_noop("Thời hạn “%(words)s” có ngày không tồn tại trên lịch."),
    gettext_noop("Dòng chỉ tiêu này chưa rõ thuộc mục tiêu nào hoặc so sánh thế nào."),
    gettext_noop("Hàng này của bảng không có tên nhiệm vụ nên chưa đọc được."),
    gettext_noop("Nhiệm vụ %(ref)s không có đơn vị chủ trì."),
    gettext_noop("Số thứ tự %(ref)s đã dùng cho một nhiệm vụ khác."),
    gettext_noop("Nhiệm vụ %(ref)s có chú thích %(one)s, nhưng chú thích %(other)s cũng kể đến nó."),
    gettext_noop("Chú thích %(note)s đặt ở nhiệm vụ %(ref)s nhưng lời chú thích không kể nhiệm vụ này."),
    gettext_noop("Đơn vị “%(name)s” chưa có trong danh mục đơn vị."),
    gettext_noop("“%(name)s” được đọc là “%(read)s”; kiểm tra lại vì chữ trong văn bản không khớp hẳn."),
    # what it calls things
    gettext_noop("tệp Word"),
    gettext_noop("tệp Excel"),
    gettext_noop("tệp PDF"),
    gettext_noop("trang HTML"),
    gettext_noop("văn bản thường"),
    gettext_noop("ảnh"),
)


@cache
def _readers(patterns: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    written = [(re.escape(p.replace("%%", "%")), p) for p in patterns]
    return [(re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", known), re.DOTALL), p) for known, p in written]


def said(sentence: str) -> str:
    """A sentence of the engine in the language of the page; as it is where there is no translation."""
    return said_by(PATTERNS, sentence, PATTERNS)


def said_by(patterns: tuple[str, ...], sentence: str, words: tuple[str, ...] = ()) -> str:
    """A sentence that is one of the patterns in the language of the page, what it puts in translated where it is one of
    `words`; as it is in Vietnamese, and where there is no translation."""
    if not sentence or (get_language() or "vi").startswith("vi"):
        return sentence
    for pattern, known in _readers(patterns):
        if match := pattern.fullmatch(sentence):
            parts = {name: gettext(text) if text in words else text for name, text in match.groupdict().items()}
            return gettext(known) % parts if parts or "%%" in known else gettext(known)
    return gettext(sentence)
