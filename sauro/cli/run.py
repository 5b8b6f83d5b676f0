"""`sauro run`: the server and the background worker, together."""

from __future__ import annotations

import os

import click

from sauro.cli.common import REFUSED, ensure_database, fail, one_at_a_time, why
from sauro.cli.words import _, language


@click.command(
    help=_(
        "Chạy máy chủ và bộ xử lý nền cùng nhau; Ctrl-C dừng cả hai.\n\n"
        "Biến môi trường: PORT (8000), HOST (127.0.0.1), SAURO_DATA (nơi giữ cơ sở dữ liệu và tệp), DATABASE_URL."
    )
)
@click.option("--demo", is_flag=True, help=_("Lần đầu thì nạp cơ quan mẫu."))
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Cổng."))
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help=_("Địa chỉ lắng nghe."))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help=_("Số tiến trình phục vụ."))
def command(demo: bool, port: int, host: str, workers: int) -> None:
    """Serve until stopped; ends both processes when either dies."""
    from sauro.cli import supervisor

    # The settings read it: the name under which it listens is a name it may be called by.
    os.environ["HOST"] = host
    try:
        sock = supervisor.listen(host, port)
    except OSError as error:
        words = _("Không mở được cổng %(port)d trên %(host)s (%(why)s). Chọn cổng khác: PORT=8001 make run.")
        fail(words % {"port": port, "host": host, "why": why(error)}, REFUSED)
    ensure_database()
    if demo:
        from sauro.cli.demo import load_demo

        load_demo()
    _serve_vietnamese()
    _collect_static()
    _load()
    died = supervisor.together(
        {"web": lambda: supervisor.serve(sock, workers), "worker": supervisor.work},
        supervisor.hourly,
        ready=lambda: _announce(host, port),
    )
    if died:
        fail(_("Tiến trình %s đã dừng ngoài ý muốn; đã dừng cả hai.") % died, 1)


def _serve_vietnamese() -> None:
    """The server's own language is the agency's, whatever the locale of the machine; each person chooses theirs."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


def _load() -> None:
    """Load every page before the fork, so that no worker has to."""
    from django.urls import get_resolver

    import sauro.wsgi

    assert sauro.wsgi.application
    _patterns = get_resolver().url_patterns


def _collect_static() -> None:
    """Gather the static files where nobody has done so (a new version started without `make`)."""
    from django.conf import settings

    gathered = settings.STATIC_ROOT / "staticfiles.json"
    if settings.DEBUG or gathered.exists():
        return
    from django.core.management import call_command

    settings.STATIC_ROOT.parent.mkdir(parents=True, exist_ok=True)
    # Two installations may run from one checkout: the second waits, and finds it done.
    with one_at_a_time(settings.STATIC_ROOT.with_name("static.lock")):
        if not gathered.exists():
            call_command("collectstatic", interactive=False, verbosity=0)


def _announce(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.secho(_("Sáu Rõ đang chạy tại http://%(host)s:%(port)s") % {"host": shown, "port": port}, bold=True)
    from django.utils import translation

    from sauro.cli.demo import print_sign_ins

    with translation.override(language()):
        print_sign_ins()
    click.echo(_("Ctrl-C để dừng."))
