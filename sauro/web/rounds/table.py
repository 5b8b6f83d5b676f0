"""A round's units, and what they say differently, drawn here rather than in a template: sixty rows of forms
and chips are most of what the page costs, and one `format_html` a row costs a tenth of as many tags."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.monitoring.models import Round
from sauro.monitoring.rounds import Conflict, Need, UnitRow
from sauro.web.look.due import chip
from sauro.web.look.text import vnumber, zero
from sauro.web.rounds.words import last_of, standing_of

_ROW = (
    '<tr><td class="stack-first"><a class="row-link" href="{}">{}</a><span class="row-sub">{}</span></td>'
    '{}<td data-label="{}">{}</td><td class="round-act">{}</td></tr>'
)
_COUNT = '<td class="num{}" data-label="{}">{}</td>'
_FORM = (
    '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="don_vi" value="{}"><button class="linklike" type="submit">{}'
    '<span class="visually-hidden"> {}</span></button></form>'
)
_LINK = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'


def unit_table(found: Round, rows: Iterable[UnitRow], *, may_act: bool, token: str) -> SafeString:
    """The rows of the table's body; empty where there are none.

    `may_act`: whether the person may remind and accept; `token`: the form token of the request, one for all rows.
    """
    heads = (_("Phải có"), _("Đã nhận"), _("Chờ"), _("Trả"), _("Chưa"))
    state, see, of_unit = _("Tình trạng"), _("Xem"), _("báo cáo của %(unit)s")
    remind, accept = reverse("round-remind", args=[found.pk]), reverse("round-accept", args=[found.pk])
    nudge, take = _("Nhắc"), _("Nhận %(n)s")

    def drawn() -> Iterable[tuple[object, ...]]:
        for row in rows:
            name, c = row.unit.name, row.counts
            url = f"/tong-hop/{found.pk}/don-vi/{row.unit.pk}/"
            numbers = (c.due, c.accepted, c.waiting, c.returned, c.missing)
            counts = format_html_join(
                "",
                _COUNT,
                (("" if n else " stack-hide", head, zero(n)) for n, head in zip(numbers, heads, strict=True)),
            )
            if may_act and row.need in (Need.SILENT, Need.PART_MISSING):
                act = format_html(_FORM, remind, token, row.unit.pk, nudge, name)
            elif may_act and row.need == Need.WAITING:
                words = take % {"n": vnumber(c.waiting)}
                act = format_html(_FORM, accept, token, row.unit.pk, words, of_unit % {"unit": name})
            else:
                act = format_html(_LINK, url, see, name)
            yield url, name, last_of(row), counts, state, chip(*standing_of(row)), act

    return format_html_join("", _ROW, drawn())


_SIDE = (
    '<div class="round-side{}"><span class="meta">{} {}</span><b class="count">{}%</b><p>“{}”</p>'
    '<span class="meta"><a href="/bao-cao/{}/">{}</a></span></div>'
)
_TAKE = '<button class="btn btn-row" type="submit" name="lay" value="{}">{}</button>'


def sides(conflict: Conflict) -> SafeString:
    """What each unit says of the task, side by side."""
    taken = conflict.reconciliation.taken_id if conflict.reconciliation else None
    lead, helping = _("Chủ trì:"), _("Phối hợp:")
    return format_html_join(
        "",
        _SIDE,
        (
            (
                " is-taken" if taken == side.report.pk else "",
                lead if side.leads else helping,
                side.report.unit.label,
                side.report.progress,
                Truncator(side.report.done_text).chars(220),
                side.report.pk,
                ngettext("%(n)s minh chứng", "%(n)s minh chứng", side.proofs) % {"n": side.proofs},
            )
            for side in conflict.sides
        ),
    )


def takings(conflict: Conflict) -> SafeString:
    """A button for each side, by which the focal unit takes its word."""
    words = _("Lấy %(n)s%% (%(unit)s)")
    return format_html_join(
        "",
        _TAKE,
        ((s.report.pk, words % {"n": s.report.progress, "unit": s.report.unit.label}) for s in conflict.sides),
    )
