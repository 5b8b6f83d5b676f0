"""Step 2: the units of the agency from a list; those that are there are left as they are."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.organization.models import Agency, Person, Unit
from sauro.organization.services import load_register
from sauro.quality.models import SetUp
from sauro.quality.pasted import MOST_LINES, Fault, Field, Listed, parse
from sauro.quality.services.errors import NotNow
from sauro.quality.services.start import course
from sauro.quality.services.start.course import Line, Looked
from sauro.vietnamese.text import fold_tone_marks, squeeze

FIELDS = (
    Field("name", ("ten don vi", "don vi", "ten", "ten phong", "phong, don vi", "ten phong, don vi"), 300),
    Field("short_name", ("ten ngan", "viet tat", "ten viet tat", "ten goi tat"), 80),
    Field("parent", ("thuoc", "thuoc don vi", "don vi cap tren", "truc thuoc", "don vi cha"), 300),
)


def same(text: str) -> str:
    """What two ways of writing one name share: case, spaces and where the tone stands don't count."""
    return fold_tone_marks(squeeze(text)).casefold()


def too_long(listed: Listed) -> list[Fault]:
    """The one fault of a list that wasn't read, or of none."""
    words = _("Danh sách dài quá %(n)d dòng. Chia thành nhiều lần nhập.") % {"n": MOST_LINES}
    return [Fault(1, "", words)] if listed.too_long else []


def common_faults(row: object, fields: tuple[Field, ...], required: tuple[str, ...]) -> list[Fault]:
    """Empty and overlong cells, and cells beyond the table."""
    found = []
    cells, line, extra = row.cells, row.line, row.extra  # type: ignore[attr-defined]
    for f in fields:
        text = cells[f.key]
        if not text and f.key in required:
            found.append(Fault(line, f.key, _("Ô này không được để trống.")))
        if len(text) > f.most:
            words = _("Dài %(n)d ký tự, nhiều nhất là %(most)d. Ghi ngắn lại.")
            found.append(Fault(line, f.key, words % {"n": len(text), "most": f.most}))
    if extra:
        words = _("Dòng có nhiều ô hơn bảng, thừa “%(extra)s”. Bỏ ô thừa.")
        found.append(Fault(line, "", words % {"extra": extra[:60]}))
    return found


def look(agency: Agency, text: str) -> Looked:
    """What a list of units would bring: new units, those that are known, and every wrong cell."""
    listed = parse(text, FIELDS, indented=True)
    looked = Looked(faults=too_long(listed))
    known = {same(u.name): u for u in Unit.objects.filter(agency=agency)}
    root = agency.name
    in_text: dict[str, int] = {}
    above: list[str] = []
    for row in listed.rows:
        looked.faults += common_faults(row, FIELDS, ("name",))
        name, key = row.cells["name"], same(row.cells["name"])
        line = Line(row.line, row.cells)
        looked.lines.append(line)
        if key in in_text:
            words = _("Tên này đã có ở dòng %(line)d. Mỗi đơn vị ghi một lần.")
            looked.faults.append(Fault(row.line, "name", words % {"line": in_text[key]}))
        elif key:
            in_text[key] = row.line
        del above[row.depth :]
        line.data = {"depth": row.depth, "parent": row.cells["parent"] or (above[-1] if above else root)}
        above.append(known[key].name if key in known else name)
        if key in known:
            line.state, line.note = "known", _("đã có, giữ nguyên")
    for line in looked.lines:
        parent = line.cells["parent"]
        if parent and same(parent) not in known and same(parent) not in in_text:
            words = _("Không thấy đơn vị “%(name)s” trong danh sách. Ghi đúng tên như ở một dòng khác.")
            looked.faults.append(Fault(line.number, "parent", words % {"name": parent[:80]}))
    _no_circle(looked)
    written = {same(x.cells["name"]): x.cells["name"] for x in looked.lines}
    for line in looked.lines:
        key = same(line.data["parent"])
        line.data["parent"] = known[key].name if key in known else written.get(key, root)
        line.note = line.note or _("thuộc %(parent)s") % {"parent": line.data["parent"]}
    return looked


def _no_circle(looked: Looked) -> None:
    """Units that stand under each other, or under themselves."""
    above = {same(x.cells["name"]): same(x.data["parent"]) for x in looked.lines if x.cells["name"]}
    for line in looked.lines:
        key = same(line.cells["name"])
        seen, at = {key}, above.get(key, "")
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at == key and key:
            words = _("Đơn vị không thuộc về chính nó. Ghi lại cột này.")
            looked.faults.append(Fault(line.number, "parent", words))


@transaction.atomic
def take(person: Person, text: str) -> SetUp:
    """Take the units of a list into the register, all or none. Raises `NotNow` where a cell is wrong, `Refused`."""
    found = course.locked(person)
    looked = look(found.agency, text)
    stop(looked)
    new = [line for line in looked.lines if line.state == "new"]
    entries = [
        {"name": x.cells["name"], "short_name": x.cells["short_name"], "parent": x.data["parent"], "kind": "unit"}
        for x in new
    ]
    if entries:
        load_register(found.agency, {"units": entries}, actor=person)
    found.answers = {**found.answers, "units": {"added": len(new)}}
    return course.step_done(found, person, course.UNITS, "units", added=len(new), known=looked.count("known"))


def stop(looked: Looked) -> None:
    """Raises `NotNow` where a cell is wrong, or there is no row at all."""
    if looked.faults:
        raise NotNow(_("%(n)d ô sai, chưa dòng nào được nhập. Sửa rồi nhập lại.") % {"n": len(looked.faults)})
    if not looked.lines:
        raise NotNow(_("Danh sách còn trống. Dán danh sách hoặc chọn tệp Excel."))
