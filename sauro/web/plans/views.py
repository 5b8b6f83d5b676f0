"""Plans, and the objectives and targets of them."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sauro.monitoring.services.works import budget_totals
from sauro.monitoring.standing import count_by
from sauro.organization.models import Unit
from sauro.organization.services import register_of
from sauro.plans.models import Plan, Target, Task
from sauro.plans.search import search_text
from sauro.plans.services import plan_to_draft
from sauro.plans.standing import FourCells
from sauro.vietnamese.text import fold
from sauro.web.context import url_of
from sauro.web.listing import MEDIA, Filter, Register, Rows, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.look.then import Then
from sauro.web.request import Request
from sauro.web.tasks.counting import kept_cells_by, shown
from sauro.web.today import today
from sauro.writing import Column, write_plan_docx, write_plan_xlsx


def holding(rows: Rows, words: str) -> Rows:
    """Rows whose folded text holds every one of the words."""
    for word in search_text(words).split():
        rows = rows.filter(folded__contains=word)
    return rows


@require_safe
def plan_list(request: Request) -> HttpResponseBase:
    """The plans of the agency with their four cells."""
    on, me = today(), request.user
    rows = Plan.objects.visible_to(me)
    years = sorted({year for pair in rows.values_list("starts_on__year", "ends_on__year").distinct() for year in pair})
    register = Register(
        request,
        rows,
        filters=[
            Filter(
                "nam",
                _("Năm"),
                [(str(y), str(y)) for y in reversed(years)],
                lambda r, v: r.filter(starts_on__year__lte=int(v), ends_on__year__gte=int(v)),
                _("Mọi năm"),
            ),
            Filter(
                "hieu_luc",
                _("Thời kỳ"),
                [("dang", _("Đang thực hiện")), ("het", _("Đã hết thời kỳ")), ("sap", _("Chưa đến thời kỳ"))],
                lambda r, v: r.filter(
                    {
                        "dang": Q(starts_on__lte=on, ends_on__gte=on),
                        "het": Q(ends_on__lt=on),
                        "sap": Q(starts_on__gt=on),
                    }[v]
                ),
                _("Mọi thời kỳ"),
            ),
            Filter(
                "cap",
                _("Cấp"),
                [("co_quan", _("Của cơ quan")), ("don_vi", _("Của đơn vị"))],
                lambda r, v: r.filter(unit__isnull=v == "co_quan"),
            ),
        ],
        dress=lambda rows: rows.select_related("unit"),
        sorts=[
            Sort("ngay", _("thời kỳ, mới trước"), ("-starts_on", "-pk"), ("starts_on", "pk")),
            Sort("ten", _("tên"), ("sort_key", "pk"), ("-sort_key", "-pk")),
            Sort("so", _("số văn bản"), ("number", "pk"), ("-number", "-pk")),
        ],
        search=holding,
        search_label=_("Tìm trong kế hoạch"),
    )  # fmt: skip
    counted: dict[int, FourCells] = {}

    def cells_of(pk: int) -> FourCells:
        if not counted:
            counted.update(_cells_by_plan(request, on))
            counted.setdefault(0, FourCells())
        return counted.get(pk, FourCells())

    register.columns = [
        Taken(Column(_("Số, ký hiệu"), 16), lambda p: p.number),
        Taken(Column(_("Kế hoạch"), 50), lambda p: p.title),
        Taken(Column(_("Từ ngày"), 12, "date"), lambda p: p.starts_on),
        Taken(Column(_("Đến ngày"), 12, "date"), lambda p: p.ends_on),
        Taken(Column(_("Tổng số nhiệm vụ"), 10, "number"), lambda p: cells_of(p.pk).total),
        Taken(Column(_("Hoàn thành đúng hạn"), 10, "number"), lambda p: cells_of(p.pk).done_on_time),
        Taken(Column(_("Hoàn thành quá hạn"), 10, "number"), lambda p: cells_of(p.pk).done_late),
        Taken(Column(_("Chưa hoàn thành, trong hạn"), 10, "number"), lambda p: cells_of(p.pk).in_time),
        Taken(Column(_("Chưa hoàn thành, quá hạn"), 10, "number"), lambda p: cells_of(p.pk).open_overdue),
    ]
    listed = [p.pk for p in register.page]
    here = Task.objects.visible_to(me).in_force().of_the_plan().filter(plan_id__in=listed)
    by_plan = kept_cells_by(here, "plan_id", f"{me.agency_id}&plans={listed}", on) if "tai" not in request.GET else {}
    return register.respond(
        "plans/list.html",
        "plans/table.html",
        title=_("%(n)s kế hoạch") % {"n": vnumber(register.total)} if register.total else _("Chưa có kế hoạch nào"),
        noun=_("kế hoạch"),
        file_title=_("Danh sách kế hoạch"),
        rows=[(p, shown(by_plan.get(p.pk, FourCells())), by_plan.get(p.pk, FourCells()).total) for p in register.page],
        most=max((c.total for c in by_plan.values()), default=0),
        empty_words=_("Tải văn bản lên, duyệt bản đọc rồi thông qua thì kế hoạch có ở đây."),
        empty_url=url_of("document-upload") or "",
        empty_action=_("Tải văn bản lên"),
    )


def _cells_by_plan(request: Request, on: Any) -> dict[int, FourCells]:
    rows = Task.objects.visible_to(request.user).in_force().of_the_plan()
    return kept_cells_by(rows, "plan_id", f"{request.user.agency_id}&allplans", on)


@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    """One plan: how it stands by group and by unit, its objectives, reporting rules and revisions."""
    on, me = today(), request.user
    found = get_object_or_404(
        Plan.objects.visible_to(me)
        .select_related("document")
        .defer("document__manuscript", "document__articles", "document__recipients"),
        pk=pk,
    )
    then = Then.asked(request, on)
    if then.differs:
        rows = Task.objects.visible_to(me).of_the_plan().filter(plan=found)
        by_group = count_by(rows, then.as_of, "group_id")
        by_unit = count_by(rows, then.as_of, "lead_unit_id")
    else:
        rows = Task.objects.visible_to(me).in_force().of_the_plan().filter(plan=found)
        by_group = rows.four_cells_by("group_id", on)
        by_unit = rows.four_cells_by("lead_unit_id", on)
    cells = sum(by_group.values(), FourCells())
    list_url = f"{reverse('task-list')}?ke_hoach={pk}"
    groups = [
        (g.title, shown(by_group[g.pk]), by_group[g.pk].total, f"{list_url}&nhom={g.pk}")
        for g in found.groups.all()
        if g.pk in by_group
    ]
    if None in by_group:
        words = _("Không thuộc nhóm nào") if groups else _("Cả kế hoạch")
        groups.append((words, shown(by_group[None]), by_group[None].total, "" if groups else list_url))
    units = Unit.objects.filter(pk__in=[u for u in by_unit if u]).order_by("sort_key")
    by_name = [
        (u, shown(by_unit[u.pk]), by_unit[u.pk].total, f"{list_url}&don_vi={u.pk}&vai_tro=chu_tri") for u in units
    ]
    if None in by_unit:
        by_name.append((None, shown(by_unit[None]), by_unit[None].total, ""))
    objectives = found.objectives.filter(ended_in=None).prefetch_related("targets")
    documents = url_of("document-list")
    return render(
        request,
        "plans/plan.html",
        {
            "plan": found,
            "lead": standing_words(cells),
            "cells": shown(cells),
            "total": cells.total,
            "continuous": cells.continuous,
            "groups": groups,
            "units": by_name,
            **money_of(found),
            "most_group": max((g[2] for g in groups), default=0),
            "most_unit": max((u[2] for u in by_name), default=0),
            "objectives": [(o, [(t, target_words(t)) for t in o.targets.all()]) for o in objectives],
            "rules": found.reporting_rules.filter(ended_in=None).select_related("unit", "via_unit"),
            "revisions": found.revisions.select_related("document", "adopted_by")
            .defer("draft", "document__manuscript")
            .order_by("-no"),
            "list_url": list_url,
            "document_url": f"{documents}{found.document_id}/" if documents else "",
            "today": on,
            "then": then,
        },
    )


def money_of(found: Plan) -> dict[str, Any]:
    """Money of the plan's tasks by lead unit, in million đồng: lines of (unit, registered, disbursed) and the sum."""
    by_unit = budget_totals(found.tasks.all(), "lead_unit_id")
    units = Unit.objects.in_bulk([pk for pk in by_unit if pk]) if by_unit else {}
    lines = sorted(
        ((units.get(pk), *amounts) for pk, amounts in by_unit.items()),
        key=lambda line: line[0].sort_key if line[0] else "",
    )
    return {"money": lines, "money_sum": [sum(column) for column in zip(*(line[1:] for line in lines), strict=True)]}


