"""What the public page shows: frozen copies that a person looked at and put there (TCVN ISO 9001:2015, 5.2.2, 6.2.1).

`compose` makes a copy of today's state, `publish` puts exactly what was looked at, `withdraw` takes it down. The public
page reads `Publication.body` alone. A body is Vietnamese, and names nobody but who signed the policy and the
declaration. Its shape by kind; days are ISO texts, numbers are texts as they are read:

policy       {"code", "title", "issue", "effective_on", "decision", "signer", "text": [paragraph]}
objectives   {"year", "cells": {"done_on_time", "done_late", "open_in_time", "open_overdue"}, "plans": how many,
              "rows": [OBJECTIVE]}
units        {"year", "count", "units": [{"name", "rows": [OBJECTIVE]}]}
scope        {"no", "text", "sites", "effective_on", "count"}
procedures   {"count", "rows": [{"code", "name", "kind", "field", "unit", "decision", "time_limit"}]}
declaration  {"no", "year", "edition", "decision", "declared_on", "signer", "position", "scope", "reason"}
OBJECTIVE    {"text", "rating": "good" | "fair" | "poor" | "", "month": of the rating,
              "targets": [{"text", "wanted", "result", "until"}]}
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentClass, DocumentedInformation
from sauro.ledger import services as ledger
from sauro.monitoring.measured import measured
from sauro.monitoring.models import Indicator, Rating
from sauro.monitoring.standing.asof import AsOf, count
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.plans.models import Objective, Plan, Target, Task
from sauro.quality.models import ConformityDeclaration, ListedProcedure, Publication, Scope, UnitObjectives
from sauro.quality.services.errors import NotNow
from sauro.writing.quality.content import DocumentContent
from sauro.writing.text import number_vi

Kind = Publication.Kind
Body = dict[str, Any]
WANTED = {
    Target.Comparator.AT_LEAST: "từ {low}",
    Target.Comparator.MORE: "trên {low}",
    Target.Comparator.AT_MOST: "không quá {high}",
    Target.Comparator.LESS: "dưới {high}",
    Target.Comparator.EQUAL: "{low}",
    Target.Comparator.RANGE: "{low} – {high}",
    Target.Comparator.ABOUT: "khoảng {low}",
}


@dataclass(slots=True, frozen=True)
class Composed:
    """A copy of today's state. `lines`: the same in words, for a person to look at before publishing it."""

    kind: str
    body: Body
    as_of: dt.date

    @property
    def sha256(self) -> str:
        """What names exactly this body."""
        return digest_of(self.body, self.as_of)

    @property
    def lines(self) -> list[str]:
        """The body in words, a line a fact."""
        return lines_of(self.kind, self.body)


def digest_of(body: Body, as_of: dt.date) -> str:
    """SHA-256 of a body with its day."""
    text = json.dumps([as_of.isoformat(), body], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def compose(agency: Agency, kind: str, today: dt.date) -> Composed:
    """A copy of what the agency would show today. Figures are those of the last whole month.

    Raises `NotNow` where there is nothing to show yet, with what is lacking.
    """
    return _MAKERS[Kind(kind)](agency, today)


def _month_end(today: dt.date) -> dt.date:
    return today.replace(day=1) - dt.timedelta(days=1)


def next_day(today: dt.date) -> dt.date:
    """The day proposed for the next copy: the tenth of the next month, when a month's figures are in."""
    return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=10)


def _policy(agency: Agency, today: dt.date) -> Composed:
    rows = DocumentedInformation.objects.filter(agency=agency, cls__kind=DocumentClass.Kind.POLICY).in_force()
    found = rows.select_related("current__approved_by").order_by("-current__effective_on", "pk").first()
    if found is None or found.current is None:
        raise NotNow(_("Chưa có chính sách chất lượng đang hiệu lực trong danh mục tài liệu."))
    version = found.current
    content = DocumentContent.from_json(version.content)
    text = "\n".join(filter(None, (content.purpose, content.body)))
    body = {
        "code": found.code,
        "title": found.title,
        "issue": version.issue_no,
        "effective_on": version.effective_on.isoformat() if version.effective_on else "",
        "decision": version.decision_number,
        "signer": version.approved_by.full_name if version.approved_by else "",
        "text": [line.strip() for line in text.splitlines() if line.strip()],
    }
    return Composed(Kind.POLICY, body, today)


