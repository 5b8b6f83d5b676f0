"""What a plan orders one or more units to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy

from sauro.organization.models import Agency, Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, reach, within
from sauro.plans import search
from sauro.plans.clears import SixClears
from sauro.plans.models.plan import Plan, TaskGroup
from sauro.plans.standing import Cell, FourCells
from sauro.vietnamese.text import sort_key

RECURS = {
    "month": gettext_lazy("hằng tháng"),
    "quarter": gettext_lazy("hằng quý"),
    "half": gettext_lazy("6 tháng một lần"),
    "year": gettext_lazy("hằng năm"),
}
_NUMBERS = re.compile(r"\d+")
NEVER = dt.date(9999, 12, 31)


def occasion(event: str, recurs: str) -> str:
    """What stands where a task has no date: on which event, or how often."""
    return event or str(RECURS.get(recurs, ""))


class TaskQuerySet(models.QuerySet["Task"]):
    """Ways of asking for tasks. `on` is always the day on which the question is asked."""

    def visible_to(self, person: Person) -> TaskQuerySet:
        """Tasks of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def changeable_by(self, person: Person, capability: Capability) -> TaskQuerySet:
        """Tasks that the person may use the capability on, through the lead unit."""
        return self.filter(within(person, capability, agency="agency_id", path="lead_path"))

    def in_force(self) -> TaskQuerySet:
        """Tasks that no revision has ended."""
        return self.filter(ended_in=None)

    def of_the_plan(self) -> TaskQuerySet:
        """Tasks that the document itself orders, without the sub-tasks that units made."""
        return self.filter(parent=None)

    def led_by(self, unit: Unit) -> TaskQuerySet:
        """Tasks whose first lead unit is the unit or lies under it."""
        return self.filter(under("lead_path", unit.path))

    def coordinated_by(self, unit: Unit) -> TaskQuerySet:
        """Tasks in which the unit, or one under it, coordinates or leads beside the first."""
        return self.involving(unit).exclude(under("lead_path", unit.path))

    def involving(self, unit: Unit, *, few: bool = False) -> TaskQuerySet:
        """Tasks in which the unit, or one under it, has any part.

        A set of the unit's parts, found once through their index: asking each task of a large agency for its parts
        costs far more. `few`: another filter, answered by an index in the order of the due days, leaves few of the
        agency's tasks; then SQLite walks those and looks each up in the set. With the bare id it would fetch the whole
        set's tasks one by one.
        """
        parts = TaskUnit.objects.filter(under("path", unit.path)).values("task")
        if few:
            return self.alias(number=F("pk") + 0).filter(number__in=parts)
        return self.filter(pk__in=parts)

    def matching(self, words: str) -> TaskQuerySet:
        """Tasks whose number and title hold every one of the words, with or without diacritics.

        The last word may be the beginning of one, so that a list can follow the typing.
        """
        return self.filter(search.condition(words)) if words.strip() else self.all()

    def newest_matching(self, words: str, person: Person, *, limit: int = 50) -> list[Task]:
        """The newest tasks in force that the person may see and that hold all the words; exact marks come first.

        With each come `plan_number` and `lead_name`. One query, as quick among many tasks as among few.
        """
        if not reach(person, Capability.VIEW) or not search.query(words):
            return []
        sql, params = search.hits(words, person.agency_id, limit=limit)
        found: dict[int, Any] = {task.pk: task for task in self.raw(sql, params)}
        return list(found.values())[:limit]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, with the keys for search and order filled in."""
        rows = list(objs)
        for row in rows:
            row.fill_keys()
        return super().bulk_create(rows, *args, **kwargs)

    def in_cell(self, cell: Cell, on: dt.date) -> TaskQuerySet:
        """Tasks that stand in one of the four cells, or have no date, on the day."""
        return self.filter(_cell_conditions(on)[cell])

    def open_in_time(self, on: dt.date) -> TaskQuerySet:
        """The third of the four cells: open and not late, tasks without a date among them."""
        return self.filter(_OPEN, due_key__gte=on)

    def overdue(self, on: dt.date) -> TaskQuerySet:
        """Open tasks whose last day has passed."""
        return self.in_cell(Cell.OPEN_OVERDUE, on)

    def four_cells(self, on: dt.date) -> FourCells:
        """How many of these tasks stand in each cell, in one query."""
        conditions = _cell_conditions(on)
        row = self.order_by().aggregate(
            **{cell.value: models.Count("pk", filter=condition) for cell, condition in conditions.items()}
        )
        return FourCells(**row)

    def four_cells_by(self, field: str, on: dt.date) -> dict[Any, FourCells]:
        """The counts for each value of `field`, in one query."""
        conditions = _cell_conditions(on)
        rows = (
            self.order_by()
            .values(field)
            .annotate(**{cell.value: models.Count("pk", filter=condition) for cell, condition in conditions.items()})
        )
        return {row.pop(field): FourCells(**row) for row in rows}

    def most_pressing_first(self) -> TaskQuerySet:
        """Open before done, then by due date, tasks without a date last."""
        return self.order_by("closed", "due_key", "pk")


# Not `closed=False`, which becomes NOT closed: SQLite finds no index for that.
_OPEN = Q(closed__in=(False,))


def _cell_conditions(on: dt.date) -> dict[Cell, Q]:
    # Through `closed` and `due_key`, where no date is the last day of all, so that each is a range of one index.
    done, still_open = Q(closed__in=(True,)), _OPEN
    return {
        Cell.DONE_ON_TIME: done & Q(completed_on__lte=F("due_key")),
        Cell.DONE_LATE: done & Q(completed_on__gt=F("due_key")),
        Cell.OPEN_IN_TIME: still_open & Q(due_key__gte=on, due_key__lt=NEVER),
        Cell.OPEN_OVERDUE: still_open & Q(due_key__lt=on),
        Cell.CONTINUOUS: still_open & Q(due_key=NEVER),
    }


class Task(models.Model):
    """One thing to be done, by whom, when, with what to show for it.

    `due` is the last day, inclusive; only a schedule of the kind `deadline` has one. `lead_path` repeats the first lead
    unit's path, so that permission and lists are filters of this table alone.
    """

    class ScheduleKind(models.TextChoices):
        DEADLINE = "deadline", gettext_lazy("Có hạn")
        RECURRING = "recurring", gettext_lazy("Định kỳ")
        CONTINUOUS = "continuous", gettext_lazy("Thường xuyên")
        EVENT = "event", gettext_lazy("Khi có sự kiện")
        UNKNOWN = "unknown", gettext_lazy("Chưa rõ")

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", help_text="Kế hoạch.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="Nhiệm vụ mẹ, khi là việc con.",
    )
    group = models.ForeignKey(TaskGroup, models.PROTECT, null=True, blank=True, related_name="tasks", help_text="Nhóm.")
    order = models.PositiveIntegerField(help_text="Thứ tự trong kế hoạch.")
    ref = models.CharField(max_length=40, blank=True, help_text="Số thứ tự ghi trong văn bản.")
    title = models.TextField(help_text="Nội dung nhiệm vụ.")
    exact = models.TextField(blank=True, help_text="Mã, nội dung có dấu, chỉ còn chữ và số, để tìm.")
    folded = models.TextField(help_text="Mã, nội dung bỏ dấu, để tìm.")
    title_key = models.CharField(max_length=600, blank=True, help_text="Khóa xếp theo nội dung.")
    ref_key = models.CharField(max_length=200, blank=True, help_text="Khóa xếp theo mã: 1.2 trước 1.10.")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_tasks", help_text="Đơn vị chủ trì thứ nhất."
    )
    lead_path = models.CharField(max_length=255, blank=True, help_text="Đường dẫn của đơn vị chủ trì thứ nhất.")
    responsible_text = models.TextField(blank=True, help_text="Nguyên văn phần phân công.")
    accountable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        help_text="Người chịu trách nhiệm.",
    )
    schedule_kind = models.CharField(max_length=10, choices=ScheduleKind, help_text="Loại thời gian thực hiện.")
    schedule_text = models.TextField(blank=True, help_text="Thời gian thực hiện theo văn bản.")
    starts_on = models.DateField(null=True, blank=True, help_text="Ngày bắt đầu.")
    due = models.DateField(null=True, blank=True, help_text="Ngày cuối phải xong.")
    original_due = models.DateField(null=True, blank=True, help_text="Hạn ban đầu, khi hạn đã được điều chỉnh.")
    recurs = models.CharField(max_length=8, blank=True, help_text="Kỳ lặp: month, quarter, half, year.")
    event = models.CharField(max_length=500, blank=True, help_text="Sự kiện làm phát sinh việc.")
    measurement = models.TextField(blank=True, help_text="Phương pháp đo lường.")
    report_frequency = models.CharField(max_length=500, blank=True, help_text="Tần suất báo cáo.")
    records = models.TextField(blank=True, help_text="Hồ sơ cần lưu.")
    origin = models.TextField(blank=True, help_text="Nguồn giao nhiệm vụ.")
    authority = models.CharField(max_length=500, blank=True, help_text="Cấp phê duyệt kết quả.")
    note = models.TextField(blank=True, help_text="Ghi chú.")
    ordered_here = models.BooleanField(
        default=False, help_text="Giao thêm trong khi thực hiện, không nằm trong văn bản của kế hoạch."
    )
    source = models.JSONField(default=dict, help_text="Chỗ đọc ra trong văn bản gốc.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="Tiến độ theo báo cáo gần nhất, phần trăm.")
    completed_on = models.DateField(null=True, blank=True, help_text="Ngày hoàn thành.")
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Người xác nhận hoàn thành.",
    )
    given_on = models.DateField(default=timezone.localdate, help_text="Ngày nhiệm vụ vào kế hoạch.")
    ended_in = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Lần sửa đổi đã bỏ nhiệm vụ này.")
    ended_on = models.DateField(null=True, blank=True, help_text="Ngày nhiệm vụ bị bỏ.")
    clears = models.CharField(max_length=6, default="000000", help_text="Sáu rõ: 1 rõ, 0 chưa rõ, 2 chờ xác nhận.")
    clear_count = models.PositiveSmallIntegerField(default=0, help_text="Số điều đã rõ.")
    due_key = models.GeneratedField(
        expression=Coalesce("due", Value(NEVER, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    closed = models.GeneratedField(
        expression=Case(When(completed_on__isnull=True, then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="task_progress_percent"),
            models.CheckConstraint(condition=Q(clear_count__lte=6), name="task_six_clears"),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(starts_on__isnull=True) | Q(due__gte=F("starts_on")),
                name="task_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_in__isnull=True, ended_on__isnull=True)
                | Q(ended_in__isnull=False, ended_on__isnull=False),
                name="task_ended_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(schedule_kind="deadline") | Q(due__isnull=False), name="task_deadline_has_a_day"
            ),
        ]
        indexes = [
            # With all that lists filter and count by, so that the four cells are counted from the index alone.
            models.Index(
                fields=["agency", "closed", "due_key", "id", "completed_on", "parent", "lead_path"],
                condition=Q(ended_in=None),
                name="task_by_due",
            ),
            models.Index(
                fields=["agency", "lead_path", "closed", "due_key", "id", "completed_on", "parent"],
                condition=Q(ended_in=None),
                name="task_by_unit",
            ),
            # In the order of the plans, so that an agency's tasks are counted plan by plan without fetching one.
            models.Index(
                fields=["agency", "plan", "lead_path", "closed", "due_key", "id", "completed_on", "parent"],
                condition=Q(ended_in=None),
                name="task_by_standing",
            ),
            # What was finished in a week is few of all that ever was.
            models.Index(
                fields=["agency", "completed_on", "due_key", "closed", "parent", "id"],
                condition=Q(ended_in=None, completed_on__isnull=False),
                name="task_by_completion",
            ),
            models.Index(fields=["plan", "order", "id"], name="task_by_plan"),
            models.Index(fields=["accountable", "closed", "due_key"], name="task_by_person"),
            models.Index(fields=["agency", "title_key", "id"], name="task_by_title"),
            models.Index(fields=["agency", "ref_key", "id"], name="task_by_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}".strip()

    def fill_keys(self) -> None:
        """Work out what search and order go by; saving does it by itself."""
        self.exact = search.exact_text(self.ref, self.title)
        self.folded = search.search_text(self.ref, self.title)
        self.title_key = sort_key(self.title)[:600]
        self.ref_key = sort_key(_NUMBERS.sub(lambda m: m[0].zfill(6), self.ref))[:200]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, with the keys for search and order filled in."""
        fields = kwargs.get("update_fields")
        if fields is None or {"title", "ref"} & set(fields):
            self.fill_keys()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "exact", "folded", "title_key", "ref_key"}
        super().save(*args, **kwargs)

    def unit_paths(self) -> list[str]:
        """The lead units answer for a task."""
        return [self.lead_path] if self.lead_path else []

    def cell(self, on: dt.date) -> Cell:
        """Where the task stands on the day."""
        return Cell.of(due=self.due, completed_on=self.completed_on, on=on)

    @property
    def occasion(self) -> str:
        """Without a date: on which event, or how often."""
        return occasion(self.event, self.recurs)

    @property
    def lead_names(self) -> list[str]:
        """Names of the lead units, in the document's order; from `task_units` as fetched."""
        return [part.label for part in self.task_units.all() if part.role == TaskUnit.Role.LEAD]

    @property
    def coordinating_names(self) -> list[str]:
        """Names of the coordinating units, in the document's order; from `task_units` as fetched."""
        return [part.label for part in self.task_units.all() if part.role == TaskUnit.Role.COORDINATING]

    @property
    def six_clears(self) -> SixClears:
        """Which of the six are clear, and what is missing in words."""
        return SixClears(self.clears)


