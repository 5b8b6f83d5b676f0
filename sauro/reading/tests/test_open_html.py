"""Web pages and workbooks give the same kinds of blocks as Word files."""

from __future__ import annotations

from pathlib import Path

from sauro.reading.manuscript import Manuscript
from sauro.reading.open import open_manuscript


def opened(tmp_path: Path, page: str, name: str = "a.html") -> Manuscript:
    path = tmp_path / name
    path.write_text(f"<!DOCTYPE html><html><body>{page}</body></html>", encoding="utf-8")
    return open_manuscript(path)


def test_headings_paragraphs_and_lists(tmp_path):
    found = opened(
        tmp_path,
        "<script>x()</script><h2>II. MỤC TIÊU</h2><p align=center><b>Kế hoạch</b></p>"
        "<div>Chữ<br>xuống dòng<p>Đoạn</p>sau đoạn</div><ul><li>một<li>hai</ul><ol start=3 type=a><li>ba</ol>",
    ).blocks
    assert [(b.kind, b.text) for b in found] == [
        ("heading", "II. MỤC TIÊU"),
        ("paragraph", "Kế hoạch"),
        ("paragraph", "Chữ\nxuống dòng"),
        ("paragraph", "Đoạn"),
        ("paragraph", "sau đoạn"),
        ("paragraph", "- một"),
        ("paragraph", "- hai"),
        ("paragraph", "c) ba"),
    ]
    assert (found[0].level, found[1].bold, found[1].centred, found[7].label) == (2, True, True, "c)")


def test_spans_leave_columns_aligned(tmp_path):
    found = opened(
        tmp_path,
        "<table><thead><tr><th>TT<th>Việc<th colspan=2>Đơn vị</thead>"
        "<tr><td>1<td>Một<td rowspan=2>Vụ A<td>Vụ B<tr><td>2<td>Hai<td>Vụ C</table>",
    ).blocks
    assert [sum(c.colspan for c in b.cells) for b in found] == [4, 4, 4]
    assert found[0].bold
    assert (found[2].text, found[2].cells[2].covered) == ("2\tHai\t\tVụ C", True)


def test_raised_numbers_are_markers_and_note_bodies_are_notes(tmp_path):
    found = opened(
        tmp_path,
        "<table><tr><td>1<td>Quý I năm 2026<sup>3</sup><td>100 m<sup>2</sup></table>"
        "<p><sup>[3]</sup> Theo Kế hoạch</p>",
    ).blocks
    assert [(b.kind, b.text, b.notes) for b in found] == [
        ("row", "1\tQuý I năm 2026\t100 m²", ["3"]),
        ("footnote", "Theo Kế hoạch", ["3"]),
    ]


def test_notes_that_word_and_libreoffice_link_are_notes(tmp_path):
    found = opened(
        tmp_path,
        "<p>Việc A<a href='#_ftn1' name='_ftnref1'>[1]</a> và <a href='#muc2'>2</a></p>"
        "<p><a href='#_ftnref1' name='_ftn1'>[1]</a> Theo Kế hoạch</p>"
        "<div id=sdfootnote2><p><a name='sdfootnote2sym' href='#sdfootnote2anc'>2</a> Theo Nghị quyết</p></div>",
    ).blocks
    assert [(b.kind, b.text, b.notes) for b in found] == [
        ("paragraph", "Việc A và 2", ["1"]),
        ("footnote", "Theo Kế hoạch", ["1"]),
        ("footnote", "Theo Nghị quyết", ["2"]),
    ]


def test_a_table_that_lays_out_the_page_is_walked_through(tmp_path):
    page = "<table><tr><td>Cột trái<td><table><tr><td>1<td>Việc</table></table>"
    assert [(b.kind, b.text) for b in opened(tmp_path, page).blocks] == [("paragraph", "Cột trái"), ("row", "1\tViệc")]


def test_hidden_parts_are_left_out_and_names_are_unescaped(tmp_path):
    page = "<p style='display: none'>ẩn</p><p>Nghiên cứu &amp; phát triển</p>"
    assert [b.text for b in opened(tmp_path, page).blocks] == ["Nghiên cứu & phát triển"]


def test_a_page_without_a_declared_encoding_is_utf_8(tmp_path):
    path = tmp_path / "trang"
    path.write_bytes("<html><p>Quyết định</p></html>".encode())
    assert open_manuscript(path).blocks[0].text == "Quyết định"


def test_a_fragment_under_the_suffix_html_is_a_page(tmp_path):
    path = tmp_path / "a.htm"
    path.write_text("<p>Một</p><table><tr><td>a<td>b</table>", encoding="utf-8")
    assert [b.text for b in open_manuscript(path).blocks] == ["Một", "a\tb"]
