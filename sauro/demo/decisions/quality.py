"""47/QĐ-SCT: quality objectives, the plan that carries them out, and the form that follows them month by month."""

# ruff: noqa: E501 — sentences of a decision are kept whole, a task reads like the row it becomes.
from __future__ import annotations

import datetime as dt

from sauro.demo.decisions.parts import (
    AGENCY,
    ALL_UNITS,
    DIGITAL,
    ENERGY,
    EXPORT,
    HEADS,
    INDUSTRY,
    ISO_BOARD,
    ISO_TEAM,
    OFFICE,
    PLACE,
    QMR,
    TRADE,
    When,
    always,
    basis,
    each,
    month,
    on,
    quarter,
    target,
)  # fmt: skip
from sauro.reading.draft import (
    Article,
    Draft,
    DraftObjective,
    DraftTask,
    Form,
    Head,
    ReportingDuty,
    ReportingRule,
    Signer,
)  # fmt: skip

TRACKING = "Theo dõi thực hiện Mục tiêu chất lượng"


def _head(year: int) -> Head:
    return Head(
        number="47/QĐ-SCT",
        type="Quyết định",
        issuer=AGENCY,
        place=PLACE,
        issued_on=dt.date(year, 2, 5),
        title=(
            "Ban hành Mục tiêu chất lượng và Kế hoạch thực hiện Mục tiêu chất lượng của Sở Công Thương tỉnh Bình Lãng "
            f"năm {year}"
        ),
        signer=Signer("Đỗ Thị Minh Nguyệt", "Giám đốc"),
        proposed_by="Chánh Văn phòng Sở",
        legal_bases=[
            basis(
                "Quyết định", "19/2014/QĐ-TTg", dt.date(2014, 3, 5),
                "của Thủ tướng Chính phủ về việc áp dụng Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO "
                "9001:2008 vào hoạt động của các cơ quan, tổ chức thuộc hệ thống hành chính nhà nước",
            ),
            basis(
                "Quyết định", "101/QĐ-BKHCN", dt.date(2019, 1, 21),
                "của Bộ trưởng Bộ Khoa học và Công nghệ về việc công bố Mô hình khung Hệ thống quản lý chất lượng theo "
                "Tiêu chuẩn quốc gia TCVN ISO 9001:2015 cho các loại hình cơ quan hành chính nhà nước tại địa phương",
            ),
            basis(
                "Quyết định", "15/2025/QĐ-UBND", dt.date(2025, 2, 20),
                "của Ủy ban nhân dân tỉnh Bình Lãng quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở "
                "Công Thương tỉnh Bình Lãng",
            ),
        ],
        recipients=["Như Điều 3", "Sở Khoa học và Công nghệ", "Ban Giám đốc Sở", "Lưu: VT, VP (Thư ký ISO)"],
        articles=[
            Article(
                "1",
                "Ban hành kèm theo Quyết định này Mục tiêu chất lượng và Kế hoạch thực hiện Mục tiêu chất lượng của Sở "
                f"Công Thương tỉnh Bình Lãng năm {year}.",
            ),
            Article("2", "Quyết định này có hiệu lực thi hành kể từ ngày ký."),
            Article(
                "3",
                "Chánh Văn phòng Sở, Trưởng các phòng, đơn vị thuộc Sở, thành viên Ban Chỉ đạo ISO và Tổ giúp việc Ban "
                "Chỉ đạo ISO chịu trách nhiệm thi hành Quyết định này./.",
            ),
        ],
    )  # fmt: skip


