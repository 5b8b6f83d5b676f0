"""Step 4: the list of procedures that the system covers (TCVN ISO 9001:2015, 4.3)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.organization.models import Agency, Person
from sauro.quality.models import ListedProcedure, SetUp
from sauro.quality.pasted import Fault, Field, parse
from sauro.quality.services.start import course
from sauro.quality.services.start.course import Line, Looked
from sauro.quality.services.start.finding import UnitFinder
from sauro.quality.services.start.units import common_faults, stop, too_long
from sauro.vietnamese.text import fold

FIELDS = (
    Field("code", ("ma thu tuc", "ma", "ma tthc", "ma thu tuc hanh chinh", "ky hieu"), 60),
    Field("name", ("ten thu tuc", "ten", "ten tthc", "ten thu tuc hanh chinh", "thu tuc", "ten cong viec"), 1000),
    Field("field", ("linh vuc",), 200),
    Field("unit", ("don vi giai quyet", "don vi", "don vi thuc hien", "phong", "don vi chu tri"), 300),
    Field("time_limit", ("thoi han", "thoi han giai quyet", "thoi gian giai quyet"), 120),
    Field("decision", ("quyet dinh cong bo", "quyet dinh", "can cu"), 120),
    Field("kind", ("loai", "loai thu tuc"), 40),
)
KINDS = {
    "": ListedProcedure.Kind.PUBLIC,
    "thu tuc hanh chinh": ListedProcedure.Kind.PUBLIC,
    "tthc": ListedProcedure.Kind.PUBLIC,
    "noi bo": ListedProcedure.Kind.INTERNAL,
    "cong viec noi bo": ListedProcedure.Kind.INTERNAL,
    "thu tuc noi bo": ListedProcedure.Kind.INTERNAL,
}


def look(agency: Agency, text: str) -> Looked:
    """What a list of procedures would bring, and every wrong cell."""
    listed = parse(text, FIELDS)
    looked = Looked(faults=too_long(listed))
    finder = UnitFinder(agency)
    covered = ListedProcedure.objects.filter(agency=agency, until=None)
    known = {code.casefold() for code in covered.values_list("code", flat=True)}
    in_text: dict[str, int] = {}
    for row in listed.rows:
        looked.faults += common_faults(row, FIELDS, ("code", "name"))
        cells, code = row.cells, row.cells["code"].casefold()
        line = Line(row.line, cells)
        looked.lines.append(line)
        if code in in_text:
            words = _("Mã này đã có ở dòng %(line)d. Mỗi thủ tục ghi một lần.")
            looked.faults.append(Fault(row.line, "code", words % {"line": in_text[code]}))
        elif code:
            in_text[code] = row.line
        kind = KINDS.get(fold(cells["kind"]))
        if kind is None:
            words = _("Loại là “thủ tục hành chính” hoặc “nội bộ”; để trống là thủ tục hành chính.")
            looked.faults.append(Fault(row.line, "kind", words))
        unit = finder.find(cells["unit"]) if cells["unit"] else None
        if cells["unit"] and unit is None:
            looked.faults.append(Fault(row.line, "unit", finder.unknown(cells["unit"])))
        line.data = {"kind": kind, "unit": unit}
        if code in known:
            line.state, line.note = "known", _("đã có, giữ nguyên")
    return looked


@transaction.atomic
def take(person: Person, text: str, today: dt.date) -> SetUp:
    """Put the procedures of a list into the scope from today, all or none. Raises `NotNow`, `Refused`."""
    found = course.locked(person)
    looked = look(found.agency, text)
    stop(looked)
    new = [line for line in looked.lines if line.state == "new"]
    for line in new:
        said = {name: line.cells[name] for name in ("code", "name", "field", "time_limit", "decision")}
        ListedProcedure.objects.create(agency=found.agency, since=today, **said, **line.data)
    found.answers = {**found.answers, "procedures": {"added": len(new)}}
    codes = [line.cells["code"] for line in new]
    return course.step_done(
        found, person, course.PROCEDURES, "procedures", added=len(new), known=looked.count("known"), codes=codes
    )
