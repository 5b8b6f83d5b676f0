"""The register of nonconformities, and its trends."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from sauro.organization.models.units import under
from sauro.organization.policy import Capability, reach
from sauro.quality.models import Nonconformity
from sauro.quality.progress import in_state, late, state_shown, with_progress
from sauro.quality.trends import trends, years_of
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import dmy, vnumber
from sauro.web.nonconformities.drawn import month_bars
from sauro.web.nonconformities.forms import clause_choices, units_of
from sauro.web.nonconformities.words import TONES
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

State = Nonconformity.State
PLACE = "nonconformity-list"
# A row says five things: a screen of them is enough.
ROWS = 30


def _dressed(rows: Any) -> Any:
    return with_progress(rows.select_related("unit", "repeat_of"))


@require_GET
def nonconformity_list(request: Request) -> HttpResponseBase:
    """Every nonconformity of the agency."""
    person, day = request.user, today()
    mine = Nonconformity.objects.visible_to(person)
    units = {str(u.pk): u for u in units_of(person.agency_id)}
    register = Register(
        request,
        mine,
        search=lambda rows, words: rows.matching(words),
        search_label=_("Tìm theo mã, nội dung"),
        filters=[
            Filter("trang_thai", _("Tình trạng"), State.choices, in_state),
            Filter("muc", _("Mức độ"), Nonconformity.Grade.choices, lambda r, v: r.filter(grade=v)),
            Filter("nguon", _("Nguồn"), Nonconformity.Source.choices, lambda r, v: r.filter(source=v)),
            Filter(
                "don_vi",
                _("Đơn vị"),
                [(key, u.label) for key, u in units.items()],
                lambda r, v: r.filter(under("unit_path", units[v].path)),
                _("Mọi đơn vị"),
            ),
            Filter("dieu", _("Điều khoản"), clause_choices()[1:], lambda r, v: r.filter(clause=v)),
            Filter("nam", _("Năm"), [(str(y), str(y)) for y in years_of(mine)], lambda r, v: r.filter(year=v)),
            Filter(
                "can",
                _("Cần chú ý"),
                [("qua_han", _("quá hạn")), ("lap_lai", _("lặp lại"))],
                lambda r, v: late(r, day) if v == "qua_han" else r.filter(repeat_of__isnull=False),
            ),
        ],
        sorts=[
            Sort("moi", _("mới ghi nhận trước"), ("-raised_on", "-pk"), ("raised_on", "pk")),
            Sort("han", _("hạn xử lý"), ("due", "pk"), ("-due", "-pk")),
        ],
        columns=_columns(),
        dress=_dressed,
        size=ROWS,
    )
    for row in register.page.object_list:
        row.now = state_shown(row)
        row.tone, row.state_words = TONES[row.now], State(row.now).label
        row.waits_till = row.due if row.now == State.OPEN else row.check_due if row.now == State.DONE else None
    n = register.total
    title = ngettext("%(n)s sự không phù hợp", "%(n)s sự không phù hợp", n) % {"n": vnumber(n)}
    return register.respond(
        "nonconformities/list.html",
        "nonconformities/table.html",
        title=title if n else _("Chưa có sự không phù hợp nào"),
        noun=pgettext("noun", "sự không phù hợp"),
        file_title=_("Sổ theo dõi sự không phù hợp"),
        sections=sections(PLACE),
        may_raise=bool(reach(person, Capability.RAISE_NONCONFORMITY)),
        empty_words=_("Ghi nhận ngay khi thấy một yêu cầu không được đáp ứng, kèm bằng chứng."),
        empty_url=reverse("nonconformity-raise") if reach(person, Capability.RAISE_NONCONFORMITY) else "",
        empty_action=_("Ghi nhận"),
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Mã"), 14), lambda r: r.code),
        Taken(Column(_("Ngày phát hiện"), 12), lambda r: r.raised_on),
        Taken(Column(_("Nguồn"), 18), lambda r: r.get_source_display()),
        Taken(Column(_("Mức độ"), 8), lambda r: r.get_grade_display()),
        Taken(Column(_("Tóm tắt"), 40), lambda r: r.title),
        Taken(Column(_("Mô tả"), 50), lambda r: r.text, on_paper=False),
        Taken(Column(_("Đơn vị"), 24), lambda r: r.unit.name),
        Taken(Column(_("Điều khoản"), 8), lambda r: r.clause),
        Taken(Column(_("Khắc phục ngay"), 40), lambda r: r.correction, on_paper=False),
        Taken(Column(_("Nguyên nhân gốc"), 40), lambda r: r.cause),
        Taken(Column(_("Tình trạng"), 22), lambda r: str(State(state_shown(r)).label)),
        Taken(Column(_("Hạn xử lý"), 12), lambda r: r.due, on_paper=False),
        Taken(Column(_("Ngày đóng"), 12), lambda r: r.closed_on),
        Taken(Column(_("Lặp lại của"), 14), lambda r: r.repeat_of.code if r.repeat_of else "", on_paper=False),
    ]


@require_GET
def trend_page(request: Request) -> HttpResponse:
    """A year's nonconformities by month, source, unit and clause."""
    mine = Nonconformity.objects.visible_to(request.user)
    years = years_of(mine)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[0] if years else today().year)
    seen = trends(mine, year)
    names = dict(clause_choices())
    tables = [
        (_("Theo nguồn"), _("Nguồn"), "nguon", [(x, x.label) for x in seen.sources]),
        (_("Theo đơn vị"), _("Đơn vị"), "don_vi", [(x, x.label) for x in seen.units]),
        (_("Theo điều khoản"), _("Điều khoản"), "dieu", [(x, names.get(x.key, x.key)) for x in seen.clauses]),
    ]
    context = {
        "seen": seen, "years": [(y, y == year) for y in years], "tables": tables, "bars": month_bars(seen.months),
        "sections": sections(PLACE), "day": dmy(today()),
        "repeats": sum(line.repeats for line in seen.months), "closed": sum(line.closed for line in seen.months),
    }  # fmt: skip
    return render(request, "nonconformities/trends.html", context)
