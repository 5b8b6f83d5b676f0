"""What a document says survives being kept, and two versions are told apart word by word."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.writing.quality import Change, Definition, DocumentContent, RecordLine, Step, compare, paragraph_diff

pytestmark = pytest.mark.pure

TEXT = st.text(max_size=30)
CONTENTS = st.builds(
    DocumentContent,
    purpose=TEXT,
    scope=TEXT,
    references=st.lists(TEXT, max_size=4).map(tuple),
    definitions=st.lists(st.builds(Definition, TEXT, TEXT), max_size=4).map(tuple),
    responsibility=TEXT,
    body=TEXT,
    steps=st.lists(st.builds(Step, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=5).map(tuple),
    records=st.lists(st.builds(RecordLine, TEXT, TEXT, TEXT, TEXT), max_size=4).map(tuple),
    forms=st.lists(TEXT, max_size=4).map(tuple),
)
PROCEDURE = DocumentContent(
    purpose="Quy định cách tiếp nhận và xử lý hồ sơ.",
    references=("Nghị định số 118/2025/NĐ-CP", "TCVN ISO 9001:2015"),
    steps=(
        Step("Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày", "BM.01"),
        Step("Thẩm định", "Phòng chuyên môn", "3 ngày", "BM.02", "Xem xét hồ sơ theo quy định."),
        Step("Trình ký", "Lãnh đạo phòng", "1 ngày"),
    ),
)


@given(CONTENTS)
def test_what_is_kept_reads_back_unchanged(content):
    kept = json.loads(json.dumps(content.to_json()))
    assert DocumentContent.from_json(kept) == content


def test_a_missing_key_is_an_empty_part_and_an_unknown_one_is_passed_over():
    content = DocumentContent.from_json({"steps": [{"name": "Tiếp nhận"}], "later": 1})
    assert content == DocumentContent(steps=(Step("Tiếp nhận"),))


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "content"),
        ({"purpose": None}, "purpose"),
        ({"references": "một"}, "references"),
        ({"references": ["một", 2]}, r"references\[1\]"),
        ({"steps": ["Tiếp nhận"]}, r"steps\[0\]"),
        ({"steps": [{"name": "a"}, {"name": "b", "who": 3}]}, r"steps\[1\]\.who"),
        ({"records": {"code": "a"}}, "records"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_place(data, where):
    with pytest.raises(ValueError, match=where):
        DocumentContent.from_json(data)


@given(CONTENTS)
def test_a_version_differs_in_nothing_from_itself(content):
    assert compare(content, content) == []


@given(CONTENTS, CONTENTS)
def test_two_versions_that_show_no_change_say_the_same(old, new):
    if not compare(old, new):
        same = [
            (c.references, c.definitions, c.steps, c.records, c.forms, c.purpose.split(), c.body.split())
            for c in (old, new)
        ]
        # References and records may stand in another order; what they are is the same.
        assert [sorted(map(repr, part)) for part in same[0]] == [sorted(map(repr, part)) for part in same[1]]


def test_a_changed_time_of_one_step_is_one_change():
    steps = list(PROCEDURE.steps)
    steps[1] = Step("Thẩm định", "Phòng chuyên môn", "2 ngày", "BM.02", "Xem xét hồ sơ theo quy định.")
    new = DocumentContent(PROCEDURE.purpose, references=PROCEDURE.references, steps=tuple(steps))
    assert compare(PROCEDURE, new) == [Change("steps", "Thẩm định", "3 ngày", "2 ngày", "changed", "how_long")]


def test_a_step_put_between_others_does_not_disturb_them():
    steps = (*PROCEDURE.steps[:1], Step("Thu phí", "Văn thư"), *PROCEDURE.steps[1:])
    new = DocumentContent(PROCEDURE.purpose, references=PROCEDURE.references, steps=steps)
    assert compare(PROCEDURE, new) == [Change("steps", "Thu phí", "", "Thu phí\nVăn thư", "added")]


def test_a_step_that_changes_its_place_is_moved():
    one, two, three = PROCEDURE.steps
    new = DocumentContent(PROCEDURE.purpose, references=PROCEDURE.references, steps=(one, three, two))
    (change,) = compare(PROCEDURE, new)
    assert change.kind == "moved" and change.field == "order" and change.before != change.after


def test_a_replaced_basis_and_a_reworded_purpose_are_seen():
    new = DocumentContent(
        "Quy định cách tiếp nhận, xử lý và trả kết quả hồ sơ.",
        references=("Luật Tổ chức chính quyền địa phương", "TCVN ISO 9001:2015"),
        steps=PROCEDURE.steps,
    )
    found = [(c.section, c.kind) for c in compare(PROCEDURE, new)]
    assert found == [("purpose", "changed"), ("references", "added"), ("references", "removed")]


def test_a_new_issue_of_the_same_basis_is_one_changed_line():
    new = DocumentContent(
        PROCEDURE.purpose, references=("Nghị định số 120/2026/NĐ-CP", "TCVN ISO 9001:2015"), steps=PROCEDURE.steps
    )
    (change,) = compare(PROCEDURE, new)
    assert change.kind == "changed"
    pieces = paragraph_diff(change.before, change.after)
    assert ("removed", "118") in pieces and ("added", "120") in pieces


@given(st.text(), st.text())
def test_the_pieces_of_a_difference_make_up_both_texts(before, after):
    pieces = paragraph_diff(before, after)
    assert "".join(t for op, t in pieces if op != "added") == before
    assert "".join(t for op, t in pieces if op != "removed") == after
