"""One task's page: what is known, what is missing, what may be done."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import WarningRule
from sauro.monitoring.services import works
from sauro.monitoring.warnings import warned_tasks
from sauro.plans import services as plans
from sauro.plans.models import Plan, Task
from sauro.quality.tests import improving
from sauro.reading.draft import Trace
from sauro.testing import TODAY, TRADE, World, task_of
from sauro.web.tasks.page import products_and_milestones
from sauro.web.tasks.source import marked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)


def url(task: Task, verb: str = "") -> str:
    return f"/nhiem-vu/{task.pk}/{verb}"


def page(client: object, task: Task) -> str:
    response = client.get(url(task))
    assert response.status_code == 200
    return response.content.decode()


def report_with_evidence(world: World, task: Task) -> None:
    """An officer's report with a file for each product."""
    report = monitoring.start_report(task, world.an, TODAY)
    for product in task.products.all():
        monitoring.add_evidence(
            report, world.an, io.BytesIO(b"%PDF-1.4 x" + str(product.pk).encode()), "bb.pdf", product=product
        )
    report = monitoring.save_report(report, world.an, {"progress": 60, "done_text": "Đã ký hợp đồng"})
    monitoring.submit_report(report, world.an, TODAY)


def test_the_page_says_what_is_missing_and_how_to_mend_it(adopted_plan: Plan, sign_in: object) -> None:
    task = task_of(adopted_plan, "1.1")
    html = page(sign_in("binh"), task)
    assert "Chưa giao người chịu trách nhiệm" in html
    assert f'href="{url(task, "giao/")}">Giao người</a>' in html
    assert "Đến hết ngày 31/10/2026" in html and "Quá hạn 23 ngày" in html
    assert "Gian hàng vận hành; Biên bản nghiệm thu" in html


def test_a_person_without_the_right_sees_what_is_missing_but_no_way_to_mend_it(
    adopted_plan: Plan, sign_in: object
) -> None:
    task = task_of(adopted_plan, "1.1")
    html = page(sign_in("hoa"), task)
    assert "Chưa giao người chịu trách nhiệm" in html
    for verb in ("giao/", "bo-sung/", "chia/", "hoan-thanh/", "bao-cao/", "dieu-chinh/"):
        assert url(task, verb) not in html


@pytest.mark.parametrize(
    ("person", "verbs"),
    [
        ("an", {"bao-cao/"}),
        ("binh", {"giao/", "bo-sung/", "chia/", "hoan-thanh/", "bao-cao/", "dieu-chinh/"}),
        ("chi", {"bo-sung/", "bao-cao/", "dieu-chinh/"}),
        ("dung", set()),
        ("giang", {"giao/", "hoan-thanh/"}),
        ("hoa", set()),
    ],
)
def test_each_person_is_offered_what_they_may_do(
    adopted_plan: Plan, sign_in: object, person: str, verbs: set[str]
) -> None:
    task = task_of(adopted_plan, "1.1")
    acts = sign_in(person).get(url(task)).context["acts"]
    assert {path.removeprefix(url(task)) for path in acts.values()} == verbs


