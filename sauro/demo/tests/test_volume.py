"""The volume that benchmarks run on: small here, the same rows in kind."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from sauro.demo.volume import Scale, make_volume
from sauro.monitoring.models import Duty, Report
from sauro.plans.models import Product, Task, TaskUnit

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 26)


def test_the_volume_holds_what_was_asked_for_and_hangs_together() -> None:
    seen = []
    make_volume(Scale(60, 720, 600), today=TODAY, progress=lambda _words, rows: seen.append(rows))
    assert sum(seen) == Task.objects.count() == Product.objects.count() == 60
    assert TaskUnit.objects.filter(role=TaskUnit.Role.LEAD, path=F("task__lead_path")).count() == 60
    assert Duty.objects.count() == 720
    assert Report.objects.count() == 600
    answering = Report.objects.exclude(duty=None)
    assert answering.exists()
    assert not answering.exclude(task=F("duty__task"), unit=F("duty__unit"), duty__state="met").exists()
    assert {p.starts_on.year for p in {t.plan for t in Task.objects.select_related("plan")}} <= set(range(2022, 2027))


def test_after_the_volume_the_next_duty_takes_the_next_number() -> None:
    make_volume(Scale(5, 20, 5), today=TODAY)
    last = Duty.objects.latest("pk")
    again = Duty.objects.create(
        agency=last.agency, plan=last.plan, task=last.task, unit=last.unit, unit_path=last.unit_path,
        kind=Duty.Kind.REPORT, period="2099-01", title="Báo cáo", nominal_due=TODAY, due=TODAY,
    )  # fmt: skip
    assert again.pk == last.pk + 1


def test_a_second_volume_is_refused() -> None:
    make_volume(Scale(5, 5, 5), today=TODAY)
    with pytest.raises(ValueError, match="đã có"):
        make_volume(Scale(5, 5, 5), today=TODAY)
