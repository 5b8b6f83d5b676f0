"""Registers without a folded column are searched without diacritics all the same, small ones and those of a million."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from sauro.documents.models import Reading
from sauro.ledger.models import Entry
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Evidence, Round
from sauro.organization import services as organization
from sauro.plans.models import Plan
from sauro.quality.models import Competence, ConformityDeclaration, ManagementReview
from sauro.quality.services import scope as scopes
from sauro.quality.services import training
from sauro.quality.tests.audit_parts import make_audit
from sauro.testing import TODAY, TRADE, World, task_of
from sauro.vietnamese.text import fold
from sauro.web.quality.registers import holding, year_filter
from sauro.words import WordIndex

pytestmark = pytest.mark.django_db


def listed(client: Client, name: str, **asked: str) -> list[int]:
    """The keys of the rows on the first page of a list."""
    return [row.pk for row in client.get(reverse(name), asked).context["page"].object_list]


@pytest.fixture
def reviews(agency_world: World) -> list[ManagementReview]:
    """Two reviews, one of them with a decision."""
    first, second = (
        ManagementReview.objects.create(
            agency=agency_world.agency, year=year, no=1, planned_on=dt.date(year, 12, 1), state="held",
            held_on=dt.date(year, 12, 1), conclusion=conclusion, chair=agency_world.giang,
            frozen_at=timezone.now(),
        )
        for year, conclusion in ((2024, "Hệ thống đạt yêu cầu"), (2025, "Cần thêm nguồn lực"))
    )  # fmt: skip
    first.decisions.create(text="Đào tạo đánh giá viên", order=1)
    first.decisions.create(text="Sửa quy trình", order=2)
    return [first, second]


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("nguồn lực", [2025]),
        ("nguon LUC", [2025]),
        (unicodedata.normalize("NFD", "nguồn lực"), [2025]),
        ("dao tao", [2024]),
        ("dat dao tao", [2024]),
        ("đạt nguồn", []),
        ("…", [2025, 2024]),
    ],
)
def test_words_are_found_over_several_fields_and_over_what_hangs_on_the_row(
    reviews: list[ManagementReview], words: str, years: list[int]
) -> None:
    found = holding("conclusion", "decisions__text")(ManagementReview.objects.all(), words)
    assert [r.year for r in found.order_by("-year")] == years


def test_years_are_those_of_the_rows_newest_first_and_one_more_where_it_is_wanted(
    reviews: list[ManagementReview],
) -> None:
    rows = ManagementReview.objects.all()
    assert [value for value, _words in year_filter(rows).choices] == ["2025", "2024"]
    assert [value for value, _words in year_filter(rows, also=2026).choices] == ["2026", "2025", "2024"]
    by_day = year_filter(rows, "held_on__year")
    assert [r.year for r in by_day.apply(rows, "2024")] == [2024]


def test_reviews_are_found_by_what_was_concluded_and_decided(sign_in: Any, reviews: list[ManagementReview]) -> None:
    client = sign_in("chi")
    assert listed(client, "review-list", q="danh gia vien") == [reviews[0].pk]
    assert listed(client, "review-list", q="nguon luc", nam="2024") == []
    assert listed(client, "review-list", nam="2025") == [reviews[1].pk]


def test_declarations_are_found_by_their_reason(sign_in: Any, agency_world: World) -> None:
    w = agency_world
    scope = scopes.decide(w.agency, w.giang, text="Mọi hoạt động", effective_on=TODAY)
    made = ConformityDeclaration.objects.create(agency=w.agency, year=2026, no=1, scope=scope, reason="Mở rộng phạm vi")
    assert listed(sign_in("chi"), "declaration-list", q="mo rong", nam="2026") == [made.pk]
    assert listed(sign_in("chi"), "declaration-list", q="thu hep") == []


def test_audits_are_found_by_code_unit_and_team_once_each(sign_in: Any, agency_world: World) -> None:
    audit = make_audit(agency_world, "planned")
    client = sign_in("chi")
    for words in (audit.code.lower(), "thuong mai", "vu thi hoa"):
        assert listed(client, "audit-list", q=words) == [audit.pk]
    assert listed(client, "audit-list", q="cong nghiep") == []


def test_rounds_are_found_by_their_plan_and_their_event(sign_in: Any, adopted_plan: Plan, agency_world: World) -> None:
    called = monitoring.call_round(
        adopted_plan,
        agency_world.chi,
        TODAY,
        kind="ad_hoc",
        event="Kiểm tra đột xuất",
        due=TODAY + dt.timedelta(days=9),
    )
    client = sign_in("chi")
    assert listed(client, "round-list", q="dot xuat") == [called.pk]
    of_plan = listed(client, "round-list", q="chuyen doi so 118")
    assert set(of_plan) == set(Round.objects.values_list("pk", flat=True))


def test_files_under_review_are_found_by_their_name(sign_in: Any, agency_world: World) -> None:
    named = Reading.objects.create(
        agency=agency_world.agency, file_name="Kế hoạch quý IV.docx", state=Reading.State.READY,
        uploaded_by=agency_world.chi,
    )  # fmt: skip
    assert listed(sign_in("chi"), "reading-list", q="ke hoach quy iv") == [named.pk]
    assert listed(sign_in("chi"), "reading-list", q="quyet dinh") == []


def test_people_in_the_matrix_are_found_and_a_file_of_all_asks_no_more_for_more_people(
    sign_in: Any, agency_world: World
) -> None:
    w, client = agency_world, sign_in("chi")
    Competence.objects.create(agency=w.agency, name="Soạn thảo văn bản", level=3)
    assert listed(client, "competence-matrix", q="tien dung") == [w.dung.pk]
    assert set(listed(client, "competence-matrix", q="tien dung cong nghiep")) == {w.dung.pk}

    def taken() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse("competence-matrix"), {"tai": "xlsx"})
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        assert sheet
        return len(asked), sum("Soạn" in str(row) or "Nguyễn" in str(row) for row in sheet.values)

    taken()
    few, few_rows = taken()
    for n in range(30):
        organization.add_person(f"them{n}", f"Nguyễn Văn {n}", w.units[TRADE], "officer", "sauro-demo-2026")
    many, many_rows = taken()
    assert many_rows == few_rows + 30
    assert many <= few


@pytest.fixture
def proofs(adopted_plan: Plan, agency_world: World) -> list[Evidence]:
    """Two files on a report that was handed in."""
    report = monitoring.start_report(task_of(adopted_plan, "1.1"), agency_world.an, TODAY)
    monitoring.save_report(report, agency_world.an, {"progress": 100, "done_text": "Đã vận hành."})
    made = [
        monitoring.add_evidence(report, agency_world.an, io.BytesIO(b"%PDF-1.4 " + name.encode()), name)
        for name in ("Biên_bản-nghiệm thu.pdf", "Đề nghị thanh toán.pdf")
    ]
    monitoring.submit_report(report, agency_world.an, TODAY)
    return made


@pytest.mark.parametrize(
    ("words", "which"),
    [
        ("nghiem thu", [0]),
        ("nghiệm thu", [0]),
        ("bien ban nghi", [0]),
        ("DE NGHI", [1]),
        ("đề", [1]),
        ("pdf", [0, 1]),
        ("gian hang quoc gia", [0, 1]),
        ('" OR *', []),
        ("(:*", []),
        ("không có", []),
    ],
)
def test_evidence_is_found_by_its_own_name_or_its_task(
    proofs: list[Evidence], sign_in: Any, words: str, which: list[int]
) -> None:
    found = listed(sign_in("chi"), "evidence-list", q=words)
    assert sorted(found) == [proofs[i].pk for i in which]


def test_the_words_of_evidence_follow_every_change(proofs: list[Evidence]) -> None:
    first, second = proofs
    find = lambda words: list(Evidence.objects.all().matching(words).values_list("pk", flat=True))  # noqa: E731
    first.name = "Ảnh chụp hiện trường"
    first.save()
    assert find("hien truong") == [first.pk] and find("nghiem thu") == []
    Evidence.objects.filter(pk=second.pk).update(number="15/BB-SCT")
    assert find("15 bb sct") == [second.pk]
    Evidence.objects.filter(pk=second.pk).delete()
    assert find("15 bb sct") == []


def test_the_ledger_is_searched_without_diacritics(sign_in: Any, adopted_plan: Plan) -> None:
    plan = set(Entry.objects.filter(object_label__contains="Chuyển đổi số").values_list("seq", flat=True))
    assert plan
    client = sign_in("giang")
    assert set(listed(client, "ledger-list", q="chuyen doi so")) == plan
    assert set(listed(client, "ledger-list", q="CHUYỂN ĐỔI s")) == plan
    assert listed(client, "ledger-list", q="chuyen doi so khong co") == []


def test_an_index_that_is_taken_away_and_made_again_holds_what_was_there(proofs: list[Evidence]) -> None:
    index = WordIndex("monitoring_evidence", "id", ("name", "number"))
    # PostgreSQL makes no index while the foreign keys of new rows are still to be checked.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in [*index.unmade(connection.vendor), *index.made(connection.vendor)]:
            cursor.execute(statement)
    assert list(Evidence.objects.all().matching("de nghi")) == [proofs[1]]


def test_every_vietnamese_letter_is_found_by_its_bare_one(agency_world: World) -> None:
    letters = "ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ"
    groups = {bare: [c for c in letters + letters.upper() if fold(c) == bare] for bare in "aoeuiyd"}
    assert sum(map(len, groups.values())) == 2 * len(letters) == 134
    for n, (bare, marked) in enumerate(groups.items()):
        Entry.objects.bulk_create(
            Entry(seq=1000 * (n + 1) + i, at=timezone.now(), object_label=f"x{c}x", agency_id=1, hash=f"{n} {i}")
            for i, c in enumerate(marked)
        )
        assert Entry.objects.all().matching(f"x{bare}x").count() == len(marked)


@pytest.mark.parametrize("typed", ["²", "٣", "0" * 30, "-1", ""])
@pytest.mark.parametrize(
    "name", ["nonconformity-trends", "unit-objective-list", "review-list", "audit-list", "training-list", "round-list"]
)
def test_a_year_that_is_none_is_left_aside(sign_in: Any, agency_world: World, name: str, typed: str) -> None:
    asked = dict.fromkeys(("nam", "don_vi", "trang"), typed)
    assert sign_in("chi").get(reverse(name), asked).status_code == 200


def test_an_effect_that_is_no_figure_is_not_counted(sign_in: Any, agency_world: World) -> None:
    w = agency_world
    course = training.save(
        w.agency, w.chi, {"year": 2026, "title": "Tập huấn", "unit": w.units[TRADE], "planned_on": TODAY}
    )
    training.invite(course, w.chi, [w.an])
    training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.an.pk])
    sign_in("chi").post(reverse("training-evaluate", args=[course.pk]), {f"effect-{w.an.pk}": "²", "effect-²": "3"})
    assert course.places.get().effect is None
