"""`sauro standing`: the four cells of plans, groups and units, on today or any day."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import click

from sauro.cli.common import NOT_FOUND, ensure_database, fail
from sauro.cli.words import _

if TYPE_CHECKING:
    from sauro.monitoring.standing import Counted
    from sauro.plans.standing import FourCells


@click.command(help=_("Đếm nhiệm vụ của từng kế hoạch, nhóm, đơn vị theo tình trạng, hôm nay hay một ngày đã qua."))
@click.option("--plan", "number", metavar="NUMBER", help=_("Chỉ kế hoạch có số này."))
@click.option("--as-of", "day", metavar="DATE", help=_("Tính đến hết ngày này, viết 2026-11-30 hay 30/11/2026."))
@click.option("--by-original-due", is_flag=True, help=_("Đếm theo hạn ban đầu, kể cả khi hạn đã được dời."))
@click.option("--agency", help=_("Tên cơ quan, khi có nhiều cơ quan."))
@click.option("--json", "as_json", is_flag=True, help=_("In JSON."))
def command(number: str | None, day: str | None, by_original_due: bool, agency: str | None, as_json: bool) -> None:
    """Count and print."""
    asked_day = _day(day) if day else None
    ensure_database()
    from django.utils import timezone

    from sauro.monitoring.standing import AsOf, overview
    from sauro.organization.models import Agency
    from sauro.plans.models import Plan
    from sauro.plans.services.build import key_of

    on = asked_day or timezone.localdate()
    asked = AsOf(on, by_original_due)
    agencies = Agency.objects.order_by("pk")
    if agency:
        agencies = agencies.filter(name=agency)
        if not agencies:
            fail(_("Không có cơ quan %s.") % agency, NOT_FOUND)
    told: list[tuple[Any, list[Counted], list[Counted]]] = []
    for each in agencies:
        only = None
        if number is not None:
            only = list(
                Plan.objects.filter(agency=each, document__number_key=key_of(number)).values_list("pk", flat=True)
            )
            if not only:
                continue
        told.append((each, *overview(each, asked, only)))
    if number is not None and not told:
        fail(_("Không có kế hoạch số %s.") % number, NOT_FOUND)
    if as_json:
        click.echo(json.dumps(_plain(on, by_original_due, told), ensure_ascii=False, indent=2))
    else:
        _print(on, told)


def _day(text: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a calendar day, of no time zone
        except ValueError:
            continue
    raise click.UsageError(_("Không hiểu ngày %s. Viết như 2026-11-30 hoặc 30/11/2026.") % text)


def _counts(cells: FourCells) -> dict[str, int]:
    return {
        "done_on_time": cells.done_on_time,
        "done_late": cells.done_late,
        "open_in_time": cells.open_in_time,
        "open_overdue": cells.open_overdue,
        "continuous": cells.continuous,
        "total": cells.total,
    }


def _row(row: Counted) -> dict[str, Any]:
    return {"id": row.id, "name": row.name or None, **_counts(row.cells)}


def _plain(on: dt.date, original: bool, told: list[tuple[Any, list[Counted], list[Counted]]]) -> dict[str, Any]:
    plans, units = [], []
    for agency, plans_here, units_here in told:
        for p in plans_here:
            plans.append({
                "id": p.id, "agency": agency.name, "number": p.number, "title": p.name, **_counts(p.cells),
                "groups": [_row(g) for g in p.groups],
                "units": [_row(u) for u in p.units],
            })  # fmt: skip
        for u in units_here:
            under = _counts(u.with_under) if u.with_under else None
            units.append({"agency": agency.name, **_row(u), "with_units_under": under})
    return {"as_of": on.isoformat(), "by_original_due": original, "plans": plans, "units": units}


def _print(on: dt.date, told: list[tuple[Any, list[Counted], list[Counted]]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    out = Console(soft_wrap=False)
    out.print(_("Tình trạng nhiệm vụ đến hết ngày %s") % f"{on:%d/%m/%Y}")
    if not any(plans for _agency, plans, _units in told):
        out.print(_("Chưa có kế hoạch nào."))
    for agency, plans, units in told:
        table = Table(title=escape(agency.name), title_justify="left")
        table.add_column(_("Kế hoạch, nhóm, đơn vị"), ratio=1, min_width=20)
        heads = (_("Xong đúng hạn"), _("Xong trễ"), _("Trong hạn"), _("Quá hạn"), _("Không có hạn"), _("Tổng"))
        for head in heads:
            table.add_column(head, justify="right")

        def add(indent: int, words: str, cells: FourCells, style: str = "", *, to: Table = table) -> None:
            to.add_row("  " * indent + escape(words), *map(str, _counts(cells).values()), style=style)

        for p in plans:
            add(0, f"{p.number} {p.name}".strip(), p.cells, "bold")
            for g in p.groups:
                add(1, g.name or _("Không thuộc nhóm nào"), g.cells)
            for u in p.units:
                add(1, u.name or _("Chưa có đơn vị trong danh bạ"), u.cells)
            table.add_section()
        for u in units:
            add(0, u.name or _("Chưa có đơn vị trong danh bạ"), u.with_under or u.cells)
        if plans or units:
            out.print(table)