def standing_words(cells: FourCells) -> str:
    """How a plan stands, in one line."""
    if not cells.total:
        return _("Kế hoạch không có nhiệm vụ nào.")
    if not cells.open_overdue:
        return _("%(done)s trên %(total)s nhiệm vụ đã hoàn thành, không nhiệm vụ nào quá hạn.") % {
            "done": vnumber(cells.done),
            "total": vnumber(cells.total),
        }
    return _("%(done)s trên %(total)s nhiệm vụ đã hoàn thành, %(late)s quá hạn chưa xong.") % {
        "done": vnumber(cells.done),
        "total": vnumber(cells.total),
        "late": vnumber(cells.open_overdue),
    }


@require_safe
def plan_file(request: Request, pk: int, kind: str) -> HttpResponseBase:
    """The whole plan as an official decision in Word (`docx`), or as Excel sheets (`xlsx`)."""
    if kind not in ("docx", "xlsx"):
        raise Http404
    found = get_object_or_404(Plan.objects.visible_to(request.user).select_related("document", "agency"), pk=pk)
    draft = plan_to_draft(found)
    # Spooled to disk: closed, and so removed, when the response has been sent.
    out = tempfile.TemporaryFile()  # noqa: SIM115
    if kind == "docx":
        write_plan_docx(
            draft,
            out,
            agency=found.agency.name,
            parent_agency=found.agency.parent_name or None,
            units=register_of(found.agency),
        )
    else:
        write_plan_xlsx(draft, out)
    out.seek(0)
    name = "-".join(fold(f"{found.number} {found.title}".replace("/", "-")).split())[:80] or "ke-hoach"
    return FileResponse(out, as_attachment=True, filename=f"{name}.{kind}", content_type=MEDIA[kind])


