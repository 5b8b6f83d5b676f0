"""One installation in which everything there can be is there: what each address of the site is tried on."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sauro.documents import editing
from sauro.documents.models import Reading
from sauro.files.models import StoredFile
from sauro.files.services import store
from sauro.monitoring import ratings
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty, Report
from sauro.notices.models import Notice
from sauro.organization import services as organization
from sauro.organization.days import set_day
from sauro.organization.models import CertificateAuthority, DayOff, Unit
from sauro.plans import services as plans
from sauro.plans.models import Plan, Task
from sauro.plans.tests.test_amend import later_draft
from sauro.reading.draft import Doubt
from sauro.testing import (
    INDUSTRY,
    OFFICE,
    PASSWORD,
    TODAY,
    TRADE,
    World,
    make_reading,
    make_world,
    small_draft,
    task_of,
)
from sauro.vietnamese.periods import Period
from sauro.writing.report import standard_template
from tests.place_targets import make_figures
from tests.quality import PARTS

NEIGHBOUR = "Sở Công Thương tỉnh Hà Trung"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
TEXT = "SỞ CÔNG THƯƠNG\nSố: 12/KH-SCT\n\nKẾ HOẠCH\nThử tệp\n"


@dataclass(slots=True)
class Place:
    """The agency of the tests in full use, and `la`, the ISO secretary of the agency next door.

    `keys`: the number of each object by its name, e.g. `keys["report sent"]`. `text`: what only this agency may read.
    """

    world: World
    plan: Plan
    keys: dict[str, Any] = field(default_factory=dict)
    text: tuple[str, ...] = ()

    def person(self, username: str) -> Any:
        """The person of that sign-in name."""
        return self.world.people[username]


def _proof(report: Report, person: Any, name: str, product: Any = None) -> Any:
    return monitoring.add_evidence(report, person, io.BytesIO(PDF + name.encode()), name, product=product)


def _sent(task: Task, person: Any, text: str) -> Report:
    draft = monitoring.start_report(task, person, TODAY)
    draft = monitoring.save_report(draft, person, {"progress": 60, "done_text": text})
    for product in task.products.all():
        _proof(draft, person, f"{product.text[:30]}.pdf", product)
    return monitoring.submit_report(draft, person, TODAY)


def _stored(text: str, name: str) -> StoredFile:
    return store(SimpleUploadedFile(name, text.encode()), name)[0]


def make_place() -> Place:
    """Everything: people of two agencies, a plan in its second revision, tasks in each standing, reports and files,
    readings in each standing, notices, days off."""
    world = make_world()
    plan = monitoring.adopt(make_reading(world), world.chi, TODAY)
    plan.document.file, plan.document.file_name = _stored(TEXT, "ke-hoach.txt"), "ke-hoach.txt"
    plan.document.save()
    place = Place(world, plan)
    _make_tasks(place)
    _make_call(place)
    _make_rounds(place)
    _make_readings(place)
    _make_neighbours(place)
    k = place.keys
    k["plan"], k["document"] = plan.pk, plan.document_id
    k["notice"] = Notice.objects.create(person=world.binh, verb="plans.task.assigned", text="Việc mới", url="/").pk
    k["token"] = organization.calendar_token(world.an)
    set_day(world.agency, dt.date(2026, 12, 31), DayOff.Kind.OFF, "Nghỉ bù", actor=world.chi, source="CV 1/UBND")
    organization.propose_days_off(world.agency, [2027], actor=world.chi)
    k["unit"], k["person"] = world.units[TRADE].pk, world.an.pk
    k["office"] = world.units[OFFICE].pk
    k["objective"] = _make_ratings(place)
    k |= make_figures(world, plan)
    open_title = task_of(plan, "1.1").title
    asked = {"due": dt.date(2026, 12, 15)}
    change = plans.propose_change(task_of(place.plan, "2.1"), world.binh, asked, "Chờ kinh phí")
    ready = plans.propose_change(task_of(place.plan, "2.3"), world.chi, asked, "Sắp xếp lại bộ máy")
    place.keys |= {"change": change.pk, "change gathered": plans.gather_change(ready, world.chi).pk}
    authority = CertificateAuthority.objects.create(
        agency=world.agency, name="CA của Chính phủ", pem="", fingerprint="0" * 64, expires_on=dt.date(2030, 1, 1)
    )
    place.keys["authority"] = authority.pk
    place.keys["call rule"] = monitoring.call_rules_of(world.agency)[0].pk
    place.keys["warning rule"] = monitoring.warning_rules_of(world.agency)[0].pk
    for part in PARTS:
        part.make(place)
    place.text = (plan.title, world.an.full_name, "Gian hàng vận hành", open_title)
    return place


def _make_tasks(place: Place) -> None:
    """1.1 being reported on by `an`, 1.2 finished, a sub-task of 1.1 ready to be finished, 2.1 without an end."""
    world, plan, k = place.world, place.plan, place.keys
    open_task, done_task = task_of(plan, "1.1"), task_of(plan, "1.2")
    monitoring.assign(open_task, world.an, world.binh)
    sent = _sent(done_task, world.an, "Đã đưa 40 doanh nghiệp lên sàn.")
    monitoring.complete(done_task, world.binh, TODAY)
    division = Unit.objects.get(agency=world.agency, name="Tổ Thương mại điện tử")
    child = monitoring.split(
        open_task, world.binh, TODAY, title="Khảo sát hộ kinh doanh", unit=division, due=dt.date(2026, 10, 30)
    )
    _sent(child, world.binh, "Đã khảo sát 300 hộ.")
    draft = monitoring.start_report(open_task, world.an, TODAY)
    draft = monitoring.save_report(draft, world.an, {"progress": 40, "done_text": "Đã ký hợp đồng."})
    k |= {
        "task open": open_task.pk,
        "task done": done_task.pk,
        "task child": child.pk,
        "task lasting": task_of(plan, "2.1").pk,
        "task next door": task_of(plan, "2.2").pk,
        "report draft": draft.pk,
        "report sent": sent.pk,
        "evidence draft": _proof(draft, world.an, "Biên bản nháp.pdf").pk,
        "evidence sent": sent.evidence.get().pk,
        "duty plan": Duty.objects.filter(kind=Duty.Kind.PLAN_REPORT, unit=world.units[TRADE]).earliest("due").pk,
        "duty milestone": Duty.objects.filter(kind=Duty.Kind.MILESTONE, task=open_task).get().pk,
        "duty task": Duty.objects.open().filter(kind=Duty.Kind.FINISH, task=open_task).get().pk,
    }


def _make_ratings(place: Place) -> int:
    """September rated and signed off, October rated; gives the objective."""
    objective = place.plan.objectives.filter(ended_in=None).select_related("plan").earliest("order")
    for month, level in (("2026-09", "good"), ("2026-10", "poor")):
        for each in place.plan.objectives.filter(ended_in=None).select_related("plan"):
            ratings.rate(each, Period.parse(month), level, place.world.chi, TODAY, note="Đã xem xét")
    ratings.sign_month(place.plan, Period.parse("2026-09"), place.world.giang, TODAY)
    return objective.pk


def _make_call(place: Place) -> None:
    """A call for reports on the plan as a whole, begun by nobody yet."""
    called = monitoring.call_round(
        place.plan, place.world.chi, TODAY, kind="ad_hoc", event="Họp giao ban", due=TODAY + dt.timedelta(days=4)
    )
    place.keys["round called"] = called.pk
    place.keys["duty called"] = called.duties.get(unit=place.world.units[TRADE]).pk


def _make_rounds(place: Place) -> None:
    """A round in the middle of being gathered, its report written once; a locked one; a template of the agency's."""
    world, plan, k = place.world, place.plan, place.keys
    due = {"due": TODAY, "kind": "ad_hoc"}
    gathered = monitoring.call_round(plan, world.chi, TODAY, event="Kết luận của Bộ trưởng", **due)
    for unit, person, trouble in ((TRADE, world.binh, "Thiếu kinh phí thuê dịch vụ."), (INDUSTRY, world.dung, "")):
        report = monitoring.answer_duty(gathered.duties.get(unit=world.units[unit]), person, TODAY)
        values = {"done_text": "Đã làm xong phần việc được giao.", "difficulties": trouble}
        report = monitoring.submit_report(monitoring.save_report(report, person, values), person, TODAY)
        k["report gathered"] = report.pk
    # Called yesterday: today it still can be.
    monitoring.remind_units(gathered, world.chi, TODAY - dt.timedelta(1))
    monitoring.edit_section(gathered, world.chi, "opening", "Thực hiện kế hoạch, kết quả như sau:", TODAY)
    monitoring.generate(gathered, world.chi, TODAY)
    locked = monitoring.call_round(plan, world.chi, TODAY, event="Họp chi bộ", **due)
    monitoring.lock_round(locked, world.chi, TODAY)
    template = monitoring.upload_template(world.chi, "BC tháng", io.BytesIO(standard_template()), "mau.docx")
    # Of one task two units may differ: here its lead has spoken.
    disputed = monitoring.call_round(plan, world.chi, TODAY, event="Giao ban", tasks=[task_of(plan, "2.2")], **due)
    word = monitoring.answer_duty(disputed.duties.get(), world.dung, TODAY)
    word = monitoring.save_report(word, world.dung, {"progress": 30, "done_text": "Đã trình dự thảo."})
    k["report disputed"] = monitoring.submit_report(word, world.dung, TODAY).pk
    k["round disputed"] = disputed.pk
    k |= {"round gathered": gathered.pk, "round locked": locked.pk, "template": template.pk}


