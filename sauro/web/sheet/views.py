"""All the reports that a unit owes in a round, on one page, like a sheet. Works as a plain form; with scripts each row
saves itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sauro.monitoring import services
from sauro.monitoring.models import Report, Round
from sauro.monitoring.services import Stale
from sauro.monitoring.services.moving import locked_words
from sauro.monitoring.services.sheets import Row, checked
from sauro.organization.policy import Refused
from sauro.plans.services.errors import NotNow
from sauro.web.request import Request
from sauro.web.sheet.rows import Shown, differs, round_words, show, typed_of
from sauro.web.today import today

HANDED_IN = (Report.State.SUBMITTED, Report.State.ACCEPTED, Report.State.LOCKED)


def find(request: Request, pk: int) -> Round:
    """The round, where the person may see it; 404 for others."""
    rows = Round.objects.visible_to(request.user).select_related("plan", "focal_unit")
    return get_object_or_404(rows, pk=pk)


def _save(row: Row, request: Request, shown: Shown, version: int) -> None:
    """Keep what was typed in one row where it is right and new; else note on it what is wrong."""
    values, faults = checked(shown.typed, with_progress=row.duty.task is not None)
    shown.refuse(faults)
    if faults or not differs(row, values):
        return
    try:
        fresh = services.keep_row(row.duty, request.user, values, today(), version=version)
    except Stale as stale:
        shown.stale(stale, values)
        return
    except (NotNow, Refused) as no:
        shown.said = str(no)
        return
    fresh.changed_by = request.user
    row.report, row.values = fresh, {**row.values, **values}
    shown.version, shown.chosen = fresh.version, row.ready


@require_http_methods(["GET", "POST"])
def sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet. POST saves every row that changed; `viec=nop` hands in those that are ticked."""
    round = find(request, pk)
    rows = services.rows_of(round, request.user)
    if request.method == "GET":
        return page(request, round, [show(row) for row in rows])
    chosen = set(request.POST.getlist("nop"))
    lines: list[Shown] = []
    for row in rows:
        typed = typed_of(request.POST, row.duty.pk)
        line = show(row, typed)
        line.typed = typed
        if typed and not row.blocked:
            _save(row, request, line, _version(request.POST.get(f"version_{row.duty.pk}", "")))
            line.chosen = str(row.duty.pk) in chosen
        lines.append(line)
    if request.POST.get("viec") == "nop":
        return _submit(request, round, lines)
    wrong = [line for line in lines if line.faulty]
    if wrong:
        return page(request, round, lines, status=422)
    messages.success(request, _("Đã lưu bảng."))
    return redirect("round-sheet", pk)


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _submit(request: Request, round: Round, lines: list[Shown]) -> HttpResponse:
    """Hand in the ticked rows that are right; say clearly which stayed behind and why."""
    chosen = [line for line in lines if line.chosen and not line.row.blocked]
    if not chosen:
        messages.info(request, _("Chưa chọn dòng nào. Đánh dấu các dòng đã ghi xong rồi nộp."))
        return page(request, round, lines, status=422)
    outcome = services.submit_rows([line.row for line in chosen if not line.faulty], request.user, today())
    done = len(outcome.done)
    if done:
        words = ngettext("Đã nộp %(n)d báo cáo.", "Đã nộp %(n)d báo cáo.", done) % {"n": done}
        messages.success(request, words)
    for line in chosen:
        if line.pk in outcome.behind:
            line.said = outcome.behind[line.pk]
    wrong = [line for line in lines if line.faulty]
    if not wrong:
        return redirect("round-sheet", round.pk)
    fresh = {row.duty.pk: row for row in services.rows_of(round, request.user)}
    handed_in = {report.duty_id for report in outcome.done}
    lines = [show(fresh[line.pk]) if line.pk in handed_in else line for line in lines]
    return page(request, round, lines, status=422)


def page(request: Request, round: Round, lines: list[Shown], *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of the sheet. `more`: what an upload has to say."""
    sent = sum(1 for line in lines if line.row.state in HANDED_IN)
    wrong = [line for line in lines if line.faulty]
    context = {
        "round": round,
        "words": round_words(round),
        "lines": lines,
        "title": _("%(what)s: %(sent)d trên %(all)d đã nộp")
        % {"what": round_words(round), "sent": sent, "all": len(lines)},
        "today": today(),
        "wrong": wrong,
        "open_rows": any(not line.row.blocked for line in lines),
        "locked": locked_words(round) if round.state == Round.State.LOCKED else "",
        "left": len(lines) - sent,
        **more,
    }
    return render(request, "sheet/sheet.html", context, status=status)


@require_POST
def keep(request: Request, pk: int, duty: int) -> JsonResponse:
    """Save one row as it is typed: the fields named as in the form. Answers with the new version and what is wrong."""
    round = find(request, pk)
    row = next((r for r in services.rows_of(round, request.user) if r.duty.pk == duty), None)
    if row is None:
        raise Http404
    typed = typed_of(request.POST, duty)
    line = show(row, typed)
    line.typed = typed
    if row.blocked:
        line.said = row.blocked
    else:
        _save(row, request, line, _version(request.POST.get(f"version_{duty}", "")))
    tone, words, _sign = line.chip
    now = timezone.localtime().strftime("%H:%M")
    answer = {
        "version": line.version,
        "faults": {name: cell.fault for name, cell in line.cells.items() if cell.fault},
        "theirs": {name: cell.theirs for name, cell in line.cells.items() if cell.theirs},
        "said": line.said,
        "ready": row.ready,
        "tone": tone,
        "state": words,
        "saved": "" if line.faulty else _("Đã tự lưu lúc %(time)s") % {"time": now},
    }
    return JsonResponse(answer, status=422 if line.faulty else 200)
