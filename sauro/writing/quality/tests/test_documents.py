"""A controlled document as Word and as PDF: the form in use at agencies."""

import dataclasses
import datetime as dt
import io

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from sauro.writing.quality import (
    Amendment,
    Definition,
    DocumentContent,
    DocumentHead,
    RecordLine,
    Step,
    document_pdf,
    write_document,
)

pytestmark = pytest.mark.pure

HEAD = DocumentHead(
    "Sở Công Thương tỉnh Bình Lãng", "Ủy ban nhân dân tỉnh Bình Lãng", "Văn phòng Sở", "QT.05",
    "Tiếp nhận và xử lý phản ánh, kiến nghị", "Quy trình", 3, dt.date(2026, 3, 1),
    "Nguyễn Thị Hoàng Phương Quỳnh Anh", "Chuyên viên", "Trần Văn Bình", "Trưởng phòng", "Hồ Quang Sơn", "Giám đốc",
    amendments=(Amendment(2, dt.date(2025, 2, 1), "Mục 5.2", "Rút thời gian thẩm định"),),
)  # fmt: skip
PROCEDURE = DocumentContent(
    purpose="Quy định cách xử lý.",
    references=("Nghị định số 20/2008/NĐ-CP;", "TCVN ISO 9001:2015"),
    definitions=(Definition("PAKN", "Phản ánh, kiến nghị"),),
    steps=(
        Step("Tiếp nhận", "Văn phòng Sở", "0,5 ngày", "BM.01-QT.05", "Cấp mã tra cứu.\nGhi sổ."),
        Step("Trả lời", "Phòng chuyên môn", "3 ngày"),
    ),
    records=(RecordLine("HS.01", "Sổ theo dõi", "Văn phòng Sở", "05 năm"),),
    forms=("BM.01-QT.05 Phiếu tiếp nhận", "Mẫu theo quy định của Bộ"),
)


def word(head, content):
    out = io.BytesIO()
    write_document(out, head, content)
    return docx.Document(out)


def grid(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def pdf(head, content):
    pages = list(pypdfium2.PdfDocument(document_pdf(head, content)))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages]


