"""The register of rounds."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.rounds import Counts
from sauro.organization.models import Person
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Plan
from sauro.web.context import badge
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.registers import holding, year_filter
from sauro.web.request import Request
from sauro.web.rounds.words import how_far, name_of
from sauro.web.today import today
from sauro.web.waits import waits, waits_of
from sauro.writing import Column


@waits("reports")
def _to_accept(person: Person) -> list[Any]:
    if not reach(person, Capability.COLLECT):
        return []
    open_rounds = Report.objects.filter(
        agency_id=person.agency_id, state=Report.State.SUBMITTED, round__state=Round.State.OPEN
    )
    return [open_rounds.order_by().values_list("pk")]


@badge("round-list")
def waiting(request: HttpRequest) -> int:
    """Reports of open rounds that wait to be accepted; only for those who can accept them."""
    return waits_of(request).counts["reports"]


def counts_by(rounds: list[int]) -> dict[int, Counts]:
    """The counts of several rounds, in one query."""
    s = Report.State
    rows = (
        Duty.objects.filter(round__in=rounds)
        .exclude(state=Duty.State.CANCELLED)
        .order_by()
        .values("round_id")
        .annotate(
            all=Count("pk"),
            accepted=Count(
                "pk",
                filter=Q(reports__state__in=(s.ACCEPTED, s.LOCKED)) | Q(reports=None, state=Duty.State.MET),
            ),
            waiting=Count("pk", filter=Q(reports__state=s.SUBMITTED)),
            returned=Count("pk", filter=Q(reports__state=s.RETURNED)),
        )
    )
    return {
        r["round_id"]: Counts(
            r["accepted"], r["waiting"], r["returned"], r["all"] - r["accepted"] - r["waiting"] - r["returned"]
        )
        for r in rows
    }


@require_GET
def round_list(request: Request) -> HttpResponseBase:
    """Rounds of the agency: what is open first."""
    me, on = request.user, today()
    rows = Round.objects.visible_to(me)
    plans = Plan.objects.visible_to(me).filter(pk__in=rows.order_by().values("plan"))[:100]
    register = Register(
        request,
        rows,
        search=holding("plan__number", "plan__title", "event", "period"),
        search_label=_("Tìm theo kế hoạch, kỳ, sự kiện"),
        filters=[
            Filter("trang_thai", _("Trạng thái"), list(Round.State.choices), lambda r, v: r.filter(state=v)),
            Filter("loai", _("Loại kỳ"), list(Round.Kind.choices), lambda r, v: r.filter(kind=v)),
            Filter(
                "ke_hoach",
                _("Kế hoạch"),
                [(str(p.pk), p.number or p.title) for p in plans],
                lambda r, v: r.filter(plan_id=v),
                _("Mọi kế hoạch"),
            ),
            year_filter(rows, "due__year"),
        ],
        sorts=[
            Sort("han", _("hạn nộp, mới trước"), ("-due", "-pk"), ("due", "pk")),
            Sort("tong-hop", _("hạn tổng hợp, mới trước"), ("-focal_due", "-pk"), ("focal_due", "pk")),
        ],
        dress=lambda r: r.select_related("plan", "focal_unit", "responsible"),
    )
    listed = list(register.page) if "tai" not in request.GET else list(register.dress(register.ordered)[:5000])
    counted = counts_by([r.pk for r in listed])
    register.columns = [
        Taken(Column(_("Kỳ báo cáo"), 30), name_of),
        Taken(Column(_("Số kế hoạch"), 16), lambda r: r.plan.number),
        Taken(Column(_("Hạn nộp"), 12, "date"), lambda r: r.due),
        Taken(Column(_("Hạn tổng hợp"), 12, "date"), lambda r: r.focal_due),
        Taken(Column(_("Trạng thái"), 12), lambda r: r.get_state_display()),
        Taken(Column(_("Phải có"), 10, "number"), lambda r: counted.get(r.pk, Counts()).due),
        Taken(Column(_("Đã nhận"), 10, "number"), lambda r: counted.get(r.pk, Counts()).accepted),
        Taken(Column(_("Chờ nhận"), 10, "number"), lambda r: counted.get(r.pk, Counts()).waiting),
        Taken(Column(_("Đã trả lại"), 10, "number"), lambda r: counted.get(r.pk, Counts()).returned),
        Taken(Column(_("Chưa nộp"), 10, "number"), lambda r: counted.get(r.pk, Counts()).missing),
    ]
    shown = [
        {"round": r, "name": name_of(r), "counts": counted.get(r.pk, Counts()), "far": how_far(r.due, on)}
        for r in listed
    ]
    running = Round.objects.visible_to(me).running(on).count()
    title = ngettext("%(n)s kỳ báo cáo đang mở", "%(n)s kỳ báo cáo đang mở", running) % {"n": vnumber(running)}
    return register.respond(
        "rounds/list.html",
        "rounds/table.html",
        title=title if running else _("Không có kỳ báo cáo nào đang mở"),
        noun=_("kỳ báo cáo"),
        file_title=_("Các kỳ báo cáo"),
        rows=shown,
        may_collect=bool(reach(me, Capability.COLLECT)),
        may_rule=bool(reach(me, Capability.MANAGE_RULES)),
        empty_words=_("Kỳ định kỳ tự mở trước hạn nộp 14 ngày, theo chế độ báo cáo của các kế hoạch."),
    )
