"""The register of surveys."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from sauro.organization.policy import Capability, reach
from sauro.quality.models import Survey
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.registers import year_filter
from sauro.web.request import Request
from sauro.web.surveys.parts import tabs
from sauro.web.today import today
from sauro.writing import Column

State = Survey.State
TONES = {State.DRAFT: "neutral", State.OPEN: "info", State.CLOSED: "done"}


@require_safe
def survey_list(request: Request) -> HttpResponseBase:
    """All surveys of the agency, the newest first."""
    rows = Survey.objects.visible_to(request.user)
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm theo tên phiếu"),
        filters=[
            Filter("trang_thai", _("Tình trạng"), State.choices, lambda r, v: r.filter(state=v)),
            year_filter(rows, "opens_on__year"),
        ],
        sorts=[
            Sort("mo", _("ngày mở, mới trước"), ("-opens_on", "-pk"), ("opens_on", "pk")),
            Sort("ten", _("tên"), ("folded", "pk"), ("-folded", "-pk")),
        ],
        columns=_columns(),
        dress=lambda r: r.annotate(papers=Count("answers")),
    )  # fmt: skip
    for row in register.page.object_list:
        row.tone = TONES[row.state]
    n = rows.filter(state=State.OPEN, closes_on__gte=today()).count()
    title = ngettext("%(n)s phiếu đang lấy ý kiến", "%(n)s phiếu đang lấy ý kiến", n) % {"n": vnumber(n)}
    return register.respond(
        "surveys/list.html",
        "surveys/table.html",
        title=title if n else _("Không có phiếu nào đang lấy ý kiến"),
        noun=pgettext("noun", "phiếu khảo sát"),
        file_title=_("Khảo sát sự hài lòng"),
        add=(reverse("survey-add"), _("Lập phiếu")) if reach(request.user, Capability.RUN_QUALITY) else None,
        **tabs("survey-list"),
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Phiếu"), 50), lambda r: r.title),
        Taken(Column(_("Ngày mở"), 12, "date"), lambda r: r.opens_on),
        Taken(Column(_("Ngày kết thúc"), 12, "date"), lambda r: r.closes_on),
        Taken(Column(_("Số phiếu trả lời"), 12, "number"), _papers),
        Taken(Column(_("Tình trạng"), 18), lambda r: r.get_state_display()),
    ]


def _papers(row: Any) -> int:
    return int(row.papers)