def _plans_of(agency: Agency, year: int) -> list[Plan]:
    """Plans of the agency itself that run in the year. One that keeps the quality system going counts where it
    promises something too: an issued plan is often both."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = Plan.objects.filter(agency=agency, unit=None, starts_on__lte=last, ends_on__gte=first)
    promising = rows.filter(Q(quality_cycle=None) | Q(objectives__ended_in=None, objectives__isnull=False))
    return list(promising.distinct().order_by("starts_on", "pk"))


def _objectives(agency: Agency, today: dt.date) -> Composed:
    as_of = _month_end(today)
    plans = _plans_of(agency, as_of.year)
    rows = objective_rows(plans, as_of)
    if not rows:
        raise NotNow(_("Chưa có kế hoạch nào của cơ quan trong năm %(year)d có mục tiêu.") % {"year": as_of.year})
    cells = count(Task.objects.filter(plan__in=plans).of_the_plan(), AsOf(as_of))
    body = {
        "year": as_of.year,
        "cells": {
            "done_on_time": cells.done_on_time,
            "done_late": cells.done_late,
            "open_in_time": cells.in_time,
            "open_overdue": cells.open_overdue,
        },
        "plans": len(plans),
        "rows": [row for plan in plans for row in rows.get(plan.pk, [])],
    }
    return Composed(Kind.OBJECTIVES, body, as_of)


def _units(agency: Agency, today: dt.date) -> Composed:
    as_of = _month_end(today)
    kept = UnitObjectives.objects.filter(agency=agency, year=as_of.year).select_related("unit", "plan")
    made: list[UnitObjectives] = list(kept.order_by("unit__path"))
    rows = objective_rows([one.plan for one in made], as_of)
    units = [{"name": one.unit.name, "rows": rows[one.plan_id]} for one in made if rows.get(one.plan_id)]
    if not units:
        raise NotNow(_("Chưa đơn vị nào có mục tiêu năm %(year)d.") % {"year": as_of.year})
    return Composed(Kind.UNIT_OBJECTIVES, {"year": as_of.year, "count": len(units), "units": units}, as_of)


def objective_rows(plans: Iterable[Plan], as_of: dt.date) -> dict[int, list[Body]]:
    """Objectives of the plans by plan, each with its last signed rating up to the day and its targets; six queries
    however many there are."""
    objectives = list(
        Objective.objects.filter(plan__in=list(plans), ended_in=None).prefetch_related("targets").order_by("order")
    )
    ratings: dict[int, Rating] = {}
    signed = Rating.objects.filter(objective__in=objectives, signed_at__isnull=False, month__lte=f"{as_of:%Y-%m}")
    for rating in signed.order_by("month"):
        ratings[rating.objective_id] = rating
    indicators = Indicator.objects.filter(target__objective__in=objectives)
    found = {one.indicator.target_id: one for one in measured(indicators, as_of).values()}
    rows: dict[int, list[Body]] = {}
    for objective in objectives:
        rated = ratings.get(objective.pk)
        rows.setdefault(objective.plan_id, []).append(
            {
                "text": objective.text.strip(),
                "rating": rated.level if rated else "",
                "month": rated.month if rated else "",
                "targets": [_target_row(t, found.get(t.pk), as_of) for t in objective.targets.all()],
            }
        )
    return rows


def _target_row(target: Target, found: Any, as_of: dt.date) -> Body:
    points = [p for p in found.points if p.period.end <= as_of] if found else []
    last = points[-1] if points else None
    unit = found.indicator.unit_name if found else target.unit
    return {
        "text": target.indicator.strip(),
        "wanted": wanted_words(target),
        "result": _with_unit(number_vi(round(last.reached, 2)), unit) if last else "",
        "until": last.period.label if last else "",
    }


def _with_unit(words: str, unit: str) -> str:
    return f"{words}{unit}" if unit.startswith("%") else f"{words} {unit}".strip()


def wanted_words(target: Target) -> str:
    """What was promised, in plain words: "từ 99%", "83.400 tỷ đồng", "tăng 15 – 17% so với năm 2025"."""
    low, high = target.low, target.high
    either = low if low is not None else high
    if either is None:
        return ""
    words = WANTED[Target.Comparator(target.comparator)].format(
        low=number_vi(low if low is not None else either), high=number_vi(high if high is not None else either)
    )
    direction = {"increase": "tăng ", "decrease": "giảm "}.get(target.direction, "")
    since = f" so với năm {target.baseline_year}" if target.baseline_year else ""
    return direction + _with_unit(words, target.unit) + since


def _scope(agency: Agency, today: dt.date) -> Composed:
    found = Scope.objects.filter(agency=agency, effective_on__lte=today).order_by("-no").first()
    if found is None:
        raise NotNow(_("Chưa quyết định phạm vi áp dụng của hệ thống."))
    body = {
        "no": found.no,
        "text": found.text.strip(),
        "sites": found.sites.strip(),
        "effective_on": found.effective_on.isoformat(),
        "count": len(found.procedures),
    }
    return Composed(Kind.SCOPE, body, today)


def _procedures(agency: Agency, today: dt.date) -> Composed:
    listed = ListedProcedure.objects.filter(agency=agency, since__lte=today).exclude(until__lt=today)
    rows = [
        {
            "code": p.code,
            "name": p.name,
            "kind": p.kind,
            "field": p.field,
            "unit": p.unit.name if p.unit else "",
            "decision": p.decision,
            "time_limit": p.time_limit,
        }
        for p in listed.select_related("unit").order_by("field", "code")
    ]
    if not rows:
        raise NotNow(_("Chưa có thủ tục nào trong danh mục áp dụng."))
    return Composed(Kind.PROCEDURES, {"count": len(rows), "rows": rows}, today)


def _declaration(agency: Agency, today: dt.date) -> Composed:
    found = (
        ConformityDeclaration.objects.filter(agency=agency, state=ConformityDeclaration.State.DECLARED)
        .select_related("scope", "declared_by")
        .first()
    )
    if found is None:
        raise NotNow(_("Chưa có bản công bố phù hợp đang hiệu lực."))
    signer: Person = found.declared_by
    body = {
        "no": found.no,
        "year": found.year,
        "edition": found.edition,
        "decision": found.decision_number,
        "declared_on": found.declared_on.isoformat(),
        "signer": signer.full_name,
        "position": signer.position,
        "scope": found.scope.text.strip(),
        "reason": found.reason,
    }
    return Composed(Kind.DECLARATION, body, today)


_MAKERS: dict[str, Callable[[Agency, dt.date], Composed]] = {
    Kind.POLICY: _policy,
    Kind.OBJECTIVES: _objectives,
    Kind.UNIT_OBJECTIVES: _units,
    Kind.SCOPE: _scope,
    Kind.PROCEDURES: _procedures,
    Kind.DECLARATION: _declaration,
}
_RATED = {"good": "Tốt", "fair": "Trung bình", "poor": "Kém", "": "chưa đánh giá"}


def _day(text: str) -> str:
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _objective_lines(rows: Iterable[Body]) -> list[str]:
    lines = []
    for row in rows:
        month = f" ({row['month'][5:]}/{row['month'][:4]})" if row["month"] else ""
        lines.append(f"{row['text'].rstrip(' .:;')}: {_RATED[row['rating']]}{month}")
        for t in row["targets"]:
            result = f"{t['result']} ({t['until'].lower()})" if t["result"] else "chưa có số liệu"
            lines.append(f"– {t['text']}: cam kết {t['wanted']}, kết quả {result}")
    return lines


def lines_of(kind: str, body: Body) -> list[str]:
    """A body in words, in Vietnamese as the public page is; also what two bodies are compared by."""
    match Kind(kind):
        case Kind.POLICY:
            head = f"{body['title']}, ban hành lần {body['issue']}, hiệu lực từ {_day(body['effective_on'])}"
            signed = " ".join(filter(None, (body["decision"], body["signer"])))
            return [head, *([f"Ban hành theo: {signed}"] if signed else []), *body["text"]]
        case Kind.OBJECTIVES:
            c = body["cells"]
            words = (
                f"Hoàn thành đúng hạn {c['done_on_time']}, hoàn thành quá hạn {c['done_late']}, chưa hoàn thành trong "
                f"hạn {c['open_in_time']}, chưa hoàn thành quá hạn {c['open_overdue']}; {body['plans']} kế hoạch"
            )
            return [words, *_objective_lines(body["rows"])]
        case Kind.UNIT_OBJECTIVES:
            return [line for one in body["units"] for line in (one["name"], *_objective_lines(one["rows"]))]
        case Kind.SCOPE:
            head = f"Phạm vi lần {body['no']}, áp dụng từ {_day(body['effective_on'])}, {body['count']} thủ tục"
            return [head, *body["text"].splitlines(), *filter(None, body["sites"].splitlines())]
        case Kind.PROCEDURES:
            names = ("code", "name", "field", "unit", "decision", "time_limit")
            return [" · ".join(filter(None, (row[name] for name in names))) for row in body["rows"]]
        case Kind.DECLARATION:
            head = f"Công bố lần {body['no']}, TCVN ISO 9001:{body['edition']}, ngày {_day(body['declared_on'])}"
            signed = ", ".join(filter(None, (body["decision"], body["position"], body["signer"])))
            return [head, signed, *body["scope"].splitlines(), *filter(None, [body["reason"]])]
    raise ValueError(kind)


def differences(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Each line with what became of it, in reading order: ("same" | "removed" | "added", line)."""
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            found += [("same", line) for line in before[a:b]]
        else:
            found += [("removed", line) for line in before[a:b]]
            found += [("added", line) for line in after[c:d]]
    return found


