"""What went wrong and what audits found (9.3.2 c 4, 6), outside providers (9.3.2 c 7)."""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, Q, Subquery

from sauro.quality import models as q
from sauro.quality.inputs.span import Rows, Span, number, said, share

MOST = 40
OPEN = ["open", "analysed", "done"]


def nonconformities(span: Span) -> Rows:
    """Nonconformities by source and grade, what is closed, late, repeated (9.3.2 c 4; 10.2)."""
    mine = q.Nonconformity.objects.filter(agency=span.agency).exclude(state="cancelled")
    during = mine.filter(raised_on__range=(span.since, span.day))
    n = during.aggregate(
        all=Count("pk"), major=Count("pk", filter=Q(grade="major")), repeat=Count("pk", filter=~Q(repeat_of=None)),
        closed=Count("pk", filter=Q(closed_on__lte=span.day)),
        good=Count("pk", filter=Q(effective=True)), judged=Count("pk", filter=~Q(effective=None)),
    )  # fmt: skip
    still = mine.filter(state__in=OPEN).aggregate(
        all=Count("pk"), major=Count("pk", filter=Q(grade="major")),
        late=Count("pk", filter=Q(state="open", due__lt=span.day) | Q(state="done", check_due__lt=span.day)),
    )  # fmt: skip
    past = mine.filter(raised_on__year=span.year - 1).count()
    rows: Rows = [
        ["Sự không phù hợp trong kỳ", n["all"], f"{n['major']} nặng; năm trước {past}"],
        ["Đã đóng", share(n["closed"], n["all"]), ""],
        ["Hành động khắc phục có hiệu lực", share(n["good"], n["judged"]), ""],
        ["Lặp lại", n["repeat"], ""],
        ["Đang mở đến nay", still["all"], f"{still['major']} nặng, {still['late']} quá hạn"],
    ]
    words = dict(q.Nonconformity.Source.choices)
    for row in during.values("source").annotate(n=Count("pk")).order_by("-n"):
        rows.append([f"Nguồn: {words[row['source']]}", row["n"], ""])
    for one in mine.filter(state__in=OPEN, grade="major").select_related("unit").order_by("due")[:MOST]:
        rows.append([str(one), one.get_state_display(), f"{one.unit.label}, hạn {said(one.due)}"])
    return rows


def audits(span: Span) -> Rows:
    """Audits of the programme, findings by grade (9.3.2 c 6; 9.2)."""
    mine = q.Audit.objects.filter(agency=span.agency, starts_on__range=(span.since, span.day)).exclude(
        state="cancelled"
    )
    done = mine.filter(state__in=["reported", "closed"], reported_on__lte=span.day)
    planned = q.Audit.objects.filter(agency=span.agency, programme__year=span.year).exclude(state="cancelled").count()
    rows: Rows = [["Cuộc đánh giá nội bộ đã báo cáo", done.count(), f"Chương trình năm {span.year}: {planned} cuộc"]]
    findings = q.Finding.objects.filter(audit__in=mine, withdrawn_reason="")
    by_grade = dict(findings.values_list("grade").annotate(n=Count("pk")).order_by())
    rows += [[f"Phát hiện: {label}", by_grade.get(grade, 0), ""] for grade, label in q.Finding.Grade.choices]
    for audit in done.select_related("unit").annotate(n=Count("findings")).order_by("starts_on")[:MOST]:
        rows.append([f"{audit.code} {audit.unit.label}", f"{audit.n} phát hiện", audit.summary[:200]])
    return rows


def suppliers(span: Span) -> Rows:
    """Outside providers with their last evaluation (9.3.2 c 7; 8.4)."""
    last = q.SupplierEvaluation.objects.filter(supplier=OuterRef("pk"), on__lte=span.day).order_by("-on", "-id")
    found = list(
        q.Supplier.objects.filter(agency=span.agency, ended_on=None).annotate(
            judged=Subquery(last.values("result")[:1]), judged_on=Subquery(last.values("on")[:1])
        )
    )
    words = dict(q.SupplierEvaluation.Result.choices)
    judged = sum(bool(s.judged_on and s.judged_on >= span.since) for s in found)
    rows: Rows = [["Bên cung cấp được đánh giá trong kỳ", share(judged, len(found)), ""]]
    for s in found[:MOST]:
        rows.append(
            [s.name, str(words.get(s.judged, "Chưa đánh giá")), f"{s.provides[:120]} {said(s.judged_on)}".strip()]
        )
    return rows


def risks(span: Span) -> Rows:
    """Whether actions on risks and opportunities work (9.3.2 e; 6.1)."""
    rows: Rows = []
    for kind, words in (("risk", "Rủi ro"), ("opportunity", "Cơ hội")):
        mine = q.Risk.objects.filter(agency=span.agency, kind=kind)
        n = mine.aggregate(
            open=Count("pk", filter=Q(state="open")),
            closed=Count("pk", filter=Q(closed_on__range=(span.since, span.day))),
            late=Count("pk", filter=Q(state="open", review_on__lt=span.day)),
            lower=Count("pk", filter=Q(state="open", score__lt=F("likelihood") * F("severity"))),
        )
        reviews = q.RiskReview.objects.filter(risk__in=mine, on__range=(span.since, span.day)).aggregate(
            good=Count("pk", filter=Q(effective=True)), judged=Count("pk", filter=~Q(effective=None))
        )
        rows += [
            [f"{words} đang theo dõi", n["open"], f"{n['closed']} đã đóng trong kỳ, {n['late']} quá ngày xem lại"],
            [f"{words}: hành động có hiệu lực", share(reviews["good"], reviews["judged"]), ""],
        ]
        if kind == "risk":
            rows.append(["Rủi ro đã giảm mức so với ban đầu", n["lower"], ""])
        actions = q.QualityAction.objects.filter(risk__in=mine).aggregate(
            n=Count("pk"), done=Count("pk", filter=Q(task__completed_on__lte=span.day))
        )
        rows.append([f"{words}: hành động đã xong", share(actions["done"], actions["n"]), ""])
    top = q.Risk.objects.filter(agency=span.agency, state="open", kind="risk").select_related("unit")
    for one in top.order_by("-score", "id")[:10]:
        rows.append([str(one), f"Điểm {number(one.score)}", f"{one.unit.label}, xem lại {said(one.review_on)}"])
    return rows
