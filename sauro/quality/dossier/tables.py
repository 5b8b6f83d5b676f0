"""The registers of the quality system as tables for an auditor: nothing that names a citizen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from sauro.documents.models import Acknowledgement, DocumentedInformation, Instrument, RecordSeries
from sauro.monitoring.measured import measured
from sauro.organization.models import Agency
from sauro.quality import models as q
from sauro.quality.inputs import Span
from sauro.quality.inputs.results import WORDS, indicators_of, wanted
from sauro.writing import Column

Rows = list[list[Any]]
# One line each person and competence: beyond this a table is no longer read.
LEVELS = 5000


@dataclass(frozen=True, slots=True)
class Table:
    """One register. `kinds`: what it shows, keys of `ready.standard.answer_labels()`."""

    title: str
    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Agency, int, dt.date], Rows]


def _cols(*named: tuple[str, float] | tuple[str, float, str]) -> tuple[Column, ...]:
    return tuple(Column(*c) for c in named)  # type: ignore[arg-type]


def _context(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.ContextIssue.objects.filter(agency=agency, ended_on=None)
    return [[i.get_kind_display(), i.get_effect_display(), i.text, i.response, i.reviewed_on] for i in found]


def _parties(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.InterestedParty.objects.filter(agency=agency, ended_on=None).select_related("unit")
    return [
        [p.get_kind_display(), p.name, p.needs, p.response, p.unit.name if p.unit else "", p.reviewed_on] for p in found
    ]


def _processes(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Process.objects.filter(agency=agency, ended_on=None).select_related("unit", "owner")
    return [
        [p.code, p.name, p.get_kind_display(), p.inputs, p.outputs, p.unit.name if p.unit else "", p.criteria,
         ", ".join(p.clauses)]
        for p in found
    ]  # fmt: skip


def _procedures(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.ListedProcedure.objects.filter(agency=agency, until=None).select_related("unit", "document")
    return [
        [p.code, p.name, p.field, p.unit.name if p.unit else "", p.document.code if p.document else "", p.since]
        for p in found
    ]


def _climate(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.ClimateRelevance.objects.filter(agency=agency).select_related("decided_by")
    return [[c.year, c.get_answer_display(), c.reason, c.decided_by.full_name, c.decided_on] for c in found]


def _suppliers(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.SupplierEvaluation.objects.filter(supplier__agency=agency).select_related("supplier", "by")
    return [[e.supplier.name, e.supplier.provides, e.on, e.get_result_display(), e.note, e.by.full_name] for e in found]


def _committee(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.CommitteeMember.objects.filter(agency=agency).select_related("person__unit")
    return [
        [m.person.full_name, m.person.position, m.get_role_display(), m.duties, m.decision, m.since, m.until]
        for m in found
    ]


def _responsibilities(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Responsibility.objects.filter(agency=agency).select_related("unit")
    return [[r.unit.name if r.unit else "", r.position, r.responsibilities, r.authority, r.reviewed_on] for r in found]


def competence_levels(agency: Agency) -> QuerySet[q.CompetenceLevel]:
    """How far those who work here have each competence."""
    return q.CompetenceLevel.objects.filter(competence__agency=agency, person__is_active=True)


def _competence(agency: Agency, year: int, today: dt.date) -> Rows:
    found = competence_levels(agency)
    return [
        [x.person.full_name, x.person.unit.label, x.competence.name, x.competence.level, x.level, x.judged_on, x.proof]
        for x in found.select_related("person__unit", "competence")[:LEVELS]
    ]


def _training(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Training.objects.filter(agency=agency, year=year).select_related("unit")
    counted = found.annotate(
        asked=Count("places"), came=Count("places", filter=Q(places__attended=True)),
        judged=Count("places", filter=~Q(places__effect=None)),
    )  # fmt: skip
    return [
        [t.title, t.unit.label, t.planned_on, t.held_on, t.get_state_display(), t.asked, t.came, t.judged]
        for t in counted
    ]


def _documents(agency: Agency, year: int, today: dt.date) -> Rows:
    found = DocumentedInformation.objects.filter(agency=agency, obsolete_on=None).select_related(
        "cls", "unit", "current"
    )
    return [
        [d.code, d.title, d.cls.name, d.unit.label, d.current.issue_no if d.current else None,
         d.current.effective_on if d.current else None, d.review_on, ", ".join(d.clauses)]
        for d in found
    ]  # fmt: skip


def _records(agency: Agency, year: int, today: dt.date) -> Rows:
    found = RecordSeries.objects.filter(agency=agency, ended_on=None).select_related("unit", "document")
    return [
        [r.code, r.title, r.document.code if r.document else "", r.unit.label if r.unit else "", r.place,
         r.retention_years if r.retention_years is not None else "Vĩnh viễn", r.disposal]
        for r in found
    ]  # fmt: skip


def _acknowledgements(agency: Agency, year: int, today: dt.date) -> Rows:
    found = Acknowledgement.objects.filter(agency=agency, withdrawn_on=None, version__state="in_force")
    by_document = found.values("version__document__code", "version__document__title", "version__issue_no").annotate(
        asked=Count("pk"), read=Count("pk", filter=Q(read_at__isnull=False))
    )
    return [
        [r["version__document__code"], r["version__document__title"], r["version__issue_no"], r["asked"], r["read"]]
        for r in by_document.order_by("version__document__code")
    ]


def _instruments(agency: Agency, year: int, today: dt.date) -> Rows:
    found = Instrument.objects.filter(agency=agency).select_related("replaced_by").annotate(n=Count("citations"))
    return [
        [str(i), i.title, i.issued_on, i.get_state_display(), str(i.replaced_by or ""), i.changed_on, i.n]
        for i in found
    ]


def _risks(kind: str) -> Callable[[Agency, int, dt.date], Rows]:
    def rows(agency: Agency, year: int, today: dt.date) -> Rows:
        found = q.Risk.objects.filter(agency=agency, kind=kind).select_related("unit", "owner", "process")
        return [
            [r.code, r.title, r.unit.label, r.process.name if r.process else "", r.likelihood, r.severity, r.score,
             r.get_treatment_display(), r.controls, r.review_on, r.get_state_display()]
            for r in found
        ]  # fmt: skip

    return rows


def _nonconformities(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Nonconformity.objects.filter(agency=agency, year__in=[year - 1, year]).select_related("unit")
    return [
        [n.code, n.title, n.get_source_display(), n.get_grade_display(), n.clause, n.unit.label, n.raised_on, n.due,
         n.correction, n.cause, n.get_state_display(), n.closed_on]
        for n in found
    ]  # fmt: skip


def _actions(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.QualityAction.objects.filter(agency=agency, task__given_on__year__in=[year - 1, year])
    return [
        [str(a.nonconformity or a.risk or a.finding or a.decision)[:200], a.task.title,
         a.task.lead_unit.label if a.task.lead_unit else "", a.task.due, a.task.completed_on, a.task.progress]
        for a in found.select_related("task__lead_unit", "nonconformity", "risk", "finding", "decision")
    ]  # fmt: skip


def _findings(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Finding.objects.filter(agency=agency, audit__programme__year=year, withdrawn_reason="")
    return [
        [f.code, f.audit.unit.label, f.get_grade_display(), f.clause, f.text, f.evidence_text,
         f.nonconformity.code if f.nonconformity else ""]
        for f in found.select_related("audit__unit", "nonconformity")
    ]  # fmt: skip


def _programme(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Audit.objects.filter(agency=agency, programme__year=year).select_related("unit")
    return [
        [a.code, a.unit.name, ", ".join(a.clauses), a.starts_on, a.ends_on, a.get_state_display(),
         "; ".join(f"{p.person.full_name} ({p.get_role_display()})" for p in a.team.all())]
        for a in found.prefetch_related("team__person")
    ]  # fmt: skip


def _surveys(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Survey.objects.filter(agency=agency, opens_on__lte=today, closes_on__year__gte=year)
    return [
        [s.title, s.opens_on, s.closes_on, s.get_state_display(), s.n]
        for s in found.annotate(n=Count("answers")).order_by("opens_on")
    ]


def _feedback(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.Feedback.objects.filter(agency=agency, received_on__year=year).select_related("unit")
    return [
        [f.code, f.get_kind_display(), f.received_on, f.due, f.unit.label if f.unit else "", f.get_state_display(),
         f.answered_on]
        for f in found
    ]  # fmt: skip


def _indicators(agency: Agency, year: int, today: dt.date) -> Rows:
    found = measured(indicators_of(Span(agency, year, dt.date(year, 1, 1), today)), today)
    rows = []
    for m in found.values():
        last, plan = m.last, m.indicator.target.objective.plan
        rows.append([
            plan.number or plan.title[:80], m.indicator.target.indicator, wanted(m.indicator),
            last.reached if last else None, m.indicator.unit_name, str(last.period) if last else "", WORDS[m.standing],
        ])  # fmt: skip
    return rows


def _unit_objectives(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.UnitObjectives.objects.filter(agency=agency, year=year).select_related("unit", "plan")
    rows = []
    for one in found.prefetch_related("plan__objectives__cascaded_from__agency_objective"):
        for o in one.plan.objectives.all():
            served = getattr(o, "cascaded_from", None)
            rows.append([one.unit.name, o.text, o.measurement, o.starts_on, o.ends_on,
                         served.agency_objective.text if served else ""])  # fmt: skip
    return rows


def _steps(agency: Agency, year: int, today: dt.date) -> Rows:
    found = q.CycleStep.objects.filter(cycle__agency=agency, cycle__year=year).select_related("task__lead_unit")
    return [
        [s.order + 1, s.task.title, s.task.lead_unit.label if s.task.lead_unit else s.task.responsible_text, s.task.due,
         s.task.completed_on, s.task.progress]
        for s in found
    ]  # fmt: skip


DAY = "date"
TABLES = (
    Table("Bối cảnh", ("context",), _cols(("Loại", 12), ("Tác động", 12), ("Vấn đề", 60), ("Ứng phó", 50),
          ("Xem xét", 12, DAY)), _context),
    Table("Kết luận về biến đổi khí hậu", ("context",), _cols(("Năm", 8), ("Kết luận", 16), ("Căn cứ", 60),
          ("Người kết luận", 24), ("Ngày", 12, DAY)), _climate),
    Table("Bên quan tâm", ("parties",), _cols(("Nhóm", 20), ("Bên quan tâm", 30), ("Nhu cầu", 50), ("Đáp ứng", 50),
          ("Đơn vị", 24), ("Xem xét", 12, DAY)), _parties),
    Table("Quá trình", ("processes",), _cols(("Mã", 10), ("Quá trình", 36), ("Loại", 16), ("Đầu vào", 40),
          ("Đầu ra", 40), ("Chủ quá trình", 24), ("Tiêu chí", 36), ("Điều khoản", 16)), _processes),
    Table("Danh mục thủ tục trong phạm vi", ("scope",), _cols(("Mã", 16), ("Thủ tục", 60), ("Lĩnh vực", 24),
          ("Đơn vị", 24), ("Quy trình", 12), ("Từ ngày", 12, DAY)), _procedures),
    Table("Bên cung cấp và kết quả đánh giá", ("suppliers",), _cols(("Bên cung cấp", 36), ("Cung cấp", 40),
          ("Ngày", 12, DAY), ("Kết quả", 18), ("Nhận xét", 40), ("Người đánh giá", 24)), _suppliers),
    Table("Ban chỉ đạo", ("committee",), _cols(("Họ và tên", 26), ("Chức vụ", 22), ("Vai trò", 24), ("Nhiệm vụ", 50),
          ("Quyết định", 20), ("Từ ngày", 12, DAY), ("Đến ngày", 12, DAY)), _committee),
    Table("Trách nhiệm, quyền hạn", ("responsibilities",), _cols(("Đơn vị", 26), ("Vị trí", 26), ("Trách nhiệm", 60),
          ("Quyền hạn", 50), ("Xem xét", 12, DAY)), _responsibilities),
    Table("Năng lực", ("competence",), _cols(("Họ và tên", 26), ("Đơn vị", 22), ("Năng lực", 36), ("Cần", 8, "number"),
          ("Có", 8, "number"), ("Ngày", 12, DAY), ("Căn cứ", 36)), _competence),
    Table("Đào tạo", ("training",), _cols(("Nội dung", 50), ("Đơn vị", 22), ("Dự kiến", 12, DAY),
          ("Tổ chức", 12, DAY), ("Tình trạng", 20), ("Mời", 8, "number"), ("Dự", 8, "number"),
          ("Đã đánh giá hiệu quả", 12, "number")), _training),
    Table("Danh mục tài liệu", ("documents", "policy", "changes"), _cols(("Mã", 12), ("Tài liệu", 50), ("Loại", 18),
          ("Đơn vị", 22), ("Lần", 8, "number"), ("Hiệu lực", 12, DAY), ("Xem xét", 12, DAY), ("Điều khoản", 18)),
          _documents),
    Table("Danh mục hồ sơ", ("records",), _cols(("Mã", 14), ("Hồ sơ", 50), ("Quy trình", 12), ("Đơn vị", 22),
          ("Nơi lưu", 30), ("Năm lưu", 12), ("Xử lý", 24)), _records),
    Table("Xác nhận đã đọc tài liệu", ("acknowledgement", "communication"), _cols(("Mã", 12), ("Tài liệu", 50),
          ("Lần", 8, "number"), ("Phải đọc", 10, "number"), ("Đã đọc", 10, "number")), _acknowledgements),
    Table("Căn cứ pháp lý", ("documents", "changes"), _cols(("Văn bản", 26), ("Trích yếu", 60), ("Ngày", 12, DAY),
          ("Hiệu lực", 20), ("Thay bằng", 26), ("Từ ngày", 12, DAY), ("Tài liệu dùng", 10, "number")), _instruments),
    Table("Rủi ro", ("risks",), _cols(("Mã", 12), ("Rủi ro", 50), ("Đơn vị", 22), ("Quá trình", 26),
          ("Khả năng", 8, "number"), ("Hậu quả", 8, "number"), ("Điểm nay", 8, "number"), ("Xử lý", 16),
          ("Biện pháp", 40), ("Xem lại", 12, DAY), ("Tình trạng", 14)), _risks("risk")),
    Table("Cơ hội", ("opportunities",), _cols(("Mã", 12), ("Cơ hội", 50), ("Đơn vị", 22), ("Quá trình", 26),
          ("Khả năng", 8, "number"), ("Lợi ích", 8, "number"), ("Điểm nay", 8, "number"), ("Cách làm", 16),
          ("Biện pháp", 40), ("Xem lại", 12, DAY), ("Tình trạng", 14)), _risks("opportunity")),
    Table("Sự không phù hợp", ("nonconformity", "improvement"), _cols(("Mã", 14), ("Tóm tắt", 50), ("Nguồn", 20),
          ("Mức", 10), ("Điều khoản", 10), ("Đơn vị", 22), ("Phát hiện", 12, DAY), ("Hạn", 12, DAY),
          ("Khắc phục", 40), ("Nguyên nhân", 40), ("Trạng thái", 24), ("Đóng", 12, DAY)), _nonconformities),
    Table("Hành động và tiến độ", ("improvement", "nonconformity", "tasks"), _cols(("Từ", 50), ("Việc", 50),
          ("Đơn vị", 22), ("Hạn", 12, DAY), ("Xong", 12, DAY), ("Tiến độ %", 10, "number")), _actions),
    Table("Chương trình đánh giá nội bộ", ("audit",), _cols(("Mã", 14), ("Đơn vị", 36), ("Điều khoản", 30),
          ("Từ ngày", 12, DAY), ("Đến ngày", 12, DAY), ("Trạng thái", 20), ("Đoàn", 50)), _programme),
    Table("Phát hiện đánh giá", ("audit",), _cols(("Mã", 16), ("Đơn vị", 24), ("Mức", 20), ("Điều khoản", 10),
          ("Nội dung", 60), ("Bằng chứng", 40), ("Phiếu", 14)), _findings),
    Table("Khảo sát sự hài lòng", ("survey",), _cols(("Phiếu", 60), ("Mở", 12, DAY), ("Kết thúc", 12, DAY),
          ("Trạng thái", 18), ("Lượt trả lời", 12, "number")), _surveys),
    Table("Phản ánh, kiến nghị", ("complaints",), _cols(("Mã", 14), ("Loại", 14), ("Nhận", 12, DAY), ("Hạn", 12, DAY),
          ("Đơn vị", 24), ("Trạng thái", 18), ("Trả lời", 12, DAY)), _feedback),
    Table("Chỉ tiêu và số liệu", ("indicators", "objectives"), _cols(("Kế hoạch", 24), ("Chỉ tiêu", 60),
          ("Phải đạt", 24), ("Số gần nhất", 14, "number"), ("Đơn vị tính", 14), ("Kỳ", 10), ("Nhận định", 20)),
          _indicators),
    Table("Mục tiêu của các đơn vị", ("objectives",), _cols(("Đơn vị", 30), ("Mục tiêu", 60), ("Đo lường", 36),
          ("Từ ngày", 12, DAY), ("Đến ngày", 12, DAY), ("Phục vụ mục tiêu của cơ quan", 50)), _unit_objectives),
    Table("Vòng năm", ("tasks", "declaration"), _cols(("TT", 6, "number"), ("Nội dung", 60), ("Đơn vị", 26),
          ("Hạn", 12, DAY), ("Xong", 12, DAY), ("Tiến độ %", 10, "number")), _steps),
)  # fmt: skip
