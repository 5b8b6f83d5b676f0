"""What the verbs share: a ready database, a progress bar, and ways to end."""

from __future__ import annotations

import contextlib
import errno
import io
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import click

from sauro.cli.words import _, language

if TYPE_CHECKING:
    from sauro.reading.draft import Draft

# Exit codes a script can trust; click itself ends with 2 where the command line is wrong.
UNREADABLE, DOUBTS, REFUSED, NOT_FOUND, BROKEN = 1, 3, 4, 5, 6


def fail(sentence: str, code: int) -> NoReturn:
    """One sentence on standard error, and the exit code."""
    click.echo(sentence, err=True)
    raise SystemExit(code)


def why(error: OSError) -> str:
    """What the machine refuses, in words: its own are English."""
    known = {
        errno.ENOENT: _("không có thư mục này"),
        errno.ENOTDIR: _("không có thư mục này"),
        errno.EISDIR: _("đó là một thư mục"),
        errno.EEXIST: _("đó là một tệp, không phải thư mục"),
        errno.EACCES: _("không được phép"),
        errno.EPERM: _("không được phép"),
        errno.EROFS: _("ổ đĩa chỉ cho đọc"),
        errno.ENOSPC: _("đĩa đã đầy"),
        errno.EADDRINUSE: _("chương trình khác đang dùng"),
        errno.EADDRNOTAVAIL: _("máy này không có địa chỉ đó"),
    }
    if isinstance(error, socket.gaierror):
        return _("không tìm thấy tên máy này")
    return known.get(error.errno or 0) or str(error.strerror or error)


def print_doubts(draft: Draft, *, err: bool = False) -> None:
    """Each doubt on a line: where in the document, its words, what is doubtful. `err`: to standard error."""
    for doubt in draft.doubts:
        where = _("dòng %d: ") % doubt.lines[0] if doubt.lines and doubt.lines[0] else ""
        words = f"“{doubt.text}” " if doubt.text else ""
        click.echo(f"? {where}{words}{doubt.why}", err=err)


def save(write: Callable[[IO[bytes]], object], path: Path) -> None:
    """Write a file whole or not at all; ends with a sentence where the place can't be written to."""
    made = io.BytesIO()
    write(made)
    try:
        path.write_bytes(made.getvalue())
    except OSError as error:
        fail(_("Không ghi được %(path)s: %(why)s.") % {"path": path, "why": why(error)}, REFUSED)
    click.echo(_("Đã ghi %s.") % path)


def ensure_database() -> None:
    """Set Django up and bring the database up to date; on an empty SAURO_DATA, make it.

    Ends with a sentence where the folder can't be written or the database can't be reached.
    """
    import dj_database_url
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError

    try:
        django.setup()
        from django.conf import settings
        from django.utils import translation

        translation.activate(language())

        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        _migrate(settings.DATA_DIR)
    except OperationalError as error:
        fail(_("Không mở được cơ sở dữ liệu: %s") % str(error).strip().splitlines()[0], REFUSED)
    except OSError as error:
        fail(_("Không ghi được vào %(path)s: %(why)s.") % {"path": error.filename, "why": why(error)}, REFUSED)
    except dj_database_url.UnknownSchemeError:
        fail(_("DATABASE_URL chưa đúng. Cần dạng postgres://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu."), REFUSED)
    except ImproperlyConfigured as error:
        fail(str(error), REFUSED)


def _migrate(folder: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    from django.core.management import call_command

    with one_at_a_time(folder / "migrate.lock"):
        call_command("migrate", verbosity=0, interactive=False)


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Inside, no other command is that asked with the same file: two started at once make a thing once."""
    import fcntl

    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _silent(_part: float, _said: str = "") -> None:
    """No bar."""


@contextlib.contextmanager
def progress_bar(words: str) -> Iterator[Callable[[float, str], None]]:
    """A bar on standard error while long work runs; gives a function that takes a part (0 to 1) and words.

    Nothing is drawn where standard error is no terminal: logs and pipes stay clean.
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(words, total=1.0)

        def report(part: float, said: str = "") -> None:
            progress.update(bar, completed=part, description=said or words)

        yield report
