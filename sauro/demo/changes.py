"""Evidence that the focal unit has compared, and proposals to change a plan in each state."""

from __future__ import annotations

import datetime as dt

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import HANDED_IN, Evidence
from sauro.organization.models import Agency, Person
from sauro.plans import services as plans
from sauro.plans.models import Task

NOT_MATCHING = "Biên bản thiếu trang có chữ ký của đơn vị tiếp nhận."
REASONS = (
    "Đơn vị cung cấp dịch vụ chưa hoàn thành hạng mục tích hợp, cần thêm thời gian kiểm thử.",
    "Kinh phí bổ sung đến tháng sau mới được giao.",
)


def compare(agency: Agency, chi: Person) -> None:
    """Of every four pieces of evidence two match, one doesn't, one waits."""
    given = Evidence.objects.filter(agency=agency, report__state__in=HANDED_IN, file__isnull=False)
    for n, evidence in enumerate(given.exclude(uploaded_by=chi).order_by("pk")):
        if n % 4 == 3:
            continue
        if n % 4 == 2 and n < 12:
            monitoring.check_evidence(evidence, chi, Evidence.Check.REFUSED, NOT_MATCHING)
        else:
            monitoring.check_evidence(evidence, chi, Evidence.Check.VERIFIED)


def propose(agency: Agency, people: dict[str, Person], today: dt.date) -> None:
    """Two heads ask for more time on a late task: one is put before the leader, one waits for the focal unit."""
    heads = [p for p in people.values() if p.post == Person.Post.HEAD]
    asked = 0
    late = Task.objects.filter(agency=agency).in_force().of_the_plan().overdue(today).order_by("due", "pk")
    for task in late:
        head = next((p for p in heads if p.unit.path == task.lead_path), None)
        if head is None or asked == len(REASONS):
            continue
        later = today + dt.timedelta(days=30)
        request = plans.propose_change(task, head, {"due": later}, REASONS[asked])
        if asked == 0:
            plans.gather_change(request, people["chi"], "Đề nghị chấp thuận; đơn vị đã có văn bản giải trình.")
        asked += 1
