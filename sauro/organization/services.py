"""Making and changing agencies, units and people."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, DayOff, Person, Role, Unit, UnitAlias
from sauro.organization.policy import Capability, Refused, allows, require
from sauro.reading.units import Register
from sauro.vietnamese.calendar import WorkingCalendar
from sauro.vietnamese.text import fold, sort_key, squeeze


@transaction.atomic
def make_agency(name: str, *, actor: Person | None = None, **fields: Any) -> Agency:
    """A new agency with its root unit. Raises `IntegrityError` where the name is taken."""
    agency = Agency.objects.create(name=squeeze(name), **fields)
    root = Unit.add_root(
        agency=agency, name=agency.name, short_name=agency.short_name, kind=Unit.Kind.ORGANISATION, **_keys(agency.name)
    )
    ledger.record(actor, "organization.agency.made", agency, root=root.pk)
    return agency


def _keys(name: str) -> dict[str, str]:
    return {"folded": fold(name)[:300], "sort_key": sort_key(name)[:900]}


def root_of(agency: Agency) -> Unit:
    """The agency's own node, over all its units."""
    return Unit.objects.get(agency=agency, depth=1, name=agency.name)


@transaction.atomic
def load_register(agency: Agency, data: dict[str, Any], *, actor: Person | None = None) -> int:
    """Add the units of a register (`{"units": [{name, kind, parent, abbreviations, short_name}]}`) that are new.

    A parent is named by its name; the agency's root stands in where it isn't among the units. Returns how many were
    added. Raises `ValueError` with a sentence where the data are not a register.
    """
    entries = data.get("units") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not all(
        isinstance(e, dict) and squeeze(str(e.get("name", ""))) for e in entries
    ):
        raise ValueError(_("Tệp danh bạ đơn vị phải có mục units, mỗi đơn vị có tên (name)."))
    units = {u.name: u for u in Unit.objects.filter(agency=agency)}
    root = root_of(agency)
    added = 0
    waiting = list(entries)
    while waiting:
        names = {squeeze(e["name"]) for e in waiting}
        ready = [e for e in waiting if squeeze(e.get("parent") or "") not in names or e.get("parent") == e["name"]]
        for entry in ready or waiting:
            name = squeeze(entry["name"])
            kind = entry.get("kind", Unit.Kind.UNIT)
            if name not in units and kind in Unit.Kind.values:
                parent = units.get(squeeze(entry.get("parent") or ""), root)
                fields = {"agency": agency, "name": name, "kind": kind, "short_name": entry.get("short_name", "")}
                outside = kind in (Unit.Kind.EXTERNAL, Unit.Kind.ORGANISATION)
                made = (
                    Unit.add_root(**fields, **_keys(name))
                    if outside
                    else Unit.objects.get(pk=parent.pk).add_child(**fields, **_keys(name))
                )
                units[name] = made
                added += 1
            for text in [*entry.get("abbreviations", []), entry.get("short_name", "")]:
                if text and name in units:
                    add_alias(units[name], text)
        waiting = [e for e in waiting if e not in ready] if ready else []
    ledger.record(actor, "organization.register.loaded", agency, added=added)
    return added


def add_alias(unit: Unit, text: str) -> UnitAlias | None:
    """Remember a way of writing the unit's name; the latest choice wins. None where it is the name itself."""
    text = squeeze(text)[:300]
    if not text or text == unit.name:
        return None
    alias, _made = UnitAlias.objects.update_or_create(
        agency_id=unit.agency_id, text=text, defaults={"unit": unit, "folded": fold(text)[:300]}
    )
    return alias


