"""What the three decisions share: names of units as the register has them, and short ways to say when."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from sauro.reading.draft import Comparator, DraftTarget, DraftTask, LegalBasis, PeriodKind, Schedule

AGENCY = "Sở Công Thương tỉnh Bình Lãng"
PARENT = "Ủy ban nhân dân tỉnh Bình Lãng"
PLACE = "Bình Lãng"
OFFICE = "Văn phòng Sở"
INSPECTORATE = "Thanh tra Sở"
PLANNING = "Phòng Kế hoạch, Tài chính và Tổng hợp"
TRADE = "Phòng Quản lý Thương mại và Thương mại điện tử"
INDUSTRY = "Phòng Quản lý Công nghiệp và Cụm công nghiệp"
ENERGY = "Phòng Quản lý Năng lượng và Kỹ thuật an toàn – môi trường"
EXPORT = "Phòng Xuất nhập khẩu và Hội nhập kinh tế quốc tế"
PROMOTION = "Trung tâm Khuyến công và Xúc tiến thương mại"
DIGITAL = "Trung tâm Chuyển đổi số và Thông tin công thương"
ISO_BOARD = "Ban Chỉ đạo ISO"
ISO_TEAM = "Tổ giúp việc Ban Chỉ đạo ISO"
ALL_UNITS = "Các phòng, đơn vị thuộc Sở"
HEADS = "Trưởng các phòng, đơn vị thuộc Sở"
DIRECTOR = "Giám đốc Sở"
QMR = "Đại diện lãnh đạo – QMR"
COMMUNES = "Ủy ban nhân dân các xã, phường"
SCIENCE = "Sở Khoa học và Công nghệ"
POLICE = "Công an tỉnh"
ONE_STOP = "Trung tâm Phục vụ hành chính công tỉnh"

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
When = tuple[str, Schedule]


def quarter(number: int, year: int) -> When:
    """ "Quý II năm 2026": due on the quarter's last day."""
    month = 3 * number
    due = dt.date(year, month, calendar.monthrange(year, month)[1])
    return f"Quý {_ROMAN[number]} năm {year}", Schedule("deadline", due=due)


def month(number: int, year: int) -> When:
    """ "Tháng 6 năm 2026": due on the month's last day."""
    due = dt.date(year, number, calendar.monthrange(year, number)[1])
    return f"Tháng {number} năm {year}", Schedule("deadline", due=due)


def before(day: int, number: int, year: int) -> When:
    """ "Trước ngày 30/10/2026"."""
    due = dt.date(year, number, day)
    return f"Trước ngày {due:%d/%m/%Y}", Schedule("deadline", due=due)


def between(start: dt.date, due: dt.date) -> When:
    """ "Từ ngày 01/4/2026 đến ngày 30/9/2026"."""
    return f"Từ ngày {start:%d/%m/%Y} đến ngày {due:%d/%m/%Y}", Schedule("deadline", due=due, start=start)


def each(period: PeriodKind) -> When:
    """A recurring task."""
    words = {"month": "Hằng tháng", "quarter": "Hằng quý", "half": "06 tháng một lần", "year": "Hằng năm"}
    return words[period], Schedule("recurring", period=period)


def always() -> When:
    """ "Thường xuyên"."""
    return "Thường xuyên", Schedule("continuous")


def on(event: str) -> When:
    """On an event: "Khi có thay đổi nhân sự"."""
    return event, Schedule("event", event=event)


def task(
    ref: str, title: str, lead: str | list[str], helpers: list[str], when: When, products: list[str], **more: object
) -> DraftTask:
    """A task of a plan's appendix."""
    leads = [lead] if isinstance(lead, str) else lead
    text, schedule = when
    said = " | ".join("; ".join(names) for names in (leads, helpers) if names)
    return DraftTask(
        ref=ref, title=title, lead_units=leads, coordinating_units=helpers, responsible_text=said,
        schedule_text=text, schedule=schedule, products=products, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def basis(kind: str, number: str, day: dt.date, rest: str) -> LegalBasis:
    """ "Quyết định số … ngày … của …"."""
    text = f"{kind} số {number} ngày {day:%d/%m/%Y} {rest}"
    return LegalBasis(text=text, type=kind, number=number, date=day)


def target(
    indicator: str, comparator: Comparator, value: str, unit: str, words: str, year: int,
    direction: str | None = None, baseline: int | None = None,
) -> DraftTarget:  # fmt: skip
    """A target; `value`: "85" or "12..14"."""
    low, _, high = value.partition("..")
    first, last = Decimal(low), Decimal(high or low)
    return DraftTarget(
        indicator=indicator,
        comparator=comparator,
        low=None if comparator in {"<=", "<"} else first,
        high=None if comparator in {">=", ">"} else last,
        unit=unit,
        direction=direction,  # type: ignore[arg-type]
        baseline_year=baseline,
        period=str(year),
        source_text=words,
    )
