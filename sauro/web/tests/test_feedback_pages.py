"""The room of satisfaction and feedback: registers, a survey from making to its report, what is public."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pytest

from sauro.plans.models import Plan
from sauro.quality.models import Feedback, Publication, Survey
from sauro.quality.services import feedback, surveys
from sauro.quality.tests.test_surveys import make_survey, say
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))


def _queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_registers_take_as_many_queries_for_thirty_rows_as_for_three(agency_world: World, sign_in: Any) -> None:
    client, counts = sign_in("chi"), []
    for many in (3, 27):
        for n in range(many):
            row = feedback.receive(agency_world.agency, TODAY, kind="complaint", text=f"Việc {many} {n}")
            feedback.assign(row, agency_world.chi, agency_world.units[TRADE], TODAY)
            make_survey(agency_world, opened=False)
        _queries(client, "/chat-luong/phan-anh/")
        counts.append([_queries(client, f"/chat-luong/{page}/") for page in ("phan-anh", "hai-long")])
    assert counts[0] == counts[1]


def test_feedback_is_filtered_searched_and_taken_away(agency_world: World, sign_in: Any) -> None:
    for kind, text in (("complaint", "Ghế chờ hỏng"), ("praise", "Cảm ơn quầy 3")):
        feedback.receive(agency_world.agency, TODAY, kind=kind, text=text)
    client = sign_in("chi")
    for asked, count in (({"loai": "praise"}, 1), ({"q": "ghe cho"}, 1), ({"trang_thai": "qua_han"}, 0), ({}, 2)):
        assert client.get("/chat-luong/phan-anh/", asked).context["page"].paginator.count == count
    file = client.get("/chat-luong/phan-anh/", {"tai": "xlsx"})
    values = list(openpyxl.load_workbook(io.BytesIO(b"".join(file))).active.iter_rows(values_only=True))
    assert any("Ghế chờ hỏng" in row for row in values)


def test_the_quality_page_leads_to_feedback_only_who_may_open_it(agency_world: World, sign_in: Any) -> None:
    row = feedback.receive(agency_world.agency, TODAY, kind="complaint", text="Ghế chờ hỏng")
    for who, leads in (("chi", True), ("dung", False)):
        client = sign_in(who)
        page = client.get("/chat-luong/").content.decode()
        assert row.code in page
        assert (f'href="/chat-luong/phan-anh/{row.pk}/"' in page) is leads
        assert (client.get(f"/chat-luong/phan-anh/{row.pk}/").status_code == 200) is leads


def test_a_survey_is_made_from_the_model_opened_and_reported(agency_world: World, sign_in: Any) -> None:
    client = sign_in("chi")
    page = client.get("/chat-luong/hai-long/lap/")
    form, questions = page.context["form"], page.context["questions"]
    said = {"title": form.initial["title"], "intro": "", "asks_unit": "on"}
    said |= {"opens_on": "20/11/2026", "closes_on": "30/11/2026"}
    said |= {f"q-{k}": str(v) for k, v in questions.management_form.initial.items()}
    for n, q in enumerate(questions):
        row = {"kind": "scale", **q.initial}
        row["required"] = "on" if row.get("required") else ""
        said |= {f"q-{n}-{k}": str(v) for k, v in row.items()}
    assert client.post("/chat-luong/hai-long/lap/", {**said, "closes_on": "31/11/2026"}).status_code == 422
    made = client.post("/chat-luong/hai-long/lap/", said)
    survey = Survey.objects.get()
    assert made.status_code == 302 and survey.questions.count() == 7
    client.post(f"/chat-luong/hai-long/{survey.pk}/mo/")
    survey.refresh_from_db()
    for n in range(6):
        surveys.answer(survey, say(survey, 5, text="Rất tốt"), TODAY, key=str(n), unit=agency_world.units[TRADE])
    page = client.get(f"/chat-luong/hai-long/{survey.pk}/").content.decode()
    assert "Không có phiếu đánh giá kém" in page and TRADE in page and "<svg" in page
    paper = docx.Document(io.BytesIO(b"".join(client.get(f"/chat-luong/hai-long/{survey.pk}/ket-qua.docx"))))
    words = "\n".join(c.text for t in paper.tables for r in t.rows for c in r.cells)
    assert TRADE in words and "Rất tốt" in words


def test_an_answer_prints_as_an_official_letter(agency_world: World, sign_in: Any) -> None:
    row = feedback.receive(agency_world.agency, TODAY, kind="complaint", text="Ghế chờ hỏng")
    feedback.answer(row, agency_world.chi, "Đã thay ghế mới.", TODAY)
    file = sign_in("giang").get(f"/chat-luong/phan-anh/{row.pk}/tra-loi.docx")
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(b"".join(file))).paragraphs)
    assert "Đã thay ghế mới." in words and row.code in words


def test_what_was_typed_stays_when_it_cannot_be_taken(agency_world: World, sign_in: Any) -> None:
    row = feedback.receive(agency_world.agency, TODAY, kind="complaint", text="Ghế chờ hỏng")
    feedback.answer(row, agency_world.chi, "Đã thay.", TODAY)
    answer = sign_in("chi").post(f"/chat-luong/phan-anh/{row.pk}/tra-loi/", {"answer": "Lời thứ hai"})
    assert answer.status_code == 409 and "đã xong" in answer.content.decode()
    assert Feedback.objects.get().answer == "Đã thay."


def test_a_person_sees_the_difference_and_publishes_what_was_seen(
    agency_world: World, adopted_plan: Plan, sign_in: Any
) -> None:
    client = sign_in("chi")
    page = client.get("/chat-luong/cong-khai/objectives/")
    seen = page.context["row"].made.sha256
    assert client.post("/chat-luong/cong-khai/objectives/", {"seen": "x"}).status_code == 409
    assert client.post("/chat-luong/cong-khai/objectives/", {"seen": seen, "next_on": "31/02/2027"}).status_code == 422
    assert client.post("/chat-luong/cong-khai/objectives/", {"seen": seen}).status_code == 302
    adopted_plan.objectives.update(text="Mục tiêu đã sửa lời")
    page = client.get("/chat-luong/cong-khai/objectives/").content.decode()
    assert "<ins" in page and "<del" in page
    assert client.get("/chat-luong/cong-khai/").context["waiting"] == 1
    public = client.get(f"/cong-khai/{agency_world.agency.pk}/").content.decode()
    assert "Mục tiêu đã sửa lời" not in public and Publication.objects.count() == 1
