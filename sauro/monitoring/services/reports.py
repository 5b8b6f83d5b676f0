"""Writing a report and handing it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.lattice import Verb
from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.services.figures import take_figures
from sauro.monitoring.services.kpi import speaks_for
from sauro.monitoring.services.moving import check_person, check_step, locked_row, locked_words, writes_for
from sauro.notices import services as notices
from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, Refused, allows, require
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import nfc

TEXTS = ("done_text", "difficulties", "proposals")
# Duties that a report meets.
REPORTED = (Duty.Kind.REPORT, Duty.Kind.PERIODIC, Duty.Kind.PLAN_REPORT, Duty.Kind.CALLED)


class Stale(ValueError):
    """The report was saved elsewhere after this page was opened; `theirs` is what stands now."""

    def __init__(self, sentence: str, theirs: Report) -> None:
        super().__init__(sentence)
        self.theirs = theirs


def _has_a_part(task: Task, person: Person) -> bool:
    """Whether the person's unit leads the task or has another part in it, or the task is in the person's name.

    Reads `task.task_units` as fetched. A division that the unit shared the task out to reports for it through the name.
    """
    if allows(person, Capability.REPORT, task) or task.accountable_id == person.pk:
        return True
    if not allows(person, Capability.REPORT, person.unit):
        return False
    paths = (part.path for part in task.task_units.all())
    if any(p and p.startswith(person.unit.path) for p in paths):
        return True
    # A group of units leads: each of them owes the task for itself.
    return Duty.objects.filter(under("unit_path", person.unit.path), task=task).exists()


def _reporting_unit(task: Task, person: Person) -> None:
    """Who may report: those of a unit with a part in the task. Raises `Refused`."""
    if not _has_a_part(task, person):
        require(person, Capability.REPORT, task)


def may_report(task: Task, person: Person) -> bool:
    """Whether the person may report on the task now; for showing the button."""
    return not (task.ended_in or task.completed_on) and _has_a_part(task, person)


def _owes(duty: Duty, person: Person) -> bool:
    paths = (duty.unit_path, person.unit.path)
    return duty.person_id == person.pk or paths[0].startswith(paths[1]) or paths[1].startswith(paths[0])


def last_report(task: Task, unit: Unit) -> Report | None:
    """The latest report handed in on the task by those who speak with the same voice as `unit`: the lead unit with
    all under it, or else the unit itself."""
    said = task.reports.handed_in().order_by("-submitted_at")
    if task.lead_path and unit.path.startswith(task.lead_path):
        said = said.filter(under("unit__path", task.lead_path))
    else:
        said = said.filter(unit=unit)
    return said.first()


def _last_on_plan(plan_id: int, unit_id: int) -> Report | None:
    said = Report.objects.handed_in().filter(task=None, unit_id=unit_id, round__plan_id=plan_id)
    return said.order_by("-submitted_at").first()


def report_before(report: Report) -> Report | None:
    """What was handed in before this report: on its task, or on the plan by the same unit."""
    if report.task:
        return last_report(report.task, report.unit)
    return _last_on_plan(report.round.plan_id, report.unit_id) if report.round else None


def fell_back(now: int, before: int) -> str:
    """What is said where progress is less than in the report before and the words give no reason."""
    return _("%(now)d%% nhỏ hơn kỳ trước (%(before)d%%). Sửa số, hoặc ghi lý do giảm vào ô Kết quả.") % {
        "now": now,
        "before": before,
    }


@transaction.atomic
def start_report(task: Task, person: Person, today: dt.date, *, duty: Duty | None = None) -> Report:
    """The report to write on the task: the one begun before, or a new one filled in from the task's last report.

    A report that answers a duty is one for the whole unit: whoever comes second goes on with it.
    Raises `NotNow`, `Refused`.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    if task.ended_in or task.completed_on:
        raise NotNow(_("Nhiệm vụ này đã hoàn thành hoặc đã bỏ, không nhận báo cáo nữa."))
    _reporting_unit(task, person)
    if duty and duty.task_id != task.pk:
        raise NotNow(_("Kỳ báo cáo này đã xong, hoặc thuộc đơn vị khác. Mở lại từ trang nhiệm vụ."))
    if duty:
        _must_be_owed(duty, person)
    draft = Report.objects.filter(task=task, author=person, state=Report.State.DRAFT).order_by("duty", "pk").first()
    if duty is None and draft:
        return draft
    if duty is None:
        asked = Duty.objects.open().filter(task=task, kind__in=REPORTED)
        duty = asked.filter(Q(person=person) | under("unit_path", person.unit.path)).order_by("due", "pk").first()
    if duty and (begun := _answer_to(duty, person)):
        return begun
    if draft and draft.duty_id is None:
        _tie(draft, duty)
        return draft
    return Report.objects.create(
        agency_id=task.agency_id,
        task=task,
        duty=duty,
        round_id=duty.round_id if duty else None,
        unit=person.unit,
        author=person,
        **filled_in(task, person, last_report(task, person.unit)),
    )


