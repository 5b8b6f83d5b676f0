"""What a draft must hold before it can become a plan: the invariants of the tables, said in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from sauro.documents.models import IssuedDocument
from sauro.plans.models import ReportingRule
from sauro.reading.draft import Draft

# Số, trích yếu … are as long as the record allows (Nghị định 30/2020/NĐ-CP, Phụ lục VI gives less, never more).
_HEAD = ("number", "type", "issuer", "place", "title", "proposed_by")


def faults(draft: Draft) -> Iterator[str]:
    """Why the draft can't be adopted as it is, one sentence each, each with what to do."""
    if not (draft.tasks or draft.objectives or draft.reporting_duties):
        yield _("Văn bản không có mục tiêu, nhiệm vụ hay chế độ báo cáo nào để thông qua.")
    for name in _HEAD:
        column: Any = IssuedDocument._meta.get_field(name)
        if len(getattr(draft.document, name) or "") > column.max_length:
            yield _("%(field)s dài hơn %(n)d chữ. Rút gọn ở phần Thông tin chung.") % {
                "field": column.help_text.rstrip("."),
                "n": column.max_length,
            }
    yield from _task_faults(draft)
    yield from _target_faults(draft)
    who: Any = ReportingRule._meta.get_field("who")
    most = who.max_length
    for no, duty in enumerate(draft.reporting_duties, 1):
        if max(len(x or "") for x in (duty.who, duty.to, duty.via, duty.schedule_text)) > most:
            yield _("Chế độ báo cáo thứ %(no)d có ô dài hơn %(n)d chữ. Rút gọn ô đó.") % {"no": no, "n": most}


def _task_faults(draft: Draft) -> Iterator[str]:
    for no, task in enumerate(draft.tasks, 1):
        said = {"no": task.ref or no}
        if not task.title.strip():
            yield _("Nhiệm vụ %(no)s chưa có nội dung. Ghi nội dung hoặc bỏ nhiệm vụ này.") % said
        schedule = task.schedule
        if schedule.kind == "deadline" and schedule.due is None:
            yield _("Nhiệm vụ %(no)s có hạn nhưng chưa có ngày. Ghi ngày ở ô Hiểu là.") % said
        if schedule.due and schedule.start and schedule.start > schedule.due:
            yield _("Nhiệm vụ %(no)s bắt đầu sau ngày phải xong. Sửa thời gian thực hiện.") % said
        if len(task.ref) > 40:
            yield _("Số thứ tự “%(no)s” dài hơn 40 chữ. Rút gọn số thứ tự.") % {"no": task.ref[:60]}
        if max([len(n) for n in (*task.lead_units, *task.coordinating_units)], default=0) > 500:
            yield _("Nhiệm vụ %(no)s có tên đơn vị dài hơn 500 chữ. Tách thành nhiều đơn vị.") % said
        if max(len(x or "") for x in (schedule.event, task.report_frequency, task.authority)) > 500:
            yield _("Nhiệm vụ %(no)s có ô dài hơn 500 chữ. Rút gọn ô đó.") % said
        if len(task.group or "") > 1000:
            yield _("Nhiệm vụ %(no)s có tên nhóm dài hơn 1.000 chữ. Rút gọn tên nhóm.") % said


def _target_faults(draft: Draft) -> Iterator[str]:
    for no, objective in enumerate(draft.objectives, 1):
        for target in objective.targets:
            said = {"no": no, "name": target.indicator[:80]}
            low, high = target.low, target.high
            if low is None and high is None:
                yield _("Chỉ tiêu “%(name)s” chưa có số. Ghi số, hoặc bỏ chỉ tiêu.") % said
            if low is not None and high is not None and low > high:
                yield _("Chỉ tiêu “%(name)s” có mức thấp lớn hơn mức cao. Sửa một trong hai số.") % said
            if len(target.unit or "") > 120 or len(target.period or "") > 40:
                yield _("Chỉ tiêu “%(name)s” có đơn vị tính hoặc thời kỳ quá dài. Rút gọn ô đó.") % said
        if len(objective.ref or "") > 40:
            yield _("Số mục của mục tiêu %(no)d dài hơn 40 chữ. Rút gọn số mục.") % {"no": no}