def _objectives(year: int) -> list[DraftObjective]:
    last = year - 1
    return [
        DraftObjective(
            ref="1",
            text=(
                "Giải quyết tối thiểu 99% hồ sơ thủ tục hành chính trước và đúng hạn; trường hợp trễ hẹn phải xin lỗi bằng văn "
                "bản và hẹn lại ngày trả kết quả."
            ),
            targets=[
                target(
                    "Hồ sơ thủ tục hành chính trước và đúng hạn", ">=", "99", "%",
                    "Giải quyết tối thiểu 99% hồ sơ thủ tục hành chính trước và đúng hạn", year,
                ),
            ],
        ),
        DraftObjective(
            ref="2",
            text="Tỷ lệ tổ chức, cá nhân hài lòng với việc giải quyết thủ tục hành chính đạt tối thiểu 95%.",
            targets=[
                target(
                    "Tỷ lệ tổ chức, cá nhân hài lòng với việc giải quyết thủ tục hành chính", ">=", "95", "%",
                    "Tỷ lệ tổ chức, cá nhân hài lòng với việc giải quyết thủ tục hành chính đạt tối thiểu 95%.", year,
                ),
            ],
        ),
        DraftObjective(
            ref="3",
            text="Ngành công thương tỉnh phấn đấu đạt các chỉ tiêu sau:",
            items=[
                f"Chỉ số sản xuất công nghiệp (IIP) tăng từ 8,5 - 9,5% so với năm {last}.",
                f"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng đạt 83.400 tỷ đồng, tăng 11,5% so với năm {last}.",
                "Kim ngạch xuất khẩu trên địa bàn đạt khoảng 1.480 triệu USD.",
            ],
            targets=[
                target(
                    "Chỉ số sản xuất công nghiệp (IIP)", "range", "8.5..9.5", "%",
                    f"Chỉ số sản xuất công nghiệp (IIP) tăng từ 8,5 - 9,5% so với năm {last}.", year, "increase", last,
                ),
                target(
                    "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "=", "83400", "tỷ đồng",
                    "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng đạt 83.400 tỷ đồng", year,
                ),
                target(
                    "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "=", "11.5", "%",
                    f"tăng 11,5% so với năm {last}.", year, "increase", last,
                ),
                target(
                    "Kim ngạch xuất khẩu trên địa bàn", "approx", "1480", "triệu USD", "Kim ngạch xuất khẩu trên địa bàn đạt khoảng 1.480 triệu USD.", year
                ),
            ],
        ),
        DraftObjective(
            ref="4",
            text="100% công chức, viên chức được đào tạo, bồi dưỡng theo kế hoạch của năm.",
            targets=[
                target(
                    "Công chức, viên chức được đào tạo, bồi dưỡng theo kế hoạch của năm", "=", "100", "%",
                    "100% công chức, viên chức được đào tạo, bồi dưỡng theo kế hoạch của năm.", year,
                ),
            ],
        ),
        DraftObjective(
            ref="5",
            text=(
                "Áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015."
            ),
        ),
    ]  # fmt: skip


def _task(ref: str, title: str, who: list[str], when: When, how: str, report: str, records: str) -> DraftTask:
    text, schedule = when
    return DraftTask(
        ref=ref, title=title, lead_units=who, responsible_text="; ".join(who), schedule_text=text, schedule=schedule,
        measurement=how, report_frequency=report, records=records,
    )  # fmt: skip


