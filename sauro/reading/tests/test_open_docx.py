"""Word documents: what Word shows is what the manuscript says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sauro.reading.manuscript import Block, Manuscript
from sauro.reading.open import open_manuscript
from sauro.reading.open.docx.numbering import letters, roman, written
from sauro.reading.tests.packages import docx, levels, numbered, p, tbl, tc, tr

DATA = Path(__file__).parent / "data"
NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:r><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


def opened(tmp_path: Path, body: str, **parts: str) -> Manuscript:
    return open_manuscript(docx(tmp_path / "a.docx", body, **parts))


def texts(manuscript: Manuscript) -> list[str]:
    return [block.text for block in manuscript.blocks]


def rows(manuscript: Manuscript) -> list[Block]:
    return [block for block in manuscript.blocks if block.kind == "row"]


def test_paragraphs_and_tables_keep_their_order(tmp_path):
    manuscript = opened(tmp_path, p("Trước") + tbl(tr("A", "B")) + p("Giữa") + tbl(tr("C", "D")) + p("Sau"))
    assert [(b.kind, b.text, b.table) for b in manuscript.blocks] == [
        ("paragraph", "Trước", None),
        ("row", "A\tB", 0),
        ("paragraph", "Giữa", None),
        ("row", "C\tD", 1),
        ("paragraph", "Sau", None),
    ]


def test_text_is_nfc_without_soft_hyphens_and_keeps_line_breaks(tmp_path):
    body = "<w:p><w:r><w:t>Chuye\u0302\u0309n \u00adđô\u0309i</w:t><w:br/><w:t>so\u0302\u0301</w:t></w:r></w:p>"
    assert texts(opened(tmp_path, body)) == ["Chuyển đổi\nsố"]


def test_content_controls_and_accepted_insertions_are_transparent(tmp_path):
    row = f"<w:sdt><w:sdtContent>{tr('1', 'Trong ô điều khiển')}</w:sdtContent></w:sdt>"
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{tbl(row)}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>dời đi</w:t></w:r></w:moveFrom></w:p>"
    )
    assert texts(opened(tmp_path, body)) == ["1\tTrong ô điều khiển", "Giữ thêm"]


def test_a_deleted_row_is_left_out(tmp_path):
    body = tbl(tr("1", "Còn"), tr("2", "Đã xóa", properties="<w:del/>"))
    assert texts(opened(tmp_path, body)) == ["1\tCòn"]


def test_merged_cells_are_given_once_and_columns_stay_aligned(tmp_path):
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr("TT", "Nhiệm vụ", tc("Đơn vị", '<w:gridSpan w:val="2"/>')),
        tr("1", "Một", tc("Vụ A", start), "Vụ B"),
        tr("2", "Hai", tc("", on), "Vụ C"),
        tr("3", "Ba", tc("", on), "Vụ D"),
    )
    found = rows(opened(tmp_path, body))
    assert [sum(cell.colspan for cell in row.cells) for row in found] == [4, 4, 4, 4]
    assert (found[0].cells[2].colspan, found[1].cells[2].rowspan) == (2, 3)
    assert [row.cells[2].covered for row in found[1:]] == [False, True, True]
    assert found[2].text == "2\tHai\t\tVụ C"


def test_a_row_that_starts_late_keeps_its_columns(tmp_path):
    body = tbl(tr("1", "Một", "Hai"), tr("lệch", "x", properties='<w:gridBefore w:val="1"/>'))
    assert [cell.text for cell in rows(opened(tmp_path, body))[1].cells] == ["", "lệch", "x"]


def test_a_nested_table_is_flattened_into_its_cell(tmp_path):
    inner = tbl(tr("a", "b"), tr("c", "d"))
    body = tbl(tr("1", tc(p("Ngoài") + inner + p("Sau"))))
    assert rows(opened(tmp_path, body))[0].cells[1].text == "Ngoài\na b\nc d\nSau"


def test_a_table_that_frames_the_page_is_no_table(tmp_path):
    body = tbl(tr(tc(p("QUYẾT ĐỊNH") + tbl(tr("1", "Việc")))))
    manuscript = opened(tmp_path, body)
    assert [(b.kind, b.text) for b in manuscript.blocks] == [("paragraph", "QUYẾT ĐỊNH"), ("row", "1\tViệc")]


def test_list_numbers_of_several_levels_are_those_that_word_draws(tmp_path):
    numbering = levels(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3"), ("lowerLetter", "%4)"))
    order = [(0, "Một"), (1, "x"), (2, "y"), (2, "z"), (3, "t"), (1, "u"), (2, "v"), (0, "Hai"), (1, "w")]
    body = "".join(p(text, numbered(level)) for level, text in order)
    found = opened(tmp_path, body, numbering=numbering).blocks
    assert [b.label for b in found] == ["I.", "1.", "1.1", "1.2", "a)", "2.", "2.1", "II.", "1."]
    assert found[2].text == "1.1 y"


def test_a_column_that_numbers_itself_gives_task_numbers(tmp_path):
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2"))
    body = tbl(
        tr(tc(p("", numbered(0))), "Nhóm"),
        tr(tc(p("", numbered(1))), "Việc một"),
        tr(tc(p("", numbered(1))), "Việc hai"),
    )
    found = rows(opened(tmp_path, body, numbering=numbering))
    assert [row.cells[0].text for row in found] == ["1", "1.1", "1.2"]


def test_two_lists_of_one_definition_count_on_unless_the_second_starts_anew(tmp_path):
    more = '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
    more += (
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = levels(("decimal", "%1."), restarts=more)
    body = "".join(p("x", numbered(0, number)) for number in ("7", "7", "8", "9", "9"))
    assert [b.label for b in opened(tmp_path, body, numbering=numbering).blocks] == ["1.", "2.", "3.", "1.", "2."]


def test_bullets_of_symbol_fonts_become_plain_signs(tmp_path):
    numbering = levels(("bullet", "\uf02d"), ("bullet", "\uf0b7"), ("bullet", "+"))
    body = "".join(p("x", numbered(level)) for level in (0, 1, 2))
    assert [b.text for b in opened(tmp_path, body, numbering=numbering).blocks] == ["- x", "• x", "+ x"]


@pytest.mark.parametrize(
    ("number", "how", "text"),
    [(4, "lowerRoman", "iv"), (19, "upperRoman", "XIX"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03")],
)
def test_number_formats(number, how, text):
    assert written(number, how) == text


def test_number_words_never_grow_without_bound():
    assert len(letters(10**9)) <= 30
    assert roman(10**9) == "1000000000"


def test_footnotes_follow_the_block_of_their_marker(tmp_path):
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        tbl(
            tr("1", tc(f"<w:p><w:r><w:t>Việc năm 2026</w:t></w:r>{reference.format(5)}</w:p>")),
            tr("2", "Việc khác"),
        )
        + f"<w:p><w:r><w:t>Cuối</w:t></w:r>{reference.format(6)}</w:p>"
    )
    notes = NOTE.format(id=5, text="Theo Nghị quyết 57") + NOTE.format(id=6, text="Theo Kế hoạch 02")
    found = opened(tmp_path, body, footnotes=notes).blocks
    assert [(b.kind, b.text, b.notes) for b in found] == [
        ("row", "1\tViệc năm 2026", ["1"]),
        ("footnote", "Theo Nghị quyết 57", ["1"]),
        ("row", "2\tViệc khác", []),
        ("paragraph", "Cuối", ["2"]),
        ("footnote", "Theo Kế hoạch 02", ["2"]),
    ]


@pytest.mark.parametrize(
    "how", ['<w:vertAlign w:val="superscript"/>', '<w:position w:val="7"/><w:sz w:val="17"/>'], ids=["script", "shift"]
)
def test_raised_digits_are_markers_but_powers_stay_in_the_text(tmp_path, how):
    raised = f"<w:r><w:rPr>{how}</w:rPr><w:t>{{}}</w:t></w:r>"
    body = (
        f"<w:p><w:r><w:t>Quý I năm 2026</w:t></w:r>{raised.format(3)}</w:p>"
        f"<w:p><w:r><w:t>12.500 m</w:t></w:r>{raised.format(2)}</w:p>"
        f"<w:p>{raised.format(3)}<w:r><w:t xml:space='preserve'> Theo Nghị quyết</w:t></w:r></w:p>"
    )
    found = opened(tmp_path, body).blocks
    assert [(b.kind, b.text, b.notes) for b in found] == [
        ("paragraph", "Quý I năm 2026", ["3"]),
        ("paragraph", "12.500 m²", []),
        ("footnote", "Theo Nghị quyết", ["3"]),
    ]


def test_headings_bold_and_centred_come_from_styles_too(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:pPr><w:jc w:val="center"/></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="De"><w:name w:val="heading 2"/><w:basedOn w:val="Goc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>'
    )
    body = p("Mục", '<w:pStyle w:val="De"/>')
    body += p("Thường", '<w:pStyle w:val="De"/><w:jc w:val="both"/>', '<w:b w:val="0"/>')
    body += p("Kiểu tự dựa vào mình", '<w:pStyle w:val="Vong"/>')
    first, second, third = opened(tmp_path, body, styles=styles).blocks
    assert (first.kind, first.level, first.bold, first.centred) == ("heading", 2, True, True)
    assert (second.bold, second.centred) == (False, False)
    assert third.text == "Kiểu tự dựa vào mình"


def test_hidden_text_contents_lists_and_field_codes_are_left_out(tmp_path):
    styles = '<w:style w:type="paragraph" w:styleId="ML"><w:name w:val="toc 1"/></w:style>'
    body = (
        p("I. MỤC TIÊU\t3", '<w:pStyle w:val="ML"/>')
        + p("ẩn", run="<w:vanish/>")
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r></w:p>'
    )
    assert texts(opened(tmp_path, body, styles=styles)) == ["7"]


def test_capitals_set_by_format_are_capitals(tmp_path):
    assert texts(opened(tmp_path, p("quyết định", run="<w:caps/>"))) == ["QUYẾT ĐỊNH"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path):
    box = (
        "<mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    ).format(p("Dự thảo"))
    assert texts(opened(tmp_path, f"<w:p><w:r><w:t>Đầu</w:t></w:r><w:r>{box}</w:r></w:p>")) == ["Đầu", "Dự thảo"]


def test_headers_and_footers_are_margins_not_text(tmp_path):
    manuscript = opened(tmp_path, p("Thân"), header1=p("Trang đầu"), footer1=p("Lưu hành nội bộ"))
    assert texts(manuscript) == ["Thân"]
    assert manuscript.margins == ["Trang đầu", "Lưu hành nội bộ"]


def test_the_manuscript_survives_being_stored(tmp_path):
    manuscript = open_manuscript(DATA / "ke-hoach.docx")
    assert Manuscript.from_json(manuscript.to_json()) == manuscript


def test_an_official_decision_is_read_whole():
    manuscript = open_manuscript(DATA / "ke-hoach.docx")
    head = manuscript.blocks[0]
    assert head.cells[0].text.split("\n") == ["ỦY BAN NHÂN DÂN", "TỈNH BẮC HƯƠNG", "Số: 15/QĐ-UBND"]
    tasks = [b for b in rows(manuscript) if b.table == 2 and b.cells[0].text.isdigit()]
    assert [row.cells[0].text for row in tasks] == [str(n) for n in range(1, 13)]
    assert [row.cells[2].text for row in tasks[:4]] == ["Sở Tư pháp", "", "", "Văn phòng Ủy ban nhân dân tỉnh"]
