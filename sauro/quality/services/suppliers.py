"""Outside providers and their evaluation (TCVN ISO 9001:2015, 8.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.quality.models import Supplier, SupplierEvaluation
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow

VERB = "quality.supplier"


def save(agency: Agency, person: Person, values: Mapping[str, Any], found: Supplier | None = None) -> Supplier:
    """A provider: name, what it provides, the unit that watches it, criteria. Raises `NotNow`, `Refused`."""
    return keeping.keep(
        Supplier, agency, person, values, found, verb=VERB, fields=("name", "provides", "unit", "criteria"),
        needed={"name": _("Ghi tên bên cung cấp."), "provides": _("Ghi cung cấp gì.")},
        once=("name", _("%(value)s đã có trong danh sách bên cung cấp.")),
    )  # fmt: skip


def end(supplier: Supplier, person: Person, today: dt.date) -> None:
    """The provider is no longer used. Raises `NotNow`, `Refused`."""
    keeping.end(supplier, person, today, verb=VERB)


@transaction.atomic
def evaluate(
    supplier: Supplier, person: Person, today: dt.date, *, on: dt.date, result: str, note: str = ""
) -> SupplierEvaluation:
    """Judge a provider by its criteria (8.4.1). Anything but a plain pass needs words. Raises `NotNow`, `Refused`."""
    require(person, Capability.RUN_QUALITY, supplier.agency)
    if supplier.ended_on:
        raise NotNow(_("Bên cung cấp này đã thôi dùng, không đánh giá nữa."))
    if result not in SupplierEvaluation.Result.values:
        raise NotNow(_("Chọn kết quả đánh giá."))
    if on > today:
        raise NotNow(_("Ngày đánh giá ở sau hôm nay."))
    if result != SupplierEvaluation.Result.GOOD and not note.strip():
        raise NotNow(_("Ghi nhận xét: không đạt ở đâu, xử lý thế nào."))
    made = SupplierEvaluation.objects.create(supplier=supplier, on=on, by=person, result=result, note=note.strip())
    ledger.record(person, "quality.supplier.evaluated", supplier, on=on, result=result)
    return made
