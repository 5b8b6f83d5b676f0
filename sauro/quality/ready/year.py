"""The year of a quality management system: eight contents, their place on the wheel, and the plan that orders them.

The eight contents and their quarters are those of a department's yearly maintenance plan (Quyết định 19/2014/QĐ-TTg,
Thông tư 26/2014/TT-BKHCN).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from sauro.quality.ready.files import read
from sauro.quality.ready.kinds import fill, terms_of
from sauro.reading.draft import (
    Doubt,
    Draft,
    DraftObjective,
    DraftTarget,
    DraftTask,
    Head,
    LegalBasis,
    ReportingDuty,
    ReportingRule,
    Schedule,
    Signer,
)
from sauro.vietnamese.text import fold

Lead = Literal["office", "units", "committee"]
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_OFFICE = ("van phong", "phong hanh chinh", "phong to chuc", "phong tong hop")
# As `sauro.monitoring.services.duties` knows a group that means every unit.
_EVERYONE = ("cac don vi", "cac phong", "cac co quan, don vi", "cac cuc, vu", "cac vu, cuc")
_COMMITTEES = ("ban chi dao", "to giup viec", "to cong tac", "to bien tap", "hoi dong")


@dataclass(slots=True, frozen=True)
class Arc:
    """A stretch of the wheel: first and last month, and the lane from the outside (1) inwards."""

    label: str
    start: int
    end: int
    lane: int


@dataclass(slots=True, frozen=True)
class YearContent:
    """One of the eight. `quarter` None: all year; `title` and `products` still hold placeholders."""

    number: int
    title: str
    lead: Lead
    helpers: tuple[str, ...]
    quarter: int | None
    products: tuple[str, ...]
    records: str
    clauses: tuple[str, ...]
    arc: Arc


@dataclass(slots=True, frozen=True)
class AgencyFacts:
    """What the plan says of the agency. `kind`: a key of `kinds()`."""

    name: str
    kind: str
    place: str = ""


@dataclass(slots=True, frozen=True)
class UnitFacts:
    """One entry of the agency's register: its name, and its kind as in `organization.Unit.Kind`."""

    name: str
    kind: str = "unit"


@cache
def contents() -> tuple[YearContent, ...]:
    """The eight contents in order."""
    return tuple(
        YearContent(
            number=c["number"],
            title=c["title"],
            lead=c["lead"],
            helpers=tuple(c["with"]),
            quarter=c["quarter"],
            products=tuple(c["products"]),
            records=c["records"],
            clauses=tuple(c["clauses"]),
            arc=Arc(**c["wheel"]),
        )
        for c in read("year.json")["contents"]
    )


def due_of(content: YearContent, year: int) -> dt.date | None:
    """The last day of its quarter, None for what lasts all year."""
    if content.quarter is None:
        return None
    month = 3 * content.quarter
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def year_draft(facts: AgencyFacts, year: int, units: Sequence[UnitFacts]) -> Draft:
    """The maintenance plan of a year as a draft that `monitoring.adopt` takes as it is.

    `units`: the entries right under the agency, as the register names them. Where it has no committee the office leads
    in its place; where it has no group of all units they are listed one by one; where no unit looks like the office, a
    doubt is left for a person.
    Raises `KeyError` for an unknown kind of agency.
    """
    terms = terms_of(facts.kind, facts.name, year)
    data = read("year.json")
    bodies = _bodies(units, terms)
    office_known = any(u.name == bodies["office"][0] for u in units)
    tasks = [_task(c, year, bodies, terms) for c in contents()]
    return Draft(
        document=Head(
            type="Kế hoạch",
            issuer=facts.name,
            place=facts.place or None,
            title=fill(data["title"], terms),
            signer=Signer(None, terms["leader"], None),
            legal_bases=[_basis(b) for b in data["legal_bases"]],
            recipients=[terms["leadership"], *bodies["units"], f"Lưu: VT, {terms['secretary']}"],
        ),
        objectives=[_objective(o, year) for o in data["objectives"]],
        tasks=tasks,
        reporting_duties=[duty for d in data["reporting"] for duty in _duties(d, bodies)],
        doubts=[]
        if office_known
        else [_doubt(n, t, units) for n, t in enumerate(tasks) if t.lead_units[0] == terms["office"]],
    )


