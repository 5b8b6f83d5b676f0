"""A round's page, and what one unit sent in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sauro.monitoring.models import Consolidation, Duty, OutsideUpdate, Report, Round
from sauro.monitoring.rounds import (
    Conflict,
    Difference,
    conflicts_of,
    count_proofs,
    differences_of,
    picture_of,
    statements_of,
)
from sauro.monitoring.services.collecting import period_of
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, allows, holders
from sauro.plans.models import Task
from sauro.web.home.words import period_words
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.rounds.bar import PARTS, bar, sample
from sauro.web.rounds.table import sides, takings, unit_table
from sauro.web.rounds.words import days_words, name_of
from sauro.web.tasks.counting import kept
from sauro.web.today import today

CONFLICTS_SHOWN, SIDES_SHOWN, STATEMENTS_SHOWN = 10, 6, 12


def find(request: Request, pk: int) -> Round:
    """The round, where the person may see it; 404 for others."""
    rows = Round.objects.visible_to(request.user).select_related("plan", "focal_unit", "responsible", "agency")
    return get_object_or_404(rows, pk=pk)


def frame(request: Request, found: Round, **more: Any) -> dict[str, Any]:
    """What every page of a round needs: the round, its name, and what this person may do with it."""
    is_open = found.state == Round.State.OPEN
    may = allows(request.user, Capability.COLLECT, found)
    return {
        "round": found,
        "name": name_of(found),
        "is_open": is_open,
        "may": may,
        "may_act": may and is_open,
        "may_unlock": not is_open and allows(request.user, Capability.UNLOCK, found),
        "today": today(),
        **more,
    }


def labels() -> dict[str, str]:
    """The four parts of a round in words."""
    words = (_("đã nhận"), _("đã nộp, chờ nhận"), _("đã trả lại"), _("chưa nộp"))
    return dict(zip(PARTS, words, strict=True))


def compared(found: Round) -> tuple[list[Difference], list[Conflict]]:
    """Every task of which units differ, and the first of them in full."""
    differences = differences_of(found)
    # What is kept is what is shown.
    conflicts = conflicts_of(found, differences[:CONFLICTS_SHOWN], sides_of_each=SIDES_SHOWN)
    count_proofs(conflicts)
    return differences, conflicts


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """The round as the focal unit sees it."""
    found = find(request, pk)

    def keep(question: str, count: Callable[[], Any]) -> Any:
        return kept(f"{found.agency_id}&round={pk} {question}", today(), count)

    picture = picture_of(found, keep)
    # What units that handed in say differently follows from the ledger alone.
    differences, conflicts = keep("differences", lambda: compared(found))
    total = picture.total
    share = round_share(total.in_hand, total.due)
    undecided = [d for d in differences if d.taken is None]
    report = Consolidation.objects.filter(round=found).select_related("template").first()
    told = OutsideUpdate.objects.filter(task__plan_id=found.plan_id, period=period_of(found)).values("task").distinct()
    remind, smooth, words = len(picture.to_remind), picture.smooth, labels()
    context = frame(
        request,
        found,
        picture=picture,
        total=total,
        parts=[(key, getattr(total, key), words[key], sample(key)) for key in PARTS],
        bar=bar(total),
        in_hand=_("%(n)s trên %(all)s đã có trong tay, %(share)d%%")
        % {"n": vnumber(total.in_hand), "all": vnumber(total.due), "share": share},
        days=days_words(found, today()),
        conflicts=[(c, sides(c), takings(c)) for c in conflicts],
        undecided=len(undecided),
        conflicts_hidden=max(0, len(differences) - CONFLICTS_SHOWN),
        remind_words=ngettext("Nhắc %(n)s đơn vị", "Nhắc %(n)s đơn vị", remind) % {"n": vnumber(remind)},
        smooth_words=ngettext("Nhận %(n)s báo cáo không vướng", "Nhận %(n)s báo cáo không vướng", smooth)
        % {"n": vnumber(smooth)},
        report=report,
        outside=told.count(),
        lift=holders(Capability.UNLOCK, found) if found.state == Round.State.LOCKED else "",
    )
    context["unit_rows"] = unit_table(
        found, picture.units, may_act=context["may_act"], token=get_token(request) if context["may_act"] else ""
    )
    return render(request, "rounds/round.html", context)


def round_share(part: int, whole: int) -> int:
    """Per cent, never 100 while something is missing."""
    return 100 if part == whole else min(99, round_half(part * 100 / whole)) if whole else 0


def round_half(value: float) -> int:
    """Half goes up, as people round."""
    return int(value + 0.5)


@require_GET
def gathered(request: Request, pk: int) -> HttpResponse:
    """Difficulties and proposals of the round, each once, with who named it; a part of the round's page."""
    found = find(request, pk)
    difficulties, hard = statements_of(found, "difficulties")
    proposals, asked = statements_of(found, "proposals")
    context = frame(
        request,
        found,
        kinds=[
            (_("Khó khăn, vướng mắc đã gộp"), difficulties, hard, STATEMENTS_SHOWN),
            (_("Đề xuất, kiến nghị đã gộp"), proposals, asked, STATEMENTS_SHOWN),
        ],
    )
    return render(request, "rounds/gathered.html" if request.htmx else "rounds/gathered_page.html", context)


@require_GET
def unit(request: Request, pk: int, unit: int) -> HttpResponse:
    """What one unit owes and sent in the round, report by report."""
    found = find(request, pk)
    whose = get_object_or_404(Unit, pk=unit, agency_id=found.agency_id)
    duties = (
        Duty.objects.filter(round=found, unit=whose)
        .exclude(state=Duty.State.CANCELLED)
        .select_related("task", "plan", "person")
        .order_by("task__order", "pk")
    )
    reports = {
        r.duty_id: r
        for r in Report.objects.filter(duty__in=duties)
        .select_related("author", "accepted_by", "returned_by")
        .annotate(proofs=Count("evidence"))
    }
    rows = [line_of(duty, reports.get(duty.pk), request.user) for duty in duties]
    waiting = sum(1 for row in rows if row["state"] == Report.State.SUBMITTED)
    context = frame(
        request, found, unit=whose, rows=rows, waiting=waiting, period=period_words(found.period, year=True)
    )
    return render(request, "rounds/unit.html", context)


def line_of(duty: Duty, report: Report | None, person: Person) -> dict[str, Any]:
    """One report that is due, with what became of it. A draft is nobody's word yet: of it only its time is shown."""
    task: Task | None = duty.task
    state = report.state if report else ""
    chips = {
        "": ("done", _("Đã báo cáo bằng văn bản"), "check") if duty.state == Duty.State.MET
        else ("late", _("Chưa nộp"), "volume-off"),
        Report.State.DRAFT: ("soon", _("Đang soạn"), "pencil"),
        Report.State.SUBMITTED: ("info", _("Chờ nhận"), "inbox"),
        Report.State.RETURNED: ("soon", _("Đã trả lại"), "arrow-back-up"),
        Report.State.ACCEPTED: ("done", _("Đã nhận"), "check"),
        Report.State.LOCKED: ("neutral", _("Đã khóa"), "lock"),
    }  # fmt: skip
    tone, words, icon = chips[state]
    spoken = report if report and (state != Report.State.DRAFT or report.author_id == person.pk) else None
    return {
        "duty": duty,
        "task": task,
        "title": task.title if task else duty.title,
        "report": spoken,
        "state": state,
        "at": report.changed_at if report else None,
        "tone": tone,
        "words": words,
        "icon": icon,
        "url": reverse("report", args=[spoken.pk]) if spoken else "",
    }
