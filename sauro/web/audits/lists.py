"""The register of audits, under it the year's programmes."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from sauro.organization.models import Unit
from sauro.organization.policy import Capability, allows
from sauro.quality.models import Audit, AuditProgramme
from sauro.web.audits.parts import TONES
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.registers import holding, year_filter
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

State = Audit.State


@require_GET
def audit_list(request: Request) -> HttpResponseBase:
    """Every audit of the agency, newest year first."""
    person, agency = request.user, request.user.unit.agency
    programmes = list(AuditProgramme.objects.visible_to(person).select_related("approved_by")[:20])
    rows = Audit.objects.visible_to(person)
    units = Unit.objects.filter(pk__in=rows.order_by().values("unit")).order_by("path")
    register = Register(
        request,
        rows,
        search=holding("code", "unit__name", "team__person__full_name"),
        search_label=_("Tìm theo mã, đơn vị, người trong đoàn"),
        filters=[
            year_filter(rows, "programme__year"),
            Filter("trang_thai", _("Trạng thái"), State.choices, lambda r, v: r.filter(state=v)),
            Filter("don_vi", _("Đơn vị"), [(str(u.pk), u.name) for u in units], lambda r, v: r.filter(unit_id=int(v))),
            Filter(
                "cua",
                _("Đoàn"),
                [("toi", _("có tôi"))],
                lambda r, v: r.filter(team__person=person),
                _("Mọi đoàn"),
            ),
        ],
        sorts=[
            Sort("ngay", _("ngày đánh giá, mới trước"), ("-starts_on", "-pk"), ("starts_on", "pk")),
            Sort("don_vi", _("đơn vị"), ("unit__sort_key", "-pk"), ("-unit__sort_key", "pk")),
        ],
        columns=_columns(),
        dress=lambda r: (
            r.select_related("unit", "programme")
            .prefetch_related("team__person")
            .annotate(
                found=Count("findings", filter=Q(findings__withdrawn_reason=""), distinct=True),
                wrong=Count(
                    "findings",
                    filter=Q(findings__withdrawn_reason="", findings__grade__in=("major", "minor")),
                    distinct=True,
                ),
            )
        ),
    )
    day = today()
    for row in register.page.object_list:
        row.tone = TONES[row.state]
        row.lead = next((p.person for p in row.team.all() if p.role == "lead"), None)
    coming = Audit.objects.visible_to(person).filter(state__in=(State.PLANNED, State.NOTIFIED), starts_on__gte=day)
    n = coming.count()
    title = (
        ngettext("%(n)s cuộc đánh giá sắp tới", "%(n)s cuộc đánh giá sắp tới", n) % {"n": vnumber(n)}
        if n
        else _("Chưa có cuộc đánh giá nào sắp tới")
    )
    return register.respond(
        "audits/list.html",
        "audits/table.html",
        title=title,
        noun=pgettext("noun", "cuộc đánh giá"),
        file_title=_("Các cuộc đánh giá nội bộ"),
        sections=sections("audit-list"),
        programmes=programmes,
        may_open=allows(person, Capability.RUN_QUALITY, agency) and not any(p.year == day.year for p in programmes),
        year=day.year,
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Mã"), 14), lambda a: a.code),
        Taken(Column(_("Đơn vị"), 34), lambda a: a.unit.name),
        Taken(Column(_("Từ ngày"), 12), lambda a: a.starts_on),
        Taken(Column(_("Đến ngày"), 12), lambda a: a.ends_on),
        Taken(
            Column(_("Đoàn"), 40),
            lambda a: "; ".join(f"{p.person.full_name} ({p.get_role_display().lower()})" for p in a.team.all()),
        ),
        Taken(Column(_("Điều khoản"), 20), lambda a: ", ".join(a.clauses)),
        Taken(Column(_("Trạng thái"), 18), lambda a: a.get_state_display()),
        Taken(Column(_("Phát hiện"), 10), lambda a: a.found if a.state in (State.REPORTED, State.CLOSED) else ""),
        Taken(Column(_("Không phù hợp"), 10), lambda a: a.wrong if a.state in (State.REPORTED, State.CLOSED) else ""),
    ]
