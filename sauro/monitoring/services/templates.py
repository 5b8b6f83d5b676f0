"""The Word templates that an agency keeps: each upload is a new version, checked before it is kept."""

from __future__ import annotations

import io
from typing import IO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sauro.files.services import FileRefused, store
from sauro.ledger import services as ledger
from sauro.monitoring.models import ReportTemplate
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import nfc, squeeze
from sauro.writing.report import check_template

LIMIT = 10 * 1024 * 1024


class TemplateRefused(NotNow):
    """The template has mistakes; `faults` says each, with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(_("Chưa nhận mẫu: có %(count)d chỗ phải sửa.") % {"count": len(faults)})
        self.faults = faults


def upload_template(person: Person, name: str, source: IO[bytes], file_name: str) -> ReportTemplate:
    """Keep a new version of the template of that name, which takes the place of the one before.

    Raises `TemplateRefused` with every mistake, `NotNow` (no name), `Refused`.
    """
    agency = person.unit.agency
    require(person, Capability.MANAGE_RULES, agency)
    name = squeeze(nfc(name))[:200]
    if not name:
        raise NotNow(_("Ghi tên mẫu, ví dụ: BC tháng."))
    data = source.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise TemplateRefused([_("Tệp lớn hơn 10 MB. Bớt hình trong mẫu rồi tải lên.")])
    faults, placeholders = check_template(data)
    if faults:
        raise TemplateRefused(faults)
    try:
        file, _known = store(io.BytesIO(data), file_name)
    except FileRefused as no:
        raise TemplateRefused([str(no)]) from no
    with transaction.atomic():
        # Uploads of one name follow each other: the agency's row is the lock.
        type(agency).objects.select_for_update().get(pk=agency.pk)
        earlier = ReportTemplate.objects.filter(agency=agency, name=name)
        version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
        earlier.update(is_active=False)
        made = ReportTemplate.objects.create(
            agency=agency, name=name, version=version, file=file, placeholders=placeholders, uploaded_by=person
        )
        ledger.record(person, "monitoring.template.uploaded", made, version=version, file=file.sha256)
    return made


@transaction.atomic
def use_template(template: ReportTemplate, person: Person, *, active: bool) -> ReportTemplate:
    """Offer a version again, or no longer. Reports that were written with it keep it. Raises `Refused`."""
    require(person, Capability.MANAGE_RULES, template)
    template = ReportTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if template.is_active != active:
        template.is_active = active
        template.save(update_fields=["is_active"])
        ledger.record(
            person, "monitoring.template.offered" if active else "monitoring.template.withdrawn", template,
            version=template.version,
        )  # fmt: skip
    return template
