"""The auditor's folder: every clause has a page that tells what answers it or what is missing; names stay the same."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from sauro.plans.models import Plan
from sauro.quality import dossier
from sauro.quality.dossier import pieces, tables
from sauro.quality.models import YearCycle
from sauro.quality.ready import standard
from sauro.quality.services import competence, feedback, nonconformity, proofs, reviews
from sauro.quality.tests import improving
from sauro.testing import TODAY, TRADE, World
from sauro.writing import quality as papers

pytestmark = pytest.mark.django_db


def lived(world: World, plan: Plan) -> None:
    YearCycle.objects.create(agency=world.agency, year=2026, plan=plan)
    nonconformity.raise_nonconformity(
        world.agency, world.chi, TODAY, source="work", title="Chậm trả", text="x", unit=world.units[TRADE]
    )
    review = reviews.plan_review(world.agency, 2026, TODAY, world.chi, chair=world.giang)
    reviews.freeze(review, world.chi, TODAY)
    reviews.decide(review, world.giang, TODAY, text="Thêm người trực", unit=world.units[TRADE], due=TODAY)
    reviews.conclude(review, world.giang, TODAY, "Hệ thống có hiệu lực", minutes="Nhất trí")


def test_every_clause_has_a_page_and_every_link_leads_somewhere(
    agency_world: World, adopted_plan: Plan, tmp_path: Path
) -> None:
    lived(agency_world, adopted_plan)
    seen: list[tuple[int, int]] = []
    n = dossier.write_folder(agency_world.agency, 2026, TODAY, tmp_path / "hs", lambda a, b, _t: seen.append((a, b)))
    assert seen[-1] == (n, n) and n > 6
    root = tmp_path / "hs"
    pages = sorted(root.glob("dieu-khoan/*/index.html"))
    assert len(pages) == len(standard.clauses())
    assert pages[0].parent.name.startswith("04") and pages[-1].parent.name.startswith("10.3")
    for page in [root / "index.html", *pages]:
        for link in re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8")):
            assert (page.parent / link).resolve().is_file(), f"{page}: {link}"
    review_page = next(p for p in pages if p.parent.name.startswith("09.3-")).read_text(encoding="utf-8")
    assert "bien-ban.docx" in review_page
    supplier_page = next(p for p in pages if p.parent.name.startswith("08.4-")).read_text(encoding="utf-8")
    assert "Chưa có hồ sơ nào" in supplier_page and "Còn thiếu" in supplier_page, "a gap is told as one"
    assert (root / "khong-phu-hop/kph-2026-01.docx").is_file()
    assert not list(root.rglob("*.part"))


def test_a_zip_holds_the_same_names_each_time(agency_world: World, adopted_plan: Plan) -> None:
    lived(agency_world, adopted_plan)
    out = io.BytesIO()
    dossier.write_zip(agency_world.agency, 2026, TODAY, out)
    streamed = io.BytesIO(b"".join(dossier.stream_zip(agency_world.agency, 2026, TODAY)))
    names = [zipfile.ZipFile(made).namelist() for made in (out, streamed)]
    assert zipfile.ZipFile(streamed).testzip() is None
    assert names[0] == names[1] and len(set(names[0])) == len(names[0])
    assert all(name.isascii() for name in names[0]) and "index.html" in names[0]


def test_the_index_says_how_much_is_left_out_and_where_it_is(
    agency_world: World, adopted_plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = agency_world
    lived(w, adopted_plan)
    for n in range(2):
        one = nonconformity.raise_nonconformity(
            w.agency, w.chi, TODAY, source="work", title=f"Chậm {n}", text="x", unit=w.units[TRADE]
        )
        proofs.add_proof(one, "nonconformity", w.chi, io.BytesIO(b"%PDF-1.4 " + str(n).encode()), f"Ảnh {n}.pdf")
        improving.a_risk(w, title=f"Rủi ro {n}")
    complaint = feedback.receive(w.agency, TODAY, kind="complaint", text="Chậm trả")
    proofs.add_proof(complaint, "feedback", w.chi, io.BytesIO(b"%PDF-1.4 thu cua nguoi dan"), "Thư.pdf")

    asked = competence.save(w.agency, w.chi, {"name": "Soạn thảo"})
    competence.judge(asked, w.an, w.chi, TODAY, 2)

    def index() -> str:
        dossier.write_folder(w.agency, 2026, TODAY, tmp_path)
        return (tmp_path / "index.html").read_text(encoding="utf-8")

    assert "Không kèm theo" not in index()
    monkeypatch.setattr(pieces, "FORMS", 1)
    monkeypatch.setattr(pieces, "PROOFS", 1)
    monkeypatch.setattr(tables, "LEVELS", 0)
    said = index()
    assert "1 trên 3 phiếu sự không phù hợp có trong hồ sơ này; 2 phiếu sự không phù hợp còn lại đủ trong sổ" in said
    assert "1 trên 2 phiếu rủi ro, cơ hội có trong hồ sơ này; 1 phiếu" in said
    assert "1 trên 2 tệp minh chứng có trong hồ sơ này; 1 tệp" in said, "what a citizen sent is none of these"
    assert "0 trên 1 dòng năng lực" in said


def test_the_papers_of_a_review_say_what_was_decided(agency_world: World, adopted_plan: Plan) -> None:
    lived(agency_world, adopted_plan)
    from sauro.quality.models import ManagementReview

    review = ManagementReview.objects.get()
    report = dossier.report_paper(review, TODAY)
    assert len(report.inputs) == 12 and report.as_of == TODAY
    assert report.proposals[0].text == "Thêm người trực"
    minutes = dossier.minutes_paper(review, TODAY)
    assert "Thêm người trực" in minutes.improvements and minutes.decisions[0].due == TODAY
    for write, paper in (
        (papers.write_review_agenda, dossier.agenda_paper(review)), (papers.write_review_report, report),
        (papers.write_review_minutes, minutes),
        (papers.write_year_report, dossier.year_report_paper(agency_world.agency, 2026, TODAY)),
    ):  # fmt: skip
        out = io.BytesIO()
        write(out, paper)  # type: ignore[operator]
        assert out.getvalue()[:2] == b"PK"
