"""The register of tasks: its filters, its orders, and what is taken away."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from sauro.monitoring.models import HANDED_IN, Evidence
from sauro.monitoring.services.works import budget_totals
from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.plans.clears import CLEARS
from sauro.plans.models import Plan, Product, Task, TaskGroup
from sauro.plans.models.task import TaskQuerySet
from sauro.plans.standing import Cell
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.cells import LABELS
from sauro.web.request import Request
from sauro.web.tasks.rows import parts_of
from sauro.writing import Column

PLANS_SHOWN = 30
TAKEN_AT_ONCE = 500
LISTED = ("pk", "ref", "title", "due", "original_due", "schedule_kind", "event", "recurs", "progress", "completed_on",
          "clears", "accountable__full_name", "plan__number")  # fmt: skip
# The states and windows that a range of due days answers from the index of the open tasks.
OF_OPEN = {"tinh_trang": ("open_overdue", "open_in_time"), "han": ("qua_han", "7", "30")}


def task_register(request: Request, on: dt.date) -> Register:
    """The register that the request asks for, of the tasks that the person may see."""
    asked, person = request.GET, request.user
    rows = Task.objects.visible_to(person).in_force()
    if asked.get("viec_con", "") not in ("ca", "chi"):
        rows = rows.of_the_plan()
    units = unit_choices(person.agency_id)
    unit = next((u for u, _words in units if str(u.pk) == asked.get("don_vi")), None)
    of_open = any(asked.get(name) in values for name, values in OF_OPEN.items())
    plans = plan_choices(person, asked.get("ke_hoach", ""))
    plan = asked.get("ke_hoach", "")
    groups = (
        TaskGroup.objects.filter(plan_id=plan, plan__agency_id=person.agency_id)
        if any(plan == value for value, _words in plans)
        else ()
    )
    filters = [
        Filter("ke_hoach", _("Kế hoạch"), plans, lambda r, v: r.filter(plan_id=v), _("Mọi kế hoạch")),
        Filter(
            "nhom",
            _("Nhóm"),
            [(str(g.pk), g.title) for g in groups],
            lambda r, v: r.filter(group_id=v),
            _("Mọi nhóm"),
        ),
        Filter(
            "don_vi",
            _("Đơn vị"),
            [(str(u.pk), words) for u, words in units],
            partial(_of_unit, unit=unit, role=asked.get("vai_tro", ""), of_open=of_open),
            _("Mọi đơn vị"),
        ),
        Filter(
            "vai_tro",
            _("Vai trò"),
            [("chu_tri", _("Chủ trì")), ("phoi_hop", _("Phối hợp"))] if unit else [],
            # Applied with the unit, which it says more of.
            lambda r, v: r,
            _("Mọi vai trò"),
        ),
        Filter("tinh_trang", _("Tình trạng"), state_choices(), partial(_in_state, on=on), _("Mọi tình trạng")),
        Filter("han", _("Hạn"), due_choices(), partial(_due_within, on=on), _("Mọi hạn")),
        Filter("ro", _("06 rõ"), clear_choices(), _clear, _("Đủ và thiếu")),
        Filter(
            "nguoi",
            _("Chịu trách nhiệm"),
            person_choices(person, unit),
            partial(_answered, me=person),
            _("Mọi người"),
        ),
        Filter("minh_chung", _("Minh chứng sản phẩm"), proof_choices(), _proof, _("Mọi minh chứng")),
        Filter(
            "viec_con",
            _("Việc con"),
            [("ca", _("Kể cả việc con")), ("chi", _("Chỉ việc con"))],
            lambda r, v: r.exclude(parent=None) if v == "chi" else r,
            _("Không kể việc con"),
        ),
    ]
    return Register(
        request,
        rows,
        filters=filters,
        sorts=[
            Sort("han", _("hạn, việc chưa xong trước"), ("closed", "due_key", "pk"), ("-closed", "-due_key", "-pk")),
            Sort("ma", _("mã"), ("ref_key", "pk"), ("-ref_key", "-pk")),
            Sort("ten", _("nội dung"), ("title_key", "pk"), ("-title_key", "-pk")),
            Sort("tien_do", _("tiến độ"), ("progress", "pk"), ("-progress", "-pk")),
        ],
        columns=taken_columns(on),
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm trong nhiệm vụ"),
        dress=listed,
        dress_taken=taken_tasks,
    )


def listed(rows: TaskQuerySet) -> Any:
    """What a row of the register shows, as plain columns of one query: making objects of them takes longer."""
    return rows.values_list(*LISTED, named=True)


@dataclass(slots=True, frozen=True)
class TakenTask:
    """One line of the file."""

    row: Any
    leads: tuple[str, ...]
    others: tuple[str, ...]
    products: list[str]
    money: tuple[Decimal | None, Decimal | None] = (None, None)


def taken_tasks(rows: TaskQuerySet) -> Iterator[TakenTask]:
    """The lines of the file, some hundreds at a time: plain columns, for a hundred thousand objects would take long."""
    columns = ("pk", "ref", "title", "schedule_text", "due", "completed_on", "progress", "clears", "plan__number",
               "group__title", "accountable__full_name")  # fmt: skip
    lines = rows.values_list(*columns, named=True).iterator(chunk_size=TAKEN_AT_ONCE)
    while batch := list(islice(lines, TAKEN_AT_ONCE)):
        ids = [row.pk for row in batch]
        parts, products = parts_of(ids), defaultdict(list)
        for task_id, text in Product.objects.filter(task__in=ids).order_by("order").values_list("task_id", "text"):
            products[task_id].append(text)
        money = budget_totals(ids, "id")
        for row in batch:
            yield TakenTask(row, *parts.get(row.pk, ((), ())), products[row.pk], money.get(row.pk, (None, None)))


def state_choices() -> list[tuple[str, Any]]:
    """The four cells, and what of the third has no date."""
    return [*LABELS.items(), ("continuous", _("Trong đó không có ngày hạn"))]


def _in_state(rows: TaskQuerySet, value: str, *, on: dt.date) -> TaskQuerySet:
    return rows.open_in_time(on) if value == "open_in_time" else rows.in_cell(Cell(value), on)


def due_choices() -> list[tuple[str, str]]:
    """Windows of the due day."""
    return [
        ("qua_han", _("Đã quá hạn")),
        ("7", _("Trong 7 ngày tới")),
        ("30", _("Trong 30 ngày tới")),
        ("quy", _("Trong quý này")),
        ("nam", _("Trong năm nay")),
        ("khong", _("Không có ngày hạn")),
    ]


def window(value: str, on: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of a window: `7`, `30` days from `on`, this quarter `quy`, this year `nam`."""
    if value == "nam":
        return dt.date(on.year, 1, 1), dt.date(on.year, 12, 31)
    if value == "quy":
        last = (on.month + 2) // 3 * 3
        return dt.date(on.year, last - 2, 1), dt.date(on.year, last, calendar.monthrange(on.year, last)[1])
    return on, on + dt.timedelta(days=int(value))