@transaction.atomic
def add_external_body(agency: Agency, name: str, *, actor: Person | None = None) -> Unit:
    """A body outside the agency, so that documents that name it are understood; the known one where it is there.

    Raises `Refused` where the actor may neither manage units nor review documents; `ValueError` where there is no name.
    """
    name = squeeze(name)[:300]
    if not name:
        raise ValueError(_("Tên tổ chức không được để trống."))
    if actor and not allows(actor, Capability.MANAGE_UNITS, agency_scope(agency)):
        require(actor, Capability.READ_DOCUMENT, agency_scope(agency))
    known = Unit.objects.filter(agency=agency, name=name).first()
    if known:
        return known
    unit = Unit.add_root(agency=agency, name=name, kind=Unit.Kind.EXTERNAL, **_keys(name))
    ledger.record(actor, "organization.unit.external_added", unit, name=name)
    return unit


def units_like(agency: Agency, words: str, limit: int = 8) -> list[tuple[Unit, int]]:
    """Active units whose name, short name or alias looks like the words, best first, with likeness in percent.

    Diacritics and case don't count; words may be typed in part. Without words the first units of the register.
    """
    asked = fold(words)
    ways: dict[int, list[str]] = {}
    for unit_id, folded in UnitAlias.objects.filter(agency=agency).values_list("unit_id", "folded"):
        ways.setdefault(unit_id, []).append(folded)
    units = list(Unit.objects.filter(agency=agency, is_active=True).order_by("sort_key"))
    if not asked:
        return [(unit, 0) for unit in units[:limit]]
    scored = []
    for unit in units:
        names = [unit.folded, fold(unit.short_name), *ways.get(unit.pk, [])]
        scored.append((max(_likeness(asked, name) for name in names if name), unit))
    scored.sort(key=lambda pair: (-pair[0], pair[1].sort_key))
    return [(unit, round(score)) for score, unit in scored[:limit] if score >= 30]


def _likeness(asked: str, name: str) -> float:
    score = fuzz.token_sort_ratio(asked, name)
    if all(any(word.startswith(part) for word in name.split()) for part in asked.split()):
        # Every word that was typed begins a word of the name: what is meant, however much is left to type.
        score = max(score, 70 + 30 * len(asked) / max(len(asked), len(name)))
    return score


def agency_scope(agency: Agency) -> Unit:
    """Something of the agency as a whole, to ask permission for."""
    return root_of(agency)


def register_of(agency: Agency | int) -> Register:
    """The agency's register in the shape that the reading engine takes."""
    agency_id = agency if isinstance(agency, int) else agency.pk
    aliases: dict[int, list[str]] = {}
    for unit_id, text in UnitAlias.objects.filter(agency_id=agency_id).values_list("unit_id", "text"):
        aliases.setdefault(unit_id, []).append(text)
    return Register.from_json(
        {
            "units": [
                {"name": name, "kind": kind, "parent": None, "abbreviations": aliases.get(pk, [])}
                for pk, name, kind in Unit.objects.filter(agency_id=agency_id, is_active=True).values_list(
                    "pk", "name", "kind"
                )
            ]
        }
    )


def ensure_roles() -> None:
    """The standard roles where they are missing; changed ones are left as they are."""
    from sauro.organization.policy import ROLES

    for code, (name, grants) in ROLES.items():
        Role.objects.get_or_create(code=code, defaults={"name": name, "grants": grants})


@transaction.atomic
def add_person(
    username: str,
    full_name: str,
    unit: Unit,
    role: str,
    password: str | None,
    *,
    actor: Person | None = None,
    **fields: Any,
) -> Person:
    """A new person of a unit. `role`: a role's code. Raises `Role.DoesNotExist`, `IntegrityError` (name taken)."""
    ensure_roles()
    if actor:
        require(actor, Capability.MANAGE_UNITS, unit)
    person = Person.objects.create_user(
        username, password, unit=unit, role=Role.objects.get(code=role), **_name_fields(full_name), **fields
    )
    ledger.record(actor, "organization.person.added", person, unit=unit.name, role=role)
    return person


def calendar_token(person: Person) -> str:
    """The secret of the person's calendar feed, made at first asking."""
    if not person.calendar_token:
        person.calendar_token = secrets.token_urlsafe(32)
        person.save(update_fields=["calendar_token"])
    return person.calendar_token


