"""Whole documents of kinds that offices issue, written for these tests: what must be read out of each."""

import datetime as dt
from pathlib import Path

import pytest

from sauro.reading import read
from sauro.reading.draft import Draft, DraftTask

FOLDER = Path(__file__).parent / "documents"


def draft(name: str) -> Draft:
    return read(FOLDER / f"{name}.txt").draft


def task(found: Draft, ref: str) -> DraftTask:
    return next(t for t in found.tasks if t.ref == ref)


def amounts(found: Draft) -> list[tuple[object, ...]]:
    return [
        (
            t.comparator,
            None if t.low is None else float(t.low),
            None if t.high is None else float(t.high),
            t.unit,
            t.period,
        )
        for o in found.objectives
        for t in o.targets
    ]


HEADS = [
    (
        "ke-hoach-khong-bang",
        "118/KH-UBND",
        "Kế hoạch",
        "Ủy ban nhân dân tỉnh Bắc Sơn",
        "2026-02-05",
        ("Trần Văn Minh", "Phó Chủ tịch", "KT."),
    ),
    (
        "chuong-trinh-tinh-uy",
        "12-CTr/TU",
        "Chương trình hành động",
        "Tỉnh ủy Bắc Sơn",
        "2026-01-20",
        ("Nguyễn Văn Hùng", "Bí thư", "TM."),
    ),
    (
        "quyet-dinh-so-nhom-la-ma",
        "57/QĐ-SNNMT",
        "Quyết định",
        "Sở Nông nghiệp và Môi trường",
        "2026-03-09",
        ("Lê Thị Hoa", "Phó Giám đốc", "KT."),
    ),
    ("quyet-dinh-bo-hai-bang", None, "Quyết định", "Bộ Xây dựng", None, ("Trần Hồng Minh", "Bộ trưởng", None)),
    (
        "muc-tieu-va-bang-chi-tieu",
        "05/MT-SCT",
        "Mục tiêu chất lượng",
        "Sở Công Thương",
        None,
        ("Phạm Quang Huy", "Giám đốc", None),
    ),
    (
        "ke-hoach-theo-muc-tieu",
        None,
        "Kế hoạch",
        "Sở Y tế tỉnh An Bình",
        "2026-01-15",
        ("Võ Thị Kim Anh", "Giám đốc", None),
    ),
]


@pytest.mark.parametrize(("name", "number", "type_", "issuer", "day", "signer"), HEADS)
def test_the_head_of_a_document(name, number, type_, issuer, day, signer) -> None:
    head = draft(name).document
    assert (head.number, head.type, head.issuer) == (number, type_, issuer)
    assert head.issued_on == (dt.date.fromisoformat(day) if day else None)
    assert head.signer is not None
    assert (head.signer.name, head.signer.position, head.signer.authority) == signer


def test_a_blank_number_and_date_are_doubts() -> None:
    fields = [d.field for d in draft("quyet-dinh-bo-hai-bang").doubts]
    assert {"document.number", "document.issued_on"} <= set(fields)


def test_bases_of_a_plan_that_begins_with_thuc_hien() -> None:
    bases = draft("ke-hoach-khong-bang").document.legal_bases
    assert [(b.type, b.number) for b in bases] == [("Nghị quyết", "76/NQ-CP"), ("Kế hoạch", "25/KH-UBND")]


def test_a_law_cited_by_name_and_day_has_no_number() -> None:
    bases = draft("quyet-dinh-so-nhom-la-ma").document.legal_bases
    assert [(b.number, b.date) for b in bases] == [
        (None, dt.date(2025, 6, 16)),
        ("30/2025/QĐ-UBND", dt.date(2025, 3, 1)),
    ]


def test_recipients_stand_apart_from_the_signature_beside_them() -> None:
    assert draft("quyet-dinh-so-nhom-la-ma").document.recipients == ["Như Điều 3", "UBND tỉnh (b/c)", "Lưu: VT, KHTC"]


def test_tasks_written_as_prose_with_named_lines() -> None:
    found = draft("ke-hoach-khong-bang")
    assert [t.ref for t in found.tasks] == ["III.1.a", "III.1.b", "III.2.a"]
    first = found.tasks[0]
    assert first.lead_units == ["Sở Tư pháp"]
    assert first.coordinating_units == ["Các sở, ban, ngành", "UBND các xã, phường"]
    assert first.schedule.due == dt.date(2026, 3, 31)
    assert first.products == ["Kế hoạch của UBND tỉnh"]
    assert found.tasks[1].schedule.kind == "continuous"


