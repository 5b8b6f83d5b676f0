"""`sauro adopt`: read and adopt without the screen. All or nothing: a refusal leaves no trace in the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sauro.cli.agencies import UNITS, agency_with, find_agency, register_data
from sauro.cli.common import DOUBTS, REFUSED, UNREADABLE, ensure_database, fail, print_doubts, progress_bar
from sauro.cli.words import _

if TYPE_CHECKING:
    from sauro.files.models import StoredFile
    from sauro.organization.models import Agency
    from sauro.plans.models import Plan
    from sauro.reading.draft import Draft
    from sauro.reading.manuscript import Manuscript


@click.command(help=_("Đọc và thông qua một văn bản; tạo cơ quan với danh bạ đã cho nếu chưa có."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", help=_("Tên cơ quan; bỏ trống khi chỉ có một cơ quan."))
@UNITS
@click.option(
    "--accept-doubts",
    is_flag=True,
    help=_("Thông qua dù còn chỗ ngờ, dù trùng số văn bản đã có hay sửa đổi một kế hoạch đã có."),
)
def command(file: Path, agency: str | None, units: Path | None, accept_doubts: bool) -> None:
    """Read `file` and put it in force."""
    ensure_database()
    from django.db import transaction

    from sauro.plans.services.errors import NotNow
    from sauro.reading import ReadingError, interpret
    from sauro.reading.open import open_manuscript

    register = register_data(units)
    with progress_bar(_("Đọc văn bản")) as report:
        try:
            # Opening may take minutes (a scan): it is done before the database is held.
            manuscript = open_manuscript(file, report)
        except ReadingError as error:
            fail(str(error), UNREADABLE)
    from sauro.organization import services as organization

    try:
        with transaction.atomic():
            body = agency_with(agency or find_agency(None).name, register)
            draft = interpret(manuscript, organization.register_of(body))
            stored = _store(body, file)
            known = _known(body, draft)
            if (draft.doubts or known) and not accept_doubts:
                print_doubts(draft, err=True)
                _refuse(len(draft.doubts), known)
            if known:
                click.echo(_("Lưu ý: %s") % known, err=True)
            plan = _adopt(body, file, stored, manuscript, draft)
    except (NotNow, ValueError) as error:
        fail(str(error), REFUSED)
    click.echo(
        _("Đã thông qua %(plan)s: %(tasks)d nhiệm vụ, %(duties)d việc đến hạn.")
        % {"plan": plan.label, "tasks": plan.tasks.count(), "duties": plan.duties.count()}
    )


def _store(agency: Agency, file: Path) -> StoredFile:
    """The file in the store; ends where the agency has adopted the very same one."""
    from sauro.documents import services as documents
    from sauro.documents.models import Reading
    from sauro.files import services as files

    with file.open("rb") as source:
        stored, _known_before = files.store(source, file.name)
    before = documents.same_file(agency, stored)
    if before and before.state == Reading.State.ADOPTED:
        fail(_("Tệp này đã được thông qua: %s.") % (before.document or before), REFUSED)
    return stored


def _known(agency: Agency, draft: Draft) -> str:
    """Why the document may be none of its own: its number is known, or its title says that it amends a plan."""
    from sauro.plans.services import find_amended_plan, find_same_document

    if same := find_same_document(agency, draft):
        return _("đã có văn bản cùng số và cơ quan ban hành: %s.") % same
    if amended := find_amended_plan(agency, draft):
        return _("trích yếu nói văn bản này sửa đổi %s; làm thành sửa đổi trên màn hình.") % amended.label
    return ""


def _refuse(doubts: int, known: str) -> NoReturn:
    if not known:
        fail(_("Còn %d chỗ ngờ. Duyệt trên màn hình, hoặc thêm --accept-doubts.") % doubts, DOUBTS)
    left = _("còn %d chỗ ngờ; ") % doubts if doubts else ""
    said = {"left": left, "known": known}
    fail(
        _("Chưa thông qua: %(left)s%(known)s Nếu vẫn là kế hoạch riêng thì thêm --accept-doubts.") % said,
        DOUBTS,
    )


def _adopt(agency: Agency, file: Path, stored: StoredFile, manuscript: Manuscript, draft: Draft) -> Plan:
    from django.utils import timezone

    from sauro.documents.models import Reading
    from sauro.ledger import services as ledger
    from sauro.monitoring import services as monitoring
    from sauro.reading.serial import draft_to_json
    from sauro.vietnamese.text import nfc

    reading = Reading.objects.create(
        agency=agency,
        file=stored,
        file_name=nfc(file.name)[:255],
        state=Reading.State.READY,
        progress=100,
        draft=draft_to_json(draft),
        manuscript=manuscript.to_json(),
        version=1,
    )
    ledger.record(
        None, "documents.reading.read", reading, file=stored.sha256, tasks=len(draft.tasks), doubts=len(draft.doubts)
    )
    return monitoring.adopt(reading, None, timezone.localdate(), accept_doubts=True)
