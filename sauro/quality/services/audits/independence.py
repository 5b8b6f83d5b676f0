"""Auditors don't audit their own work (TCVN ISO 9001:2015, 9.2.2 c)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, allows, holders
from sauro.quality.models import Audit, AuditorPlace, Process
from sauro.quality.services.errors import NotNow

Role = AuditorPlace.Role
Team = Sequence[tuple[Person, str]]


def ties(
    people: Iterable[Person], unit: Unit, processes: Iterable[Process], documents: Iterable[DocumentedInformation]
) -> dict[int, list[str]]:
    """What ties each person to what is audited, as sentences; no entry where nothing does.

    `people` with their units, `documents` with `current`: no query per person. Who heads the unit that owns a process
    owns it where no person is named.
    """
    owned, written = list(processes), list(documents)
    owning = {p.unit_id: p for p in owned if not p.owner_id}
    found: dict[int, list[str]] = {}
    for person in people:
        said = []
        own = person.unit.path
        if own == unit.path:
            said.append(_("công tác tại chính đơn vị được đánh giá"))
        elif own.startswith(unit.path):
            said.append(_("công tác tại %(unit)s, trực thuộc đơn vị được đánh giá") % {"unit": person.unit.name})
        elif unit.path.startswith(own):
            said.append(_("công tác tại %(unit)s, cấp trên của đơn vị được đánh giá") % {"unit": person.unit.name})
        said += [_("là chủ quá trình %(name)s") % {"name": p.name} for p in owned if p.owner_id == person.pk]
        if person.post == Person.Post.HEAD and person.unit_id in owning:
            said.append(_("phụ trách đơn vị chủ quá trình %(name)s") % {"name": owning[person.unit_id].name})
        for document in written:
            version = document.current
            if version and version.drafted_by_id == person.pk:
                said.append(_("soạn thảo %(code)s đang hiệu lực") % {"code": document.code})
            if version and version.checked_by_id == person.pk:
                said.append(_("kiểm tra %(code)s đang hiệu lực") % {"code": document.code})
        if said:
            found[person.pk] = said
    return found


def check_team(
    team: Team,
    unit: Unit,
    processes: Iterable[Process],
    documents: Iterable[DocumentedInformation],
) -> None:
    """Nothing where the team may audit this: a lead, everyone of the agency, auditors independent. Observers only look
    on. Raises `NotNow` with whom to change and why."""
    agency_id = unit.agency_id
    if len({p.pk for p, _role in team}) != len(team):
        raise NotNow(_("Mỗi người chỉ đứng một lần trong đoàn đánh giá. Bỏ dòng bị trùng."))
    for person, _role in team:
        if person.agency_id != agency_id or not person.is_active:
            raise NotNow(_("%(name)s không còn làm việc ở cơ quan này. Chọn người khác.") % {"name": person.full_name})
    leads = [p for p, role in team if role == Role.LEAD]
    if len(leads) != 1:
        raise NotNow(_("Đoàn đánh giá phải có đúng một trưởng đoàn. Chọn trưởng đoàn ở mục Đoàn đánh giá."))
    auditors = [p for p, role in team if role != Role.OBSERVER]
    tied = ties(auditors, unit, list(processes), list(documents))
    for person in auditors:
        if person.pk in tied:
            raise NotNow(
                _(
                    "%(name)s không được đánh giá %(unit)s vì %(why)s. Đánh giá viên không đánh giá công việc của "
                    "mình (TCVN ISO 9001:2015, điều 9.2.2). Chọn người khác ở mục Đoàn đánh giá."
                )
                % {"name": person.full_name, "unit": unit.name, "why": "; ".join(tied[person.pk])}
            )
    if not allows(leads[0], Capability.RAISE_NONCONFORMITY, unit):
        raise NotNow(
            _(
                "%(name)s chưa được ghi nhận sự không phù hợp ở %(unit)s nên không làm trưởng đoàn được. "
                "Chọn người có quyền này: %(who)s."
            )
            % {
                "name": leads[0].full_name,
                "unit": unit.name,
                "who": holders(Capability.RAISE_NONCONFORMITY, unit, most=3) or _("chưa có ai"),
            }
        )


def team_of(audit: Audit) -> list[tuple[Person, str]]:
    """The team as it stands: (person, role)."""
    return [
        (place.person, place.role)
        for place in audit.team.select_related("person", "person__unit", "person__role").order_by("pk")
    ]


def check_independence(audit: Audit) -> None:
    """The same check on the audit as it stands today: people move, processes get owners. Raises `NotNow`."""
    check_team(team_of(audit), audit.unit, audit.processes.all(), audit.documents.select_related("current"))


def candidates(
    audit_unit: Unit, processes: Iterable[Process], documents: Iterable[DocumentedInformation]
) -> list[tuple[Person, list[str]]]:
    """Everyone who could be chosen, internal auditors first, each with what ties them to what is audited."""
    people = list(
        Person.objects.filter(unit__agency_id=audit_unit.agency_id, is_active=True)
        .select_related("unit", "unit__agency", "role")
        .order_by("sort_key", "pk")
    )
    tied: Mapping[int, list[str]] = ties(people, audit_unit, list(processes), list(documents))
    people.sort(key=lambda p: Capability.AUDIT.value not in p.role.grants)
    return [(p, tied.get(p.pk, [])) for p in people]
