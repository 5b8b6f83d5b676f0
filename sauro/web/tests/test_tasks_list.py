"""The register of tasks: filters, orders, the four cells, what is taken away."""

from __future__ import annotations

import csv
import datetime as dt
import io
from itertools import product

import openpyxl
import pytest
from django.core.cache import cache
from django.utils import timezone

from sauro.monitoring import services as monitoring
from sauro.organization.models import Unit
from sauro.plans.models import Plan, Task, TaskUnit
from sauro.plans.standing import Cell
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World, task_of

pytestmark = pytest.mark.django_db
URL = "/nhiem-vu/"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)


@pytest.fixture
def many(agency_world: World, adopted_plan: Plan) -> Plan:
    """Forty more tasks of every kind: done in time, done late, open, overdue, without a date."""
    units = [agency_world.units[name] for name in (TRADE, INDUSTRY, OFFICE, "Tổ Thương mại điện tử")]
    rows = []
    for i in range(40):
        due = TODAY + dt.timedelta(days=(i - 20) * 9) if i % 5 else None
        done = (due or TODAY) + dt.timedelta(days=i % 7 - 3) if i % 3 == 0 else None
        rows.append(
            Task(
                agency=agency_world.agency,
                plan=adopted_plan,
                order=100 + i,
                ref=f"3.{i + 1}",
                title=f"{('Ấm', 'Đông', 'An', 'Ân', 'Dũng')[i % 5]} việc số {i}",
                lead_unit=units[i % 4],
                lead_path=units[i % 4].path,
                schedule_kind="deadline" if due else ("continuous", "event", "recurring")[i % 3],
                due=due,
                completed_on=min(done, TODAY) if done else None,
                accountable=agency_world.an if i % 4 == 0 else None,
                clears=("111111", "011111", "110111", "111211")[i % 4],
                clear_count=(6, 5, 5, 5)[i % 4],
                progress=100 if done else i,
            )
        )
    rows = Task.objects.bulk_create(rows)
    TaskUnit.objects.bulk_create(
        TaskUnit(task=t, unit=u, name=u.name, role=role, order=0, path=u.path)
        for i, t in enumerate(rows)
        for role, u in (("lead", units[i % 4]), ("coordinating", units[(i + 1) % 4]))
    )
    return adopted_plan


def shown(response: object) -> list[str]:
    return [task.ref for task in response.context["page"].object_list]


@pytest.mark.parametrize(
    ("state", "due"),
    list(
        product(
            ["", "done_on_time", "done_late", "open_in_time", "open_overdue", "continuous"],
            ["", "qua_han", "7", "30", "quy", "nam", "khong"],
        )
    ),
)
def test_the_four_cells_add_up_to_what_is_listed(many: Plan, sign_in: object, state: str, due: str) -> None:
    client = sign_in("an")
    for more in ({}, {"don_vi": Unit.objects.get(name=TRADE).pk}, {"ro": "thieu", "q": "viec"}):
        response = client.get(URL, {"tinh_trang": state, "han": due, "viec_con": "ca", **more})
        context = response.context
        assert sum(context["cells"].values()) == context["page"].paginator.count == len(shown(response))
        for task in context["page"]:
            cell = Cell.of(due=task.due, completed_on=task.completed_on, on=TODAY)
            if state == "open_in_time":
                assert cell in ("open_in_time", "continuous")
            elif state:
                assert cell == state


def test_each_cell_opens_the_list_that_it_counts(many: Plan, sign_in: object) -> None:
    client = sign_in("hoa")
    cells = client.get(URL).context["cells"]
    assert min(cells.values()) > 0
    for key, count in cells.items():
        assert len(shown(client.get(URL, {"tinh_trang": key}))) == count


def test_a_unit_is_found_as_lead_as_helper_and_as_either(many: Plan, sign_in: object) -> None:
    client, unit = sign_in("an"), Unit.objects.get(name=TRADE)
    led = set(shown(client.get(URL, {"don_vi": unit.pk, "vai_tro": "chu_tri"})))
    helps = set(shown(client.get(URL, {"don_vi": unit.pk, "vai_tro": "phoi_hop"})))
    either = set(shown(client.get(URL, {"don_vi": unit.pk})))
    assert led and helps and not led & helps
    assert either == led | helps
    # What lies under the unit counts with it.
    assert {t.ref for t in Task.objects.filter(lead_unit__name="Tổ Thương mại điện tử")} <= led


def test_which_of_the_six_is_missing_can_be_asked(many: Plan, sign_in: object) -> None:
    client = sign_in("an")
    missing_time = client.get(URL, {"ro": "thieu_3"}).context["page"].object_list
    assert missing_time and all(t.clears[2] != "1" for t in missing_time)
    full = client.get(URL, {"ro": "du"}).context["page"].object_list
    assert full and all(t.clears == "111111" for t in full)


