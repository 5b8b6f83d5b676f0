"""Internal audits of the demonstration agency: last year's closed, this year's two weeks ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sauro.documents.models import DocumentClass, DocumentedInformation
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.quality.models import Audit, AuditorPlace, AuditProgramme, Process
from sauro.quality.services import audits, correcting, effect
from sauro.quality.services.errors import NotNow

Role = AuditorPlace.Role
PURPOSE = "Xác định Hệ thống quản lý chất lượng có phù hợp, được thực hiện và duy trì hiệu lực hay không."
CRITERIA = "TCVN ISO 9001:2015\nTài liệu của Hệ thống quản lý chất lượng\nQuy định pháp luật có liên quan"
METHOD = "Xem hồ sơ, phỏng vấn, quan sát tại nơi làm việc; Tổ giúp việc ISO tổng hợp báo cáo."


@dataclass(slots=True, frozen=True)
class Visit:
    """An audit as planned: the unit, who leads, who helps, what clauses, which day of the round."""

    unit: str
    lead: str
    helper: str
    clauses: tuple[str, ...]
    day: int


@dataclass(slots=True, frozen=True)
class Seen:
    """What was found last year in a unit, and how it was set right."""

    unit: str
    grade: str
    clause: str
    text: str
    evidence: str = ""
    correction: str = ""
    cause: str = ""


LAST = (
    Visit("Phòng Quản lý Thương mại và Thương mại điện tử", "ha", "dung", ("8.5.1", "8.6", "9.1.2"), 0),
    Visit("Văn phòng Sở", "ha", "phuc", ("7.5.3", "7.2", "8.4.1"), 1),
    Visit("Phòng Quản lý Công nghiệp và Cụm công nghiệp", "loc", "an", ("6.2.1", "8.5.1"), 2),
)
NOW = (
    Visit("Phòng Quản lý Thương mại và Thương mại điện tử", "ha", "dung", ("8.2.1", "8.5.1", "8.6", "8.7", "10.2"), 0),
    Visit("Văn phòng Sở", "ha", "an", ("7.2", "7.3", "7.4", "7.5.3", "8.4.1"), 1),
    Visit("Phòng Quản lý Công nghiệp và Cụm công nghiệp", "loc", "hang", ("6.1.2", "6.2.2", "8.5.1"), 1),
    Visit("Phòng Kế hoạch, Tài chính và Tổng hợp", "trang", "an", ("6.2.1", "6.3", "9.1.1", "9.1.3"), 2),
    Visit("Thanh tra Sở", "vinh", "dung", ("8.5.1", "9.1.3"), 2),
    Visit("Trung tâm Khuyến công và Xúc tiến thương mại", "ha", "hang", ("8.5.1", "9.1.2"), 3),
)
FOUND = (
    Seen(
        LAST[0].unit, "minor", "8.5.1",
        "3 trong 10 hồ sơ cấp Giấy phép bán buôn rượu không có phiếu kiểm soát quá trình giải quyết.",
        "Hồ sơ số 112, 118, 131 của quý III.",
        "Lập bổ sung phiếu kiểm soát của 3 hồ sơ.",
        "Biểu mẫu phiếu kiểm soát mới ban hành chưa được phổ biến đến chuyên viên mới.",
    ),
    Seen(
        LAST[1].unit, "minor", "7.5.3",
        "Còn sử dụng Quy trình quản lý văn bản bản cũ tại bộ phận văn thư.",
        "Bản in lần ban hành trước trên bàn tiếp nhận văn bản.",
        "Thu hồi bản cũ, thay bản đang hiệu lực.",
        "Không có người được giao thu hồi bản giấy khi ban hành bản mới.",
    ),
    Seen(LAST[1].unit, "observation", "7.2", "Hồ sơ đào tạo năm chưa xếp theo danh mục hồ sơ."),
    Seen(LAST[2].unit, "improvement", "6.2.1", "Nên theo dõi mục tiêu theo tháng thay cho theo quý."),
)  # fmt: skip


def make(life: Any) -> None:
    """Last year's programme walked and closed; this year's approved, its audits planned, told and with checklists."""
    _last_year(life, life.today.year - 1)
    _this_year(life, life.today.year)


def _units(life: Any) -> dict[str, Unit]:
    return {u.name: u for u in Unit.objects.filter(agency=life.agency)}


def _last_year(life: Any, year: int) -> None:
    people, units = life.people, _units(life)
    boss, chi = people["nguyet"], people["chi"]
    start = dt.date(year, 11, 10)
    with life.at(dt.date(year, 2, 3)):
        programme = audits.open_programme(life.agency, chi, year, purpose=PURPOSE, criteria=CRITERIA, method=METHOD)
        made = [_planned(life, programme, v, start, units, with_documents=False) for v in LAST]
        audits.approve_programme(programme, boss, dt.date(year, 2, 3))
    for visit, audit in zip(LAST, made, strict=True):
        lead = _lead(audit)
        with life.at(dt.date(year, 10, 27)):
            audits.build_checklist(audit, lead)
            audits.notify_unit(audit, chi, dt.date(year, 10, 27))
        with life.at(audit.starts_on):
            audits.start_audit(audit, lead, audit.starts_on)
            for each in audit.items.all():
                audits.answer_item(each, lead, answer="conforms")
            for seen in (s for s in FOUND if s.unit == visit.unit):
                item = audit.items.filter(clause=seen.clause).first()
                audits.raise_finding(
                    audit, lead, grade=seen.grade, text=seen.text, clause=seen.clause, evidence_text=seen.evidence,
                    item=item,
                )  # fmt: skip
                if item and seen.grade not in ("major", "minor"):
                    audits.answer_item(item, lead, answer="noted", note="Xem phát hiện.")
            audits.report_audit(
                audit, lead, audit.starts_on,
                summary="Đơn vị thực hiện Hệ thống quản lý chất lượng cơ bản phù hợp; các điểm nêu ra cần khắc phục.",
                strengths="Niêm yết đầy đủ thủ tục; hồ sơ được trả trước hạn.",
            )  # fmt: skip
        _settle(life, audit, boss)


def _settle(life: Any, audit: Audit, boss: Person) -> None:
    """The unit set it right within the year, the effect was judged good, the audit was closed."""
    done, checked = audit.starts_on + dt.timedelta(days=9), audit.starts_on + dt.timedelta(days=40)
    head = audits.heads_of(audit)[0]
    words = {(s.unit, s.clause): s for s in FOUND}
    for finding in audit.findings.exclude(nonconformity=None).select_related("nonconformity"):
        row, seen = finding.nonconformity, words[audit.unit.name, finding.clause]
        with life.at(done):
            correcting.correct(row, head, done, correction=seen.correction, on=done)
            correcting.analyse(row, head, done, cause=seen.cause, check_after_days=30)
            correcting.waive(row, head, done, "Đã phổ biến lại biểu mẫu ngay trong buổi họp đơn vị.")
        with life.at(checked):
            effect.judge(row, boss, checked, effective=True, note="Lấy 10 hồ sơ tháng sau: đều đúng quy định.")
            effect.close(row, boss, checked)
    with life.at(checked):
        audits.close_audit(audit, life.people["chi"], checked)


def _lead(audit: Audit) -> Person:
    return audit.team.select_related("person__unit", "person__role").get(role=Role.LEAD).person


def _this_year(life: Any, year: int) -> None:
    people, units, today = life.people, _units(life), life.today
    boss, chi = people["nguyet"], people["chi"]
    start = today + dt.timedelta(days=14)
    if start.year != year:
        return
    opened = min(dt.date(year, 3, 2), today)
    with life.at(opened):
        programme = audits.open_programme(life.agency, chi, year, purpose=PURPOSE, criteria=CRITERIA, method=METHOD)
        made = [_planned(life, programme, v, start, units, with_documents=True) for v in NOW]
        audits.approve_programme(programme, boss, opened)
    for audit in made[:4]:
        with life.at(today - dt.timedelta(days=1)):
            audits.build_checklist(audit, _lead(audit))
            audits.notify_unit(audit, chi, today - dt.timedelta(days=1))
    audits.add_question(
        made[0], _lead(made[0]), "Lấy 10 hồ sơ quý này: bao nhiêu hồ sơ thiếu phiếu kiểm soát?",
        clause="8.5.1", look_at="Hồ sơ tại tủ số 2",
    )  # fmt: skip


def _planned(
    life: Any, programme: AuditProgramme, visit: Visit, start: dt.date, units: dict[str, Unit], *, with_documents: bool
) -> Audit:
    """Put the visit into the programme; whoever turns out to be tied to what is audited gives way to another."""
    unit, calendar = units[visit.unit], organization.working_calendar(life.agency)
    day = calendar.add_working_days(start - dt.timedelta(days=1), visit.day + 1)
    processes = list(Process.objects.filter(agency=life.agency, unit=unit, ended_on=None)[:3])
    documents = list(
        DocumentedInformation.objects.filter(
            agency=life.agency, unit=unit, cls__kind=DocumentClass.Kind.PROCEDURE
        ).in_force()[:3]
    ) if with_documents else []  # fmt: skip
    plan = audits.AuditPlan(unit, day, day, processes, documents, visit.clauses, f"Phòng làm việc của {unit.name}")
    leads = [visit.lead, "ha", "loc", "vinh", "ngoc", "trang"]
    helpers = [visit.helper, "hang", "an", "dung", ""]
    last: NotNow | None = None
    for lead in leads:
        for helper in helpers:
            if lead == helper:
                continue
            team = [(life.people[lead], Role.LEAD)]
            if helper:
                team.append((life.people[helper], Role.AUDITOR))
            try:
                return audits.plan_audit(programme, life.people["chi"], plan, team)
            except NotNow as no:
                last = no
    raise last or NotNow(visit.unit)