def public(agency: Agency | int, kind: str) -> Publication | None:
    """What the public page shows of the kind now."""
    return Publication.objects.filter(agency=agency, kind=kind, withdrawn_at=None).first()


@transaction.atomic
def publish(
    agency: Agency, kind: str, person: Person, today: dt.date, *, seen: str, next_on: dt.date | None = None
) -> Publication:
    """Put today's copy on the public page in place of the one there. `seen`: `Composed.sha256` of what the person
    looked at; where the figures have moved since, nothing is published. Raises `NotNow`, `Refused`."""
    require(person, Capability.PUBLISH, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    made = compose(agency, kind, today)
    if made.sha256 != seen:
        raise NotNow(_("Nội dung đã đổi từ lúc mở trang. Xem lại bản mới ở dưới rồi công khai."))
    if next_on is not None and next_on <= today:
        raise NotNow(_("Ngày có bản tiếp theo phải ở sau hôm nay."))
    before = public(agency, kind)
    if before and digest_of(before.body, before.as_of) == made.sha256 and before.next_on == next_on:
        raise NotNow(_("Trang công khai đang có đúng bản này."))
    if before:
        before.withdrawn_at = timezone.now()
        before.save()
    publication = Publication.objects.create(
        agency=agency, kind=kind, body=made.body, as_of=made.as_of,
        next_on=next_on,  # type: ignore[misc]
        published_at=timezone.now(), published_by=person,
    )  # fmt: skip
    ledger.record(person, "quality.publication.published", publication, kind=kind, as_of=made.as_of, sha256=made.sha256)
    return publication


@transaction.atomic
def withdraw(publication: Publication, person: Person, reason: str) -> Publication:
    """Take it down from the public page; the copy is kept. Raises `NotNow`, `Refused`."""
    locked = Publication.objects.select_for_update(of=("self",)).select_related("agency").get(pk=publication.pk)
    require(person, Capability.PUBLISH, locked)
    if locked.withdrawn_at:
        raise NotNow(_("Bản này đã gỡ khỏi trang công khai."))
    if not reason.strip():
        raise NotNow(_("Ghi lý do gỡ."))
    locked.withdrawn_at = timezone.now()
    locked.save()
    ledger.record(person, "quality.publication.withdrawn", locked, kind=locked.kind, reason=reason.strip()[:500])
    return locked
