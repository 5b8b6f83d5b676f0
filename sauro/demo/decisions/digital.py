"""118/KH-SCT: the digital-transformation plan with thirty tasks."""

# ruff: noqa: E501 — sentences of a decision are kept whole, a task reads like the row it becomes.
from __future__ import annotations

import datetime as dt

from sauro.demo.decisions.parts import (
    AGENCY,
    ALL_UNITS,
    COMMUNES,
    DIGITAL,
    DIRECTOR,
    ENERGY,
    EXPORT,
    INDUSTRY,
    INSPECTORATE,
    OFFICE,
    ONE_STOP,
    PLACE,
    PLANNING,
    POLICE,
    PROMOTION,
    SCIENCE,
    TRADE,
    always,
    basis,
    before,
    between,
    each,
    month,
    on,
    quarter,
    target,
    task,
)  # fmt: skip
from sauro.reading.draft import (
    Draft,
    DraftMilestone,
    DraftObjective,
    DraftTask,
    Head,
    ReportingDuty,
    ReportingRule,
    Signer,
)  # fmt: skip


def _head(year: int) -> Head:
    return Head(
        number="118/KH-SCT",
        type="Kế hoạch",
        issuer=AGENCY,
        place=PLACE,
        issued_on=dt.date(year, 1, 26),
        title=f"Chuyển đổi số của Sở Công Thương năm {year}",
        signer=Signer("Đỗ Thị Minh Nguyệt", "Giám đốc"),
        legal_bases=[
            basis(
                "Nghị quyết", "57-NQ/TW", dt.date(2024, 12, 22),
                "của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
            ),
            basis(
                "Nghị quyết", "71/NQ-CP", dt.date(2025, 4, 1),
                "của Chính phủ sửa đổi, bổ sung, cập nhật Chương trình hành động của Chính phủ thực hiện Nghị quyết "
                "số 57-NQ/TW",
            ),
            basis(
                "Quyết định", "749/QĐ-TTg", dt.date(2020, 6, 3),
                "của Thủ tướng Chính phủ phê duyệt “Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến "
                "năm 2030”",
            ),
            basis(
                "Kế hoạch", "21/KH-UBND", dt.date(year, 1, 12),
                f"của Ủy ban nhân dân tỉnh Bình Lãng về chuyển đổi số tỉnh Bình Lãng năm {year}",
            ),
        ],
        recipients=[
            "UBND tỉnh (để báo cáo)",
            "Sở Khoa học và Công nghệ",
            "Ban Giám đốc Sở",
            "Các phòng, đơn vị thuộc Sở",
            "Lưu: VT, KHTCTH",
        ],
    )  # fmt: skip


def _objectives(year: int) -> list[DraftObjective]:
    return [
        DraftObjective(
            ref="I.1",
            text="Về chính quyền số",
            items=[
                "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến toàn trình đạt tối thiểu 85%.",
                "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn và trước hạn đạt từ 99% trở lên.",
                "100% kết quả giải quyết thủ tục hành chính còn hiệu lực được số hóa và ký số.",
                "Tối thiểu 90% hồ sơ công việc của Sở được xử lý trên môi trường điện tử.",
            ],
            targets=[
                target("Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến toàn trình", ">=", "85", "%", "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến toàn trình đạt tối thiểu 85%.", year),
                target(
                    "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn và trước hạn", ">=", "99", "%",
                    "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn và trước hạn đạt từ 99% trở lên.", year,
                ),
                target(
                    "Kết quả giải quyết thủ tục hành chính còn hiệu lực được số hóa và ký số", "=", "100", "%",
                    "100% kết quả giải quyết thủ tục hành chính còn hiệu lực được số hóa và ký số.", year,
                ),
                target(
                    "Hồ sơ công việc của Sở được xử lý trên môi trường điện tử", ">=", "90", "%",
                    "Tối thiểu 90% hồ sơ công việc của Sở được xử lý trên môi trường điện tử.", year,
                ),
            ],
        ),
        DraftObjective(
            ref="I.2",
            text="Về dữ liệu số",
            items=[
                "100% doanh nghiệp trong cụm công nghiệp có dữ liệu trên cơ sở dữ liệu dùng chung của tỉnh.",
                "Số bộ dữ liệu mở của Sở được công bố đạt ít nhất 20 bộ.",
            ],
            targets=[
                target(
                    "Doanh nghiệp trong cụm công nghiệp có dữ liệu trên cơ sở dữ liệu dùng chung của tỉnh", "=", "100", "%",
                    "100% doanh nghiệp trong cụm công nghiệp có dữ liệu trên cơ sở dữ liệu dùng chung của tỉnh.", year,
                ),
                target("Số bộ dữ liệu mở của Sở được công bố", ">=", "20", "bộ", "Số bộ dữ liệu mở của Sở được công bố đạt ít nhất 20 bộ.", year),
            ],
        ),
        DraftObjective(
            ref="I.3",
            text="Về kinh tế số, xã hội số",
            items=[
                f"Quy mô thương mại điện tử bán lẻ trên địa bàn tỉnh tăng từ 18 - 20% so với năm {year - 1}.",
                "Tỷ lệ doanh nghiệp nhỏ và vừa ứng dụng sàn thương mại điện tử đạt khoảng 40%.",
                "Tỷ lệ chợ hạng 1, hạng 2 triển khai thanh toán không dùng tiền mặt đạt 100%.",
            ],
            targets=[
                target(
                    "Quy mô thương mại điện tử bán lẻ trên địa bàn tỉnh", "range", "18..20", "%",
                    f"Quy mô thương mại điện tử bán lẻ trên địa bàn tỉnh tăng từ 18 - 20% so với năm {year - 1}.", year, "increase", year - 1,
                ),
                target(
                    "Tỷ lệ doanh nghiệp nhỏ và vừa ứng dụng sàn thương mại điện tử", "approx", "40", "%",
                    "Tỷ lệ doanh nghiệp nhỏ và vừa ứng dụng sàn thương mại điện tử đạt khoảng 40%.", year,
                ),
                target(
                    "Tỷ lệ chợ hạng 1, hạng 2 triển khai thanh toán không dùng tiền mặt", "=", "100", "%", "Tỷ lệ chợ hạng 1, hạng 2 triển khai thanh toán không dùng tiền mặt đạt 100%.", year
                ),
            ],
        ),
    ]  # fmt: skip


