"""The year's turning: last year's review with its decisions half carried out, the declaration in force, the objectives
of most units, this year's review being prepared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sauro.demo.ratings import rate_the_year
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator
from sauro.monitoring.services.duties import everyone_of
from sauro.organization.models import Person, Unit
from sauro.quality.models import ManagementReview, Scope, YearCycle
from sauro.quality.services import declaration, reviews, unit_objectives
from sauro.quality.services.unit_objectives import Wanted
from sauro.vietnamese.periods import occurrences

# What was decided, about what, who carries it out, in which month it is due, and whether it was done.
DECISIONS = (
    ("Rà soát, sửa các quy trình có thời gian giải quyết từ 10 ngày trở lên", "improvement", "Văn phòng Sở", 4, True),
    ("Bố trí thêm một người trực Bộ phận Một cửa vào tháng 11, 12", "resources", "Văn phòng Sở", 10, True),
    ("Kết nối phiếu khảo sát với mã QR tại nơi trả kết quả", "improvement",
     "Trung tâm Chuyển đổi số và Thông tin công thương", 6, True),
    ("Bổ sung mục tiêu chất lượng cấp phòng vào kế hoạch năm", "system",
     "Phòng Kế hoạch, Tài chính và Tổng hợp", 12, False),
    ("Đào tạo thêm hai đánh giá viên nội bộ", "resources", "Thanh tra Sở", 12, False),
)  # fmt: skip
ATTENDEES = """Đỗ Thị Minh Nguyệt, Giám đốc Sở, Ban Giám đốc Sở
Hồ Quang Sơn, Phó Giám đốc Sở, Ban Giám đốc Sở
Lương Thu Trang, Chánh Văn phòng Sở, Văn phòng Sở
Nguyễn Văn Phúc, Trưởng phòng, Phòng Kế hoạch, Tài chính và Tổng hợp
Trần Quốc Bình, Trưởng phòng, Phòng Quản lý Thương mại và Thương mại điện tử"""
MINUTES = "Các phòng nhất trí với báo cáo. Văn phòng Sở đề nghị thêm người trực vào cuối năm."
CONCLUSION = "Hệ thống quản lý chất lượng phù hợp, đầy đủ và có hiệu lực; cần rút ngắn thời gian giải quyết thủ tục."
ON_PAPER = "Số liệu cả năm theo báo cáo giấy; từ năm sau gom tự động."
# Units whose months are rated in the demonstration; the others have their objectives and wait.
RATED = 3


def make(life: Any) -> None:
    """Live what belongs to the turn of the year."""
    cycle = YearCycle.objects.filter(agency=life.agency).order_by("-year").first()
    if cycle is None:
        return
    _last_review(life, cycle)
    _declared(life, cycle.year)
    _units(life, cycle.year)
    _this_review(life, cycle.year)


def _last_review(life: Any, cycle: YearCycle) -> None:
    chi, boss, before = life.people["chi"], life.people["nguyet"], cycle.year - 1
    asked, held = dt.date(before, 12, 8), dt.date(before, 12, 18)
    with life.at(asked):
        review = reviews.plan_review(life.agency, before, held, chi, place="Phòng họp số 1", chair=boss)
        reviews.freeze(review, chi, asked)
        for item in review.inputs.filter(key__in=["objectives", "satisfaction"]):
            reviews.remark(item, ON_PAPER, chi)
        reviews.write_review(review, {"attendees": ATTENDEES}, chi)
    with life.at(held):
        decided = [reviews.decide(review, boss, held, text=t, about=about) for t, about, *_ in DECISIONS]
        reviews.conclude(review, boss, held, CONCLUSION, minutes=MINUTES)
    begun = max(dt.date(cycle.year, 2, 2), cycle.plan.starts_on)
    units = {u.name: u for u in Unit.objects.filter(agency=life.agency)}
    for decision, (_text, _about, name, month, done) in zip(decided, DECISIONS, strict=True):
        due = dt.date(cycle.year, month, 28)
        if begun > life.today or due < begun or name not in units:
            continue
        with life.at(begun):
            action = reviews.order_decision(decision, boss, begun, unit=units[name], due=due)
        if done:
            _finish(life, action.task, due - dt.timedelta(days=6))


def _finish(life: Any, task: Any, day: dt.date) -> None:
    head = life.first_of(task.lead_path)
    if head is None or day > life.today:
        return
    with life.at(day):
        report = monitoring.start_report(task, head, day)
        monitoring.save_report(report, head, {"progress": 100, "done_text": "Đã thực hiện xong theo kết luận."})
        monitoring.submit_report(report, head, day)
        if head.post == Person.Post.HEAD:
            monitoring.complete(task, head, day)


def _declared(life: Any, year: int) -> None:
    scope = Scope.objects.filter(agency=life.agency).order_by("no").first()
    if scope is not None:
        with life.at(dt.date(year, 1, 6)):
            declaration.take_over(
                life.agency, year - 1, life.people["nguyet"], dt.date(year, 1, 6), scope=scope,
                number="152/QĐ-SCT", declared_on=dt.date(year - 1, 12, 22),
            )  # fmt: skip


def _units(life: Any, year: int) -> None:
    day = dt.date(year, 2, 10)
    if day > life.today:
        return
    served = list(unit_objectives.agency_objectives(life.agency, year))
    plans = []
    # The last of them hasn't set its own yet.
    for n, unit in enumerate(everyone_of(life.agency.pk)[:-1]):
        head = life.first_of(unit.path)
        if head is None or head.post != Person.Post.HEAD:
            continue
        with life.at(day + dt.timedelta(days=n)):
            wanted = _wanted(year, served[n % len(served)] if served else None)
            made = unit_objectives.cascade(unit, year, wanted, head, day + dt.timedelta(days=n))
        plans.append(made.plan)
    rate_the_year(life, plans[:RATED])
    for n, plan in enumerate(plans[:RATED]):
        indicator = Indicator.objects.filter(target__objective__plan=plan).order_by("target__objective__order").first()
        head = life.first_of(plan.unit.path if plan.unit else "")
        for period in occurrences("month", dt.date(year, 3, 1), life.today):
            if indicator and period.end <= life.today - dt.timedelta(days=3):
                with life.at(period.end + dt.timedelta(days=3)):
                    monitoring.record_measurement(
                        indicator, head, period.end + dt.timedelta(days=3), period=period,
                        value=Decimal(93 + (period.index * 3 + n) % 7),
                    )  # fmt: skip


def _wanted(year: int, serves: Any) -> list[Wanted]:
    return [
        Wanted(
            "Giải quyết công việc được giao đúng hạn", serves=serves, indicator="Tỷ lệ việc xong đúng hạn",
            value=Decimal(95), unit_name="%", measurement="Số việc xong đúng hạn trên số việc đến hạn",
            task="Rà soát tiến độ hằng tuần, nhắc việc sắp đến hạn",
        ),
        Wanted(
            "Không có ý kiến của tổ chức, cá nhân đánh giá mức kém", comparator="<=", value=Decimal(0),
            unit_name="ý kiến", indicator="Ý kiến mức kém", measurement="Phiếu khảo sát theo quý",
        ),
        Wanted(
            "Mọi người của đơn vị đọc, xác nhận tài liệu mới trong 10 ngày", indicator="Tỷ lệ xác nhận đúng hạn",
            value=Decimal(100), unit_name="%", measurement="Sổ xác nhận đã đọc",
            ends_on=dt.date(year, 12, 20), task="Phổ biến tài liệu mới tại họp đơn vị hằng tháng",
        ),
    ]  # fmt: skip


def _this_review(life: Any, year: int) -> None:
    if ManagementReview.objects.filter(agency=life.agency, year=year).exists():
        return
    with life.at(life.today):
        on = min(max(life.today + dt.timedelta(days=30), dt.date(year, 12, 10)), dt.date(year + 1, 1, 15))
        reviews.plan_review(
            life.agency, year, max(on, life.today), life.people["chi"], place="Phòng họp số 1",
            chair=life.people["nguyet"],
        )  # fmt: skip
