"""The one link of a duty: wherever the duty is named, this leads to the report that it asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from sauro.monitoring import services
from sauro.monitoring.models import Duty, Report
from sauro.plans.services.errors import NotNow
from sauro.web.request import Request
from sauro.web.today import today


@require_GET
def answer(request: Request, pk: int) -> HttpResponse:
    """The report that answers the duty: the one begun, or a new one, filled in.

    A link from a notice, a calendar or a mail must do, so this answers GET: what it begins is a draft, nobody's word
    yet, and asking again leads to the same one.
    """
    rows = Duty.objects.visible_to(request.user).select_related("task", "round__plan", "unit")
    duty = get_object_or_404(rows, pk=pk)
    begun = Report.objects.visible_to(request.user).filter(duty=duty).first()
    if begun:
        return redirect("report", begun.pk)
    try:
        return redirect("report", services.answer_duty(duty, request.user, today()).pk)
    except NotNow as no:
        messages.error(request, str(no))
        return redirect("duty", duty.pk)
