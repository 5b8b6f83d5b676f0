"""Issues, interested parties and responsibilities on paper: all that the record says, in official layout."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.urls import reverse

from sauro.quality.services import committee, context
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db


def printed(client: Any, name: str, pk: int) -> tuple[str, dict[str, str]]:
    """The words of the form, and its facts."""
    answer = client.get(reverse(name, args=[pk]))
    assert answer.status_code == 200
    paper = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
    cells = ["\n".join(c.text for c in row.cells) for table in paper.tables for row in table.rows]
    facts = {row.cells[0].text: row.cells[1].text for row in paper.tables[1].rows}
    return "\n".join([*(p.text for p in paper.paragraphs), *cells]).replace("\xa0", " "), facts


@pytest.fixture(params=["vi", "en"])
def client_in(request: Any, sign_in: Any) -> Any:
    """The secretary, in each language of the screen: the papers are Vietnamese in both."""
    client = sign_in("chi")
    client.cookies["django_language"] = request.param
    return client


def test_an_issue_prints_as_a_form(client_in: Any, agency_world: World) -> None:
    w = agency_world
    values = {"kind": "internal", "effect": "bad", "text": "Thiếu người", "response": "Tuyển thêm\nĐào tạo"}
    issue = context.save_issue(w.agency, w.chi, TODAY, values)
    words, facts = printed(client_in, "issue-paper", issue.pk)
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHIẾU THEO DÕI VẤN ĐỀ CỦA BỐI CẢNH", "Người duyệt"):
        assert said in words
    assert facts == {
        "Vấn đề": "Thiếu người",
        "Nguồn": "Nội bộ",
        "Ảnh hưởng": "Khó khăn",
        "Cách theo dõi, ứng phó": "Tuyển thêm\nĐào tạo",
        "Ngày xem xét gần nhất": "23/11/2026",
    }
    context.end(issue, w.chi, TODAY)
    assert printed(client_in, "issue-paper", issue.pk)[1]["Không còn từ ngày"] == "23/11/2026"


def test_a_party_prints_as_a_form(client_in: Any, agency_world: World) -> None:
    w = agency_world
    values = {"kind": "citizen", "name": "Hộ kinh doanh", "needs": "Nhanh\nRõ", "unit": w.units[TRADE]}
    words, facts = printed(client_in, "party-paper", context.save_party(w.agency, w.chi, TODAY, values).pk)
    assert "PHIẾU THEO DÕI BÊN QUAN TÂM" in words and "Hộ kinh doanh" in words
    assert facts["Nhóm"] == "Người dân, doanh nghiệp" and facts["Nhu cầu, mong đợi"] == "Nhanh\nRõ"
    assert facts["Đơn vị theo dõi"] == TRADE and "Cách đáp ứng, theo dõi" not in facts


def test_a_position_prints_what_it_answers_for_and_may_decide(client_in: Any, agency_world: World) -> None:
    w = agency_world
    values = {"position": "QMR", "responsibilities": "Báo cáo lãnh đạo\nGiữ hệ thống", "authority": "Yêu cầu khắc phục"}
    made = committee.save_responsibility(w.agency, w.chi, TODAY, values)
    words, facts = printed(client_in, "responsibility-paper", made.pk)
    assert "BẢNG TRÁCH NHIỆM, QUYỀN HẠN" in words and "QMR" in words
    assert facts["Trách nhiệm"] == "Báo cáo lãnh đạo\nGiữ hệ thống" and facts["Quyền hạn"] == "Yêu cầu khắc phục"


def test_each_row_of_the_registers_leads_to_its_form(sign_in: Any, agency_world: World) -> None:
    w = agency_world
    issue = context.save_issue(w.agency, w.chi, TODAY, {"kind": "internal", "effect": "bad", "text": "Thiếu người"})
    assert reverse("issue-paper", args=[issue.pk]) in sign_in("dung").get(reverse("context")).content.decode()