def test_targets_leave_out_last_year() -> None:
    assert amounts(draft("ke-hoach-khong-bang")) == [
        ("=", 100, 100, "%", "2026"),
        (">=", 98, None, "%", "2026"),
        (">=", 85, None, "%", "2026"),
        (">", 70, None, "%", "2026"),
        (">=", 2, None, "bậc", "2026"),
    ]


def test_targets_take_the_year_of_their_heading() -> None:
    periods = [p for *_, p in amounts(draft("chuong-trinh-tinh-uy"))]
    assert periods == ["2030", "2030", "2030", "2030", "2045"]


def test_results_told_before_the_goals_are_no_targets() -> None:
    assert not [t for o in draft("chuong-trinh-tinh-uy").objectives for t in o.targets if t.low == 82]


def test_a_sentence_that_says_giao_names_the_leader() -> None:
    first = task(draft("chuong-trinh-tinh-uy"), "III.1")
    assert first.lead_units == ["Ban Tuyên giáo và Dân vận Tỉnh ủy"]
    assert first.schedule.due == dt.date(2026, 6, 30)


def test_reporting_duties_with_a_day_for_each_period() -> None:
    duties = draft("ke-hoach-khong-bang").reporting_duties
    rules = [(d.who, d.to, d.rule.period, d.rule.before_day) for d in duties]
    assert rules == [
        ("Các sở, ban, ngành, UBND các xã, phường", "Sở Nội vụ", "quarter", 15),
        ("Sở Nội vụ", "UBND tỉnh", "half", 10),
        ("Sở Nội vụ", "UBND tỉnh", "year", 10),
    ]


def test_numbers_that_begin_anew_take_their_groups_label() -> None:
    found = draft("quyet-dinh-so-nhom-la-ma")
    assert [t.ref for t in found.tasks] == ["I.1", "I.2", "II.1", "II.2"]
    assert found.tasks[0].lead_units == ["Phòng Trồng trọt"]
    assert found.tasks[0].coordinating_units == ["Chi cục Thủy lợi", "Phòng Kế hoạch, Tài chính"]
    assert found.tasks[2].products == ["Số liệu quan trắc", "Báo cáo năm"]


def test_a_day_that_does_not_exist_is_said() -> None:
    (doubt,) = [d for d in draft("quyet-dinh-so-nhom-la-ma").doubts if d.field.endswith("schedule")]
    assert doubt.text == "31/6/2026"
    assert doubt.lines == (36, 36)


def test_one_column_that_says_who_leads_and_who_helps() -> None:
    found = draft("quyet-dinh-bo-hai-bang")
    assert (found.tasks[0].lead_units, found.tasks[0].coordinating_units) == (["Vụ Pháp chế"], ["các Cục, Vụ"])
    assert found.tasks[1].coordinating_units == ["Vụ Pháp chế", "Vụ Vận tải"]


def test_first_and_last_day_from_two_columns() -> None:
    schedule = task(draft("quyet-dinh-bo-hai-bang"), "2").schedule
    assert (schedule.start, schedule.due) == (dt.date(2026, 3, 1), dt.date(2027, 10, 31))


def test_headings_between_tables_are_groups() -> None:
    groups = {t.group for t in draft("quyet-dinh-bo-hai-bang").tasks}
    assert groups == {"A. CẢI CÁCH THỂ CHẾ", "B. CẢI CÁCH THỦ TỤC"}


def test_objectives_over_tables_number_their_tasks() -> None:
    found = draft("ke-hoach-theo-muc-tieu")
    assert [t.ref for t in found.tasks] == ["MT1.1", "MT1.2", "MT2.1"]
    assert [o.ref for o in found.objectives] == ["1", "2"]
    assert found.tasks[0].records == "Ảnh chụp, biên bản"


def test_indicators_in_a_table_with_a_column_of_units() -> None:
    assert amounts(draft("muc-tieu-va-bang-chi-tieu"))[-3:] == [
        ("=", 45500, 45500, "Tỷ đồng", "2026"),
        ("range", 10, 12, "%", "2026"),
        (">=", 3, None, "Cụm", "2026"),
    ]


