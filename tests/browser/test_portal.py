"""A citizen on a phone sends a complaint, an officer answers, the citizen reads it; a survey is answered. No cookie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from sauro.portal.tests.test_pages import BODIES, published
from sauro.quality.models import Feedback, SurveyAnswer
from sauro.quality.services import surveys
from sauro.quality.tests.test_surveys import make_survey
from sauro.testing import TRADE, World
from sauro.web.today import today
from tests.browser.hands import PHONE

# Pages know no difference between databases: one walk is enough.
pytestmark = [pytest.mark.browser, pytest.mark.pure, pytest.mark.django_db(transaction=True)]
PAGES = ("portal", "portal-system", "portal-procedures", "portal-units", "portal-feedback", "portal-accessibility")


def _sound(page: Any, axe: Any) -> None:
    """Nothing for axe, nothing sideways, no cookie, nothing said by the browser."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"
    assert page.context.cookies() == []
    assert [words for words in page.said if "Failed to load resource" not in words] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_public_page_is_sound_on_a_screen_and_on_a_phone(
    page_as: Callable[..., Any], live_server: Any, agency_world: World, axe: Any, language: str
) -> None:
    published(agency_world)
    survey = make_survey(agency_world, opens_on=today(), closes_on=today() + dt.timedelta(9), opened=False)
    surveys.open_survey(survey, agency_world.chi, today())
    page = page_as("")
    paths = [reverse(name, args=[agency_world.agency.pk]) for name in PAGES]
    for path in [*paths, reverse("portal-survey", args=[survey.token])]:
        for width, height in ((1366, 768), PHONE):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{live_server.url}{path}?lang={language}")
            assert page.evaluate("document.documentElement.lang") == language
            _sound(page, axe)
    assert BODIES["policy"]["text"][0] in page_of(page, live_server, agency_world)


def page_of(page: Any, live_server: Any, world: World) -> str:
    """The words of the first public page."""
    page.goto(f"{live_server.url}{reverse('portal', args=[world.agency.pk])}?lang=vi")
    return page.inner_text("main")


def test_a_complaint_goes_out_and_its_answer_comes_back(
    page_as: Callable[..., Any], live_server: Any, agency_world: World, axe: Any
) -> None:
    published(agency_world)
    citizen = page_as("", size=PHONE, scripts=False)
    page_of(citizen, live_server, agency_world)
    citizen.get_by_label("Nội dung", exact=True).fill("Quầy số 3 đóng cửa lúc 10 giờ.")
    citizen.get_by_role("button", name="Gửi phản ánh").click()
    code = citizen.locator("#ma-nhan").inner_text()
    assert code == Feedback.objects.get().code and citizen.context.cookies() == []

    secretary = page_as("chi")
    secretary.goto(live_server.url + "/chat-luong/phan-anh/")
    secretary.get_by_role("link", name="Quầy số 3 đóng cửa").click()
    secretary.get_by_label("Đơn vị trả lời").select_option(label=TRADE)
    secretary.get_by_role("button", name="Giao đơn vị").click()
    secretary.get_by_text("Đã giao").first.wait_for()
    head = page_as("binh", size=PHONE)
    head.goto(live_server.url + f"/chat-luong/phan-anh/{Feedback.objects.get().pk}/")
    assert axe(head) == []
    head.get_by_label("Nội dung trả lời").fill("Quầy đã mở lại, xin lỗi ông, bà.")
    head.get_by_role("button", name="Gửi trả lời").click()
    head.get_by_text("Đã trả lời. Người gửi xem được").wait_for()

    page_of(citizen, live_server, agency_world)
    citizen.get_by_label("Tra cứu bằng mã").fill(code.lower().replace("-", " "))
    citizen.get_by_role("button", name="Tra cứu").click()
    said = citizen.inner_text("main")
    assert "Quầy đã mở lại" in said and TRADE in said
    assert not [p.full_name for p in agency_world.people.values() if p.full_name in said]
    assert citizen.context.cookies() == []


def test_a_survey_is_answered_on_a_phone_without_scripts(
    page_as: Callable[..., Any], live_server: Any, agency_world: World
) -> None:
    survey = make_survey(agency_world, opens_on=today(), closes_on=today(), opened=False)
    surveys.open_survey(survey, agency_world.chi, today())
    page = page_as("", size=PHONE, scripts=False)
    page.goto(f"{live_server.url}{reverse('portal-survey', args=[survey.token])}?lang=vi")
    page.get_by_role("button", name="Gửi phiếu").click()
    assert "Chưa gửi được" in page.get_by_role("alert").inner_text()
    page.get_by_label("Đơn vị đã phục vụ").select_option(label=TRADE)
    for question in survey.questions.filter(kind="scale"):
        page.locator(f"[name=q{question.pk}][value='4']").check()
    page.get_by_role("button", name="Gửi phiếu").click()
    assert "Đã nhận phiếu" in page.inner_text("h1")
    answer = SurveyAnswer.objects.get()
    assert answer.unit == agency_world.units[TRADE] and page.context.cookies() == []
