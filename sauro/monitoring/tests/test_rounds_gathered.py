"""Difficulties and proposals made into few statements: nothing said is lost, and nobody who said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.monitoring.rounds.gathered import ALIKE, Said, gather, split_lines

pytestmark = pytest.mark.pure

WORDS = st.lists(
    st.sampled_from(["chưa", "được", "cấp", "tài khoản", "kinh phí", "chậm", "dữ liệu", "40", "400", "doanh nghiệp"]),
    min_size=1,
    max_size=8,
).map(" ".join)
SAID = st.lists(st.builds(Said, WORDS, st.sampled_from(["P. A", "P. B", "TT C"]), st.sampled_from(["", "1.1", "2"])))


@given(SAID)
def test_everyone_who_said_something_is_still_named(said: list[Said]) -> None:
    kept = [one for s in gather(said) for one in s.said]
    assert sorted(kept, key=repr) == sorted(said, key=repr)


@given(SAID)
def test_gathering_again_changes_nothing(said: list[Said]) -> None:
    once = gather(said)
    again = gather([Said(s.text, unit) for s in once for unit in s.units])
    assert sorted(s.text for s in again) == sorted(s.text for s in once) or len(again) < len(once)
    assert len(again) <= len(once)


@given(SAID)
def test_a_statement_is_one_that_somebody_made(said: list[Said]) -> None:
    assert {s.text for s in gather(said)} <= {one.text for one in said}


@given(SAID)
def test_statements_with_other_numbers_are_never_one(said: list[Said]) -> None:
    for s in gather(said):
        assert len({tuple(w for w in one.text.split() if w.isdigit()) for one in s.said}) == 1


def test_words_in_another_order_case_and_signs_are_one_statement() -> None:
    made = gather(
        [
            Said("Chưa được cấp tài khoản khai thác dữ liệu quốc gia.", "P. A", "1.1"),
            Said("tài khoản khai thác dữ liệu quốc gia CHƯA được cấp", "TT C", "2"),
            Said("Chua duoc cap tai khoan khai thac du lieu quoc gia", "P. B"),
            Said("Kinh phí phân bổ chậm", "P. B"),
        ]
    )
    assert [s.units for s in made] == [["P. A", "P. B", "TT C"], ["P. B"]]
    assert made[0].refs == ["1.1", "2"] and 80 < ALIKE < 95


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- Thiếu người\n- Thiếu tiền", ["Thiếu người", "Thiếu tiền"]),
        ("1. Thiếu người\n2) Thiếu tiền", ["Thiếu người", "Thiếu tiền"]),
        ("Không có.", []),
        ("không", []),
        ("  ", []),
        ("40 doanh nghiệp gửi chậm", ["40 doanh nghiệp gửi chậm"]),
    ],
)
def test_a_field_is_read_line_by_line_and_saying_nothing_is_nothing(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines
