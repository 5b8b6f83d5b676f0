"""Plans for the round trip: whole plans with text that a reader could take for something else.

`plans()` gives `(draft, register)`; every text is canonical (see `sauro.writing.canonical`). `raw_plans()` gives plans
as a careless program would hand them over: decomposed letters, tabs, line breaks, unseen characters.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

from hypothesis import strategies as st

from sauro.reading.draft import (
    Article,
    Comparator,
    Draft,
    DraftMilestone,
    DraftObjective,
    DraftTarget,
    DraftTask,
    Form,
    Head,
    LegalBasis,
    ReportingDuty,
    ReportingRule,
    Schedule,
    Signer,
)
from sauro.reading.stated import words as stated_words
from sauro.reading.units import Register
from sauro.writing.canonical import canonical, words

PLAIN = (
    "Xây dựng cơ sở dữ liệu cụm công nghiệp", "Báo cáo kết quả rà soát", "số hóa hồ sơ", "Quyết định được ban hành",
    "đường truyền", "uỷ quyền", "Phổ biến chính sách chất lượng", "100% công chức, viên chức", "tập huấn và bồi dưỡng",
)  # fmt: skip
HOSTILE = (
    "12 - 14%", "từ 8,5 đến 9,5 %", "15-17%", "tối thiểu 85%", "31/12/2026", "ngày 31/6/2027", "Quý IV",
    "Quý II năm 2026",
    "hằng tháng", "trước ngày 20 hằng tháng", "khi có thay đổi", "Thường xuyên", "1.", "1.1", "I.", "a)", "Điều 3.",
    "MỤC TIÊU", "MỤC TIÊU 1:", "I. MỤC TIÊU", "II. NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN", "Phụ lục II", "PHỤ LỤC", "TT",
    "Nội dung công việc", "Đơn vị thực hiện", "Thời hạn", "Sản phẩm", "Ghi chú", "Nhóm nhiệm vụ", "Loại thời hạn",
    "Nơi nhận:", "Lưu: VT", "KT. GIÁM ĐỐC", "Căn cứ Luật Điện lực;", "Theo đề nghị của", "QUYẾT ĐỊNH:", "./.", "/.",
    "Số: 12/QĐ-SCT", "Hà Nội, ngày 01 tháng 02 năm 2026", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "(Kèm theo Quyết định)",
    "a; b; c", "x | y", '"ngoặc kép"', "“trích”", "'đơn'", "- gạch", "+ cộng", "* sao", "• chấm", "–", ":", ";", ",",
    "=1+1",
    "@A1", "<b>đậm</b>", "&amp;", "m²", "¹", "Nhiệm vụ 1.1; 1.2 theo Quyết định số 405/QĐ-BCT", "7.882",
    "83.372,5 tỷ đồng",
    "và", "ISO 9001:2015", "(1)", "[2]", "☑", "𝟏", "hoà bình", "Tháng 6", "năm 2025", "giai đoạn 2026 - 2030",
)  # fmt: skip
DATES = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
NUMBERS = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False).map(
    lambda d: d.quantize(Decimal(1)) if d == d.to_integral_value() else d
)
PERIODS = st.sampled_from(["month", "quarter", "half", "year"])
HEADS = ("Phòng", "Trung tâm", "Cục", "Vụ", "Sở", "Ban", "Văn phòng", "Tổ", "Các phòng,")
FIELDS = (
    "Kế hoạch, Tài chính và Tổng hợp", "Quản lý Thương mại và Thương mại điện tử", "Công nghiệp",
    "Năng lượng và Kỹ thuật an toàn – môi trường", "Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công",
    "đơn vị thuộc Sở", "Khuyến công; Xúc tiến thương mại", "ISO", "Khoa học và Công nghệ", "Điện lực / Than",
)  # fmt: skip


def texts(max_pieces: int = 4) -> st.SearchStrategy[str]:
    """One line of canonical text, hostile or plain, never empty."""
    letters = st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me")),
        min_size=1, max_size=12,
    )  # fmt: skip
    piece = st.one_of(st.sampled_from(PLAIN), st.sampled_from(HOSTILE), letters)
    return st.lists(piece, min_size=1, max_size=max_pieces).map(lambda p: words(" ".join(p))).filter(bool)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """The value, or nothing."""
    return st.one_of(st.none(), strategy)


def registers() -> st.SearchStrategy[Register]:
    """Registers of up to eight bodies, many with commas, "và" and semicolons in their names."""
    name = st.builds(lambda head, rest: f"{head} {rest}", st.sampled_from(HEADS), st.sampled_from(FIELDS))
    return st.lists(name, min_size=1, max_size=8, unique=True).map(
        lambda names: Register.from_json({"units": [{"name": n, "kind": "unit"} for n in names]})
    )


@st.composite
def heads(draw: st.DrawFn) -> Head:
    """The head and tail of a document."""
    return Head(
        number=draw(maybe(st.one_of(texts(1), st.sampled_from(["47/QĐ-SCT", "118/KH-SCT", "05/2026/QĐ-UBND"])))),
        type=draw(maybe(st.sampled_from(["Quyết định", "Kế hoạch", "Chương trình", "Mục tiêu chất lượng"]))),
        issuer=draw(maybe(st.one_of(texts(2), st.sampled_from(["Sở Công Thương tỉnh Bình Lãng", "Bộ Công Thương"])))),
        place=draw(maybe(st.sampled_from(["Hà Nội", "Bình Lãng", "Thành phố Hồ Chí Minh"]))),
        issued_on=draw(maybe(DATES)),
        title=draw(maybe(texts())),
        signer=draw(maybe(st.builds(
            Signer, maybe(st.sampled_from(["Đỗ Thị Minh Nguyệt", "Y Blim Niê", "Ngô Văn Tổng"])),
            maybe(st.sampled_from(["Giám đốc", "Phó Giám đốc", "Thứ trưởng"])),
            maybe(st.sampled_from(["KT.", "TM.", "TL.", "TUQ.", "Q."])),
        ))),
        proposed_by=draw(maybe(texts(2))),
        legal_bases=draw(st.lists(
            st.builds(LegalBasis, texts(), maybe(texts(1)), maybe(texts(1)), maybe(DATES)), max_size=3
        )),
        recipients=draw(st.lists(texts(2), max_size=4)),
        articles=draw(st.lists(
            st.builds(Article, st.from_regex(r"[1-9][0-9]?[a-c]?", fullmatch=True), texts()), max_size=3
        )),
    )  # fmt: skip


def targets() -> st.SearchStrategy[DraftTarget]:
    """Targets of every comparator."""

    def build(comparator: Comparator, a: Decimal, b: Decimal, rest: tuple) -> DraftTarget:
        low, high = min(a, b), max(a, b)
        if comparator in {"=", "approx"}:
            high = low
        first = None if comparator in {"<=", "<"} else low
        last = None if comparator in {">=", ">"} else high
        indicator, unit, direction, baseline, period, source = rest
        return DraftTarget(indicator, comparator, first, last, unit, direction, baseline, period, source)

    rest = st.tuples(
        texts(2), maybe(st.sampled_from(["%", "tỷ đồng", "triệu USD", "tỷ kWh"])),
        maybe(st.sampled_from(["increase", "decrease"])), maybe(st.integers(1990, 2050)),
        maybe(st.sampled_from(["2026", "2026-2030"])), texts(3),
    )  # fmt: skip
    return st.builds(build, st.sampled_from(list(stated_words.COMPARATORS)), NUMBERS, NUMBERS, rest)


def objectives() -> st.SearchStrategy[DraftObjective]:
    """Objectives with items, targets, measurement and dates."""
    return st.builds(
        DraftObjective, texts(), maybe(st.sampled_from(["1", "2", "I.1", "II.2.1", "a"])),
        st.lists(texts(), max_size=3),
        st.lists(targets(), max_size=3), maybe(texts(2)), maybe(DATES), maybe(DATES),
    )  # fmt: skip


def schedules() -> st.SearchStrategy[tuple[str | None, Schedule]]:
    """Words and schedule of every kind; the words say the schedule, say it only with a year, or say something else."""
    exact = st.one_of(
        DATES.map(lambda d: (f"Trước ngày {d:%d/%m/%Y}", Schedule("deadline", due=d))),
        DATES.map(lambda d: (f"{d:%d/%m/%Y}", Schedule("deadline", due=d))),
        st.just(("Hằng quý", Schedule("recurring", period="quarter"))),
        st.just(("Thường xuyên", Schedule("continuous"))),
        st.just(("Khi có thay đổi nhân sự", Schedule("event", event="Khi có thay đổi nhân sự"))),
        st.just(("Quý I/2026", Schedule("deadline", due=dt.date(2026, 3, 31)))),
        st.just(("Quý IV", Schedule("deadline", due=dt.date(2026, 12, 31)))),
        st.just((None, Schedule("unknown"))),
    )
    odd = st.tuples(
        maybe(texts(2)),
        st.one_of(
            st.builds(Schedule, st.just("deadline"), DATES, st.none(), maybe(DATES)),
            st.builds(Schedule, st.just("recurring"), maybe(DATES), PERIODS, maybe(DATES)),
            st.builds(Schedule, st.just("continuous"), st.none(), st.none(), maybe(DATES)),
            st.builds(Schedule, st.just("event"), st.none(), st.none(), st.none(), maybe(texts(2))),
            st.just(Schedule("unknown")),
        ),
    )
    return st.one_of(exact, odd)


@st.composite
def tasks(draw: st.DrawFn, register: Register, notes: list[str]) -> DraftTask:
    """A task whose bodies come from the register, or stand as written where it doesn't know them."""
    unknown = texts(2).filter(lambda name: _stays(name, register))
    body = st.one_of(st.sampled_from(register.names), unknown)
    text, schedule = draw(schedules())
    return DraftTask(
        ref=draw(st.one_of(st.from_regex(r"[1-9][0-9]?(\.[1-9])?", fullmatch=True), texts(1))),
        title=draw(texts()),
        group=draw(maybe(texts(2))),
        lead_units=draw(st.lists(body, max_size=3)),
        coordinating_units=draw(st.lists(body, max_size=3)),
        responsible_text=draw(maybe(texts(2))),
        schedule_text=text,
        schedule=schedule,
        products=draw(st.lists(texts(), max_size=3)),
        milestones=draw(st.lists(st.builds(DraftMilestone, texts(2), maybe(DATES)), max_size=2)),
        measurement=draw(maybe(texts(2))),
        report_frequency=draw(maybe(texts(1))),
        records=draw(maybe(texts(1))),
        origin_footnote=draw(maybe(st.sampled_from(notes))),
        authority=draw(maybe(texts(1))),
        note=draw(maybe(texts(2))),
    )


