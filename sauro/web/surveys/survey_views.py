"""One survey: made, opened, its link and code, papers typed in, its results and their files."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauro.organization.models import Unit
from sauro.organization.policy import AGENCY, Capability, allows, reach, require
from sauro.quality.models import Survey
from sauro.quality.services import surveys
from sauro.quality.services.errors import NotNow
from sauro.quality.services.survey_results import results
from sauro.quality.survey_form import SurveyForm
from sauro.vietnamese.text import fold
from sauro.web.listing import MEDIA
from sauro.web.reports.fields import DayField
from sauro.web.request import Request
from sauro.web.surveys.papers import results_rows, write_results
from sauro.web.surveys.survey_forms import HeadForm, Questions, initial_of, rows_of
from sauro.web.surveys.survey_list import TONES
from sauro.web.today import today
from sauro.writing import write_table_xlsx

State = Survey.State


def _find(request: Request, pk: int) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.user).select_related("agency", "made_by"), pk=pk)


def _link(request: Request, survey: Survey) -> str:
    path = reverse("portal-survey", args=[survey.token])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def qr_svg(text: str, scale: int = 4) -> str:
    """A QR code as SVG that a page can hold; error correction M survives a crease."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=scale, border=3, xmldecl=False, svgns=True, omitsize=True, light="#fff", title=None
    )
    return out.getvalue().decode()


@require_safe
def survey(request: Request, pk: int) -> HttpResponse:
    """How it stands and what was answered."""
    row = _find(request, pk)
    runs = allows(request.user, Capability.RUN_QUALITY, row)
    link = _link(request, row)
    context = {
        "survey": row,
        "tone": TONES[State(row.state)],
        "found": results(row),
        "link": link,
        "qr": mark_safe(qr_svg(link)),  # the library's drawing of our own address
        "takes": surveys.takes_answers(row, today()),
        "today": today(),
        "may_run": runs,
        "may_type": row.state != State.DRAFT and bool(_units_to_type(request, row)),
    }
    return render(request, "surveys/survey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Make a survey, beginning with the model's questions or with none (`?mau=khong`)."""
    agency = request.user.unit.agency
    require(request.user, Capability.RUN_QUALITY, agency)
    title, intro, asked = surveys.ready_survey(agency)
    if request.GET.get("mau") == "khong":
        title, intro, asked = "", "", []
    on = today()
    head = {"title": title, "intro": intro, "opens_on": on, "closes_on": on + dt.timedelta(30), "asks_unit": True}
    return _edited(request, head, rows_of(asked), lambda said: surveys.draft(agency, request.user, **said), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a survey that isn't open yet."""
    row = _find(request, pk)
    require(request.user, Capability.RUN_QUALITY, row)
    head, asked = initial_of(row)
    return _edited(request, head, asked, lambda said: surveys.edit(row, request.user, **said), row)


def _edited(
    request: Request, head: dict[str, Any], asked: list[dict[str, Any]], save: Callable[..., Survey], row: Survey | None
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, questions, status = HeadForm(data, initial=head), Questions(data, initial=asked, prefix="q"), 200
    if data is not None:
        status = 422
        # Both are looked at, so that all that is wrong is said at once.
        if form.is_valid() & questions.is_valid():
            try:
                made = save({**form.cleaned_data, "questions": [a for q in questions if (a := q.asked())]})
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(request, _("Đã lưu phiếu. Mở phiếu để bắt đầu lấy ý kiến."))
                return redirect("survey", made.pk)
        elif not form.errors:
            form.add_error(None, _("Có câu hỏi ghi chưa đúng; sửa chỗ có dấu đỏ."))
    context = {"form": form, "questions": questions, "survey": row}
    return render(request, "surveys/edit.html", context, status=status)


def _done(request: Request, pk: int, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect("survey", pk)


@require_POST
def open_it(request: Request, pk: int) -> HttpResponse:
    """Begin to take answers."""
    row = _find(request, pk)
    return _done(request, pk, lambda: surveys.open_survey(row, request.user, today()), _("Phiếu đã mở."))


@require_POST
def close_it(request: Request, pk: int) -> HttpResponse:
    """Take no more answers."""
    row = _find(request, pk)
    return _done(request, pk, lambda: surveys.close(row, request.user, today()), _("Phiếu đã kết thúc."))


def _units_to_type(request: Request, row: Survey) -> list[Unit]:
    """The units whose papers this person may type in."""
    if surveys.may_type_in(request.user, row) or reach(request.user, Capability.ANSWER_FEEDBACK) == AGENCY:
        return surveys.units_asked(row) or [request.user.unit]
    if not reach(request.user, Capability.ANSWER_FEEDBACK) or not row.asks_unit:
        return []
    return [unit for unit in surveys.units_asked(row) if unit.path.startswith(request.user.unit.path)]


class PaperForm(SurveyForm):
    """A paper as it is typed in: the survey's questions after the day on the paper."""

    def __init__(self, survey: Survey, data: Any = None, *, units: list[Unit], on: dt.date) -> None:
        super().__init__(survey, data, units=units)
        day = DayField(label=_("Ngày trên phiếu"), initial=on)
        self.fields = {"on": day, **self.fields}


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, pk: int) -> HttpResponse:
    """Type in answers from paper, one after another."""
    row = _find(request, pk)
    units = _units_to_type(request, row)
    if not units:
        require(request.user, Capability.ANSWER_FEEDBACK, row)
    data, status = request.POST if request.method == "POST" else None, 200
    form = PaperForm(row, data, units=units, on=min(today(), row.closes_on))
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                surveys.type_in(row, request.user, form.values(), today(), on=form.cleaned_data["on"], unit=form.unit())
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(request, _("Đã nhập một phiếu. Nhập phiếu tiếp theo ở dưới."))
                return redirect("survey-paper", pk)
    return render(request, "surveys/paper.html", {"survey": row, "form": form}, status=status)


@require_safe
def code(request: Request, pk: int) -> HttpResponse:
    """The QR code as a drawing to print at any size."""
    row = _find(request, pk)
    name = f"qr-{'-'.join(fold(row.title).split())[:60]}.svg"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(qr_svg(_link(request, row), 10), content_type="image/svg+xml", headers=headers)


@require_safe
def poster(request: Request, pk: int) -> HttpResponse:
    """A sheet to hang up where people are served."""
    row = _find(request, pk)
    link = _link(request, row)
    return render(request, "surveys/poster.html", {"survey": row, "link": link, "qr": mark_safe(qr_svg(link, 8))})


@require_safe
def file(request: Request, pk: int, kind: str) -> HttpResponseBase:
    """The results as Excel or as an official report in Word."""
    row = _find(request, pk)
    out, found = io.BytesIO(), results(row)
    if kind == "xlsx":
        columns, rows = results_rows(found)
        write_table_xlsx(row.title, columns, rows, out, day=today())
    elif kind == "docx":
        write_results(out, found, today())
    else:
        raise Http404
    out.seek(0)
    name = f"{'-'.join(fold(row.title).split())[:80]}.{kind}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=MEDIA[kind])
