"""One full and one bare example of each paper: what every test of all papers goes through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sauro.writing import quality as q

DAY = dt.date(2026, 11, 5)
HEAD = q.Letterhead(
    "Sở Công Thương tỉnh Bình Lãng", "Ủy ban nhân dân tỉnh Bình Lãng", "Bình Lãng", "47/BC-SCT", dt.date(2026, 12, 5)
)
BARE = q.Letterhead("Sở A")
LONG = "Nguyễn Thị Hoàng Phương Quỳnh Anh"
UNIT = "Phòng Quản lý Thương mại và Thương mại điện tử"
SIGN = (q.Signature("Phó Giám đốc", "Hồ Quang Sơn", "KT.", "Giám đốc"),)
TO = ("Lãnh đạo Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP")
TEAM = (
    q.Person("Trần Thị Bình", "Chánh Văn phòng", "Văn phòng Sở", "Trưởng đoàn"),
    q.Person(LONG, "Chuyên viên chính", UNIT, "Chuyên gia đánh giá"),
)
ACTIONS = (
    q.Action("Rà soát lại toàn bộ phiếu hẹn trả kết quả còn hạn", UNIT, dt.date(2026, 11, 20), DAY, "Đã rà 45 phiếu"),
    q.Action("Sửa quy trình QT.05", "Văn phòng Sở", dt.date(2026, 12, 15)),
)
PLANNED = (
    q.Action("Bổ sung bước nhắc hạn vào quy trình QT.05", UNIT, dt.date(2026, 12, 20)),
    q.Action("Tập huấn người trực Bộ phận Một cửa", "Văn phòng Sở", dt.date(2027, 1, 15)),
)
FINDINGS = (
    q.Finding(
        "PH-2026-01", "Ba hồ sơ trả quá hạn, không có phiếu xin lỗi.", UNIT, "8.5.1; QT.05", "Không phù hợp nặng",
        "Hồ sơ số 12, 15 và 31 năm 2026", dt.date(2026, 11, 30), "Đang khắc phục",
    ),
    q.Finding(
        "PH-2026-02", "Sổ theo dõi chưa ghi cột ngày trả.", "Văn phòng Sở", "7.5.3", "Không phù hợp nhẹ",
        due=dt.date(2026, 12, 10),
    ),
    q.Finding("PH-2026-03", "Nên gộp hai biểu mẫu.", "Văn phòng Sở", "10.3", "Cơ hội cải tiến"),
)  # fmt: skip
FIGURES = (
    q.Figure("Hồ sơ trả đúng hạn", "97,5%", "95%", "Tăng 2,5 điểm phần trăm"),
    q.Figure("Sự không phù hợp chưa đóng", 3, 5),
)
PURPOSE = "Xác định mức độ phù hợp và hiệu lực của hệ thống quản lý chất lượng."

FULL = {
    "nonconformity": (q.write_nonconformity, q.NonconformityPaper(
        HEAD, "KPH-2026-03", "Ba hồ sơ trả kết quả quá hạn từ 02 đến 05 ngày, không có phiếu xin lỗi.\nTổ chức, cá "
        "nhân đã phản ánh qua Cổng Dịch vụ công.", "Đánh giá nội bộ", "Không phù hợp nặng", "8.5.1; QT.05", UNIT,
        "Cấp giấy phép bán buôn rượu", DAY, LONG, ("Hồ sơ số 12, 15, 31", "Nhật ký Một cửa ngày 01/11/2026"),
        "Gửi phiếu xin lỗi và hẹn lại ngày trả kết quả cho ba tổ chức.", UNIT, dt.date(2026, 11, 6),
        tuple(q.Why(f"Vì sao {w}?", a) for w, a in (
            ("hồ sơ quá hạn", "Chờ ý kiến đơn vị phối hợp"), ("phải chờ", "Không đặt hạn khi xin ý kiến"),
            ("không đặt hạn", "Quy trình không có bước nhắc"), ("quy trình thiếu bước", "Chưa rà soát từ năm 2024"),
            ("chưa rà soát", "Không phân công người rà soát"),
        )),
        (q.Bone("Con người", ("Người mới nhận việc",)), q.Bone("Phương pháp", ("Thiếu bước nhắc", "Chưa rà soát")),
         q.Bone("Thiết bị")),
        "Quy trình không có bước nhắc hạn xin ý kiến.", ACTIONS, dt.date(2027, 2, 5), dt.date(2027, 2, 4),
        "Trần Thị Bình", True, "Ba tháng không có hồ sơ quá hạn.", "Đã khắc phục, đóng phiếu.", dt.date(2027, 2, 6),
        ("KPH-2025-07 (10/10/2025)",),
    )),
    "risk": (q.write_risk, q.RiskPaper(
        HEAD, "RR-2026-05", "Trả kết quả chậm vào cuối năm", False, "Số hồ sơ tháng 12 tăng gấp đôi.", UNIT,
        "Cấp giấy phép", LONG, "Nhiều giấy phép cùng hết hạn", "Trễ hạn, mất tin cậy", 4, "Cao", 3, "Vừa", "Cao",
        "Theo dõi hằng tuần", "Giảm thiểu", ACTIONS,
        (q.RiskReview(dt.date(2026, 6, 30), 3, 3, "Vừa", "Đã giảm nhờ nhắc hạn sớm", "Trần Thị Bình"),),
        dt.date(2026, 12, 31), "Hành động có hiệu quả.", "Đang xử lý",
    )),
    "opportunity": (q.write_risk, q.RiskPaper(BARE, "CH-01", "Dùng chữ ký số", opportunity=True, likelihood=3)),
    "audit_programme": (q.write_audit_programme, q.ProgrammePaper(
        HEAD, 2026, PURPOSE, "Toàn bộ các đơn vị thuộc Sở.",
        lines=(
            q.ProgrammeLine(UNIT, "Cấp giấy phép; xử lý phản ánh", "4.1, 8.1 – 8.7, 9.1", "Tháng 10/2026",
                            "Trần Thị Bình; Lê Văn Dũng", "Có kiểm tra phát hiện năm trước"),
            q.ProgrammeLine("Văn phòng Sở", "Kiểm soát tài liệu", "7.5", "Tháng 11/2026", LONG),
        ),
        uncovered=("Thanh tra Sở: đã sáp nhập từ ngày 01/7/2026",), organization="Văn phòng Sở chủ trì thực hiện.",
        signatures=SIGN, recipients=TO,
    )),
    "audit_plan": (q.write_audit_plan, q.AuditPlanPaper(
        HEAD, "ĐG-2026-01", "Đánh giá nội bộ tháng 11 năm 2026", PURPOSE, "Phòng Quản lý Thương mại, Văn phòng Sở",
        team=TEAM, slots=(
            q.Slot(DAY, "08:00 – 08:30", "Các đơn vị", "Họp khai mạc", "", "Trưởng đoàn"),
            q.Slot(DAY, "08:30 – 11:30", UNIT, "Cấp giấy phép", "8.1, 8.2, 8.5", "Trần Thị Bình"),
        ),
        requests="Chuẩn bị hồ sơ từ ngày 01/01/2026.", signatures=SIGN, recipients=TO,
    )),
    "checklist": (q.write_checklist, q.ChecklistPaper(
        HEAD, "ĐG-2026-01/PKT-02", "ĐG-2026-01", UNIT, DAY, "Trần Thị Bình", LONG, (
            q.CheckItem("7.5.3", "Tài liệu đang dùng có phải lần ban hành hiện hành không?", "Phù hợp", "QT.05 lần 03",
                        "Thông tin dạng văn bản"),
            q.CheckItem("QT.05", "Thời gian từng bước có đúng quy trình không?", "Không phù hợp nhẹ",
                        "Hồ sơ 12 chậm 01 ngày", "QT.05 Xử lý phản ánh, kiến nghị"),
        ),
    )),
    "audit_report": (q.write_audit_report, q.AuditReportPaper(
        HEAD, code="ĐG-2026-01", bases=("Căn cứ Kế hoạch số 12/KH-SCT ngày 05 tháng 01 năm 2026",), from_day=DAY,
        to_day=dt.date(2026, 11, 7), scope="Phòng Quản lý Thương mại, Văn phòng Sở", team=TEAM,
        units=(UNIT, "Văn phòng Sở", "Phòng Công nghiệp"), findings=FINDINGS, strengths=("Hồ sơ lưu ngăn nắp",),
        actions=ACTIONS, recommendations=("Rà soát quy trình hằng năm",),
        conclusion="Hệ thống phù hợp, trừ các phát hiện nêu trên.", signatures=SIGN, recipients=TO,
    )),
    "audit_minutes": (q.write_audit_minutes, q.AuditMinutesPaper(
        HEAD, code="ĐG-2026-01", on=DAY, held="từ 08:30 đến 11:30", venue="Phòng họp số 2", unit=UNIT, team=TEAM,
        met=(q.Person("Lê Văn Dũng", "Trưởng phòng", UNIT),), content="Kiểm tra 31 hồ sơ của quý III.",
        findings=FINDINGS[2:], opinions="Đơn vị nhất trí.", conclusion="Đơn vị khắc phục trước ngày 30/11/2026.",
        signatures=(q.Signature("Trưởng phòng", "Lê Văn Dũng"), q.Signature("Trưởng đoàn", "Trần Thị Bình")),
    )),
    "survey_results": (q.write_survey_results, q.SurveyPaper(
        HEAD, "Kết quả lấy ý kiến tổ chức, cá nhân quý III năm 2026", dt.date(2026, 7, 1), dt.date(2026, 9, 30),
        "Mã QR tại Bộ phận Một cửa", None, 120, Decimal("92.5"), 1, "Không có ý kiến mức kém", False,
        ("Rất tốt", "Tốt", "Trung bình", "Kém"),
        (q.QuestionResult("Thái độ của công chức", (60, 50, 9, 1), Decimal("3.41")),
         q.QuestionResult("Thời gian giải quyết", (40, 70, 10, 0), Decimal("3.25"))),
        (q.UnitResult(UNIT, 80, Decimal("93.8"), 0), q.UnitResult("Văn phòng Sở", 40, Decimal(90), 1)),
        ("Nên có thêm ghế ngồi chờ", "Hướng dẫn rất rõ"), "Mức hài lòng tăng so với quý II.",
        ("Bổ sung ghế ngồi chờ",), SIGN, TO,
    )),
    "feedback_answer": (q.write_feedback_answer, q.FeedbackAnswerPaper(
        q.Letterhead(HEAD.agency, HEAD.parent_agency, "Bình Lãng", "08/SCT-VP", DAY),
        "Công ty TNHH Thương mại Bình Lãng",
        "trả lời phản ánh về thời gian cấp giấy phép bán buôn rượu", "PA-7K3M", dt.date(2026, 10, 28),
        "thời gian cấp giấy phép bán buôn rượu", "Sau khi kiểm tra, Sở xác nhận hồ sơ trả chậm 02 ngày.\nSở đã gửi "
        "phiếu xin lỗi và trả kết quả ngày 30/10/2026.", "Văn phòng Sở, điện thoại 0200.000.000", SIGN,
        ("Như trên", "Lưu: VT, VP"),
    )),
    "review_agenda": (q.write_review_agenda, q.ReviewAgendaPaper(
        HEAD, "năm 2026", DAY, "08:00 – 11:00", "Phòng họp số 1", "Giám đốc Sở", ("Ban Giám đốc", "Trưởng các đơn vị"),
        (q.AgendaLine("08:00 – 08:15", "Khai mạc", "Chánh Văn phòng"),
         q.AgendaLine("08:15 – 09:30", "Báo cáo đầu vào", "Thư ký ISO")), PLANNED, SIGN, TO,
    )),
    "review_report": (q.write_review_report, q.ReviewReportPaper(
        HEAD, "năm 2026", DAY, (), (
            q.ReviewInput("Việc từ lần xem xét trước", "9.3.2 a", "Còn 01 việc chưa xong.", (), ACTIONS),
            q.ReviewInput("Mức độ hài lòng", "9.3.2 c) 1", "Tăng so với năm trước.", FIGURES),
            q.ReviewInput("Bên ngoài cung cấp", "9.3.2 c) 7"),
        ), "Hệ thống còn phù hợp, đầy đủ, có hiệu lực.", PLANNED, SIGN, TO,
    )),
    "review_minutes": (q.write_review_minutes, q.ReviewMinutesPaper(
        HEAD, "năm 2026", DAY, "08:00 – 11:00", "Phòng họp số 1", "Hồ Quang Sơn, Giám đốc", LONG, TEAM,
        (q.Person("Lê Văn Dũng", "Trưởng phòng", UNIT, "Đi công tác"),),
        (q.Discussion("Mức độ hài lòng", "Các đơn vị nhất trí với báo cáo.", "Giữ chỉ tiêu năm 2027."),),
        "Hệ thống quản lý chất lượng có hiệu lực.", "Rút ngắn thời gian cấp giấy phép.", "", "Thêm 01 người trực.",
        PLANNED, (q.Signature("Thư ký", LONG), q.Signature("Chủ trì", "Hồ Quang Sơn")),
    )),
    "declaration": (q.write_declaration, q.DeclarationPaper(
        q.Letterhead(HEAD.agency, HEAD.parent_agency, "Bình Lãng", "152/QĐ-SCT", HEAD.day),
        proposed_by="Chánh Văn phòng Sở", scope="Quản lý nhà nước về công nghiệp và thương mại.",
        lines=(q.ScopeLine("Cấp giấy phép bán buôn rượu", "2.000001", "Lưu thông hàng hóa", UNIT, "QT.11"),
               q.ScopeLine("Cấp lại giấy phép bán buôn rượu", "2.000002", "Lưu thông hàng hóa", UNIT, "QT.12"),
               q.ScopeLine("Xác nhận khuyến mại", "1.000003", "Xúc tiến thương mại", UNIT, "QT.20")),
        excluded=("8.3: Sở không thiết kế sản phẩm, dịch vụ mới",), again="Bổ sung 02 thủ tục",
        replaces="Quyết định số 140/QĐ-SCT ngày 10 tháng 12 năm 2025", signatures=SIGN, recipients=TO,
    )),
    "year_report": (q.write_year_report, q.YearReportPaper(
        HEAD, 2026, "Ủy ban nhân dân tỉnh Bình Lãng", (), "Sở báo cáo kết quả duy trì hệ thống như sau:", ACTIONS,
        (q.YearSection("Mục tiêu chất lượng", "Đạt 9/10 mục tiêu.", FIGURES),
         q.YearSection("Đánh giá nội bộ", "", (), ACTIONS)),
        ("Đúng hạn tăng",), ("Còn hồ sơ chậm",), "Thiếu người.", PLANNED, ("Bổ sung kinh phí",), SIGN, TO,
    )),
    "training": (q.write_training, q.TrainingPaper(
        HEAD, "Tập huấn chuyên gia đánh giá nội bộ", "ĐT-2026-02", "Có đủ chuyên gia đánh giá.", DAY,
        dt.date(2026, 11, 6), "Phòng họp số 1", "Viện Năng suất", "Trực tiếp",
        (q.TrainingLesson("08:00 – 10:00", "Cách đánh giá theo quá trình", "Giảng viên"),),
        (q.Attendance(LONG, UNIT, True, "Đạt, 8,5 điểm", "Đã tham gia đoàn đánh giá"),
         q.Attendance("Lê Văn Dũng", UNIT, False)), "Bài kiểm tra, quan sát công việc", DAY, "Trưởng phòng",
        "Đạt yêu cầu.",
    )),
    "committee": (q.write_committee, q.CommitteePaper(
        HEAD, decision="Quyết định số 15/QĐ-SCT ngày 10 tháng 01 năm 2026", as_of=DAY,
        members=(q.Person("Hồ Quang Sơn", "Giám đốc", "", "Trưởng ban"), q.Person(LONG, "Chuyên viên", UNIT, "Thư ký")),
        duties=(("Hồ Quang Sơn", "Chỉ đạo chung"),), changes=("Ông Lê Văn Dũng thôi tham gia từ ngày 01/6/2026",),
        signatures=SIGN, recipients=TO,
    )),
    "conformity_map": (q.write_conformity_map, q.ConformityPaper(
        HEAD, as_of=DAY, lines=(
            q.ClauseLine("4.1", "Bối cảnh", ("CS.01 Chính sách chất lượng",), ("Hoạch định",),
                         ("Bảng bối cảnh năm 2026",), (), (UNIT,), "Đủ"),
            q.ClauseLine("7.5", "Thông tin dạng văn bản", ("QT.01", "QT.02"), (), (), ("PH-2026-02",),
                         ("Văn phòng Sở",), "Mỏng", "Chưa rà soát định kỳ"),
            q.ClauseLine("8.3", "Thiết kế, phát triển", level="Không áp dụng", note="Không thiết kế dịch vụ mới"),
            q.ClauseLine("8.7", "Đầu ra không phù hợp", level="Trống"),
        ), note="Liên kết tới bằng chứng nằm trong thư mục kèm theo.",
    )),
}  # fmt: skip

EMPTY = {
    "nonconformity": (q.write_nonconformity, q.NonconformityPaper(BARE, "")),
    "risk": (q.write_risk, q.RiskPaper(BARE, "", "")),
    "audit_programme": (q.write_audit_programme, q.ProgrammePaper(BARE, 2026)),
    "audit_plan": (q.write_audit_plan, q.AuditPlanPaper(BARE)),
    "checklist": (q.write_checklist, q.ChecklistPaper(BARE)),
    "audit_report": (q.write_audit_report, q.AuditReportPaper(BARE)),
    "audit_minutes": (q.write_audit_minutes, q.AuditMinutesPaper(BARE)),
    "survey_results": (q.write_survey_results, q.SurveyPaper(BARE, "Kết quả")),
    "feedback_answer": (q.write_feedback_answer, q.FeedbackAnswerPaper(BARE, "Ông A", "trả lời")),
    "review_agenda": (q.write_review_agenda, q.ReviewAgendaPaper(BARE)),
    "review_report": (q.write_review_report, q.ReviewReportPaper(BARE)),
    "review_minutes": (q.write_review_minutes, q.ReviewMinutesPaper(BARE)),
    "declaration": (q.write_declaration, q.DeclarationPaper(BARE)),
    "year_report": (q.write_year_report, q.YearReportPaper(BARE, 2026)),
    "training": (q.write_training, q.TrainingPaper(BARE, "Tập huấn")),
    "committee": (q.write_committee, q.CommitteePaper(BARE)),
    "conformity_map": (q.write_conformity_map, q.ConformityPaper(BARE)),
    "record": (q.write_record, q.RecordPaper(BARE, "Phiếu ghi chép")),
}
