"""The register of objectives: what plans are for, in words, with the targets that measure it."""

from __future__ import annotations

from django.db.models import Count, F
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sauro.plans.models import Objective, Plan
from sauro.web.listing import Filter, Register, Rows, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.plans.views import holding, kinds_of_register, target_words
from sauro.web.request import Request
from sauro.web.tasks.register import plan_choices
from sauro.writing import Column


def _measured(rows: Rows, value: str) -> Rows:
    return rows.filter(measures__gt=0) if value == "co" else rows.filter(measures=0)


@require_safe
def objective_list(request: Request) -> HttpResponseBase:
    """Objectives in force of all plans, each with its targets (TCVN ISO 9001:2015, 6.2)."""
    me = request.user
    plans = plan_choices(me, request.GET.get("ke_hoach", ""))
    rows = Objective.objects.filter(plan__in=Plan.objects.visible_to(me), ended_in=None)
    register = Register(
        request,
        rows.annotate(measures=Count("targets")),
        filters=[
            Filter("ke_hoach", _("Kế hoạch"), plans, lambda r, v: r.filter(plan_id=v), _("Mọi kế hoạch")),
            Filter(
                "chi_tieu",
                pgettext("room", "Chỉ tiêu"),
                [("co", _("Đo bằng chỉ tiêu")), ("chua", _("Chưa có chỉ tiêu"))],
                _measured,
                _("Có và chưa có"),
            ),
        ],
        sorts=[
            Sort(
                "ke_hoach",
                _("kế hoạch, mới trước"),
                ("-plan__starts_on", "-plan_id", "order"),
                ("plan__starts_on", "plan_id", "order"),
            ),
            Sort("chi_tieu", _("số chỉ tiêu, nhiều trước"), ("-measures", "pk"), ("measures", "pk")),
            Sort(
                "han",
                _("ngày hoàn thành"),
                (F("ends_on").asc(nulls_last=True), "pk"),
                (F("ends_on").desc(nulls_last=True), "-pk"),
            ),
        ],
        search=holding,
        search_label=_("Tìm trong mục tiêu"),
        dress=lambda r: r.select_related("plan__unit").prefetch_related("targets"),
        columns=[
            Taken(Column(_("Kế hoạch"), 16), lambda o: o.plan.number),
            Taken(Column(_("Số mục"), 10), lambda o: o.ref),
            Taken(Column(_("Mục tiêu"), 44), lambda o: o.text),
            Taken(Column(_("Các ý"), 44), lambda o: o.items),
            Taken(
                Column(pgettext("room", "Chỉ tiêu"), 44),
                lambda o: [f"{t.indicator}: {target_words(t)}" for t in o.targets.all()],
            ),
            Taken(Column(_("Đo lường"), 24), lambda o: o.measurement),
            Taken(Column(_("Ngày bắt đầu"), 12, "date"), lambda o: o.starts_on),
            Taken(Column(_("Ngày hoàn thành"), 12, "date"), lambda o: o.ends_on),
        ],
    )
    return register.respond(
        "plans/targets.html",
        "plans/objective_table.html",
        title=_("%(n)s mục tiêu") % {"n": vnumber(register.total)} if register.total else _("Không có mục tiêu nào"),
        noun=pgettext("noun", "mục tiêu"),
        file_title=_("Danh sách mục tiêu"),
        registers=kinds_of_register("objective-list"),
        rows=[(o, [(t, target_words(t)) for t in o.targets.all()]) for o in register.page],
        empty_words=_("Mục tiêu có ở đây khi một văn bản có mục tiêu được thông qua."),
    )
