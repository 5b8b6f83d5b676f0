"""The demonstration agency while its year is being lived: its people, its day, its papers."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from unittest import mock

from django.utils import timezone

from sauro.demo.decisions.parts import AGENCY
from sauro.monitoring.models import Duty
from sauro.organization.models import Agency, Person
from sauro.plans.models import Task
from sauro.writing import Column, write_table_docx


@contextlib.contextmanager
def clock(day: dt.date, hour: int = 9) -> Iterator[None]:
    """Everything inside happens on the day: what is written down bears its time, on the day itself none yet to come."""
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 15)))
    really = dt.datetime.now(at.tzinfo)
    if day == really.date():
        at = min(at, really)
    with mock.patch("django.utils.timezone.now", return_value=at):
        yield


@dataclass(slots=True)
class Life:
    """The agency while its year is being lived."""

    agency: Agency
    people: dict[str, Person]
    today: dt.date
    rng: random.Random
    papers: dict[str, bytes] = field(default_factory=dict)

    def head_of(self, task: Task) -> Person | None:
        """Who heads the lead unit."""
        found = [p for p in self.people.values() if p.unit.path == task.lead_path]
        return next((p for p in found if p.post == Person.Post.HEAD), None)

    def at(self, day: dt.date) -> contextlib.AbstractContextManager[None]:
        """Inside, it is the afternoon of that day."""
        return clock(day, 15)

    def is_recent(self, duty: Duty) -> bool:
        """Whether it fell due so lately that someone may still owe it."""
        return duty.due > self.today - dt.timedelta(days=35)

    def first_of(self, path: str) -> Person | None:
        """Who speaks for a unit: its head, else anyone of it."""
        found = sorted((p for p in self.people.values() if p.unit.path == path), key=lambda p: p.post != p.Post.HEAD)
        return found[0] if found else None

    def staff_of(self, task: Task) -> list[Person]:
        """Those of the lead unit who can be named, officers first."""
        found = [p for p in self.people.values() if p.unit.path == task.lead_path]
        return sorted(found, key=lambda p: (p.post == Person.Post.HEAD, p.username))

    def paper(self, title: str) -> io.BytesIO:
        """A one-page Word file that stands for a product; each kind of product (its first word) has one."""
        kind = title.split(maxsplit=1)[0]
        if kind not in self.papers:
            file = io.BytesIO()
            columns = [Column("TT", 8), Column("Nội dung", 60), Column("Kết quả", 32)]
            write_table_docx(f"{kind} kèm báo cáo", columns, [["1", title, "Đã hoàn thành"]], file, agency=AGENCY)
            self.papers[kind] = file.getvalue()
        return io.BytesIO(self.papers[kind])
