"""Issues, interested parties and responsibilities as forms to print (4.1, 4.2, 5.3). They speak Vietnamese, whoever
asks."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import override

from sauro.quality.models import ContextIssue, InterestedParty, Responsibility
from sauro.quality.models.base import AgencyRecord
from sauro.quality.papers.audit import letterhead
from sauro.writing.quality.record import Facts, RecordPaper, Signature
from sauro.writing.registers import Value


def issue_paper(found: ContextIssue, day: dt.date) -> RecordPaper:
    """The sheet of an issue of the context."""
    with override("vi"):
        rows: tuple[tuple[str, Value], ...] = (
            ("Vấn đề", found.text),
            ("Nguồn", found.get_kind_display()),
            ("Ảnh hưởng", found.get_effect_display()),
            ("Cách theo dõi, ứng phó", found.response),
            *_standing(found.reviewed_on, found.ended_on),
        )
    return _form(found, day, "Phiếu theo dõi vấn đề của bối cảnh", "", rows)


def party_paper(found: InterestedParty, day: dt.date) -> RecordPaper:
    """The sheet of an interested party."""
    with override("vi"):
        rows: tuple[tuple[str, Value], ...] = (
            ("Nhóm", found.get_kind_display()),
            ("Nhu cầu, mong đợi", found.needs),
            ("Cách đáp ứng, theo dõi", found.response),
            ("Đơn vị theo dõi", found.unit.name if found.unit else ""),
            *_standing(found.reviewed_on, found.ended_on),
        )
    return _form(found, day, "Phiếu theo dõi bên quan tâm", found.name, rows)


def responsibility_paper(found: Responsibility, day: dt.date) -> RecordPaper:
    """What a position answers for and may decide."""
    rows: tuple[tuple[str, Value], ...] = (
        ("Đơn vị", found.unit.name if found.unit else ""),
        ("Trách nhiệm", found.responsibilities),
        ("Quyền hạn", found.authority),
        *_standing(found.reviewed_on, None),
    )
    return _form(found, day, "Bảng trách nhiệm, quyền hạn", found.position, rows)


def _standing(reviewed_on: dt.date, ended_on: dt.date | None) -> tuple[tuple[str, Value], ...]:
    ended: tuple[tuple[str, Value], ...] = (("Không còn từ ngày", ended_on),) if ended_on else ()
    return (("Ngày xem xét gần nhất", reviewed_on), *ended)


def _form(found: AgencyRecord, day: dt.date, kind: str, title: str, rows: tuple[tuple[str, Value], ...]) -> RecordPaper:
    said = tuple((name, value) for name, value in rows if value)
    signatures = (Signature("Người lập"), Signature("Người duyệt"))
    return RecordPaper(
        letterhead(found.agency, day), kind, title, opening=(Facts(said),), signatures=signatures, numbered=False,
        ends=False,
    )  # fmt: skip
