"""Step 3: the people of the agency from a list, their sign-in names proposed, their first passwords said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person, Role, Unit
from sauro.organization.services import add_person, edit_person, ensure_roles, reset_password
from sauro.quality.models import SetUp
from sauro.quality.pasted import Fault, Field, parse
from sauro.quality.services.errors import NotNow
from sauro.quality.services.start import course
from sauro.quality.services.start.course import Line, Looked
from sauro.quality.services.start.finding import UnitFinder
from sauro.quality.services.start.units import common_faults, stop, too_long
from sauro.vietnamese.text import fold

FIELDS = (
    Field("name", ("ho va ten", "ho ten", "ten", "ho, ten"), 100),
    Field("unit", ("don vi", "phong", "don vi cong tac", "phong, don vi"), 300),
    Field("position", ("chuc vu", "chuc danh", "vi tri"), 100),
    Field("role", ("vai tro", "vai tro tren phan mem", "quyen"), 80),
    Field("email", ("thu dien tu", "email", "e-mail", "thu cong vu", "thu dien tu cong vu"), 254),
)
Post = Person.Post
# How positions begin, without diacritics; "giám đốc" leads the agency only where the person sits in its leadership.
_HEADS = (
    "truong", "chanh van phong", "chanh thanh tra", "giam doc", "doi truong", "to truong", "vu truong", "cuc truong",
    "chi cuc truong", "thu truong don vi", "vien truong", "hieu truong",
)  # fmt: skip
_LEADERS = ("giam doc", "chu tich", "cuc truong", "chi cuc truong", "bo truong", "thu truong", "tong giam doc")
_TOP_UNITS = ("ban giam doc", "ban lanh dao", "lanh dao ", "ban chi huy")
# Passwords are made for so many people at once: each takes a good part of a second, on purpose.
AT_ONCE = 40


def guess(position: str, unit: Unit) -> tuple[str, str]:
    """(role, post) that a position asks for: leader, head, secretary, auditor; officer and member else."""
    said = fold(position)
    deputy = said.startswith("pho ")
    bare = said.removeprefix("pho ")
    post = Post.DEPUTY if deputy else Post.HEAD
    top = unit.depth == 1 or unit.folded.startswith(_TOP_UNITS)
    if top and bare.startswith(_LEADERS):
        return "leader", post
    if bare.startswith(_HEADS):
        return "head", post
    if "thu ky iso" in said:
        return "secretary", Post.MEMBER
    if "danh gia vien" in said:
        return "auditor", Post.MEMBER
    return "officer", Post.MEMBER


def username_base(full_name: str) -> str:
    """A sign-in name: the given name, then the first letters of the others: "Lê Thị Kim Chi" → "chiltk"."""
    words = ["".join(c for c in word if c.isascii() and c.isalnum()) for word in fold(full_name).split()]
    words = [word for word in words if word]
    if not words:
        return "nguoidung"
    name = words[-1] + "".join(word[0] for word in words[:-1])
    return name[:60] if len(name) > 1 else f"{name}1"


def propose_usernames(names: Iterable[str]) -> list[str]:
    """A free sign-in name for each full name, in their order; a number is added to one that is taken."""
    bases = [username_base(name) for name in names]
    tries = {f"{base}{n or ''}" for base in bases for n in (0, *range(2, 10))}
    taken = set(Person.objects.filter(username__in=tries).values_list("username", flat=True))
    found = []
    for base in bases:
        n, name = 1, base
        while name in taken or (n > 9 and Person.objects.filter(username=name).exists()):
            n += 1
            name = f"{base}{n}"
        taken.add(name)
        found.append(name)
    return found


def look(agency: Agency, text: str) -> Looked:
    """What a list of people would bring, with role and sign-in name proposed, and every wrong cell."""
    ensure_roles()
    listed = parse(text, FIELDS)
    looked = Looked(faults=too_long(listed))
    finder = UnitFinder(agency)
    roles, labels = _roles(), {r.code: str(r) for r in Role.objects.order_by("pk")}
    here = list(Person.objects.filter(unit__agency=agency).select_related("unit"))
    known = _Known(here)
    heads = {p.unit_id: p.full_name for p in here if p.post == Post.HEAD and p.is_active}
    in_text: dict[tuple[str, int], int] = {}
    mails: dict[str, int] = {}
    for row in listed.rows:
        looked.faults += common_faults(row, FIELDS, ("name", "unit"))
        cells = row.cells
        line = Line(row.line, cells)
        looked.lines.append(line)
        unit = finder.find(cells["unit"]) if cells["unit"] else None
        if cells["unit"] and unit is None:
            looked.faults.append(Fault(row.line, "unit", finder.unknown(cells["unit"])))
        role = roles.get(fold(cells["role"])) if cells["role"] else None
        if cells["role"] and role is None:
            words = _("Không có vai trò này. Chọn một trong: %(roles)s; để trống thì đoán theo chức vụ.")
            looked.faults.append(
                Fault(row.line, "role", words % {"roles": ", ".join(map(str, Role.objects.order_by("pk")))})
            )
        mail = cells["email"].lower()
        if mail:
            try:
                validate_email(mail)
            except ValidationError:
                looked.faults.append(Fault(row.line, "email", _("Chưa đúng dạng thư điện tử, ví dụ an.nh@so.gov.vn.")))
            if mail in mails:
                words = _("Thư này đã ghi cho người ở dòng %(line)d.")
                looked.faults.append(Fault(row.line, "email", words % {"line": mails[mail]}))
            mails.setdefault(mail, row.line)
        if unit is None or not cells["name"]:
            continue
        key = (fold(cells["name"]), unit.pk)
        if key in in_text:
            words = _("Người này đã có ở dòng %(line)d. Hai người trùng tên thì ghi thêm để phân biệt.")
            looked.faults.append(Fault(row.line, "name", words % {"line": in_text[key]}))
        in_text.setdefault(key, row.line)
        guessed, post = guess(cells["position"], unit)
        line.data = {"unit": unit, "role": role or guessed, "post": post}
        if person := known.find(cells["name"], unit):
            line.state = "known" if person.unit_id == unit.pk else "moved"
            line.data["person"] = person
            line.note = (
                _("đã có, giữ nguyên")
                if line.state == "known"
                else _("đã có, chuyển về %(unit)s") % {"unit": unit.label}
            )
            continue
        if mail and (owner := known.by_mail.get(mail)):
            words = _("Thư này là của %(name)s (%(unit)s).") % {"name": owner.full_name, "unit": owner.unit.label}
            looked.faults.append(Fault(row.line, "email", words))
        if post == Post.HEAD:
            if unit.pk in heads:
                words = _("%(unit)s đã có cấp trưởng là %(name)s. Ghi lại chức vụ.")
                looked.faults.append(Fault(row.line, "position", words % {"unit": unit.name, "name": heads[unit.pk]}))
            heads.setdefault(unit.pk, cells["name"])
    new = [line for line in looked.lines if line.state == "new" and line.data]
    for line, name in zip(new, propose_usernames(x.cells["name"] for x in new), strict=True):
        line.data["username"] = name
    for line in new:
        line.note = _("%(username)s · %(role)s") % {
            "username": line.data["username"],
            "role": labels.get(line.data["role"], line.data["role"]),
        }
    return looked


def _roles() -> dict[str, str]:
    """Codes of roles by the ways in which they are written, without diacritics."""
    found: dict[str, str] = {}
    for role in Role.objects.all():
        found |= {fold(role.code): role.code, fold(role.name): role.code, fold(str(role)): role.code}
    return found


class _Known:
    """People who are there already."""

    def __init__(self, people: list[Person]) -> None:
        self.by_name: dict[str, list[Person]] = {}
        for person in people:
            self.by_name.setdefault(fold(person.full_name), []).append(person)
        self.by_mail = {p.email.lower(): p for p in people if p.email}

    def find(self, name: str, unit: Unit) -> Person | None:
        """The person of that name in the unit, or, made before there were units, in the agency's own node."""
        found = self.by_name.get(fold(name), [])
        return next((p for p in found if p.unit_id == unit.pk), None) or next(
            (p for p in found if p.unit.depth == 1), None
        )


