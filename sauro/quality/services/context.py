"""Issues of the context and interested parties (TCVN ISO 9001:2015, 4.1, 4.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.organization.models import Agency, Person
from sauro.quality.models import ContextIssue, InterestedParty
from sauro.quality.ready import starters
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow

ISSUE, PARTY = "quality.issue", "quality.party"


def save_issue(
    agency: Agency, person: Person, today: dt.date, values: Mapping[str, Any], found: ContextIssue | None = None
) -> ContextIssue:
    """An internal or external issue: kind, effect, text, response. Raises `NotNow`, `Refused`."""
    return keeping.keep(
        ContextIssue, agency, person, {**values, "reviewed_on": today}, found, verb=ISSUE,
        fields=("kind", "effect", "text", "response", "reviewed_on"),
        needed={"text": _("Ghi vấn đề."), "kind": _("Chọn nội bộ hay bên ngoài.")},
    )  # fmt: skip


def save_party(
    agency: Agency, person: Person, today: dt.date, values: Mapping[str, Any], found: InterestedParty | None = None
) -> InterestedParty:
    """An interested party: kind, name, needs, response, the unit that watches. Raises `NotNow`, `Refused`."""
    name = str(values.get("name", found.name if found else "")).strip()
    same = InterestedParty.objects.filter(agency=agency, name=name, ended_on=None)
    if (same.exclude(pk=found.pk) if found else same).exists():
        raise NotNow(_("%(name)s đã có trong danh sách bên quan tâm.") % {"name": name})
    return keeping.keep(
        InterestedParty, agency, person, {**values, "reviewed_on": today}, found, verb=PARTY,
        fields=("kind", "name", "needs", "response", "unit", "reviewed_on"),
        needed={"name": _("Ghi tên bên quan tâm."), "needs": _("Ghi nhu cầu, mong đợi.")},
    )  # fmt: skip


def end(record: ContextIssue | InterestedParty, person: Person, today: dt.date) -> None:
    """The issue or the party no longer matters. Raises `NotNow`, `Refused`."""
    keeping.end(record, person, today, verb=ISSUE if isinstance(record, ContextIssue) else PARTY)


def review(record: ContextIssue | InterestedParty, person: Person, today: dt.date) -> None:
    """It was looked at again today and still holds (4.1, 4.2: monitored and reviewed). Raises `NotNow`, `Refused`."""
    keeping.review(record, person, today, verb=ISSUE if isinstance(record, ContextIssue) else PARTY)


@transaction.atomic
def take_issues(agency: Agency, person: Person, today: dt.date, kind: str) -> int:
    """Put the issues that agencies of the kind begin with on the list, those that never were on it."""
    have = set(ContextIssue.objects.filter(agency=agency).values_list("text", flat=True))
    new = [i for i in starters.issues(kind, agency.name, today.year) if i.text not in have]
    for issue in new:
        effect = ContextIssue.Effect.GOOD if issue.effect == "opportunity" else ContextIssue.Effect.BAD
        save_issue(agency, person, today, {"kind": issue.side, "effect": effect, "text": issue.text, "response": ""})
    return len(new)


@transaction.atomic
def take_parties(agency: Agency, person: Person, today: dt.date, kind: str) -> int:
    """Put the parties that agencies of the kind begin with on the list, those that never were on it."""
    have = set(InterestedParty.objects.filter(agency=agency).values_list("name", flat=True))
    new = [p for p in starters.parties(kind, agency.name, today.year) if p.name not in have]
    for party in new:
        values = {"kind": _kind_of(party.name), "name": party.name, "needs": "\n".join(party.needs),
                  "response": party.follow}  # fmt: skip
        save_party(agency, person, today, values)
    return len(new)


def _kind_of(name: str) -> str:
    words, kind = name.lower(), InterestedParty.Kind
    for part, found in (
        ("người dân", kind.CITIZEN), ("doanh nghiệp", kind.CITIZEN), ("cung cấp", kind.SUPPLIER),
        ("công chức", kind.STAFF), ("người lao động", kind.STAFF), ("phối hợp", kind.PEER),
        ("ủy ban", kind.ABOVE), ("bộ ", kind.ABOVE), ("cấp trên", kind.ABOVE), ("chính phủ", kind.ABOVE),
    ):  # fmt: skip
        if part in words:
            return found
    return kind.OTHER
