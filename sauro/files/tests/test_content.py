"""What is let in: by what the bytes are, not by what the name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from sauro.files.content import check_content
from sauro.files.errors import FileRefused

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def office(*parts: str) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("bao-cao.pdf", b"MZ\x90\x00", "chạy được mã"),
        ("bao-cao.txt", b"\x7fELF\x02", "chạy được mã"),
        ("trang.txt", b"\xef\xbb\xbf  <!DOCTYPE html><script>", "chạy được mã"),
        ("anh.png", b"<svg xmlns='x' onload='y'>", "chạy được mã"),
        ("chay.exe", b"vo hai", "chạy được mã"),
        ("anh.jpg", PNG, "không phải là tệp .jpg"),
        ("van-ban.pdf", PNG, "không phải là tệp .pdf"),
        ("van-ban.docx", b"%PDF-1.4", "không phải là tệp .docx"),
        ("van-ban.docx", office("xl/workbook.xml"), "không phải là tệp .docx"),
        ("van-ban.docx", b"PK\x03\x04 cut", "không phải là tệp .docx"),
        ("van-ban.docx", office("word/document.xml", "word/vbaProject.bin"), "có macro"),
        ("bang.xlsm", office("xl/workbook.xml"), "chạy được mã"),
    ],
)
def test_what_runs_or_lies_is_refused_by_name(name: str, data: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why) as no:
        check_content(io.BytesIO(data), name)
    assert name in str(no.value)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("Biên bản.pdf", b"%PDF-1.7", "application/pdf"),
        ("ảnh.PNG", PNG, "image/png"),
        (
            "van-ban.docx",
            office("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("ghi-chep.txt", "Đã làm".encode(), "text/plain"),
        ("khong-duoi", PNG, "image/png"),
    ],
)
def test_the_rest_is_let_in_and_left_at_its_beginning(name: str, data: bytes, kind: str) -> None:
    source = io.BytesIO(data)
    assert check_content(source, name) == kind and source.tell() == 0