@transaction.atomic
def take(person: Person, text: str) -> SetUp:
    """Take the people of a list in, all or none; none can sign in before they are given a first password.

    Raises `NotNow` where a cell is wrong, `Refused`.
    """
    found = course.locked(person)
    looked = look(found.agency, text)
    stop(looked)
    added = 0
    for line in looked.lines:
        unit, cells = line.data["unit"], line.cells
        if line.state == "moved":
            values: dict[str, object] = {"unit": unit}
            if cells["position"]:
                values["position"] = cells["position"]
            edit_person(line.data["person"], values, actor=person)
        elif line.state == "new":
            add_person(
                line.data["username"], cells["name"], unit, line.data["role"], None, actor=person,
                post=line.data["post"], position=cells["position"], email=cells["email"].lower(),
            )  # fmt: skip
            added += 1
    found.answers = {**found.answers, "people": {"added": added}}
    moved, known = looked.count("moved"), looked.count("known")
    return course.step_done(found, person, course.PEOPLE, "people", added=added, moved=moved, known=known)


def waiting(agency: Agency) -> QuerySet[Person]:
    """People who never had a password yet, in the order of the register."""
    return Person.objects.filter(
        unit__agency=agency, is_active=True, last_login=None, password__startswith="!"
    ).order_by("unit__path", "sort_key", "pk")


def waiting_by_unit(agency: Agency) -> Mapping[Unit, int]:
    """How many of each unit wait for their first password."""
    found: dict[Unit, int] = {}
    for person in waiting(agency).select_related("unit"):
        found[person.unit] = found.get(person.unit, 0) + 1
    return found


@transaction.atomic
def first_passwords(person: Person, unit: Unit | None = None) -> list[tuple[Person, str]]:
    """First passwords for those of a unit who have none, or for the next `AT_ONCE` of the agency; kept nowhere.

    Raises `NotNow` where nobody waits for one, `Refused`.
    """
    found = course.locked(person)
    rows = waiting(found.agency).select_related("unit", "unit__agency").select_for_update(of=("self",))
    if unit is not None:
        rows = rows.filter(unit=unit)
    people = list(rows[:AT_ONCE])
    if not people:
        raise NotNow(_("Không còn ai chờ mật khẩu lần đầu. Người quên mật khẩu thì cấp lại ở trang Người dùng."))
    made = [(p, reset_password(p, actor=person)) for p in people]
    ledger.record(person, "quality.start.passwords", found, people=[p.pk for p in people])
    return made