def _stays(name: str, register: Register) -> bool:
    found = register.match(name)
    return name in register.names or not found.known or found.mended


def duties() -> st.SearchStrategy[ReportingDuty]:
    """Reporting duties with every mark that a rule can have."""
    rule = st.builds(
        ReportingRule, maybe(PERIODS), maybe(st.integers(1, 31)), maybe(st.sampled_from(list(stated_words.MARKS)))
    )
    return st.builds(ReportingDuty, texts(2), maybe(texts(2)), texts(2), rule, maybe(texts(1)), texts())


def forms() -> st.SearchStrategy[Form]:
    """Forms with columns, rows and a scale."""
    return st.builds(
        Form, texts(2), st.lists(texts(1), min_size=1, max_size=9), st.lists(texts(2), max_size=3),
        st.lists(st.sampled_from(["Tốt", "Trung bình", "Kém"]), max_size=3), maybe(texts(1)),
    )  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> tuple[Draft, Register]:
    """A plan and the register it is read against."""
    register = draw(registers())
    notes = draw(st.lists(texts(), min_size=1, max_size=3))
    draft = Draft(
        document=draw(heads()),
        objectives=draw(st.lists(objectives(), max_size=3)),
        tasks=draw(st.lists(tasks(register, notes), max_size=6)),
        reporting_duties=draw(st.lists(duties(), max_size=2)),
        forms=draw(st.lists(forms(), max_size=1)),
    )
    return canonical(draft), register


@st.composite
def raw_plans(draw: st.DrawFn) -> tuple[Draft, Register]:
    """A plan whose titles and products come decomposed, broken and blank-ridden."""
    draft, register = draw(plans())
    spoil = st.sampled_from(["\t", "\n", "  ", "\u200b ", "\u00a0", "\r\n"])
    for task in draft.tasks:
        task.title = unicodedata.normalize("NFD", task.title.replace(" ", draw(spoil)))
        task.products = [unicodedata.normalize("NFD", p) + draw(spoil) for p in task.products]
        task.note = "" if task.note is None else f" {task.note}\n"
    return draft, register