def test_people_are_a_filter(many: Plan, sign_in: object, agency_world: World) -> None:
    client = sign_in("an")
    mine = client.get(URL, {"nguoi": "toi"}).context["page"].object_list
    assert mine and all(t.accountable__full_name == agency_world.an.full_name for t in mine)
    nobody = client.get(URL, {"nguoi": "chua"}).context["page"].object_list
    assert nobody and all(t.accountable__full_name is None for t in nobody)


def test_sub_tasks_are_shown_when_asked_for(adopted_plan: Plan, sign_in: object, agency_world: World) -> None:
    parent = task_of(adopted_plan, "1.2")
    unit = agency_world.units["Tổ Thương mại điện tử"]
    monitoring.split(parent, agency_world.binh, TODAY, title="Lập danh sách", unit=unit, due=dt.date(2026, 12, 1))
    client = sign_in("binh")
    assert "1.2.1" not in shown(client.get(URL))
    assert "1.2.1" in shown(client.get(URL, {"viec_con": "ca"}))
    assert shown(client.get(URL, {"viec_con": "chi"})) == ["1.2.1"]


def test_the_search_takes_words_with_or_without_marks(adopted_plan: Plan, sign_in: object) -> None:
    client = sign_in("an")
    assert shown(client.get(URL, {"q": "gian hàng"})) == shown(client.get(URL, {"q": "gian hang"})) == ["1.1"]
    assert shown(client.get(URL, {"q": "khong co gi"})) == []


def test_titles_sort_as_vietnamese_does(many: Plan, sign_in: object) -> None:
    titles = [t.title.split()[0] for t in sign_in("an").get(URL, {"q": "viec so", "xep": "ten"}).context["page"]]
    order = list(dict.fromkeys(titles))
    assert order == ["An", "Ấm", "Ân", "Dũng", "Đông"]
    back = [t.title.split()[0] for t in sign_in("an").get(URL, {"q": "viec so", "xep": "-ten"}).context["page"]]
    assert back == titles[::-1]


def test_numbers_sort_by_their_value(many: Plan, sign_in: object) -> None:
    refs = shown(sign_in("an").get(URL, {"q": "viec so", "xep": "ma"}))
    assert refs == [f"3.{i + 1}" for i in range(40)]


def test_open_tasks_come_first_by_due_day_and_those_without_a_day_last(many: Plan, sign_in: object) -> None:
    tasks = list(sign_in("an").get(URL).context["page"])
    keys = [(t.completed_on is not None, t.due is None, t.due or TODAY) for t in tasks]
    assert keys == sorted(keys)


def test_unknown_values_in_the_address_are_dropped(adopted_plan: Plan, sign_in: object) -> None:
    asked = {"don_vi": "x", "ke_hoach": "-1", "tinh_trang": "?", "xep": "abc", "trang": "99", "ro": "thieu_9"}
    response = sign_in("an").get(URL, asked)
    assert response.status_code == 200 and len(shown(response)) == 5


def test_filters_are_chips_that_can_be_taken_off(many: Plan, sign_in: object) -> None:
    asked = {"tinh_trang": "open_overdue", "q": "viec", "xep": "ma"}
    response = sign_in("an").get(URL, asked)
    urls = {chip["label"]: chip["url"] for chip in response.context["register"].chips}
    assert urls == {"Tìm": "?tinh_trang=open_overdue&xep=ma", "Tình trạng": "?q=viec&xep=ma"}
    assert response.context["register"].clear_url == "?xep=ma"


def test_an_empty_list_says_which_filter_to_drop(many: Plan, sign_in: object) -> None:
    response = sign_in("an").get(URL, {"q": "gian hang", "tinh_trang": "done_late"})
    assert "Không có nhiệm vụ nào khớp cả 2 bộ lọc" in response.content.decode()
    words, url, left = response.context["register"].ways_out()
    assert (words, left) == ("Hoàn thành quá hạn", 1) and url == "?q=gian+hang"


