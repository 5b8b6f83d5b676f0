"""What the decision that declares conformity says on paper, from the records alone (Quyết định 19/2014/QĐ-TTg)."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sauro.documents.models import DocumentClass, DocumentedInformation
from sauro.quality import dossier
from sauro.quality.models import Applicability, ConformityDeclaration, ListedProcedure, Scope
from sauro.quality.services import declaration, scope
from sauro.quality.services.declaration import Check
from sauro.testing import TODAY, TRADE, World
from sauro.writing import quality as papers

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 12, 10)


@pytest.fixture
def declared(agency_world: World, monkeypatch: pytest.MonkeyPatch) -> ConformityDeclaration:
    """A declaration with three procedures, one of them with its internal procedure, and a clause left out."""
    w = agency_world
    monkeypatch.setattr(declaration, "checks", lambda *_: [Check("audit", True, "Đã đánh giá.", "audit-list")])
    cls = DocumentClass.objects.create(agency=w.agency, code="QT", name="Quy trình", kind="procedure")
    rule = DocumentedInformation.objects.create(
        agency=w.agency, cls=cls, code="QT.11", title="Cấp giấy phép", folded="", unit=w.units[TRADE],
        unit_path=w.units[TRADE].path,
    )  # fmt: skip
    for code, name, field, document in (
        ("2.000001", "Cấp giấy phép bán lẻ rượu", "Thương mại", rule),
        ("2.000002", "Cấp lại", "Thương mại", None),
        ("3.000001", "Cấp giấy phép phát điện", "Điện lực", None),
    ):
        values = {"code": code, "name": name, "field": field, "unit": w.units[TRADE], "document": document}
        scope.save_procedure(w.agency, w.chi, TODAY, values)
    Applicability.objects.create(
        agency=w.agency, edition="2015", clause="8.3", applies=False, justification="Sở không thiết kế dịch vụ mới",
        decided_by=w.giang, decided_on=TODAY,
    )  # fmt: skip
    scope.decide(w.agency, w.giang, text="Quản lý nhà nước về công thương", effective_on=TODAY)
    row = declaration.prepare(w.agency, 2026, w.chi, TODAY)
    return declaration.declare(row, w.giang, TODAY, number="152/QĐ-SCT")


def printed(row: ConformityDeclaration) -> tuple[str, list[list[list[str]]]]:
    """The words of the paper in reading order, and its tables."""
    out = io.BytesIO()
    papers.write_declaration(out, dossier.declaration_paper(row))
    paper = docx.Document(out)
    lines = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paper.element.body.iter(qn("w:p"))]
    return "\n".join(lines).replace("\xa0", " "), [[[c.text for c in r.cells] for r in t.rows] for t in paper.tables]


def with_head(tables: list[Any], head: str) -> list[list[str]]:
    return next(rows for rows in tables if head in rows[0])


def test_the_decision_declares_posts_and_lists_what_is_covered(declared: ConformityDeclaration) -> None:
    words, tables = printed(declared)
    for said in (
        "Số: 152/QĐ-SCT",
        "Bình Lãng, ngày 23 tháng 11 năm 2026",
        "GIÁM ĐỐC SỞ CÔNG THƯƠNG",
        "Căn cứ Quyết định số 19/2014/QĐ-TTg",
        "Điều 1. Công bố Hệ thống quản lý chất lượng phù hợp Tiêu chuẩn quốc gia TCVN ISO 9001:2015",
        "Điều 3. Bản công bố được niêm yết tại trụ sở",
        "BẢN CÔNG BỐ",
        "Quản lý nhà nước về công thương",
        "8.3: Sở không thiết kế dịch vụ mới",
        "(Kèm theo Quyết định số 152/QĐ-SCT ngày 23 tháng 11 năm 2026 của Giám đốc Sở Công Thương",
        "1. Lĩnh vực Điện lực",
        "2. Lĩnh vực Thương mại",
        "Đỗ Trường Giang",
    ):
        assert said in words, said
    assert "thay thế" not in words and "công bố lại" not in words.lower()
    rows = [row for table in tables if "Tên thủ tục, hoạt động" in table[0] for row in table[1:]]
    assert [row[1:] for row in rows] == [
        ["3.000001", "Cấp giấy phép phát điện", TRADE, ""],
        ["2.000001", "Cấp giấy phép bán lẻ rượu", TRADE, "QT.11"],
        ["2.000002", "Cấp lại", TRADE, ""],
    ]


def test_what_was_declared_stays_on_paper_though_the_list_changes(
    declared: ConformityDeclaration, agency_world: World
) -> None:
    before = printed(declared)
    scope.end_procedure(ListedProcedure.objects.get(code="2.000002"), agency_world.chi, TODAY)
    assert printed(ConformityDeclaration.objects.get(pk=declared.pk)) == before


def test_declaring_again_says_why_and_what_it_replaces(declared: ConformityDeclaration, agency_world: World) -> None:
    w = agency_world
    scope.decide(w.agency, w.giang, text="Công thương và khuyến công", effective_on=LATER, reason="Thêm khuyến công")
    row = declaration.prepare(w.agency, 2026, w.chi, LATER, reason="Mở rộng phạm vi sang khuyến công.")
    words, _tables = printed(declaration.declare(row, w.giang, LATER, number="160/QĐ-SCT"))
    for said in (
        "Điều 1. Công bố lại Hệ thống",
        "Lý do công bố lại: Mở rộng phạm vi sang khuyến công.",
        "thay thế Quyết định số 152/QĐ-SCT ngày 23/11/2026.",
    ):
        assert said in words, said
    assert "công.." not in words


def test_a_draft_leaves_number_and_day_open(agency_world: World) -> None:
    w = agency_world
    found = Scope.objects.create(
        agency=w.agency, no=1, text="Công thương", effective_on=TODAY, decided_by=w.giang, procedures=[]
    )
    row = ConformityDeclaration.objects.create(agency=w.agency, year=2026, no=1, scope=found)
    words, tables = printed(row)
    assert "ngày      tháng      năm" in words and "Thủ trưởng cơ quan" in words.replace("THỦ TRƯỞNG", "Thủ trưởng")
    assert with_head(tables, "Tên thủ tục, hoạt động")[1][0] == "Không có"
