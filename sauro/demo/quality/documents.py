"""A year of controlled documents: the model set made the agency's own, procedures of units, second and third issues.

One draft waits for its check, one was returned, one approved issue waits for its day, one review is due, one document
ended; nine in ten readings were confirmed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sauro.documents.control import approval, circulation, drafts, effect, register, reviews
from sauro.documents.control.classes import ensure_classes
from sauro.documents.models import Acknowledgement, DocumentedInformation, DocumentVersion
from sauro.organization.models import Person, Unit
from sauro.quality.services.model_documents import draft_model_set

TRADE = "Phòng Quản lý Thương mại và Thương mại điện tử"
INDUSTRY = "Phòng Quản lý Công nghiệp và Cụm công nghiệp"
ENERGY = "Phòng Quản lý Năng lượng và Kỹ thuật an toàn – môi trường"
EXPORT = "Phòng Xuất nhập khẩu và Hội nhập kinh tế quốc tế"
DAY = dt.timedelta(days=1)
_BLANK = re.compile(r"\[[^\]]*\]")


@dataclass(slots=True, frozen=True)
class Own:
    """A procedure of a unit: who writes it, who checks it, what is done in how many steps."""

    code: str
    title: str
    unit: str
    writer: str
    checker: str
    basis: str
    steps: tuple[tuple[str, str, str, str], ...]


RECEIVE = ("Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
RETURN = ("Trả kết quả", "Bộ phận Một cửa", "0,5 ngày", "Sổ theo dõi hồ sơ")
OWN = (
    Own("QT.TM.01", "Cấp giấy phép bán buôn rượu trên địa bàn tỉnh", TRADE, "an", "binh",
        "Nghị định số 105/2017/NĐ-CP về kinh doanh rượu",
        (RECEIVE, ("Thẩm định hồ sơ", "Chuyên viên phòng", "5 ngày", "Phiếu thẩm định BM.TM.01.01"),
         ("Xem xét, trình ký", "Trưởng phòng", "2 ngày", "Dự thảo giấy phép"),
         ("Ký giấy phép", "Lãnh đạo Sở", "1 ngày", "Giấy phép"), RETURN)),
    Own("QT.TM.02", "Thông báo website thương mại điện tử bán hàng", TRADE, "hang", "binh",
        "Nghị định số 52/2013/NĐ-CP về thương mại điện tử",
        (("Tiếp nhận thông báo trực tuyến", "Chuyên viên phòng", "1 ngày", "Bản thông báo"),
         ("Đối chiếu thông tin chủ website", "Chuyên viên phòng", "2 ngày", "Phiếu đối chiếu BM.TM.02.01"),
         ("Xác nhận hoặc yêu cầu bổ sung", "Trưởng phòng", "1 ngày", "Thông báo xác nhận"))),
    Own("QT.CN.01", "Thẩm định thành lập cụm công nghiệp", INDUSTRY, "duc", "chi",
        "Nghị định số 32/2024/NĐ-CP về quản lý, phát triển cụm công nghiệp",
        (RECEIVE, ("Lấy ý kiến các sở, ngành", "Chuyên viên phòng", "7 ngày", "Văn bản lấy ý kiến"),
         ("Tổng hợp, lập báo cáo thẩm định", "Chuyên viên phòng", "8 ngày", "Báo cáo thẩm định BM.CN.01.02"),
         ("Trình Ủy ban nhân dân tỉnh", "Lãnh đạo Sở", "3 ngày", "Tờ trình"), RETURN)),
    Own("QT.NL.01", "Kiểm tra an toàn đập, hồ chứa thủy điện", ENERGY, "vinh", "chi",
        "Nghị định số 114/2018/NĐ-CP về quản lý an toàn đập, hồ chứa nước",
        (("Lập kế hoạch kiểm tra", "Trưởng phòng", "quý I", "Kế hoạch kiểm tra"),
         ("Kiểm tra tại hiện trường", "Đoàn kiểm tra", "1 ngày mỗi công trình", "Biên bản BM.NL.01.01"),
         ("Thông báo kết quả, theo dõi khắc phục", "Chuyên viên phòng", "5 ngày", "Thông báo kết quả"))),
    Own("QT.XNK.01", "Hỗ trợ doanh nghiệp về quy tắc xuất xứ hàng hóa", EXPORT, "ngoc", "chi",
        "Nghị định số 31/2018/NĐ-CP về xuất xứ hàng hóa",
        (("Tiếp nhận câu hỏi", "Chuyên viên phòng", "trong ngày", "Sổ theo dõi"),
         ("Trả lời, hướng dẫn", "Chuyên viên phòng", "3 ngày", "Văn bản trả lời"))),
)  # fmt: skip
SECOND = {
    "QT.01": "Bổ sung việc xác nhận đã đọc trên phần mềm thay sổ giấy.",
    "QT.05": "Thêm thang điểm khả năng, mức độ ảnh hưởng năm mức.",
    "QT.04": "Rút thời hạn khắc phục từ 30 xuống 20 ngày; thêm phân tích năm lần hỏi vì sao.",
    "QT.TM.01": "Rút thời hạn thẩm định từ 7 xuống 5 ngày theo phương án đơn giản hóa.",
    "MT.01": "Cập nhật chỉ tiêu theo kế hoạch điều chỉnh của Sở.",
}
THIRD = {
    "QT.04": "Thêm việc nhận diện sự không phù hợp lặp lại.",
    "QT.TM.01": "Nhận hồ sơ trực tuyến toàn trình, bỏ bản giấy.",
}


def year_of(today: dt.date) -> int:
    """The year that is being lived: as the demonstration's plans, the one before until March."""
    return today.year if today >= dt.date(today.year, 3, 1) else today.year - 1