def _due_within(rows: TaskQuerySet, value: str, *, on: dt.date) -> TaskQuerySet:
    if value == "qua_han":
        return rows.overdue(on)
    if value == "khong":
        return rows.filter(due=None)
    first, last = window(value, on)
    rows = rows.filter(due_key__range=(first, last))
    return rows.filter(closed__in=(False,)) if value in ("7", "30") else rows


def clear_choices() -> list[tuple[str, str]]:
    """All six, some missing, and each of the six that may be."""
    which = [(f"thieu_{n}", _("Chưa rõ %(what)s") % {"what": name}) for n, name in enumerate(CLEARS, 1)]
    return [("du", _("Đủ 6/6")), ("thieu", _("Còn thiếu")), *which]


def _clear(rows: TaskQuerySet, value: str) -> TaskQuerySet:
    if value == "du":
        return rows.filter(clear_count=6)
    rows = rows.filter(clear_count__lt=6)
    return rows if value == "thieu" else rows.alias(dot=Substr("clears", int(value[-1]), 1)).exclude(dot="1")


def proof_choices() -> list[tuple[str, str]]:
    """How far what tasks promise is proved."""
    return [
        ("chua", _("Đã xong, chưa chứng minh")),
        ("cho", _("Chờ đối chiếu")),
        ("khong_khop", _("Có minh chứng không khớp")),
    ]


def _proof(rows: TaskQuerySet, value: str) -> TaskQuerySet:
    here = Evidence.objects.current().filter(task=OuterRef("pk"), report__state__in=HANDED_IN)
    if value == "chua":
        bare = Product.objects.filter(task=OuterRef("pk")).exclude(
            Exists(Evidence.objects.proving().filter(product=OuterRef("pk")))
        )
        return rows.filter(Exists(bare), closed__in=(True,))
    wanted = Evidence.Check.WAITING if value == "cho" else Evidence.Check.REFUSED
    return rows.filter(Exists(here.filter(crosscheck=wanted, file__isnull=False)))