@transaction.atomic
def renew_calendar_token(person: Person) -> str:
    """A new secret; the old address of the feed ends."""
    person.calendar_token = ""
    token = calendar_token(person)
    ledger.record(person, "organization.person.calendar_renewed", person)
    return token


def working_calendar(agency: Agency | int) -> WorkingCalendar:
    """The agency's working calendar with its days off and make-up days."""
    agency_id = agency if isinstance(agency, int) else agency.pk
    days: dict[str, set[Any]] = {DayOff.Kind.OFF: set(), DayOff.Kind.MAKE_UP: set()}
    for day, kind in DayOff.objects.filter(agency_id=agency_id).values_list("day", "kind"):
        days[kind].add(day)
    return WorkingCalendar(days_off=days[DayOff.Kind.OFF], make_up_days=days[DayOff.Kind.MAKE_UP])


@transaction.atomic
def propose_days_off(agency: Agency, years: Iterable[int], *, actor: Person | None = None) -> int:
    """Fill in the public holidays that the library knows for the years, as «dự kiến»; days already there are kept.

    The Prime Minister fixes each year's days (Bộ luật Lao động 2019, Điều 112), so a person confirms them.
    """
    from sauro.vietnamese.calendar import propose_holidays

    known = set(DayOff.objects.filter(agency=agency).values_list("day", flat=True))
    rows = [
        DayOff(agency=agency, day=d.day, kind=d.kind, name=d.name[:120], source=d.source[:200], confirmed=d.confirmed)
        for year in years
        for d in propose_holidays(year)
        if d.day not in known
    ]
    DayOff.objects.bulk_create(rows)
    if rows:
        ledger.record(actor, "organization.days_off.proposed", agency, days=[r.day for r in rows])
    return len(rows)


@transaction.atomic
def set_head(unit: Unit, person: Person, *, actor: Person) -> None:
    """Make the person the head of the unit; the head until now becomes a member."""
    require(actor, Capability.MANAGE_UNITS, unit)
    Person.objects.filter(unit=unit, post=Person.Post.HEAD).update(post=Person.Post.MEMBER)
    person.unit, person.post = unit, Person.Post.HEAD
    person.save(update_fields=["unit", "post"])
    ledger.record(actor, "organization.unit.head_set", unit, person=person.full_name)


def heads_of(unit_path: str) -> list[Person]:
    """Heads and deputies of the unit at the path."""
    return list(
        Person.objects.filter(unit__path=unit_path, is_active=True, post__in=[Person.Post.HEAD, Person.Post.DEPUTY])
    )


@transaction.atomic
def set_active(person: Person, active: bool, *, actor: Person) -> None:
    """End a person's sign-in, or open it again. Raises `Refused`, also for one's own account."""
    require(actor, Capability.MANAGE_UNITS, person)
    if person.pk == actor.pk:
        raise Refused(_("Không tự khóa tài khoản của chính mình. Nhờ người quản trị khác."))
    if person.is_active != active:
        person.is_active = active
        person.save(update_fields=["is_active"])
        ledger.record(actor, f"organization.person.{'opened' if active else 'closed'}", person)


def _name_fields(full_name: str) -> dict[str, str]:
    name = squeeze(full_name)
    *rest, last = name.split()
    return {"full_name": name, "sort_key": sort_key(" ".join([last, *rest]))[:400]}


