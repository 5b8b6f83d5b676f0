"""The one-minute report: begun from a work, saved by itself, handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sauro.ledger.services import history_of
from sauro.monitoring import services
from sauro.monitoring.lattice import Verb
from sauro.monitoring.models import Duty, Report
from sauro.monitoring.pace import Pace, pace
from sauro.monitoring.services import Stale
from sauro.organization.models import Person
from sauro.organization.policy import Refused
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow
from sauro.web.home import works
from sauro.web.home.links import task_url
from sauro.web.home.words import period_words
from sauro.web.people.deeds import said_of
from sauro.web.reports import naming, reading, summary
from sauro.web.reports.conflict import FIELDS, differences
from sauro.web.reports.figures import field_name
from sauro.web.reports.forms import NO, YES, ReportForm
from sauro.web.request import Request
from sauro.web.today import today

# Changes to a task that its reporter should know of; reports and evidence themselves are not news.
NEWS_SHOWN = 3


def find(request: Request, pk: int) -> Report:
    """The report, where the person may see it; 404 for others."""
    rows = Report.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related(
            "task__plan",
            "duty",
            "round__plan",
            "round__focal_unit",
            "unit",
            "author",
            "task__accountable",
            "changed_by",
            "returned_by",
            "accepted_by",
        ),
        pk=pk,
    )


def find_own_draft(request: Request, pk: int) -> Report:
    """A report that the person may write in: one begun by them, or one of their unit that answers a duty; 404 for
    others'."""
    found = find(request, pk)
    if not services.writes_for(found, request.user):
        raise Http404
    return found


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin a report on a task, or go on with the one begun."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), pk=pk)
    duty = None
    if request.POST.get("duty", "").isdecimal():
        duty = get_object_or_404(Duty.objects.visible_to(request.user), pk=request.POST["duty"], task=task)
    try:
        draft = services.start_report(task, request.user, today(), duty=duty)
    except NotNow as no:
        messages.error(request, str(no))
        return redirect(task_url(task.pk))
    return redirect("report", draft.pk)


@require_http_methods(["GET", "POST"])
def report(request: Request, pk: int) -> HttpResponse:
    """A report: its form for who writes it, to read for everyone else. POST saves it and goes to the own page."""
    found = find(request, pk)
    if request.method == "POST":
        form, refused = _keep(request, find_own_draft(request, pk))
        if refused:
            return refused
        if form.errors:
            return _page(request, form, status=422)
        messages.success(request, _("Đã lưu bản nháp %(report)s.") % {"report": naming.name_of(found)})
        return redirect("home")
    if services.why_not(found, Verb.SAVE, request.user):
        return reading.page(request, found, pace_of(found))
    return _page(request, _form_of(request, found, None))