def test_the_control_block_says_code_issue_day_and_page():
    document = word(HEAD, PROCEDURE)
    ((agency, title, control),) = grid(document.tables[0])
    assert agency.endswith(HEAD.agency) and agency.startswith(HEAD.parent_agency)
    assert title == f"Quy trình\n{HEAD.title}"
    assert control == "Mã hiệu: QT.05\nLần ban hành: 03\nNgày hiệu lực: 01/03/2026\nTrang: /"
    fields = [f.get(qn("w:instr")).strip() for f in document.tables[0]._tbl.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_every_later_page_carries_code_issue_and_page():
    section = word(HEAD, PROCEDURE).sections[0]
    assert section.different_first_page_header_footer
    ((left, right),) = grid(section.header.tables[0])
    assert left == f"QT.05 {HEAD.title}" and right.startswith("Lần ban hành: 03   Trang")
    fields = [f.get(qn("w:instr")).strip() for f in section.header._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_who_drafted_checked_and_approved_stands_in_that_order():
    rows = grid(word(HEAD, PROCEDURE).tables[1])
    assert rows[0] == ["", "Soạn thảo", "Kiểm tra", "Phê duyệt"]
    assert rows[1] == ["Họ và tên", HEAD.drafted_by, HEAD.checked_by, HEAD.approved_by]
    assert rows[2] == ["Chức vụ", "Chuyên viên", "Trưởng phòng", "Giám đốc"]


def test_a_procedure_has_its_seven_parts_and_its_tables():
    document = word(HEAD, PROCEDURE)
    texts = [p.text for p in document.paragraphs if p.text]
    titles = [t for t in texts if t[0].isdigit() and t[1:3] == ". "]
    assert titles == [
        "1. MỤC ĐÍCH", "2. PHẠM VI ÁP DỤNG", "3. TÀI LIỆU VIỆN DẪN", "4. ĐỊNH NGHĨA, CHỮ VIẾT TẮT", "5. NỘI DUNG",
        "6. BIỂU MẪU", "7. HỒ SƠ LƯU",
    ]  # fmt: skip
    assert texts[texts.index("2. PHẠM VI ÁP DỤNG") + 1] == "Không có."
    assert "- Nghị định số 20/2008/NĐ-CP;" in texts and "- TCVN ISO 9001:2015." in texts
    assert "Bước 1. Tiếp nhận" in texts and "Bước 2. Trả lời" not in texts
    amendments, definitions, steps, forms, records = map(grid, document.tables[2:])
    assert amendments[1] == ["02", "01/02/2025", "Mục 5.2", "Rút thời gian thẩm định"]
    assert definitions[1] == ["1", "PAKN", "Phản ánh, kiến nghị"]
    assert steps[0] == ["TT", "Bước công việc", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"]
    assert steps[1:] == [["1", "Tiếp nhận", "Văn phòng Sở", "0,5 ngày", "BM.01-QT.05"],
                         ["2", "Trả lời", "Phòng chuyên môn", "3 ngày", ""]]  # fmt: skip
    assert forms[1:] == [["1", "BM.01-QT.05", "Phiếu tiếp nhận"], ["2", "", "Mẫu theo quy định của Bộ"]]
    assert records[1] == ["1", "HS.01", "Sổ theo dõi", "Văn phòng Sở", "05 năm"]


def test_an_empty_procedure_says_so_everywhere():
    document = word(DocumentHead("Sở A"), DocumentContent(steps=(Step("Một"),)))
    texts = [p.text for p in document.paragraphs]
    assert texts.count("Không có.") == 4
    assert grid(document.tables[2])[1] == ["Ban hành lần đầu"] * 4
    assert [grid(t)[1][0] for t in document.tables[-2:]] == ["Không có"] * 2


def test_a_policy_prints_its_words_and_no_empty_part():
    head = DocumentHead("Sở A", code="CS.01", title="Chính sách chất lượng", kind_name="Chính sách")
    document = word(head, DocumentContent(body="Phục vụ đúng hạn.\n- Công khai thủ tục."))
    texts = [p.text for p in document.paragraphs if p.text]
    assert texts == ["BẢNG THEO DÕI SỬA ĐỔI", "Phục vụ đúng hạn.", "- Công khai thủ tục."]
    assert document.tables[0].rows[0].cells[1].text == "Chính sách chất lượng"


@pytest.mark.parametrize("draft", [True, False])
def test_only_a_draft_is_marked_as_one(draft):
    head = dataclasses.replace(HEAD, is_draft=draft)
    document = word(head, PROCEDURE)
    assert ("DỰ THẢO" in document.tables[0].rows[0].cells[1].text) is draft
    assert ("DỰ THẢO" in document.sections[0].header.tables[0].rows[0].cells[0].text) is draft
    assert all(("DỰ THẢO" in page) is draft for page in pdf(head, PROCEDURE))


def test_the_pdf_says_the_same_and_numbers_its_pages():
    pages = pdf(HEAD, PROCEDURE)
    assert len(pages) == 2 and "Trang: 1/2" in pages[0] and "Trang 2/2" in pages[1]
    text = "\n".join(pages)
    for words in ("QT.05", "Hồ Quang Sơn", "BẢNG THEO DÕI SỬA ĐỔI", "5. NỘI DUNG", "Cấp mã tra cứu.", "05 năm"):
        assert words in text


def test_a_frozen_version_is_the_same_file_whenever_it_is_made():
    assert document_pdf(HEAD, PROCEDURE) == document_pdf(HEAD, PROCEDURE)
    one, two = io.BytesIO(), io.BytesIO()
    write_document(one, HEAD, PROCEDURE)
    write_document(two, HEAD, PROCEDURE)
    assert one.getvalue() == two.getvalue()


def test_words_that_look_like_markup_stay_words():
    content = DocumentContent(purpose='#panic("x") *sao* $x$ <nhãn> @ai', steps=(Step("= Một", "#who"),))
    text = "\n".join(pdf(HEAD, content))
    assert '#panic("x") *sao* $x$ <nhãn> @ai' in text and "= Một" in text and "#who" in text


def test_a_long_procedure_runs_over_pages_and_loses_no_step():
    words = ("Phòng chuyên môn " * 3, "0,5 ngày", "BM")
    steps = tuple(Step(f"Bước thứ {n}", *words, f"Diễn giải {n}. " * 20) for n in range(60))
    pages = pdf(HEAD, DocumentContent(steps=steps))
    text = " ".join(" ".join(pages).split())
    assert all(f"Bước thứ {n} " in text and f"Diễn giải {n}." in text for n in range(60))
    assert all(f"Trang {n}/{len(pages)}" in page for n, page in enumerate(pages[1:], 2)) and len(pages) > 5
