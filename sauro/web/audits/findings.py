"""The register of findings, and one finding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from sauro.files.errors import FileRefused
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, reach
from sauro.quality.models import Audit, Finding
from sauro.quality.ready import standard
from sauro.quality.services import audits
from sauro.quality.services.audits.reporting import SETTLED
from sauro.quality.services.errors import NotNow
from sauro.web.audits.parts import GRADE_TONES, done, must_see_papers
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.registers import year_filter
from sauro.web.quality.sections import sections
from sauro.web.quality.words import clause_label, clause_words
from sauro.web.reports.fields import DayField
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

READ = (Audit.State.REPORTED, Audit.State.CLOSED)
OPEN = Q(nonconformity__isnull=False) & ~Q(nonconformity__state__in=SETTLED)


def readable(person: Person) -> Any:
    """The findings that this person may read: of audits with a report, and before it for those who need them."""
    rows = Finding.objects.visible_to(person)
    if any(reach(person, c) for c in (Capability.RUN_QUALITY, Capability.AUDIT, Capability.APPROVE_DOCUMENT)):
        return rows
    mine = Audit.objects.filter(team__person=person).values("pk")
    return rows.filter(Q(audit__state__in=READ) | Q(audit__in=mine))


@require_GET
def finding_list(request: Request) -> HttpResponseBase:
    """Every finding of the agency, newest first."""
    rows = readable(request.user)
    every = Finding.objects.visible_to(request.user)
    units = Unit.objects.filter(pk__in=every.order_by().values("audit__unit")).order_by("path")
    chapters = [(c.number, clause_words(c)) for c in standard.clauses() if c.level <= 2]
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm theo mã, nội dung"),
        filters=[
            Filter("muc", _("Mức"), Finding.Grade.choices, lambda r, v: r.filter(grade=v)),
            Filter(
                "don_vi",
                _("Đơn vị"),
                [(str(u.pk), u.name) for u in units],
                lambda r, v: r.filter(audit__unit_id=int(v)),
            ),
            Filter(
                "dieu",
                _("Điều khoản"),
                chapters,
                lambda r, v: r.filter(Q(clause=v) | Q(clause__startswith=f"{v}.")),
            ),
            year_filter(rows, "audit__programme__year"),
            Filter(
                "con",
                _("Theo dõi"),
                [("mo", _("chưa đóng")), ("dong", _("đã đóng")), ("rut", _("đã rút"))],
                lambda r, v: (
                    r.filter(OPEN)
                    if v == "mo"
                    else r.filter(nonconformity__state__in=SETTLED)
                    if v == "dong"
                    else r.exclude(withdrawn_reason="")
                ),
            ),
        ],
        sorts=[
            Sort("luc", _("lúc ghi, mới trước"), ("-pk",), ("pk",)),
            Sort("dieu", _("điều khoản"), ("clause", "-pk"), ("-clause", "pk")),
        ],
        columns=_columns(),
        dress=lambda r: r.select_related("audit", "audit__unit", "document", "nonconformity", "raised_by"),
    )
    for row in register.page.object_list:
        row.tone = GRADE_TONES[row.grade]
    n = rows.filter(OPEN, withdrawn_reason="").count()
    title = (
        ngettext("%(n)s phát hiện chưa đóng", "%(n)s phát hiện chưa đóng", n) % {"n": vnumber(n)}
        if n
        else _("Không còn phát hiện nào chưa đóng")
    )
    return register.respond(
        "audits/finding_list.html",
        "audits/finding_table.html",
        title=title,
        noun=pgettext("noun", "phát hiện"),
        file_title=_("Phát hiện đánh giá nội bộ"),
        sections=sections("audit-list"),
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Mã"), 14), lambda f: f.code),
        Taken(Column(_("Cuộc đánh giá"), 14), lambda f: f.audit.code),
        Taken(Column(_("Đơn vị"), 28), lambda f: f.audit.unit.name),
        Taken(Column(_("Mức"), 16), lambda f: f.get_grade_display()),
        Taken(Column(_("Điều khoản"), 10), lambda f: f.clause),
        Taken(Column(_("Quy trình"), 12), lambda f: f.document.code if f.document else ""),
        Taken(Column(_("Nội dung"), 50), lambda f: f.text),
        Taken(Column(_("Bằng chứng"), 40), lambda f: f.evidence_text, on_paper=False),
        Taken(Column(_("Sự không phù hợp"), 16), lambda f: f.nonconformity.code if f.nonconformity else ""),
        Taken(Column(_("Tình trạng"), 20), _standing),
        Taken(Column(_("Người ghi"), 24), lambda f: f.raised_by.full_name, on_paper=False),
    ]


def _standing(f: Finding) -> str:
    if f.withdrawn_reason:
        return _("Đã rút: %(why)s") % {"why": f.withdrawn_reason}
    return f.nonconformity.get_state_display() if f.nonconformity else ""


class OrderForm(forms.Form):
    """A task that answers an observation or an opportunity."""

    title = forms.CharField(
        label=gettext_lazy("Việc cần làm"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Ghi việc cần làm.")},
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị thực hiện"))
    due = DayField(label=gettext_lazy("Thời hạn"))

    def __init__(self, row: Finding, data: Any = None) -> None:
        super().__init__(data, initial={"unit": row.audit.unit_id})
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(agency_id=row.agency_id, kind=Unit.Kind.UNIT, is_active=True).order_by(
            "path"
        )


def _find(request: Request, pk: int) -> Finding:
    row = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related(
            "audit", "audit__unit", "audit__unit__agency", "audit__programme", "document", "item", "raised_by",
            "nonconformity",
        ),
        pk=pk,
    )  # fmt: skip
    must_see_papers(request, row.audit)
    return row  # type: ignore[no-any-return]


@require_GET
def finding(request: Request, pk: int) -> HttpResponse:
    """One finding with its evidence and what became of it."""
    row = _find(request, pk)
    return render(request, "audits/finding.html", _shown(request, row, OrderForm(row)))


def _shown(request: Request, row: Finding, form: OrderForm) -> dict[str, Any]:
    person, day = request.user, today()
    own = row.raised_by_id == person.pk or "lead" in audits.capacities(person, row.audit)
    opened = row.nonconformity
    actions = list((opened or row).actions.select_related("task", "task__lead_unit"))
    return {
        "row": row,
        "tone": GRADE_TONES[row.grade],
        "title": row.code,
        "proofs": row.proofs.select_related("evidence", "evidence__file"),
        "actions": actions,
        "late": audits.lateness(opened, actions, day),
        "may_change": own and not row.withdrawn_reason and audits.may(person, row.audit, "find"),
        "may_order": audits.may(person, row.audit, "order") and opened is None and not row.withdrawn_reason,
        "form": form,
        "grades": Finding.Grade.choices,
        "clause_label": next((clause_label(c) for c in standard.clauses() if c.number == row.clause), ""),
    }


@require_POST
def edit(request: Request, pk: int) -> HttpResponse:
    """Change it before the report."""
    row, data = _find(request, pk), request.POST
    return done(
        request,
        lambda: audits.edit_finding(
            row,
            request.user,
            grade=data.get("grade", ""),
            text=data.get("text", ""),
            clause=data.get("clause", ""),
            evidence_text=data.get("evidence_text", ""),
        ),
        _("Đã sửa phát hiện."),
        "finding",
        pk,
    )


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back, with the reason."""
    row, reason = _find(request, pk), request.POST.get("ly_do", "")
    said = _("Đã rút phát hiện.")
    return done(request, lambda: audits.withdraw_finding(row, request.user, reason), said, "finding", pk)


@require_POST
def photo(request: Request, pk: int) -> HttpResponse:
    """Add photographs or files."""
    row, files = _find(request, pk), request.FILES.getlist("anh")
    try:
        for file in files:
            audits.add_photo(row, request.user, file, file.name or "anh.jpg")
    except (NotNow, FileRefused) as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã thêm bằng chứng.") if files else _("Chưa chọn tệp nào."))
    return redirect("finding", pk)


@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """Order a task."""
    row = _find(request, pk)
    form, status = OrderForm(row, request.POST), 422
    if form.is_valid():
        try:
            audits.order_improvement(row, request.user, today(), **form.cleaned_data)
        except NotNow as no:
            form.add_error(None, str(no))
            status = 409
        else:
            messages.success(request, _("Đã giao việc."))
            return redirect("finding", pk)
    return render(request, "audits/finding.html", _shown(request, row, form), status=status)
