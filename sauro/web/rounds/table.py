"""A round's units, and what they say differently, drawn here rather than in a template: sixty rows of forms
and chips are most of what the page costs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.monitoring.models import Round
from sauro.monitoring.rounds import Conflict, Need, UnitRow
from sauro.web.look.due import chip
from sauro.web.look.text import vnumber, zero
from sauro.web.rounds.words import last_of, standing_of


def unit_table(found: Round, rows: Iterable[UnitRow], *, may_act: bool, token: str) -> SafeString:
    """The rows of the table's body; empty where there are none.

    `may_act`: whether the person may remind and accept; `token`: the form token of the request, one for all rows.
    """
    heads = [escape(w) for w in (_("Phải có"), _("Đã nhận"), _("Chờ"), _("Trả"), _("Chưa"))]
    state, see, of_unit = escape(_("Tình trạng")), escape(_("Xem")), _("báo cáo của %(unit)s")
    remind, accept = (_form_to(reverse(f"round-{verb}", args=[found.pk]), token) for verb in ("remind", "accept"))
    nudge, take = escape(_("Nhắc")), _("Nhận %(n)s")
    out = []
    for row in rows:
        name, c = escape(row.unit.name), row.counts
        url = f"/tong-hop/{found.pk}/don-vi/{row.unit.pk}/"
        counts = "".join(
            f'<td class="num{"" if n else " stack-hide"}" data-label="{head}">{zero(n)}</td>'
            for n, head in zip((c.due, c.accepted, c.waiting, c.returned, c.missing), heads, strict=True)
        )
        if may_act and row.need in (Need.SILENT, Need.PART_MISSING):
            act = f"{remind}{_button(row, nudge, name)}"
        elif may_act and row.need == Need.WAITING:
            words = escape(of_unit % {"unit": row.unit.name})
            act = f"{accept}{_button(row, escape(take % {'n': vnumber(c.waiting)}), words)}"
        else:
            act = f'<a href="{url}">{see}<span class="visually-hidden"> {name}</span></a>'
        out.append(
            f'<tr><td class="stack-first"><a class="row-link" href="{url}">{name}</a>'
            f'<span class="row-sub">{escape(last_of(row))}</span></td>{counts}'
            f'<td data-label="{state}">{chip(*standing_of(row))}</td><td class="round-act">{act}</td></tr>'
        )
    return mark_safe("".join(out))


def _form_to(url: str, token: str) -> str:
    """The beginning of a form with the form token of the request."""
    return f'<form method="post" action="{url}"><input type="hidden" name="csrfmiddlewaretoken" value="{token}">'


def _button(row: UnitRow, words: str, more: str) -> str:
    """The end of a form that sends the row's unit; `words`: what the button says, `more`: what is read out after it."""
    return (
        f'<input type="hidden" name="don_vi" value="{row.unit.pk}"><button class="linklike" type="submit">{words}'
        f'<span class="visually-hidden"> {more}</span></button></form>'
    )


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
