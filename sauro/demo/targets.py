"""A year of figures of the demonstration agency's targets: six that are kept, one with few figures, one gone silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator
from sauro.organization.models import Agency, Person
from sauro.vietnamese.periods import Period

# When the set-up was made, and on which day of the next month the figures came.
SET_UP, CAME = (2, 10), 6


@dataclass(slots=True, frozen=True)
class Told:
    """What one target's figures were: how its words begin, its unit, who enters them, and month after month up to the
    month `last` (1 to 12); a share with both counts has pairs."""

    words: str
    unit: str
    who: str
    source: str
    figures: list[str | tuple[str, str]]
    last: int = 10
    changes: Mapping[str, Any] = field(default_factory=dict)


TOLD = [
    Told(
        "Kim ngạch xuất khẩu trên địa bàn", "triệu USD", "ngoc", "Chi cục Hải quan khu vực",
        ["101", "112", "104,6", "98,2", "109,5", "110,1", "112,8", "114,2", "113,4", "115,9", "116,3", "113"],
        changes={"cumulative": True, "start": Decimal(0)},
    ),
    Told(
        "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến toàn trình", "%", "trang", "Hệ thống thông tin giải quyết TTHC",
        [("611", "880"), ("624", "885"), ("608", "855"), ("622", "864"), ("655", "885"), ("662", "880"),
         ("684", "890"), ("690", "893"), ("704", "890"), ("713", "895"), ("724", "896"), ("730", "899")],
        changes={"start": Decimal(70)},
    ),
    Told(
        "Chỉ số sản xuất công nghiệp (IIP)", "%", "duc", "Cục Thống kê tỉnh",
        ["8,6", "8,8", "9,1", "8,3", "8,7", "8,9", "8,5", "8,8", "8,6", "8,9", "8,5", "8,4"],
    ),
    Told(
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "tỷ đồng", "binh", "Cục Thống kê tỉnh",
        ["6.640", "7.020", "7.310", "6.890", "6.950", "7.010", "7.090", "7.060", "7.150", "7.210", "7.240", "7.340"],
        changes={"cumulative": True, "start": Decimal(0)},
    ),
    Told(
        "Hồ sơ thủ tục hành chính trước và đúng hạn", "%", "trang", "Hệ thống thông tin giải quyết TTHC",
        ["99,1", "99,3", "99,2", "99,5", "99,3", "99,4", "99,2", "99,5", "99,4", "99,3", "99,5", "99,4"],
    ),
    Told(
        "Tỷ lệ tổ chức, cá nhân hài lòng với việc giải quyết thủ tục hành chính", "%", "trang", "Phiếu khảo sát",
        ["94,1", "94,4", "94,3", "94,9", "95,2", "95", "95,4", "95,3", "95,6", "95,8", "95,7", "96"],
    ),
    Told(
        "Tỷ lệ doanh nghiệp nhỏ và vừa ứng dụng sàn thương mại điện tử", "%", "binh", "Sở Công Thương khảo sát",
        ["31", "33,5", "35", "36,2", "37,1", "38,4", "40,2", "41,6", "43"],
        changes={"start": Decimal(30)},
    ),
    Told(
        "Số bộ dữ liệu mở của Sở được công bố", "bộ", "lien", "Cổng dữ liệu mở của tỉnh",
        ["2", "3", "5", "6", "9", "11"], last=6, changes={"start": Decimal(0)},
    ),
]  # fmt: skip


def target_events(
    agency: Agency, people: Mapping[str, Person], year: int
) -> Iterator[tuple[dt.date, int, Callable[[], object]]]:
    """Set-ups and figures as (day, order within the day, what happens then)."""
    indicators = {(i.target.indicator, i.unit_name): i for i in _of(agency)}
    for n, told in enumerate(TOLD):
        indicator = indicators.get((told.words, told.unit))
        if indicator is None:
            continue
        who = people[told.who]
        yield dt.date(year, *SET_UP), n, _setting(indicator, people["chi"], {"owner": who.unit, **told.changes})
        period = Period("month", year, told.last)
        for figure in reversed(told.figures):
            day = max(period.next.start + dt.timedelta(days=CAME), dt.date(year, *SET_UP))
            yield day, 100 + n, _entering(indicator, who, day, period, figure, told.source)
            period = period.previous


def _of(agency: Agency) -> Iterator[Indicator]:
    yield from Indicator.objects.filter(agency=agency).select_related("target").order_by("pk")


def _setting(indicator: Indicator, actor: Person, changes: Mapping[str, Any]) -> Callable[[], object]:
    return lambda: monitoring.set_up_indicator(indicator, actor, changes)


def _entering(
    indicator: Indicator, actor: Person, day: dt.date, period: Period, figure: str | tuple[str, str], source: str
) -> Callable[[], object]:
    numbers: dict[str, Any] = {"value": figure} if isinstance(figure, str) else {}
    if isinstance(figure, tuple):
        numbers = {"numerator": figure[0], "whole": figure[1]}
    return lambda: monitoring.record_measurement(indicator, actor, day, period=period, source=source, **numbers)
