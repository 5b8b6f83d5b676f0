"""Corrections of a draft: what is typed is read as the field's type, and doubts follow what moves."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.documents import editing
from sauro.reading.draft import Doubt, DraftTarget, Schedule, Trace
from sauro.testing import small_draft


def doubted(*fields: str):
    """The small draft with a doubt about each of the fields."""
    draft = small_draft()
    draft.doubts = [Doubt(f, f"chữ {i}", "Chưa rõ.", trace=Trace(i, 0, 4, 1)) for i, f in enumerate(fields)]
    return draft


PATHS = [
    "document.number", "document.issued_on", "document.recipients", "document.signer.name", "tasks[0].title",
    "tasks[0].lead_units", "tasks[3].coordinating_units", "tasks[0].products", "tasks[0].milestones",
    "tasks[1].report_frequency", "tasks[2].records", "tasks[0].schedule", "tasks[2].schedule", "tasks[3].schedule",
    "tasks[4].schedule", "objectives[0].text", "objectives[0].targets[0].low", "objectives[0].targets[1].high",
    "objectives[0].targets[1].direction", "objectives[0].targets[1].baseline_year", "reporting_duties[0].rule.period",
    "reporting_duties[0].rule.before_day", "document.legal_bases[0].date",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_saving_what_is_shown_changes_nothing(path):
    draft, before = small_draft(), small_draft()
    editing.set_value(draft, path, editing.text_at(draft, path), year=2026)
    assert draft == before


@given(st.sampled_from(PATHS), st.text(max_size=40))
def test_any_text_is_taken_or_refused_with_a_sentence_and_refusal_changes_nothing(path, text):
    draft, before = small_draft(), small_draft()
    try:
        editing.set_value(draft, path, text, year=2026)
    except editing.BadValue as refusal:
        assert str(refusal)
        assert draft == before


@pytest.mark.parametrize(
    "path", ["", "tasks", "tasks[99].title", "__class__", "tasks[0].read", "tasks[0].title.upper", "doubts"]
)
def test_a_place_that_is_none_is_refused(path):
    with pytest.raises(editing.BadValue):
        editing.set_value(small_draft(), path, "x")


def test_the_schedule_is_read_again_from_its_words():
    draft = small_draft()
    editing.set_value(draft, "tasks[0].schedule_text", "Quý II", year=2027)
    assert draft.tasks[0].schedule == Schedule("deadline", dt.date(2027, 6, 30))


def test_a_day_that_does_not_exist_says_how_many_days_the_month_has():
    with pytest.raises(editing.BadValue, match="Tháng 6 chỉ có 30 ngày"):
        editing.set_value(small_draft(), "tasks[0].schedule", "31/6/2027")


def test_bounds_follow_the_comparator_and_never_leave_a_target_without_a_number():
    draft = small_draft()
    at = "objectives[0].targets[0]"
    editing.set_value(draft, f"{at}.comparator", "<=")
    target: DraftTarget = draft.objectives[0].targets[0]
    assert (target.low, target.high) == (None, Decimal(300))
    editing.set_value(draft, f"{at}.high", "8,5")
    assert target.high == Decimal("8.5")
    with pytest.raises(editing.BadValue, match="phải có số"):
        editing.set_value(draft, f"{at}.high", "")
    with pytest.raises(editing.BadValue, match="lớn hơn"):
        editing.set_value(draft, "objectives[0].targets[1].low", "90")


def test_a_form_saves_what_differs_and_tells_what_is_wrong():
    draft = small_draft()
    typed = {p: editing.text_at(draft, p) for p in ("tasks[0].title", "tasks[0].note", "tasks[0].schedule")}
    typed |= {"tasks[0].note": "xem lại", "tasks[0].schedule": "hôm nào đó"}
    changed, wrong = editing.set_many(draft, typed)
    assert changed == ["tasks[0].note"]
    assert [w.path for w in wrong] == ["tasks[0].schedule"]
    assert draft.tasks[0].schedule.due == dt.date(2026, 10, 31)


def test_setting_a_field_settles_its_doubts_and_no_others():
    draft = doubted("tasks[0].lead_units[0]", "tasks[0].title", "tasks[1].lead_units")
    editing.set_value(draft, "tasks[0].lead_units", "Văn phòng Sở")
    assert [d.field for d in draft.doubts] == ["tasks[0].title", "tasks[1].lead_units"]


def test_doubts_move_with_their_tasks():
    draft = doubted("tasks[0].title", "tasks[2].title", "tasks[4].title")
    editing.remove_task(draft, 1)
    assert [d.field for d in draft.doubts] == ["tasks[0].title", "tasks[1].title", "tasks[3].title"]
    editing.add_task(draft, 0)
    assert [d.field for d in draft.doubts] == ["tasks[1].title", "tasks[2].title", "tasks[4].title"]
    editing.join_tasks(draft, 1)
    assert [d.field for d in draft.doubts] == ["tasks[1].title", "tasks[1].title", "tasks[3].title"]


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "join", "split"]), st.integers(0, 6)), max_size=8))
def test_a_doubt_always_points_at_the_task_it_was_about(steps):
    draft = doubted(*(f"tasks[{i}].title" for i in range(5)))
    for i, task in enumerate(draft.tasks):
        task.title = f"chữ {i}; phần hai của {i}"
    for act, index in steps:
        try:
            {"add": editing.add_task, "remove": editing.remove_task, "join": editing.join_tasks,
             "split": editing.split_task}[act](draft, index)  # fmt: skip
        except editing.BadValue:
            continue
    for doubt in draft.doubts:
        assert doubt.text in editing.value_at(draft, doubt.field)


def test_a_doubt_keeps_its_name_while_others_are_answered_and_tasks_move():
    draft = doubted("tasks[0].title", "tasks[2].title", "tasks[4].title")
    names = editing.doubt_keys(draft.doubts)
    editing.remove_task(draft, 1)
    del draft.doubts[0]
    assert editing.doubt_keys(draft.doubts) == names[1:]
    with pytest.raises(editing.BadValue):
        editing.find_doubt(draft, names[0])


def test_doubts_that_look_alike_have_names_of_their_own():
    draft = small_draft()
    draft.doubts = [Doubt("tasks[0].title", "a", "b"), Doubt("tasks[1].title", "a", "b")]
    assert len(set(editing.doubt_keys(draft.doubts))) == 2


def test_splitting_cuts_at_the_cursor_and_keeps_units_apart():
    draft = small_draft()
    draft.tasks[0].title = "Xây dựng kho dữ liệu và vận hành"
    made = editing.split_task(draft, 0, draft.tasks[0].title.index("và"))
    assert made == 1
    assert [t.title for t in draft.tasks[:2]] == ["Xây dựng kho dữ liệu", "và vận hành"]
    draft.tasks[1].lead_units.append("Khác")
    assert draft.tasks[0].lead_units != draft.tasks[1].lead_units


def test_confirming_an_item_makes_its_fields_sure_and_keeps_its_doubts():
    draft = doubted("tasks[0].title")
    draft.tasks[0].read = {"title": Trace(1, confidence=0.6), "ref": Trace(1, confidence=1.0)}
    before = copy.deepcopy(draft.doubts)
    assert editing.confirm(draft, "tasks[0]") == 1
    assert draft.tasks[0].read["title"].confidence == 1.0
    assert draft.doubts == before
