"""The lists of the first hour as Excel: an empty one to take away, a filled-in one made into a pasted list."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sauro.files.services import FileRefused, spool
from sauro.organization.models import Role
from sauro.quality.pasted import lines_of
from sauro.quality.services.errors import NotNow
from sauro.reading.errors import ReadingError
from sauro.web.start.words import FIELDS, SAMPLES, head_of
from sauro.writing.list_sheet import ListColumn, read_list_sheet, write_list_sheet

LIMIT = 5 * 1024 * 1024
WIDTHS = {"name": 46.0, "unit": 36.0, "parent": 36.0, "email": 28.0, "decision": 28.0, "position": 22.0}
EXAMPLES = {
    "units": [["Văn phòng Sở", "VP", ""], ["Tổ Văn thư, lưu trữ", "", "Văn phòng Sở"]],
    "people": [row.split(" | ") for row in SAMPLES["people"].split("\n")],
    "procedures": [SAMPLES["procedures"].split(" | ")],
}


def empty_list(part: str) -> io.BytesIO:
    """The sheet to fill in. Its titles are Vietnamese whatever the language of the screen: they are read back."""
    out = io.BytesIO()
    with override("vi"):
        choices = {"role": tuple(str(r) for r in Role.objects.order_by("pk")), "kind": ("Thủ tục hành chính", "Nội bộ")}
        columns = [
            ListColumn(head_of(part, f.key), WIDTHS.get(f.key, 18.0), choices=choices.get(f.key, ()))
            for f in FIELDS[part]
        ]
        write_list_sheet(out, name=_("Danh sách"), columns=columns, examples=EXAMPLES[part], example_name=_("Ví dụ"))
    out.seek(0)
    return out


def pasted_from(source: Any) -> str:
    """An uploaded Excel file as a pasted list. Raises `NotNow` with a sentence where it can't be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "danh-sach.xlsx")
        try:
            spool(source, source.name or "", path, limit=LIMIT)
            text = lines_of(read_list_sheet(path))
        except FileRefused as no:
            raise NotNow(str(no)) from no
        except ReadingError as no:
            words = _("Tệp này không mở được như tệp Excel (.xlsx). Tải bảng mẫu của bước này về rồi ghi vào đó.")
            raise NotNow(words) from no
    if not text.strip():
        raise NotNow(_("Trang đầu của tệp còn trống. Ghi danh sách vào trang đầu rồi tải lên lại."))
    return text
