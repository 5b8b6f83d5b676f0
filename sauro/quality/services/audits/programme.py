"""The year's programme of audits (TCVN ISO 9001:2015, 9.2.2 a)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.quality.models import Audit, AuditorPlace, AuditProgramme
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import nfc


@transaction.atomic
def open_programme(
    agency: Agency, person: Person, year: int, *, purpose: str, criteria: str = "", method: str = ""
) -> AuditProgramme:
    """Begin the programme of a year. Raises `NotNow` (there is one, no purpose), `Refused`."""
    require(person, Capability.RUN_QUALITY, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if AuditProgramme.objects.filter(agency=agency, year=year).exists():
        raise NotNow(_("Đã có chương trình đánh giá nội bộ năm %(year)d. Mở chương trình đó để sửa.") % {"year": year})
    made = AuditProgramme.objects.create(agency=agency, year=year, **_texts(purpose, criteria, method))
    ledger.record(person, "quality.programme.opened", made, year=year)
    return made


@transaction.atomic
def edit_programme(
    programme: AuditProgramme, person: Person, *, purpose: str, criteria: str = "", method: str = ""
) -> AuditProgramme:
    """Change its words while it isn't approved. Raises `NotNow`, `Refused`."""
    fresh = _locked(programme)
    require(person, Capability.RUN_QUALITY, fresh)
    _must_be_open(fresh)
    for name, value in _texts(purpose, criteria, method).items():
        setattr(fresh, name, value)
    fresh.save()
    ledger.record(person, "quality.programme.edited", fresh)
    return fresh


@transaction.atomic
def approve_programme(programme: AuditProgramme, person: Person, today: dt.date) -> AuditProgramme:
    """Approve the programme; every audit in it must have its lead. Raises `NotNow`, `Refused`."""
    fresh = _locked(programme)
    require(person, Capability.APPROVE_DOCUMENT, fresh)
    _must_be_open(fresh)
    audits = list(fresh.audits.exclude(state=Audit.State.CANCELLED))
    if not audits:
        raise NotNow(_("Chương trình chưa có cuộc đánh giá nào. Thư ký ISO lập các cuộc đánh giá rồi trình lại."))
    led = set(
        AuditorPlace.objects.filter(audit__in=audits, role=AuditorPlace.Role.LEAD).values_list("audit_id", flat=True)
    )
    if without := [a.code for a in audits if a.pk not in led]:
        raise NotNow(
            _("Chưa có trưởng đoàn: %(codes)s. Thư ký ISO cử đoàn rồi trình lại.") % {"codes": ", ".join(without)}
        )
    fresh.approved_by, fresh.approved_on = person, today
    fresh.save()
    ledger.record(person, "quality.programme.approved", fresh, year=fresh.year, audits=len(audits))
    notices.tell(
        planners(fresh),
        "quality.programme.approved",
        lambda: _("Chương trình đánh giá nội bộ năm %(year)d đã được phê duyệt.") % {"year": fresh.year},
        f"/chat-luong/danh-gia/chuong-trinh/{fresh.pk}/",
        but=person,
    )
    return fresh


@transaction.atomic
def reopen_programme(programme: AuditProgramme, person: Person, reason: str) -> AuditProgramme:
    """Take the approval back so that the programme can be changed. Raises `NotNow`, `Refused`."""
    fresh = _locked(programme)
    require(person, Capability.APPROVE_DOCUMENT, fresh)
    if fresh.approved_on is None:
        raise NotNow(_("Chương trình năm %(year)d chưa được phê duyệt, sửa được ngay.") % {"year": fresh.year})
    if not (reason := nfc(reason).strip()):
        raise NotNow(_("Ghi lý do mở lại chương trình."))
    fresh.approved_by = None
    fresh.approved_on = None  # type: ignore[assignment]
    fresh.save()
    ledger.record(person, "quality.programme.reopened", fresh, year=fresh.year, reason=reason)
    notices.tell(
        planners(fresh),
        "quality.programme.reopened",
        lambda: (
            _("Chương trình đánh giá nội bộ năm %(year)d được mở lại để sửa: %(reason)s")
            % {"year": fresh.year, "reason": reason}
        ),
        f"/chat-luong/danh-gia/chuong-trinh/{fresh.pk}/",
        but=person,
    )
    return fresh


def planners(record: AuditProgramme | Audit) -> list[Person]:
    """Those who run the quality system of the record's agency."""
    return list(
        Person.objects.filter(
            unit__agency_id=record.agency_id, is_active=True, role__grants__has_key=Capability.RUN_QUALITY.value
        )
    )


def _locked(programme: AuditProgramme) -> AuditProgramme:
    found: AuditProgramme = AuditProgramme.objects.select_for_update().get(pk=programme.pk)
    return found


def _must_be_open(programme: AuditProgramme) -> None:
    if programme.approved_on is not None:
        raise NotNow(
            _("Chương trình năm %(year)d đã được phê duyệt ngày %(day)s. Lãnh đạo mở lại thì mới sửa được.")
            % {"year": programme.year, "day": f"{programme.approved_on:%d/%m/%Y}"}
        )


def _texts(purpose: str, criteria: str, method: str) -> dict[str, str]:
    if not (purpose := nfc(purpose).strip()):
        raise NotNow(_("Ghi mục đích của chương trình đánh giá."))
    return {"purpose": purpose, "criteria": nfc(criteria).strip(), "method": nfc(method).strip()}
