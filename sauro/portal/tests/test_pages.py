"""The public pages: without sign-in, without cookies, kept by caches, in two languages, few queries."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sauro.organization import services as organization
from sauro.portal.keys import FIELD, key_of_day
from sauro.quality.models import Feedback, Publication, SurveyAnswer
from sauro.quality.services import feedback
from sauro.quality.tests.test_surveys import make_survey, say
from sauro.testing import TRADE, World

pytestmark = pytest.mark.django_db
READ = ("portal", "portal-system", "portal-procedures", "portal-units", "portal-accessibility")
OBJECTIVE = {
    "text": "Phát triển thương mại điện tử", "rating": "good", "month": "2026-10",
    "targets": [{"text": "Hộ bán hàng trực tuyến", "wanted": "từ 300 hộ", "result": "268 hộ", "until": "Tháng 10/2026"}],  # noqa: E501
}  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "objectives": {
        "year": 2026, "plans": 4, "rows": [OBJECTIVE],
        "cells": {"done_on_time": 89, "done_late": 10, "open_in_time": 73, "open_overdue": 12},
    },
    "units": {"year": 2026, "count": 1, "units": [{"name": TRADE, "rows": [OBJECTIVE]}]},
    "policy": {
        "code": "CS-01", "title": "Chính sách chất lượng", "issue": 3, "effective_on": "2026-01-15",
        "decision": "12/QĐ-SCT", "signer": "Đỗ Trường Giang", "text": ["Công khai, đúng hẹn."],
    },
    "scope": {"no": 2, "text": "Mọi thủ tục", "sites": "Trụ sở", "effective_on": "2026-01-01", "count": 2},
    "procedures": {
        "count": 2,
        "rows": [
            {"code": "1.001", "name": "Cấp phép bán lẻ rượu", "kind": "public", "field": "Thương mại", "unit": TRADE,
             "decision": "QĐ 5", "time_limit": "10 ngày"},
            {"code": "1.002", "name": "Đăng ký cụm công nghiệp", "kind": "public", "field": "Công nghiệp",
             "unit": "Phòng Công nghiệp", "decision": "", "time_limit": ""},
        ],
    },
    "declaration": {
        "no": 4, "year": 2025, "edition": "2015", "decision": "402/QĐ-SCT", "declared_on": "2025-12-22",
        "signer": "Đỗ Trường Giang", "position": "Giám đốc", "scope": "Mọi thủ tục", "reason": "",
    },
}  # fmt: skip


def published(world: World, *kinds: str) -> None:
    """Copies of every kind, or of some, as if published an hour ago."""
    for kind in kinds or tuple(BODIES):
        Publication.objects.create(
            agency=world.agency, kind=kind, body=BODIES[kind], as_of=dt.date(2026, 10, 31),
            next_on=dt.date(2026, 12, 10), published_at=timezone.now() - dt.timedelta(hours=1), published_by=world.chi,
        )  # fmt: skip


def address(world: World, name: str = "portal") -> str:
    return reverse(name, args=[world.agency.pk])


def sending(world: World, **said: str) -> dict[str, str]:
    return {FIELD: key_of_day(world.agency.pk, timezone.localdate()), **said}


@pytest.mark.parametrize("name", READ)
def test_a_page_needs_no_cookie_and_may_be_kept(agency_world: World, client: Client, name: str) -> None:
    published(agency_world)
    answer = client.get(address(agency_world, name))
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"] and answer["ETag"] and answer["Last-Modified"]
    assert not answer.cookies and "Cookie" not in answer["Vary"] and "Accept-Language" in answer["Vary"]
    assert client.get(address(agency_world, name), headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("full", [False, True])
def test_a_page_takes_at_most_four_queries(
    agency_world: World, client: Client, django_assert_max_num_queries: Any, name: str, full: bool
) -> None:
    if full:
        published(agency_world)
    with django_assert_max_num_queries(4):
        assert client.get(address(agency_world, name)).status_code == 200


def test_publishing_anew_changes_the_etag(agency_world: World, client: Client) -> None:
    published(agency_world, "policy")
    before = client.get(address(agency_world))["ETag"]
    published(agency_world, "objectives")
    assert client.get(address(agency_world), headers={"If-None-Match": before}).status_code == 200


def test_the_figures_of_the_copy_are_shown_and_taken_away(agency_world: World, client: Client) -> None:
    published(agency_world)
    page = client.get(address(agency_world)).content.decode()
    for words in ("89", "184 nhiệm vụ của 4 kế hoạch", "từ 300 hộ", "268 hộ", "31/10/2026", "10/12/2026", "402/QĐ-SCT"):
        assert words in page
    file = client.get(address(agency_world, "portal-figures"))
    assert "public" in file["Cache-Control"]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    values = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"từ 300 hộ", "268 hộ", "Tốt", TRADE} <= values


def words_of(answer: Any) -> str:
    """The words of a PDF that was answered."""
    with pypdfium2.PdfDocument(b"".join(answer.streaming_content)) as file:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in file).split())


def test_the_policy_is_taken_away_as_it_was_published(agency_world: World, client: Client) -> None:
    published(agency_world, "policy")
    page = client.get(address(agency_world, "portal-system")).content.decode()
    assert (
        address(agency_world, "portal-policy") in page
        and address(agency_world, "portal-policy") in client.get(address(agency_world)).content.decode()
    )
    answer = client.get(address(agency_world, "portal-policy"))
    assert answer["Content-Type"] == "application/pdf" and "public" in answer["Cache-Control"] and answer["ETag"]
    words = words_of(answer)
    for said in ("CHÍNH SÁCH CHẤT LƯỢNG", "Công khai, đúng hẹn.", "ngày 15 tháng 01 năm 2026", "12/QĐ-SCT", "lần 3"):
        assert said in words
    assert BODIES["policy"]["signer"] in words and agency_world.chi.full_name not in words


def test_a_policy_that_was_taken_down_is_no_longer_handed_out(agency_world: World, client: Client) -> None:
    assert client.get(address(agency_world, "portal-policy")).status_code == 404
    published(agency_world, "policy")
    assert client.get(address(agency_world, "portal-policy")).status_code == 200
    Publication.objects.update(withdrawn_at=timezone.now())
    assert client.get(address(agency_world, "portal-policy")).status_code == 404
    assert "chinh-sach.pdf" not in client.get(address(agency_world, "portal-system")).content.decode()


def test_nothing_published_is_said_plainly(agency_world: World, client: Client) -> None:
    for name in READ[:-1]:
        assert "chưa công khai" in client.get(address(agency_world, name)).content.decode()
    assert client.get(address(agency_world, "portal-figures")).status_code == 404
    assert client.get(reverse("portal", args=[999_999])).status_code == 404


@pytest.mark.parametrize(
    ("query", "wish", "language"),
    [
        ("", "", "vi"), ("", "en-GB,en;q=0.8", "en"), ("", "fr,de", "vi"), ("", "vi-VN,en;q=0.5", "vi"),
        ("?lang=en", "vi", "en"), ("?lang=vi", "en", "vi"), ("?lang=xx", "", "vi"),
    ],
)  # fmt: skip
def test_the_language_is_the_addresss_then_the_browsers(
    agency_world: World, client: Client, query: str, wish: str, language: str
) -> None:
    client.cookies["django_language"] = "en" if language == "vi" else "vi"
    answer = client.get(address(agency_world) + query, headers={"Accept-Language": wish} if wish else {})
    assert f'<html lang="{language}">' in answer.content.decode() and answer["Content-Language"] == language


def test_procedures_are_searched_without_diacritics(agency_world: World, client: Client) -> None:
    published(agency_world)
    page = client.get(address(agency_world, "portal-procedures"), {"q": "ban le ruou"}).content.decode()
    assert "Cấp phép bán lẻ rượu" in page and "cụm công nghiệp" not in page


def test_what_is_sent_can_be_followed_by_its_code(agency_world: World, client: Client) -> None:
    answer = client.post(address(agency_world, "portal-feedback"), sending(agency_world, text="Quầy 3 đóng cửa sớm."))
    row = Feedback.objects.get()
    assert answer.status_code == 200 and row.code in answer.content.decode()
    assert not answer.cookies and answer["Cache-Control"] == "no-store"
    feedback.answer(row, agency_world.chi, "Đã mở lại quầy.", timezone.localdate())
    seen = client.post(address(agency_world, "portal-follow"), sending(agency_world, ma=row.code.lower()))
    assert "Đã mở lại quầy." in seen.content.decode()
    assert agency_world.chi.full_name not in seen.content.decode()


def test_another_agency_shows_nothing_of_it(agency_world: World, client: Client) -> None:
    published(agency_world)
    client.post(address(agency_world, "portal-feedback"), sending(agency_world, text="Quầy 3."))
    other = organization.make_agency("Sở Công Thương tỉnh Hà Trung")
    page = client.get(reverse("portal", args=[other.pk])).content.decode()
    assert "từ 300 hộ" not in page and agency_world.agency.name not in page
    key = {FIELD: key_of_day(other.pk, timezone.localdate())}
    asked = client.post(reverse("portal-follow", args=[other.pk]), {**key, "ma": Feedback.objects.get().code})
    assert asked.status_code == 404 and "Quầy 3." not in asked.content.decode()
    # A key of one agency's form opens no other's.
    assert client.post(address(agency_world, "portal-feedback"), {**key, "text": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("said", "headers", "status"),
    [
        ({FIELD: ""}, {}, 403),
        ({FIELD: "1:x"}, {}, 403),
        ({}, {"Origin": "https://elsewhere.example"}, 403),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"website": "http://spam"}, {}, 422),
        ({"text": ""}, {}, 422),
        ({"text": "a" * 5001}, {}, 422),
        ({"text": "\x00"}, {}, 422),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    agency_world: World, client: Client, said: dict[str, str], headers: dict[str, str], status: int
) -> None:
    data = {**sending(agency_world, text="Cầu thang tối"), **said}
    answer = client.post(address(agency_world, "portal-feedback"), data, headers=headers)
    assert answer.status_code == status and not Feedback.objects.exists()
    page = answer.content.decode()
    assert 'role="alert"' in page and (data["text"] != "Cầu thang tối" or "Cầu thang tối" in page)


def test_old_forms_are_still_taken_for_a_week(agency_world: World, client: Client) -> None:
    for days, status in ((7, 200), (8, 403)):
        key = key_of_day(agency_world.agency.pk, timezone.localdate() - dt.timedelta(days))
        sent = client.post(address(agency_world, "portal-feedback"), {FIELD: key, "text": f"Việc {days}"})
        assert sent.status_code == status


def test_the_days_most_is_said_plainly(agency_world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "WEB_A_DAY", 1)
    client.post(address(agency_world, "portal-feedback"), sending(agency_world, text="Một"))
    answer = client.post(address(agency_world, "portal-feedback"), sending(agency_world, text="Hai"))
    assert answer.status_code == 409 and "ngày mai" in answer.content.decode()


def test_a_survey_is_answered_once_a_form_and_leaves_no_cookie(agency_world: World, client: Client) -> None:
    survey = make_survey(agency_world)
    _around_today(survey)
    url = reverse("portal-survey", args=[survey.token])
    page = client.get(url)
    key = page.context["key"]
    assert not page.cookies and page["Cache-Control"] == "no-store"
    said = {f"q{q}": value for q, value in say(survey, 4).items()}
    lacking = client.post(url, {FIELD: key, **said})
    assert lacking.status_code == 422 and not SurveyAnswer.objects.exists()
    whole = {FIELD: key, "unit": str(agency_world.units[TRADE].pk), **said}
    for _n in range(2):
        answer = client.post(url, whole)
        assert answer.status_code == 200 and not answer.cookies
    assert SurveyAnswer.objects.count() == 1
    assert client.post(url, {**whole, FIELD: "x"}).status_code == 403


def test_a_survey_that_is_over_says_so_and_a_draft_is_not_there(agency_world: World, client: Client) -> None:
    survey = make_survey(agency_world)
    type(survey).objects.update(state="closed")
    assert "đã kết thúc" in client.get(reverse("portal-survey", args=[survey.token])).content.decode()
    type(survey).objects.update(state="draft")
    assert client.get(reverse("portal-survey", args=[survey.token])).status_code == 404


def _around_today(survey: Any) -> None:
    day = timezone.localdate()
    type(survey).objects.update(opens_on=day - dt.timedelta(1), closes_on=day + dt.timedelta(1))
