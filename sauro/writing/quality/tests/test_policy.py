"""The public sheet of the policy: the same bytes for the same sheet, and a long one keeps its heading block alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pypdfium2
import pytest

from sauro.writing.quality import PolicySheet, policy_pdf

pytestmark = pytest.mark.pure
SHEET = PolicySheet(
    agency="Sở Công Thương tỉnh Bình Lãng", parent_agency="Ủy ban nhân dân tỉnh Bình Lãng", place="Bình Lãng",
    title="Chính sách chất lượng", text=("Cam kết: #let x = 1, *đúng hẹn*.",), code="CS.01", issue=2,
    effective_on=dt.date(2026, 2, 5), published_on=dt.date(2026, 11, 6), decision="21/QĐ-SCT", signer="Đỗ Thị Nguyệt",
)  # fmt: skip


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as file:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in file]


def test_the_sheet_has_the_official_heading_and_its_words_are_never_markup() -> None:
    made = policy_pdf(SHEET)
    assert made == policy_pdf(SHEET)
    (page,) = pages_of(made)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bình Lãng, ngày 05 tháng 02 năm 2026", "SỞ CÔNG THƯƠNG",
        "Cam kết: #let x = 1, *đúng hẹn*.", "Đỗ Thị Nguyệt", "Ban hành lần 2", "Công khai từ ngày 06/11/2026",
    ):  # fmt: skip
        assert words in page


def test_without_a_day_a_parent_or_a_signer_nothing_is_invented() -> None:
    (page,) = pages_of(
        policy_pdf(PolicySheet("UBND xã An", "Chính sách", ("Đúng hẹn.",), "CS.01", 1, dt.date(2026, 1, 2)))
    )
    assert "Người ký" not in page and "hiệu lực" not in page and "CS.01 · Ban hành lần 1 · Công khai từ" in page


def test_a_long_policy_goes_on_to_numbered_pages() -> None:
    long = replace(SHEET, text=("Cam kết thứ nhất. " * 60,) * 12)
    first, second, *_ = pages_of(policy_pdf(long))
    assert not first.startswith("1 ") and second.startswith("2 ") and "VIỆT NAM" not in second
