"""Resources and what could be better (9.3.2 d, f)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from sauro.documents.models import DocumentChange
from sauro.monitoring.models import BudgetEntry
from sauro.organization.models import Person
from sauro.quality import models as q
from sauro.quality.inputs.results import plans_of
from sauro.quality.inputs.span import Rows, Span, number, share

MOST = 30


def resources(span: Span) -> Rows:
    """People, their competence and training, money registered and paid out (9.3.2 d; 7.1, 7.2)."""
    staff = Person.objects.filter(unit__agency=span.agency, is_active=True).count()
    training = q.Training.objects.filter(agency=span.agency, year=span.year).aggregate(
        n=Count("pk"), held=Count("pk", filter=Q(held_on__lte=span.day))
    )
    trained = (
        q.TrainingPlace.objects.filter(
            training__agency=span.agency, training__held_on__range=(span.since, span.day), attended=True
        )
        .values("person")
        .distinct()
        .count()
    )
    levels = q.CompetenceLevel.objects.filter(
        competence__agency=span.agency, competence__ended_on=None, person__is_active=True
    ).aggregate(n=Count("pk"), met=Count("pk", filter=Q(level__gte=F("competence__level"))))
    money = BudgetEntry.objects.filter(
        agency=span.agency, quarter__startswith=str(span.year), task__plan__in=plans_of(span)
    ).aggregate(registered=Sum("registered"), disbursed=Sum("disbursed"))
    registered, paid = money["registered"] or Decimal(0), money["disbursed"] or Decimal(0)
    part = f"{number(round(100 * paid / registered, 1))}% số đăng ký" if registered else ""
    return [
        ["Công chức, viên chức, người lao động", staff, ""],
        ["Yêu cầu năng lực đạt mức cần có", share(levels["met"], levels["n"]), ""],
        ["Khóa đào tạo đã tổ chức", share(training["held"], training["n"]), f"Chương trình năm {span.year}"],
        ["Người được đào tạo", share(trained, staff), ""],
        ["Kinh phí đăng ký trong năm", number(registered, "triệu đồng"), ""],
        ["Kinh phí đã giải ngân", number(paid, "triệu đồng"), part],
    ]


def improvement(span: Span) -> Rows:
    """What was proposed from all sides and is worth deciding (9.3.2 f; 10.3)."""
    during = (span.since, span.day)
    found = q.Finding.objects.filter(
        agency=span.agency, grade=q.Finding.Grade.IMPROVEMENT, withdrawn_reason="", raised_at__date__range=during
    ).select_related("audit__unit")
    asked = DocumentChange.objects.filter(agency=span.agency, asked_at__date__range=during)
    proposals = q.Feedback.objects.filter(agency=span.agency, kind="proposal", received_on__range=during)
    chances = q.Risk.objects.filter(agency=span.agency, kind="opportunity", state="open").select_related("unit")
    rows: Rows = [
        ["Cơ hội cải tiến qua đánh giá nội bộ", found.count(), ""],
        ["Đề nghị sửa đổi tài liệu", asked.count(), f"{asked.filter(state='asked').count()} chờ xem xét"],
        ["Kiến nghị của tổ chức, cá nhân", proposals.count(), ""],
        ["Cơ hội đang theo dõi", chances.count(), ""],
    ]
    rows += [[f.text[:300], f.code, f.audit.unit.label] for f in found.order_by("-pk")[:MOST]]
    rows += [[c.title, c.code, c.unit.label] for c in chances.order_by("-score", "id")[:10]]
    return rows
