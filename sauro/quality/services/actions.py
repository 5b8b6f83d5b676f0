"""An action is a task of the year's plan: ordered there, followed there, done there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring import services as monitoring
from sauro.organization.models import Person, Unit
from sauro.plans.models import Plan
from sauro.quality.models import QualityAction, YearCycle
from sauro.quality.models.links import ACTION_OF
from sauro.quality.services.errors import NotNow

GROUPS = {
    "nonconformity": "Hành động khắc phục",
    "risk": "Hành động giải quyết rủi ro, cơ hội",
    "finding": "Cải tiến sau đánh giá nội bộ",
    "decision": "Thực hiện kết luận xem xét của lãnh đạo",
}


def action_plan(agency_id: int, today: dt.date) -> Plan:
    """The plan that takes actions on the day: that of the year's cycle. Raises `NotNow` where there is none."""
    cycle = YearCycle.objects.filter(agency_id=agency_id, year=today.year).select_related("plan").first()
    if cycle is None:
        raise NotNow(
            _(
                "Chưa có kế hoạch duy trì hệ thống quản lý chất lượng năm %(year)d để giao việc. "
                "Thư ký ISO thông qua kế hoạch mẫu ở trang Chất lượng, mục Vòng năm."
            )
            % {"year": today.year}
        )
    return cycle.plan


@transaction.atomic
def order_action(
    subject: Any,
    kind: str,
    actor: Person,
    today: dt.date,
    *,
    title: str,
    unit: Unit,
    due: dt.date,
    products: Iterable[str] = (),
    accountable: Person | None = None,
) -> QualityAction:
    """Order what answers `subject`, a record of the kind `nonconformity`, `risk`, `finding` or `decision`.

    Whoever calls has asked for permission on the subject. Raises `NotNow`.
    """
    if kind not in ACTION_OF:
        raise ValueError(kind)
    task = monitoring.order(
        action_plan(subject.agency_id, today),
        actor,
        today,
        title=title,
        unit=unit,
        due=due,
        group=GROUPS[kind],
        origin=str(subject)[:1000],
        products=products,
        accountable=accountable,
    )
    action = QualityAction.objects.create(agency_id=subject.agency_id, task=task, **{kind: subject})
    ledger.record(actor, "quality.action.made", subject, task=task.pk, unit=unit.name, due=due)
    return action
