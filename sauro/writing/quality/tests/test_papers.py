"""Every paper says all it was told, says "Không có" where it was told nothing, and stands in official layout."""

import dataclasses
import datetime as dt
import io
import re
import subprocess
import unicodedata
from collections import Counter

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from sauro.writing import quality as q
from sauro.writing.ooxml import Run, paragraph
from sauro.writing.quality.audit import by_unit
from sauro.writing.quality.record import ended
from sauro.writing.quality.tests.papers import BARE, EMPTY, FULL, HEAD, LONG, UNIT
from sauro.writing.registers import plain

pytestmark = pytest.mark.pure


def made(write, data):
    out = io.BytesIO()
    write(out, data)
    return docx.Document(out)


def lines_of(document):
    """All paragraphs in reading order, those of tables too."""
    paragraphs = document.element.body.iter(qn("w:p"))
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))).replace("\xa0", " ") for p in paragraphs]


def grids(document):
    return [[[c.text for c in row.cells] for row in table.rows] for table in document.tables]


def grid_with(document, head):
    """The rows of the table that has a column `head`."""
    return next(rows for rows in grids(document) if head in rows[0])


def told(value):
    """Every text, day and number in the data of a paper, at any depth."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in {"day", "received_on"} and not isinstance(value, q.Letterhead):
                yield from told(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from told(item)
    elif isinstance(value, str):
        yield from (line.strip() for line in value.split("\n") if line.strip())
    elif value is not None and not isinstance(value, bool | int):
        yield plain(value)


def flat(text):
    return re.sub(r"[\s.;]+", " ", text.casefold()).strip()


@pytest.mark.parametrize("name", FULL)
def test_all_that_a_paper_is_told_it_says(name):
    write, data = FULL[name]
    text = flat("\n".join(lines_of(made(write, data))))
    missing = [words for words in told(data) if flat(words) not in text]
    assert not missing


@pytest.mark.parametrize("name", FULL)
def test_every_paper_has_the_heading_block(name):
    write, data = FULL[name]
    heading = "\n".join(c for row in grids(made(write, data))[0] for c in row)
    for words in (data.head.agency, data.head.parent_agency, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do"):
        assert words in heading.replace("\xa0", " ")


@pytest.mark.parametrize("name", EMPTY)
def test_a_bare_paper_is_whole_and_says_what_it_has_not(name):
    write, data = EMPTY[name]
    document = made(write, data)
    lines = lines_of(document)
    assert not [line for line in lines if "None" in line or "()" in line or line.strip() in {"-", ".", ";"}]
    for rows in grids(document)[1:]:
        assert len(rows) > 1 or "".join(rows[0]).strip(), "a table of a header alone"


@pytest.mark.parametrize("name", FULL)
def test_the_same_record_gives_the_same_file(name):
    write, data = FULL[name]
    one, two = io.BytesIO(), io.BytesIO()
    write(one, data)
    write(two, data)
    assert one.getvalue() == two.getvalue()


def test_a_nonconformity_goes_from_what_happened_to_its_closing():
    document = made(*FULL["nonconformity"])
    lines = lines_of(document)
    titles = [line for line in lines if re.match(r"\d\. ", line)]
    assert titles == [
        "1. Mô tả sự không phù hợp", "2. Khắc phục ngay", "3. Phân tích nguyên nhân", "4. Hành động khắc phục",
        "5. Kiểm tra hiệu lực", "6. Kết luận",
    ]  # fmt: skip
    assert [row[0] for row in grid_with(document, "Vì sao")] == ["Lần", "1", "2", "3", "4", "5"]
    assert grid_with(document, "Nhóm nguyên nhân")[1:] == [
        ["Con người", "- Người mới nhận việc"], ["Phương pháp", "- Thiếu bước nhắc\n- Chưa rà soát"],
        ["Thiết bị", "Không có"],
    ]  # fmt: skip
    actions = grid_with(document, "Việc phải làm")
    assert actions[0][1:] == ["Việc phải làm", "Đơn vị, người thực hiện", "Thời hạn", "Ngày xong", "Kết quả"]
    assert actions[1][3:] == ["20/11/2026", "05/11/2026", "Đã rà 45 phiếu"] and actions[2][4:] == ["", ""]
    assert grids(document)[-1][0] == ["Người lập phiếu", "Trưởng đơn vị", "Người kiểm tra"]


@pytest.mark.parametrize(
    ("effective", "words"), [(None, "Chưa kiểm tra"), (True, "Có hiệu lực"), (False, "phải xử lý tiếp")]
)
def test_the_effect_is_told_as_it_was_judged(effective, words):
    document = made(q.write_nonconformity, q.NonconformityPaper(BARE, "1", effective=effective))
    judged = next(row[1] for rows in grids(document) for row in rows if row[0] == "Đánh giá")
    assert words in judged


def test_a_risk_is_likelihood_times_severity_and_an_opportunity_has_other_words():
    rows = [row for rows in grids(made(*FULL["risk"])) for row in rows]
    assert ["Điểm", "12"] in rows and ["Khả năng xảy ra", "4 (Cao)"] in rows
    chance = "\n".join(lines_of(made(*FULL["opportunity"])))
    assert "PHIẾU CƠ HỘI" in chance and "Mức lợi ích" in chance and "Hậu quả" not in chance


def test_findings_are_counted_by_unit_and_grade():
    _, report = FULL["audit_report"]
    grid = by_unit(report.units, report.findings, report.grades)
    assert grid.rows == ((UNIT, 1, 0, 0, 0, 1), ("Văn phòng Sở", 0, 1, 0, 1, 2), ("Phòng Công nghiệp", 0, 0, 0, 0, 0))
    assert grid.total == ("Tổng cộng", 1, 1, 0, 1, 3)


def test_a_grade_and_a_unit_that_no_list_names_are_counted_too():
    found = (q.Finding("1", "x", "Đơn vị khác", grade="Khác"), q.Finding("2", "y"))
    grid = by_unit(("A",), found, ("Quan sát",))
    assert [c.header for c in grid.columns] == ["Đơn vị", "Quan sát", "Khác", "Cộng"]
    assert grid.rows == (("A", 0, 0, 0), ("Đơn vị khác", 0, 1, 1), ("Chưa ghi đơn vị", 0, 0, 1))


def test_an_audit_without_findings_says_so():
    lines = lines_of(made(*EMPTY["audit_report"]))
    assert "Đoàn không có phát hiện nào." in lines and "Không có phát hiện" in lines


def test_a_checklist_stands_by_clause_and_procedure():
    document = made(*FULL["checklist"])
    lines = lines_of(document)
    assert lines.index("Thông tin dạng văn bản") < lines.index("QT.05 Xử lý phản ánh, kiến nghị")
    assert [rows[1][0] for rows in grids(document) if rows[0][0] == "TT"] == ["1", "1"]


def test_a_letter_is_addressed_and_ends_as_letters_do():
    document = made(*FULL["feedback_answer"])
    lines = lines_of(document)
    assert "V/v trả lời phản ánh về thời gian cấp giấy phép bán buôn rượu" in lines
    assert "Kính gửi: Công ty TNHH Thương mại Bình Lãng" in lines
    assert any("mã số PA-7K3M, ngày 28 tháng 10 năm 2026" in line for line in lines)
    assert sum(line.endswith("./.") for line in lines) == 1
    assert lines[-6:-1] != [""] * 5 and "Hồ Quang Sơn" in lines


def test_the_review_gives_each_input_its_figures_and_keeps_the_clause_as_it_is_written():
    document = made(*FULL["review_report"])
    lines = lines_of(document)
    assert "II. MỨC ĐỘ HÀI LÒNG (9.3.2 c) 1)" in lines
    assert grid_with(document, "Chỉ số")[1] == ["1", "Hồ sơ trả đúng hạn", "95%", "97,5%", "Tăng 2,5 điểm phần trăm"]
    assert lines[lines.index("III. BÊN NGOÀI CUNG CẤP (9.3.2 c) 7)") + 1] == "Trong kỳ không có số liệu."


def test_a_declaration_is_decision_declaration_and_list():
    document = made(*FULL["declaration"])
    lines = lines_of(document)
    assert "QUYẾT ĐỊNH:" in lines and "BẢN CÔNG BỐ" in lines
    assert lines.index("QUYẾT ĐỊNH:") < lines.index("BẢN CÔNG BỐ") < lines.index("1. Lĩnh vực Lưu thông hàng hóa")
    assert any("thay thế Quyết định số 140/QĐ-SCT" in line for line in lines)
    attached = (
        "(Kèm theo Quyết định số 152/QĐ-SCT ngày 05 tháng 12 năm 2026 của Giám đốc Sở Công Thương tỉnh Bình Lãng)"
    )
    assert lines.count(attached) == 2 and lines.count("Hồ Quang Sơn") == 2
    assert len(document.sections) == 3
    tables = [rows for rows in grids(document) if "Quy trình" in rows[0]]
    assert [[row[2] for row in rows[1:]] for rows in tables] == [
        ["Cấp giấy phép bán buôn rượu", "Cấp lại giấy phép bán buôn rượu"], ["Xác nhận khuyến mại"],
    ]  # fmt: skip


def test_a_first_declaration_is_not_called_another():
    text = "\n".join(lines_of(made(*EMPTY["declaration"])))
    assert "công bố lại" not in text.casefold() and "thay thế" not in text


def test_the_share_of_those_who_came_is_told_only_after_the_training():
    write, data = FULL["training"]
    assert "Có mặt 1/2 người (50%)." in lines_of(made(write, data))
    planned = dataclasses.replace(data, people=(q.Attendance(LONG, UNIT),))
    assert not [line for line in lines_of(made(write, planned)) if line.startswith("Có mặt 0")]


def test_the_map_lies_landscape_and_shows_its_gaps():
    document = made(*FULL["conformity_map"])
    section = document.sections[0]
    assert section.page_width > section.page_height
    rows = grid_with(document, "Điều khoản")
    assert rows[0] == [
        "Điều khoản", "Tài liệu", "Quá trình", "Hồ sơ, bằng chứng", "Phát hiện", "Đơn vị chịu trách nhiệm", "Mức độ",
        "Ghi chú",
    ]  # fmt: skip
    assert rows[-1] == ["8.7 Đầu ra không phù hợp", "", "", "", "", "", "Trống", ""]


def test_any_other_record_prints_from_blocks():
    paper = q.RecordPaper(
        HEAD, "Phiếu đề nghị", "Sửa đổi tài liệu", code="ĐN-01", opening=(q.Facts((("Tài liệu", "QT.05"),)),),
        parts=(q.Part("Nội dung", (q.Para("Sửa bước 3."),)), q.Part("Ý kiến"),
               q.Part("Danh sách", (q.Grid((q.Column("Tên"), q.Column("Ngày", kind="date")),
                                          (("A", dt.date(2026, 1, 2)),), total=("Cộng", None)),))),
        signatures=(q.Signature("Người đề nghị", LONG), q.Signature("Người duyệt")), numbered=False,
    )  # fmt: skip
    document = made(q.write_record, paper)
    lines = lines_of(document)
    assert lines[lines.index("II. Ý KIẾN") + 1] == "Không có."
    assert grid_with(document, "Tên") == [["TT", "Tên", "Ngày"], ["1", "A", "02/01/2026"], ["", "Cộng", ""]]
    assert "Số: 47/BC-SCT" not in lines and "Số: ĐN-01" in lines


def test_what_stands_before_a_signature_goes_with_it():
    body = made(*FULL["training"]).element.body
    tables = body.findall(qn("w:tbl"))
    last_row = tables[-2].findall(qn("w:tr"))[-1]
    assert all(p.find(qn("w:pPr")).find(qn("w:keepNext")) is not None for p in last_row.iter(qn("w:p")))


@pytest.mark.parametrize(
    ("text", "end"), [("Hết", "Hết./."), ("Hết.", "Hết./."), ("Hết./.", "Hết./."), ("a;", "a./."), ("", "")]
)
def test_an_official_text_ends_once(text, end):
    assert ended(text) == end


def test_a_field_is_counted_by_the_word_processor():
    p = paragraph([Run("Trang "), Run("1", field="PAGE")], "SauroCell")
    assert p.find(qn("w:fldSimple")).get(qn("w:instr")) == " PAGE "


def long_papers():
    """Papers whose tables run over many pages."""
    write, report = FULL["audit_report"]
    findings = tuple(dataclasses.replace(f, code=f"PH-{n}") for n in range(25) for f in report.findings)
    yield "long_report", write, dataclasses.replace(report, findings=findings)
    write, training = FULL["training"]
    people = tuple(q.Attendance(f"{LONG} {n}", UNIT, True) for n in range(120))
    yield "long_training", write, dataclasses.replace(training, people=people)
    write, clauses = FULL["conformity_map"]
    yield "long_map", write, dataclasses.replace(clauses, lines=clauses.lines * 20)
    write, risk = FULL["risk"]
    for n in range(1, 8):
        # The last table comes to stand at the end of a page, each time a little lower.
        yield f"risk_{n}", write, dataclasses.replace(risk, description="Số hồ sơ tăng gấp đôi. " * 4 * n)


def letters(text):
    return Counter(c for c in unicodedata.normalize("NFC", text.casefold()) if c.isalnum())


@pytest.mark.needs_office
def test_a_word_processor_shows_every_word_and_no_signature_alone(tmp_path):
    papers = [(name, *paper) for name, paper in FULL.items()] + list(long_papers())
    for name, write, data in papers:
        write(tmp_path / f"{name}.docx", data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, sorted(tmp_path.glob("*.docx")))], check=True, capture_output=True, timeout=300)
    for name, _, _ in papers:
        pages = list(pypdfium2.PdfDocument(tmp_path / f"{name}.pdf"))
        texts = [page.get_textpage().get_text_range() for page in pages]
        for text in texts[1:]:
            assert len(text.replace("Ký, ghi rõ họ tên", "").split()) > 12, (name, text)
        # By letters: what reads the PDF puts blanks inside words.
        wanted = letters("".join(lines_of(docx.Document(tmp_path / f"{name}.docx"))))
        assert not wanted - letters("".join(texts)), name
