"""The rounds that are still to be due: some reports handed in, one accepted, one returned, one begun, others silent."""

from __future__ import annotations

import datetime as dt

from sauro.demo.story import STORY
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty, Round
from sauro.organization.models import Agency, Person

REASON = "Số liệu chưa khớp với báo cáo kỳ trước. Đối chiếu lại rồi nộp."
EVENT = "Chuẩn bị họp giao ban của Ủy ban nhân dân tỉnh"


def live(agency: Agency, people: dict[str, Person], today: dt.date) -> None:
    """Open what is due soon and let the first units answer; then one call out of turn, on the plan that is due first.

    Of every six duties whose unit has someone to write: one accepted, one handed in, one returned, one begun.
    """
    monitoring.open_rounds(agency, today)
    rounds = list(Round.objects.running(today).filter(agency=agency, due__gte=today).order_by("due", "pk"))
    speakers = {p.unit_id: p for p in sorted(people.values(), key=lambda p: p.post == Person.Post.HEAD)}
    chi = people["chi"]
    waiting = Duty.objects.open().filter(round__in=rounds, reports=None).select_related("task", "round__plan", "unit")
    for n, duty in enumerate(waiting.order_by("due", "pk")[:36]):
        person = speakers.get(duty.unit_id)
        if person is None or n % 6 > 3:
            continue
        words = STORY[n % len(STORY)]
        report = monitoring.answer_duty(duty, person, today)
        progress = min(95, max(report.progress, 40 + 5 * (n % 6)))
        values = {"progress": progress, "done_text": words.done(progress), "difficulties": words.difficulty(progress)}
        monitoring.save_report(report, person, values)
        if n % 6 == 3:
            continue
        report = monitoring.submit_report(report, person, today)
        if n % 6 == 0:
            monitoring.accept_report(report, chi)
        elif n % 6 == 1:
            monitoring.return_report(report, chi, REASON)
    if rounds:
        monitoring.call_round(rounds[0].plan, chi, today, kind="ad_hoc", event=EVENT, due=today + dt.timedelta(days=4))
