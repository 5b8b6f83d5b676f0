"""A report to read: what it says, where it stands, who can do what with it next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sauro.monitoring import services
from sauro.monitoring.lattice import Verb
from sauro.monitoring.models import Report
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period
from sauro.web.reports import naming
from sauro.web.request import Request
from sauro.web.targets.chart import period_words

# The chip of each state: tone and sign.
CHIPS = {
    Report.State.DRAFT: ("neutral", "pencil"),
    Report.State.SUBMITTED: ("info", "send"),
    Report.State.RETURNED: ("soon", "arrow-back-up"),
    Report.State.ACCEPTED: ("done", "check"),
    Report.State.LOCKED: ("neutral", "lock"),
}


def page(request: Request, found: Report, pace: Any) -> HttpResponse:
    """The report for those who don't write in it now; its own people are told why, and who can lift it."""
    writes = services.writes_for(found, request.user)
    may_withdraw = writes and not services.why_not(found, Verb.WITHDRAW, request.user)
    tone, sign = CHIPS[Report.State(found.state)]
    given = found.measurements.select_related("indicator__target").order_by("indicator__target__order", "period")
    context = {
        "report": found,
        "task": found.task,
        "about": naming.about(found),
        "title": naming.title_of(found),
        "files": list(found.evidence.select_related("file", "product")),
        "pace": pace,
        "figures": [(row, period_words(Period.parse(row.period))) for row in given],
        "measures": found.measure_figures.select_related("measure").order_by("measure__order") if found.task_id else [],
        "tone": tone,
        "sign": sign,
        "may_withdraw": may_withdraw,
        "blocked": "" if may_withdraw or not writes else services.why_not(found, Verb.SAVE, request.user),
    }
    return render(request, "reports/read.html", context)


def left_of(report: Report) -> list[str]:
    """Names of the figures that a report which was withdrawn gave and that stay, for someone told them otherwise."""
    rows = report.measurements.select_related("indicator__target").order_by("indicator", "period")
    names = [f"{row.indicator.target.indicator}, {period_words(Period.parse(row.period))}" for row in rows]
    return names + list(report.measure_figures.order_by("measure__order").values_list("measure__name", flat=True))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the report back while nobody has accepted it, and go on writing."""
    rows = Report.objects.visible_to(request.user).select_related("task", "duty", "round__plan", "unit")
    found = get_object_or_404(rows, pk=pk)
    try:
        fresh = services.withdraw_report(found, request.user)
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã rút lại. Sửa rồi nộp lại trước hạn."))
        if left := left_of(fresh):
            words = _("Số liệu đã có người ghi lại sau khi nộp nên giữ nguyên: %(what)s.")
            messages.warning(request, words % {"what": "; ".join(left)})
    return redirect("report", pk)