@transaction.atomic
def answer_duty(duty: Duty, person: Person, today: dt.date) -> Report:
    """The report that answers a duty: on its task, or, where the duty is of the plan as a whole, on the unit's part in
    the plan, filled in from the unit's last one. Raises `NotNow`, `Refused`.
    """
    if duty.task:
        return start_report(duty.task, person, today, duty=duty)
    duty = Duty.objects.select_for_update(of=("self",)).select_related("unit", "round").get(pk=duty.pk)
    if not allows(person, Capability.REPORT, duty):
        require(person, Capability.REPORT, duty)
    _must_be_owed(duty, person)
    if begun := _answer_to(duty, person):
        return begun
    if duty.round is None:
        raise NotNow(_("Kỳ báo cáo này chưa mở. Kỳ tự mở trước hạn nộp 14 ngày."))
    return Report.objects.create(
        agency_id=duty.agency_id,
        duty=duty,
        round=duty.round,
        unit=duty.unit,
        author=person,
        **filled_in(None, person, _last_on_plan(duty.plan_id, duty.unit_id)),
    )


def filled_in(task: Task | None, person: Person, last: Report | None) -> dict[str, Any]:
    """What a new report begins with: the words of `last`, the report before; the progress of the task for those who
    lead it, else that of `last`. A report on a plan as a whole has none (0)."""
    progress = last.progress if last else 0
    if task:
        path, mine = task.lead_path, task.accountable_id == person.pk
        if not last or (path and (person.unit.path.startswith(path) or mine)):
            progress = task.progress
    return {"progress": progress, **{name: getattr(last, name) if last else "" for name in TEXTS}}


def _must_be_owed(duty: Duty, person: Person) -> None:
    if duty.state != Duty.State.OPEN or not _owes(duty, person):
        raise NotNow(_("Kỳ báo cáo này đã xong, hoặc thuộc đơn vị khác. Mở lại từ trang nhiệm vụ."))
    if duty.round and duty.round.state == Round.State.LOCKED:
        raise NotNow(locked_words(duty.round))


def _answer_to(duty: Duty, person: Person) -> Report | None:
    """The report already begun on the duty, where the person may go on with it."""
    begun = Report.objects.filter(duty=duty).select_related("unit", "author").first()
    if begun and not writes_for(begun, person):
        raise Refused(
            _("%(name)s đang soạn báo cáo này cho %(unit)s. Người của đơn vị đó soạn tiếp được.")
            % {"name": begun.author.full_name, "unit": begun.unit.name}
        )
    return begun


def _tie(draft: Report, duty: Duty | None) -> None:
    if duty:
        draft.duty, draft.round_id = duty, duty.round_id
        draft.save(update_fields=["duty", "round"])


def writable(report: Report, person: Person) -> Report:
    """The report, locked, where the person may write in it now. Raises `NotNow`, `Refused`."""
    fresh = locked_row(report)
    check_person(fresh, Verb.SAVE, person)
    check_step(fresh, Verb.SAVE)
    return fresh


