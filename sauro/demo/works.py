"""A large task of the demonstration agency with its components, milestones, money and KPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from sauro.monitoring.models import Duty
from sauro.monitoring.services import meet_duty, works
from sauro.organization.models import Person
from sauro.plans.models import Plan, Task

# Quarter, registered, disbursed, in million đồng.
BUDGET = [("Q1", "120.5", "96.2"), ("Q2", "310", "301.4"), ("Q3", "240", "187.75"), ("Q4", "180", "0")]


def work_events(
    plans: list[Plan], people: Mapping[str, Person], year: int
) -> Iterator[tuple[dt.date, int, Callable[[], object]]]:
    """What is filled in, day by day, of one task of the first plan that has one due in December."""
    chi = people["chi"]
    for plan in plans:
        late = plan.tasks.filter(due__gte=dt.date(year, 12, 1), due__lte=dt.date(year, 12, 31), parent=None)
        task = late.order_by("-due", "order").first()
        if task is None or task.due is None:
            continue
        before = plan.tasks.filter(due__lt=task.due).exclude(pk=task.pk).order_by("-due", "order").first()
        yield dt.date(year, 3, 2), 500, _described(task, chi, year, people["trang"])
        if before:
            yield dt.date(year, 3, 2), 501, _waiting(task, before, chi)
        for day, number in ((dt.date(year, 3, 27), 1), (dt.date(year, 7, 3), 2)):
            yield day, 504, _milestone(task, number, people, day)
        yield dt.date(year, 10, 5), 502, _paid(task, chi, year)
        yield dt.date(year, 10, 5), 503, _reached(task, chi, dt.date(year, 10, 5))
        return


def _described(task: Task, actor: Person, year: int, receiver: Person) -> Callable[[], object]:
    days = [(3, 30, "Phê duyệt phương án"), (6, 30, "Chạy thử"), (9, 30, "Vận hành thử toàn ngành")]
    given = {
        "initiative": "Đưa dữ liệu công thương của tỉnh về một nơi, dùng chung",
        "problem": "Mỗi đơn vị giữ một bảng riêng, số liệu lệch nhau, tổng hợp mất nhiều ngày",
        "product": task.title,
        "measures": "Làm theo từng quý: chuẩn hóa, chạy thử, vận hành, bàn giao",
        "receiving_unit": receiver.unit,
        "milestones": [(dt.date(year, month, day), text) for month, day, text in days],
    }
    return lambda: works.describe_large_task(task, actor, dt.date(year, 3, 2), given)


def _milestone(task: Task, number: int, people: Mapping[str, Person], day: dt.date) -> Callable[[], object]:
    """The first in time, the second three days late; of the third nothing was said."""

    def act() -> None:
        duty = Duty.objects.filter(task=task, kind=Duty.Kind.MILESTONE, unit_path=task.lead_path).order_by("due")[
            number - 1
        ]
        head = next(p for p in people.values() if p.unit_id == duty.unit_id and p.post == Person.Post.HEAD)
        meet_duty(duty, head, day, note=duty.title)

    return act


def _waiting(task: Task, before: Task, actor: Person) -> Callable[[], object]:
    return lambda: works.add_dependency(task, before, actor)


def _paid(task: Task, actor: Person, year: int) -> Callable[[], object]:
    rows = [
        works.Money(f"{year}-{quarter}", "Ngân sách tỉnh", Decimal(registered), Decimal(disbursed))
        for quarter, registered, disbursed in BUDGET
    ]
    return lambda: works.save_budget(task, actor, rows)


def _reached(task: Task, actor: Person, day: dt.date) -> Callable[[], object]:
    rows = [
        works.Kpi("Đơn vị dùng chung dữ liệu", "đơn vị", Decimal(12), Decimal(9)),
        works.Kpi("Số liệu được đối chiếu", "%", Decimal(100), Decimal("82.5")),
    ]
    return lambda: works.save_measures(task, actor, day, rows)