def _change(person: Person, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set what differs and save it; {field: [before, after]}, passwords never among them."""
    fresh = dict(values)
    if "full_name" in fresh:
        fresh.update(_name_fields(fresh["full_name"]))
    changed = {k: [str(getattr(person, k)), str(v)] for k, v in fresh.items() if getattr(person, k) != v}
    for name in changed:
        setattr(person, name, fresh[name])
    if changed:
        person.save(update_fields=list(changed))
    changed.pop("sort_key", None)
    return changed


@transaction.atomic
def correct_own_data(person: Person, values: Mapping[str, Any]) -> Person:
    """A person corrects their own name, post, e-mail and language (Luật 91/2025/QH15: the right to correct)."""
    own = {k: squeeze(values[k]) for k in ("full_name", "email", "position", "language") if k in values}
    if changed := _change(person, own):
        ledger.record(person, "organization.person.corrected", person, changes=changed)
    return person


def set_language(person: Person, language: str) -> None:
    """Remember the language in which the person reads; no change of record, so not in the ledger."""
    Person.objects.filter(pk=person.pk).update(language=language)


@transaction.atomic
def note_password_change(person: Person) -> None:
    """Write down that a person changed their own password."""
    ledger.record(person, "organization.person.password_changed", person)


@transaction.atomic
def edit_person(person: Person, values: Mapping[str, Any], *, actor: Person) -> Person:
    """Change a person's data, unit, post and role. `values`: fields of `Person`. Raises `Refused`.

    Nobody changes their own role: who may do what is another's decision.
    """
    require(actor, Capability.MANAGE_UNITS, person)
    if "unit" in values:
        require(actor, Capability.MANAGE_UNITS, values["unit"])
    if person.pk == actor.pk and values.get("role", person.role) != person.role:
        raise Refused(_("Không tự đổi vai trò của chính mình. Nhờ người quản trị khác."))
    unit = values.get("unit", person.unit)
    if values.get("post") == Person.Post.HEAD:
        Person.objects.filter(unit=unit, post=Person.Post.HEAD).exclude(pk=person.pk).update(post=Person.Post.MEMBER)
    if changed := _change(person, values):
        ledger.record(actor, "organization.person.edited", person, changes=changed)
    return person


@transaction.atomic
def reset_password(person: Person, *, actor: Person) -> str:
    """A new password for someone who lost theirs, to be said once; their sessions end. Raises `Refused`."""
    require(actor, Capability.MANAGE_UNITS, person)
    password = "-".join(secrets.token_hex(2) for _i in range(3))
    person.set_password(password)
    person.save(update_fields=["password"])
    ledger.record(actor, "organization.person.password_reset", person)
    return password


@transaction.atomic
def add_unit(parent: Unit, name: str, *, actor: Person, short_name: str = "", kind: str = Unit.Kind.UNIT) -> Unit:
    """A new unit under `parent`. Raises `Refused`, `IntegrityError` where the agency has a unit of that name."""
    require(actor, Capability.MANAGE_UNITS, parent)
    name = squeeze(name)
    unit = Unit.objects.get(pk=parent.pk).add_child(
        agency_id=parent.agency_id, name=name, short_name=squeeze(short_name), kind=kind, **_keys(name)
    )
    if short_name:
        add_alias(unit, short_name)
    ledger.record(actor, "organization.unit.added", unit, parent=parent.name)
    return unit


@transaction.atomic
def edit_unit(
    unit: Unit, *, actor: Person, name: str, short_name: str, aliases: Iterable[str], is_active: bool = True
) -> Unit:
    """Change a unit's names and whether it is still at work; an old name stays known as a way of writing it.

    Raises `Refused`, `IntegrityError` where the agency has another unit of that name.
    """
    require(actor, Capability.MANAGE_UNITS, unit)
    name, short_name = squeeze(name), squeeze(short_name)
    before = {"name": unit.name, "short_name": unit.short_name, "is_active": unit.is_active}
    after = {"name": name, "short_name": short_name, "is_active": is_active}
    old = unit.name
    for field, value in {**after, **_keys(name)}.items():
        setattr(unit, field, value)
    unit.save(update_fields=["name", "short_name", "is_active", "folded", "sort_key"])
    wanted = {squeeze(a)[:300] for a in aliases if squeeze(a)} | ({old} if old != name else set())
    unit.aliases.exclude(text__in=wanted).delete()
    for text in wanted:
        add_alias(unit, text)
    changes = {k: [before[k], after[k]] for k in after if before[k] != after[k]}
    ledger.record(actor, "organization.unit.edited", unit, changes=changes, aliases=sorted(wanted))
    return unit
