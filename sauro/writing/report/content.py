"""What a consolidated report says, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# The four cells of State reports: done in time, done late, open in time, open and overdue.
Four = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of tasks with its four cells."""

    name: str
    cells: Four

    @property
    def total(self) -> int:
        """Every task of the group, counted once."""
        return sum(self.cells)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit with the four cells of what it leads."""

    name: str
    cells: Four

    @property
    def total(self) -> int:
        """Every task that it leads, counted once."""
        return sum(self.cells)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the appendix; `group` alone makes a heading over the lines that follow. `key`: whose line it is, for
    whoever made the content."""

    group: str = ""
    ref: str = ""
    title: str = ""
    lead: str = ""
    others: str = ""
    due: str = ""
    progress: str = ""
    result: str = ""
    standing: str = ""
    products: str = ""
    key: int = 0


@dataclass(slots=True)
class ReportContent:
    """All that the placeholders of a template are filled with. Sections are paragraphs, one text each."""

    agency: str
    title: str
    cells: Four = (0, 0, 0, 0)
    continuous: int = 0
    parent_agency: str = ""
    number: str = ""
    place: str = ""
    to: str = ""
    period: str = ""
    as_of: str = ""
    plan: str = ""
    basis: Sequence[str] = ()
    opening: Sequence[str] = ()
    overall: Sequence[str] = ()
    results: Sequence[str] = ()
    difficulties: Sequence[str] = ()
    proposals: Sequence[str] = ()
    following: Sequence[str] = ()
    recipients: Sequence[str] = ()
    groups: Sequence[GroupRow] = ()
    units: Sequence[UnitRow] = ()
    tasks: Sequence[TaskRow] = field(default_factory=list)
    authority: str = ""
    position: str = ""
    signer: str = ""

    @property
    def total(self) -> int:
        """Every task, counted once: the sum of the four cells."""
        return sum(self.cells)


def sample_content() -> ReportContent:
    """Invented content that fills every placeholder: what a template is tried and previewed with."""
    return ReportContent(
        agency="Sở Công Thương tỉnh Bình Lãng",
        parent_agency="Ủy ban nhân dân tỉnh Bình Lãng",
        number="     /BC-SCT",
        place="Bình Lãng",
        title="Kết quả thực hiện Kế hoạch chuyển đổi số tháng 11 năm 2026",
        to="Giám đốc Sở Công Thương",
        period="tháng 11 năm 2026",
        as_of="20/11/2026",
        plan="Kế hoạch số 118/KH-SCT",
        cells=(21, 3, 17, 5),
        continuous=4,
        basis=["Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị;"],
        opening=["Thực hiện Kế hoạch số 118/KH-SCT, Văn phòng Sở tổng hợp kết quả tháng 11 năm 2026 như sau:"],
        overall=["Tổng số nhiệm vụ: 46.", "Các đơn vị đã gửi 30 trên 38 báo cáo phải có."],
        results=["1. Về thương mại điện tử: 20 nhiệm vụ.", "- Nhiệm vụ 1.1: Đã vận hành; chi phí < 2 tỷ & đúng hạn."],
        difficulties=["- Chưa được cấp tài khoản khai thác dữ liệu (P. QLTM, TT CĐS)."],
        proposals=["- Đề nghị bổ sung kinh phí năm 2027 (Văn phòng Sở)."],
        following=["- Nhiệm vụ 1.2: P. QLTM, hạn 31/12/2026."],
        recipients=["Như trên", "Các đơn vị thuộc Sở", "Lưu: VT, VP"],
        groups=[GroupRow("Về thương mại điện tử", (10, 2, 6, 2)), GroupRow("Về dữ liệu", (11, 1, 11, 3))],
        units=[UnitRow("P. QLTM", (12, 1, 9, 2)), UnitRow("TT CĐS", (9, 2, 8, 3))],
        tasks=[
            TaskRow(group="Về thương mại điện tử"),
            TaskRow(
                ref="1.1", title="Xây dựng gian hàng", lead="P. QLTM", others="VP Sở", due="31/10/2026",
                progress="100%", result="Đã vận hành.", standing="Hoàn thành đúng hạn", products="Gian hàng",
            ),
        ],
        position="Giám đốc",
        signer="Đỗ Trường Giang",
    )  # fmt: skip
