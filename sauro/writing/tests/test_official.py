"""The layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, measured in the file that is written."""

import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from sauro.reading.draft import Article, Draft, DraftTask, Form, Head, LegalBasis, Schedule, Signer
from sauro.writing import write_plan_docx
from sauro.writing.office import head_of, ordering_authority
from sauro.writing.styles import FONT, LOOKS
from sauro.writing.text import date_official, number_vi, roman

HEAD = Head(
    number="07/QĐ-SCT",
    type="Quyết định",
    issuer="Sở Công Thương tỉnh Bình Lãng",
    place="Bình Lãng",
    issued_on=dt.date(2026, 2, 5),
    title="Ban hành Kế hoạch chuyển đổi số năm 2026",
    signer=Signer("Hồ Quang Sơn", "Phó Giám đốc", "KT."),
    proposed_by="Chánh Văn phòng Sở",
    legal_bases=[
        LegalBasis(
            "Quyết định số 1/QĐ-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh",
            "Quyết định",
            "1/QĐ-UBND",
            dt.date(2026, 1, 5),
        )
    ],
    recipients=["Như Điều 2", "Lưu: VT"],
    articles=[Article("1", "Ban hành Kế hoạch."), Article("2", "Quyết định này có hiệu lực kể từ ngày ký./.")],
)
TASKS = [
    DraftTask(
        str(n), f"Xây dựng cơ sở dữ liệu số {n}", "I. Dữ liệu", ["Văn phòng Sở"], responsible_text="Văn phòng Sở",
        schedule=Schedule("unknown"),
        origin_footnote="Nhiệm vụ theo Quyết định số 9/QĐ-UBND ngày 02/01/2026.",
    )
    for n in (1, 2, 3)
]  # fmt: skip
TRACKING = "Theo dõi thực hiện Mục tiêu chất lượng"
FORM = Form(
    TRACKING, [TRACKING, *(f"Tháng {n}" for n in range(1, 13)), "Ghi chú"], ["1. Việc một", "2. Việc hai"],
    ["Tốt", "Trung bình", "Kém"], "Đại diện lãnh đạo – QMR",
)  # fmt: skip


@pytest.fixture(scope="module")
def paper():
    out = io.BytesIO()
    write_plan_docx(Draft(HEAD, tasks=TASKS, forms=[FORM]), out, parent_agency="Ủy ban nhân dân tỉnh Bình Lãng")
    return out


def test_every_style_names_the_font(paper):
    root = docx.Document(paper).styles.element
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:type")) == "numbering":
            continue
        fonts = style.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}


def test_pages_are_a4_with_lawful_margins_and_a_number_from_the_second_page(paper):
    document = docx.Document(paper)
    for section in document.sections:
        assert {round(section.page_width / Mm(1)), round(section.page_height / Mm(1))} == {210, 297}
        assert 20 <= section.top_margin.mm < 25 and 14.9 < section.right_margin.mm <= 20
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    first = document.sections[0]
    assert 30 <= first.left_margin.mm <= 35
    assert " PAGE " in etree.tostring(first.header._element, encoding="unicode")
    assert not first.first_page_header.paragraphs[0].text


@pytest.mark.parametrize(
    ("style", "sizes", "bold", "italic"),
    [
        ("SauroNation", (12, 13), True, False),
        ("SauroMotto", (13, 14), True, False),
        ("SauroParent", (12, 13), False, False),
        ("SauroAgency", (12, 13), True, False),
        ("SauroNumber", (13, 13), False, False),
        ("SauroPlace", (13, 14), False, True),
        ("SauroType", (13, 14), True, False),
        ("SauroTitle", (13, 14), True, False),
        ("SauroBasis", (13, 14), False, True),
        ("SauroBody", (13, 14), False, False),
        ("SauroAuthority", (13, 14), True, False),
        ("SauroSigner", (13, 14), True, False),
        ("SauroToHead", (12, 12), True, True),
        ("SauroTo", (11, 11), False, False),
        ("SauroAppendix", (14, 14), True, False),
        ("SauroAppendixTitle", (13, 14), True, False),
        ("SauroAttached", (13, 14), False, True),
    ],
)
def test_each_element_has_its_size_and_weight(style, sizes, bold, italic):
    look = LOOKS[style]
    assert sizes[0] <= look.size <= sizes[1]
    assert (look.bold, look.italic) == (bold, italic)


def test_the_head_the_bases_and_the_signature_are_written_as_the_decree_says(paper):
    document = docx.Document(paper)
    left, right = (cell.text for cell in document.tables[0].rows[1].cells)
    assert left == "Số: 07/QĐ-SCT" and right == "Bình Lãng, ngày 05 tháng 02 năm 2026"
    texts = [p.text for p in document.paragraphs]
    assert "Căn cứ Quyết định số 1/QĐ-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh;" in texts
    assert "Theo đề nghị của Chánh Văn phòng Sở." in texts
    to, signed = (cell.text for cell in document.tables[1].rows[0].cells)
    assert to == "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT."
    assert signed.split("\n")[:2] == ["KT. Giám đốc", "Phó Giám đốc"] and signed.endswith("Hồ Quang Sơn")
    attached = "(Kèm theo Quyết định số 07/QĐ-SCT ngày 05 tháng 02 năm 2026 của Giám đốc Sở Công Thương tỉnh Bình Lãng)"
    assert texts.count(attached) == 2


def test_one_footnote_serves_all_tasks_of_an_origin(paper):
    notes = zipfile.ZipFile(paper).read("word/footnotes.xml").decode()
    assert notes.count("Nhiệm vụ theo Quyết định số 9/QĐ-UBND") == 1
    body = zipfile.ZipFile(paper).read("word/document.xml").decode()
    assert body.count("<w:footnoteReference ") == 1 and body.count("NOTEREF _RefNote1") == 2


def test_a_form_of_twelve_months_is_two_half_years(paper):
    tables = docx.Document(paper).tables[-2:]
    months = [[cell.text for cell in table.rows[1].cells][1:7] for table in tables]
    assert months == [list("123456"), ["7", "8", "9", "10", "11", "12"]]


def test_the_writer_of_a_head_knows_who_heads_a_body():
    assert head_of("Bộ Công Thương") == "Bộ trưởng" and head_of("Sở Công Thương tỉnh X") == "Giám đốc"
    assert head_of("Hội Chữ thập đỏ") is None
    assert ordering_authority("Ủy ban nhân dân tỉnh X") == "Chủ tịch Ủy ban nhân dân tỉnh X"


def test_figures_and_days_are_written_in_the_official_way():
    assert date_official(dt.date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"
    assert date_official(dt.date(2026, 1, 15)) == "ngày 15 tháng 01 năm 2026"
    assert number_vi(1234.5) == "1.234,5" and roman(14) == "XIV"
