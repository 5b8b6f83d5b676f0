"""The last step: what exists now, and what to do next in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Agency, Person, Unit
from sauro.quality.models import (
    CommitteeMember,
    ContextIssue,
    InterestedParty,
    ListedProcedure,
    Process,
    RiskScale,
)
from sauro.quality.services import year as years
from sauro.quality.services.start import course, making, people


def url_of(name: str, *args: Any) -> str:
    """The address of a page, empty where that room isn't there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def counts(agency: Agency) -> dict[str, int]:
    """How much of each kind the agency has."""
    return {
        "units": Unit.objects.filter(agency=agency, kind=Unit.Kind.UNIT, is_active=True).count(),
        "people": Person.objects.filter(unit__agency=agency, is_active=True).count(),
        "procedures": ListedProcedure.objects.filter(agency=agency, until=None).count(),
        "documents": DocumentedInformation.objects.filter(agency=agency, obsolete_on=None).count(),
        "templates": DocumentedInformation.objects.filter(agency=agency, obsolete_on=None, is_template=True).count(),
        "processes": Process.objects.filter(agency=agency, ended_on=None).count(),
        "issues": ContextIssue.objects.filter(agency=agency, ended_on=None).count(),
        "parties": InterestedParty.objects.filter(agency=agency, ended_on=None).count(),
        "scales": RiskScale.objects.filter(agency=agency).count(),
        "committee": CommitteeMember.objects.filter(agency=agency, until=None).count(),
    }


def context(person: Person, day: dt.date) -> dict[str, Any]:
    """What the last page shows."""
    agency = person.unit.agency
    found = course.set_up_of(agency)
    year = ((found.answers.get("made") or {}).get("year") if found else None) or course.default_year(day)
    n, cycle = counts(agency), years.cycle_of(agency, year)
    there = [
        (_("Đơn vị"), n["units"], url_of("unit-register")),
        (_("Người dùng"), n["people"], url_of("person-list")),
        (_("Thủ tục trong danh mục"), n["procedures"], url_of("context")),
        (_("Tài liệu (bản nháp từ mẫu)"), n["documents"], url_of("controlled-list")),
        (_("Quá trình"), n["processes"], url_of("context")),
        (_("Vấn đề bên trong, bên ngoài"), n["issues"], url_of("context")),
        (_("Bên quan tâm"), n["parties"], url_of("context")),
        (_("Thang điểm rủi ro, cơ hội"), n["scales"], url_of("risk-list")),
        (_("Thành viên Ban Chỉ đạo"), n["committee"], url_of("competence")),
    ]
    return {
        "there": there,
        "cycle": cycle,
        "year": year,
        "next": list(_next(agency, n, cycle, year)),
        "seats": [] if n["committee"] else making.committee_proposal(agency, person),
        "finished": bool(found and found.finished_at),
    }


def _next(agency: Agency, n: dict[str, int], cycle: Any, year: int) -> Any:
    """(what to do, why or how, address, whether it is done) in the order in which it goes best."""
    waits = people.waiting(agency).count()
    yield (
        _("In mật khẩu lần đầu, phát cho từng người"),
        _("%(n)d người chưa đăng nhập được.") % {"n": waits} if waits else _("Không còn ai chờ mật khẩu."),
        url_of("start-step", course.PEOPLE),
        not waits and n["people"] > 1,
    )
    yield (
        _("Ký quyết định thành lập Ban Chỉ đạo"),
        _("Có số quyết định thì ghi ở bước 5; danh sách dưới đây là đề xuất."),
        url_of("start-step", course.MAKE),
        n["committee"] > 0,
    )
    yield (
        _("Sửa từng tài liệu mẫu cho đúng cơ quan"),
        _("Phần trong ngoặc vuông là chỗ phải điền. Bắt đầu từ chính sách, rồi mô hình, rồi các quy trình."),
        url_of("controlled-list"),
        n["documents"] > 0 and not n["templates"],
    )
    yield (
        _("Gửi kiểm tra, phê duyệt, phổ biến"),
        _("Tài liệu có hiệu lực từ ngày ghi trong bản phê duyệt; mọi người xác nhận đã đọc."),
        url_of("controlled-list"),
        DocumentedInformation.objects.filter(agency=agency).in_force().exists(),
    )
    yield (
        _("Thông qua kế hoạch năm %(year)d") % {"year": year},
        _("Đã có kế hoạch trong vòng năm.") if cycle else _("Lãnh đạo hoặc thư ký ISO thông qua ở trang Vòng năm."),
        f"{url_of('quality')}?nam={year}",
        bool(cycle),
    )
    yield (
        _("Xem bản đồ điều khoản, bổ sung chỗ còn trống"),
        _("Mỗi điều khoản cần tài liệu, quá trình hoặc hồ sơ trả lời cho nó."),
        url_of("clause-map"),
        False,
    )


def invitation(person: Person) -> dict[str, Any] | None:
    """What the room's first page says of the first hour; None for who may not, `empty` where nothing is there yet."""
    if not course.may_start(person):
        return None
    agency = person.unit.agency
    found = course.set_up_of(agency)
    return {"empty": course.is_empty(agency), "begun": found is not None, "finished": bool(found and found.finished_at)}
