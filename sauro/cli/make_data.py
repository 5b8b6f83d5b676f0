"""`sauro make-data`: volume for benchmarks."""

from __future__ import annotations

import datetime as dt

import click

from sauro.cli.common import REFUSED, ensure_database, fail, progress_bar
from sauro.cli.words import _


@click.command(help=_("Tạo một cơ quan lớn, cùng hạt giống thì cùng dữ liệu."))
@click.option("--tasks", default=100_000, show_default=True, type=click.IntRange(1), help=_("Số nhiệm vụ."))
@click.option("--duties", default=None, type=click.IntRange(0), help=_("Số việc đến hạn; mặc định 12 lần số nhiệm vụ."))
@click.option("--reports", default=None, type=click.IntRange(0), help=_("Số báo cáo; mặc định 10 lần số nhiệm vụ."))
@click.option("--years", default=5, show_default=True, type=click.IntRange(1, 20), help=_("Số năm."))
@click.option("--seed", default=20260101, show_default=True, help=_("Hạt giống."))
@click.option("--today", default=None, help=_("Ngày coi là hôm nay, dạng 2026-11-22."))
def command(tasks: int, duties: int | None, reports: int | None, years: int, seed: int, today: str | None) -> None:
    """Make the volume."""
    ensure_database()
    from django.utils import timezone

    from sauro.demo.volume import PASSWORD, Scale, make_volume

    day = dt.date.fromisoformat(today) if today else timezone.localdate()
    scale = Scale(tasks, tasks * 12 if duties is None else duties, tasks * 10 if reports is None else reports, years)
    made = 0
    with progress_bar(_("Tạo dữ liệu")) as report:

        def count(_words: str, rows: int) -> None:
            nonlocal made
            made += rows
            report(made / tasks, f"{made}/{tasks}")

        try:
            make_volume(scale, seed=seed, today=day, progress=count)
        except ValueError as error:
            fail(str(error), REFUSED)
    click.echo(
        _("Đã tạo %(tasks)d nhiệm vụ. Đăng nhập: p0000, mật khẩu %(password)s.")
        % {"tasks": tasks, "password": PASSWORD}
    )
