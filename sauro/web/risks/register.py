"""The two registers, of risks and of opportunities, each with its heat map."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from sauro.organization.models.units import under
from sauro.organization.policy import Capability, reach
from sauro.quality.models import Process, Risk, RiskScale
from sauro.quality.scales import BANDS, Cell, band_of, heat_map, levels, scale_of
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.nonconformities.forms import units_of
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

BAND_WORDS = {
    "low": pgettext_lazy("risk", "thấp"),
    "medium": pgettext_lazy("risk", "trung bình"),
    "high": pgettext_lazy("risk", "cao"),
}
BAND_TONES = {"low": "done", "medium": "soon", "high": "late"}
NAMES = {Risk.Kind.RISK: "risk-list", Risk.Kind.OPPORTUNITY: "opportunity-list"}


def in_band(rows: Any, scale: RiskScale, band: str) -> Any:
    """The rows whose score lies in the band."""
    if band == "high":
        return rows.filter(score__gte=scale.high_from)
    if band == "medium":
        return rows.filter(score__gte=scale.medium_from, score__lt=scale.high_from)
    return rows.filter(score__lt=scale.medium_from)


def _in_cell(rows: Any, value: str) -> Any:
    likelihood, severity = value.split("x")
    return rows.filter(now_likelihood=likelihood, now_severity=severity)


def risk_tabs(kind: str) -> list[tuple[str, str, bool]]:
    """The two registers as sub-tabs."""
    return [
        (_("Rủi ro"), reverse("risk-list"), kind == Risk.Kind.RISK),
        (_("Cơ hội"), reverse("opportunity-list"), kind == Risk.Kind.OPPORTUNITY),
    ]


def heat_of(person: Any, scale: RiskScale) -> list[tuple[Any, list[tuple[Cell, str]]]]:
    """The heat map of what is open: (step of severity, its cells with the words of the band) from the worst down."""
    open_ones = Risk.objects.visible_to(person).filter(kind=scale.kind, state=Risk.State.OPEN).order_by()
    counted = open_ones.values_list("now_likelihood", "now_severity").annotate(n=Count("pk"))
    rows = heat_map(scale, {(a, b): n for a, b, n in counted})
    steps = list(reversed(levels(scale.severity)))
    return [(step, [(c, str(BAND_WORDS[c.band])) for c in row]) for step, row in zip(steps, rows, strict=True)]


@require_GET
def risk_list(request: Request) -> HttpResponseBase:
    """The risks of the agency."""
    return _register(request, Risk.Kind.RISK)


@require_GET
def opportunity_list(request: Request) -> HttpResponseBase:
    """The opportunities of the agency."""
    return _register(request, Risk.Kind.OPPORTUNITY)


def _register(request: Request, kind: Risk.Kind) -> HttpResponseBase:
    person, day = request.user, today()
    scale = scale_of(person.agency_id, kind)
    units = {str(u.pk): u for u in units_of(person.agency_id)}
    cells = [
        (f"{a}x{b}", f"{a} × {b}")
        for a in range(1, len(scale.likelihood) + 1)
        for b in range(1, len(scale.severity) + 1)
    ]
    processes = Process.objects.visible_to(person).filter(ended_on=None)
    register = Register(
        request,
        Risk.objects.visible_to(person).filter(kind=kind),
        search=lambda rows, words: rows.matching(words),
        search_label=_("Tìm theo mã, nội dung"),
        filters=[
            Filter("trang_thai", _("Tình trạng"), Risk.State.choices, lambda r, v: r.filter(state=v)),
            Filter("muc", _("Mức"), [(b, BAND_WORDS[b]) for b in BANDS], lambda r, v: in_band(r, scale, v)),
            Filter("o", _("Ô trên bản đồ"), cells, _in_cell),
            Filter("xu_ly", _("Cách xử lý"), Risk.Treatment.choices, lambda r, v: r.filter(treatment=v)),
            Filter(
                "don_vi",
                _("Đơn vị"),
                [(key, u.label) for key, u in units.items()],
                lambda r, v: r.filter(under("unit__path", units[v].path)),
                _("Mọi đơn vị"),
            ),
            Filter(
                "qua_trinh",
                _("Quá trình"),
                [(str(p.pk), p.name) for p in processes],
                lambda r, v: r.filter(process_id=v),
            ),
            Filter(
                "can",
                _("Cần chú ý"),
                [("qua_han", _("quá ngày xem xét"))],
                lambda r, v: r.filter(state=Risk.State.OPEN, review_on__lt=day),
            ),
        ],
        sorts=[
            Sort("diem", _("điểm, cao trước"), ("-score", "pk"), ("score", "pk")),
            Sort("xem_xet", _("ngày xem xét"), ("review_on", "pk"), ("-review_on", "-pk")),
            Sort("ma", _("mã"), ("code",), ("-code",)),
        ],
        columns=_columns(scale),
        dress=lambda r: r.select_related("unit", "owner"),
    )
    for row in register.page.object_list:
        row.band = band_of(scale, row.score)
        row.band_words, row.band_tone = f"{row.score} {BAND_WORDS[row.band]}", BAND_TONES[row.band]
        if kind == Risk.Kind.OPPORTUNITY:
            row.band_tone = "info"
    n = register.total
    if kind == Risk.Kind.RISK:
        title = ngettext("%(n)s rủi ro", "%(n)s rủi ro", n) % {"n": vnumber(n)}
        noun, none, taken = _("rủi ro"), _("Chưa có rủi ro nào"), _("Sổ theo dõi rủi ro")
    else:
        title = ngettext("%(n)s cơ hội", "%(n)s cơ hội", n) % {"n": vnumber(n)}
        noun, none, taken = _("cơ hội"), _("Chưa có cơ hội nào"), _("Sổ theo dõi cơ hội")
    return register.respond(
        "risks/list.html",
        "risks/table.html",
        title=title if n else none,
        noun=noun,
        file_title=taken,
        sections=sections("risk-list"),
        tabs=risk_tabs(kind),
        kind=kind.value,
        heat=heat_of(person, scale),
        likelihood=levels(scale.likelihood),
        list_url=reverse(NAMES[kind]),
        may_manage=bool(reach(person, Capability.MANAGE_RISK)),
        may_run=bool(reach(person, Capability.RUN_QUALITY)),
    )


def _columns(scale: RiskScale) -> list[Taken]:
    return [
        Taken(Column(_("Mã"), 12), lambda r: r.code),
        Taken(Column(_("Nội dung"), 40), lambda r: r.title),
        Taken(Column(_("Nguyên nhân, bối cảnh"), 36), lambda r: r.cause, on_paper=False),
        Taken(Column(_("Hậu quả, lợi ích"), 36), lambda r: r.consequence, on_paper=False),
        Taken(Column(_("Đơn vị"), 24), lambda r: r.unit.name),
        Taken(Column(_("Điểm đầu"), 8), lambda r: r.likelihood * r.severity),
        Taken(Column(_("Khả năng"), 8), lambda r: r.now_likelihood),
        Taken(Column(_("Hậu quả, lợi ích (điểm)"), 10), lambda r: r.now_severity),
        Taken(Column(_("Điểm nay"), 8), lambda r: r.score),
        Taken(Column(_("Mức"), 12), lambda r: str(BAND_WORDS[band_of(scale, r.score)])),
        Taken(Column(_("Cách xử lý"), 16), lambda r: r.get_treatment_display()),
        Taken(Column(_("Biện pháp đang có"), 36), lambda r: r.controls, on_paper=False),
        Taken(Column(_("Xem xét lần tới"), 12), lambda r: r.review_on if r.state == Risk.State.OPEN else None),
        Taken(Column(_("Tình trạng"), 14), lambda r: r.get_state_display()),
    ]
