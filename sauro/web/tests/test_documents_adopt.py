"""From review to plan in the browser's words: adopting, the same number again, amending, old revisions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sauro.documents.models import Reading
from sauro.plans.models import Plan, PlanRevision
from sauro.plans.tests.test_amend import later_draft
from sauro.reading.draft import Doubt
from sauro.testing import TRADE, make_reading, small_draft, task_of
from sauro.web.documents.adopt import held_words


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    from sauro.testing import TODAY

    monkeypatch.setattr("sauro.web.documents.adopt.today", lambda: TODAY)


def adopt(client, reading: Reading, **data):
    """Press «Thông qua»."""
    data = {"version": reading.version, **data}
    return client.post(reverse("reading-adopt", args=[reading.pk]), data)


def amend_url(reading: Reading) -> str:
    """The page of the amendment."""
    return reverse("reading-amend", args=[reading.pk])


def test_adopting_leads_to_the_plan_with_its_duties(sign_in, agency_world):
    response = adopt(sign_in("chi"), make_reading(agency_world))
    plan = Plan.objects.get()
    assert (response.status_code, response.url) == (302, f"/ke-hoach/{plan.pk}/")
    assert plan.duties.exists()


def test_open_doubts_lock_adoption_and_the_page_says_so(sign_in, agency_world):
    draft = small_draft()
    draft.doubts = [Doubt("tasks[0].title", "x", "Chưa rõ.")]
    response = adopt(sign_in("chi"), make_reading(agency_world, draft))
    assert response.status_code == 409
    assert "còn 1 chỗ ngờ" in response.content.decode()
    assert not Plan.objects.exists()


def test_what_breaks_a_rule_is_said_on_the_page(sign_in, agency_world):
    draft = small_draft()
    draft.tasks[2].title = "  "
    response = adopt(sign_in("chi"), make_reading(agency_world, draft))
    assert response.status_code == 409
    assert "Nhiệm vụ 2.1 chưa có nội dung" in response.content.decode()


def test_a_page_that_is_behind_does_not_adopt(sign_in, agency_world):
    response = adopt(sign_in("chi"), make_reading(agency_world), version=0)
    assert response.status_code == 409
    assert not Plan.objects.exists()


def test_a_second_press_finds_the_plan_adopted_once(sign_in, agency_world):
    reading = make_reading(agency_world)
    adopt(sign_in("chi"), reading)
    assert adopt(sign_in("chi"), reading).status_code == 302
    assert Plan.objects.count() == 1


def test_the_same_number_and_issuer_is_warned_of_and_offered_as_an_amendment(sign_in, agency_world, adopted_plan):
    reading = make_reading(agency_world)
    client = sign_in("chi")
    page = client.get(reverse("reading-review", args=[reading.pk])).content.decode()
    assert "đã được thông qua ngày" in page
    assert f"{amend_url(reading)}?ke_hoach={adopted_plan.pk}" in page
    assert adopt(client, reading).status_code == 409
    assert Plan.objects.count() == 1
    assert adopt(client, reading, khac="1").status_code == 302
    assert Plan.objects.count() == 2


def test_the_same_number_of_another_issuer_is_no_double(sign_in, agency_world, adopted_plan):
    draft = small_draft()
    draft.document.issuer = "Sở Y tế"
    assert adopt(sign_in("chi"), make_reading(agency_world, draft)).status_code == 302


def test_a_title_that_names_a_plan_in_force_is_an_amendment_unless_the_person_says_otherwise(
    sign_in, agency_world, adopted_plan
):
    draft = later_draft()
    draft.document.title = f"Sửa đổi, bổ sung Kế hoạch số {adopted_plan.number} ngày 26/01/2026"
    reading = make_reading(agency_world, draft)
    client = sign_in("chi")
    page = client.get(reverse("reading-review", args=[reading.pk])).content.decode()
    assert f"{amend_url(reading)}?ke_hoach={adopted_plan.pk}" in page
    assert "4 thay đổi" in client.get(amend_url(reading)).content.decode()
    answer = adopt(client, reading)
    assert answer.status_code == 409 and "sửa đổi 118/KH-SCT" in answer.content.decode()
    assert Plan.objects.count() == 1
    assert adopt(client, reading, khac="1").status_code == 302


def test_a_title_that_only_names_a_plan_is_a_plan_of_its_own(sign_in, agency_world, adopted_plan):
    draft = later_draft()
    draft.document.title = f"Kế hoạch kiểm tra việc thực hiện Kế hoạch số {adopted_plan.number}"
    assert adopt(sign_in("chi"), make_reading(agency_world, draft)).status_code == 302


def test_a_document_of_few_tasks_is_compared_as_a_part(sign_in, agency_world, adopted_plan):
    draft = later_draft()
    del draft.tasks[1:-1]
    page = sign_in("chi").get(amend_url(make_reading(agency_world, draft)), {"ke_hoach": adopted_plan.pk})
    assert "Bãi bỏ" not in page.content.decode() and "2 thay đổi" in page.content.decode()


def test_differences_are_shown_with_before_and_after(sign_in, agency_world, adopted_plan):
    reading = make_reading(agency_world, later_draft())
    page = sign_in("chi").get(amend_url(reading), {"ke_hoach": adopted_plan.pk}).content.decode()
    for words in ("4 thay đổi", "31/10/2026", "30/11/2026", "Chuyển đơn vị", "Thêm mới", "Bãi bỏ", "Sửa đổi"):
        assert words in page
    part = sign_in("chi").get(amend_url(reading), {"ke_hoach": adopted_plan.pk, "cach": "phan"}).content.decode()
    assert "3 thay đổi" in part
    assert "Bãi bỏ" not in part


def test_what_is_ticked_becomes_the_next_revision(sign_in, agency_world, adopted_plan):
    reading = make_reading(agency_world, later_draft())
    data = {"ke_hoach": adopted_plan.pk, "cach": "tat-ca", "lay": [0, 2], "lan": 1, "version": reading.version}
    client = sign_in("chi")
    response = client.post(amend_url(reading), data)
    assert response.url == reverse("plan-revision", args=[adopted_plan.pk, 2])
    assert task_of(adopted_plan, "1.2").lead_unit.name == TRADE
    assert PlanRevision.objects.get(plan=adopted_plan, no=2).changes[0]["kind"] == "changed"
    page = client.get(response.url).content.decode()
    assert "2 thay đổi" in page
    assert "Số hóa hồ sơ cấp phép" in page


def test_an_amendment_from_a_page_that_is_behind_changes_nothing(sign_in, agency_world, adopted_plan):
    reading = make_reading(agency_world, later_draft())
    data = {"ke_hoach": adopted_plan.pk, "cach": "tat-ca", "lay": [0], "lan": 7, "version": reading.version}
    response = sign_in("chi").post(amend_url(reading), data)
    assert response.status_code == 409
    assert Plan.objects.get().revision == 1


def test_the_old_revision_stays_readable_to_everyone_of_the_agency(sign_in, agency_world, adopted_plan):
    reading = make_reading(agency_world, later_draft())
    data = {"ke_hoach": adopted_plan.pk, "lay": [0, 1, 2, 3], "lan": 1, "version": reading.version}
    sign_in("chi").post(amend_url(reading), data)
    for who in ("an", "hoa"):
        page = sign_in(who).get(reverse("plan-revision", args=[adopted_plan.pk, 1])).content.decode()
        assert "Tháng 10 năm 2026" in page
        assert "bản cũ" in page
        assert "Cập nhật mã định danh" in page
    assert sign_in("an").get(reverse("plan-revision", args=[adopted_plan.pk, 9])).status_code == 404


def test_a_plan_of_another_agency_can_not_be_amended_or_read(sign_in, agency_world, adopted_plan):
    from sauro.organization import services as organization

    reading = make_reading(agency_world, later_draft())
    Plan.objects.update(agency=organization.make_agency("Sở Y tế"))
    client = sign_in("chi")
    assert client.get(amend_url(reading), {"ke_hoach": adopted_plan.pk}).status_code == 404
    assert client.get(reverse("plan-revision", args=[adopted_plan.pk, 1])).status_code == 404


def test_what_a_plan_has_none_of_is_left_out_of_what_is_said(sign_in, agency_world, adopted_plan):
    assert held_words(adopted_plan).count(",") == 2
    adopted_plan.duties.all().delete()
    assert "việc đến hạn" not in held_words(adopted_plan) and "nhiệm vụ" in held_words(adopted_plan)
