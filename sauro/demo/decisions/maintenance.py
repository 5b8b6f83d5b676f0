"""52/KH-SCT: keeping the quality management system for a year, the eight contents of a department's plan."""

# ruff: noqa: E501 — sentences of a decision are kept whole, a task reads like the row it becomes.
from __future__ import annotations

import datetime as dt

from sauro.demo.decisions.parts import (
    AGENCY,
    ALL_UNITS,
    DIRECTOR,
    ISO_BOARD,
    ISO_TEAM,
    OFFICE,
    PLACE,
    SCIENCE,
    always,
    basis,
    quarter,
    target,
    task,
)  # fmt: skip
from sauro.reading.draft import Draft, DraftObjective, DraftTask, Head, ReportingDuty, ReportingRule, Signer


def _head(year: int) -> Head:
    return Head(
        number="52/KH-SCT",
        type="Kế hoạch",
        issuer=AGENCY,
        place=PLACE,
        issued_on=dt.date(year, 2, 10),
        title=(
            "Duy trì, cải tiến Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015 "
            f"năm {year} của Sở Công Thương"
        ),
        signer=Signer("Hồ Quang Sơn", "Phó Giám đốc", "KT."),
        legal_bases=[
            basis(
                "Quyết định", "19/2014/QĐ-TTg", dt.date(2014, 3, 5),
                "của Thủ tướng Chính phủ về việc áp dụng Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO "
                "9001:2008 vào hoạt động của các cơ quan, tổ chức thuộc hệ thống hành chính nhà nước",
            ),
            basis(
                "Thông tư", "26/2014/TT-BKHCN", dt.date(2014, 10, 10),
                "của Bộ trưởng Bộ Khoa học và Công nghệ quy định chi tiết thi hành Quyết định số 19/2014/QĐ-TTg",
            ),
            basis(
                "Kế hoạch", "09/KH-UBND", dt.date(year, 1, 8),
                "của Ủy ban nhân dân tỉnh Bình Lãng về áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng trong cơ "
                f"quan hành chính nhà nước năm {year}",
            ),
        ],
        recipients=[
            "Sở Khoa học và Công nghệ",
            "Ban Giám đốc Sở",
            "Thành viên Ban Chỉ đạo ISO",
            "Các phòng, đơn vị thuộc Sở",
            "Lưu: VT, VP",
        ],
    )  # fmt: skip


def _objectives(year: int) -> list[DraftObjective]:
    return [
        DraftObjective(
            ref="I.1",
            text="Tối thiểu 95% thủ tục hành chính thuộc phạm vi áp dụng được giải quyết theo đúng quy trình đã ban hành.",
            targets=[
                target(
                    "Thủ tục hành chính thuộc phạm vi áp dụng được giải quyết theo đúng quy trình đã ban hành", ">=", "95",
                    "%",
                    "Tối thiểu 95% thủ tục hành chính thuộc phạm vi áp dụng được giải quyết theo đúng quy trình đã ban "
                    "hành.",
                    year,
                ),
            ],
        ),
        DraftObjective(
            ref="I.2",
            text="100% điểm không phù hợp phát hiện qua đánh giá nội bộ được khắc phục trong năm.",
            targets=[
                target(
                    "Điểm không phù hợp phát hiện qua đánh giá nội bộ được khắc phục trong năm", "=", "100", "%",
                    "100% điểm không phù hợp phát hiện qua đánh giá nội bộ được khắc phục trong năm.", year,
                ),
            ],
        ),
    ]  # fmt: skip


def _tasks(y: int) -> list[DraftTask]:
    return [
        task("1", "Ban hành Kế hoạch duy trì, cải tiến hệ thống, Chính sách chất lượng và Mục tiêu chất lượng của Sở",
             OFFICE, [ISO_TEAM], quarter(1, y),
             ["Kế hoạch của Sở", "Chính sách chất lượng", "Mục tiêu chất lượng của Sở"]),
        task("2", "Xây dựng, công khai Mục tiêu chất lượng và kế hoạch thực hiện của từng phòng, đơn vị", ALL_UNITS,
             [OFFICE], quarter(1, y), ["Mục tiêu chất lượng của phòng, đơn vị được niêm yết công khai"]),
        task("3", "Kiểm tra việc áp dụng hệ thống đối chiếu với danh mục thủ tục hành chính đã công bố", ISO_BOARD,
             [ISO_TEAM], always(), ["Biên bản kiểm tra"]),
        task("4", "Ban hành, kiểm soát tài liệu và quy trình khi căn cứ pháp lý thay đổi", ALL_UNITS, [OFFICE], always(),
             ["Quy trình được sửa đổi", "Danh mục tài liệu hiện hành"]),
        task("5", "Tuân thủ các quy trình đã ban hành, lưu đầy đủ hồ sơ giải quyết công việc", ALL_UNITS, [], always(),
             ["Hồ sơ giải quyết công việc"]),
        task("6", "Lập chương trình và tổ chức đánh giá nội bộ", ISO_BOARD, [ALL_UNITS], quarter(4, y),
             ["Chương trình đánh giá", "Báo cáo đánh giá nội bộ", "Phiếu yêu cầu hành động khắc phục"]),
        task("7", "Tổ chức họp xem xét của lãnh đạo về Hệ thống quản lý chất lượng", ISO_BOARD, [OFFICE], quarter(4, y),
             ["Biên bản họp xem xét của lãnh đạo"]),
        task("8", "Công bố Hệ thống quản lý chất lượng phù hợp Tiêu chuẩn quốc gia TCVN ISO 9001:2015 và báo cáo năm",
             OFFICE, [SCIENCE], quarter(4, y), ["Bản công bố", "Báo cáo gửi Sở Khoa học và Công nghệ"]),
    ]  # fmt: skip


def _duties() -> list[ReportingDuty]:
    text = (
        "Các phòng, đơn vị thuộc Sở báo cáo kết quả thực hiện về Văn phòng Sở định kỳ hằng quý, trước ngày 20 của tháng "
        "cuối quý."
    )
    year_end = "Văn phòng Sở báo cáo Giám đốc Sở kết quả thực hiện Kế hoạch trước ngày 10/12 hằng năm."
    return [
        ReportingDuty(
            who=ALL_UNITS, to=OFFICE, schedule_text="định kỳ hằng quý, trước ngày 20 của tháng cuối quý",
            rule=ReportingRule("quarter", 20, "last month of the quarter"), text=text,
        ),
        ReportingDuty(
            who=OFFICE, to=DIRECTOR, schedule_text="trước ngày 10/12 hằng năm",
            rule=ReportingRule("year", 10, "month 12"), text=year_end,
        ),
    ]  # fmt: skip


def maintenance_plan(year: int) -> Draft:
    """Kế hoạch số 52/KH-SCT: two objectives and the eight yearly contents with their units and quarters."""
    return Draft(document=_head(year), objectives=_objectives(year), tasks=_tasks(year), reporting_duties=_duties())
