"""The consolidated report in Word: the standard template fills whole, and every mistake of an agency's is said."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

from sauro.writing.report import PLACEHOLDERS, TaskRow, check_template, sample_content, standard_template, write_report
from sauro.writing.report.charts import four_cells_png, units_png


def written(content: Any = None, template: bytes | None = None) -> Any:
    """The report as python-docx reads it."""
    out = io.BytesIO()
    write_report(content or sample_content(), out, template)
    return docx.Document(out)


def words_of(paper: Any) -> str:
    """All that stands in body and tables, line by line."""
    texts = [p.text for p in paper.element.body.iter() if p.tag.endswith("}t") and p.text]
    return "\n".join(texts)


def own(*lines: str, table: tuple[str, ...] = ()) -> bytes:
    """A template as somebody would write it in Word."""
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    if table:
        made = paper.add_table(rows=len(table), cols=1)
        for row, text in zip(made.rows, table, strict=True):
            row.cells[0].text = text
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


GOOD = (
    "{{ co_quan }} {{ trich_yeu }}",
    "{%p for d in ket_qua_chung %}", "{{ d }}", "{%p endfor %}",
    "{% for d in kho_khan %}{{ d }}{% endfor %}", "{{ de_xuat | join('; ') }}",
)  # fmt: skip


def test_the_standard_template_has_no_mistake_and_fills_every_part() -> None:
    faults, places = check_template(standard_template())
    assert faults == [] and set(places) <= set(PLACEHOLDERS)
    said = words_of(written())
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Nơi nhận:", "Đỗ Trường Giang", "Phụ lục", "46"):
        assert part in said, part
    assert "chi phí < 2 tỷ & đúng hạn" in said and "{{" not in said and "{%" not in said


def test_the_layout_is_that_of_the_decree() -> None:
    paper = written()
    first = paper.sections[0]
    assert abs(first.page_width - Mm(210)) < Mm(0.1) and abs(first.page_height - Mm(297)) < Mm(0.1)
    assert 29.9 <= first.left_margin / Mm(1) <= 35 and 14.9 <= first.right_margin / Mm(1) <= 20
    assert 19.9 <= first.top_margin / Mm(1) <= 25 and first.different_first_page_header_footer
    assert abs(paper.sections[-1].page_width - Mm(297)) < Mm(0.1)
    assert len(paper.inline_shapes) == 2 and all(s._inline.docPr.get("descr") for s in paper.inline_shapes)


def test_the_same_content_gives_the_same_bytes() -> None:
    made = []
    for _n in range(2):
        out = io.BytesIO()
        write_report(sample_content(), out)
        made.append(out.getvalue())
    assert made[0] == made[1]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_words_of_a_unit_break_the_file_or_run_as_a_template(words: str) -> None:
    content = sample_content()
    content.tasks = [TaskRow(ref="1", title="Việc", result=f"{words}{{{{ co_quan }}}}{{% raw %}}")]
    content.groups, content.units = (), ()
    paper = written(content, own(*GOOD, table=("{%tr for v in nhiem_vu %}", "{{ v.ket_qua }}", "{%tr endfor %}")))
    assert "{{ co_quan }}{% raw %}" in "".join(
        t.text for t in paper.element.body.iter() if t.tag.endswith("}t") and t.text
    )


def test_a_good_template_of_ones_own_is_taken_and_filled() -> None:
    assert check_template(own(*GOOD))[0] == []
    assert "Chưa được cấp tài khoản" in words_of(written(template=own(*GOOD)))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("{{ co_quann }}",), "Không có chỗ điền “co_quann”"),
        (("{{ co_quann }}",), "Có phải “co_quan” không?"),
        (("{% for n in nhom %}{{ n.ten }}",), "chưa đóng"),
        (("{% if kinh_gui %}x",), "chưa đóng"),
        (("x{% endfor %}",), "không có khối nào đang mở"),
        (("{% for n in nhom %}{{ n.sai }}{% endfor %}",), "Không có trường “sai”"),
        (("{% for n in tong %}x{% endfor %}",), "không phải danh sách"),
        (("{% for n in khac %}x{% endfor %}",), "Không có danh sách “khac”"),
        (("{{ n.ten }}",), "Không có trường “ten”"),
        (("{{ co_quan | nonsense }}",), "Bộ lọc “nonsense”"),
        (("{{ co_quan",), "không có dấu đóng"),
        (("{% set x = 1 %}",), "Lệnh “set” không dùng được"),
        (("{% include 'x' %}",), "Lệnh “include” không dùng được"),
        (("{{ co_quan.__class__ }}",), "Không có trường “__class__”"),
        (("{{ range(1000000000) }}",), "Không dùng được phép tính"),
        (("{{ co_quan * 100000000 }}",), "Không dùng được phép tính"),
        (("{{ ''.join('a') }}",), "Không dùng được phép tính"),
    ],
)
def test_each_mistake_is_said_with_its_place(lines: tuple[str, ...], said: str) -> None:
    faults, _places = check_template(own(*GOOD, *lines))
    assert any(said in fault for fault in faults), faults


def test_all_mistakes_are_said_at_once_and_what_is_missing_too() -> None:
    faults, _places = check_template(own("{{ sai }}", "{% for n in nhom %}", "{{ n.sai }}"))
    assert len([f for f in faults if "bắt buộc" in f]) == 5 and len(faults) == 8


def changed(data: bytes, **parts: bytes) -> bytes:
    """The .docx with parts put into it; "__" stands for "/", "_" for ".", in a part's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "[Content_Types].xml" and "macro" in parts:
                body = body.replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")
            if name == "word/_rels/document.xml.rels" and "outside" in parts:
                body = body.replace(b"</Relationships>", parts["outside"] + b"</Relationships>")
            new.writestr(name, body)
        if "macro" in parts:
            new.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


OUTSIDE = (
    b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" '
    b'Target="file://x/y.dotm" TargetMode="External"/>'
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4", "không phải Word dạng .docx"),
        (b"PK\x03\x04rubbish", "không phải Word dạng .docx"),
        (changed(own(*GOOD), macro=b""), "macro"),
        (changed(own(*GOOD), outside=OUTSIDE), "ở nơi khác"),
    ],
)
def test_a_file_that_is_no_plain_word_file_is_refused(data: bytes, said: str) -> None:
    faults, places = check_template(data)
    assert len(faults) == 1 and said in faults[0] and places == []


def test_a_file_that_swells_when_unpacked_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", b"0" * 70_000_000)
    assert "quá lớn" in check_template(out.getvalue())[0][0]


def test_charts_are_pictures_whatever_the_names_and_counts() -> None:
    for data in (
        four_cells_png((21, 3, 17, 5)),
        four_cells_png((0, 0, 0, 0)),
        units_png([('P. "A" #[x] $y$ \\', (1, 0, 0, 0)), ("Ủy ban ỹ", (0, 0, 3, 2))]),
        units_png([]),
    ):
        assert data.startswith(b"\x89PNG")
