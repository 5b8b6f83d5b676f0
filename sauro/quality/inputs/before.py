"""What was decided last time, and what has changed since (9.3.2 a, b)."""

from __future__ import annotations

from django.db.models import Count, Q

from sauro.documents.models import DocumentVersion, Instrument, ReviewFlag
from sauro.quality import models as q
from sauro.quality.inputs.span import Rows, Span, said, share

MOST = 30


def previous(span: Span) -> Rows:
    """Where the actions of the last review stand, one by one (9.3.2 a)."""
    if span.before is None:
        return [["Lần xem xét trước", "Chưa có", "Đây là lần xem xét đầu tiên được ghi trong hệ thống"]]
    actions = q.QualityAction.objects.filter(decision__review=span.before).select_related("task__lead_unit", "decision")
    rows: Rows = []
    done = 0
    for action in actions.order_by("decision__order", "id"):
        task = action.task
        who = task.lead_unit.label if task.lead_unit else ""
        if task.completed_on and task.completed_on <= span.day:
            done += 1
            late = bool(task.due and task.completed_on > task.due)
            value = f"Xong {said(task.completed_on)}{', trễ hạn' if late else ''}"
        elif task.due and task.due < span.day:
            value = f"Quá hạn {said(task.due)}, tiến độ {task.progress}%"
        else:
            value = f"Đang làm, tiến độ {task.progress}%"
        rows.append([task.title, value, f"{who}, hạn {said(task.due)}".strip(", ")])
    head = f"Kết luận xem xét ngày {said(span.before.held_on)} đã thực hiện"
    return [[head, share(done, len(rows)), ""], *rows[:MOST]]


def changes(span: Span) -> Rows:
    """Changes in the issues that matter, in legal bases, in documents, in the procedures covered (9.3.2 b)."""
    issues = q.ContextIssue.objects.filter(agency=span.agency).aggregate(
        n=Count("pk", filter=Q(ended_on=None)),
        seen=Count("pk", filter=Q(ended_on=None, reviewed_on__range=(span.since, span.day))),
        gone=Count("pk", filter=Q(ended_on__range=(span.since, span.day))),
        bad=Count("pk", filter=Q(ended_on=None, effect="bad")),
    )
    replaced = Instrument.objects.filter(agency=span.agency, changed_on__range=(span.since, span.day))
    flags = ReviewFlag.objects.filter(document__agency=span.agency, cause=ReviewFlag.Cause.BASIS)
    versions = DocumentVersion.objects.filter(
        document__agency=span.agency, effective_on__range=(span.since, span.day), state__in=DocumentVersion.FROZEN
    ).aggregate(new=Count("pk", filter=Q(issue_no=1)), again=Count("pk", filter=Q(issue_no__gt=1)))
    listed = q.ListedProcedure.objects.filter(agency=span.agency).aggregate(
        new=Count("pk", filter=Q(since__range=(span.since, span.day))),
        gone=Count("pk", filter=Q(until__range=(span.since, span.day))),
    )
    rows: Rows = [
        ["Vấn đề nội bộ, bên ngoài đang theo dõi", issues["n"], f"trong đó {issues['bad']} khó khăn"],
        ["Vấn đề được xem xét lại trong kỳ", issues["seen"], f"{issues['gone']} vấn đề không còn"],
        ["Căn cứ pháp lý thay đổi trong kỳ", replaced.count(), ""],
    ]
    for one in replaced.select_related("replaced_by").order_by("-changed_on")[:MOST]:
        by = f"thay bằng {one.replaced_by}" if one.replaced_by else ""
        rows.append([str(one), one.get_state_display(), f"{said(one.changed_on)} {by}".strip()])
    waiting = flags.filter(settled_on=None).count()
    rows += [
        ["Tài liệu còn phải xem lại do căn cứ thay đổi", waiting, ""],
        ["Tài liệu ban hành mới", versions["new"], ""],
        ["Tài liệu sửa đổi, ban hành lại", versions["again"], ""],
        ["Thủ tục vào danh mục áp dụng", listed["new"], f"{listed['gone']} thủ tục ra khỏi danh mục"],
    ]
    climate = q.ClimateRelevance.objects.filter(agency=span.agency, year=span.year).first()
    rows.append(["Biến đổi khí hậu", climate.get_answer_display() if climate else "Chưa kết luận",
                 climate.reason[:200] if climate else ""])  # fmt: skip
    return rows
