"""PDF: the same words in the same order as the Word file it was printed from."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.reading.manuscript import Cell, Manuscript
from sauro.reading.open import open_manuscript
from sauro.reading.open.pdf.cuts import Edge, Row, is_cut
from sauro.reading.open.pdf.grid import find_grids
from sauro.reading.open.pdf.join import Frame, join_text, paragraphs
from sauro.reading.open.pdf.lines import Line, build_lines
from sauro.reading.open.pdf.pages import Assembly, page_of
from sauro.reading.open.pdf.sheet import Glyph, Rule, Sheet

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def printed() -> Manuscript:
    return open_manuscript(DATA / "ke-hoach.pdf")


@pytest.fixture(scope="module")
def typed() -> Manuscript:
    return open_manuscript(DATA / "ke-hoach.docx")


def prose(manuscript: Manuscript) -> list[str]:
    return [re.sub(r"\s+", " ", b.text) for b in manuscript.blocks if b.kind in ("paragraph", "heading")]


def columns(manuscript: Manuscript) -> list[str]:
    """The words of each column of the task table, however its rows are cut by pages."""
    out = [""] * 6
    for block in manuscript.blocks:
        if block.kind == "row" and len(block.cells) == 6 and block.cells[0].text != "STT":
            for at, cell in enumerate(block.cells):
                out[at] += " " + cell.text.replace("\n", " ")
    return [re.sub(r"\s+", " ", text).strip() for text in out]


def test_paragraphs_are_joined_again_as_they_were_typed(printed, typed):
    assert prose(printed) == prose(typed)


def test_each_column_of_a_table_over_many_pages_says_the_same(printed, typed):
    assert columns(printed) == columns(typed)


def test_a_row_cut_by_a_page_is_whole_again_and_the_header_is_given_as_it_repeats(printed, typed):
    def tasks(manuscript: Manuscript) -> list[list[str]]:
        found = [b for b in manuscript.blocks if b.kind == "row" and len(b.cells) == 6]
        return [[c.text.replace("\n", " ") for c in b.cells] for b in found if b.cells[0].text != "STT"]

    assert tasks(printed) == tasks(typed)
    headers = [b for b in printed.blocks if b.kind == "row" and b.cells[0].text == "STT"]
    assert [b.page for b in headers] == list(range(4, 9))
    assert len({b.table for b in headers}) == 5


def test_a_row_that_only_follows_a_page_break_is_not_joined():
    above = row(("1", 90), ("Ban hành kế hoạch năm 2026", 300), ("Vụ Pháp chế", 500))
    assert not is_cut(above, row(("2", 90), ("tiếp theo", 300), ("Vụ Tổ chức", 500)))
    assert not is_cut(above, row(("", 0), ("Hai câu rời", 200), ("", 0)))
    assert not is_cut(above, row(("", 0), ("và nhóm con", 300), ("Cục Hóa chất", 500)))
    assert is_cut(row(("1", 90), ("Ban hành kế", 389), ("Vụ", 500)), row(("", 0), ("hoạch năm 2026", 300), ("", 0)))


def test_merged_cells_of_a_pdf_have_their_spans(printed):
    merged = [c for b in printed.blocks for c in b.cells if c.text == "Sở Tư pháp"]
    assert merged and all(cell.rowspan > 1 for cell in merged)
    group = next(b for b in printed.blocks if "Cải cách thể chế" in b.text and b.kind == "row")
    assert [cell.colspan for cell in group.cells] == [1, 5]


def test_heading_and_signature_blocks_are_two_columns(printed):
    head = printed.blocks[0]
    assert head.cells[0].text.split("\n") == ["ỦY BAN NHÂN DÂN", "TỈNH BẮC HƯƠNG", "Số: 15/QĐ-UBND"]
    assert head.cells[1].text.endswith("Độc lập - Tự do - Hạnh phúc\nBắc Hương, ngày 05 tháng 02 năm 2026")
    end = next(b for b in printed.blocks if b.text.startswith("Nơi nhận"))
    assert end.cells[0].text.split("\n")[-1] == "- Lưu: VT, NC."
    assert end.cells[1].text.split("\n") == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Bình"]


def test_page_numbers_are_no_text(printed):
    assert set(printed.margins) >= {"2", "3", "5"}
    assert not [b for b in printed.blocks if b.text.strip().isdigit()]


def test_footnotes_follow_their_marker_and_are_never_glued_to_words(printed):
    notes = [(i, b) for i, b in enumerate(printed.blocks) if b.kind == "footnote"]
    assert [b.notes for _, b in notes] == [["1"], ["2"]]
    assert [printed.blocks[i - 1].notes for i, _ in notes] == [["1"], ["2"]]
    assert notes[1][1].text.endswith("trên địa bàn tỉnh Bắc Hương.")
    row = printed.blocks[notes[1][0] - 1]
    assert row.cells[4].text == "Trước ngày 30/6/2026"


def test_bold_and_centred_are_seen(printed):
    title = next(b for b in printed.blocks if b.text.startswith("Về việc ban hành"))
    assert (title.bold, title.centred) == (True, True)
    basis = next(b for b in printed.blocks if b.text.startswith("Căn cứ Luật"))
    assert (basis.bold, basis.centred) == (False, False)


def test_a_pdf_is_the_same_however_often_it_is_read(printed):
    assert open_manuscript(DATA / "ke-hoach.pdf") == printed


def test_progress_is_told_page_by_page():
    told: list[tuple[float, str]] = []
    open_manuscript(DATA / "ke-hoach.pdf", lambda share, words: told.append((share, words)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[0][1] == "Đang đọc trang 1/8" and told[-1][0] == 1.0


def sheet_of(*lines: list[Glyph]) -> Sheet:
    return Sheet(1, 595, 842, [glyph for line in lines for glyph in line])


def test_a_note_among_the_text_is_a_note_where_its_marker_was_seen():
    sheet = sheet_of(
        word("Ban hành kế hoạch", 100, 100) + word("1", 215, 95, 8),
        word("1", 100, 140, 8) + word("Theo Nghị quyết", 106, 145),
        word("2", 100, 180, 8) + word("Không ai nhắc đến", 106, 185),
    )
    blocks = Assembly([page_of(sheet)]).blocks()
    assert [(b.kind, b.text, b.notes) for b in blocks] == [
        ("paragraph", "Ban hành kế hoạch", ["1"]),
        ("footnote", "Theo Nghị quyết", ["1"]),
        ("paragraph", "Không ai nhắc đến", ["2"]),
    ]


def word(text: str, x: float, y: float, size: float = 13.0, bold: bool = False) -> list[Glyph]:
    step = size / 2
    return [Glyph(char, x + i * step, x + (i + 1) * step, y, size, bold) for i, char in enumerate(text) if char != "_"]


def test_letters_drawn_later_in_a_second_font_stand_in_their_place():
    glyphs = [
        *word("K_ ho_ch", 100, 50),
        Glyph("ế", 106.5, 113, 50, 13, False),
        Glyph("ạ", 132.5, 139, 50, 13, False),
    ]
    assert build_lines(glyphs)[0][0].text == "Kế hoạch"


def test_a_gap_without_a_blank_parts_words():
    assert build_lines(word("Cục", 100, 50) + word("Hóa", 123.5, 50))[0][0].text == "Cục Hóa"


def test_type_set_wide_stays_one_word():
    glyphs = [Glyph(c, 100 + i * 9, 100 + i * 9 + 6.5, 50, 13, True) for i, c in enumerate("QUYẾT")]
    assert build_lines(glyphs)[0][0].text == "QUYẾT"


def test_a_raised_digit_after_a_year_is_a_marker():
    line = build_lines(word("2026", 100, 50) + word("3", 126, 45, 8))[0][0]
    assert (line.text, line.notes) == ("2026", ["3"])


def test_a_marker_hardly_smaller_than_its_text_is_told_by_its_height():
    high = build_lines(word("2026", 100, 50) + word("3", 126, 46, 10.8))[0][0]
    level = build_lines(word("2026", 100, 50) + word("3", 126, 49, 10.8))[0][0]
    assert (high.text, high.notes, level.text) == ("2026", ["3"], "20263")


def test_a_raised_digit_after_a_measure_is_a_power():
    line = build_lines(word("500 m", 100, 50) + word("2", 132.5, 45, 8))[0][0]
    assert (line.text, line.notes) == ("500 m²", [])


def test_a_wide_gap_makes_two_texts_but_not_after_a_list_label():
    assert [part.text for part in build_lines(word("TỈNH", 100, 50) + word("CỘNG", 200, 50))[0]] == ["TỈNH", "CỘNG"]
    assert [part.text for part in build_lines(word("-", 100, 50) + word("Việc", 140, 50))[0]] == ["- Việc"]


def line(text: str, x0: float, x1: float, y: float, **more: object) -> Line:
    first = 7.0 * len(text.split(" ", maxsplit=1)[0])
    return Line(text, x0, x1, y, 13.0, bool(more.get("bold")), first=first, text_at=x0)


FRAME = Frame(80, 540, 18)


def row(*cells: tuple[str, float]) -> Row:
    """A row of cells as (text, where its last line ends); the cells reach from 80 to 120, 390 and 540."""
    edges: list[Edge | None] = []
    for (text, end), left, right in zip(cells, (80, 120, 390), (120, 390, 540), strict=True):
        only = line(text, left, end, 100)
        edges.append(Edge(only, only, Frame(left, right, 18)) if text else None)
    return Row([Cell(text) for text, _ in cells], edges, [], bold=False)


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph():
    found = paragraphs([line("Một dòng ngắn", 80, 200, 100), line("Dòng sau", 80, 300, 118)], FRAME)
    assert [x.text for x in found] == ["Một dòng ngắn", "Dòng sau"]


def test_a_full_line_goes_on_even_before_a_dash():
    found = paragraphs([line("giai đoạn 2021", 80, 539, 100), line("- 2025, định hướng", 80, 300, 118)], FRAME)
    assert [x.text for x in found] == ["giai đoạn 2021 - 2025, định hướng"]


def test_an_indented_line_opens_a_paragraph_also_after_a_full_one():
    found = paragraphs([line("dòng đầy.", 80, 539, 100), line("Đoạn mới", 116, 300, 118)], FRAME)
    assert len(found) == 2


def test_a_wider_gap_opens_a_paragraph():
    assert len(paragraphs([line("dòng đầy", 80, 539, 100), line("tiếp", 80, 300, 126)], FRAME)) == 2


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("số 57-", "NQ/TW", "số 57-NQ/TW"),
        ("2026–", "2030", "2026–2030"),
        ("2026 -", "2030", "2026 - 2030"),
        ("a", "b", "a b"),
    ],
)
def test_words_broken_at_a_hyphen_are_closed_up(first, second, whole):
    assert join_text(first, second) == whole


def lattice(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    """The borders of a table drawn cell by cell, as Word draws them."""
    across = [Rule(y, a, b) for y in ys for a, b in pairwise(xs)]
    down = [Rule(x, a, b) for x in xs for a, b in pairwise(ys)]
    return across, down


@given(st.integers(1, 8), st.integers(1, 12), st.randoms(use_true_random=False))
def test_any_grid_is_found_again_with_every_glyph_in_its_cell(wide, high, random):
    xs = [50.0 + sum(random.choice([25, 60, 130]) for _ in range(i)) for i in range(wide + 1)]
    xs = sorted(set(xs)) if len(set(xs)) == wide + 1 else [50.0 + 60 * i for i in range(wide + 1)]
    ys = [80.0 + 30 * i for i in range(high + 1)]
    grids, free = find_grids(*lattice(xs, ys))
    if wide * high == 1:
        assert grids == []
        return
    (grid,) = grids
    assert free == [] and len(grid.boxes) == wide * high
    for row in range(high):
        for column in range(wide):
            middle = (xs[column] + xs[column + 1]) / 2
            glyph = Glyph(f"{row},{column}", middle, middle, ys[row] + 20, 12, False)
            assert grid.take(glyph)
            assert glyph in grid.boxes[grid.owner[row][column]].glyphs


def test_a_missing_border_makes_a_merged_cell():
    across, down = lattice([0, 100, 200, 300], [0, 30, 60])
    down.remove(Rule(100, 0, 30))
    across = [r for r in across if r != Rule(30, 200, 300)]
    (grid,), _ = find_grids(across, down)
    spans = {(b.row, b.column): (b.rowspan, b.colspan) for b in grid.boxes}
    assert spans == {(0, 0): (1, 2), (0, 2): (2, 1), (1, 0): (1, 1), (1, 1): (1, 1)}


def test_tables_that_stand_on_each_other_are_taken_apart():
    upper, lower = lattice([0, 100, 180, 300], [0, 30, 60]), lattice([0, 130, 220, 300], [60, 90])
    grids, free = find_grids([*upper[0], *lower[0]], [*upper[1], *lower[1]])
    assert ([g.xs for g in grids], [g.ys for g in grids], free) == (
        [[0, 100, 180, 300], [0, 130, 220, 300]],
        [[0, 30, 60], [60, 90]],
        [],
    )


def test_a_row_whose_cells_are_merged_stays_in_its_table():
    across, down = lattice([0, 100, 200, 300], [0, 30, 60, 90])
    (grid,), _ = find_grids(across, [r for r in down if r not in (Rule(100, 30, 60), Rule(200, 0, 30))])
    assert grid.ys == [0, 30, 60, 90]


def test_an_underline_and_a_frame_are_no_tables():
    assert find_grids([Rule(100, 200, 300)], [])[0] == []
    assert find_grids(*lattice([200, 260], [20, 45]))[0] == []