def test_htmx_gets_the_part_that_changes(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get(URL, {"q": "gian", "don_vi": ""}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html and "gian hàng" in html and 'hx-swap-oob="innerHTML"' in html
    assert response["HX-Push-Url"] == "/nhiem-vu/?q=gian"
    again = sign_in("an").get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in again.content.decode()


def test_pages_hold_fifty(many: Plan, sign_in: object, agency_world: World) -> None:
    plan = many
    Task.objects.bulk_create(
        Task(
            agency=agency_world.agency, plan=plan, order=500 + i, ref=f"9.{i}", title=f"Thêm {i}", schedule_kind="event"
        )
        for i in range(20)
    )
    client = sign_in("an")
    first, second = client.get(URL), client.get(URL, {"trang": 2})
    assert len(shown(first)) == 50 and len(shown(second)) == 15
    assert not set(shown(first)) & set(shown(second))


@pytest.mark.parametrize("asked", [{}, {"tinh_trang": "open_overdue"}, {"q": "viec", "xep": "-ten"}])
def test_the_excel_file_holds_exactly_what_is_filtered(many: Plan, sign_in: object, asked: dict) -> None:
    client = sign_in("an")
    listed = shown(client.get(URL, asked))
    response = client.get(URL, {**asked, "tai": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    rows = list(book.active.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row[0] == "Mã")
    assert [row[0] for row in rows[head + 1 :]] == listed
    if asked.get("tinh_trang"):
        assert "Tình trạng: Chưa hoàn thành, quá hạn" in str(rows[1][0])
    due = rows[head].index("Hạn")
    assert all(row[due] is None or row[due].year >= 2025 for row in rows[head + 1 :])


def test_the_csv_file_holds_exactly_what_is_filtered(many: Plan, sign_in: object) -> None:
    client = sign_in("an")
    response = client.get(URL, {"tinh_trang": "open_overdue", "tai": "csv"})
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == shown(client.get(URL, {"tinh_trang": "open_overdue"}))


def test_the_word_file_holds_exactly_what_is_filtered(many: Plan, sign_in: object) -> None:
    import docx

    client = sign_in("an")
    response = client.get(URL, {"tinh_trang": "done_late", "tai": "docx"})
    paper = docx.Document(io.BytesIO(response.getvalue()))
    table = paper.tables[-1]
    assert [row.cells[0].text for row in table.rows][1:] == shown(client.get(URL, {"tinh_trang": "done_late"}))
    heads = [cell.text for cell in table.rows[0].cells]
    assert len(heads) <= 11 and {"Nhiệm vụ", "Chủ trì", "Hạn", "Tình trạng"} <= set(heads)


def test_a_column_of_the_word_file_is_never_too_narrow_for_a_date(many: Plan, sign_in: object) -> None:
    import docx

    paper = docx.Document(io.BytesIO(sign_in("an").get(URL, {"tai": "docx"}).getvalue()))
    widths = {cell.text: cell.width.mm for cell in paper.tables[-1].rows[0].cells}
    assert min(widths["Thời gian thực hiện"], widths["Hạn"]) >= 22
    assert sum(widths.values()) <= 263


def test_a_word_file_too_long_to_read_is_refused_with_a_way_out(
    many: Plan, sign_in: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sauro.web.listing.PAPER_ROWS", 10)
    response = sign_in("an").get(URL, {"tai": "docx"})
    assert response.status_code == 422 and "tải .xlsx" in response.content.decode()


def test_the_list_is_taken_away_as_pdf(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get(URL, {"tai": "pdf"})
    assert response["Content-Type"] == "application/pdf" and b"".join(response.streaming_content).startswith(b"%PDF-")


def test_nobody_sees_tasks_of_another_agency(adopted_plan: Plan, client: object) -> None:
    other = organization_elsewhere()
    client.force_login(other)
    response = client.get(URL, {"viec_con": "ca"})
    assert shown(response) == []
    assert client.get(f"{URL}{task_of(adopted_plan, '1.1').pk}/").status_code == 404
    assert len(list(csv.reader(io.StringIO(client.get(URL, {"tai": "csv"}).getvalue().decode())))) == 1


def organization_elsewhere() -> object:
    """A person of another agency."""
    from sauro.organization import services as organization

    agency = organization.make_agency("Sở Tài chính tỉnh Bình Lãng", code="STC")
    return organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None)


def test_strangers_are_sent_to_sign_in(client: object) -> None:
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("person", ["an", "binh", "chi", "giang"])
def test_a_list_asks_at_most_twelve_queries(
    many: Plan, client: object, agency_world: World, django_assert_max_num_queries: object, person: str
) -> None:
    client.force_login(agency_world.people[person])
    asked = {
        "ke_hoach": many.pk,
        "don_vi": Unit.objects.get(name=TRADE).pk,
        "vai_tro": "chu_tri",
        "tinh_trang": "open_overdue",
        "q": "viec",
    }
    with django_assert_max_num_queries(12):
        client.get(URL, asked)
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_a_slow_count_is_kept_only_while_nothing_changes(
    adopted_plan: Plan, agency_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sauro.plans.models.task import TaskQuerySet
    from sauro.web.tasks import counting

    monkeypatch.setattr(counting, "SLOW", -1)
    asked: list[int] = []
    plain = TaskQuerySet.four_cells
    monkeypatch.setattr(TaskQuerySet, "four_cells", lambda rows, on: asked.append(1) or plain(rows, on))
    rows = Task.objects.visible_to(agency_world.an)

    def count() -> int:
        return counting.kept_cells(rows, "everything", TODAY).total

    assert count() == count() == count() == 5
    assert len(asked) == 2
    task = task_of(adopted_plan, "1.2")
    monitoring.split(task, agency_world.binh, TODAY, title="Việc con", unit=agency_world.units[TRADE], due=task.due)
    assert count() == 6
