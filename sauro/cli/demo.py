"""`sauro demo`: the demonstration agency."""

from __future__ import annotations

import click

from sauro.cli.common import REFUSED, ensure_database, fail, progress_bar
from sauro.cli.words import _


def load_demo() -> bool:
    """Load the demonstration agency where the database has no agency yet; returns whether it did."""
    from django.utils import timezone

    from sauro.demo.load import load
    from sauro.organization.models import Agency

    if Agency.objects.exists():
        return False
    with progress_bar(_("Nạp cơ quan mẫu")) as report:
        load(timezone.localdate(), report)
    return True


def sign_ins() -> list[tuple[str, str, str]]:
    """(sign-in name, what they are, unit) of the demonstration people who stand for a role; none elsewhere."""
    from sauro.demo.load import SIGN_INS
    from sauro.organization.models import Person

    people = {p.username: p for p in Person.objects.filter(username__in=SIGN_INS).select_related("role", "unit")}
    return [(name, str(people[name].role), people[name].unit.name) for name in SIGN_INS if name in people]


def print_sign_ins() -> None:
    """Print who can sign in, where this database holds the demonstration agency; else nothing."""
    from sauro.demo.decisions.parts import AGENCY
    from sauro.organization.models import Agency

    if not Agency.objects.filter(name=AGENCY).exists():
        return
    from sauro.demo.load import PASSWORD

    click.echo(_("Đăng nhập cơ quan mẫu, mật khẩu chung %s:") % PASSWORD)
    for name, role, unit in sign_ins():
        click.echo(f"  {name:8} {role}, {unit}")


@click.command(help=_("Nạp cơ quan mẫu vào cơ sở dữ liệu còn trống."))
def command() -> None:
    """Load the demonstration agency."""
    ensure_database()
    if not load_demo():
        fail(_("Cơ sở dữ liệu này đã có cơ quan, không nạp thêm cơ quan mẫu."), REFUSED)
    print_sign_ins()
