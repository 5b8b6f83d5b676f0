"""A pasted list: cells, titles, indents; whatever tree is written comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.quality.pasted import MOST_LINES, Field, lines_of, parse
from sauro.vietnamese.text import squeeze

FIELDS = (Field("name", ("ten",), 300), Field("short", ("ten ngan",), 80), Field("parent", ("thuoc",), 300))
WORD = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyÁẾỘÙ 0123456789.,-()/&"), min_size=1, max_size=24).map(
    lambda s: "P" + squeeze(s)
)


@given(
    st.lists(st.tuples(WORD, WORD, st.integers(0, 5)), min_size=1, max_size=12), st.sampled_from(["\t", "    ", "  "])
)
def test_a_tree_that_is_written_is_read_back(rows: list[tuple[str, str, int]], step: str) -> None:
    depth, tree = -1, []
    for name, short, wanted in rows:
        depth = min(wanted, depth + 1)
        tree.append((squeeze(name), squeeze(short), depth))
    text = "\n".join(f"{step * depth}{name}\t{short}" for name, short, depth in tree)
    found = [(r.cells["name"], r.cells["short"], r.depth) for r in parse(text, FIELDS, indented=True).rows]
    assert found == tree


@given(st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=1, max_size=8), st.permutations([0, 1, 2]))
def test_columns_stand_in_any_order_under_their_titles(rows: list[list[str]], order: list[int]) -> None:
    titles = ["Tên", "TÊN NGẮN", "Thuộc:"]
    sheet = [
        ["STT", *(titles[n] for n in order)],
        *([str(i), *(row[n] for n in order)] for i, row in enumerate(rows, 1)),
    ]
    found = [list(r.cells.values()) for r in parse(lines_of(sheet), FIELDS).rows]
    assert found == [[squeeze(cell) for cell in row] for row in rows]


@given(st.text(max_size=300))
def test_any_text_is_read_without_fault(text: str) -> None:
    listed = parse(text, FIELDS, indented=True)
    depth = -1
    for row in listed.rows:
        assert set(row.cells) == {"name", "short", "parent"} and row.line >= 1
        assert 0 <= row.depth <= depth + 1
        assert all(cell == squeeze(cell) for cell in row.cells.values())
        depth = row.depth


def test_bullets_and_numbers_before_a_name_fall_away() -> None:
    rows = parse("1. Văn phòng\n  - Tổ Văn thư\n2) Phòng 1", FIELDS, indented=True).rows
    assert [(r.cells["name"], r.depth) for r in rows] == [("Văn phòng", 0), ("Tổ Văn thư", 1), ("Phòng 1", 0)]


@pytest.mark.parametrize("text", ["Tên | Tên ngắn\nPhòng 1 | P1", "Phòng 1; P1", "\n\nPhòng 1\tP1\n"])
def test_bars_semicolons_and_tabs_part_cells(text: str) -> None:
    (row,) = parse(text, FIELDS).rows
    assert (row.cells["name"], row.cells["short"]) == ("Phòng 1", "P1")


def test_what_stands_beyond_the_table_is_not_lost() -> None:
    (row,) = parse("Phòng 1\tP1\tVăn phòng\tthừa\tnữa", FIELDS).rows
    assert row.extra == "thừa nữa"


def test_a_list_too_long_is_not_read() -> None:
    assert parse("a\n" * (MOST_LINES + 1), FIELDS).too_long
