"""`sauro person`: the first people of an agency; they add the others on the screen."""

from __future__ import annotations

import secrets

import click

from sauro.cli.agencies import find_agency
from sauro.cli.common import NOT_FOUND, REFUSED, ensure_database, fail
from sauro.cli.words import _

ROLES = ("officer", "head", "secretary", "focal", "leader", "auditor")


@click.command(help=_("Thêm một người dùng; mật khẩu sinh ra được in một lần."))
@click.argument("username", metavar=_("TÊN-ĐĂNG-NHẬP"))
@click.option("--name", required=True, help=_("Họ và tên."))
@click.option("--unit", required=True, help=_("Tên đơn vị, như trong danh bạ."))
@click.option("--role", required=True, type=click.Choice(ROLES), help=_("Vai trò."))
@click.option("--position", default="", help=_("Chức vụ."))
@click.option("--agency", help=_("Tên cơ quan; bỏ trống khi chỉ có một cơ quan."))
def command(username: str, name: str, unit: str, role: str, position: str, agency: str | None) -> None:
    """Add a person with a password made here."""
    ensure_database()
    from sauro.organization import services as organization
    from sauro.organization.models import Person, Unit
    from sauro.vietnamese.text import squeeze

    body = find_agency(agency)
    place = Unit.objects.filter(agency=body, name=squeeze(unit)).first()
    if place is None:
        likely = ", ".join(u.name for u, _score in organization.units_like(body, unit, 3))
        fail(_("Không có đơn vị %(unit)s. Gần giống: %(likely)s.") % {"unit": unit, "likely": likely}, NOT_FOUND)
    if Person.objects.filter(username=username).exists():
        fail(_("Tên đăng nhập %s đã có người dùng.") % username, REFUSED)
    password = "-".join(secrets.token_hex(2) for _i in range(3))
    post = Person.Post.HEAD if role == "head" else Person.Post.MEMBER
    person = organization.add_person(username, name, place, role, password, position=position, post=post)
    words = _("%(name)s (%(unit)s), mật khẩu: %(password)s. Đổi ngay khi đăng nhập.")
    click.echo(words % {"name": person.full_name, "unit": place.name, "password": password})