def _duties() -> list[ReportingDuty]:
    first = (
        "Các phòng, đơn vị thuộc Sở báo cáo kết quả thực hiện về Phòng Kế hoạch, Tài chính và Tổng hợp trước ngày 20 "
        "hằng tháng."
    )
    second = (
        "Phòng Kế hoạch, Tài chính và Tổng hợp tổng hợp, báo cáo Giám đốc Sở kết quả thực hiện định kỳ hằng quý, trước "
        "ngày 25 của tháng cuối quý."
    )
    return [
        ReportingDuty(
            who=ALL_UNITS, to=PLANNING, schedule_text="trước ngày 20 hằng tháng",
            rule=ReportingRule("month", 20, "each month"), text=first,
        ),
        ReportingDuty(
            who=PLANNING, to=DIRECTOR, schedule_text="định kỳ hằng quý, trước ngày 25 của tháng cuối quý",
            rule=ReportingRule("quarter", 25, "last month of the quarter"), text=second,
        ),
    ]  # fmt: skip


def _awareness(y: int) -> list[DraftTask]:
    return [
        task("1", f"Ban hành Kế hoạch truyền thông về chuyển đổi số ngành công thương năm {y}", DIGITAL, [OFFICE],
             quarter(1, y), ["Kế hoạch của Sở được ban hành"]),
        task("2", "Tổ chức quán triệt Nghị quyết số 57-NQ/TW đến toàn thể công chức, viên chức và người lao động của Sở",
             OFFICE, [ALL_UNITS], before(15, 3, y), ["Hội nghị quán triệt", "Báo cáo kết quả"]),
        task("3", "Kiện toàn Tổ công tác chuyển đổi số của Sở", OFFICE, [DIGITAL], on("Khi có thay đổi nhân sự"),
             ["Quyết định của Giám đốc Sở"]),
        task("4", "Xây dựng Quy chế quản lý, khai thác Hệ thống thông tin báo cáo ngành công thương tỉnh Bình Lãng",
             DIGITAL, [PLANNING, TRADE, INDUSTRY], before(27, 11, y), ["Quy chế được ban hành"]),
        task("5", "Tái cấu trúc quy trình nội bộ giải quyết thủ tục hành chính theo hướng dùng lại dữ liệu đã số hóa",
             OFFICE, [TRADE, INDUSTRY, ENERGY], quarter(2, y), ["126 quy trình nội bộ được phê duyệt lại"]),
        task("6", "Tự đánh giá mức độ chuyển đổi số của Sở theo Bộ chỉ số của tỉnh", DIGITAL, [PLANNING], month(12, y),
             ["Báo cáo tự đánh giá", "Bảng điểm kèm minh chứng"]),
    ]  # fmt: skip