@transaction.atomic
def save_report(report: Report, person: Person, values: Mapping[str, Any], *, version: int | None = None) -> Report:
    """Keep what the person has typed so far. `values`: `progress` 0–100, the texts, and `figures` as they were typed,
    {key of `Asked`: text}: they are no figures of their indicators before the report is handed in.

    `version`: the one the page was made from; raises `Stale` where the report was saved elsewhere since. Drafts aren't
    written to the ledger: they are nobody's word yet.
    """
    fresh = writable(report, person)
    if version is not None and fresh.version != version:
        saved = timezone.localtime(fresh.changed_at).strftime("%H:%M")
        other = fresh.changed_by
        if other and other.pk != person.pk:
            said = _("%(name)s đã lưu báo cáo này lúc %(time)s, sau khi trang được mở.")
            raise Stale(said % {"name": other.full_name, "time": saved}, fresh)
        raise Stale(_("Báo cáo này đã được lưu ở nơi khác lúc %(time)s.") % {"time": saved}, fresh)
    for name in TEXTS:
        if name in values:
            setattr(fresh, name, nfc(values[name]).strip())
    if "progress" in values:
        fresh.progress = max(0, min(100, int(values["progress"])))
    if "figures" in values:
        fresh.figures = fresh.figures | {key: nfc(typed).strip() for key, typed in values["figures"].items()}
    fresh.version += 1
    fresh.changed_by = person
    fresh.save()
    return fresh


@transaction.atomic
def submit_report(report: Report, person: Person, today: dt.date, *, seen: Collection[str] = ()) -> Report:
    """Hand the report in: the task's progress follows it, the duty that it answers is met, and what was typed of the
    unit's indicators or the task's KPI becomes their figures. `seen`: see `take_figures`.

    Raises `NotNow` (nothing said, progress fallen without a word), `WrongFigures`, `Refused`.
    """
    fresh = locked_row(report)
    check_person(fresh, Verb.SUBMIT, person)
    check_step(fresh, Verb.SUBMIT)
    task = fresh.task
    if task:
        _reporting_unit(task, person)
        if task.completed_on or task.ended_in:
            raise NotNow(_("Nhiệm vụ này đã hoàn thành hoặc đã bỏ, không nhận báo cáo nữa."))
    if not fresh.done_text:
        raise NotNow(_("Chưa nộp được: ghi kết quả đã làm vào ô Kết quả."))
    last = last_report(task, fresh.unit) if task else None
    if last and fresh.progress < last.progress and fresh.done_text == last.done_text:
        raise NotNow(fell_back(fresh.progress, last.progress))
    take_figures(fresh, person, today, seen)
    fresh.state, fresh.submitted_at, fresh.changed_by = Report.State.SUBMITTED, timezone.now(), person
    fresh.save()
    if fresh.duty and fresh.duty.state == Duty.State.OPEN and fresh.duty.kind in REPORTED:
        Duty.objects.filter(pk=fresh.duty.pk).update(state=Duty.State.MET, met_on=today)
    ledger.record(
        person,
        "monitoring.report.submitted",
        fresh,
        task=fresh.task_id,
        round=fresh.round_id,
        progress=fresh.progress,
        evidence=fresh.evidence.count(),
    )
    if task:
        _carry_over(fresh, task, person, today)
    return fresh


def _carry_over(report: Report, task: Task, person: Person, today: dt.date) -> None:
    """What follows for the task from a report that was handed in."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    before = task.progress
    # Only those who lead move the task's progress; a coordinating unit speaks for its own part.
    if speaks_for(task, person):
        task.progress = report.progress
        task.save(update_fields=["progress"])
    if report.progress == 100:
        # Where several units lead, each finishes its own part; the first of them waits for its head's word.
        own = Duty.objects.open().filter(task=task, kind=Duty.Kind.FINISH, unit_path=person.unit.path)
        own.exclude(unit_path=task.lead_path).update(state=Duty.State.MET, met_on=today)
    ledger.record(person, "monitoring.task.reported", task, report=report.pk, progress=[before, report.progress])
    heads = Person.objects.filter(unit__path=task.lead_path, is_active=True).exclude(post=Person.Post.MEMBER)
    said = {"name": person.full_name, "task": task, "percent": report.progress}
    notices.tell(
        heads,
        "monitoring.report.submitted",
        lambda: _("%(name)s báo cáo %(task)s: %(percent)d%%") % said,
        f"/nhiem-vu/{task.pk}/",
        but=person,
    )
