"""The components of the look, as data and as HTML."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from sauro.web import context
from sauro.web.listing import Sort
from sauro.web.look import bars, cells, dots, due, text
from sauro.web.look.icons import ICONS, icon
from sauro.web.views.gallery import gallery

TODAY = date(2026, 11, 23)
COUNT = st.integers(0, 5000)


def draw(source: str, **values: object) -> str:
    request = RequestFactory().get("/nhiem-vu/", values.pop("query", {}))
    return Template(source).render(Context({"request": request, "today": TODAY, **values}))


@pytest.mark.parametrize(
    ("day", "tone", "words", "under"),
    [
        (date(2026, 11, 18), "late", "Quá hạn 5 ngày", "18/11/2026"),
        (date(2026, 11, 22), "late", "Quá hạn 1 ngày", "22/11/2026"),
        (TODAY, "today", "Hôm nay", "Thứ Hai, 23/11"),
        (date(2026, 11, 24), "soon", "Ngày mai", "24/11/2026"),
        (date(2026, 11, 28), "soon", "Còn 5 ngày", "28/11/2026"),
        (date(2026, 11, 29), "neutral", "Còn 6 ngày", "29/11/2026"),
        (date(2026, 12, 10), "neutral", "Còn 17 ngày", "10/12/2026"),
    ],
)
def test_a_due_date_says_how_urgent_it_is_in_calendar_days(day: date, tone: str, words: str, under: str) -> None:
    look = due.describe(day, TODAY)
    assert (look.tone, look.text, look.under) == (tone, words, (under,))


def test_what_is_done_is_measured_against_its_date() -> None:
    limit = date(2026, 10, 6)
    on_time = due.describe(limit, TODAY, done_on=limit)
    late = due.describe(limit, TODAY, done_on=date(2026, 10, 12))
    assert (on_time.tone, on_time.text) == ("done", "Xong đúng hạn")
    assert (late.tone, late.text, late.under) == ("soon", "Xong, trễ 6 ngày", ("hạn 06/10/2026",))


def test_continuous_event_and_unknown_dates_have_their_own_chips() -> None:
    assert due.describe(None, TODAY, kind="continuous").text == "Thường xuyên"
    event = due.describe(None, TODAY, kind="event", event="khi đổi tổ chức bộ máy")
    assert (event.text, event.under) == ("Khi có sự kiện", ("khi đổi tổ chức bộ máy",))
    assert due.describe(None, TODAY).tone == "late"


def test_a_date_moved_off_a_day_off_and_a_changed_date_show_both_dates() -> None:
    moved = due.describe(date(2026, 12, 21), TODAY, moved_from=date(2026, 12, 20))
    assert (moved.text, moved.under) == ("21/12", ("dời từ Chủ nhật 20/12",))
    changed = due.describe(date(2026, 11, 30), TODAY, old_due=date(2026, 10, 30))
    assert changed.under == ("hạn cũ 30/10, hạn mới 30/11",)
    across = due.describe(date(2027, 1, 15), TODAY, old_due=date(2026, 12, 30))
    assert across.under == ("hạn cũ 30/12/2026, hạn mới 15/01/2027",)


def test_a_late_date_that_was_moved_still_shouts() -> None:
    look = due.describe(date(2026, 11, 16), TODAY, moved_from=date(2026, 11, 15))
    assert (look.tone, look.text) == ("late", "Quá hạn 7 ngày")
    assert look.under == ("16/11/2026", "dời từ Chủ nhật 15/11")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-4000, 4000))
def test_tone_and_days_agree_for_every_date(day: date, apart: int) -> None:
    look = due.describe(day, day - timedelta(days=apart))
    expected = "late" if apart < 0 else "today" if apart == 0 else "soon" if apart <= 5 else "neutral"
    assert look.tone == expected
    if apart < 0 or apart > 1:
        assert str(abs(apart)) in look.text


@given(COUNT, COUNT, COUNT, COUNT)
def test_the_four_cells_add_up_and_each_that_counts_can_be_seen(a: int, b: int, c: int, d: int) -> None:
    counts = cells.Cells(a, b, c, d)
    shares = cells.widths(counts, 300)
    live = sum(1 for n in counts if n)
    assert counts.total == a + b + c + d
    for n, share in zip(counts, shares, strict=True):
        assert (share >= cells.LEAST) if n else share == 0
    if live:
        assert sum(shares) + cells.GAP * (live - 1) <= 300 + cells.LEAST * live


def test_counts_come_from_a_mapping_an_object_or_four_numbers() -> None:
    expected = cells.Cells(13, 2, 9, 3)
    assert cells.cells_of(dict(zip(cells.KEYS, (13, 2, 9, 3), strict=True))) == expected
    assert cells.cells_of(SimpleNamespace(done_on_time=13, done_late=2, open_in_time=9, open_overdue=3)) == expected
    assert cells.cells_of((13, 2, 9, 3)) == expected
    with pytest.raises(ValueError, match="four"):
        cells.cells_of((1, 2, 3))


def test_the_bar_says_its_numbers_and_keeps_the_order_of_state_reports() -> None:
    drawn = cells.bar((13, 2, 9, 3))
    assert 'aria-label="Đúng hạn 13, xong quá hạn 2, trong hạn 9, chưa xong quá hạn 3, tổng 27"' in drawn
    assert re.findall(r"cell-(\w+)", drawn) == list(cells.KEYS)


def test_a_bar_in_a_table_is_as_long_as_its_total() -> None:
    width = [
        int(re.search(r'width="(\d+)" height="11"', cells.bar(c, 66, 11, most=40)).group(1))
        for c in ((40, 0, 0, 0), (20, 0, 0, 0), (10, 0, 0, 0))
    ]
    assert width[0] == 66
    assert width[1] == 33
    assert width[2] < width[1]


def test_each_number_opens_the_list_that_it_counts() -> None:
    html = draw("{% cell_strip counts '?ke_hoach=118' %}", counts=(3, 1, 0, 2))
    assert 'href="?ke_hoach=118&amp;tinh_trang=open_overdue"' in html
    assert "tinh_trang=open_in_time" not in html
    assert ">6</b>" in html


def test_the_dots_keep_their_order_and_say_what_is_missing() -> None:
    states = ("clear", "clear", "clear", "unclear", "clear", "pending")
    assert dots.sentence(states) == "Sáu rõ 4/6. Chưa rõ trách nhiệm. Chờ xác nhận thẩm quyền."
    given_words = dots.sentence(states, "Chưa rõ trách nhiệm: chưa ghi phần việc.")
    assert given_words == "Sáu rõ 4/6. Chưa rõ trách nhiệm: chưa ghi phần việc."
    assert dots.sentence(("clear",) * 6) == "Sáu rõ 6/6."
    with pytest.raises(ValueError, match="six"):
        dots.sentence(("clear",) * 5)


def test_dots_are_one_picture_with_words_for_those_who_do_not_see_it() -> None:
    clears = SimpleNamespace(states=["clear"] * 3 + ["unclear"] + ["clear"] * 2, missing="<b>")
    html = draw("{% dots clears %}", clears=clears)
    assert 'role="img"' in html and "5/6" in html
    assert "&lt;b&gt;" in html and "<b>" not in html
    assert html.count("dot-unclear") == 1 and html.count("<circle") == 6


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (7882, "7.882"),
        (Decimal("8.50"), "8,5"),
        (Decimal("100.000"), "100"),
        (100, "100"),
        (Decimal("1E+3"), "1.000"),
        (0, "0"),
        (Decimal("-0.0"), "0"),
        (-1234.5, "−1.234,5"),
        (None, "–"),
        ("71250.25", "71.250,25"),
    ],
)
def test_numbers_are_written_as_in_vietnam(number: object, words: str) -> None:
    assert text.vnumber(number) == words


def test_times_are_shown_in_the_time_of_vietnam() -> None:
    late_in_utc = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert text.dmy(late_in_utc) == "23/11/2026"
    assert text.dmy_hm(late_in_utc) == "23/11/2026 01:30"
    assert text.weekday_dm(date(2026, 11, 22)) == "Chủ nhật, 22/11"


def test_initials_are_those_of_the_last_two_words() -> None:
    assert [text.initials(n) for n in ("Trần Quốc Bình", "Đỗ Thị Minh Nguyệt", "Ân", "")] == ["QB", "MN", "Â", ""]


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_of_the_list_is_in_the_package(name: str) -> None:
    assert "<svg" in icon(name) and 'aria-hidden="true"' in icon(name)


def test_an_icon_outside_the_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")


@given(st.integers(-50, 300), st.one_of(st.none(), st.integers(0, 150)))
def test_a_progress_bar_never_leaves_its_track(percent: int, expected: int | None) -> None:
    drawn = bars.line(percent, expected)
    shares = [float(n) for n in re.findall(r'(?:width|x)="(-?[\d.]+)%"', drawn)]
    assert all(0 <= n <= 100 for n in shares)


def test_a_sorted_head_sorts_the_other_way_and_keeps_the_filter() -> None:
    html = draw('{% sort_head "han" "Hạn" %}', query={"xep": "han", "ke_hoach": "118", "trang": "3"})
    assert 'aria-sort="ascending"' in html
    assert "xep=-han" in html and "ke_hoach=118" in html and "trang" not in html


@pytest.mark.parametrize(("asked", "state"), [("", "descending"), ("nop", "descending"), ("-nop", "ascending")])
def test_a_head_says_which_way_the_values_run(asked: str, state: str) -> None:
    # "Newest first" is the plain order of the column, and it falls.
    register = SimpleNamespace(sorts=[Sort("nop", "lúc nộp, mới trước", ("-submitted_at",), ("submitted_at",))])
    query = {"xep": asked} if asked else {}
    html = draw('{% sort_head "nop" "Nộp lúc" %}', register=register, sort="nop", query=query)
    assert f'aria-sort="{state}"' in html
    assert ("xep=-nop" in html) is (asked != "-nop")


@override_settings(ROOT_URLCONF="sauro.web.tests.test_shell")
def test_no_component_carries_an_inline_style_or_script(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "BADGES", {})
    request = rf.get("/giao-dien/")
    request.user = SimpleNamespace(
        is_authenticated=True, get_full_name=lambda: "Trần Quốc Bình", position="", unit=None, role=None
    )
    html = gallery(request).content.decode()
    assert not re.search(r'\sstyle="|<style|<script(?![^>]*\ssrc=)|\son\w+="|hx-on', html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