def _data(y: int) -> list[DraftTask]:
    steps = [
        (f"Thiết kế cấu trúc dữ liệu: trước ngày 28/04/{y}", dt.date(y, 4, 28)),
        (f"Dữ liệu của 18 cụm công nghiệp: trước ngày 31/07/{y}", dt.date(y, 7, 31)),
        (f"Cơ sở dữ liệu vận hành, biên bản nghiệm thu kết nối: trước ngày 30/10/{y}", dt.date(y, 10, 30)),
    ]
    return [
        task("7", "Lập danh mục dữ liệu dùng chung của Sở và quy chế khai thác, gửi Sở Khoa học và Công nghệ thẩm định",
             PLANNING, [DIGITAL, SCIENCE], before(6, 10, y), ["Danh mục dữ liệu dùng chung", "Dự thảo quy chế"]),
        task("8", f"Ban hành Kế hoạch quản trị dữ liệu của Sở Công Thương giai đoạn {y} - {y + 4}", PLANNING, [DIGITAL],
             quarter(1, y), ["Kế hoạch được ban hành"]),
        task("9", "Số hóa 100% hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực thuộc phạm vi quản lý của Sở",
             OFFICE, [EXPORT], before(30, 11, y), ["Kho kết quả điện tử", "Biên bản đối soát"]),
        task("10", "Rà soát, chuẩn hóa mã số lĩnh vực xuất nhập khẩu theo danh mục dùng chung của Bộ Công Thương", EXPORT,
             [], month(6, y), ["Bảng mã được chuẩn hóa"]),
        task("11", "Xây dựng cơ sở dữ liệu cụm công nghiệp và doanh nghiệp trong cụm công nghiệp, kết nối với Cơ sở dữ "
             "liệu quốc gia về đăng ký doanh nghiệp", INDUSTRY, [DIGITAL, OFFICE], before(30, 10, y),
             [step for step, _ in steps], milestones=[DraftMilestone(step, due) for step, due in steps]),
        task("12", "Thu thập, cập nhật và chia sẻ dữ liệu giá bán lẻ 27 mặt hàng thiết yếu", TRADE, [COMMUNES], always(),
             ["Bảng giá cập nhật trên trang thông tin điện tử của Sở"]),
        task("13", "Rà soát, cập nhật dữ liệu chợ, siêu thị, trung tâm thương mại lên bản đồ số hạ tầng thương mại của tỉnh",
             TRADE, [COMMUNES], before(25, 11, y), ["Bản đồ số hạ tầng thương mại"]),
        task("14", "Chuẩn hóa, làm sạch dữ liệu giấy phép bán buôn, bán lẻ rượu, thuốc lá, xăng dầu, khí còn hiệu lực",
             DIGITAL, [TRADE], before(13, 11, y), ["Bộ dữ liệu đã đối soát"]),
        task("15", "Kết nối dữ liệu quan trắc an toàn của 14 hồ chứa thủy điện về Trung tâm giám sát, điều hành thông "
             "minh của tỉnh", ENERGY, [DIGITAL, "Các chủ đập, hồ chứa thủy điện"], month(12, y),
             ["Biên bản kết nối 14 hồ chứa"]),
        task("16", f"Rà soát, chuẩn hóa và công bố danh mục dữ liệu mở ngành công thương tỉnh Bình Lãng năm {y}", DIGITAL,
             [ALL_UNITS], before(30, 11, y), ["Danh mục dữ liệu mở", "Bộ dữ liệu trên Cổng dữ liệu tỉnh"]),
        task("17", "Cập nhật mã định danh điện tử của các đơn vị thuộc Sở", OFFICE, [ALL_UNITS],
             on("Khi có thay đổi về tổ chức bộ máy"), ["Danh mục mã định danh"]),
    ]  # fmt: skip


def _platforms(y: int) -> list[DraftTask]:
    return [
        task("18", "Nâng cấp mạng nội bộ, kết nối mạng truyền số liệu chuyên dùng tại trụ sở Sở", OFFICE,
             [DIGITAL, SCIENCE], quarter(2, y), ["Hệ thống mạng được nghiệm thu"]),
        task("19", "Phê duyệt cấp độ an toàn thông tin cho 100% hệ thống thông tin của Sở", DIGITAL, [OFFICE, POLICE],
             month(6, y), ["Quyết định phê duyệt cấp độ"]),
        task("20", "Diễn tập ứng cứu sự cố an toàn thông tin mạng", DIGITAL, [POLICE, SCIENCE], each("half"),
             ["Kịch bản diễn tập", "Báo cáo diễn tập"]),
        task("21", "Sao lưu dữ liệu và kiểm tra khả năng phục hồi của các hệ thống thông tin", DIGITAL, [], each("month"),
             ["Nhật ký sao lưu", "Biên bản phục hồi thử"]),
        task("22", "Nâng cấp trang thông tin điện tử của Sở đạt chuẩn tiếp cận thông tin cho người khuyết tật", DIGITAL,
             [OFFICE], before(10, 11, y), ["Trang thông tin điện tử đạt chuẩn"]),
    ]  # fmt: skip


