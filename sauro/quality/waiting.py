"""What is due and what waits for whom, over the whole quality system: one list for the ISO secretary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from sauro.documents.models import Acknowledgement, DocumentVersion, ReviewFlag
from sauro.organization.models import Agency
from sauro.quality import models as q

# What lies further ahead is nobody's worry yet.
AHEAD = dt.timedelta(days=45)
EACH = 25


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits. `due`: its day; `what`, `who`: words; `clause`; `name`, `pk`: the page where it is done."""

    due: dt.date
    what: str
    who: str
    clause: str
    name: str
    pk: int | None = None


def waiting(agency: Agency, today: dt.date) -> list[Wait]:
    """Everything that waits, most pressing first; at most `EACH` of each kind. Asks a fixed number of queries."""
    until = today + AHEAD
    parts = (_nonconformities, _audits, _documents, _risks, _training, _feedback, _surveys, _reviews, _steps)
    return sorted((w for part in parts for w in part(agency, today, until)), key=lambda w: (w.due, w.clause, w.what))


def _nonconformities(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.Nonconformity.objects.filter(agency=agency, state__in=["open", "done"]).select_related("unit")
    for row in rows.order_by("due")[: EACH * 2]:
        if row.state == "open":
            yield Wait(
                row.due, _("Tìm nguyên nhân, hành động cho %(code)s") % {"code": row.code}, row.unit.label, "10.2",
                "nonconformity", row.pk,
            )  # fmt: skip
        elif row.check_due and row.check_due <= until:
            yield Wait(
                row.check_due, _("Kiểm tra hiệu lực khắc phục %(code)s") % {"code": row.code}, row.unit.label, "10.2",
                "nonconformity", row.pk,
            )  # fmt: skip


def _audits(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.Audit.objects.filter(agency=agency, state__in=["planned", "notified", "walking"], starts_on__lte=until)
    for row in rows.select_related("unit").order_by("starts_on")[:EACH]:
        unit = row.unit.label
        if row.state == "planned":
            yield Wait(
                row.starts_on - dt.timedelta(7), _("Gửi kế hoạch đánh giá %(unit)s") % {"unit": unit},
                _("Thư ký ISO"), "9.2", "audit", row.pk,
            )  # fmt: skip
        elif row.state == "notified":
            yield Wait(
                row.starts_on,
                _("Đánh giá nội bộ %(unit)s") % {"unit": unit},
                _("đoàn đánh giá"),
                "9.2",
                "audit",
                row.pk,
            )
        else:
            yield Wait(
                row.ends_on, _("Báo cáo đánh giá %(unit)s") % {"unit": unit}, _("trưởng đoàn"), "9.2", "audit", row.pk
            )


def _documents(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    flags = ReviewFlag.objects.filter(document__agency=agency, due__lte=until).open()
    for flag in flags.select_related("document__unit", "instrument")[:EACH]:
        why = _("do căn cứ thay đổi") if flag.cause == ReviewFlag.Cause.BASIS else flag.get_cause_display().lower()
        yield Wait(
            flag.due, _("Xem lại %(code)s, %(why)s") % {"code": flag.document.code, "why": why},
            flag.document.unit.label, "7.5", "controlled", flag.document_id,
        )  # fmt: skip
    versions = DocumentVersion.objects.filter(document__agency=agency, state__in=["checking", "checked"])
    for version in versions.select_related("document__unit").order_by("sent_at")[:EACH]:
        checking = version.state == DocumentVersion.State.CHECKING
        sent = version.sent_at.date() if version.sent_at else today
        words = _("Kiểm tra %(code)s lần %(no)d") if checking else _("Phê duyệt %(code)s lần %(no)d")
        yield Wait(
            sent + dt.timedelta(7), words % {"code": version.document.code, "no": version.issue_no},
            _("người kiểm tra") if checking else _("Lãnh đạo"), "7.5", "controlled", version.document_id,
        )  # fmt: skip
    late = Acknowledgement.objects.filter(agency=agency, due__lt=today).waiting()
    if n := late.count():
        first = late.order_by("due").values_list("due", flat=True)[0]
        yield Wait(
            first, _("%(n)d lượt đọc tài liệu chưa xác nhận") % {"n": n}, _("người nhận"), "7.3", "acknowledgement-list"
        )


def _risks(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.Risk.objects.filter(agency=agency, state="open", review_on__lte=until).select_related("unit")
    for row in rows.order_by("review_on")[:EACH]:
        yield Wait(row.review_on, _("Xem lại %(what)s") % {"what": row.code}, row.unit.label, "6.1", "risk", row.pk)


def _training(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.Training.objects.filter(agency=agency).filter(
        Q(state="planned", planned_on__lte=until) | Q(state="held", effect_due__lte=until)
    )
    for row in rows.select_related("unit").order_by("planned_on")[:EACH]:
        if row.state == "planned":
            yield Wait(
                row.planned_on,
                _("Tổ chức đào tạo: %(title)s") % {"title": row.title},
                row.unit.label,
                "7.2",
                "training",
                row.pk,
            )
        elif row.effect_due:
            yield Wait(
                row.effect_due, _("Đánh giá hiệu quả đào tạo: %(title)s") % {"title": row.title}, row.unit.label, "7.2",
                "training", row.pk,
            )  # fmt: skip


def _feedback(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.Feedback.objects.filter(agency=agency, state__in=["received", "assigned"]).select_related("unit")
    for row in rows.order_by("due")[:EACH]:
        who = row.unit.label if row.unit else _("Thư ký ISO")
        yield Wait(row.due, _("Trả lời phản ánh %(code)s") % {"code": row.code}, who, "9.1", "feedback", row.pk)


def _surveys(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    for row in q.Survey.objects.filter(agency=agency, state="open", closes_on__lte=until).order_by("closes_on")[:EACH]:
        yield Wait(
            row.closes_on, _("Kết thúc %(title)s") % {"title": row.title}, _("Thư ký ISO"), "9.1", "survey", row.pk
        )


def _reviews(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.ManagementReview.objects.filter(agency=agency, planned_on__lte=until).exclude(state="held")
    for row in rows.order_by("planned_on")[:EACH]:
        yield Wait(row.planned_on, _("Họp xem xét của lãnh đạo"), _("Lãnh đạo"), "9.3", "review", row.pk)


def _steps(agency: Agency, today: dt.date, until: dt.date) -> Iterator[Wait]:
    rows = q.CycleStep.objects.filter(cycle__agency=agency, task__completed_on=None, task__ended_in=None)
    rows = rows.filter(task__due__lte=until).select_related("task__lead_unit").order_by("task__due")
    for row in rows[:EACH]:
        task = row.task
        if task.due:
            who = task.lead_unit.label if task.lead_unit else task.responsible_text[:60]
            yield Wait(task.due, task.title, who, "", "task", task.pk)
