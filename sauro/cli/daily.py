"""`sauro daily`: what has to happen once a day."""

from __future__ import annotations

import click

from sauro.cli.common import ensure_database
from sauro.cli.words import _


@click.command(
    help=_("Sinh việc đến hạn, mở kỳ báo cáo, nhắc việc, gửi thư; chạy mỗi ngày một lần, chạy lại không sao.")
)
def command() -> None:
    """Extend duties, open rounds, call for what is due, bring documents into force, send letters."""
    ensure_database()
    from django.utils import timezone

    from sauro.monitoring.services import run_day, send_letters
    from sauro.quality.services.daily import run_day_everywhere

    today = timezone.localdate()
    done, quality = run_day(today, letters=False), run_day_everywhere(today)
    # Letters last: they carry what the rest of the day's run told.
    done.letters = send_letters(today)
    click.echo(_("Đã sinh %d việc đến hạn.") % done.duties)
    click.echo(_("Đã mở %d kỳ báo cáo.") % done.rounds)
    click.echo(_("Đã nhắc %d việc đến hạn, quá hạn.") % done.calls)
    click.echo(
        _("Đã đưa %d tài liệu vào hiệu lực, nêu %d tài liệu đến kỳ xem xét.") % (quality.effective, quality.reviews)
    )
    click.echo(_("Đã yêu cầu đọc %d lượt, nhắc %d người còn tài liệu chưa đọc.") % (quality.asked, quality.reminded))
    click.echo(_("Đã gửi %d thư trong ngày.") % done.letters)