def _services(y: int) -> list[DraftTask]:
    return [
        task("23", "Cung cấp dịch vụ công trực tuyến toàn trình đối với 100% thủ tục hành chính đủ điều kiện", OFFICE,
             [TRADE, INDUSTRY, ENERGY, EXPORT], quarter(3, y), ["Danh mục dịch vụ công được công bố"]),
        task("24", "Hướng dẫn tổ chức, cá nhân nộp hồ sơ và thanh toán trực tuyến tại bộ phận tiếp nhận", OFFICE,
             [ONE_STOP], always(), ["Nhật ký hỗ trợ"]),
        task("25", "Đề xuất phương án cắt giảm, đơn giản hóa thủ tục hành chính thuộc phạm vi quản lý của Sở", OFFICE,
             [ALL_UNITS], each("quarter"), ["Báo cáo rà soát", "Tờ trình UBND tỉnh"]),
        task("26", "Kiểm tra, thanh tra dựa trên dữ liệu đối với hoạt động bán hàng đa cấp và kinh doanh qua mạng",
             INSPECTORATE, [TRADE, "Chi cục Quản lý thị trường tỉnh"], quarter(3, y), ["Kết luận kiểm tra"]),
    ]  # fmt: skip


def _economy(y: int) -> list[DraftTask]:
    return [
        task("27", "Triển khai thanh toán không dùng tiền mặt tại 100% chợ hạng 1 và hạng 2", TRADE,
             [COMMUNES, "Ngân hàng Nhà nước chi nhánh Khu vực 7"], before(10, 12, y), ["Báo cáo kết quả triển khai"]),
        task("28", "Xây dựng gian hàng “Sản phẩm Bình Lãng” trên sàn thương mại điện tử quốc gia", TRADE, [PROMOTION],
             before(11, 11, y), ["Gian hàng vận hành", "Danh sách 150 sản phẩm được niêm yết"]),
        task("29", "Tập huấn kỹ năng bán hàng trực tuyến cho 300 hộ kinh doanh", PROMOTION, [TRADE, COMMUNES],
             between(dt.date(y, 4, 1), dt.date(y, 9, 30)), ["12 lớp tập huấn", "Danh sách học viên"]),
        task("30", "Hỗ trợ cơ sở công nghiệp nông thôn ứng dụng phần mềm quản trị sản xuất", PROMOTION, [INDUSTRY],
             month(10, y), ["Hồ sơ nghiệm thu 12 đề án"]),
    ]  # fmt: skip


def _details(tasks: dict[str, DraftTask], y: int) -> None:
    """Origins, and what only some tasks carry."""
    province = f"Nhiệm vụ được giao tại Kế hoạch số 21/KH-UBND ngày 12/01/{y} của Ủy ban nhân dân tỉnh Bình Lãng."
    resolution = "Nhiệm vụ theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị."
    opinion = f"Nhiệm vụ theo Thông báo số 08/TB-UBND ngày 09/01/{y} về kết luận của Chủ tịch Ủy ban nhân dân tỉnh."
    for ref in ("7", "11", "13", "15", "16"):
        tasks[ref].origin_footnote = province
    for ref in ("2", "9"):
        tasks[ref].origin_footnote = resolution
    for ref in ("27", "28"):
        tasks[ref].origin_footnote = opinion
    for task_ in tasks.values():
        task_.authority = "Giám đốc Sở"
    for ref in ("12", "21", "24"):
        tasks[ref].authority = "Thủ trưởng đơn vị chủ trì"
    for ref in ("5", "25"):
        tasks[ref].authority = "Ủy ban nhân dân tỉnh"


def digital_plan(year: int) -> Draft:
    """Kế hoạch số 118/KH-SCT: objectives, thirty tasks in five groups, monthly and quarterly reports."""
    groups = [
        ("I. Nhận thức, thể chế và quản trị số", _awareness(year)),
        ("II. Dữ liệu số", _data(year)),
        ("III. Hạ tầng, nền tảng số và an toàn thông tin", _platforms(year)),
        ("IV. Chính quyền số và cải cách thủ tục hành chính", _services(year)),
        ("V. Kinh tế số, xã hội số", _economy(year)),
    ]
    tasks = []
    for group, members in groups:
        for member in members:
            member.group = group
            tasks.append(member)
    _details({t.ref: t for t in tasks}, year)
    return Draft(document=_head(year), objectives=_objectives(year), tasks=tasks, reporting_duties=_duties())