def _bodies(units: Sequence[UnitFacts], terms: dict[str, str]) -> dict[str, list[str]]:
    """Who is meant by "office", "committee", "team", "units", "leader", by name."""
    folded = [(fold(u.name), u) for u in units]
    single = [(name, u) for name, u in folded if u.kind == "unit"]
    office = next((u.name for name, u in single if name == fold(terms["office"])), None) or next(
        (u.name for head in _OFFICE for name, u in single if name.startswith(head)), terms["office"]
    )
    quality = [(name, u) for name, u in single if "iso" in name.split() or "chat luong" in name]
    committee = next((u.name for name, u in quality if name.startswith("ban chi dao")), None)
    team = next((u.name for name, u in quality if name.startswith("to ")), None)
    everyone = next(
        (
            u.name
            for name, u in folded
            if u.kind == "collective" and name.startswith(_EVERYONE) and "lien quan" not in name
        ),
        None,
    )
    each = [u.name for name, u in single if not name.startswith(_COMMITTEES)]
    return {
        "office": [office],
        "committee": [committee or office],
        # A committee that isn't in the register still stands in the plan by its name.
        "team": [team or committee or terms["committee"]],
        "units": [everyone] if everyone else each or [terms["units"]],
        "leader": [terms["leader"]],
    }


def _task(c: YearContent, year: int, bodies: dict[str, list[str]], terms: dict[str, str]) -> DraftTask:
    leads = bodies[c.lead]
    helpers = [name for body in c.helpers for name in bodies[body] if name not in leads]
    due = due_of(c, year)
    return DraftTask(
        ref=str(c.number),
        title=fill(c.title, terms),
        lead_units=list(leads),
        coordinating_units=helpers,
        responsible_text=" | ".join("; ".join(names) for names in (leads, helpers) if names),
        schedule_text=f"Quý {_ROMAN[c.quarter]} năm {year}" if c.quarter else "Thường xuyên",
        schedule=Schedule("deadline", due=due) if due else Schedule("continuous"),
        products=[fill(p, terms) for p in c.products],
        records=c.records,
    )


def _objective(o: dict[str, Any], year: int) -> DraftObjective:
    value = Decimal(o["value"])
    target = DraftTarget(
        indicator=o["indicator"],
        comparator=o["comparator"],
        low=value,
        high=None if o["comparator"] == ">=" else value,
        unit=o["unit"],
        period=str(year),
        source_text=o["text"],
    )
    return DraftObjective(
        text=o["text"],
        ref=o["ref"],
        targets=[target],
        measurement=o["measurement"],
        start=dt.date(year, 1, 1),
        end=dt.date(year, 12, 31),
    )


def _duties(d: dict[str, Any], bodies: dict[str, list[str]]) -> list[ReportingDuty]:
    """One rule for a group, else one for each unit; the office that gathers reports owes none to itself."""
    to = bodies[d["to"]][0]
    via = bodies[d["via"]][0] if "via" in d else None
    return [
        ReportingDuty(
            who=who,
            to=to,
            via=via,
            schedule_text=d["schedule"],
            rule=ReportingRule(d["period"], d["before_day"], d["of"]),
            text=f"{who} báo cáo kết quả thực hiện Kế hoạch về {via or to} {d['schedule']}.",
        )
        for who in bodies[d["who"]]
        if who != via
    ]


def _basis(b: dict[str, str]) -> LegalBasis:
    day = dt.date.fromisoformat(b["date"])
    text = f"{b['type']} số {b['number']} ngày {day:%d/%m/%Y} {b['rest']}"
    return LegalBasis(text=text, type=b["type"], number=b["number"], date=day)


def _doubt(index: int, task: DraftTask, units: Sequence[UnitFacts]) -> Doubt:
    return Doubt(
        field=f"tasks[{index}].lead_units",
        text=task.lead_units[0],
        why="Danh sách đơn vị chưa có văn phòng hoặc phòng hành chính. Chọn đơn vị làm đầu mối về chất lượng.",
        proposals=[u.name for u in units if u.kind == "unit"][:5],
    )
