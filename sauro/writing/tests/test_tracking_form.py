"""The tracking form reads back as the form of QĐ 949/QĐ-BCT."""

from __future__ import annotations

import io

from sauro.reading import read
from sauro.writing import TrackingForm, write_tracking_docx
from sauro.writing.tracking_form import TrackedObjective, TrackingSheet


def test_the_reading_engine_knows_the_form_that_was_written(tmp_path):
    rows = [TrackedObjective([f"{n}. Mục tiêu chất lượng thứ {n} của cơ quan"], {1: "Tốt"}) for n in (1, 2)]
    sheets = [TrackingSheet(range(1, 7), rows, "Đỗ Trường Giang"), TrackingSheet(range(7, 13), rows)]
    path = tmp_path / "phieu.docx"
    write_tracking_docx(TrackingForm("Bộ Công Thương", "01", " / /2026", sheets), path)
    (form,) = read(path).draft.forms
    assert form.name == "Theo dõi thực hiện mục tiêu chất lượng"
    assert form.columns == [
        "Theo dõi thực hiện Mục tiêu chất lượng", *(f"Tháng {n}" for n in range(1, 13)), "Ghi chú",
    ]  # fmt: skip
    assert form.ratings == ["Tốt", "Trung bình", "Kém"]
    assert form.signed_by == "Đại diện lãnh đạo – QMR"


def test_words_that_look_like_markup_stay_words():
    from sauro.writing import write_tracking_pdf

    row = TrackedObjective(['1. #panic("x") *sao* $x$ \\ <nhãn> @ai'], {1: "Tốt"}, "[a] // b")
    out = io.BytesIO()
    write_tracking_pdf(TrackingForm("Cơ quan #1", "01", "", [TrackingSheet(range(1, 7), [row])]), out)
    import pypdfium2

    text = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()
    assert '#panic("x") *sao*' in text.replace("\r\n", " ")
