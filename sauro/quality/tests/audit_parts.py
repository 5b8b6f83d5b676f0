"""What tests of audits begin with: a process, a procedure in force, a programme, an audit at any of its stages."""

from __future__ import annotations

import datetime as dt
import io

from django.utils import timezone

from sauro.documents.models import DocumentClass, DocumentedInformation, DocumentVersion
from sauro.files.services import store
from sauro.organization.models import Person
from sauro.quality.models import Audit, AuditorPlace, AuditProgramme, Process
from sauro.quality.services import audits
from sauro.testing import TODAY, TRADE, World

Role = AuditorPlace.Role
STARTS = TODAY + dt.timedelta(days=14)
STEPS = {
    "steps": [
        {"name": "Tiếp nhận hồ sơ", "who": "Chuyên viên", "how_long": "0,5 ngày", "form": "BM.01.01"},
        {"name": "Thẩm định", "who": "", "how_long": "3 ngày", "form": ""},
    ],
    "records": [{"code": "BM.01.02", "title": "Phiếu kiểm soát", "place": "", "retention": ""}],
}


def make_process(world: World, code: str = "QTr.01", owner: Person | None = None) -> Process:
    """A process of the trade unit."""
    return Process.objects.create(
        agency=world.agency, code=code, name=f"Giải quyết thủ tục {code}", kind="core", unit=world.units[TRADE],
        owner=owner, clauses=["8.5.1", "8.6"],
    )  # fmt: skip


def make_procedure(
    world: World, code: str = "QT.11", drafted_by: Person | None = None, checked_by: Person | None = None
) -> DocumentedInformation:
    """A procedure in force, drafted by `an` and checked by `binh` where nobody else is said."""
    unit = world.units[TRADE]
    cls, _made = DocumentClass.objects.get_or_create(
        agency=world.agency, code="QT", defaults={"name": "Quy trình", "kind": "procedure"}
    )
    document = DocumentedInformation.objects.create(
        agency=world.agency, cls=cls, code=code, title="Cấp giấy phép", folded=code.lower(), unit=unit,
        unit_path=unit.path, clauses=["8.5.1"],
    )  # fmt: skip
    now = timezone.now()
    document.current = DocumentVersion.objects.create(
        document=document, issue_no=1, state="in_force", content=STEPS, pdf=store(io.BytesIO(b"x"), "x.txt")[0],
        sha256="0" * 64, effective_on=TODAY - dt.timedelta(days=90), drafted_by=drafted_by or world.an,
        checked_by=checked_by or world.binh, approved_by=world.giang, approved_at=now,
    )  # fmt: skip
    document.save()
    return document


def make_programme(world: World, *, approved: bool = False, year: int = 2026) -> AuditProgramme:
    """The year's programme."""
    programme = audits.open_programme(world.agency, world.chi, year, purpose="Xem hệ thống có còn phù hợp, hiệu lực.")
    if approved:
        AuditProgramme.objects.filter(pk=programme.pk).update(approved_by=world.giang, approved_on=TODAY)
        programme.refresh_from_db()
    return programme


def plan_of(world: World, **changes: object) -> audits.AuditPlan:
    """A plan for the trade unit."""
    values: dict[str, object] = {
        "unit": world.units[TRADE], "starts_on": STARTS, "ends_on": STARTS, "clauses": ["8.5.1", "10.2"],
        "place": "Phòng họp số 2",
    } | changes  # fmt: skip
    return audits.AuditPlan(**values)  # type: ignore[arg-type]


def team(world: World) -> list[tuple[Person, str]]:
    """`hoa` leads, `dung` (an officer of another unit) audits."""
    return [(world.hoa, Role.LEAD), (world.dung, Role.AUDITOR)]


def make_audit(world: World, state: str = "planned", programme: AuditProgramme | None = None) -> Audit:
    """An audit of the trade unit by `hoa` and `dung`, at the stage asked for; walked, it has one minor finding."""
    programme = programme or make_programme(world, approved=True)
    audit = audits.plan_audit(programme, world.chi, plan_of(world), team(world))
    if state == "planned":
        return audit
    if state == "cancelled":
        return audits.cancel_audit(audit, world.chi, "Đơn vị sáp nhập")
    audits.build_checklist(audit, world.hoa)
    audit = audits.notify_unit(audit, world.chi, TODAY)
    if state == "notified":
        return audit
    audit = audits.start_audit(audit, world.hoa, STARTS)
    if state == "walking":
        return audit
    answer_all(audit, world.hoa)
    audits.raise_finding(
        audit, world.hoa, grade="minor", text="3/5 hồ sơ thiếu phiếu kiểm soát.", item=audit.items.order_by("order")[0]
    )
    audit = audits.report_audit(audit, world.hoa, STARTS, summary="Hệ thống cơ bản phù hợp.")
    return audits.close_audit(settle(audit, world), world.hoa, STARTS) if state == "closed" else audit


def answer_all(audit: Audit, person: Person) -> None:
    """Every question conforms."""
    for item in audit.items.all():
        audits.answer_item(item, person, answer="conforms")


def settle(audit: Audit, world: World) -> Audit:
    """As if the unit had dealt with its nonconformities and they had been closed."""
    for finding in audit.findings.exclude(nonconformity=None):
        row = finding.nonconformity
        row.correction, row.cause, row.effective = "Đã bổ sung phiếu.", "Chưa phổ biến biểu mẫu mới.", True
        row.state, row.closed_on, row.effect_on, row.closed_by = "closed", STARTS, STARTS, world.chi
        row.save()
    return audit
