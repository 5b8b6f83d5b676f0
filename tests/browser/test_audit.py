"""An internal audit as it is lived: programme, a dependent auditor refused, notice, the walk on a phone, the report,
the nonconformity, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sauro.quality.models import Audit, ChecklistItem, Finding, Nonconformity
from sauro.quality.services import audits
from sauro.quality.tests.audit_parts import answer_all, plan_of, team
from sauro.testing import TRADE, World
from tests.browser.hands import PHONE, choose, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walking(world: World) -> Audit:
    """An audit under way, three questions on its checklist."""
    day = timezone.localdate()
    programme = audits.open_programme(world.agency, world.chi, day.year, purpose="Xem hệ thống có hiệu lực.")
    audit = audits.plan_audit(programme, world.chi, plan_of(world, starts_on=day, ends_on=day), team(world))
    audits.approve_programme(programme, world.giang, day)
    for n in (1, 2, 3):
        audits.add_question(audit, world.hoa, f"Câu hỏi số {n}?", clause="8.5.1")
    audits.notify_unit(audit, world.chi, day)
    return audits.start_audit(audit, world.hoa, day)


def url(live_server: Any, name: str, *args: Any) -> str:
    return str(live_server.url) + reverse(name, args=args)


def test_an_audit_from_programme_to_closing(
    agency_world: World, live_server: Any, page_as: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    w, day = agency_world, timezone.localdate()
    chi = page_as("chi")
    chi.goto(url(live_server, "audit-programme-open"))
    chi.click("main .form-foot button")
    assert axe(chi) == []
    chi.click("text=Thêm cuộc đánh giá")
    chi.fill("[name=starts_on]", f"{day:%d/%m/%Y}")
    chi.fill("[name=ends_on]", f"{day:%d/%m/%Y}")
    choose(chi, "unit", TRADE)
    choose(chi, "clauses", "8.5.1 ")
    choose(chi, "lead", w.binh.full_name)
    chi.click("main .form-foot button")
    assert "công tác tại chính đơn vị được đánh giá" in chi.inner_text(".errors")
    choose(chi, "lead", w.hoa.full_name)
    chi.click("main .form-foot button")
    audit = Audit.objects.get()
    audits.add_question(audit, w.hoa, "Hồ sơ lưu ở đâu?", clause="7.5.3")

    giang = page_as("giang")
    giang.goto(url(live_server, "audit-programme", audit.programme_id))
    giang.click("text=Phê duyệt chương trình")
    chi.goto(url(live_server, "audit", audit.pk))
    chi.click("text=Gửi kế hoạch cho đơn vị")
    assert "Đã gửi kế hoạch" in chi.inner_text("main")

    hoa = page_as("hoa", size=PHONE)
    hoa.goto(url(live_server, "audit", audit.pk))
    hoa.click("text=Bắt đầu đánh giá")
    hoa.goto(url(live_server, "audit-walk", audit.pk))
    assert hoa.evaluate("document.documentElement.scrollWidth <= 360")
    assert axe(hoa) == []
    item = audit.items.get()
    hoa.check(f"#cau-{item.pk} form[data-answer] [name=answer][value=noted]", force=True)
    hoa.wait_for_selector(f"#luu-{item.pk}:has-text('Đã lưu')")
    form = f"#moi-{item.pk} form"
    hoa.check(f"{form} [name=grade][value=major]", force=True)
    hoa.fill(f"{form} [name=text]", "4/10 hồ sơ không có phiếu kiểm soát.")
    hoa.set_input_files(f"{form} [name=anh]", {"name": "tu-ho-so.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    hoa.click(f"{form} button[type=submit]")
    hoa.wait_for_selector(f"#thay-{item.pk} li")
    finding = Finding.objects.get()
    assert (finding.grade, finding.clause, finding.proofs.count()) == ("major", "7.5.3", 1)
    assert hoa.inner_text("#dem").startswith("1/1")

    hoa.goto(url(live_server, "audit", audit.pk))
    hoa.fill("#summary", "Một điểm không phù hợp nặng.")
    hoa.click("text=Báo cáo, khóa kết quả")
    opened = Nonconformity.objects.get()
    assert (opened.grade, opened.unit.name, opened.source) == ("major", TRADE, "audit")
    assert opened.code in hoa.inner_text("main")
    hoa.click("text=Đóng cuộc đánh giá")
    assert f"chưa đóng: {opened.code}" in hoa.inner_text("main")
    opened.correction, opened.cause, opened.effective = "Đã lập phiếu.", "Chưa phổ biến.", True
    opened.state, opened.closed_on, opened.effect_on, opened.closed_by = "closed", day, day, w.chi
    opened.save()
    hoa.click("text=Đóng cuộc đánh giá")
    assert "Đã đóng cuộc đánh giá" in hoa.inner_text("main")
    assert Audit.objects.get().state == "closed"
    # The refused team was answered with 409, as it should be.
    assert [said for said in (*chi.said, *giang.said, *hoa.said) if "409" not in said] == []


def test_nothing_typed_is_lost_when_the_network_drops(
    agency_world: World, live_server: Any, page_as: Callable[..., Any]
) -> None:
    audit = walking(agency_world)
    first, second, _third = audit.items.order_by("order")
    page = page_as("hoa", size=PHONE)
    page.goto(url(live_server, "audit-walk", audit.pk))
    page.context.set_offline(True)
    page.check(f"#cau-{first.pk} form[data-answer] [name=answer][value=conforms]", force=True)
    page.fill(f"#note-{first.pk}", "Đủ phiếu ở tủ số 2")
    page.wait_for_selector(f"#luu-{first.pk}.is-late")
    form = f"#moi-{second.pk} form"
    page.click(f"#moi-{second.pk} summary")
    page.check(f"{form} [name=grade][value=minor]", force=True)
    page.fill(f"{form} [name=text]", "Thiếu ngày nhận.")
    page.click(f"{form} button[type=submit]")
    page.wait_for_selector("[data-queue-words]:not([hidden])")
    assert not ChecklistItem.objects.exclude(answer="open").exists()
    page.context.set_offline(False)
    page.wait_for_selector(f"#luu-{first.pk}:has-text('Đã lưu')", timeout=20000)
    page.wait_for_selector(f"#thay-{second.pk} li", timeout=20000)
    page.wait_for_selector("[data-queue-words][hidden]", state="attached")
    first.refresh_from_db()
    assert (first.answer, first.note) == ("conforms", "Đủ phiếu ở tủ số 2")
    assert Finding.objects.get().text == "Thiếu ngày nhận."


def test_what_was_not_sent_is_there_when_the_page_is_opened_again(
    agency_world: World, live_server: Any, page_as: Callable[..., Any]
) -> None:
    audit = walking(agency_world)
    first = audit.items.order_by("order")[0]
    page = page_as("hoa", size=PHONE)
    page.goto(url(live_server, "audit-walk", audit.pk))
    page.route("**/tra-loi/", lambda route: route.abort())
    page.fill(f"#note-{first.pk}", "Đang gõ thì mất mạng")
    page.wait_for_selector(f"#luu-{first.pk}.is-late")
    page.unroute("**/tra-loi/")
    page.reload()
    page.wait_for_selector(f"#luu-{first.pk}:has-text('Đã lưu')", timeout=20000)
    first.refresh_from_db()
    assert first.note == "Đang gõ thì mất mạng"


def test_the_second_of_two_auditors_is_told_and_chooses(
    agency_world: World, live_server: Any, page_as: Callable[..., Any]
) -> None:
    audit = walking(agency_world)
    first = audit.items.order_by("order")[0]
    hoa, dung = page_as("hoa", size=PHONE), page_as("dung", size=PHONE)
    for page in (hoa, dung):
        page.goto(url(live_server, "audit-walk", audit.pk))
    hoa.check(f"#cau-{first.pk} form[data-answer] [name=answer][value=conforms]", force=True)
    hoa.wait_for_selector(f"#luu-{first.pk}:has-text('Đã lưu')")
    dung.check(f"#cau-{first.pk} form[data-answer] [name=answer][value=na]", force=True)
    dung.wait_for_selector(f"#luu-{first.pk}:has-text('Vũ Thị Hòa vừa ghi')")
    first.refresh_from_db()
    assert first.answer == "conforms"
    dung.click(f"#luu-{first.pk} [data-keep]")
    dung.wait_for_selector(f"#luu-{first.pk}:has-text('Đã lưu')")
    first.refresh_from_db()
    assert (first.answer, first.answered_by) == ("na", agency_world.dung)


def test_a_long_checklist_costs_the_page_no_more_queries(
    agency_world: World, client: Any, django_assert_max_num_queries: Any
) -> None:
    audit = walking(agency_world)
    client.force_login(agency_world.hoa)
    address = reverse("audit-walk", args=[audit.pk])
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(audit=audit, order=100 + n, question=f"Câu {n}?", clause="8.6") for n in range(40)
    )
    answer_all(audit, agency_world.hoa)
    with django_assert_max_num_queries(len(few)):
        client.get(address)
