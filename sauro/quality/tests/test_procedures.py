"""The list of procedures and the scope (4.3): one by one, and a whole table at once or nothing of it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import Workbook, load_workbook

from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.organization.models import Unit
from sauro.organization.policy import Refused
from sauro.quality.models import ListedProcedure, Scope
from sauro.quality.services import scope
from sauro.quality.services.errors import NotNow
from sauro.testing import INDUSTRY, TODAY, TRADE, World, make_world
from sauro.vietnamese.text import squeeze

pytestmark = pytest.mark.django_db
HEAD = "Mã thủ tục\tTên thủ tục\tLoại\tLĩnh vực\tĐơn vị giải quyết\tThời hạn\tQuyết định"
GOOD = f"""{HEAD}
1.001\tCấp giấy phép bán lẻ rượu\tThủ tục hành chính\tThương mại\tPhòng QLTM&TMĐT\t10 ngày\t12/QĐ-UBND
NB.01\tTiếp nhận văn bản đến\tCông việc nội bộ\tVăn thư\tvan phong so\t1 ngày\t"""


def listed() -> list[tuple[Any, ...]]:
    """The list of procedures, as what a table says of each."""
    return [
        (r.code, r.name, r.kind, r.field, r.unit_id, r.time_limit, r.decision)
        for r in ListedProcedure.objects.filter(until=None).order_by("code")
    ]


def workbook(text: str) -> io.BytesIO:
    """The table as an Excel file."""
    book, out = Workbook(), io.BytesIO()
    assert book.active
    for line in text.split("\n"):
        book.active.append(line.split("\t"))
    book.save(out)
    out.seek(0)
    return out


WAYS = {"pasted": scope.cells_of_text, "xlsx": lambda text: scope.cells_of_workbook(workbook(text))}


def taken(world: World, text: str, way: str = "pasted") -> int:
    table = scope.read_table(world.agency, WAYS[way](text))
    return scope.import_procedures(world.agency, world.chi, TODAY, table)


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_taken_in_whole_and_the_ledger_tells_once(agency_world: World, way: str) -> None:
    w = agency_world
    assert taken(w, GOOD, way) == 2
    trade, office = w.units[TRADE].pk, w.units["Văn phòng Sở"].pk
    assert listed() == [
        ("1.001", "Cấp giấy phép bán lẻ rượu", "public", "Thương mại", trade, "10 ngày", "12/QĐ-UBND"),
        ("NB.01", "Tiếp nhận văn bản đến", "internal", "Văn thư", office, "1 ngày", ""),
    ]
    told = Entry.objects.get(verb="quality.procedures.imported")
    assert told.data == {"count": 2, "first": "1.001", "last": "NB.01"}
    assert ListedProcedure.objects.get(code="1.001").since == TODAY
    assert [r.code for r in ListedProcedure.objects.all().matching("ban le RUOU")] == ["1.001"]


@pytest.mark.parametrize("way", WAYS)
def test_each_wrong_cell_is_said_with_its_row_and_column_and_nothing_is_kept(agency_world: World, way: str) -> None:
    text = "\n".join(
        [
            "DANH MỤC THỦ TỤC",
            "",
            HEAD,
            "1.001\tCấp giấy phép\tThủ tục hành chính\t\tPhòng Ma\t\t",
            "",
            "\tKhông có mã\tLung tung\t\t\t\t",
            f"1.001\t\t\t{'x' * 201}\t\t\t",
            "1.002\tDòng đúng\t\t\t\t\t",
        ]
    )
    table = scope.read_table(agency_world.agency, WAYS[way](text))
    assert [(f.row, f.column, f.text) for f in table.faults] == [
        (4, "Đơn vị giải quyết", "Không có đơn vị “Phòng Ma” trong danh bạ."),
        (6, "Mã thủ tục", "Thiếu mã thủ tục."),
        (6, "Loại", "Ghi “Thủ tục hành chính” hoặc “Công việc nội bộ”."),
        (7, "Mã thủ tục", "Mã 1.001 trùng với dòng 4."),
        (7, "Tên thủ tục", "Thiếu tên thủ tục."),
        (7, "Lĩnh vực", "Dài 201 chữ, chỉ nhận đến 200."),
    ]
    assert len(table.rows) == 1, "the right row is known, and still not kept"
    with pytest.raises(NotNow, match="còn 6 chỗ sai"):
        scope.import_procedures(agency_world.agency, agency_world.chi, TODAY, table)
    assert not ListedProcedure.objects.exists()
    assert not Entry.objects.filter(verb="quality.procedures.imported").exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Dòng đầu phải có cột"),
        ("Mã thủ tục\tLĩnh vực\n1\tx", "Dòng đầu phải có cột"),
        ("Tên thủ tục\nCấp phép", "Dòng đầu phải có cột"),
        (HEAD + "\n1\tx" * (scope.MOST + 1), "nhận đến 3000 dòng"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_table_that_is_none_says_why(agency_world: World, text: str, why: str, way: str) -> None:
    (fault,) = scope.read_table(agency_world.agency, WAYS[way](text)).faults
    assert why in fault.text


def test_a_file_that_is_no_workbook_is_refused_in_words() -> None:
    with pytest.raises(NotNow, match="Không đọc được tệp này"):
        scope.cells_of_workbook(io.BytesIO(b"PK\x03\x04 khong phai"))


def test_rows_far_down_a_sheet_are_not_left_out(agency_world: World) -> None:
    text = GOOD + "\n" * scope.MOST * 2 + "9.999\tỞ tận cuối\t\t\t\t\t"
    assert taken(agency_world, text, "xlsx") == 3


def test_a_cell_of_several_lines_is_one_cell(agency_world: World) -> None:
    taken(
        agency_world,
        'Mã thủ tục\tTên thủ tục\tLĩnh vực\n1.001\t"Cấp ""giấy phép""\nbán lẻ"\tRượu\n1.002\t"Số" 1\tX\n1.003\t"\t"',
    )
    names = dict(ListedProcedure.objects.values_list("code", "name"))
    assert names == {"1.001": 'Cấp "giấy phép" bán lẻ', "1.002": '"Số" 1', "1.003": '"'}
    assert ListedProcedure.objects.get(code="1.003").field == '"'


def test_what_is_on_the_list_already_is_counted_and_not_taken_twice(agency_world: World) -> None:
    taken(agency_world, GOOD)
    table = scope.read_table(agency_world.agency, scope.cells_of_text(GOOD + "\n2.001\tMới\t\t\t\t\t"))
    assert (table.known, [r["code"] for r in table.rows]) == (2, ["2.001"])
    assert scope.import_procedures(agency_world.agency, agency_world.chi, TODAY, table) == 1
    with pytest.raises(NotNow, match=r"2\.001 đã có"):
        scope.import_procedures(agency_world.agency, agency_world.chi, TODAY, table)
    with pytest.raises(NotNow, match="không có thủ tục nào mới"):
        taken(agency_world, GOOD)


def test_only_who_runs_the_system_takes_a_table_or_changes_the_list(agency_world: World) -> None:
    w = agency_world
    table = scope.read_table(w.agency, scope.cells_of_text(GOOD))
    one = scope.save_procedure(w.agency, w.chi, TODAY, {"code": "3.001", "name": "Cấp lại"})
    for act in (
        lambda: scope.import_procedures(w.agency, w.dung, TODAY, table),
        lambda: scope.save_procedure(w.agency, w.dung, TODAY, {"code": "4", "name": "Khác"}),
        lambda: scope.end_procedure(one, w.dung, TODAY),
        lambda: scope.decide(w.agency, w.chi, text="Mọi hoạt động", effective_on=TODAY),
    ):
        with pytest.raises(Refused):
            act()
    assert [row[0] for row in listed()] == ["3.001"] and not Scope.objects.exists()


def test_a_procedure_leaves_the_scope_and_its_code_may_be_listed_again(agency_world: World) -> None:
    w = agency_world
    one = scope.save_procedure(w.agency, w.chi, TODAY, {"code": "1", "name": "Cấp phép", "unit": w.units[INDUSTRY]})
    with pytest.raises(NotNow, match="Mã 1 đã có"):
        scope.save_procedure(w.agency, w.chi, TODAY, {"code": "1", "name": "Khác"})
    with pytest.raises(NotNow, match="Ghi tên"):
        scope.save_procedure(w.agency, w.chi, TODAY, {"code": "2", "name": " "})
    scope.end_procedure(one, w.chi, TODAY)
    with pytest.raises(NotNow, match="thôi dùng"):
        scope.end_procedure(one, w.chi, TODAY)
    scope.save_procedure(w.agency, w.chi, TODAY, {"code": "1", "name": "Cấp phép"})
    verbs = Entry.objects.filter(verb__startswith="quality.").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["quality.procedure.added", "quality.procedure.ended", "quality.procedure.added"]


def test_a_version_of_the_scope_freezes_the_list_and_tells_who_runs_the_system(agency_world: World) -> None:
    w = agency_world
    taken(w, GOOD)
    first = scope.decide(w.agency, w.giang, text="Mọi hoạt động", effective_on=TODAY)
    assert [p["code"] for p in first.procedures] == ["1.001", "NB.01"]
    assert Notice.objects.filter(person=w.chi, verb="quality.scope.decided").exists()
    scope.end_procedure(ListedProcedure.objects.get(code="NB.01"), w.chi, TODAY)
    taken(w, HEAD + "\n2.001\tMới\t\t\t\t\t")
    assert scope.since(first, w.agency) == scope.Difference(("2.001 Mới",), ("NB.01 Tiếp nhận văn bản đến",))
    with pytest.raises(NotNow, match="mở rộng hay thu hẹp"):
        scope.decide(w.agency, w.giang, text="Ít hơn", effective_on=TODAY)
    with pytest.raises(NotNow, match="không thể sớm hơn"):
        scope.decide(w.agency, w.giang, text="Ít", reason="Bỏ văn thư", effective_on=TODAY - dt.timedelta(days=1))
    later = TODAY + dt.timedelta(days=5)
    second = scope.decide(w.agency, w.giang, text="Ít", reason="Bỏ văn thư", effective_on=later)
    assert scope.current(w.agency.pk, TODAY) == first and scope.current(w.agency.pk, later) == second
    assert [p["code"] for p in Scope.objects.get(pk=first.pk).procedures] == ["1.001", "NB.01"]


def test_the_page_says_the_cells_and_keeps_nothing(sign_in: Any, agency_world: World) -> None:
    client, address = sign_in("chi"), reverse("procedure-import")
    wrong = client.post(address, {"table": GOOD + "\n1.001\tHai lần\t\t\tPhòng Ma\t\t"})
    assert wrong.status_code == 422
    words = wrong.content.decode()
    assert "Mã 1.001 trùng với dòng 2." in words and "Không có đơn vị “Phòng Ma”" in words
    assert not ListedProcedure.objects.exists()
    file = workbook(GOOD)
    file.name = "danh-muc.xlsx"
    assert client.post(address, {"file": file}).status_code == 302
    assert len(listed()) == 2


WORDS = st.text(st.sampled_from("aăâbcdđeêgiklmnoôơuưxyÁẾỘÙ 0123456789.,-()/&“”\"'=+@"), max_size=40).map(squeeze)
PROCEDURES = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.from_regex(r"[A-Z0-9][A-Z0-9.]{0,11}", fullmatch=True),
            "name": WORDS.map(lambda t: squeeze(f"Cấp {t}")),
            "kind": st.sampled_from(ListedProcedure.Kind.values),
            "field": WORDS,
            "unit": st.sampled_from([None, INDUSTRY, TRADE, "Tổ Thương mại điện tử"]),
            "time_limit": WORDS,
            "decision": WORDS,
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["code"],
)


class TheRoundTrip(TestCase):
    """Whatever list there is: taken away by Excel and taken in elsewhere it is the same, but for runs of blanks."""

    @given(PROCEDURES, st.sampled_from(["vi", "en"]), st.sampled_from(sorted(WAYS)), st.booleans())
    @settings(max_examples=25, deadline=None)
    def test_a_list_taken_away_and_taken_in_again_is_the_same(
        self, rows: list[dict[str, Any]], language: str, way: str, one_left: bool
    ) -> None:
        w = make_world()
        units: dict[str | None, Unit | None] = {None: None, **w.units}
        for row in rows:
            scope.save_procedure(w.agency, w.chi, TODAY, row | {"unit": units[row["unit"]]})
        if one_left:
            scope.end_procedure(ListedProcedure.objects.get(code=rows[0]["code"]), w.chi, TODAY)
        before, client = listed(), Client()
        client.cookies["django_language"] = language
        client.force_login(w.chi, backend="sauro.organization.backends.PersonBackend")
        answer = client.get(reverse("scope"), {"tai": "xlsx"})
        file = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        ListedProcedure.objects.all().delete()
        if way == "pasted":
            sheet = load_workbook(file).worksheets[0]
            text = "\n".join("\t".join("" if c is None else str(c) for c in row) for row in sheet.values)
            cells = scope.cells_of_text(text)
        else:
            cells = scope.cells_of_workbook(file)
        table = scope.read_table(w.agency, cells)
        assert table.faults == []
        assert len(table.rows) == len(before)
        if before:
            scope.import_procedures(w.agency, w.chi, TODAY, table)
        assert listed() == before
