"""Registers as PDF."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pypdfium2
import pytest

from sauro.writing import Column, write_table_pdf

COLUMNS = [Column("Mã", 8), Column("Nội dung", 50), Column("Hạn", 12, "date"), Column("Đạt", 8, "percent")]
DAY = dt.date(2026, 11, 23)


def made(rows: list[list[object]], **more: object) -> bytes:
    out = io.BytesIO()
    write_table_pdf("Sổ theo dõi", COLUMNS, rows, out, agency="Sở Công Thương", place="Bình Lãng", day=DAY, **more)  # type: ignore[arg-type]
    return out.getvalue()


def text_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_every_row_and_the_head_of_each_page_are_there() -> None:
    rows = [[f"{n}", f"Việc thứ {n} *không* #phải `mã`", DAY, Decimal("12.5")] for n in range(120)]
    pages = text_of(made(rows, note="Đơn vị: Văn phòng"))
    assert len(pages) > 2 and all("Nội" in page for page in pages)
    # What reads a PDF may break a word where its font changes: letters are compared without spaces.
    whole = "".join("".join(pages).split())
    assert all(f"Việcthứ{n}*không*#phải`mã`" in whole for n in (0, 57, 119))
    assert "23/11/2026" in whole and "12,5%" in whole and "Đơnvị:Vănphòng" in whole
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0] and "Bình Lãng, ngày 23 tháng 11 năm 2026" in pages[0]


def test_an_empty_register_says_so() -> None:
    assert "Không có dòng nào" in text_of(made([]))[0]


@pytest.mark.parametrize("long", ["Trung tâm " * 60])
def test_long_words_stay_on_the_page(long: str) -> None:
    assert long.split(maxsplit=1)[0] in text_of(made([["1", long, None, None]]))[0]
