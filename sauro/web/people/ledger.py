"""The ledger of the agency: who did what, and whether it is still as it was written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro import jobs
from sauro.ledger import services
from sauro.ledger.models import Entry
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.people.deeds import DEEDS, deed
from sauro.web.reports.lists import _months
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

# Walking more entries than this takes longer than a person should wait for a page.
AT_ONCE = 20_000
FAULTS_SAID = 5


def _in_month(rows: Any, value: str) -> Any:
    year, month = (int(part) for part in value.split("-"))
    return rows.filter(at__year=year, at__month=month)


@require_GET
def ledger_list(request: Request) -> HttpResponseBase:
    """The entries of the agency, newest first."""
    require(request.user, Capability.READ_LEDGER, request.user.unit)
    people = Person.objects.filter(unit__agency_id=request.user.agency_id).order_by("sort_key")
    verbs = sorted(((verb, str(words)) for verb, words in DEEDS.items()), key=lambda pair: pair[1])
    register = Register(
        request,
        Entry.objects.filter(agency_id=request.user.agency_id),
        search=lambda rows, words: rows.matching(words),
        search_label=_("Tìm theo tên đối tượng"),
        filters=[
            Filter("viec", _("Việc"), verbs, lambda rows, value: rows.filter(verb=value), _("Mọi việc")),
            Filter(
                "nguoi",
                _("Người làm"),
                [(str(p.pk), p.full_name) for p in people[:500]],
                lambda rows, value: rows.filter(actor_id=value),
                _("Mọi người"),
            ),
            Filter("thang", _("Tháng"), _months(today()), _in_month, _("Mọi tháng")),
        ],
        sorts=[Sort("so", _("lúc ghi, mới trước"), ("-seq",), ("seq",))],
        columns=[
            Taken(Column(_("Số"), 8, "number"), lambda e: e.seq),
            Taken(Column(_("Lúc"), 16), lambda e: e.at.astimezone()),
            Taken(Column(_("Người làm"), 22), lambda e: e.actor_label or _("Phần mềm")),
            Taken(Column(_("Việc"), 26), lambda e: deed(e.verb)),
            Taken(Column(_("Đối tượng"), 46), lambda e: e.object_label),
            Taken(Column(_("Mã băm"), 20), lambda e: e.hash),
        ],
    )
    for entry in register.page.object_list:
        entry.deed = deed(entry.verb)
    n = register.total
    return register.respond(
        "people/ledger.html",
        "people/ledger_table.html",
        title=ngettext("%(n)s dòng trong sổ cái", "%(n)s dòng trong sổ cái", n) % {"n": vnumber(n)},
        noun=_("dòng"),
        file_title=_("Sổ cái"),
    )


def result_words() -> tuple[str, bool]:
    """What the check of the whole ledger finds, in one sentence, and whether all is as it was written."""
    faults = []
    for fault in services.verify():
        faults.append(_("dòng %(seq)d: %(why)s") % {"seq": fault.seq, "why": fault.why})
        if len(faults) > FAULTS_SAID:
            break
    if not faults:
        n = services.length()
        return _("Đã kiểm tra %(n)s dòng: sổ cái còn nguyên, không dòng nào bị sửa, bớt hay thêm.") % {
            "n": vnumber(n)
        }, True
    more = "; …" if len(faults) > FAULTS_SAID else ""
    return _("Sổ cái đã bị thay đổi bên ngoài phần mềm: %(faults)s") % {
        "faults": "; ".join(faults[:FAULTS_SAID])
    } + more, False


@jobs.task
def check_later(person_id: int) -> None:
    """Check the whole ledger in the background and tell the person."""
    notices.tell(Person.objects.filter(pk=person_id), "ledger.checked", lambda: result_words()[0], "/so-cai/")


@require_POST
def verify(request: Request) -> HttpResponse:
    """Check the whole ledger: at once where it is short, else in the background."""
    require(request.user, Capability.READ_LEDGER, request.user.unit)
    if services.length() > AT_ONCE:
        check_later.enqueue(request.user.pk)
        messages.info(request, _("Sổ cái dài, đang kiểm tra; xong sẽ báo ở chuông."))
    else:
        words, whole = result_words()
        (messages.success if whole else messages.error)(request, words)
    return redirect("ledger-list")
