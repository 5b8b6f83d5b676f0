"""Agencies from the command line: found by name, made with their register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sauro.cli.common import NOT_FOUND, UNREADABLE, ensure_database, fail
from sauro.cli.words import _

if TYPE_CHECKING:
    from sauro.organization.models import Agency

UNITS = click.option(
    "--units", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_("Danh bạ đơn vị (JSON).")
)


def register_data(units: Path | None) -> dict[str, Any] | None:
    """The register in a file, or None where no file is given; ends with a sentence where it isn't one."""
    if units is None:
        return None
    try:
        data = json.loads(units.read_text(encoding="utf-8"))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        fail(_("Tệp danh bạ đơn vị chưa đúng. Cần JSON có mục units, mỗi đơn vị có name."), UNREADABLE)
    return data


def find_agency(name: str | None) -> Agency:
    """The agency of that name, or the only one there is; ends with a sentence where there is none such."""
    from sauro.organization.models import Agency
    from sauro.vietnamese.text import squeeze

    if name:
        found = Agency.objects.filter(name=squeeze(name)).first()
        if found is None:
            fail(_("Không có cơ quan %s.") % name, NOT_FOUND)
        return found
    known = list(Agency.objects.order_by("pk")[:2])
    if len(known) != 1:
        fail(_("Ghi rõ cơ quan bằng --agency."), NOT_FOUND)
    return known[0]


def agency_with(name: str, register: dict[str, Any] | None) -> Agency:
    """The agency of that name, made where it is new, with a register that holds the given units.

    Raises `ValueError` with a sentence where the data are not a register.
    """
    from django.utils import timezone

    from sauro.organization import services as organization
    from sauro.organization.models import Agency
    from sauro.vietnamese.text import squeeze

    agency = Agency.objects.filter(name=squeeze(name)).first()
    if agency is None:
        agency = organization.make_agency(name)
        year = timezone.localdate().year
        organization.propose_days_off(agency, (year, year + 1))
    if register is not None:
        organization.load_register(agency, register)
    return agency


@click.command(help=_("Tạo cơ quan, hoặc thêm đơn vị vào danh bạ của cơ quan đã có."))
@click.argument("name", metavar=_("TÊN"))
@UNITS
def command(name: str, units: Path | None) -> None:
    """Make an agency or let its register grow."""
    ensure_database()
    from django.db import transaction

    register = register_data(units)
    try:
        with transaction.atomic():
            agency = agency_with(name, register)
    except ValueError as error:
        fail(str(error), UNREADABLE)
    click.echo(_("%(agency)s: %(count)d đơn vị.") % {"agency": agency.name, "count": agency.units.count()})
