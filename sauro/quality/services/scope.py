"""The scope of the system and the procedures that it covers (TCVN ISO 9001:2015, 4.3; QĐ 19/2014/QĐ-TTg)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.quality.models import ListedProcedure, Scope
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import fold, nfc, squeeze

VERB = "quality.procedure"
FIELDS = ("code", "name", "kind", "field", "unit", "decision", "time_limit", "document", "since")
MOST = 3000
# Titles, notes and blank rows that may stand above the heads: the list as the site writes it to Excel has two.
ABOVE = 10
# The columns of a table of procedures by the words of their heads, folded; the last are those of the site in English.
HEADS = {
    "code": ("ma thu tuc", "ma tthc", "ma so", "ma", "code", "procedure code"),
    "name": ("ten thu tuc hanh chinh", "ten thu tuc", "ten tthc", "ten", "thu tuc", "name", "procedure name"),
    "kind": ("loai", "type"),
    "field": ("linh vuc", "field"),
    "unit": ("don vi giai quyet", "don vi", "co quan giai quyet", "phong", "unit in charge"),
    "decision": ("quyet dinh cong bo", "quyet dinh", "declaration"),
    "time_limit": ("thoi han giai quyet", "thoi han", "time limit"),
    "until": ("ra khoi pham vi", "left the scope"),
}
# A cell of several lines as Excel copies it: in quotes, those within doubled.
_QUOTED = re.compile(r'(?m)(?:(?<=\t)|^)"((?:[^"\t\n]|"")*\n(?:[^"\t]|"")*)"(?=\t|$)')
LENGTHS = {"code": 60, "name": 1000, "field": 200, "decision": 120, "time_limit": 120}


def save_procedure(
    agency: Agency, person: Person, today: dt.date, values: Mapping[str, Any], found: ListedProcedure | None = None
) -> ListedProcedure:
    """A procedure on the list. Raises `NotNow`, `Refused`."""
    given = dict(values) if found else {"since": today, **values}
    return keeping.keep(
        ListedProcedure, agency, person, given, found, verb=VERB, fields=FIELDS,
        needed={"code": _("Ghi mã thủ tục."), "name": _("Ghi tên thủ tục.")},
        once=("code", _("Mã %(value)s đã có trong danh mục thủ tục.")),
    )  # fmt: skip


def end_procedure(procedure: ListedProcedure, person: Person, today: dt.date) -> None:
    """The procedure leaves the scope. Raises `NotNow`, `Refused`."""
    keeping.end(procedure, person, today, verb=VERB, field="until")


# Many at once ---------------------------------------------------------------------------------------------------


@dataclass(slots=True, frozen=True)
class Fault:
    """What is wrong with one cell. `row`: the row of the sheet, or the line of what was pasted; `column`: its head."""

    row: int
    column: str
    text: str


@dataclass(slots=True)
class Table:
    """Procedures read from a table, before anything is kept."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: int = 0


def cells_of_text(text: str) -> list[list[str]]:
    """The cells of a table pasted from a spreadsheet: tabs between cells, one row a line, blank ones too."""
    text = _QUOTED.sub(
        lambda found: squeeze(found[1].replace('""', '"')), nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    )
    return [[squeeze(c) for c in line.split("\t")] for line in text.split("\n")]


def cells_of_workbook(file: IO[bytes]) -> list[list[str]]:
    """The cells of the first sheet of an Excel file, blank rows too. Raises `NotNow` where it is none."""
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows, filled = [], 0
        for row in sheet.iter_rows(values_only=True, max_col=30):
            rows.append([squeeze(nfc(str(c))) if c is not None else "" for c in row])
            filled += any(rows[-1])
            # More than is taken in one go: enough is known to refuse it.
            if filled > MOST + ABOVE:
                break
        return rows
    except Exception as e:
        raise NotNow(_("Không đọc được tệp này. Lưu lại dạng .xlsx rồi tải lên.")) from e


