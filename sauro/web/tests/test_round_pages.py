"""The focal unit at its round, through the pages: accepting, returning, calling, settling, writing, locking."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sauro.monitoring import services
from sauro.monitoring.models import Call, Consolidation, Duty, Report, ReportTemplate, Round
from sauro.monitoring.rounds.report import gather_report
from sauro.monitoring.services.consolidating import sections_of
from sauro.plans.models import Plan
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("acts", "views", "writing", "lists"):
        monkeypatch.setattr(f"sauro.web.rounds.{place}.today", lambda: TODAY)


@pytest.fixture
def round(agency_world: World, adopted_plan: Plan) -> Round:
    """A round that three units owe; trade sent its report with a difficulty, industry without one."""
    w = agency_world
    made = services.call_round(adopted_plan, w.chi, TODAY, kind="ad_hoc", event="Giao ban", due=TODAY)
    for unit, person, trouble in ((TRADE, w.binh, "Thiếu kinh phí"), (INDUSTRY, w.dung, "")):
        report = services.answer_duty(made.duties.get(unit=w.units[unit]), person, TODAY)
        services.save_report(report, person, {"done_text": "Đã làm.", "difficulties": trouble})
        services.submit_report(report, person, TODAY)
    return made


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="sauro.organization.backends.PersonBackend")
    return client


def sent(client: Client, name: str, round: Round, **data: Any) -> str:
    """Send a form of the round's page; gives the page that follows."""
    answer = client.post(reverse(name, args=[round.pk]), data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def states(round: Round) -> dict[str, str]:
    """Each unit's report and how it stands."""
    return dict(Report.objects.filter(round=round).values_list("unit__name", "state"))


def test_one_unit_or_all_that_give_no_trouble_are_accepted_at_a_press(round: Round, agency_world: World) -> None:
    chi = signed_in(agency_world, "chi")
    assert "Đã nhận 1 báo cáo" in sent(chi, "round-accept", round)
    assert states(round) == {TRADE: "submitted", INDUSTRY: "accepted"}
    assert "Đã nhận 1 báo cáo" in sent(chi, "round-accept", round, don_vi=agency_world.units[TRADE].pk)
    assert states(round) == {TRADE: "accepted", INDUSTRY: "accepted"}
    assert "Không còn báo cáo nào chờ nhận" in sent(chi, "round-accept", round)


def test_one_report_is_accepted_by_itself(round: Round, agency_world: World) -> None:
    report = Report.objects.get(round=round, unit=agency_world.units[TRADE])
    sent(signed_in(agency_world, "chi"), "round-accept", round, bao_cao=report.pk)
    assert states(round) == {TRADE: "accepted", INDUSTRY: "submitted"}


def test_a_report_is_returned_only_with_a_reason(round: Round, agency_world: World) -> None:
    chi = signed_in(agency_world, "chi")
    report = Report.objects.get(round=round, unit=agency_world.units[TRADE])
    assert "Ghi lý do trả lại" in sent(chi, "round-return", round, bao_cao=report.pk, ly_do=" ")
    assert states(round)[TRADE] == "submitted"
    sent(chi, "round-return", round, bao_cao=report.pk, ly_do="Thiếu số liệu tháng 11.")
    report.refresh_from_db()
    assert (report.state, report.return_reason) == ("returned", "Thiếu số liệu tháng 11.")


def test_a_round_is_locked_when_nothing_waits_and_opened_by_who_may_with_a_reason(
    round: Round, agency_world: World
) -> None:
    chi = signed_in(agency_world, "chi")
    assert "Còn 2 báo cáo đã nộp chưa xử lý" in sent(chi, "round-lock", round)
    services.accept_reports(round, agency_world.chi)
    sent(chi, "round-lock", round)
    assert set(states(round).values()) == {"locked"}
    refused = signed_in(agency_world, "binh").post(reverse("round-unlock", args=[round.pk]), {"ly_do": "Bổ sung"})
    assert refused.status_code == 403
    assert "Ghi lý do mở lại" in sent(chi, "round-unlock", round, ly_do="")
    assert set(states(round).values()) == {"locked"}
    sent(chi, "round-unlock", round, ly_do="Bổ sung báo cáo.")
    assert set(states(round).values()) == {"accepted"}


def test_a_round_is_called_from_its_form(agency_world: World, adopted_plan: Plan) -> None:
    chi = signed_in(agency_world, "chi")
    wrong = chi.post(reverse("round-call"), {"plan": adopted_plan.pk, "kind": "ad_hoc", "event": ""})
    assert wrong.status_code == 422 and not Round.objects.filter(kind="ad_hoc").exists()
    day = f"{TODAY:%d/%m/%Y}"
    good = {"plan": adopted_plan.pk, "kind": "ad_hoc", "event": "Họp giao ban", "due": day}
    assert chi.post(reverse("round-call"), good).status_code == 302
    assert Round.objects.get(kind="ad_hoc").duties.count() == 3


def test_units_are_called_once_a_day_from_the_page(round: Round, agency_world: World) -> None:
    chi = signed_in(agency_world, "chi")
    assert "Đã nhắc 1 đơn vị" in sent(chi, "round-remind", round)
    assert "Hôm nay đã nhắc rồi" in sent(chi, "round-remind", round)
    assert Call.objects.filter(duty__round=round).count() == 1


def test_what_a_person_wrote_stays_when_the_report_is_made_again(round: Round, agency_world: World) -> None:
    chi = signed_in(agency_world, "chi")
    sent(chi, "consolidation-save", round, phan="opening", text="Lời mở đầu của tôi.", no="0")
    sent(chi, "consolidation-generate", round)
    services.accept_reports(round, agency_world.chi)
    sent(chi, "consolidation-generate", round)
    kept = Consolidation.objects.get(round=round)
    texts = {s.name: s.text for s in sections_of(gather_report(kept.round, TODAY), kept)}
    assert texts["opening"] == "Lời mở đầu của tôi."
    sent(chi, "consolidation-settle", round, phan="opening", cach="lay")
    kept = Consolidation.objects.get(round=round)
    texts = {s.name: s.text for s in sections_of(gather_report(kept.round, TODAY), kept)}
    assert texts["opening"].startswith("Thực hiện")


def test_a_template_with_mistakes_is_refused_with_each_of_them(agency_world: World) -> None:
    import docx

    paper = docx.Document()
    paper.add_paragraph("{{ ten_la }} và {{ ten_khac }}")
    out = io.BytesIO()
    paper.save(out)
    chi = signed_in(agency_world, "chi")
    file = SimpleUploadedFile("mau.docx", out.getvalue())
    answer = chi.post(reverse("template-list"), {"name": "BC tháng", "tep": file})
    assert answer.status_code == 422 and not ReportTemplate.objects.exists()
    body = answer.content.decode()
    assert "ten_la" in body and "ten_khac" in body


@pytest.mark.parametrize("name", ["round", "round-list"])
def test_pages_ask_as_often_for_three_units_as_for_thirty(name: str, round: Round, agency_world: World) -> None:
    chi = signed_in(agency_world, "chi")
    address = reverse(name, args=[round.pk] if name == "round" else [])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert chi.get(address).status_code == 200
        return len(queries)

    asked()
    few = asked()
    root = agency_world.units[TRADE].get_parent()
    for n in range(27):
        root.refresh_from_db()
        unit = root.add_child(agency=agency_world.agency, name=f"Phòng {n}", folded=f"phong {n}", sort_key=f"{n}")
        duty = Duty.objects.create(
            agency=agency_world.agency, plan=round.plan, round=round, kind=Duty.Kind.CALLED, unit=unit,
            unit_path=unit.path, title="x", nominal_due=TODAY, due=TODAY,
        )  # fmt: skip
        if n % 2:
            Report.objects.create(
                agency=agency_world.agency, duty=duty, round=round, unit=unit, author=agency_world.binh,
                state=Report.State.DRAFT, done_text="Đang làm.",
            )  # fmt: skip
    assert asked() == few
