"""Internal audits as papers: programme, plan, checklist, minutes, the year's report (TCVN ISO 9001:2015, 9.2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sauro.organization.models import Agency
from sauro.organization.models import Person as User
from sauro.quality.models import Audit, AuditorPlace, AuditProgramme, ChecklistItem, Finding
from sauro.quality.ready import standard
from sauro.quality.services import audits
from sauro.quality.services.audits.coverage import DONE, clauses_of
from sauro.writing.quality.audit import (
    AuditMinutesPaper,
    AuditPlanPaper,
    AuditReportPaper,
    CheckItem,
    ChecklistPaper,
    ProgrammeLine,
    ProgrammePaper,
    Slot,
)
from sauro.writing.quality.common import Action, Person
from sauro.writing.quality.common import Finding as PaperFinding
from sauro.writing.quality.record import Letterhead, Signature

Role = AuditorPlace.Role


def letterhead(agency: Agency, day: dt.date | None = None) -> Letterhead:
    """The heading block of the agency; the number is left to the clerk."""
    return Letterhead(agency.name, agency.parent_name, agency.place, day=day)


def programme_paper(programme: AuditProgramme) -> ProgrammePaper:
    """The year's programme with what it leaves out, said plainly."""
    rows = _dressed(programme.audits.exclude(state=Audit.State.CANCELLED))
    covered = audits.coverage(programme.agency, programme.year)
    left = [f"{u.name}: chưa có cuộc đánh giá trong năm" for u in covered.missing_units]
    left += [f"Quá trình {p.name}: chưa được đánh giá trong năm" for p in covered.missing_processes]
    if covered.missing_clauses:
        left.append("Điều khoản " + ", ".join(c.number for c in covered.missing_clauses) + ": chưa được đánh giá")
    if covered.missing_documents:
        left.append("Quy trình " + ", ".join(d.code for d in covered.missing_documents) + ": chưa được đánh giá")
    return ProgrammePaper(
        letterhead(programme.agency, programme.approved_on),
        programme.year,
        purpose=programme.purpose,
        scope="Các đơn vị, quá trình, quy trình trong phạm vi áp dụng của Hệ thống quản lý chất lượng.",
        criteria=tuple(programme.criteria.splitlines()) or ("TCVN ISO 9001:2015",),
        lines=tuple(
            ProgrammeLine(
                a.unit.name,
                _content(a),
                ", ".join(clauses_of(a)),
                f"Tháng {a.starts_on:%m/%Y}",
                _team_words(a),
            )
            for a in rows
        ),
        uncovered=tuple(left),
        organization=programme.method,
        signatures=(_signed(programme.approved_by, "Lãnh đạo cơ quan"),),
    )


def plan_paper(audit: Audit) -> AuditPlanPaper:
    """The plan of one audit, as the unit gets it."""
    slot = Slot(audit.starts_on, "", audit.unit.name, _content(audit), ", ".join(clauses_of(audit)), _team_words(audit))
    return AuditPlanPaper(
        letterhead(audit.agency, audit.notified_on),
        code=audit.code,
        title=f"Đánh giá nội bộ tại {audit.unit.name}",
        purpose=audit.programme.purpose,
        scope=audit.scope or _content(audit),
        team=_team(audit),
        slots=(slot,),
        requests=f"Bố trí người làm việc, tài liệu, hồ sơ tại {audit.place or 'trụ sở đơn vị'}, "
        f"{_days(audit.starts_on, audit.ends_on)}.",
        signatures=(_signed(audit.programme.approved_by, "Lãnh đạo cơ quan"),),
    )


def checklist_paper(audit: Audit) -> ChecklistPaper:
    """The checklist with what was answered; the blank form before."""
    labels = {c.number: c.label_vi for c in standard.clauses()}
    items = []
    for item in audit.items.select_related("document").order_by("order"):
        clause = f"{item.clause} {labels.get(item.clause, '')}".strip()
        group = f"Quy trình {item.document}" if item.document else clause
        open_ = item.answer == ChecklistItem.Answer.OPEN
        look = f"Xem: {item.look_at}" if item.look_at and open_ and not item.note else item.note
        items.append(CheckItem(item.clause, item.question, "" if open_ else item.get_answer_display(), look, group))
    return ChecklistPaper(
        letterhead(audit.agency),
        code=audit.code,
        audit=f"Đánh giá nội bộ năm {audit.programme.year}",
        unit=audit.unit.name,
        on=audit.starts_on,
        auditors=_team_words(audit),
        items=tuple(items),
    )


def minutes_paper(audit: Audit, today: dt.date) -> AuditMinutesPaper:
    """The minutes of one audit with the findings that stand."""
    met = [Person(p.full_name, p.position, audit.unit.name) for p in audits.heads_of(audit)]
    n = audit.items.exclude(answer=ChecklistItem.Answer.OPEN).count()
    return AuditMinutesPaper(
        letterhead(audit.agency, audit.reported_on),
        code=audit.code,
        on=audit.ends_on,
        venue=audit.place,
        unit=audit.unit.name,
        team=_team(audit),
        met=tuple(met),
        content=f"Đoàn đã xem xét {_content(audit) or 'công việc của đơn vị'} theo {n} câu hỏi của phiếu kiểm tra."
        + (f"\nĐiểm mạnh: {audit.strengths}" if audit.strengths else ""),
        findings=tuple(_findings(audit, today)),
        conclusion=audit.summary or "Chưa có kết luận.",
    )