def test_sub_rows_are_tasks_where_they_have_a_unit_and_words_where_not() -> None:
    found = draft("nhiem-vu-co-dong-con")
    assert [t.ref for t in found.tasks] == ["1", "2.1", "2.2", "3", "4"]
    assert task(found, "3").title.endswith("a) Xác định nguyên nhân b) Thực hiện hành động")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda p: p.stem)
def test_every_trace_points_at_the_words_it_tells_of(path: Path) -> None:
    reading = read(path)
    traces = [t for task_ in reading.draft.tasks for t in task_.read.values()]
    traces += list(reading.draft.document.read.values())
    traces += [t for o in reading.draft.objectives for target in o.targets for t in target.read.values()]
    assert traces
    for trace in traces:
        block = reading.manuscript.blocks[trace.block]
        text = block.text if trace.cell is None else block.cells[trace.cell].text
        assert 0 <= trace.start <= trace.end <= len(text)
        here = " ".join(text[trace.start : trace.end].split())
        assert " ".join(trace.raw.split()).startswith(here[:40])


def test_tasks_with_their_unit_and_time_in_brackets() -> None:
    found = draft("ke-hoach-dang-uy").tasks
    assert [(t.ref, t.lead_units, t.coordinating_units, t.schedule.kind) for t in found] == [
        ("III.1", ["Ủy ban Kiểm tra Đảng ủy"], [], "deadline"),
        ("III.2", ["Ban Tuyên giáo"], ["Văn phòng Đảng ủy"], "deadline"),
        ("III.3", [], [], "continuous"),
    ]
    assert found[2].title == "Giải quyết đơn thư tố cáo đối với đảng viên"


def test_how_often_is_no_target_of_its_own() -> None:
    assert [t.unit for o in draft("ke-hoach-dang-uy").objectives for t in o.targets] == [
        "%",
        "tổ chức đảng",
        "đảng viên",
        "%",
    ]


def test_a_paragraph_about_last_year_sets_no_target() -> None:
    found = draft("muc-tieu-chat-luong-xa")
    assert found.document.issuer == "Ủy ban nhân dân xã Đồng Tiến"
    assert [float(t.low or t.high or 0) for o in found.objectives for t in o.targets] == [
        99, 0.5, 95, 60, 80, 15, 100, 12.5, 1250, 9.5,
    ]  # fmt: skip


def test_columns_in_an_order_nobody_expects() -> None:
    found = draft("quyet-dinh-cot-dao-so-cach")
    assert found.document.number == "1025/QĐ-TĐC"
    assert found.document.issued_on == dt.date(2026, 6, 30)
    assert [(t.ref, t.group) for t in found.tasks][::2] == [
        ("1", "I XÂY DỰNG THỂ CHẾ"),
        ("3", "II ĐÀO TẠO, TRUYỀN THÔNG"),
    ]
    assert found.tasks[0].coordinating_units == ["Ban Pháp chế - Thanh tra", "Văn phòng"]
    assert found.tasks[1].schedule.due == dt.date(2028, 12, 31)
    assert [t.period for o in found.objectives for t in o.targets] == ["2026-2027", "2026-2027", "2028", "2028"]


def test_bases_listed_under_a_heading_of_their_own() -> None:
    bases = draft("ke-hoach-bo-nhom-chu-cai").document.legal_bases
    assert [(b.type, b.number) for b in bases] == [("Luật", None), ("Nghị định", "42/2025/NĐ-CP")]


def test_groups_by_letter_and_a_unit_named_before_a_colon() -> None:
    found = draft("ke-hoach-bo-nhom-chu-cai")
    assert [t.ref for t in found.tasks] == ["1", "2", "3"]
    assert found.tasks[0].lead_units == ["Cục Quản lý Khám, chữa bệnh"]
    assert [(d.who, d.to, d.rule.period, d.rule.before_day) for d in found.reporting_duties] == [
        ("Trung tâm Thông tin y tế Quốc gia", "Lãnh đạo Bộ", "month", 25)
    ]
    assert len([t for o in found.objectives for t in o.targets]) == 4


def test_a_letter_that_orders_work() -> None:
    found = draft("cong-van-giao-viec")
    assert (found.document.type, found.document.number) == ("Công văn", "1234/BNV-CCHC")
    assert [b.number for b in found.document.legal_bases] == ["76/NQ-CP", "100/QĐ-TTg"]
    assert found.tasks[0].schedule.due == dt.date(2026, 3, 31)
