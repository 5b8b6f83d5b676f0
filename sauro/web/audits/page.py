"""One audit: its plan, team, how far it is, its findings and what follows from them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sauro.ledger.services import history_of
from sauro.quality.models import Audit, ChecklistItem
from sauro.quality.services import audits
from sauro.quality.services.audits.coverage import clauses_of
from sauro.web.audits.parts import GRADE_TONES, TONES, find_audit
from sauro.web.people.deeds import DEEDS
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today

State = Audit.State
ORDER = {"lead": 0, "auditor": 1, "observer": 2}


@require_GET
def audit(request: Request, pk: int) -> HttpResponse:
    """The page of one audit with what this person may do now."""
    row, day, person = find_audit(request, pk), today(), request.user
    sees = audits.sees_papers(person, row)
    followed = audits.followed(row, day) if sees else []
    for f in followed:
        f.finding.tone = GRADE_TONES[f.finding.grade]  # type: ignore[attr-defined]
    answers = list(row.items.values_list("answer", flat=True)) if sees else []
    left = [f for f in followed if not f.settled]
    late = [f for f in followed if f.late]
    context = {
        "row": row,
        "title": _("Đánh giá nội bộ %(unit)s") % {"unit": row.unit.name},
        "tone": TONES[row.state],
        "sections": sections("audit-list"),
        "team": sorted(row.team.all(), key=lambda p: (ORDER[p.role], p.pk)),
        "clauses": clauses_of(row),
        "sees": sees,
        "followed": followed,
        "left": left,
        "late": late,
        "asked": sum(a != ChecklistItem.Answer.OPEN for a in answers),
        "questions": len(answers),
        "may": {act: audits.may(person, row, act) for act in audits.ACTS},
        "walking": row.state == State.WALKING,
        "reported": row.state in (State.REPORTED, State.CLOSED),
        "history": [(e, DEEDS.get(e.verb, e.verb)) for e in history_of(row).order_by("-seq")[:20]],
        "today": day,
    }
    return render(request, "audits/audit.html", context)