def make(life: Any) -> None:
    """Live the year of documents up to today."""
    year, today, people = year_of(life.today), life.today, life.people
    chi, phuc, boss = people["chi"], people["phuc"], people["nguyet"]
    units = {u.name: u for u in Unit.objects.filter(agency=life.agency)}
    begun = dt.date(year, 1, 12)
    with life.at(min(begun, today)):
        made = draft_model_set(life.agency, chi, "so", year, chi.unit)
        for version in made:
            drafts.save_draft(version, chi, _filled(version.content))
            if _BLANK.search(version.document.title):
                register.change(version.document, chi, {"title": _BLANK.sub("", version.document.title)})
    for n, version in enumerate(made):
        last = n == len(made) - 1
        # Most were in force on paper before they came here; the last one's yearly review is due by now.
        effective = today - 370 * DAY if last else dt.date(year, 1, 20)
        _issue(life, version, min(begun + 5 * DAY, today), (phuc, boss), effective)
    for n, own in enumerate(OWN):
        _own(life, own, units, min(begun + (9 + n) * DAY, today))
    for at, changes in ((dt.date(year, 5, 6), SECOND), (dt.date(year, 9, 8), THIRD)):
        for k, (code, words) in enumerate(changes.items()):
            if at + (k + 6) * DAY < today:
                _revise(life, code, words, at + k * DAY)
    _read(life)
    _review_kept(life)
    _now(life)


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    """What the model set leaves to the agency, filled in as an agency would: shortly."""

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return _BLANK.sub(lambda m: m[0][1:-1].rstrip("."), value)
        if isinstance(value, list):
            return [fill(v) for v in value]
        return {k: fill(v) for k, v in value.items()} if isinstance(value, dict) else value

    filled: dict[str, Any] = fill(content)
    return filled


def _issue(
    life: Any, version: DocumentVersion, day: dt.date, hands: tuple[Person, Person], effective: dt.date | None = None,
    units: list[Unit] | None = None,
) -> None:  # fmt: skip
    """Send, check, approve: three days in a row; in force on the fifth."""
    checker, boss = hands
    with life.at(day):
        drafts.send(version, version.drafted_by)
    with life.at(day + DAY):
        approval.check(version, checker)
    approved = day + 2 * DAY
    with life.at(approved):
        number = f"{20 + version.pk % 60}/QĐ-SCT"
        on = effective or day + 4 * DAY
        approval.approve(version, boss, approved, on, decision_number=number, units=units)
    if on > approved:
        with life.at(on):
            effect.take_effect(life.agency, on)


def _own(life: Any, own: Own, units: dict[str, Unit], day: dt.date) -> None:
    people = life.people
    classes = ensure_classes(life.agency)
    names = ("name", "who", "how_long", "form")
    content = {
        "purpose": f"Thống nhất cách {own.title[:1].lower()}{own.title[1:]}, đúng hạn, đúng thẩm quyền.",
        "scope": f"{own.unit} và các đơn vị, tổ chức, cá nhân có liên quan.",
        "references": ["TCVN ISO 9001:2015, điều khoản 8.5.", own.basis + "."],
        "responsibility": "Lãnh đạo phòng phân công, kiểm soát thời hạn; chuyên viên thực hiện và lưu hồ sơ.",
        "steps": [dict(zip(names, step, strict=True)) for step in own.steps],
        "records": [
            {"code": f"HS.{own.code[3:]}", "title": "Hồ sơ giải quyết", "place": own.unit, "retention": "05 năm"}
        ],
    }
    writer = people[own.writer]
    with life.at(day):
        document = register.register(
            classes["QT"], writer, code=own.code, title=own.title, unit=units[own.unit], clauses=["8.5.1", "8.2"]
        )
        version = drafts.start_version(document, writer, content=content)
    given = [units[own.unit], writer.unit, people["chi"].unit, people["nguyet"].unit]
    _issue(life, version, day + DAY, (people[own.checker], people["nguyet"]), units=list(dict.fromkeys(given)))


def _find(life: Any, code: str) -> DocumentedInformation | None:
    rows = DocumentedInformation.objects.filter(agency=life.agency, code=code, current__isnull=False)
    return rows.select_related("current__drafted_by").first()


