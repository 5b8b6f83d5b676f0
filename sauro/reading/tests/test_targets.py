"""Targets in sentences."""

from decimal import Decimal

import pytest

from sauro.reading.draft import DraftTarget
from sauro.reading.lines import Line, Part
from sauro.reading.targets import targets_of


def read(sentence: str, period: str = "2026") -> list[DraftTarget]:
    return targets_of(Line(sentence, [Part(0, 0, None, 0, len(sentence))]), period)


def brief(target: DraftTarget) -> tuple[object, ...]:
    bounds = tuple(None if v is None else float(v) for v in (target.low, target.high))
    return (target.comparator, *bounds, target.unit, target.direction, target.baseline_year, target.period)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Chỉ số sản xuất công nghiệp (IIP) tăng từ 12 - 14% so với năm 2025.",
            [("range", 12, 14, "%", "increase", 2025, "2026")],
        ),
        (
            "Tổng mức bán lẻ đạt khoảng 7882 nghìn tỷ đồng, tăng khoảng 13% so với năm 2025.",
            [
                ("approx", 7882, 7882, "nghìn tỷ đồng", None, None, "2026"),
                ("approx", 13, 13, "%", "increase", 2025, "2026"),
            ],
        ),
        (
            "Tổng mức bán lẻ đạt đạt 83.372 tỷ đồng, tăng 9,4% so với năm 2020.",
            [("=", 83372, 83372, "tỷ đồng", None, None, "2026"), ("=", 9.4, 9.4, "%", "increase", 2020, "2026")],
        ),
        ("Chỉ số sản xuất tăng 7% đến 7,5% so năm 2025", [("range", 7, 7.5, "%", "increase", 2025, "2026")]),
        ("Tối thiểu 80% thông tin, giấy tờ chỉ phải cung cấp một lần.", [(">=", 80, None, "%", None, None, "2026")]),
        ("Tỷ lệ hài lòng đạt từ 95% trở lên (năm 2025: 92%).", [(">=", 95, None, "%", None, None, "2026")]),
        (
            "Phấn đấu đến năm 2030, tỷ lệ đô thị hóa đạt trên 50%, tỷ lệ hộ nghèo còn dưới 2,5%.",
            [(">", 50, None, "%", None, None, "2030"), ("<", None, 2.5, "%", None, None, "2030")],
        ),
        ("Thời gian giải quyết không quá 05 ngày làm việc.", [("<=", None, 5, "ngày làm việc", None, None, "2026")]),
        (
            "Nâng tỷ lệ hồ sơ trực tuyến từ 85% năm 2025 lên 90% năm 2026.",
            [("=", 90, 90, "%", "increase", None, "2026")],
        ),
        (
            "Thu nhập bình quân đạt 95 triệu đồng/người/năm.",
            [("=", 95, 95, "triệu đồng/người/năm", None, None, "2026")],
        ),
        ("Năm 2025 đã đạt 85%.", []),
        ("Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 và Đề án 06 theo TCVN ISO 9001:2015 ở cấp độ 3.", []),
    ],
)
def test_a_sentence_gives_its_targets(sentence: str, found: list[tuple[object, ...]]) -> None:
    assert [brief(t) for t in read(sentence)] == found


def test_the_second_target_keeps_the_indicator_of_the_first() -> None:
    first, second = read("Kim ngạch xuất khẩu đạt 12,5 tỷ USD, tăng 10%")
    assert first.indicator == second.indicator == "Kim ngạch xuất khẩu"
    assert second.low == Decimal(10)


def test_the_place_of_an_amount_is_kept() -> None:
    sentence = "Tỷ lệ hồ sơ đúng hạn đạt tối thiểu 98%."
    (target,) = read(sentence)
    trace = target.read["amount"]
    assert sentence[trace.start : trace.end] == "tối thiểu 98%"
