"""The register of targets: what is to be reached, how far it is, who answers for the figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from sauro.monitoring.measured import Measured, measured
from sauro.monitoring.models import Indicator
from sauro.monitoring.targets import Standing
from sauro.organization.models import Unit
from sauro.plans.models import Plan, Target
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.targets import WORDS, words_of
from sauro.web.look.text import vnumber
from sauro.web.plans.views import holding, kinds_of_register, target_words
from sauro.web.request import Request
from sauro.web.tasks.register import plan_choices
from sauro.web.today import today
from sauro.writing import Column

AIMS = [
    ("it", gettext_lazy("Ít nhất")),
    ("nhieu", gettext_lazy("Nhiều nhất")),
    ("khoang", gettext_lazy("Trong khoảng")),
    ("dung", gettext_lazy("Đúng mức")),
]
AIMED = {"it": (">=", ">"), "nhieu": ("<=", "<"), "khoang": ("range", "approx"), "dung": ("=",)}


def indicator_of(target: Target) -> Indicator | None:
    """The set-up of a target, as fetched with it; None where it has none."""
    found: Indicator | None = getattr(target, "indicator_set_up", None)
    return found


@require_safe
def target_list(request: Request) -> HttpResponseBase:
    """Targets of all plans with their standing."""
    me, on = request.user, today()
    plans = plan_choices(me, request.GET.get("ke_hoach", ""))
    rows = Target.objects.filter(
        objective__plan__in=Plan.objects.visible_to(me), agency_id=me.agency_id, objective__ended_in=None
    )
    periods = rows.exclude(period="").order_by("-period").values_list("period", flat=True).distinct()[:30]
    owners = Unit.objects.filter(indicators__agency=me.agency_id).distinct().order_by("sort_key")
    kept: dict[int, Measured] = {}

    def found_of(target: Target) -> Measured | None:
        """With its figures; those of all rows that can be asked for are fetched on the first call."""
        if not kept:
            kept.update(measured(Indicator.objects.visible_to(me).filter(target__in=register.matching), on))
        indicator = indicator_of(target)
        return kept.get(indicator.pk) if indicator else None

    register = Register(
        request,
        rows,
        filters=[
            Filter("ke_hoach", _("Kế hoạch"), plans, lambda r, v: r.filter(objective__plan_id=v), _("Mọi kế hoạch")),
            Filter(
                "tinh_hinh",
                _("Đánh giá"),
                [(s.value, words) for s, words in WORDS.items()],
                lambda r, v: r.filter(pk__in=standing_so(r, v, me, on)),
                _("Mọi đánh giá"),
            ),
            Filter(
                "don_vi",
                _("Đơn vị chịu trách nhiệm"),
                [(str(u.pk), u.label) for u in owners],
                lambda r, v: r.filter(indicator_set_up__owner=v),
                _("Mọi đơn vị"),
            ),
            Filter("ky", _("Thời kỳ"), [(p, p) for p in periods], lambda r, v: r.filter(period=v), _("Mọi thời kỳ")),
            Filter("huong", _("Mức phải đạt"), AIMS, lambda r, v: r.filter(comparator__in=AIMED[v]), _("Mọi mức")),
        ],
        sorts=[
            Sort(
                "ke_hoach",
                _("kế hoạch, mới trước"),
                ("-objective__plan__starts_on", "-objective__plan_id", "objective__order", "order"),
                ("objective__plan__starts_on", "objective__plan_id", "objective__order", "order"),
            ),
            Sort("ten", _("chỉ tiêu"), ("folded", "pk"), ("-folded", "-pk")),
        ],
        search=holding,
        search_label=_("Tìm trong chỉ tiêu"),
        dress=lambda r: r.select_related("objective__plan", "indicator_set_up__owner"),
    )  # fmt: skip
    register.columns = _columns(found_of)
    on_page = list(register.page.object_list) if "tai" not in request.GET else []
    here = measured([i for t in on_page if (i := indicator_of(t))], on)
    return register.respond(
        "targets/list.html",
        "targets/table.html",
        title=_("%(n)s chỉ tiêu phải đạt") % {"n": vnumber(register.total)}
        if register.total
        else _("Không có chỉ tiêu nào"),
        noun=pgettext("noun", "chỉ tiêu"),
        file_title=_("Danh sách chỉ tiêu"),
        registers=kinds_of_register("target-list"),
        rows=[(t, target_words(t), here.get(i.pk) if (i := indicator_of(t)) else None) for t in on_page],
        empty_words=_("Chỉ tiêu có ở đây khi một văn bản có chỉ tiêu được thông qua."),
    )


def standing_so(rows: Any, value: str, person: Any, on: Any) -> list[int]:
    """Ids of the targets among the rows that stand so today."""
    indicators = Indicator.objects.visible_to(person).filter(target__in=rows)
    found = [m.indicator.target_id for m in measured(indicators, on).values() if m.standing == value]
    if value == Standing.SILENT:
        found += rows.filter(indicator_set_up=None).values_list("pk", flat=True)
    return found


def _columns(found_of: Any) -> list[Taken]:
    def of(target: Target, name: str) -> Any:
        found = found_of(target)
        return getattr(found.facts if name == "reached" else found, name) if found else None

    def word(target: Target) -> str:
        found = found_of(target)
        return words_of(found) if found else str(WORDS[Standing.SILENT])

    def forecast(target: Target, edge: str) -> Any:
        found = found_of(target)
        return getattr(found.forecast, edge) if found and found.forecast else None

    def owner(target: Target) -> str:
        indicator = indicator_of(target)
        return indicator.owner.name if indicator and indicator.owner else ""

    def period(target: Target) -> str:
        found = found_of(target)
        return str(found.last.period) if found and found.last else ""

    return [
        Taken(Column(_("Kế hoạch"), 16), lambda t: t.objective.plan.number),
        Taken(Column(_("Mục tiêu"), 40), lambda t: t.objective.text),
        Taken(Column(_("Chỉ tiêu"), 40), lambda t: t.indicator),
        Taken(Column(_("So sánh"), 12), lambda t: t.get_comparator_display()),
        Taken(Column(_("Mức thấp"), 12, "number"), lambda t: t.low),
        Taken(Column(_("Mức cao"), 12, "number"), lambda t: t.high),
        Taken(Column(_("Đơn vị tính"), 12), lambda t: t.unit),
        Taken(Column(_("Năm gốc"), 9), lambda t: str(t.baseline_year or "")),
        Taken(Column(_("Thời kỳ"), 12), lambda t: t.period),
        Taken(Column(_("Đơn vị chịu trách nhiệm"), 30), owner),
        Taken(Column(_("Kỳ số liệu"), 10), period),
        Taken(Column(_("Thực hiện"), 12, "number"), lambda t: of(t, "reached")),
        Taken(Column(_("Nhịp dự kiến"), 12, "number"), lambda t: of(t, "expected")),
        Taken(Column(_("Đánh giá"), 12), word),
        Taken(Column(_("Dự báo"), 12, "number"), lambda t: forecast(t, "value")),
        Taken(Column(_("Dự báo, cận dưới 80%"), 12, "number"), lambda t: forecast(t, "low")),
        Taken(Column(_("Dự báo, cận trên 80%"), 12, "number"), lambda t: forecast(t, "high")),
    ]
