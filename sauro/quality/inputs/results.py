"""What the system achieves: satisfaction, objectives, processes, tasks (9.3.2 c 1, 2, 3, 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Avg, Count, F, Q

from sauro.monitoring.measured import Measured, measured
from sauro.monitoring.models import Indicator, Measurement, Rating
from sauro.monitoring.targets import Standing
from sauro.plans.models import Objective, Plan, Task
from sauro.quality import models as q
from sauro.quality.inputs.span import Rows, Span, number, said, share

MOST = 60
WORDS = {
    Standing.ACHIEVED: "Đã đạt",
    Standing.ON_TRACK: "Đúng nhịp",
    Standing.AT_RISK: "Có nguy cơ không đạt",
    Standing.OFF_TRACK: "Chệch nhịp",
    Standing.SILENT: "Chưa có số liệu",
}
SIGNS = {">=": "tối thiểu", ">": "trên", "<=": "tối đa", "<": "dưới", "=": "", "approx": "khoảng"}


def satisfaction(span: Span) -> Rows:
    """Answers of surveys, shares of good and poor, complaints and how fast they were answered (9.3.2 c 1)."""
    during = (span.since, span.day)
    answers = q.SurveyAnswer.objects.filter(survey__agency=span.agency, on__range=during).count()
    scale = q.AnswerValue.objects.filter(
        answer__survey__agency=span.agency, answer__on__range=during, question__kind="scale", score__isnull=False
    )
    all_ = scale.aggregate(
        n=Count("pk"), poor=Count("pk", filter=Q(score__lte=F("question__poor_to"))), mean=Avg("score")
    )
    rows: Rows = [
        ["Lượt trả lời phiếu khảo sát", answers, ""],
        ["Ý kiến mức kém", share(all_["poor"], all_["n"]), "Chỉ tiêu: không có ý kiến mức kém"],
    ]
    by_survey = scale.values(title=F("question__survey__title")).annotate(
        n=Count("answer", distinct=True), mean=Avg("score"),
        poor=Count("pk", filter=Q(score__lte=F("question__poor_to"))),
    )  # fmt: skip
    for one in by_survey.order_by("title")[:MOST]:
        mean = number(round(one["mean"], 2)) if one["mean"] is not None else ""
        rows.append([one["title"], f"{one['n']} phiếu", f"điểm bình quân {mean}, {one['poor']} ý kiến kém"])
    feedback = q.Feedback.objects.filter(agency=span.agency, received_on__range=during)
    told = feedback.aggregate(
        n=Count("pk"),
        complaints=Count("pk", filter=Q(kind="complaint")),
        praise=Count("pk", filter=Q(kind="praise")),
        ended=Count("pk", filter=Q(answered_on__lte=span.day)),
        in_time=Count("pk", filter=Q(answered_on__lte=F("due"))),
        late=Count("pk", filter=Q(answered_on=None, due__lt=span.day)),
    )
    rows += [
        ["Phản ánh, kiến nghị đã nhận", told["n"], f"{told['complaints']} phản ánh, {told['praise']} khen ngợi"],
        ["Trả lời đúng hạn", share(told["in_time"], told["ended"]), f"{told['late']} phản ánh quá hạn chưa trả lời"],
    ]
    return rows


def indicators_of(span: Span) -> list[Indicator]:
    """The indicators of the agency's own objectives in the year, in the plans' order."""
    found = Indicator.objects.filter(
        agency=span.agency, target__objective__ended_in=None, target__objective__plan__unit=None,
        target__objective__plan__in=plans_of(span),
    )  # fmt: skip
    order = ("target__objective__plan", "target__objective__order", "target__order")
    return list(found.select_related("target__objective__plan").order_by(*order)[:MOST])


def plans_of(span: Span) -> Iterable[Plan]:
    """The plans that run in the year."""
    return Plan.objects.filter(
        agency=span.agency, starts_on__lte=dt.date(span.year, 12, 31), ends_on__gte=dt.date(span.year, 1, 1)
    )


def wanted(indicator: Indicator) -> str:
    """What is to be reached, in words: "tối thiểu 95%"."""
    target = indicator.target
    if target.comparator == "range":
        return f"{number(target.low)} – {number(target.high, target.unit)}"
    level = target.low if target.low is not None else target.high
    return f"{SIGNS.get(target.comparator, '')} {number(level, target.unit)}".strip()


def told(one: Measured) -> list[str]:
    """A target as a row: its name, the last figure, how it stands against what is wanted."""
    last = one.last
    figure = (
        f"{number(last.reached, one.indicator.unit_name)} ({last.period.label.lower()})" if last else "Chưa có số liệu"
    )
    return [one.indicator.target.indicator, figure, f"{WORDS[one.standing]}; phải đạt {wanted(one.indicator)}"]


def objectives(span: Span) -> Rows:
    """How far the quality objectives are met: targets with their figures, ratings of the months (9.3.2 c 2)."""
    found = measured(indicators_of(span), span.day)
    good = sum(m.standing in (Standing.ACHIEVED, Standing.ON_TRACK) for m in found.values())
    rows: Rows = [["Chỉ tiêu đã đạt hoặc đúng nhịp", share(good, len(found)), ""]]
    rows += [told(one) for one in found.values()]
    ratings = Rating.objects.filter(
        agency=span.agency, month__gte=f"{span.since:%Y-%m}", month__lte=f"{span.day:%Y-%m}"
    ).aggregate(
        n=Count("pk"), good=Count("pk", filter=Q(level="good")), fair=Count("pk", filter=Q(level="fair")),
        poor=Count("pk", filter=Q(level="poor")),
    )  # fmt: skip
    note = f"{ratings['fair']} trung bình, {ratings['poor']} kém"
    rows.append(["Đánh giá hằng tháng đạt mức Tốt", share(ratings["good"], ratings["n"]), note])
    units = q.UnitObjectives.objects.filter(agency=span.agency, year=span.year).count()
    wishes = Objective.objects.filter(plan__unit_objectives__agency=span.agency, plan__unit_objectives__year=span.year)
    rows.append(["Đơn vị đã có mục tiêu, kế hoạch riêng", units, f"{wishes.count()} mục tiêu cấp đơn vị"])
    return rows


def processes(span: Span) -> Rows:
    """Each process with its indicators, and outputs that failed (9.3.2 c 3)."""
    found = list(q.Process.objects.filter(agency=span.agency, ended_on=None).prefetch_related("indicators__target"))
    lines = measured({i.pk: i for p in found for i in p.indicators.all()}.values(), span.day)
    failed = q.Nonconformity.objects.filter(
        agency=span.agency, is_output=True, raised_on__range=(span.since, span.day)
    ).exclude(state="cancelled")
    rows: Rows = [
        ["Quá trình đang vận hành", len(found), f"{sum(not p.indicators.all() for p in found)} chưa có chỉ số đo"],
        ["Đầu ra không phù hợp", failed.count(), ""],
    ]
    for process in found[:MOST]:
        for indicator in process.indicators.all():
            name, figure, note = told(lines[indicator.pk])
            rows.append([f"{process.name}: {name}", figure, note])
    return rows


def monitoring(span: Span) -> Rows:
    """Tasks of the year's plans by the four cells, measurements that were taken (9.3.2 c 5)."""
    tasks = Task.objects.filter(agency=span.agency, plan__in=plans_of(span)).in_force().of_the_plan()
    cells = tasks.four_cells(span.day)
    counted = Measurement.objects.filter(
        agency=span.agency, entered_at__date__range=(span.since, span.day)
    ).aggregate(n=Count("pk"), lines=Count("indicator", distinct=True))  # fmt: skip
    return [
        ["Nhiệm vụ của các kế hoạch trong năm", cells.total, ""],
        ["Hoàn thành đúng hạn", cells.done_on_time, ""],
        ["Hoàn thành trễ hạn", cells.done_late, ""],
        ["Đang thực hiện trong hạn", cells.in_time, ""],
        ["Quá hạn chưa xong", cells.open_overdue, ""],
        ["Lượt ghi số liệu trong kỳ", counted["n"], f"{counted['lines']} chỉ số, tính đến {said(span.day)}"],
    ]