def _tasks(y: int) -> list[DraftTask]:
    plan = [
        [
            _task("1.1", "Rà soát, trình công bố danh mục thủ tục hành chính thuộc phạm vi quản lý của Sở", [OFFICE],
                  quarter(1, y), "Quyết định công bố", "Hằng quý", "Danh mục thủ tục hành chính"),
            _task("1.2", "Giải quyết hồ sơ lĩnh vực lưu thông hàng hóa trong nước đúng hạn", [TRADE], each("month"),
                  "Số hồ sơ đúng hạn / tổng số hồ sơ", "Hằng tháng", "Sổ theo dõi hồ sơ, báo cáo"),
            _task("1.3", "Giải quyết hồ sơ lĩnh vực điện lực, vật liệu nổ công nghiệp, hóa chất đúng hạn", [ENERGY],
                  each("month"), "Số hồ sơ đúng hạn / tổng số hồ sơ", "Hằng tháng", "Sổ theo dõi hồ sơ, báo cáo"),
            _task("1.4", "Xin lỗi bằng văn bản và hẹn lại ngày trả kết quả đối với hồ sơ trễ hẹn", [HEADS],
                  on("Khi có hồ sơ trễ hẹn"), "Số phiếu xin lỗi / số hồ sơ trễ hẹn", "Hằng tháng",
                  "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        ],
        [
            _task("2.1", "Khảo sát mức độ hài lòng của tổ chức, cá nhân", [OFFICE], each("half"),
                  "Số phiếu hài lòng / số phiếu thu về", "06 tháng một lần", "Phiếu khảo sát, báo cáo tổng hợp"),
            _task("2.2", "Tiếp nhận, trả lời phản ánh, kiến nghị", [OFFICE, DIGITAL], always(),
                  "Số phản ánh được trả lời trong 10 ngày làm việc", "Hằng tháng", "Sổ phản ánh, kiến nghị"),
        ],
        [
            _task("3.1", "Theo dõi, phân tích chỉ số sản xuất công nghiệp và tháo gỡ khó khăn cho doanh nghiệp",
                  [INDUSTRY], each("month"), "Chỉ số IIP hằng tháng", "Hằng tháng", "Báo cáo ngành"),
            _task("3.2", "Tổ chức hội nghị kết nối cung - cầu giữa doanh nghiệp sản xuất với hệ thống phân phối", [TRADE],
                  quarter(4, y), "Số biên bản ghi nhớ được ký", "Quý IV", "Biên bản ghi nhớ, báo cáo"),
            _task("3.3", "Hướng dẫn doanh nghiệp tận dụng ưu đãi từ các hiệp định thương mại tự do", [EXPORT],
                  each("quarter"), "Tỷ lệ tận dụng ưu đãi", "Hằng quý", "Tài liệu, danh sách doanh nghiệp"),
        ],
        [
            _task("4.1", "Ban hành Kế hoạch đào tạo, bồi dưỡng công chức, viên chức", [OFFICE], month(2, y),
                  "Kế hoạch được ban hành", "Quý I", "Kế hoạch"),
            _task("4.2", "Cử công chức, viên chức tham gia các lớp đào tạo, bồi dưỡng", [HEADS], always(),
                  "Số lượt người / kế hoạch", "Hằng quý", "Chứng chỉ, quyết định cử đi học"),
        ],
        [
            _task("5.1", "Kiện toàn Ban Chỉ đạo ISO", [ISO_BOARD, OFFICE], on("Khi có thay đổi nhân sự"), "Quyết định",
                  "Quý IV", "Quyết định"),
            _task("5.2", "Phổ biến Chính sách chất lượng, Mục tiêu chất lượng đến công chức, viên chức", [HEADS],
                  quarter(1, y), "100% công chức, viên chức ký nhận", "Ngay sau khi phổ biến", "Danh sách ký nhận"),
            _task("5.3", "Đánh giá nội bộ Hệ thống quản lý chất lượng", [ISO_BOARD, ISO_TEAM], quarter(4, y),
                  "Số điểm không phù hợp được khắc phục", "Quý IV", "Chương trình, báo cáo đánh giá"),
        ],
    ]  # fmt: skip
    names = [
        "Giải quyết thủ tục hành chính trước và đúng hạn",
        "Sự hài lòng của tổ chức, cá nhân",
        "Các chỉ tiêu chung của ngành công thương tỉnh",
        "Đào tạo, bồi dưỡng công chức, viên chức",
        "Áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng",
    ]
    out = []
    for number, (name, tasks) in enumerate(zip(names, plan, strict=True), 1):
        for task in tasks:
            task.group = f"MỤC TIÊU {number}: {name}"
            out.append(task)
    return out


def _duties() -> list[ReportingDuty]:
    text = "Các phòng, đơn vị thuộc Sở báo cáo mức độ hoàn thành mục tiêu chất lượng về Văn phòng Sở trước ngày 25 hằng tháng."
    summary = (
        "Văn phòng Sở báo cáo Đại diện lãnh đạo – QMR kết quả thực hiện mục tiêu chất lượng định kỳ hằng quý, trước ngày "
        "28 của tháng cuối quý."
    )
    return [
        ReportingDuty(
            who=ALL_UNITS, to=OFFICE, schedule_text="trước ngày 25 hằng tháng", rule=ReportingRule("month", 25, "each month"),
            text=text,
        ),
        ReportingDuty(
            who=OFFICE, to=QMR, schedule_text="định kỳ hằng quý, trước ngày 28 của tháng cuối quý",
            rule=ReportingRule("quarter", 28, "last month of the quarter"), text=summary,
        ),
    ]  # fmt: skip


def _forms(year: int) -> list[Form]:
    """The tracking form: two half-years, so that six months fit the width of a page."""
    return [
        Form(
            name=TRACKING,
            columns=[TRACKING, *(f"Tháng {m}" for m in range(1, 13)), "Ghi chú"],
            rows=[f"{o.ref}. {o.text}" for o in _objectives(year)],
            ratings=["Tốt", "Trung bình", "Kém"],
            signed_by=QMR,
        )
    ]


def quality_objectives(year: int) -> Draft:
    """Quyết định số 47/QĐ-SCT: five objectives, fourteen tasks, two reporting duties and the tracking form."""
    return Draft(
        document=_head(year),
        objectives=_objectives(year),
        tasks=_tasks(year),
        reporting_duties=_duties(),
        forms=_forms(year),
    )
