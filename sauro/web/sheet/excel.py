"""The sheet as an Excel file: taken away, filled in, taken in again whole or not at all."""

from __future__ import annotations

import base64
import io
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro.files.services import FileRefused, spool
from sauro.monitoring import services
from sauro.monitoring.models import Round
from sauro.monitoring.services.moving import locked_words
from sauro.monitoring.services.sheets import Line, mark_of
from sauro.organization.models import Person
from sauro.reading.errors import ReadingError
from sauro.vietnamese.text import fold
from sauro.web.listing import MEDIA
from sauro.web.look.text import dmy
from sauro.web.request import Request
from sauro.web.sheet.rows import round_words, show
from sauro.web.sheet.views import find, page
from sauro.web.today import today
from sauro.writing.round_sheet import ReadRow, SheetRow, mark, mark_faults, read_round_sheet, write_round_sheet

LIMIT = 5 * 1024 * 1024


@require_GET
def download(request: Request, pk: int) -> FileResponse:
    """The sheet of the person's unit in the round, to be filled in."""
    round = find(request, pk)
    out = io.BytesIO()
    write(round, request.user, out)
    out.seek(0)
    name = "-".join(fold(f"{round_words(round)[:40]} {round.plan.number} {request.user.unit.label[:30]}").split())
    safe = "".join(c if c.isalnum() or c in "-." else "-" for c in name)
    return FileResponse(out, as_attachment=True, filename=f"{safe}.xlsx", content_type=MEDIA["xlsx"])


def write(round: Round, person: Person, out: io.BytesIO) -> None:
    """The person's sheet of the round as Excel."""
    rows = []
    for row in services.rows_of(round, person):
        shown = show(row)
        rows.append(
            SheetRow(
                mark=mark(round.pk, row.duty.pk, row.version, mark_of(row.values)),
                ref=shown.ref,
                title=shown.title,
                before=row.before.progress if row.before and row.duty.task else None,
                progress=row.values["progress"] if row.duty.task else None,
                texts=(row.values["done_text"], row.values["difficulties"], row.values["proposals"]),
                state=shown.chip[1],
                locked=bool(row.blocked),
            )
        )
    write_round_sheet(
        out,
        title=round_words(round),
        lines=[
            f"{round.plan.number} {round.plan.title}".strip(),
            _("%(unit)s · hạn nộp %(day)s") % {"unit": person.unit.name, "day": dmy(round.due)},
        ],
        rows=rows,
        help_title=_("Cách ghi bảng báo cáo"),
        help=[
            _("1. Chỉ ghi vào các ô trắng: Tiến độ, Kết quả, Khó khăn, Đề xuất. Ô xám là ô khóa."),
            _("2. Nội dung kỳ trước đã điền sẵn; chỉ sửa chỗ đã thay đổi. Không có khó khăn, đề xuất thì để trống."),
            _("3. Tiến độ là số nguyên từ 0 đến 100."),
            _("4. Không sửa, không xóa cột Mã nhận dạng. Bớt dòng được; dòng không có trong tệp giữ nguyên."),
            _("5. Ghi xong, mở lại trang kỳ báo cáo, chọn Nhập từ Excel. Có ô sai thì không dòng nào được nhập."),
            _("6. Nhập xong là bản nháp: đánh dấu các dòng đã ghi xong rồi bấm Nộp."),
        ],
    )


@require_POST
def upload(request: Request, pk: int) -> HttpResponse:
    """Take the filled-in file in. Where cells are wrong they are listed, and given back marked in the file."""
    round = find(request, pk)
    source = request.FILES.get("tep")
    if source is None:
        return _refused(request, round, _("Chưa chọn tệp nào."))
    if round.state == Round.State.LOCKED:
        return _refused(request, round, locked_words(round))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bang.xlsx")
        try:
            spool(source, source.name or "", path, limit=LIMIT, scan=True)
            found = read_round_sheet(path)
        except FileRefused as no:
            return _refused(request, round, str(no))
        except ReadingError:
            return _refused(request, round, _("Tệp này không mở được như tệp Excel. Tải bảng của kỳ này về rồi ghi."))
        if why := _foreign(round, found):
            return _refused(request, round, why)
        outcome = services.import_lines(round, request.user, [_line(row) for row in found], today())
        if outcome.faults:
            marked = io.BytesIO()
            mark_faults(path, {fault.at: fault.sentence for fault in outcome.faults}, marked)
            return _page(
                request,
                round,
                faults=outcome.faults,
                marked=base64.b64encode(marked.getvalue()).decode(),
                marked_name=f"{Path(source.name or 'bang').stem[:60]}-can-sua.xlsx",
            )
    if outcome.changed:
        n = outcome.changed
        words = ngettext("Đã nhập %(n)d dòng từ tệp.", "Đã nhập %(n)d dòng từ tệp.", n) % {"n": n}
        messages.success(request, words + " " + _("Đánh dấu các dòng đã ghi xong rồi nộp."))
    else:
        messages.info(request, _("Tệp không có gì khác với bảng hiện tại, không dòng nào thay đổi."))
    return redirect("round-sheet", pk)


def _foreign(round: Round, found: list[ReadRow]) -> str:
    """One sentence where the file isn't this round's sheet; empty where it is."""
    if not found:
        return _("Tệp này không phải bảng báo cáo tải từ trang này: không thấy cột Mã nhận dạng.")
    others = {row.mark[0] for row in found if row.mark} - {round.pk}
    if others and not any(row.mark and row.mark[0] == round.pk for row in found):
        return _("Tệp này là bảng của kỳ báo cáo khác. Mở đúng kỳ đó rồi nhập, hoặc tải bảng của kỳ này.")
    return ""


def _line(row: ReadRow) -> Line:
    if row.mark is None:
        return Line(row.at, row.raw, None, None, 0, "")
    round, duty, version, digest = row.mark
    return Line(row.at, row.raw, round, duty, version, digest)


def _refused(request: Request, round: Round, sentence: str) -> HttpResponse:
    return _page(request, round, upload_refused=sentence)


def _page(request: Request, round: Round, **more: Any) -> HttpResponse:
    lines = [show(row) for row in services.rows_of(round, request.user)]
    return page(request, round, lines, status=422, **more)