def _make_readings(place: Place) -> None:
    """The plan in its second revision, and a reading in each standing."""
    world, plan, k = place.world, place.plan, place.keys
    monitoring.amend(plan, make_reading(world, later_draft()), world.chi, TODAY, whole=False, skip=[1])
    plan.refresh_from_db()
    fresh = small_draft()
    fresh.document.number, fresh.document.title = "301/KH-SCT", "Khuyến công năm 2027"
    amending = later_draft()
    amending.document.number = "302/QĐ-SCT"
    amending.tasks[2].schedule_text = "Hàng tháng"
    amending.tasks[2].title = "Cập nhật giá bán lẻ hàng hóa thiết yếu mỗi tuần"
    doubtful = small_draft()
    doubtful.document.number = "303/KH-SCT"
    doubtful.doubts = [
        Doubt("tasks[3].coordinating_units[1]", "Tổ Đề án 06", "Không có trong danh bạ."),
        Doubt("tasks[1].schedule_text", "Tháng 12 năm 2026", "Xem lại thời hạn."),
    ]
    k["doubt"] = editing.doubt_keys(doubtful.doubts)[1]
    for name, draft in (("ready", fresh), ("amending", amending), ("doubtful", doubtful)):
        reading = make_reading(world, draft)
        reading.file, reading.file_name = _stored(TEXT + name, f"{name}.txt"), f"{name}.txt"
        reading.save()
        k[f"reading {name}"] = reading.pk
    others = {"queued": "", "failed": "Tệp trống."}
    for state, error in others.items():
        made = Reading.objects.create(
            agency=world.agency, file_name=f"{state}.pdf", state=state, error=error, uploaded_by=world.chi
        )
        k[f"reading {state}"] = made.pk
    k["reading adopted"] = Reading.objects.filter(state=Reading.State.ADOPTED).earliest("pk").pk


def _make_neighbours(place: Place) -> None:
    """`la`: the strongest role there is, in another agency; with a unit of her own."""
    agency = organization.make_agency(NEIGHBOUR, short_name="Sở Công Thương", code="SCTHT", place="Hà Trung")
    organization.load_register(agency, {"units": [{"name": OFFICE, "kind": "unit", "parent": NEIGHBOUR}]})
    unit = Unit.objects.get(agency=agency, name=OFFICE)
    place.world.people["la"] = organization.add_person("la", "Đinh Thị La", unit, "secretary", PASSWORD, post="head")
