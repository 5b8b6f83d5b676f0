"""Moving a report through its states: every verb asks the lattice, then permission, then locks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sauro.monitoring import lattice
from sauro.monitoring.lattice import LATTICE, Verb
from sauro.monitoring.models import Report, Round
from sauro.organization.models import Person
from sauro.organization.policy import Capability, Refused, allows, holders, require
from sauro.plans.services.errors import NotNow


def locked_row(report: Report) -> Report:
    """The report as it stands now, locked until the transaction ends."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("task", "task__plan", "unit", "author", "duty", "round", "round__focal_unit", "round__plan")
        .get(pk=report.pk)
    )


def writes_for(report: Report, person: Person) -> bool:
    """Whether the person may write in it: who began it; where it answers a duty, everyone who reports for the unit."""
    if report.author_id == person.pk:
        return person.is_active
    return report.duty_id is not None and allows(person, Capability.REPORT, report.unit)


def check_step(report: Report, verb: Verb) -> None:
    """Raises `NotNow`, with why and who can lift it, where the report's state or a locked round forbids the verb."""
    if lattice.leads_to(verb, report.state) is None:
        who = holders(lattice.lifts(report.state), report)
        raise NotNow(lattice.why_not(verb, report.state, who or _("Thư ký ISO")))
    locked = report.round is not None and report.round.state == Round.State.LOCKED
    if locked and verb not in (Verb.UNLOCK, Verb.LOCK):
        raise NotNow(locked_words(report.round))


def why_not(report: Report, verb: Verb, person: Person) -> str:
    """Why the person can't use the verb on the report now, and who can lift it; empty where they can. For pages.

    `report` as fetched, with `unit`, `author`, `round`.
    """
    try:
        check_person(report, verb, person)
        check_step(report, verb)
    except (NotNow, Refused) as no:
        return str(no)
    return ""


def locked_words(round: Round | None) -> str:
    """That a round is locked, since when, and who can open it again."""
    assert round is not None
    who = holders(Capability.UNLOCK, round) or _("Thư ký ISO")
    day = f"{round.locked_at:%d/%m/%Y}" if round.locked_at else ""
    return _("Kỳ báo cáo đã khóa ngày %(day)s. %(who)s mở lại được, cần ghi lý do.") % {"day": day, "who": who}


def check_person(report: Report, verb: Verb, person: Person) -> None:
    """Raises `Refused` where the person may not use the verb on the report."""
    capability = LATTICE[verb].capability
    if capability != Capability.REPORT:
        require(person, capability, report)
    elif not writes_for(report, person):
        raise Refused(
            _("Báo cáo này của %(unit)s, do %(name)s soạn. Người của đơn vị đó sửa, nộp và rút được.")
            % {"unit": report.unit.name, "name": report.author.full_name}
            if report.duty_id
            else _("Báo cáo này do %(name)s soạn. Chỉ người soạn sửa được.") % {"name": report.author.full_name}
        )