COMPARED = {
    Target.Comparator.AT_LEAST: "≥ {low}",
    Target.Comparator.MORE: "> {low}",
    Target.Comparator.AT_MOST: "≤ {high}",
    Target.Comparator.LESS: "< {high}",
    Target.Comparator.EQUAL: "{low}",
    Target.Comparator.RANGE: "{low} – {high}",
    Target.Comparator.ABOUT: "≈ {low}",
}


def target_words(target: Target) -> str:
    """What is to be reached, with its unit: "≥ 300 hộ", "15 – 17%"."""
    low, high = target.low, target.high
    either: Decimal | None = low if low is not None else high
    words = COMPARED[Target.Comparator(target.comparator)].format(
        low=vnumber(low if low is not None else either), high=vnumber(high if high is not None else either)
    )
    if target.direction in ("increase", "decrease"):
        words = (_("tăng %(n)s") if target.direction == "increase" else _("giảm %(n)s")) % {"n": words}
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}"
    words = f"{words}{unit}".strip()
    return words + (" " + _("so với năm %(year)d") % {"year": target.baseline_year} if target.baseline_year else "")


def kinds_of_register(current: str) -> list[tuple[str, str, bool]]:
    """The two registers of what is to be reached, as tabs: (words, address, whether it is the one shown)."""
    return [
        (pgettext("room", "Chỉ tiêu"), reverse("target-list"), current == "target-list"),
        (pgettext("room", "Mục tiêu"), reverse("objective-list"), current == "objective-list"),
    ]
