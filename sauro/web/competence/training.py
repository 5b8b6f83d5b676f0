"""The training programme, and one training: plan, attendance, effect (7.2)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import Training
from sauro.quality.services import training as services
from sauro.web.competence.forms import TrainingForm
from sauro.web.competence.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.quality.pages import did, form_page, head_of, people_of, sent, unit_choices, word
from sauro.web.quality.sections import sections
from sauro.web.reports.fields import parse_day
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing.quality.people import Attendance, TrainingPaper, write_training

RUN, State = Capability.RUN_QUALITY, Training.State
TONES: dict[str, str] = {
    State.PLANNED: "info", State.HELD: "soon", State.EVALUATED: "done", State.CANCELLED: "neutral"
}  # fmt: skip


@require_GET
def training_list(request: Request) -> HttpResponseBase:
    """The programme: what is planned, who came, what it did; how many of the staff were trained this year."""
    person, agency = request.user, request.user.unit.agency
    rows = Training.objects.all().visible_to(person)
    years = rows.order_by("-year").values_list("year", flat=True).distinct()[:20]
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm khóa đào tạo"),
        filters=[
            Filter("nam", _("Năm"), [(str(y), str(y)) for y in years], lambda r, v: r.filter(year=v)),
            Filter("tinh_trang", _("Tình trạng"), State.choices, lambda r, v: r.filter(state=v)),
            Filter("don_vi", _("Đơn vị tổ chức"), unit_choices(person), lambda r, v: r.filter(unit_id=v)),
        ],
        sorts=[Sort("ngay", _("ngày dự kiến, mới trước"), ("-planned_on", "-pk"), ("planned_on", "pk"))],
        columns=[
            Taken(Column(_("Năm"), 8), lambda r: r.year),
            Taken(Column(_("Nội dung đào tạo"), 44), lambda r: r.title),
            Taken(Column(_("Đơn vị tổ chức"), 24), lambda r: r.unit.name),
            Taken(Column(_("Ngày dự kiến"), 12, "date"), lambda r: r.planned_on),
            Taken(Column(_("Ngày tổ chức"), 12, "date"), lambda r: r.held_on),
            Taken(Column(_("Có dự"), 8, "number"), lambda r: r.came),
            Taken(Column(_("Người học"), 8, "number"), lambda r: r.asked),
            Taken(Column(_("Tình trạng"), 18), lambda r: r.get_state_display()),
        ],
        dress=lambda r: r.select_related("unit").annotate(
            came=Count("places", filter=Q(places__attended=True)), asked=Count("places")
        ),
    )
    for row in register.page.object_list:
        row.tone = TONES[row.state]
    share = services.share(agency, today().year)
    title = _("%(percent)d%% công chức, viên chức đã dự đào tạo năm %(year)d") % {
        "percent": share.percent, "year": today().year
    }  # fmt: skip
    may = allows(person, RUN, agency)
    return register.respond(
        "quality/register.html",
        "competence/trainings_table.html",
        title=title,
        lead=_("%(n)d trên %(whole)d người.") % {"n": share.trained, "whole": share.staff},
        noun=pgettext("noun", "khóa đào tạo"),
        file_title=_("Chương trình đào tạo"),
        sections=sections("competence"),
        parts=parts("training-list"),
        adds=[(_("Thêm khóa đào tạo"), reverse("training-add"))] if may else [],
    )


def _find(request: Request, pk: int) -> Training:
    rows = Training.objects.all().visible_to(request.user).select_related("unit", "agency", "competence")
    found: Training = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def training(request: Request, pk: int) -> HttpResponse:
    """One training, with what this person may do with it."""
    found = _find(request, pk)
    places = list(found.places.select_related("person__unit").order_by("person__sort_key", "pk"))
    may = services.may_hold(found, request.user)
    have = {p.person_id for p in places}
    context = {
        "training": found,
        "title": found.title,
        "tone": TONES[found.state],
        "places": places,
        "came": sum(1 for p in places if p.attended),
        "may": may,
        "may_edit": found.state == State.PLANNED and allows(request.user, RUN, found.agency),
        "others": people_of(request.user).exclude(pk__in=have)[:500] if may and found.state != State.CANCELLED else [],
        "day": found.held_on or today(),
        "steps": range(1, 6),
    }
    return render(request, "competence/training.html", context)


def _edit(request: Request, found: Training | None, title: str) -> HttpResponse:
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    form = TrainingForm(request.user, found, sent(request))
    if not found:
        form.initial["year"] = today().year
    return form_page(
        request,
        form,
        lambda d: reverse("training", args=[services.save(agency, request.user, d, found).pk]),
        title=title,
        said=_("Đã lưu khóa đào tạo."),
        submit=_("Lưu khóa đào tạo"),
        back=(_("Đào tạo"), reverse("training-list")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Plan a training."""
    return _edit(request, None, _("Thêm khóa đào tạo"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change the plan of a training."""
    return _edit(request, _find(request, pk), _("Sửa khóa đào tạo"))


@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Give people a place."""
    found = _find(request, pk)
    chosen = [int(x) for x in request.POST.getlist("person") if x.isdecimal()]
    people = list(people_of(request.user).filter(pk__in=chosen))
    return did(request, lambda: services.invite(found, request.user, people), _("Đã thêm người học."), "training", pk)


@require_POST
def hold(request: Request, pk: int) -> HttpResponse:
    """Write down who came."""
    found = _find(request, pk)
    came = [int(x) for x in request.POST.getlist("attended") if x.isdecimal()]
    try:
        day = parse_day(request.POST.get("held_on", ""))
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("training", pk)
    act = lambda: services.hold(found, request.user, today(), held_on=day, attended=came)  # noqa: E731
    return did(request, act, _("Đã điểm danh."), "training", pk)


@require_POST
def evaluate(request: Request, pk: int) -> HttpResponse:
    """Judge what the training did for the work."""
    found, effects = _find(request, pk), {}
    for name in request.POST:
        person, value = name.removeprefix("effect-"), request.POST.get(name, "")
        if name.startswith("effect-") and person.isdecimal() and value.isdecimal():
            effects[int(person)] = (int(value), request.POST.get(f"note-{person}", ""))
    act = lambda: services.evaluate(found, request.user, today(), effects)  # noqa: E731
    return did(request, act, _("Đã ghi đánh giá hiệu quả."), "training", pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """The training isn't held."""
    found, reason = _find(request, pk), request.POST.get("reason", "")
    act = lambda: services.cancel(found, request.user, reason)  # noqa: E731
    return did(request, act, _("Đã ghi không tổ chức."), "training", pk)


@require_GET
def paper(request: Request, pk: int) -> HttpResponseBase:
    """The training as Word: programme, attendance, effect."""
    found = _find(request, pk)
    places = list(found.places.select_related("person__unit", "effect_by").order_by("person__sort_key"))
    judged = [p for p in places if p.effect]
    made = TrainingPaper(
        head_of(found.agency, found.held_on or found.planned_on),
        found.title,
        purpose=f"Nâng năng lực: {found.competence.name}" if found.competence else "",
        on=found.held_on or found.planned_on,
        teacher=found.trainer,
        form=found.method,
        people=tuple(
            Attendance(
                p.person.full_name, p.person.unit.name, p.attended, effect=f"{p.effect}/5 {p.effect_note}".strip()
                if p.effect else "",
            )
            for p in places
        ),
        effect_how="Người phụ trách nhận xét từng người, từ 1 đến 5",
        effect_on=judged[0].effect_on if judged else None,
        effect_by=judged[0].effect_by.full_name if judged and judged[0].effect_by else "",
        effect=f"{len(judged)} người được đánh giá" if judged else "",
    )  # fmt: skip
    return word(lambda out: write_training(out, made), f"Hồ sơ đào tạo {found.pk}")
