"""A large invented agency, the same for the same seed: what the benchmarks run on."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from sauro.demo.pour import next_id, pour
from sauro.documents.models import IssuedDocument
from sauro.ledger import services as ledger
from sauro.monitoring.models import Duty, Report
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Role, Unit
from sauro.plans.models import Plan, Product, Task, TaskGroup, TaskUnit
from sauro.plans.services.build import search_text
from sauro.vietnamese.text import fold, sort_key

NAME = "Bộ Thử nghiệm"
PASSWORD = "sauro-demo-2026"
UNITS, PEOPLE_PER_UNIT, TASKS_PER_PLAN, GROUPS_PER_PLAN = 60, 20, 200, 8
BATCH = 5_000

_VERBS = ("Rà soát", "Xây dựng", "Ban hành", "Hoàn thiện", "Triển khai", "Tổ chức", "Cập nhật", "Chuẩn hóa", "Kiểm tra",
          "Đánh giá", "Công bố", "Kết nối", "Số hóa", "Hướng dẫn", "Tham mưu", "Tổng hợp")  # fmt: skip
_OBJECTS = ("cơ sở dữ liệu", "quy trình nội bộ", "kế hoạch đào tạo", "danh mục dữ liệu mở", "quy chế phối hợp",
            "hệ thống thông tin", "báo cáo chuyên đề", "tiêu chuẩn kỹ thuật", "thủ tục hành chính", "chỉ tiêu thống kê",
            "đề án phát triển", "bộ tiêu chí", "hạ tầng dùng chung", "hồ sơ điện tử", "định mức kinh tế",
            "chương trình hành động")  # fmt: skip
_FIELDS = ("xuất nhập khẩu", "thương mại điện tử", "cụm công nghiệp", "an toàn thông tin", "năng lượng tái tạo",
           "thị trường trong nước", "hóa chất", "khuyến công", "cải cách hành chính", "phòng vệ thương mại",
           "quản lý chất lượng", "chuyển đổi số", "logistics", "điện lực", "hội nhập quốc tế",
           "công nghiệp hỗ trợ")  # fmt: skip
_SYLLABLES = ("an", "bình", "chí", "dũng", "đông", "giang", "hà", "hải", "hòa", "khánh", "lâm", "long", "minh", "nam",
              "ngọc", "phú", "quang", "sơn", "tân", "thái", "thịnh", "tiến", "trung", "tuấn", "vĩnh",
              "xuân")  # fmt: skip
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")

Progress = Callable[[str, int], None]


@dataclass(slots=True, frozen=True)
class Scale:
    """How much to make. `duties` and `reports`: in all, spread over the tasks."""

    tasks: int
    duties: int
    reports: int
    years: int = 5


def make_volume(scale: Scale, *, seed: int = 20260101, today: dt.date, progress: Progress | None = None) -> Agency:
    """Fill an agency with volume. Raises `ValueError` where it exists already. Same seed and day, same rows."""
    if Agency.objects.filter(name=NAME).exists():
        raise ValueError(f"{NAME} đã có trong cơ sở dữ liệu này. Dùng SAURO_DATA khác.")
    report = progress or (lambda _words, _rows: None)
    rng = random.Random(seed)
    with transaction.atomic():
        agency, units, people = _people(rng)
        plans = _plans(agency, scale, rng, today)
        for first in range(0, scale.tasks, BATCH):
            last = min(first + BATCH, scale.tasks)
            tasks = _tasks(agency, plans, units, people, range(first, last), scale, rng, today)
            met = _duties(agency, tasks, scale, rng, today)
            _reports(agency, tasks, met, scale, rng, today)
            report("tasks", last - first)
        ledger.record(None, "demo.volume.made", agency, tasks=scale.tasks, seed=seed)
    with connection.cursor() as cursor:
        # What PostgreSQL's own housekeeping does within minutes: statistics, and marks that spare it the rows behind
        # an index. It takes no part in a transaction.
        alone = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM ANALYZE" if alone else "ANALYZE")
    return agency


def _people(rng: random.Random) -> tuple[Agency, list[Unit], list[list[Person]]]:
    agency = organization.make_agency(NAME, short_name="Bộ Thử nghiệm", code="BTN", place="Hà Nội")
    organization.ensure_roles()
    roles = {r.code: r for r in Role.objects.all()}
    root = organization.root_of(agency)
    units = []
    for i in range(UNITS):
        name = f"{'Cục' if i % 2 else 'Vụ'} {_FIELDS[i % 16].capitalize()} {i + 1}"
        keys = {"folded": fold(name), "sort_key": sort_key(name)}
        units.append(Unit.objects.get(pk=root.pk).add_child(agency=agency, name=name, kind=Unit.Kind.UNIT, **keys))
    password = make_password(PASSWORD)
    rows = []
    for i, unit in enumerate(units):
        for j in range(PEOPLE_PER_UNIT):
            name = f"{rng.choice(_FAMILY)} {rng.choice(_SYLLABLES).capitalize()} {rng.choice(_SYLLABLES).capitalize()}"
            code = (
                "head" if j == 0 else "secretary" if (i, j) == (0, 1) else "leader" if (i, j) == (0, 2) else "officer"
            )
            post = Person.Post.HEAD if j == 0 else Person.Post.MEMBER
            rows.append(
                Person(
                    username=f"p{i:02}{j:02}",
                    password=password,
                    full_name=name,
                    unit=unit,
                    role=roles[code],
                    post=post,
                    sort_key=sort_key(name.split()[-1]),
                )
            )
    people = Person.objects.bulk_create(rows)
    return agency, units, [people[i * PEOPLE_PER_UNIT : (i + 1) * PEOPLE_PER_UNIT] for i in range(UNITS)]


def _plans(agency: Agency, scale: Scale, rng: random.Random, today: dt.date) -> list[tuple[Plan, list[TaskGroup]]]:
    plans = []
    for i in range(-(-scale.tasks // TASKS_PER_PLAN)):
        year = today.year - scale.years + 1 + i % scale.years
        number = f"{i + 1}/QĐ-BTN"
        title = f"Ban hành Kế hoạch {rng.choice(_OBJECTS)} {rng.choice(_FIELDS)} năm {year}"
        folded = search_text(number, title)
        document = IssuedDocument.objects.create(
            agency=agency,
            number=number,
            number_key=fold(number),
            type="Quyết định",
            issuer=NAME,
            issuer_key=fold(NAME),
            issued_on=dt.date(year, 1, 15),
            title=title,
            folded=folded,
        )
        plan = Plan.objects.create(
            agency=agency,
            document=document,
            number=number,
            title=title,
            folded=folded,
            sort_key=sort_key(title),
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
            authority="Bộ trưởng",
        )
        groups = TaskGroup.objects.bulk_create(
            TaskGroup(plan=plan, title=f"{g + 1} Về {_FIELDS[(i + g) % 16]}", order=g) for g in range(GROUPS_PER_PLAN)
        )
        plans.append((plan, groups))
    return plans


def _tasks(
    agency: Agency,
    plans: list[tuple[Plan, list[TaskGroup]]],
    units: list[Unit],
    people: list[list[Person]],
    numbers: range,
    scale: Scale,
    rng: random.Random,
    today: dt.date,
) -> list[Task]:
    rows = []
    for n in numbers:
        plan, groups = plans[n % len(plans)]
        # The first unit is as busy in a small agency as in a large one, so that its pages hold the same at every size.
        busy = n < 1_000 and n % 4 == 0
        at = 0 if busy else rng.randrange(UNITS)
        unit = units[at]
        place = f"{rng.choice(_SYLLABLES)} {rng.choice(_SYLLABLES)} {rng.choice(_SYLLABLES)}".title()
        title = f"{rng.choice(_VERBS)} {rng.choice(_OBJECTS)} về {rng.choice(_FIELDS)} tại {place} {n}"
        kind = "continuous" if rng.random() < 0.1 else "deadline"
        due = (
            dt.date(plan.starts_on.year, 1, 1) + dt.timedelta(days=rng.randrange(30, 365))
            if kind == "deadline"
            else None
        )
        done = None
        if due and rng.random() < ((0.6 if busy else 0.97) if due < today else 0.2):
            done = min(today, due + dt.timedelta(days=rng.choice((-20, -10, -3, 0, 0, 4, 15))))
        ref = f"{n % GROUPS_PER_PLAN + 1}.{n // len(plans) + 1}"
        rows.append(
            Task(
                agency=agency,
                plan=plan,
                group=groups[n % GROUPS_PER_PLAN],
                order=n // len(plans),
                ref=ref,
                title=title,
                folded=search_text(ref, title),
                lead_unit=unit,
                lead_path=unit.path,
                schedule_kind=kind,
                due=due,
                schedule_text=f"{due:%d/%m/%Y}" if due else "Thường xuyên",
                accountable=people[0][0] if busy and n % 8 == 0 else rng.choice(people[at]),
                given_on=plan.starts_on,
                completed_on=done,
                progress=100 if done else rng.randrange(0, 96, 5),
                clears="111111",
                clear_count=6,
            )
        )
    tasks = Task.objects.bulk_create(rows, batch_size=500)
    parts = []
    for task in tasks:
        parts.append((task, units[rng.randrange(UNITS)]))
    pour(
        TaskUnit,
        ("task_id", "unit_id", "name", "path", "role", "order"),
        (
            (t.pk, u.pk, u.name, u.path, str(role), 0)
            for t, other in parts
            for role, u in ((TaskUnit.Role.LEAD, t.lead_unit), (TaskUnit.Role.COORDINATING, other))
            if u
        ),
    )
    pour(Product, ("task_id", "order", "text"), ((t.pk, 0, "Báo cáo kết quả") for t in tasks))
    return tasks


def _spread(total: int, tasks: int, rng: random.Random) -> int:
    whole, part = divmod(total, tasks)
    return whole + (rng.random() < part / tasks)


def _duties(
    agency: Agency, tasks: list[Task], scale: Scale, rng: random.Random, today: dt.date
) -> dict[int, list[tuple[int, dt.date]]]:
    """Makes the duties; returns id and due day of those that were met, by task: a report answers each at most once."""
    met: dict[int, list[tuple[int, dt.date]]] = {}
    number = count(next_id(Duty))

    def rows() -> Iterator[tuple[Any, ...]]:
        for task in tasks:
            of_task = met[task.pk] = []
            for k in range(_spread(scale.duties, scale.tasks, rng)):
                year = task.plan.starts_on.year + k // 12
                finish = k == 0 and task.due is not None
                due = task.due if finish and task.due else dt.date(year, k % 12 + 1, 20)
                met_on = task.completed_on if k == 0 else (due if due < today and rng.random() < 0.99 else None)
                pk = next(number)
                if met_on:
                    of_task.append((pk, due))
                yield (
                    pk, agency.pk, task.plan_id, task.pk, str(Duty.Kind.FINISH if finish else Duty.Kind.REPORT),
                    task.lead_unit_id, task.lead_path, task.accountable_id,
                    "" if finish else f"{year}-{k % 12 + 1:02}", task.title, due, due,
                    str(Duty.State.MET if met_on else Duty.State.OPEN), met_on,
                )  # fmt: skip

    names = (
        "id", "agency_id", "plan_id", "task_id", "kind", "unit_id", "unit_path", "person_id", "period", "title",
        "nominal_due", "due", "state", "met_on",
    )  # fmt: skip
    pour(Duty, names, rows())
    return met


def _reports(
    agency: Agency,
    tasks: list[Task],
    met: dict[int, list[tuple[int, dt.date]]],
    scale: Scale,
    rng: random.Random,
    today: dt.date,
) -> None:
    """Makes the reports: each answers a duty that was met, on its due day, while there is one."""
    nine = dt.time(9, tzinfo=timezone.get_default_timezone())
    now = dt.datetime.combine(today, nine)

    def rows() -> Iterator[tuple[Any, ...]]:
        for task in tasks:
            answered = met[task.pk]
            for k in range(_spread(scale.reports, scale.tasks, rng)):
                duty, day = answered[k] if k < len(answered) else (None, today)
                at = dt.datetime.combine(min(day, today), nine)
                yield (
                    agency.pk, task.pk, duty, task.lead_unit_id, task.accountable_id, str(Report.State.ACCEPTED),
                    min(100, k * 10), f"Kết quả kỳ {k + 1}: {task.title}", now, at, at,
                )  # fmt: skip

    names = (
        "agency_id", "task_id", "duty_id", "unit_id", "author_id", "state", "progress", "done_text", "changed_at",
        "submitted_at", "accepted_at",
    )  # fmt: skip
    pour(Report, names, rows())
