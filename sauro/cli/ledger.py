"""`sauro ledger verify`: is the ledger what was written?"""

from __future__ import annotations

import click

from sauro.cli.common import BROKEN, ensure_database, fail
from sauro.cli.words import _


@click.group(name="ledger", help=_("Sổ cái."))
def command() -> None:
    """The group of what can be asked of the ledger."""


@command.command(name="verify", help=_("Đi hết sổ cái, báo mọi dòng bị sửa, thiếu hoặc thêm."))
def verify() -> None:
    """Walk the chain; exit 6 where it is broken."""
    ensure_database()
    from sauro.ledger import services
    from sauro.ledger.models import Entry

    faults = list(services.verify())
    for fault in faults:
        click.echo(_("Dòng %(seq)d: %(why)s.") % {"seq": fault.seq, "why": fault.why}, err=True)
    if faults:
        fail(_("Sổ cái đã bị can thiệp: %d chỗ.") % len(faults), BROKEN)
    words = _("Sổ cái nguyên vẹn: %(count)d dòng, mã cuối %(hash)s.")
    click.echo(words % {"count": Entry.objects.count(), "hash": services.stamp() or "–"})
