"""The verbs on management reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sauro.organization.models import Person, Unit
from sauro.plans.services.errors import NotNow
from sauro.quality.models import ReviewDecision
from sauro.quality.services import reviews as services
from sauro.web.reports.fields import parse_day
from sauro.web.request import Request
from sauro.web.reviews.views import find
from sauro.web.today import today


def day_of(request: Request, name: str) -> dt.date | None:
    """The day that was typed; None for nothing. Raises `NotNow` with a sentence."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return parse_day(text)
    except ValidationError as wrong:
        raise NotNow(" ".join(wrong.messages)) from wrong


def unit_of(request: Request, name: str = "unit") -> Unit | None:
    """The unit that was chosen, of the person's agency; None for none."""
    value = request.POST.get(name, "")
    return get_object_or_404(Unit, pk=value, agency=request.user.unit.agency) if value.isdecimal() else None


def _done(request: Request, pk: int, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect("review", pk)


@require_POST
def plan(request: Request) -> HttpResponse:
    """Plan the next review."""
    agency = request.user.unit.agency
    chair_pk = request.POST.get("chair", "")
    chair = get_object_or_404(Person, pk=chair_pk, unit__agency=agency) if chair_pk.isdecimal() else None
    try:
        on = day_of(request, "planned_on")
        if on is None:
            raise NotNow(_("Ghi ngày họp dự kiến."))
        asked = request.POST.get("year", "")
        year = int(asked) if asked.isdecimal() and 2000 < int(asked) < 2100 else on.year
        made = services.plan_review(agency, year, on, request.user, place=request.POST.get("place", ""), chair=chair)
    except NotNow as no:
        messages.error(request, str(no))
        return redirect("review-list")
    messages.success(request, _("Đã lập cuộc xem xét, chương trình có sẵn mười hai nhóm đầu vào."))
    return redirect("review", made.pk)


@require_POST
def write(request: Request, pk: int) -> HttpResponse:
    """Write agenda, place, attendees, minutes."""
    row = find(request, pk)

    def act() -> None:
        changes: dict[str, Any] = {n: request.POST[n] for n in services.WRITABLE if n in request.POST}
        changes["planned_on"] = day_of(request, "planned_on")
        services.write_review(row, changes, request.user)

    return _done(request, pk, act, _("Đã lưu."))


@require_POST
def freeze(request: Request, pk: int) -> HttpResponse:
    """Freeze the inputs with the figures of today."""
    row = find(request, pk)
    return _done(request, pk, lambda: services.freeze(row, request.user, today()), _("Đã chốt số liệu đến hôm nay."))


@require_POST
def unfreeze(request: Request, pk: int) -> HttpResponse:
    """Open the frozen figures again."""
    row, reason = find(request, pk), request.POST.get("reason", "")
    return _done(request, pk, lambda: services.unfreeze(row, request.user, reason), _("Số liệu đã được mở lại."))


@require_POST
def remark(request: Request, pk: int, key: str) -> HttpResponse:
    """Say what an input means."""
    row = find(request, pk)
    item = row.inputs.filter(key=key).first()
    if item is None:
        raise Http404
    text = request.POST.get("remark", "")
    return _done(request, pk, lambda: services.remark(item, text, request.user), _("Đã lưu nhận xét."))


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Write a decision, as a task where a unit and a day are given."""
    row = find(request, pk)
    return _done(
        request, pk,
        lambda: services.decide(
            row, request.user, today(), text=request.POST.get("text", ""), about=request.POST.get("about", ""),
            unit=unit_of(request), due=day_of(request, "due"),
        ),
        _("Đã ghi quyết định."),
    )  # fmt: skip


@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """Order a task that carries a decision out."""
    decision = get_object_or_404(
        ReviewDecision.objects.select_related("review"), pk=pk, review__agency=request.user.unit.agency
    )

    def act() -> None:
        unit, due = unit_of(request), day_of(request, "due")
        if unit is None or due is None:
            raise NotNow(_("Giao việc thì ghi cả đơn vị thực hiện và thời hạn."))
        if due < today():
            raise NotNow(_("Hạn %(day)s đã qua. Chọn ngày từ hôm nay trở đi.") % {"day": f"{due:%d/%m/%Y}"})
        services.order_decision(decision, request.user, today(), unit=unit, due=due)

    return _done(request, decision.review_id, act, _("Đã giao việc."))


@require_POST
def conclude(request: Request, pk: int) -> HttpResponse:
    """Conclude the review."""
    row = find(request, pk)

    def act() -> None:
        held, said = day_of(request, "held_on"), request.POST.get("conclusion", "")
        services.conclude(row, request.user, today(), said, held_on=held)

    return _done(request, pk, act, _("Đã ghi kết luận."))
