"""An auditor finds something to ask for every clause and for every step of a procedure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.quality.ready.questions import LONGEST, bank, for_clause, for_procedure
from sauro.quality.ready.standard import EDITIONS, clauses

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_leaf_clause_has_two_to_five_short_questions(edition):
    asked = bank(edition)
    for c in clauses(edition):
        texts = [q.text for q in asked if q.clause == c.number]
        assert not c.leaf or 2 <= len(texts) <= 5, c.number
        assert c.leaf or not texts
    assert all(len(q.text) <= LONGEST and q.text[-1] in ".?" for q in asked)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_question_is_asked_twice(edition):
    texts = [q.text for q in bank(edition)]
    assert len(texts) == len(set(texts))


def test_a_parent_clause_gathers_those_below_and_no_neighbour():
    assert {q.clause for q in for_clause("7.1.5")} == {"7.1.5.1", "7.1.5.2"}
    assert {q.clause for q in for_clause("10")} == {"10.1", "10.2.1", "10.2.2", "10.3"}
    with pytest.raises(KeyError):
        for_clause("1")


def test_opportunities_are_asked_apart_in_the_2026_edition():
    assert [q.clause for q in for_clause("6.1.3", "2026")]
    assert not any("ơ hội" in q.text for q in for_clause("6.1.2", "2026"))
    assert any("ơ hội" in q.text for q in for_clause("6.1.2", "2015"))


def test_a_procedure_is_asked_step_by_step():
    steps = [
        {"name": "Tiếp nhận", "who": "Công chức Một cửa", "how_long": "0,5 ngày", "form": "BM.09.01"},
        {"name": "Trình ký", "who": "Trưởng phòng", "how_long": "Ngay khi xong", "form": ""},
        {"name": "Lưu hồ sơ", "how_long": "[2] ngày"},
        {"name": "Trả kết quả"},
    ]
    asked = for_procedure("QT.09", steps, [{"code": "BM.09.01", "title": "Giấy tiếp nhận"}])
    assert [q.text for q in asked if q.about == "step"] == [
        "Bước 1 “Tiếp nhận” do Công chức Một cửa làm trong 0,5 ngày: xem hồ sơ. Biểu mẫu BM.09.01: ghi đủ, ký đủ chưa?",
        "Bước 2 “Trình ký” do Trưởng phòng làm: xem hồ sơ.",
        "Bước 3 “Lưu hồ sơ” làm trong [2] ngày: ai làm? Xem hồ sơ.",
        "Bước 4 “Trả kết quả”: ai làm, trong bao lâu? Xem hồ sơ.",
    ]
    assert [q.about for q in asked][:3] == ["procedure"] * 3
    assert asked[-1].text.startswith("Hồ sơ “Giấy tiếp nhận”")
    assert asked[3].source == "QT.09#1"


@given(st.lists(st.fixed_dictionaries({k: st.text(max_size=30) for k in ("name", "who", "how_long", "form")})))
def test_any_step_gives_exactly_one_question(steps):
    asked = for_procedure("QT.{01}", steps)
    assert sum(q.about == "step" for q in asked) == len(steps)