def typed_in(data: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """What was typed of figures, under the keys of the figures: one that someone has entered elsewhere since the page
    was opened is not lost."""
    return {name.removeprefix(prefix): str(text) for name, text in data.items() if name.startswith(prefix)}


def _form_of(request: Request, found: Report, data: Any) -> ReportForm:
    asked = services.asked_figures(found, request.user, today(), typed_in(data or {}, "figure-"))
    return ReportForm(data, found, services.report_before(found), today(), asked)


@transaction.atomic
def _keep(request: Request, found: Report) -> tuple[ReportForm, HttpResponse | None]:
    """Save what is right of what was typed, words and what is said of files in one step, so that no other saving comes
    between them; the form, and the page that refuses where it could not be saved."""
    form = _form_of(request, found, request.POST)
    form.is_valid()
    late = False
    try:
        fresh = services.save_report(found, request.user, form.values(), version=form.cleaned_data.get("version"))
    except Stale as stale:
        differ = differences(form.values(), stale.theirs, form.asked)
        if differ:
            return form, _conflict(request, found, stale, differ)
        fresh, late = stale.theirs, True
    except NotNow as no:
        return form, _refused(request, found, no)
    try:
        services.describe_evidence(fresh, request.user, form.said_of_files(), today(), late=late)
    except NotNow as no:
        form.add_error(None, str(no))
    form.report = fresh
    return form, None


def _refused(request: Request, found: Report, no: NotNow) -> HttpResponse:
    if request.htmx:
        return render(request, "reports/saved.html", {"refused": str(no)}, status=422)
    messages.error(request, str(no))
    return redirect("report", found.pk)


def _conflict(request: Request, found: Report, stale: Stale, differ: list[Any]) -> HttpResponse:
    theirs = stale.theirs
    context = {
        "report": found,
        "about": naming.about(found),
        "theirs": theirs,
        "other": theirs.changed_by if theirs.changed_by_id != request.user.pk else None,
        "sentence": str(stale),
        "differences": differ,
    }
    if request.htmx:
        return render(request, "reports/saved.html", {"stale": str(stale), "report": found}, status=409)
    return render(request, "reports/conflict.html", context, status=409)


@require_POST
def autosave(request: Request, pk: int) -> HttpResponse:
    """Keep what has been typed so far, and say when; what isn't right yet is left for later."""
    form, refused = _keep(request, find_own_draft(request, pk))
    if refused:
        return refused
    return render(request, "reports/saved.html", {"report": form.report, "oob": True, **_said_of(form)})


@require_POST
def choose(request: Request, pk: int) -> HttpResponse:
    """Save the choice, field by field, between what was typed here and what was saved elsewhere."""
    found = find_own_draft(request, pk)
    version = request.POST.get("version", "")
    asked = services.asked_figures(found, request.user, today(), typed_in(request.POST, "mine_figure-"))

    def mine(names: Mapping[str, str]) -> dict[str, Any]:
        """What was chosen of the version typed here: {name to save it under: name of its field}."""
        return {
            name: request.POST.get(f"mine_{field}", "")
            for name, field in names.items()
            if request.POST.get(f"pick_{field}") == "mine" and f"mine_{field}" in request.POST
        }

    values = mine({name: name for name in FIELDS})
    values["figures"] = mine({f.key(name): field_name(f, name) for f in asked for name in f.names})
    if not str(values.get("progress", "0")).isdecimal():
        values.pop("progress")
    try:
        services.save_report(found, request.user, values, version=int(version) if version.isdecimal() else -1)
    except Stale as stale:
        differ = differences(values, stale.theirs, asked)
        if differ:
            return _conflict(request, found, stale, differ)
    except NotNow as no:
        return _refused(request, found, no)
    messages.success(request, _("Đã lưu theo lựa chọn."))
    return redirect("report", pk)


@require_POST
@transaction.atomic
def submit(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed and hand the report in, in one step; then comes the next report that is due this week."""
    found = find_own_draft(request, pk)
    form, refused = _keep(request, found)
    if refused:
        return refused
    if not form.check_for_submission():
        return _page(request, form, status=422)
    try:
        handed_in = services.submit_report(form.report, request.user, today(), seen=request.POST.getlist("seen"))
    except services.WrongFigures as wrong:
        for key, sentence in wrong.errors.items():
            form.add_error(f"figure-{key}", sentence)
        return _page(request, form, status=422)
    except NotNow as no:
        form.add_error(None, str(no))
        return _page(request, form, status=422)
    following = next_reports(request.user)
    said = _("Đã nộp %(report)s.") % {"report": naming.name_of(found)}
    url = reverse("report", args=[handed_in.pk])
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, url, _("Xem lại")))
    for duty in following:
        try:
            draft = services.answer_duty(duty, request.user, today())
        except (NotNow, Refused):
            continue
        return redirect("report", draft.pk)
    return redirect("home")


def next_reports(person: Person) -> list[Duty]:
    """The reports that the person owes by the end of this week, the first due first."""
    week, _month = works.bounds(today())
    return [d for d in works.first_due(person, 20, works.REPORTED) if d.due <= week]


def _said_of(form: ReportForm) -> dict[str, Any]:
    """What stands beside the number: the bar, the pace, and what changed since the report before."""
    found, before = form.report, form.before
    return {
        "pace": pace_of(found),
        "before": before,
        "rise": found.progress - before.progress if before and found.task else None,
    }


def pace_of(found: Report) -> Pace | None:
    """The report's progress beside an even pace over the task's time; None where it speaks of a plan as a whole."""
    task = found.task
    if task is None:
        return None
    start_on = task.starts_on or task.plan.starts_on
    due = task.due or task.plan.ends_on
    return pace(min(start_on, due), due, found.progress, today())


def news_since(task: Task, before: Report | None) -> list[str]:
    """What others changed of the task since the report before, in sentences, newest first."""
    if before is None or before.submitted_at is None:
        return []
    entries = history_of(task).filter(at__gt=before.submitted_at).exclude(verb__startswith="monitoring.")
    return [said_of(entry) for entry in entries[:NEWS_SHOWN]]


def _page(request: Request, form: ReportForm, *, status: int = 200) -> HttpResponse:
    found = form.report
    following = [d for d in next_reports(request.user) if d.pk != found.duty_id]
    context = {
        "form": form,
        "report": found,
        "task": found.task,
        "duty": found.duty,
        "today": today(),
        "period": period_words(found.duty.period) if found.duty else "",
        "title": naming.title_of(found),
        "about": naming.about(found),
        "figure_lines": form.figure_lines(),
        "before_words": naming.before_words(form.before),
        "news": news_since(found.task, form.before) if found.task else [],
        "next": following[0] if following else None,
        "next_words": naming.name_of_duty(following[0]) if following else "",
        "next_left": len(following),
        "yes_no": [(NO, _("Không có")), (YES, _("Có"))],
        "chosen": {n: form[n].value() or NO for n in ("has_difficulties", "has_proposals")},
        **_said_of(form),
        **(summary.of(found, today()) if found.task is None else {}),
    }
    return render(request, "reports/form.html", context, status=status)
