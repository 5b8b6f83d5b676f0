"""For every plan P: read(write(P)) == P, through Word and through Excel."""

import copy
import datetime as dt
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from sauro.reading import read
from sauro.reading import tests as documents
from sauro.reading.draft import Draft, DraftTask, Head, Schedule
from sauro.reading.tests.shared import published, shared_folder
from sauro.reading.units import Register
from sauro.writing import write_plan_docx, write_plan_xlsx
from sauro.writing.canonical import canonical
from sauro.writing.tests.strategies import plans, raw_plans

LIMITS = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def through_word(draft, register, folder):
    path = folder / "plan.docx"
    write_plan_docx(draft, path, units=register)
    return read(path, register).draft


def through_excel(draft, register, folder):
    path = folder / "plan.xlsx"
    write_plan_xlsx(draft, path)
    return read(path, register).draft


@LIMITS
@given(plans())
def test_a_plan_comes_back_from_word_as_it_was(tmp_path, plan):
    draft, register = plan
    assert through_word(draft, register, tmp_path) == draft


@LIMITS
@given(plans())
def test_a_plan_comes_back_from_excel_as_it_was(tmp_path, plan):
    draft, register = plan
    assert through_excel(draft, register, tmp_path) == draft


@LIMITS
@given(raw_plans())
def test_careless_text_comes_back_in_canonical_form(tmp_path, plan):
    draft, register = plan
    before = copy.deepcopy(draft)
    assert through_word(draft, register, tmp_path) == canonical(draft)
    assert through_excel(draft, register, tmp_path) == canonical(draft)
    assert draft == before


def long_plan(count):
    """A plan of plain tasks in groups of twenty with shared footnotes."""
    units = ["Phòng Kế hoạch, Tài chính và Tổng hợp", "Văn phòng Sở", "Phòng Quản lý Công nghiệp"]
    register = Register.from_json({"units": [{"name": name, "kind": "unit"} for name in units]})
    tasks = [
        DraftTask(
            ref=str(n),
            group=f"{'I' * (1 + n // 20 % 3)}. Nhóm việc thứ {n // 20 + 1}",
            title=f"Xây dựng cơ sở dữ liệu chuyên ngành số {n} của Sở",
            lead_units=[units[n % 3]],
            coordinating_units=[units[(n + 1) % 3]] if n % 4 else [],
            schedule_text=f"Trước ngày {n % 28 + 1:02d}/{n % 12 + 1:02d}/2026",
            schedule=Schedule("deadline", due=dt.date(2026, n % 12 + 1, n % 28 + 1)),
            products=["Báo cáo kết quả"] if n % 3 else ["Quyết định phê duyệt", "Biên bản nghiệm thu"],
            origin_footnote=f"Nhiệm vụ theo Quyết định số {n // 50 + 10}/QĐ-UBND ngày 05/01/2026."
            if n % 5 == 0
            else None,
        )
        for n in range(1, count + 1)
    ]
    head = Head(
        number="9/KH-SCT", type="Kế hoạch", issuer="Sở Công Thương tỉnh Bình Lãng", issued_on=dt.date(2026, 1, 9)
    )
    return Draft(document=head, tasks=tasks), register


def test_a_table_of_two_hundred_rows_comes_back(tmp_path):
    draft, register = long_plan(200)
    assert through_word(draft, register, tmp_path) == draft
    assert through_excel(draft, register, tmp_path) == draft


def test_published_decisions_come_back(tmp_path):
    shared = shared_folder()
    units = json.loads((shared / "units.json").read_text(encoding="utf-8")) if shared else {}
    register = Register.from_json(units)
    kept = (Path(documents.__file__).parent / "documents").iterdir()
    for path in [*sorted(kept), *(path for path, _ in published() if path.suffix == ".txt")]:
        draft = read(path, register).draft
        assert canonical(draft) == draft
        assert through_word(draft, register, tmp_path) == draft, path.name
        assert through_excel(draft, register, tmp_path) == draft, path.name
