"""Registers and pages of nonconformities and risks."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from sauro.plans.models import Plan
from sauro.quality.models import Nonconformity, Risk
from sauro.quality.services import nonconformity, risks
from sauro.quality.tests import improving
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db
BASE = "/chat-luong/khong-phu-hop/"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("nonconformities.register", "nonconformities.acts", "nonconformities.page", "risks.register",
                 "risks.page"):  # fmt: skip
        monkeypatch.setattr(f"sauro.web.{room}.today", lambda: TODAY)


@pytest.fixture
def world(agency_world: World, adopted_plan: Plan) -> World:
    improving.year_of(agency_world, adopted_plan)
    return agency_world


@pytest.fixture
def four(world: World) -> dict[str, Nonconformity]:
    first = improving.closed(world, title="Sổ theo dõi bỏ trống", on=TODAY - dt.timedelta(30))
    return {
        "closed": first,
        "late": improving.raised(world, on=TODAY - dt.timedelta(60), title="Hồ sơ thiếu ảnh", clause="8.5.1"),
        "acting": improving.acting(world, grade="major", source="complaint")[0],
        "done": nonconformity.link_repeat(improving.acted(world), first, world.binh, TODAY),
    }


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, "done acting closed late"),
        ({"trang_thai": "done"}, "done"),
        ({"trang_thai": "analysed"}, "acting"),
        ({"muc": "major"}, "acting"),
        ({"nguon": "complaint"}, "acting"),
        ({"dieu": "8.5.1"}, "late"),
        ({"can": "qua_han"}, "late"),
        ({"can": "lap_lai"}, "done"),
        ({"q": "so theo doi"}, "closed"),
        ({"nam": "2026", "trang_thai": "closed"}, "closed"),
        ({"nam": "1999"}, "done acting closed late"),
    ],
)
def test_the_register_is_filtered(four: dict[str, Nonconformity], sign_in: Any, asked: dict, names: str) -> None:
    page = sign_in("an").get(BASE, asked).context["page"]
    assert [row.pk for row in page] == [four[name].pk for name in names.split()]


def test_the_register_is_taken_away_with_its_states(four: dict[str, Nonconformity], sign_in: Any) -> None:
    answer = sign_in("an").get(BASE, {"tai": "xlsx", "trang_thai": "done"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert rows[-1][0] == four["done"].code and rows[-1][-1] == four["closed"].code
    assert "chờ kiểm tra hiệu lực" in rows[-1][10]


@pytest.mark.parametrize("address", [BASE, BASE + "xu-huong/", "/chat-luong/rui-ro/"])
def test_a_list_asks_as_many_questions_with_three_rows_as_with_thirty(world: World, sign_in: Any, address: str) -> None:
    client, asked = sign_in("chi"), []
    for rows in (3, 27):
        for _n in range(rows):
            improving.raised(world)
            improving.a_risk(world)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 24, asked


def test_what_is_next_and_for_whom_it_waits_stands_on_top(four: dict[str, Nonconformity], sign_in: Any) -> None:
    client = sign_in("an")
    assert "Hoàn thành 1 hành động" in client.get(f"{BASE}{four['acting'].pk}/").content.decode()
    page = client.get(f"{BASE}{four['done'].pk}/")
    assert page.context["then"].verb == "judge" and "Lê Thị Kim Chi" in page.context["then"].who
    assert page.context["then"].who.count("Trần Quốc Bình") == 0, "who analysed it does not check it"
    assert [row.pk for row in page.context["chain"]] == [four["closed"].pk, four["done"].pk]
    assert client.get(f"{BASE}{four['closed'].pk}/").context["then"] is None


def test_what_cannot_be_done_is_said_with_what_was_typed(world: World, sign_in: Any) -> None:
    found = improving.raised(world)
    said = {"cause": "Quên báo", "check_after_days": "10", "why_1": "Vì sao quên?", "because_1": ""}
    answer = sign_in("binh").post(f"{BASE}{found.pk}/nguyen-nhan/", said)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "chưa có câu trả lời" in text and 'value="Vì sao quên?"' in text
    assert not Nonconformity.objects.get(pk=found.pk).cause


def test_raising_keeps_the_photo_and_says_which_code_is_unknown(world: World, sign_in: Any) -> None:
    said = {"title": "Mẫu cũ", "text": "3 phiếu", "unit": world.units[TRADE].pk, "grade": "minor", "source": "work"}
    client = sign_in("an")
    answer = client.post(f"{BASE}moi/", {**said, "document": "QT-99"})
    assert answer.status_code == 422 and "Không có mã “QT-99”" in answer.content.decode()
    photo = SimpleUploadedFile("anh.txt", b"Anh chup phieu")
    client.post(f"{BASE}moi/", {**said, "evidence": photo})
    assert Nonconformity.objects.get().proofs.get().evidence.name == "anh.txt"


def test_the_form_says_everything_in_word(four: dict[str, Nonconformity], sign_in: Any) -> None:
    answer = sign_in("an").get(f"{BASE}{four['closed'].pk}/phieu.docx")
    paper = Document(io.BytesIO(answer.getvalue()))
    text = "\n".join(p.text for p in paper.paragraphs) + "\n".join(
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    )
    for words in (four["closed"].code, "Thu hồi mẫu cũ", "Không ai báo có mẫu mới", "Có hiệu lực", "23/11/2026"):
        assert words in text


def test_the_heat_map_counts_what_is_open_and_links_to_it(world: World, sign_in: Any) -> None:
    for _n in range(2):
        improving.a_risk(world)
    risks.close(improving.a_risk(world), world.binh, TODAY, "Hết")
    client = sign_in("an")
    text = client.get("/chat-luong/rui-ro/").content.decode()
    assert 'href="/chat-luong/rui-ro/?trang_thai=open&amp;o=3x3"><span>2</span>' in text
    page = client.get("/chat-luong/rui-ro/", {"trang_thai": "open", "o": "3x3"}).context["page"]
    assert len(page.object_list) == 2
    assert len(client.get("/chat-luong/rui-ro/", {"muc": "high"}).context["page"].object_list) == 0
    assert len(client.get("/chat-luong/co-hoi/").context["page"].object_list) == 0


def test_a_risk_goes_from_review_to_closed_on_its_page(world: World, sign_in: Any) -> None:
    risk = improving.a_risk(world)
    client, address = sign_in("binh"), f"/chat-luong/rui-ro/{risk.pk}/"
    client.post(f"{address}xem-xet/", {"likelihood": "1", "severity": "2", "review_months": "12"})
    assert Risk.objects.get(pk=risk.pk).score == 2
    answer = client.post(f"{address}dong/", {"reason": ""})
    assert answer.status_code == 422
    client.post(f"{address}dong/", {"reason": "Đã có người thay"})
    assert Risk.objects.get(pk=risk.pk).state == "closed"
    assert client.get(f"{address}phieu.docx").status_code == 200


def test_the_head_of_the_unit_finds_what_it_has_to_answer_on_the_first_page(
    four: dict[str, Nonconformity], sign_in: Any
) -> None:
    heading, late = "Sự không phù hợp chờ xử lý", four["late"]
    page = sign_in("binh").get("/").content.decode()
    assert heading in page and f'href="{BASE}{late.pk}/"' in page and four["acting"].code not in page
    assert [heading in sign_in(who).get("/").content.decode() for who in ("an", "dung")] == [False, False]
