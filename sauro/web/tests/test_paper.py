"""The document as read, drawn as on paper."""

from __future__ import annotations

import pytest

from sauro.reading.manuscript import Block, Cell, Manuscript
from sauro.web.documents.source import pieces


def table(*rows: tuple[str, ...]) -> Manuscript:
    """A manuscript of one table."""
    blocks = [Block("row", "\t".join(texts), cells=[Cell(text) for text in texts], table=0) for texts in rows]
    return Manuscript(blocks, "docx")


@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        ([("ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")], "head"),
        ([("Nơi nhận:\n- Ban Giám đốc;\n- Lưu: VT.", "GIÁM ĐỐC\nĐỗ Thị Minh Nguyệt")], "foot"),
        ([("Nội dung", "Thời hạn"), ("Lập danh sách", "Quý I/2026")], ""),
        ([("TT", "Nội dung", "Nơi nhận"), ("1", "Gửi báo cáo", "Nơi nhận: Văn phòng")], ""),
    ],
)
def test_head_and_signature_stand_without_lines_as_on_paper(rows: list[tuple[str, ...]], layout: str) -> None:
    (piece,) = pieces(table(*rows), [], [])
    assert piece.layout == layout
