"""The register of money: what tasks registered and paid out, quarter by quarter."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sauro.monitoring.models import BudgetEntry
from sauro.organization.models import Unit
from sauro.plans.models import Task
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.tasks.register import plan_choices
from sauro.writing import Column


@require_safe
def budget_list(request: Request) -> HttpResponseBase:
    """Money of the tasks that the person may see, in million đồng, with the sum of what matches."""
    me = request.user
    tasks = Task.objects.visible_to(me)
    rows = BudgetEntry.objects.filter(agency_id=me.agency_id, task__in=tasks)
    quarters = rows.order_by("-quarter").values_list("quarter", flat=True).distinct()
    sources = rows.exclude(source="").order_by("source").values_list("source", flat=True).distinct()[:100]
    units = Unit.objects.filter(pk__in=rows.order_by().values("task__lead_unit")).order_by("sort_key")
    register = Register(
        request,
        rows,
        filters=[
            Filter(
                "ke_hoach",
                _("Kế hoạch"),
                plan_choices(me, request.GET.get("ke_hoach", "")),
                lambda r, v: r.filter(task__plan_id=v),
                _("Mọi kế hoạch"),
            ),
            Filter(
                "don_vi",
                _("Đơn vị chủ trì"),
                [(str(u.pk), u.label) for u in units],
                lambda r, v: r.filter(task__lead_unit=v),
                _("Mọi đơn vị"),
            ),
            Filter("quy", _("Quý"), [(q, q) for q in quarters], lambda r, v: r.filter(quarter=v), _("Mọi quý")),
            Filter(
                "nguon",
                _("Nguồn kinh phí"),
                [(s, s) for s in sources],
                lambda r, v: r.filter(source=v),
                _("Mọi nguồn"),
            ),
        ],
        sorts=[
            Sort("quy", _("quý, mới trước"), ("-quarter", "task_id", "pk"), ("quarter", "task_id", "pk")),
            Sort("dang_ky", _("số đăng ký, lớn trước"), ("-registered", "pk"), ("registered", "pk")),
            Sort("giai_ngan", _("số giải ngân, lớn trước"), ("-disbursed", "pk"), ("disbursed", "pk")),
        ],
        search=lambda r, words: r.filter(task__in=tasks.matching(words)),
        search_label=_("Tìm nhiệm vụ"),
        columns=_columns(),
        dress=lambda r: r.select_related("task__plan", "task__lead_unit"),
    )
    summed = {} if "tai" in request.GET else register.matching.aggregate(r=Sum("registered"), d=Sum("disbursed"))
    registered, disbursed = summed.get("r") or Decimal(0), summed.get("d") or Decimal(0)
    return register.respond(
        "works/money.html",
        "works/money_table.html",
        title=_("%(n)s khoản kinh phí của nhiệm vụ") % {"n": vnumber(register.total)}
        if register.total
        else _("Không có khoản kinh phí nào"),
        noun=pgettext("noun", "khoản kinh phí"),
        file_title=_("Kinh phí của nhiệm vụ theo quý, triệu đồng"),
        registered=registered,
        disbursed=disbursed,
        share=disbursed * 100 / registered if registered else None,
        empty_words=_("Kinh phí có ở đây khi đơn vị ghi số đăng ký hoặc giải ngân ở trang nhiệm vụ."),
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Kế hoạch"), 16), lambda e: e.task.plan.number),
        Taken(Column(_("Mã"), 8), lambda e: e.task.ref),
        Taken(Column(_("Nhiệm vụ"), 44), lambda e: e.task.title),
        Taken(Column(_("Đơn vị chủ trì"), 28), lambda e: e.task.lead_unit.name if e.task.lead_unit else ""),
        Taken(Column(_("Quý"), 10), lambda e: e.quarter),
        Taken(Column(_("Nguồn kinh phí"), 20), lambda e: e.source),
        Taken(Column(_("Đăng ký, triệu đồng"), 14, "number"), lambda e: e.registered),
        Taken(Column(_("Giải ngân, triệu đồng"), 14, "number"), lambda e: e.disbursed),
    ]