def _of_unit(rows: TaskQuerySet, value: str, *, unit: Unit | None, role: str, of_open: bool) -> TaskQuerySet:
    if unit is None:
        return rows
    narrow: dict[str, Callable[[Unit], TaskQuerySet]] = {"chu_tri": rows.led_by, "phoi_hop": rows.coordinated_by}
    return narrow.get(role, partial(rows.involving, few=of_open))(unit)


def _answered(rows: TaskQuerySet, value: str, *, me: Person) -> TaskQuerySet:
    if value == "chua":
        return rows.filter(accountable=None)
    return rows.filter(accountable_id=me.pk if value == "toi" else int(value))


def plan_choices(person: Person, chosen: str) -> list[tuple[str, str]]:
    """The newest plans, and the one chosen where it is older."""
    known = Plan.objects.visible_to(person).only("number", "title")
    newest = list(known[:PLANS_SHOWN])
    if chosen.isdecimal() and len(newest) == PLANS_SHOWN and all(str(p.pk) != chosen for p in newest):
        newest += list(known.filter(pk=chosen))
    return [(str(p.pk), p.number or p.title) for p in newest]


def unit_choices(agency_id: int) -> list[tuple[Unit, str]]:
    """Units as a tree, in Vietnamese order among those of one parent; each with its name, led by blanks by depth."""
    units = Unit.objects.filter(agency_id=agency_id, is_active=True).only("path", "depth", "name", "sort_key", "kind")
    below: dict[str, list[Unit]] = {}
    known = {u.path for u in units}
    for u in units:
        parent = u.path[: -Unit.steplen]
        below.setdefault(parent if parent in known else "", []).append(u)
    return list(_tree(below, "", 0))


_KIND_ORDER = {"organisation": 0, "unit": 0, "role": 1, "collective": 2, "external": 3}


def _tree(below: dict[str, list[Unit]], path: str, depth: int) -> Iterable[tuple[Unit, str]]:
    for u in sorted(below.get(path, ()), key=lambda u: (_KIND_ORDER[u.kind], u.sort_key)):
        yield u, "\u2003" * depth + u.name
        yield from _tree(below, u.path, depth + 1)


def person_choices(me: Person, unit: Unit | None) -> list[tuple[str, str]]:
    """The person themself, nobody, and the people of the unit that is chosen."""
    people: list[tuple[str, str]] = [("toi", _("Tôi")), ("chua", _("Chưa giao ai"))]
    if unit:
        rows = Person.objects.filter(under("unit__path", unit.path), is_active=True)
        people += [(str(pk), name) for pk, name in rows.values_list("pk", "full_name")[:300]]
    return people


def state_words() -> dict[Cell, str]:
    """Where a task may stand, in the words of State reports."""
    return {cell: str(LABELS["open_in_time" if cell is Cell.CONTINUOUS else cell.value]) for cell in Cell}


def taken_columns(on: dt.date) -> list[Taken]:
    """What is taken away of a task, from a `TakenTask`."""
    states = state_words()
    return [
        Taken(Column(_("Mã"), 8), lambda t: t.row.ref),
        Taken(Column(_("Nhiệm vụ"), 44), lambda t: t.row.title),
        Taken(Column(_("Kế hoạch"), 14), lambda t: t.row.plan__number),
        Taken(Column(_("Nhóm"), 20), lambda t: t.row.group__title, on_paper=False),
        Taken(Column(_("Chủ trì"), 24), lambda t: t.leads),
        Taken(Column(_("Phối hợp"), 34), lambda t: t.others),
        Taken(Column(_("Chịu trách nhiệm"), 18), lambda t: t.row.accountable__full_name),
        Taken(Column(_("Sản phẩm"), 28), lambda t: t.products),
        Taken(Column(_("Thời gian thực hiện"), 18), lambda t: t.row.schedule_text),
        Taken(Column(_("Hạn"), 12, "date"), lambda t: t.row.due),
        Taken(Column(_("Ngày hoàn thành"), 12, "date"), lambda t: t.row.completed_on, on_paper=False),
        Taken(
            Column(_("Tình trạng"), 22),
            lambda t: states[Cell.of(due=t.row.due, completed_on=t.row.completed_on, on=on)],
        ),
        Taken(Column(_("Tiến độ"), 9, "percent"), lambda t: t.row.progress),
        Taken(Column(_("06 rõ"), 8), lambda t: f"{t.row.clears.count('1')}/6", on_paper=False),
        Taken(Column(_("Đăng ký, triệu đồng"), 12, "number"), lambda t: t.money[0], on_paper=False),
        Taken(Column(_("Giải ngân, triệu đồng"), 12, "number"), lambda t: t.money[1], on_paper=False),
    ]
