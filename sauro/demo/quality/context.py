"""Context, scope and processes of the demonstration agency, its steering committee, competence and training."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.organization.models import Person, Unit
from sauro.quality.models import CommitteeMember, Training
from sauro.quality.services import committee, competence, context, processes, scope, suppliers, training

KIND = "so"
PROCEDURES = """Mã thủ tục\tTên thủ tục\tLĩnh vực\tĐơn vị giải quyết\tThời hạn
2.000453\tĐăng ký hoạt động khuyến mại trên địa bàn tỉnh\tXúc tiến thương mại\tPhòng Quản lý Thương mại và Thương mại điện tử\t5 ngày làm việc
2.000004\tĐăng ký tổ chức hội chợ, triển lãm thương mại\tXúc tiến thương mại\tPhòng Quản lý Thương mại và Thương mại điện tử\t7 ngày làm việc
2.000648\tCấp giấy chứng nhận đủ điều kiện bán lẻ xăng dầu\tLưu thông hàng hóa\tPhòng Quản lý Thương mại và Thương mại điện tử\t10 ngày làm việc
2.000190\tCấp giấy phép bán buôn rượu trên địa bàn tỉnh\tLưu thông hàng hóa\tPhòng Quản lý Thương mại và Thương mại điện tử\t10 ngày làm việc
2.001433\tCấp giấy phép sử dụng vật liệu nổ công nghiệp\tVật liệu nổ, tiền chất thuốc nổ\tPhòng Quản lý Năng lượng và Kỹ thuật an toàn – môi trường\t5 ngày làm việc
2.000210\tCấp giấy phép hoạt động phát điện\tĐiện lực\tPhòng Quản lý Năng lượng và Kỹ thuật an toàn – môi trường\t10 ngày làm việc
1.001158\tCấp giấy chứng nhận đủ điều kiện an toàn thực phẩm\tAn toàn thực phẩm\tPhòng Quản lý Công nghiệp và Cụm công nghiệp\t15 ngày làm việc
2.000331\tCấp giấy chứng nhận sản phẩm công nghiệp nông thôn tiêu biểu\tCông nghiệp địa phương\tTrung tâm Khuyến công và Xúc tiến thương mại\t20 ngày làm việc
"""  # noqa: E501
SCOPE = (
    "Giải quyết thủ tục hành chính thuộc thẩm quyền của Sở trong danh mục kèm theo và công việc quản lý nội bộ phục vụ "
    "việc giải quyết đó."
)
DECISION = "14/QĐ-SCT"
DUTIES = {
    "head": "Chỉ đạo chung; chủ trì họp xem xét của lãnh đạo; ký công bố.",
    "qmr": "Điều hành hệ thống; phê duyệt chương trình đánh giá nội bộ; xác nhận đánh giá mục tiêu.",
    "secretary": "Giữ danh mục tài liệu; theo dõi sự không phù hợp; chuẩn bị số liệu họp xem xét.",
    "member": "Áp dụng hệ thống tại đơn vị.",
}
RESPONSIBILITIES = (
    ("Giám đốc Sở", "Ban hành chính sách, mục tiêu chất lượng.\nBảo đảm nguồn lực.", "Phê duyệt tài liệu, ký công bố."),
    (
        "Đại diện lãnh đạo – QMR",
        "Điều hành hệ thống.\nBáo cáo Giám đốc kết quả hoạt động.",
        "Yêu cầu đơn vị khắc phục.",
    ),
    ("Trưởng phòng, đơn vị", "Mục tiêu, rủi ro, quy trình của đơn vị.", "Giao việc, kiểm tra tài liệu của đơn vị."),
    ("Công chức, viên chức", "Làm đúng quy trình, lưu hồ sơ.\nGhi nhận sự không phù hợp khi thấy.", ""),
)
COMPETENCES = (
    ("Hiểu và áp dụng TCVN ISO 9001:2015", "", 2),
    ("Giải quyết thủ tục trên Hệ thống thông tin giải quyết thủ tục hành chính", "Chuyên viên", 3),
    ("Đánh giá nội bộ hệ thống quản lý chất lượng", "Thanh tra viên, đánh giá viên nội bộ", 3),
)
# Title, month, which competence, whether held, evaluated.
COURSES = (
    ("Nhận thức chung và phổ biến chính sách, mục tiêu chất lượng năm", 3, 0, "evaluated"),
    ("Cập nhật quy trình giải quyết thủ tục sau sắp xếp đơn vị", 6, 1, "evaluated"),
    ("Đánh giá viên nội bộ theo TCVN ISO 9001:2015", 10, 2, "held"),
    ("Bồi dưỡng đánh giá viên trước đợt đánh giá nội bộ", 12, 2, "planned"),
)
SUPPLIERS = (
    ("Bưu điện tỉnh Bình Lãng", "Nhận, trả kết quả thủ tục qua bưu chính công ích", "good", ""),
    ("Viễn thông Bình Lãng", "Đường truyền, máy chủ của Bộ phận Một cửa", "watch", "Hai lần gián đoạn quá 4 giờ."),
    ("Trung tâm Phục vụ hành chính công tỉnh", "Tiếp nhận hồ sơ tại một cửa tỉnh", "good", ""),
)


def make(life: Any) -> None:
    """Take the lists that such agencies begin with, decide the scope, appoint the committee, hold the courses."""
    year = life.today.year if life.today >= dt.date(life.today.year, 3, 1) else life.today.year - 1
    chi, boss = life.people["chi"], life.people["nguyet"]
    begun = dt.date(year, 1, 20)
    with life.at(begun):
        context.take_issues(life.agency, chi, begun, KIND)
        context.take_parties(life.agency, chi, begun, KIND)
        processes.take_model(life.agency, chi, begun, KIND)
        table = scope.read_table(life.agency, scope.cells_of_text(PROCEDURES))
        scope.import_procedures(life.agency, chi, begun, table)
        scope.decide(life.agency, boss, text=SCOPE, effective_on=begun, sites="Trụ sở Sở Công Thương tỉnh Bình Lãng")
        _committee(life, chi, begun)
        for order, (position, does, may) in enumerate(RESPONSIBILITIES):
            values = {"position": position, "responsibilities": does, "authority": may, "order": order}
            committee.save_responsibility(life.agency, chi, begun, values)
    _people(life, chi, year)
    on = min(life.today, dt.date(year, 9, 15))
    with life.at(on):
        for name, provides, result, note in SUPPLIERS:
            made = suppliers.save(life.agency, chi, {"name": name, "provides": provides, "unit": chi.unit})
            suppliers.evaluate(made, chi, on, on=on, result=result, note=note)


def _committee(life: Any, chi: Person, begun: dt.date) -> None:
    role = CommitteeMember.Role
    named = {"nguyet": role.HEAD, "son": role.QMR, "chi": role.SECRETARY}
    heads = {u: role.MEMBER for u in ("trang", "binh", "duc", "vinh", "ngoc") if u in life.people}
    for username, part in {**named, **heads}.items():
        committee.appoint(
            life.agency, chi, life.people[username], part, decision=DECISION, since=begun, duties=DUTIES[part.value]
        )


def _people(life: Any, chi: Person, year: int) -> None:
    day = dt.date(year, 2, 10)
    staff = sorted(life.people.values(), key=lambda p: p.username)
    with life.at(day):
        wanted = [
            competence.save(life.agency, chi, {"name": name, "for_position": position, "level": level})
            for name, position, level in COMPETENCES
        ]
        # Three newcomers wait to be judged: the map says so.
        for n, person in enumerate(staff[:-3]):
            competence.judge(wanted[0], person, chi, day, 1 + n % 3, "Kết quả công việc")
        competence.judge(wanted[2], life.people["ha"], chi, day, 3, "Chứng chỉ đánh giá viên nội bộ")
    unit = Unit.objects.get(agency=life.agency, name="Văn phòng Sở")
    for title, month, which, state in COURSES:
        planned = dt.date(year, month, 12)
        with life.at(day):
            course: Training = training.save(
                life.agency, chi,
                {"year": year, "title": title, "competence": wanted[which], "unit": unit, "planned_on": planned,
                 "method": "Tập trung", "trainer": "Chi cục Tiêu chuẩn Đo lường Chất lượng"},
            )  # fmt: skip
            training.invite(course, chi, staff[::2] if which else staff)
        if state == "planned" or planned > life.today:
            continue
        with life.at(planned):
            came = [p.pk for n, p in enumerate(staff) if n % 9]
            training.hold(course, chi, planned, held_on=planned, attended=came)
        later = min(life.today, planned + dt.timedelta(60))
        if state == "evaluated":
            with life.at(later):
                training.evaluate(course, chi, later, dict.fromkeys(came, (4, "Làm đúng quy trình mới")))
