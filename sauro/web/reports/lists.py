"""The register of reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from sauro.monitoring.models import Duty, Report, Round
from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import AGENCY, Capability, reach
from sauro.plans.models import Plan, Task
from sauro.web.home.words import period_words
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.reports import naming
from sauro.web.reports.reading import CHIPS
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Nộp lúc"), 16), lambda r: r.submitted_at and r.submitted_at.astimezone()),
        Taken(Column(_("Số kế hoạch"), 14), lambda r: naming.about(r).number),
        Taken(Column(_("Mã"), 8), lambda r: r.task.ref if r.task else ""),
        Taken(Column(_("Nhiệm vụ"), 40), lambda r: naming.about(r).title),
        Taken(Column(_("Đơn vị"), 24), lambda r: r.unit.name),
        Taken(Column(_("Người báo cáo"), 18), lambda r: r.author.full_name),
        Taken(Column(_("Kỳ"), 14), _period),
        Taken(Column(_("Tiến độ"), 8, "percent"), lambda r: r.progress if r.task else None),
        Taken(Column(_("Kết quả"), 50), lambda r: r.done_text),
        Taken(Column(_("Khó khăn, vướng mắc"), 30), lambda r: r.difficulties),
        Taken(Column(_("Đề xuất, kiến nghị"), 30), lambda r: r.proposals),
    ]


def _period(report: Report) -> str:
    return period_words(report.duty.period, year=True) if report.duty and report.duty.period else ""


def _months(on: dt.date) -> list[tuple[str, str]]:
    """The last twelve months, the newest first, as (2026-11, tháng 11/2026)."""
    months, year, month = [], on.year, on.month
    for _i in range(12):
        months.append((f"{year}-{month:02}", period_words(f"{year}-{month:02}", year=True)))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months


def _in_month(rows: Any, value: str) -> Any:
    year, month = (int(part) for part in value.split("-"))
    return rows.filter(submitted_at__year=year, submitted_at__month=month)


@require_GET
def report_list(request: Request) -> HttpResponseBase:
    """Reports handed in: of the person's unit, of the agency for those who look over it; own drafts on top."""
    person = request.user
    units = Unit.objects.filter(agency_id=person.agency_id, kind=Unit.Kind.UNIT, is_active=True).order_by("path")
    paths = {str(u.pk): u for u in units}
    scopes = [("toi", _("Của tôi")), ("don-vi", _("Đơn vị tôi")), ("tat-ca", _("Cả cơ quan"))]
    asked = request.GET.copy()
    if "pham_vi" not in asked:
        whole = any(reach(person, c) == AGENCY for c in (Capability.COMPLETE_TASK, Capability.READ_LEDGER))
        asked["pham_vi"] = "tat-ca" if whole else "don-vi"
        request.GET = asked  # type: ignore[assignment]
    filters = [
        Filter("pham_vi", _("Phạm vi"), scopes, lambda rows, value: _scope(rows, value, person), _("Cả cơ quan")),
        Filter(
            "don_vi",
            _("Đơn vị"),
            [(str(u.pk), "  " * (u.depth - 2) + u.name) for u in units],
            lambda rows, value: rows.filter(under("unit__path", paths[value].path)),
            _("Mọi đơn vị"),
        ),
        Filter(
            "ke_hoach",
            _("Kế hoạch"),
            [(str(p.pk), p.number or p.title) for p in Plan.objects.visible_to(person)[:100]],
            lambda rows, value: rows.filter(Q(task__plan_id=value) | Q(task=None, round__plan_id=value)),
            _("Mọi kế hoạch"),
        ),
        Filter(
            "trang_thai",
            _("Trạng thái"),
            [(state.value, state.label) for state in Report.State if state != Report.State.DRAFT],
            lambda rows, value: rows.filter(state=value),
        ),
        Filter("thang", _("Tháng nộp"), _months(today()), _in_month, _("Mọi tháng")),
        Filter(
            "noi",
            _("Nội dung"),
            [("kho-khan", _("có khó khăn")), ("de-xuat", _("có đề xuất"))],
            lambda rows, value: rows.exclude(**{"difficulties" if value == "kho-khan" else "proposals": ""}),
        ),
    ]
    register = Register(
        request,
        Report.objects.visible_to(person).exclude(state=Report.State.DRAFT),
        search=lambda rows, words: rows.filter(
            task__in=Task.objects.visible_to(person).matching(words).order_by().values("pk")
        ),
        search_label=_("Tìm theo nhiệm vụ"),
        filters=filters,
        sorts=[
            Sort("nop", _("lúc nộp, mới trước"), ("-submitted_at", "-pk"), ("submitted_at", "pk")),
            Sort("tien-do", _("tiến độ, thấp trước"), ("progress", "-pk"), ("-progress", "-pk")),
        ],
        columns=_columns(),
        dress=lambda rows: rows.select_related("task__plan", "round__plan", "unit", "author", "duty"),
    )
    for report in register.page.object_list:
        report.period_words, report.about = _period(report), naming.about(report)
        report.tone, report.sign = CHIPS[Report.State(report.state)]
    n = register.total
    title = ngettext("%(n)s báo cáo đã nộp", "%(n)s báo cáo đã nộp", n) % {"n": vnumber(n)}
    begun = Report.objects.visible_to(person).filter(state__in=[Report.State.DRAFT, Report.State.RETURNED])
    begun = begun.filter(Q(author=person) | Q(unit_id=person.unit_id, duty__isnull=False))
    drafts: list[Any] = list(begun.select_related("task__plan", "round__plan", "unit").order_by("-changed_at")[:20])
    for draft in drafts:
        draft.about = naming.about(draft)
    return register.respond(
        "reports/list.html",
        "reports/table.html",
        title=title if n else _("Chưa có báo cáo nào"),
        noun=pgettext("noun", "báo cáo"),
        file_title=_("Báo cáo thực hiện nhiệm vụ"),
        drafts=drafts,
        rounds=open_rounds_of(person, today()),
    )


def open_rounds_of(person: Person, on: dt.date) -> list[Any]:
    """The rounds that are open in which the person's unit owes reports, the first due first; `owed`: how many."""
    if not reach(person, Capability.REPORT):
        return []
    mine = Q(duties__person=person) | under("duties__unit_path", person.unit.path)
    rounds = Round.objects.visible_to(person).running(on).filter(mine, duties__state=Duty.State.OPEN)
    counted = rounds.annotate(owed=Count("duties", distinct=True)).select_related("plan").order_by("due", "pk")
    found: list[Any] = list(counted[:10])
    for round in found:
        round.words = period_words(round.period, year=True) if round.period else round.event
    return found


def _scope(rows: Any, value: str, person: Any) -> Any:
    if value == "toi":
        return rows.filter(author=person)
    return rows.filter(under("unit__path", person.unit.path)) if value == "don-vi" else rows
