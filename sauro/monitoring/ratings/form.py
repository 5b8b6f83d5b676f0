"""The Ministry's tracking form, filled in from a plan's objectives and their ratings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils import translation

from sauro.monitoring.models import Rating
from sauro.plans.models import Objective, Plan, PlanRevision
from sauro.vietnamese.text import fold
from sauro.writing.tracking_form import TrackedObjective, TrackingForm, TrackingSheet

_NUMBERED = re.compile(r"\s*(?:mục tiêu\s+)?(?:\d+|[ivx]+)\s*[.:)]", re.IGNORECASE)


def form_of(plan: Plan, year: int, halves: Sequence[int] = (1, 2)) -> TrackingForm:
    """The form of the plan and year, a sheet for each of the halves (1, 2). Three queries, and the agency.

    A sheet bears the name of the QMR where every rating on it is signed, by one person.
    """
    objectives = list(plan.objectives.filter(ended_in=None).order_by("order"))
    given = list(
        Rating.objects.filter(objective__in=objectives, month__startswith=f"{year}-").select_related("signed_by")
    )
    revision = plan.revisions.select_related("document").only("no", "document__issued_on").order_by("-no").first()
    issued = revision.document.issued_on if revision and revision.document else None
    sheets = []
    # The form is Vietnamese whatever language the person works in.
    with translation.override("vi"):
        for half in halves:
            months = range(1, 7) if half == 1 else range(7, 13)
            here = [r for r in given if int(r.month[5:7]) in months]
            signers = {r.signed_by.full_name if r.signed_by else "" for r in here}
            rows = [_row(n, o, [r for r in here if r.objective_id == o.pk]) for n, o in enumerate(objectives, 1)]
            sheets.append(TrackingSheet(months, rows, signers.pop() if len(signers) == 1 else ""))
    effective = f"{issued:%d/%m/%Y}" if issued else f"   /   /{year}"
    return TrackingForm(plan.agency.name, f"{plan.revision:02}", effective, sheets)


def _row(n: int, objective: Objective, given: list[Rating]) -> TrackedObjective:
    text = objective.text if _NUMBERED.match(objective.text) else f"{objective.ref.strip(' .') or n}. {objective.text}"
    levels = {int(r.month[5:7]): str(r.get_level_display()) for r in given}
    notes = [f"Tháng {int(r.month[5:7])}: {r.note}" for r in sorted(given, key=lambda r: r.month) if r.note]
    return TrackedObjective([text, *(f"- {item}" for item in objective.items)], levels, "\n".join(notes))


def name_of(plan: Plan, year: int, half: int) -> str:
    """A file's name without its ending."""
    number = "-".join(fold(plan.number.replace("/", " ")).split())
    return "-".join(filter(None, ("phieu-theo-doi", number, str(year), f"6-thang-{half}" if half else "")))


def ordering_the_form(plans: Sequence[Plan]) -> list[Plan]:
    """Those of the plans whose document orders a tracking form with levels; where none does, those that speak of
    quality objectives; all of them where none does that either."""
    drafts = PlanRevision.objects.filter(plan__in=plans, no=1).values_list("plan_id", "draft__forms")
    with_form = {pk for pk, forms in drafts if any(form.get("ratings") for form in forms or [])}
    named = {p.pk for p in plans if "muc tieu chat luong" in fold(p.title)}
    chosen = with_form & named or with_form or named
    return [p for p in plans if p.pk in chosen] or list(plans)
