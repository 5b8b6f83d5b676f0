"""A small agency for tests: a plan in force, and the standing people.

`an` officer, `binh` head of the same unit, `chi` ISO secretary, `dung` stranger from another unit, `giang` leader,
`hoa` auditor.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from sauro.documents.models import Reading
from sauro.monitoring import services as monitoring
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Unit
from sauro.plans.models import Plan, Task
from sauro.reading.draft import (
    Draft,
    DraftMilestone,
    DraftObjective,
    DraftTarget,
    DraftTask,
    Head,
    LegalBasis,
    ReportingDuty,
    ReportingRule,
    Schedule,
    Signer,
)
from sauro.reading.manuscript import Block, Cell, Manuscript
from sauro.reading.serial import draft_to_json

TODAY = dt.date(2026, 11, 23)
PASSWORD = "sauro-demo-2026"
TRADE = "Phòng Quản lý Thương mại và Thương mại điện tử"
INDUSTRY = "Phòng Quản lý Công nghiệp và Cụm công nghiệp"
OFFICE = "Văn phòng Sở"
REGISTER = {
    "units": [
        {"name": "Ban Giám đốc Sở", "kind": "role", "parent": "Sở Công Thương", "abbreviations": ["BGĐ"]},
        {"name": OFFICE, "kind": "unit", "parent": "Sở Công Thương", "abbreviations": ["VP Sở"]},
        {"name": TRADE, "kind": "unit", "parent": "Sở Công Thương", "abbreviations": ["Phòng QLTM&TMĐT"]},
        {"name": "Tổ Thương mại điện tử", "kind": "unit", "parent": TRADE, "abbreviations": []},
        {"name": INDUSTRY, "kind": "unit", "parent": "Sở Công Thương", "abbreviations": ["Phòng QLCN"]},
        {"name": "Các phòng, đơn vị thuộc Sở", "kind": "collective", "parent": "Sở Công Thương", "abbreviations": []},
        {"name": "Sở Khoa học và Công nghệ", "kind": "external", "parent": None, "abbreviations": []},
    ]
}


@dataclass(slots=True)
class World:
    """The agency of the tests with its people and units by name."""

    agency: Agency
    units: dict[str, Unit]
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_world(name: str = "Sở Công Thương tỉnh Bình Lãng") -> World:
    """The agency, its register, its six people, each with the password `PASSWORD`."""
    organization.ensure_roles()
    agency = organization.make_agency(name, short_name="Sở Công Thương", code="SCT", place="Bình Lãng")
    organization.load_register(agency, REGISTER)
    units = {u.name: u for u in Unit.objects.filter(agency=agency)}
    world = World(agency, units)
    people = [
        ("an", "Nguyễn Hoài An", TRADE, "officer", "member", "Chuyên viên"),
        ("binh", "Trần Quốc Bình", TRADE, "head", "head", "Trưởng phòng"),
        ("chi", "Lê Thị Kim Chi", OFFICE, "secretary", "member", "Thư ký ISO"),
        ("dung", "Phạm Tiến Dũng", INDUSTRY, "officer", "member", "Chuyên viên"),
        ("giang", "Đỗ Trường Giang", "Ban Giám đốc Sở", "leader", "head", "Giám đốc Sở"),
        ("hoa", "Vũ Thị Hòa", OFFICE, "auditor", "member", "Đánh giá viên"),
    ]
    for username, full_name, unit, role, post, position in people:
        world.people[username] = organization.add_person(
            username, full_name, units[unit], role, PASSWORD, post=post, position=position
        )
    return world


def small_draft() -> Draft:
    """Five tasks of five kinds, an objective with two targets, a monthly and a quarterly reporting rule."""
    return Draft(
        document=Head(
            number="118/KH-SCT",
            type="Kế hoạch",
            issuer="Sở Công Thương tỉnh Bình Lãng",
            place="Bình Lãng",
            issued_on=dt.date(2026, 1, 26),
            title="Chuyển đổi số năm 2026",
            signer=Signer("Đỗ Trường Giang", "Giám đốc", None),
            legal_bases=[
                LegalBasis(
                    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
                    "Nghị quyết",
                    "57-NQ/TW",
                    dt.date(2024, 12, 22),
                )
            ],
            recipients=["Như trên", "Lưu: VT"],
        ),
        objectives=[
            DraftObjective(
                "Phát triển thương mại điện tử",
                ref="1",
                targets=[
                    DraftTarget("Hộ kinh doanh bán hàng trực tuyến", ">=", Decimal(300), None, "hộ", period="2026"),
                    DraftTarget(
                        "Quy mô thương mại điện tử", "range", Decimal(15), Decimal(17), "%", "increase", 2025, "2026"
                    ),
                ],
            )
        ],
        tasks=[
            DraftTask(
                "1.1",
                "Xây dựng gian hàng sản phẩm Bình Lãng trên sàn thương mại điện tử quốc gia",
                "1 Về thương mại điện tử",
                [TRADE],
                [OFFICE],
                schedule_text="Tháng 10 năm 2026",
                schedule=Schedule("deadline", dt.date(2026, 10, 31)),
                products=["Gian hàng vận hành", "Biên bản nghiệm thu"],
                milestones=[DraftMilestone("Ký hợp đồng", dt.date(2026, 6, 30))],
            ),
            DraftTask(
                "1.2",
                "Hỗ trợ 40 doanh nghiệp nhỏ và vừa đưa sản phẩm lên sàn",
                "1 Về thương mại điện tử",
                [TRADE],
                schedule_text="Tháng 12 năm 2026",
                schedule=Schedule("deadline", dt.date(2026, 12, 31)),
                products=["Danh sách doanh nghiệp lên sàn"],
                report_frequency="Hàng tháng",
            ),
            DraftTask(
                "2.1",
                "Cập nhật giá bán lẻ hàng hóa thiết yếu",
                "2 Về dữ liệu",
                [TRADE],
                schedule_text="Thường xuyên",
                schedule=Schedule("continuous"),
                records="Bảng giá",
            ),
            DraftTask(
                "2.2",
                "Rà soát dữ liệu cụm công nghiệp",
                "2 Về dữ liệu",
                [INDUSTRY],
                ["Sở Khoa học và Công nghệ", "Tổ Đề án 06"],
                schedule_text="Hàng quý",
                schedule=Schedule("recurring", None, "quarter"),
                products=["Báo cáo rà soát"],
            ),
            DraftTask(
                "2.3",
                "Cập nhật mã định danh khi thay đổi tổ chức bộ máy",
                "2 Về dữ liệu",
                ["Các phòng, đơn vị thuộc Sở"],
                schedule_text="Khi có thay đổi về tổ chức",
                schedule=Schedule("event", event="thay đổi về tổ chức"),
            ),
        ],
        reporting_duties=[
            ReportingDuty(
                who="Các phòng, đơn vị thuộc Sở",
                to="Giám đốc Sở",
                via=OFFICE,
                schedule_text="trước ngày 20 hằng tháng",
                rule=ReportingRule("month", 20, "each month"),
            )
        ],
    )


def small_manuscript(draft: Draft) -> Manuscript:
    """A manuscript that holds each task as one row."""
    blocks = [Block("paragraph", draft.document.title or "")]
    for t in draft.tasks:
        cells = [t.ref, t.title, "; ".join(t.lead_units), t.schedule_text or "", "; ".join(t.products)]
        blocks.append(Block("row", "\t".join(cells), [Cell(c) for c in cells], table=0))
    return Manuscript(blocks, "docx", 1)


def make_reading(world: World, draft: Draft | None = None) -> Reading:
    """A reading that waits for review, uploaded by `chi`."""
    draft = draft or small_draft()
    return Reading.objects.create(
        agency=world.agency,
        file_name="ke-hoach.docx",
        state=Reading.State.READY,
        draft=draft_to_json(draft),
        manuscript=small_manuscript(draft).to_json(),
        uploaded_by=world.people["chi"],
        version=1,
    )


def adopt_small_plan(world: World, today: dt.date = TODAY) -> Plan:
    """The small plan, adopted by `chi`."""
    return monitoring.adopt(make_reading(world), world.people["chi"], today)


def task_of(plan: Plan, ref: str) -> Task:
    """The plan's task of that number."""
    return plan.tasks.get(ref=ref)