def audit_report_paper(agency: Agency, year: int, today: dt.date) -> AuditReportPaper:
    """The report of all audits of the year that have one (9.2.2 d, f); what hasn't been held is said."""
    programme = AuditProgramme.objects.filter(agency=agency, year=year).select_related("approved_by").first()
    every = _dressed(Audit.objects.filter(agency=agency, programme__year=year))
    held = [a for a in every if a.state in DONE]
    waiting = [a for a in every if a.state not in (*DONE, Audit.State.CANCELLED)]
    dropped = [a for a in every if a.state == Audit.State.CANCELLED]
    findings = [f for a in held for f in _findings(a, today)]
    actions = [
        Action(row.task.title, row.task.lead_unit.name if row.task.lead_unit else "", row.task.due,
               row.task.completed_on, row.task.get_status_display() if hasattr(row.task, "get_status_display") else "")
        for a in held for f in audits.followed(a, today) for row in f.actions
    ]  # fmt: skip
    team = {p.person_id: p for a in held for p in a.team.all()}
    said = [f"{a.unit.name}: {line}" for a in held for line in a.strengths.splitlines() if line.strip()]
    closing = [f"{a.unit.name}: {a.summary}" for a in held]
    if waiting:
        closing.append("Chưa có báo cáo: " + "; ".join(f"{a.code} {a.unit.name}" for a in waiting) + ".")
    if dropped:
        closing.append("Không thực hiện: " + "; ".join(f"{a.code} {a.unit.name} ({a.reason})" for a in dropped) + ".")
    ideas = Finding.objects.filter(audit__in=held, grade=Finding.Grade.IMPROVEMENT, withdrawn_reason="")
    return AuditReportPaper(
        letterhead(agency, max((a.reported_on for a in held if a.reported_on), default=None)),
        title=f"Kết quả đánh giá nội bộ hệ thống quản lý chất lượng năm {year}",
        code=", ".join(a.code for a in held),
        from_day=min((a.starts_on for a in held), default=None),
        to_day=max((a.ends_on for a in held), default=None),
        scope="; ".join(a.unit.name for a in held),
        team=tuple(_member(p) for p in team.values()),
        units=tuple(dict.fromkeys(a.unit.name for a in held)),
        grades=tuple(str(label) for value, label in Finding.Grade.choices if value != Finding.Grade.CONFORMITY),
        findings=tuple(findings),
        strengths=tuple(said),
        actions=tuple(actions),
        recommendations=tuple(f.text for f in ideas.order_by("pk")),
        conclusion="\n".join(closing),
        signatures=(_signed(programme.approved_by if programme else None, "Lãnh đạo cơ quan"),),
    )


def _dressed(rows: Iterable[Audit]) -> list[Audit]:
    return list(
        rows.select_related("unit", "programme", "agency")  # type: ignore[attr-defined]
        .prefetch_related("team__person__unit", "processes", "documents")
        .order_by("starts_on", "pk")
    )


def _content(audit: Audit) -> str:
    return "; ".join([p.name for p in audit.processes.all()] + [str(d) for d in audit.documents.all()])


def _days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"ngày {first:%d/%m/%Y}"
    return f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def _places(audit: Audit) -> list[AuditorPlace]:
    order = {Role.LEAD: 0, Role.AUDITOR: 1, Role.OBSERVER: 2}
    return sorted(audit.team.select_related("person", "person__unit"), key=lambda p: (order[Role(p.role)], p.pk))


def _member(place: AuditorPlace) -> Person:
    return Person(place.person.full_name, place.person.position, place.person.unit.name, str(Role(place.role).label))


def _team(audit: Audit) -> tuple[Person, ...]:
    return tuple(_member(p) for p in _places(audit))


def _team_words(audit: Audit) -> str:
    return "; ".join(
        f"{p.person.full_name} ({Role(p.role).label.lower()})" for p in _places(audit) if p.role != Role.OBSERVER
    )


def _findings(audit: Audit, today: dt.date) -> list[PaperFinding]:
    found = []
    for row in audits.followed(audit, today):
        f, opened = row.finding, row.finding.nonconformity
        status = f"{opened.code}: {opened.get_state_display()}" if opened else ""
        found.append(
            PaperFinding(
                f.code,
                f.text,
                audit.unit.name,
                ", ".join(x for x in (f.clause, f.document.code if f.document else "") if x),
                f.get_grade_display(),
                f.evidence_text,
                opened.due if opened else None,
                f"{status}. {row.late}" if row.late else status,
            )
        )
    return found


def _signed(person: User | None, otherwise: str) -> Signature:
    return Signature(person.position or otherwise, person.full_name) if person else Signature(otherwise)