class TaskUnit(models.Model):
    """A unit's part in a task. The name as the document wrote it stays where the register has no such unit."""

    class Role(models.TextChoices):
        LEAD = "lead", gettext_lazy("Chủ trì")
        COORDINATING = "coordinating", gettext_lazy("Phối hợp")

    task = models.ForeignKey(Task, models.CASCADE, related_name="task_units", help_text="Nhiệm vụ.")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="task_parts", help_text="Đơn vị trong danh bạ."
    )
    name = models.CharField(max_length=500, help_text="Tên theo văn bản.")
    role = models.CharField(max_length=12, choices=Role, help_text="Vai trò.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    path = models.CharField(max_length=255, blank=True, help_text="Đường dẫn của đơn vị.")
    share = models.TextField(blank=True, help_text="Phần việc.")

    class Meta:
        ordering = ["task", "role", "order"]
        constraints = [models.UniqueConstraint(fields=["task", "role", "order"], name="task_unit_once")]
        indexes = [models.Index(fields=["path", "task"], name="task_unit_by_path")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The unit's name in the register, else as written."""
        return self.unit.name if self.unit else self.name


class Product(models.Model):
    """What a task must yield."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="products", help_text="Nhiệm vụ.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    text = models.TextField(help_text="Sản phẩm, kết quả.")

    class Meta:
        ordering = ["task", "order"]
        constraints = [models.UniqueConstraint(fields=["task", "order"], name="product_order_once")]

    def __str__(self) -> str:
        return self.text


class Milestone(models.Model):
    """A dated step inside a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones", help_text="Nhiệm vụ.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    text = models.TextField(help_text="Nội dung mốc.")
    due = models.DateField(null=True, blank=True, help_text="Ngày của mốc.")
    done_on = models.DateField(null=True, blank=True, help_text="Ngày đạt mốc.")

    class Meta:
        ordering = ["task", "order"]
        constraints = [models.UniqueConstraint(fields=["task", "order"], name="milestone_order_once")]

    def __str__(self) -> str:
        return self.text
