"""What an agency says of the standard's clauses."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation, RecordSeries
from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.quality.models import Applicability, ClauseAnswer, ClimateRelevance, Process
from sauro.quality.ready import standard
from sauro.quality.services.errors import NotNow


def _clause(number: str, edition: str) -> standard.Clause:
    try:
        return standard.clause(number, edition)
    except KeyError:
        raise NotNow(_("Tiêu chuẩn không có điều khoản %(number)s.") % {"number": number}) from None


@transaction.atomic
def set_applicability(
    agency: Agency,
    number: str,
    person: Person,
    today: dt.date,
    *,
    applies: bool,
    justification: str = "",
    edition: str = standard.CURRENT,
) -> Applicability:
    """Say that a clause does not apply, and why; or that it does again (TCVN ISO 9001:2015, 4.3).

    Only clauses whose leaving out can't touch what the agency answers for may be left out. Raises `NotNow`, `Refused`.
    """  # fmt: skip
    clause = _clause(number, edition)
    require(person, Capability.DECLARE, agency)
    if not applies and not clause.may_not_apply:
        raise NotNow(
            _("Điều khoản %(number)s không được loại trừ: bỏ nó thì hệ thống không còn bảo đảm dịch vụ.")
            % {"number": number}
        )
    if not applies and not justification.strip():
        raise NotNow(_("Ghi lý do không áp dụng điều khoản %(number)s.") % {"number": number})
    Agency.objects.select_for_update().get(pk=agency.pk)
    said, _made = Applicability.objects.update_or_create(
        agency=agency,
        edition=edition,
        clause=number,
        defaults={
            "applies": applies,
            "justification": justification.strip() if not applies else "",
            "decided_by": person,
            "decided_on": today,
        },
    )
    ledger.record(person, "quality.clause.applicability", said, applies=applies, reason=justification.strip())
    return said


@transaction.atomic
def tie(
    agency: Agency,
    number: str,
    person: Person,
    *,
    document: DocumentedInformation | None = None,
    process: Process | None = None,
    records: RecordSeries | None = None,
    unit: Unit | None = None,
    note: str = "",
    edition: str = standard.CURRENT,
) -> ClauseAnswer:
    """Say what answers a clause beside what the software finds by itself, or which unit owns it.

    Raises `NotNow` (nothing chosen, chosen from another agency), `Refused`.
    """  # fmt: skip
    _clause(number, edition)
    require(person, Capability.RUN_QUALITY, agency)
    chosen = {"document": document, "process": process, "records": records, "unit": unit}
    if not any(chosen.values()) and not note.strip():
        raise NotNow(_("Chọn tài liệu, quá trình, hồ sơ, đơn vị, hoặc ghi một dòng bằng chứng."))
    if any(one is not None and one.agency_id != agency.pk for one in chosen.values()):
        raise NotNow(_("Mục đã chọn không thuộc cơ quan này."))
    if ClauseAnswer.objects.filter(agency=agency, edition=edition, clause=number, note=note.strip(), **chosen).exists():
        raise NotNow(_("Mục này đã gắn với điều khoản %(number)s.") % {"number": number})
    answer = ClauseAnswer.objects.create(agency=agency, edition=edition, clause=number, note=note.strip(), **chosen)
    said = "; ".join(str(one) for one in chosen.values() if one) or note.strip()
    ledger.record(person, "quality.clause.tied", answer, after=said)
    return answer


@transaction.atomic
def untie(answer: ClauseAnswer, person: Person) -> None:
    """Take back what was tied to a clause by hand. Raises `Refused`."""
    require(person, Capability.RUN_QUALITY, answer)
    said = "; ".join(str(x) for x in (answer.document, answer.process, answer.records, answer.unit) if x) or answer.note
    ledger.record(person, "quality.clause.untied", answer, before=said)
    answer.delete()


@transaction.atomic
def judge_climate(
    agency: Agency, year: int, person: Person, today: dt.date, *, answer: str, reason: str
) -> ClimateRelevance:
    """Conclude whether climate change matters to the system this year (ISO 9001:2015/Amd 1:2024, 4.1).

    Raises `NotNow`, `Refused`.
    """
    require(person, Capability.RUN_QUALITY, agency)
    if answer not in ClimateRelevance.Answer.values:
        raise NotNow(_("Chọn có liên quan hay không liên quan."))
    if not reason.strip():
        raise NotNow(_("Ghi căn cứ của kết luận về biến đổi khí hậu."))
    Agency.objects.select_for_update().get(pk=agency.pk)
    said, _made = ClimateRelevance.objects.update_or_create(
        agency=agency,
        year=year,
        defaults={"answer": answer, "reason": reason.strip(), "decided_by": person, "decided_on": today},
    )
    ledger.record(person, "quality.climate.judged", said, year=year, answer=answer)
    return said