@pytest.mark.parametrize("verb", ["giao/", "bo-sung/", "chia/", "hoan-thanh/", "mo-lai/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_refused_verb_says_why_and_who_can(
    adopted_plan: Plan, sign_in: object, agency_world: World, verb: str, method: str
) -> None:
    task = task_of(adopted_plan, "1.1")
    response = getattr(sign_in("dung"), method)(url(task, verb), {"reason": "x", "title": "x"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Phạm Tiến Dũng chưa được giao quyền" in html and "Trần Quốc Bình" in html


def test_the_head_names_the_accountable_person(adopted_plan: Plan, sign_in: object, agency_world: World) -> None:
    task, client = task_of(adopted_plan, "1.1"), sign_in("binh")
    form = client.get(url(task, "giao/")).content.decode()
    assert "Nguyễn Hoài An" in form and "Phạm Tiến Dũng" not in form
    response = client.post(url(task, "giao/"), {"person": agency_world.an.pk}, follow=True)
    html = response.content.decode()
    assert "Đã giao Nguyễn Hoài An chịu trách nhiệm." in html
    assert "Trần Quốc Bình giao Nguyễn Hoài An chịu trách nhiệm" in html
    task.refresh_from_db()
    assert task.accountable_id == agency_world.an.pk and task.clears[0] == "1"


def test_nobody_outside_the_lead_unit_can_be_named(adopted_plan: Plan, sign_in: object, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.1")
    response = sign_in("binh").post(url(task, "giao/"), {"person": agency_world.dung.pk})
    assert response.status_code == 422
    task.refresh_from_db()
    assert task.accountable is None


def test_what_the_document_left_open_can_be_completed(adopted_plan: Plan, sign_in: object) -> None:
    task, client = task_of(adopted_plan, "1.1"), sign_in("binh")
    part = task.task_units.get(role="coordinating")
    data = {
        "title": task.title,
        "products": "Sổ tay vận hành\n\nGian hàng vận hành",
        "authority": "Giám đốc Sở",
        "measurement": "Số gian hàng",
        f"share_{part.pk}": "Thông tin, truyền thông",
    }
    html = client.post(url(task, "bo-sung/"), data, follow=True).content.decode()
    assert "Sổ tay vận hành" in html and "Văn phòng Sở: Thông tin, truyền thông" in html
    assert "Trần Quốc Bình bổ sung" in html
    task.refresh_from_db()
    assert task.authority == "Giám đốc Sở" and task.products.count() == 3


def test_a_task_is_shared_out_never_later_than_itself(adopted_plan: Plan, sign_in: object, agency_world: World) -> None:
    task, client = task_of(adopted_plan, "1.2"), sign_in("binh")
    data = {"title": "Lập danh sách", "unit": agency_world.units["Tổ Thương mại điện tử"].pk, "due": "01/01/2027"}
    refused = client.post(url(task, "chia/"), data)
    assert refused.status_code == 409
    assert "Việc con phải có hạn không sau hạn của nhiệm vụ, ngày 31/12/2026" in refused.content.decode()
    html = client.post(url(task, "chia/"), {**data, "due": "2026-12-01"}, follow=True).content.decode()
    assert "Đã giao việc con 1.2.1 cho Tổ Thương mại điện tử." in html and "1 việc, 0 đã xong" in html
    wrong = client.post(url(task, "chia/"), {**data, "due": "31/11/2026"})
    assert (
        wrong.status_code == 422 and "Tháng 11 chỉ có 30 ngày. Viết theo dạng ngày/tháng/năm" in wrong.content.decode()
    )


def test_a_task_is_done_when_its_products_are_there_and_the_head_says_so(
    adopted_plan: Plan, sign_in: object, agency_world: World
) -> None:
    task, client = task_of(adopted_plan, "1.1"), sign_in("binh")
    early = client.post(url(task, "hoan-thanh/"), {"on": "2026-11-20"})
    assert early.status_code == 409 and "chưa có minh chứng cho Gian hàng vận hành" in early.content.decode()
    report_with_evidence(agency_world, task)
    html = client.post(url(task, "hoan-thanh/"), {"on": "2026-11-20"}, follow=True).content.decode()
    assert "Đã xác nhận hoàn thành, trễ 20 ngày." in html and "Xong, trễ 20 ngày" in html
    assert "2 trên 2 sản phẩm đã có minh chứng" in html
    no_reason = client.post(url(task, "mo-lai/"), {"reason": ""})
    assert no_reason.status_code == 422
    html = client.post(url(task, "mo-lai/"), {"reason": "Thiếu chữ ký"}, follow=True).content.decode()
    assert "Trần Quốc Bình mở lại: Thiếu chữ ký" in html and "Quá hạn 23 ngày" in html


def test_reports_evidence_and_history_are_told(adopted_plan: Plan, sign_in: object, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.1")
    report_with_evidence(agency_world, task)
    html = page(sign_in("an"), task)
    assert "Đã ký hợp đồng" in html and "0% → 60%" in html and "2 minh chứng" in html
    assert "Nguyễn Hoài An nộp báo cáo, tiến độ 0% → 60%" in html
    assert html.count("bb.pdf") == 2


def test_the_source_is_shown_with_what_was_read_marked(adopted_plan: Plan, sign_in: object) -> None:
    task = task_of(adopted_plan, "1.1")
    lead = len(task.title)
    task.source = {
        "read": {
            "title": {"block": 1, "start": 0, "end": lead, "cell": 1, "confidence": 1.0, "raw": ""},
            "lead_units": {"block": 1, "start": 0, "end": len(TRADE), "cell": 2, "confidence": 0.5, "raw": ""},
        },
        "source_lines": [12, 12],
    }
    task.save()
    html = page(sign_in("an"), task)
    assert f'<span class="read" title="Đọc ra: nội dung">{task.title}</span>' in html
    assert f'<span class="doubt" title="Đọc ra: chủ trì">{TRADE}</span>' in html
    assert "Kế hoạch 118/KH-SCT ngày 26/01/2026, dòng 12, mã 1.1" in html


def test_a_place_outside_the_document_does_no_harm(adopted_plan: Plan, sign_in: object) -> None:
    task = task_of(adopted_plan, "1.1")
    task.source = {"read": {"title": {"block": 999, "start": 5, "end": 9, "cell": None, "confidence": 1.0, "raw": ""}}}
    task.save()
    assert "Trích văn bản gốc" not in page(sign_in("an"), task)


def test_marks_are_escaped_and_never_overlap() -> None:
    html = marked("a<b>c</b> & d", {"x": Trace(0, 0, 5), "y": Trace(0, 3, 8), "z": Trace(0, 10, 99)})
    assert html.startswith('<span class="read" title="Đọc ra: x">a&lt;b&gt;c</span>&lt;/b&gt; <span')
    assert "<b>" not in html


def test_products_and_milestones_come_in_their_order(adopted_plan: Plan) -> None:
    products, milestones = products_and_milestones(task_of(adopted_plan, "1.1"))
    assert [p.text for p in products] == ["Gian hàng vận hành", "Biên bản nghiệm thu"]
    assert [(m.text, m.due) for m in milestones] == [("Ký hợp đồng", dt.date(2026, 6, 30))]


def test_an_action_leads_back_to_what_it_answers(adopted_plan: Plan, agency_world: World, sign_in: object) -> None:
    improving.year_of(agency_world, adopted_plan)
    found, action = improving.acting(agency_world)
    assert f'<a href="/chat-luong/khong-phu-hop/{found.pk}/">{found}' in page(sign_in("an"), action.task)


def test_an_ended_task_says_so_and_offers_nothing(adopted_plan: Plan, sign_in: object) -> None:
    task = task_of(adopted_plan, "1.1")
    Task.objects.filter(pk=task.pk).update(ended_in=2, ended_on=TODAY)
    response = sign_in("binh").get(url(task))
    assert response.context["acts"] == {} and "đã bị bỏ ở lần sửa đổi 2" in response.content.decode()


def test_a_task_of_another_agency_is_not_there(adopted_plan: Plan, client: object) -> None:
    other = make_other()
    client.force_login(other)
    task = task_of(adopted_plan, "1.1")
    for verb in ("", "giao/", "bo-sung/", "chia/", "hoan-thanh/", "mo-lai/"):
        assert client.get(url(task, verb)).status_code == 404


def make_other() -> object:
    """A leader of another agency."""
    from sauro.organization import services as organization

    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    return organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None)


@pytest.mark.parametrize("person", ["an", "binh", "chi", "dung", "giang", "hoa"])
def test_the_fullest_task_asks_at_most_twelve_queries(
    adopted_plan: Plan, client: object, agency_world: World, django_assert_max_num_queries: object, person: str
) -> None:
    task = task_of(adopted_plan, "1.2")
    unit = agency_world.units[TRADE]
    plans.edit_task(task, agency_world.binh, {"authority": "Giám đốc"})
    monitoring.split(task, agency_world.binh, TODAY, title="Việc con", unit=unit, due=dt.date(2026, 12, 1))
    task.milestones.create(order=0, text="Mốc", due=TODAY)
    task.source = {"read": {"title": {"block": 1, "start": 0, "end": 3, "cell": 1, "confidence": 1.0, "raw": ""}}}
    task.save()
    report_with_evidence(agency_world, task)
    monitoring.warning_rules_of(agency_world.agency)
    client.force_login(agency_world.people[person])
    with django_assert_max_num_queries(12):
        html = page(client, task)
    assert all(words in html for words in ("Việc con", "Mốc", "Trích văn bản gốc", "bb.pdf"))


def test_units_of_a_coordinating_office_may_report(adopted_plan: Plan, sign_in: object) -> None:
    assert "report" in sign_in("chi").get(url(task_of(adopted_plan, "1.1"))).context["acts"]


def test_an_early_warning_is_said_with_its_rule_and_what_to_do(
    adopted_plan: Plan, agency_world: World, sign_in: object
) -> None:
    task = task_of(adopted_plan, "1.2")
    Task.objects.filter(pk=task.pk).update(due=TODAY + dt.timedelta(days=10), progress=20)
    html = page(sign_in("binh"), task)
    assert html.count("data-warning") == 2
    assert "Sắp đến hạn mà tiến độ còn thấp (còn 30 ngày trở lại, dưới 50%)</b>: còn 10 ngày, đạt 20%" in html
    assert f'Lãnh đạo đơn vị giao người chịu trách nhiệm. <a href="{url(task, "giao/")}">Giao người</a>' in html
    # Who may do nothing about it reads the same without a way that is closed to them.
    other = page(sign_in("hoa"), task)
    assert other.count("data-warning") == 2 and url(task, "giao/") not in other
    WarningRule.objects.filter(kind="unclear").update(enabled=False)
    assert page(sign_in("binh"), task).count("data-warning") == 1


def test_a_task_warns_of_what_it_waits_for_and_of_a_product_without_its_file(
    adopted_plan: Plan, agency_world: World, sign_in: object
) -> None:
    late, task = task_of(adopted_plan, "1.1"), task_of(adopted_plan, "1.2")
    works.add_dependency(task, late, agency_world.chi)
    Task.objects.filter(pk=task.pk).update(due=TODAY + dt.timedelta(days=40), progress=90)
    assert "chờ 1 nhiệm vụ quá hạn. Đôn đốc việc phải chờ" in page(sign_in("an"), task)
    Task.objects.filter(pk=late.pk).update(completed_on=TODAY)
    assert "data-warning" not in page(sign_in("an"), task)
    assert "Mở lại nhiệm vụ, nộp tệp của sản phẩm còn thiếu." in page(sign_in("binh"), late)


def test_the_page_and_the_list_of_warnings_agree(adopted_plan: Plan, agency_world: World, sign_in: object) -> None:
    client, rules = sign_in("binh"), monitoring.warning_rules_of(agency_world.agency)
    for no, task in enumerate(Task.objects.filter(plan=adopted_plan).in_force().order_by("pk")):
        Task.objects.filter(pk=task.pk).update(due=TODAY + dt.timedelta(days=7 * no - 14), progress=17 * no % 101)
    for task in Task.objects.filter(plan=adopted_plan).in_force():
        listed = sum(warned_tasks(agency_world.agency, rule, TODAY).filter(pk=task.pk).exists() for rule in rules)
        assert page(client, task).count("data-warning") == listed


def test_warnings_cost_the_page_one_query(adopted_plan: Plan, agency_world: World, sign_in: object) -> None:
    task, client = task_of(adopted_plan, "1.2"), sign_in("binh")
    Task.objects.filter(pk=task.pk).update(due=TODAY + dt.timedelta(days=10))
    page(client, task)
    with CaptureQueriesContext(connection) as warned:
        page(client, task)
    Task.objects.filter(pk=task.pk).update(due=TODAY - dt.timedelta(days=1))
    with CaptureQueriesContext(connection) as still:
        page(client, task)
    assert len(warned) == len(still) + 1
