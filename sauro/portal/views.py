"""The pages to read. Each takes at most three queries, whatever is published."""

from __future__ import annotations

import datetime as dt
import io
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.portal.pages import Shown, readable
from sauro.quality.models import Publication
from sauro.vietnamese.text import fold, squeeze
from sauro.writing import Column, write_table_xlsx
from sauro.writing.quality import PolicySheet, policy_pdf

Kind = Publication.Kind
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE = 50


@readable
def home(shown: Shown) -> HttpResponseBase:
    """What the agency promised and how it stands."""
    found = shown.bodies(Kind.OBJECTIVES, Kind.POLICY, Kind.DECLARATION)
    objectives = found.get(Kind.OBJECTIVES)
    cells = objectives["cells"] if objectives else None
    return shown.page(
        "home",
        here="home",
        objectives=objectives,
        policy=found.get(Kind.POLICY),
        declaration=found.get(Kind.DECLARATION),
        cells=cells,
        total=sum(cells.values()) if cells else 0,
    )


@readable
def system(shown: Shown) -> HttpResponseBase:
    """Policy, scope and declaration."""
    found = shown.bodies(Kind.POLICY, Kind.SCOPE, Kind.DECLARATION)
    return shown.page(
        "system",
        here="system",
        policy=found.get(Kind.POLICY),
        scope=found.get(Kind.SCOPE),
        declaration=found.get(Kind.DECLARATION),
    )


@readable
def policy(shown: Shown) -> HttpResponseBase:
    """The published policy as PDF: set from the frozen copy, not from the document that may have changed since."""
    body = shown.bodies(Kind.POLICY).get(Kind.POLICY)
    if body is None:
        raise Http404
    agency, stamp = shown.agency, body["stamp"]
    effective_on = dt.date.fromisoformat(body["effective_on"]) if body["effective_on"] else None
    made = _policy_file(
        PolicySheet(
            agency=agency.name,
            parent_agency=agency.parent_name,
            place=agency.place,
            title=body["title"],
            text=tuple(body["text"]),
            code=body["code"],
            issue=body["issue"],
            effective_on=effective_on,
            decision=body["decision"],
            signer=body["signer"],
            published_on=timezone.localdate(stamp["published_at"]),
        )
    )
    name = f"chinh-sach-chat-luong-lan-{body['issue']:02d}.pdf"
    return FileResponse(io.BytesIO(made), as_attachment=True, filename=name, content_type="application/pdf")


@lru_cache(maxsize=8)
def _policy_file(sheet: PolicySheet) -> bytes:
    """Setting takes a good part of a second: a copy that doesn't change is set once."""
    return policy_pdf(sheet)


@readable
def procedures(shown: Shown) -> HttpResponseBase:
    """The procedures that the system covers, searched with or without diacritics."""
    body = shown.bodies(Kind.PROCEDURES).get(Kind.PROCEDURES)
    words = squeeze(shown.request.GET.get("q", ""))[:100]
    rows: list[dict[str, Any]] = body["rows"] if body else []
    for word in fold(words).split():
        rows = [row for row in rows if word in fold(" ".join((row["code"], row["name"], row["field"], row["unit"])))]
    page = Paginator(rows, ON_A_PAGE).get_page(shown.request.GET.get("trang"))
    return shown.page("procedures", here="procedures", body=body, words=words, page=page, total=len(rows))


@readable
def units(shown: Shown) -> HttpResponseBase:
    """What each unit promised."""
    return shown.page("units", here="units", body=shown.bodies(Kind.UNIT_OBJECTIVES).get(Kind.UNIT_OBJECTIVES))


@readable
def accessibility(shown: Shown) -> HttpResponseBase:
    """How the pages can be used, and whom to tell where they can't."""
    return shown.page("accessibility", here="accessibility")


@readable
def figures(shown: Shown) -> HttpResponseBase:
    """The published figures as Excel, to be used freely."""
    found = shown.bodies(Kind.OBJECTIVES, Kind.UNIT_OBJECTIVES)
    if not found:
        raise Http404
    columns = [
        Column(_("Đơn vị"), 28), Column(_("Mục tiêu"), 44), Column(_("Chỉ tiêu"), 44), Column(_("Cam kết"), 18),
        Column(_("Kết quả"), 18), Column(_("Số liệu đến"), 16), Column(_("Mức độ"), 12),
        Column(_("Tháng đánh giá"), 12),
    ]  # fmt: skip
    rows = _rows(found, shown.agency.name)
    as_of = max(body["stamp"]["as_of"] for body in found.values())
    out = io.BytesIO()
    note = _("Số liệu đến hết ngày %(day)s. Được dùng lại, ghi nguồn.") % {"day": f"{as_of:%d/%m/%Y}"}
    write_table_xlsx(
        _("Mục tiêu và kết quả: %(agency)s") % {"agency": shown.agency.name}, columns, rows, out, note=note, day=as_of
    )
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"muc-tieu-{as_of:%Y%m%d}.xlsx", content_type=XLSX)


def _rows(found: dict[str, Any], agency: str) -> list[list[Any]]:
    levels = {"good": _("Tốt"), "fair": _("Trung bình"), "poor": _("Kém"), "": ""}
    rows: list[list[Any]] = []
    if objectives := found.get(Kind.OBJECTIVES):
        words = {
            "done_on_time": _("Hoàn thành đúng hạn"), "done_late": _("Hoàn thành quá hạn"),
            "open_in_time": _("Chưa hoàn thành, trong hạn"), "open_overdue": _("Chưa hoàn thành, quá hạn"),
        }  # fmt: skip
        day = f"{objectives['stamp']['as_of']:%d/%m/%Y}"
        rows += [
            [agency, _("Nhiệm vụ"), words[key], "", str(number), day, "", ""]
            for key, number in objectives["cells"].items()
        ]
    groups = [(agency, objectives["rows"])] if objectives else []
    groups += [(one["name"], one["rows"]) for one in found.get(Kind.UNIT_OBJECTIVES, {}).get("units", [])]
    for name, group in groups:
        for row in group:
            rated = [levels[row["rating"]], row["month"]]
            targets = row["targets"] or [{"text": "", "wanted": "", "result": "", "until": ""}]
            rows += [[name, row["text"], t["text"], t["wanted"], t["result"], t["until"], *rated] for t in targets]
    return rows