def read_table(agency: Agency, cells: Sequence[Sequence[str]]) -> Table:
    """The procedures of a table, one of whose first rows names the columns, with every cell that is wrong; nothing is
    kept.

    Rows whose code is on the list already are counted, not read again; those that have left the scope stay out.
    """
    table = Table()
    heads_at = ((n, _columns(line)) for n, line in enumerate(cells[:ABOVE], 1))
    first, columns = next(((n, c) for n, c in heads_at if "code" in c and "name" in c), (1, {}))
    if not columns:
        table.faults.append(Fault(1, "", _("Dòng đầu phải có cột “Mã thủ tục” và “Tên thủ tục”.")))
        return table
    lines = [(n, line) for n, line in enumerate(cells[first:], first + 1) if any(line)]
    if len(lines) > MOST:
        table.faults.append(
            Fault(first, "", _("Mỗi lần nhận đến %(most)d dòng. Chia bảng làm nhiều lần.") % {"most": MOST})
        )
        return table
    heads = {name: squeeze(cells[first - 1][i]) for name, i in columns.items()}
    known = set(ListedProcedure.objects.filter(agency=agency, until=None).values_list("code", flat=True))
    units = _units(agency)
    seen: dict[str, int] = {}
    for n, line in lines:
        words = {name: line[i] if i < len(line) else "" for name, i in columns.items()}
        if words.get("until"):
            continue
        wrong = list(_wrong(words, units, seen))
        table.faults += [Fault(n, heads[name], text) for name, text in wrong]
        seen.setdefault(words["code"], n)
        if words["code"] in known:
            table.known += 1
        elif not wrong:
            table.rows.append(_values(words, units))
    return table


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    folded = [fold(squeeze(c)) for c in head]
    for name, ways in HEADS.items():
        at = next((folded.index(w) for w in ways if w in folded), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found


def _units(agency: Agency) -> dict[str, Unit]:
    units = {u.pk: u for u in Unit.objects.filter(agency=agency, kind=Unit.Kind.UNIT, is_active=True)}
    found: dict[str, Unit] = {}
    for unit in units.values():
        found |= {fold(t): unit for t in (unit.name, unit.short_name) if t}
    from sauro.organization.models import UnitAlias

    for pk, text in UnitAlias.objects.filter(agency=agency, unit__in=units).values_list("unit_id", "folded"):
        found.setdefault(text, units[pk])
    return found


def _wrong(words: Mapping[str, str], units: Mapping[str, Unit], seen: Mapping[str, int]) -> Any:
    if not words["code"]:
        yield "code", _("Thiếu mã thủ tục.")
    elif words["code"] in seen:
        yield "code", _("Mã %(code)s trùng với dòng %(row)d.") % {"code": words["code"], "row": seen[words["code"]]}
    if not words["name"]:
        yield "name", _("Thiếu tên thủ tục.")
    for name, most in LENGTHS.items():
        if len(words.get(name, "")) > most:
            yield name, _("Dài %(n)d chữ, chỉ nhận đến %(most)d.") % {"n": len(words[name]), "most": most}
    if words.get("unit") and fold(words["unit"]) not in units:
        yield "unit", _("Không có đơn vị “%(name)s” trong danh bạ.") % {"name": words["unit"][:80]}
    if words.get("kind") and _kind(words["kind"]) is None:
        yield "kind", _("Ghi “Thủ tục hành chính” hoặc “Công việc nội bộ”.")


def _kind(words: str) -> str | None:
    folded = fold(words)
    if "noi bo" in folded or "internal" in folded:
        return ListedProcedure.Kind.INTERNAL
    public = "thu tuc" in folded or "procedure" in folded or folded == "tthc"
    return ListedProcedure.Kind.PUBLIC if public else None


def _values(words: Mapping[str, str], units: Mapping[str, Unit]) -> dict[str, Any]:
    return {
        "code": words["code"], "name": words["name"], "field": words.get("field", ""),
        "kind": _kind(words.get("kind", "")) or ListedProcedure.Kind.PUBLIC,
        "unit": units.get(fold(words.get("unit", ""))), "decision": words.get("decision", ""),
        "time_limit": words.get("time_limit", ""),
    }  # fmt: skip


@transaction.atomic
def import_procedures(agency: Agency, person: Person, today: dt.date, table: Table) -> int:
    """Put the procedures of a table without faults on the list, all of them or none. Raises `NotNow`, `Refused`."""
    require(person, Capability.RUN_QUALITY, agency)
    if table.faults:
        raise NotNow(_("Bảng còn %(n)d chỗ sai; chưa dòng nào được nhận.") % {"n": len(table.faults)})
    if not table.rows:
        raise NotNow(_("Bảng không có thủ tục nào mới."))
    Agency.objects.select_for_update().get(pk=agency.pk)
    codes = [values["code"] for values in table.rows]
    if taken := ListedProcedure.objects.filter(agency=agency, until=None, code__in=codes).first():
        raise NotNow(_("Mã %(value)s đã có trong danh mục thủ tục.") % {"value": taken.code})
    rows = [ListedProcedure(agency=agency, since=today, **values) for values in table.rows]
    for row in rows:
        row.folded = _folded(row)
    ListedProcedure.objects.bulk_create(rows, batch_size=500)
    ledger.record(
        person, "quality.procedures.imported", agency, count=len(rows), first=rows[0].code, last=rows[-1].code
    )
    return len(rows)


def _folded(row: ListedProcedure) -> str:
    from sauro.quality.models.base import folded_of

    return folded_of(row.code, row.name)[:1100]


# Versions of the scope ------------------------------------------------------------------------------------------


def frozen_list(agency: Agency) -> list[dict[str, str]]:
    """The procedures covered now, as a version of the scope keeps them."""
    listed = ListedProcedure.objects.filter(agency=agency, until=None).select_related("unit", "document")
    return [
        {
            "code": r.code, "name": r.name, "kind": r.kind, "field": r.field, "unit": r.unit.name if r.unit else "",
            "decision": r.decision, "time_limit": r.time_limit, "document": r.document.code if r.document else "",
        }
        for r in listed.order_by("field", "code")
    ]  # fmt: skip


def current(agency_id: int, today: dt.date) -> Scope | None:
    """The version of the scope that applies on the day."""
    return Scope.objects.filter(agency_id=agency_id, effective_on__lte=today).order_by("-no").first()


@transaction.atomic
def decide(
    agency: Agency, person: Person, *, text: str, effective_on: dt.date, sites: str = "", reason: str = ""
) -> Scope:
    """A new version of the scope, with the list of procedures frozen as it is now. Raises `NotNow`, `Refused`."""
    require(person, Capability.DECLARE, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    last = Scope.objects.filter(agency=agency).order_by("-no").first()
    if not text.strip():
        raise NotNow(_("Ghi phạm vi áp dụng của hệ thống."))
    if last and not reason.strip():
        raise NotNow(_("Ghi phạm vi được điều chỉnh, mở rộng hay thu hẹp, và vì sao."))
    if last and effective_on < last.effective_on:
        raise NotNow(
            _("Phạm vi lần %(no)d áp dụng từ ngày %(day)s; lần mới không thể sớm hơn.")
            % {"no": last.no, "day": f"{last.effective_on:%d/%m/%Y}"}
        )
    made = Scope.objects.create(
        agency=agency, no=last.no + 1 if last else 1, text=text.strip(), sites=sites.strip(), reason=reason.strip(),
        effective_on=effective_on, procedures=frozen_list(agency), decided_by=person,
    )  # fmt: skip
    ledger.record(person, "quality.scope.decided", made, no=made.no, procedures=len(made.procedures), on=effective_on)
    runners = Person.objects.filter(
        unit__agency=agency, is_active=True, role__grants__has_key=Capability.RUN_QUALITY.value
    )
    notices.tell(
        runners, "quality.scope.decided",
        lambda: _("Phạm vi lần %(no)d đã được quyết định. Xem có phải công bố lại không.") % {"no": made.no},
        "/chat-luong/boi-canh/pham-vi/", but=person,
    )  # fmt: skip
    return made


@dataclass(slots=True, frozen=True)
class Difference:
    """What the list of procedures has now beyond the version of the scope, and what it no longer has."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def since(scope: Scope | None, agency: Agency) -> Difference:
    """How the list has changed since the version was frozen: a changed list calls for a new version."""
    if scope is None:
        return Difference()
    then = {p["code"]: p["name"] for p in scope.procedures}
    now = dict(ListedProcedure.objects.filter(agency=agency, until=None).values_list("code", "name"))
    return Difference(
        tuple(f"{c} {now[c]}" for c in sorted(now.keys() - then.keys())),
        tuple(f"{c} {then[c]}" for c in sorted(then.keys() - now.keys())),
    )
