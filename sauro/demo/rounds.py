"""The demonstration's rounds of reports: opened as their days come, most of them accepted and locked; the last one as a
focal unit meets it, with units silent, returned, waiting and accepted, and two units that differ on one task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from sauro.demo.life import Life
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.rounds import picture_of
from sauro.organization.models import Person
from sauro.plans.models import Task, TaskUnit

Deed = tuple[dt.date, int, Callable[[], object]]
FIRST, LAST = -1, 5000
TROUBLES = (
    "Chưa được cấp tài khoản khai thác Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp.",
    "Kinh phí thuê dịch vụ công nghệ thông tin năm nay được phân bổ sau tháng 8.",
    "Tài khoản khai thác Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp chưa được cấp.",
    "Thiếu người làm công nghệ thông tin chuyên trách.",
    "Chưa được cấp tài khoản khai thác cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
)
WISHES = (
    "Đề nghị Sở làm việc với Sở Tài chính để được phân bổ kinh phí từ đầu năm.",
    "Đề nghị cấp tài khoản khai thác dữ liệu đăng ký doanh nghiệp cho các phòng.",
)


def opening(life: Life, first: dt.date) -> Iterator[Deed]:
    """Rounds open on the sixth of each month, in time for the twentieth."""
    day = first.replace(day=6)
    while day <= life.today:
        if day >= first:
            yield day, FIRST, lambda on=day: monitoring.open_rounds(life.agency, on)  # type: ignore[misc]
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=6)
    yield life.today, FIRST, lambda: monitoring.open_rounds(life.agency, life.today)
    yield life.today, LAST, lambda: close_and_collect(life)


def sent(duty: Duty, person: Person, day: dt.date, k: int) -> None:
    """A unit's report on its part in a plan; in the round where that is open, else by letter."""
    duty = Duty.objects.select_related("round", "plan", "unit").get(pk=duty.pk)
    if duty.round is None or duty.round.state == Round.State.LOCKED:
        monitoring.meet_duty(duty, person, day)
        return
    report = monitoring.answer_duty(duty, person, day)
    values = {
        "done_text": f"{duty.unit.name} đã thực hiện các nhiệm vụ được giao theo tiến độ; {3 + k % 5} nhiệm vụ có báo "
        "cáo riêng trong kỳ.",
        "difficulties": TROUBLES[k % len(TROUBLES)] if k % 3 else "Không có",
        "proposals": WISHES[k % len(WISHES)] if k % 4 == 1 else "",
    }
    monitoring.submit_report(monitoring.save_report(report, person, values), person, day)


def close_and_collect(life: Life) -> None:
    """Accept and lock what is past; leave the latest round of each plan in the middle of being gathered."""
    chi = life.people["chi"]
    rounds = list(Round.objects.filter(agency=life.agency).select_related("plan", "focal_unit").order_by("due", "pk"))
    # Rounds of single tasks' own frequencies come and go beside those of the plan as a whole.
    recent = life.today - dt.timedelta(days=60)
    latest = {r.plan_id: r.pk for r in rounds if recent < r.due <= life.today and r.rule_id}
    for round in rounds:
        if round.due < life.today and round.pk not in latest.values() and not picture_of(round).total.missing:
            monitoring.accept_reports(round, chi)
            monitoring.lock_round(round, chi, life.today)
    for pk in latest.values():
        _in_the_middle(life, Round.objects.get(pk=pk), chi)


def _in_the_middle(life: Life, round: Round, chi: Person) -> None:
    waiting = list(Report.objects.filter(round=round, state=Report.State.SUBMITTED).order_by("unit_id", "pk"))
    units = list(dict.fromkeys(r.unit_id for r in waiting))
    done = set(units[: len(units) // 2])
    monitoring.accept_reports(round, chi, only=[r.pk for r in waiting if r.unit_id in done])
    for report in [r for r in waiting if r.unit_id not in done][:2]:
        monitoring.return_report(report, chi, "Thiếu minh chứng sản phẩm; bổ sung biên bản nghiệm thu rồi nộp lại.")
    monitoring.remind_units(round, chi, life.today)
    _disagreement(life, round)


def _disagreement(life: Life, round: Round) -> None:
    """Of one open task its lead unit says more than a unit that coordinates."""
    open_tasks = Task.objects.filter(plan_id=round.plan_id, completed_on=None, parent=None).in_force()
    for task in open_tasks.exclude(lead_path="").order_by("-progress", "order"):
        leader = life.first_of(task.lead_path)
        parts = task.task_units.filter(role=TaskUnit.Role.COORDINATING).exclude(path="").exclude(path=task.lead_path)
        other = next((p for p in (life.first_of(part.path) for part in parts) if p), None)
        if leader is None or other is None or leader.unit_id == other.unit_id:
            continue
        day = min(life.today, round.focal_due)
        first = "Đã nhập 371 trên 412 doanh nghiệp, chưa kết nối được với hệ thống của tỉnh."
        second = "Trên hệ thống có 358 bản ghi hợp lệ; 13 bản ghi trùng mã số thuế, chưa đối chiếu được."
        with life.at(day):
            for person, progress, words in ((leader, 85, first), (other, 60, second)):
                report = monitoring.start_report(task, person, day)
                values = {"progress": max(progress, task.progress) if person == leader else progress,
                          "done_text": words, "difficulties": ""}  # fmt: skip
                monitoring.submit_report(monitoring.save_report(report, person, values), person, day)
        return