def _revise(life: Any, code: str, words: str, day: dt.date) -> None:
    document = _find(life, code)
    if document is None or document.current is None:
        return
    writer = document.current.drafted_by
    checker = life.people["binh" if writer.username in ("an", "hang") else "phuc"]
    given = list(Unit.objects.filter(pk__in=document.current.distributions.values("unit")))
    with life.at(day):
        version = drafts.start_version(document, writer)
        version = drafts.save_draft(version, writer, _changed(version.content, words), summary=words)
    _issue(life, version, day + DAY, (checker, life.people["nguyet"]), units=given)


def _changed(content: dict[str, Any], words: str) -> dict[str, Any]:
    """The content with the change in it: the first step takes less time, the responsibility says what is new."""
    steps = [dict(s) for s in content["steps"]]
    if len(steps) > 1:
        steps[1]["text"] = f"{steps[1].get('text', '')}\n{words}".strip()
    return {**content, "steps": steps, "responsibility": f"{content['responsibility']}\n{words}".strip()}


def _read(life: Any) -> None:
    """Nearly everyone reads within days; of the latest versions one in eleven hasn't yet."""
    rows = Acknowledgement.objects.filter(agency=life.agency).waiting().select_related("version__document", "person")
    for n, ack in enumerate(rows.order_by("asked_on", "pk")):
        day = ack.asked_on + dt.timedelta(days=1 + n * 7 % 8)
        if day > life.today or (n % 9 == 5 and ack.asked_on > life.today - 90 * DAY):
            continue
        with life.at(day):
            circulation.acknowledge(ack.version, ack.person)


def _review_kept(life: Any) -> None:
    """In June two procedures were looked at and kept as they are."""
    day = dt.date(year_of(life.today), 6, 18)
    for code, note in (
        ("QT.03", "Đã rà soát, không có thay đổi về căn cứ và tổ chức."),
        ("QT.07", "Còn phù hợp; đợt đánh giá gần nhất không có phát hiện liên quan."),
    ):
        document = _find(life, code)
        if document and day <= life.today:
            with life.at(day):
                reviews.settle(document, life.people["phuc"], day, "kept", note)


def _now(life: Any) -> None:
    """What is going on these days."""
    today = life.today
    _at_check(life, "QT.TM.02", "hang", "Đối chiếu với cơ sở dữ liệu quốc gia về dân cư.")
    _returned(life, "QT.CN.01")
    _waiting(life, "QT.02")
    _ended(life)
    with life.at(today):
        reviews.raise_due(life.agency, today)
        circulation.remind(life.agency, today)


def _at_check(life: Any, code: str, writer: str, words: str) -> None:
    document, person = _find(life, code), life.people[writer]
    if document:
        with life.at(life.today - 2 * DAY):
            version = drafts.start_version(document, person)
            version = drafts.save_draft(version, person, _changed(version.content, words), summary=words)
            drafts.send(version, person)


def _returned(life: Any, code: str) -> None:
    document, person = _find(life, code), life.people["duc"]
    words = "Thêm bước lấy ý kiến Bộ Công Thương với cụm trên 75 ha."
    if document:
        with life.at(life.today - 6 * DAY):
            version = drafts.start_version(document, person)
            version = drafts.save_draft(version, person, _changed(version.content, words), summary=words)
            drafts.send(version, person)
        with life.at(life.today - 4 * DAY):
            approval.return_version(version, life.people["chi"], "Chưa ghi thời hạn của bước mới và biểu mẫu kèm theo.")


def _waiting(life: Any, code: str) -> None:
    document, chi = _find(life, code), life.people["chi"]
    words = "Thêm chuyên gia đánh giá là người ngoài đơn vị được đánh giá; mẫu phiếu ghi chép mới."
    if document:
        begun = life.today - 5 * DAY
        with life.at(begun):
            version = drafts.start_version(document, chi)
            version = drafts.save_draft(version, chi, _changed(version.content, words), summary=words)
            drafts.send(version, chi)
        with life.at(begun + DAY):
            approval.check(version, life.people["phuc"])
        with life.at(begun + 2 * DAY):
            approval.approve(version, life.people["nguyet"], begun + 2 * DAY, life.today + 6 * DAY)


def _ended(life: Any) -> None:
    chi, boss = life.people["chi"], life.people["nguyet"]
    classes = ensure_classes(life.agency)
    day = dt.date(year_of(life.today), 2, 10)
    if day + 40 * DAY > life.today:
        return
    with life.at(day):
        document = register.register(
            classes["HD"],
            chi,
            code="HD.01",
            title="Hướng dẫn ghi sổ theo dõi văn bản giấy",
            unit=chi.unit,
            clauses=["7.5.3"],
        )
        body = "Ghi sổ theo mẫu, mỗi văn bản một dòng; cuối ngày đối chiếu số đã vào sổ với số đã phát hành."
        version = drafts.start_version(document, chi, content={"body": body})
    _issue(life, version, day + DAY, (life.people["phuc"], boss), units=[chi.unit])
    with life.at(day + 40 * DAY):
        register.make_obsolete(document, boss, day + 40 * DAY, "Đã chuyển hẳn sang hệ thống quản lý văn bản điện tử.")
