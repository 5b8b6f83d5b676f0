"""The folder that an auditor is given: for every clause from 4 to 10 what answers it, or an honest gap.

A piece is written once; the page of each clause links to those that answer it. Names don't depend on the day.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import IO, Any

from django.utils import translation

from sauro.organization.models import Agency
from sauro.quality.conformity import ClauseView, Level, conformity_map
from sauro.quality.dossier.pieces import Piece, left_out, pieces, slug
from sauro.quality.ready import standard

Progress = Callable[[int, int, str], None]
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1f27}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;"
    "border-bottom:1px solid #d5dae1;vertical-align:top}"
    "a{color:#0b4f9e}.full{color:#17633a}.thin{color:#7a5200}.empty{color:#a3231b}.out{color:#5b6471}"
    "h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}.lead{color:#4a5361}"
)


def clause_path(view: ClauseView) -> str:
    """Where a clause's page lies: "dieu-khoan/07.5-thong-tin-dang-van-ban/index.html", sorted as the standard is."""
    number = ".".join(f"{int(part):02}" if n == 0 else part for n, part in enumerate(view.clause.number.split(".")))
    return f"dieu-khoan/{number}-{slug(view.clause.label_vi, 40)}/index.html"


def _page(title: str, body: str) -> bytes:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    ).encode()


def _links(found: list[Piece], up: str) -> str:
    rows = "".join(f'<li><a href="{escape(up + p.path)}">{escape(p.title)}</a></li>' for p in found)
    return f"<ul>{rows}</ul>"


def answering(view: ClauseView, found: list[Piece]) -> list[Piece]:
    """The pieces that answer a clause: by the kinds that answer it, by the documents tied to it, by its own records."""
    kinds = {kind for kind, _fact in view.facts}
    tied = {item.pk for item in view.of("document")}
    number = view.clause.number
    rows = []
    for p in found:
        if p.document is not None:
            # The whole set of documents answers 7.5; elsewhere only what is tied to the clause.
            if p.document in tied or number.startswith("7.5") or ("policy" in p.kinds and "policy" in kinds):
                rows.append(p)
        elif p.clause:
            if p.clause == number or p.clause.startswith(f"{number}."):
                rows.append(p)
        elif kinds & set(p.kinds):
            rows.append(p)
    return rows


def _clause_page(view: ClauseView, found: list[Piece], lost: set[str]) -> bytes:
    c, up = view.clause, "../../"
    parts = [f'<p class="{view.level.value}"><b>{escape(str(view.level.label))}</b></p>']
    if view.justification:
        parts.append(f"<p>Lý do không áp dụng: {escape(view.justification)}</p>")
    if view.missing:
        rows = "".join(f"<li>{escape(str(m))}</li>" for m in view.missing)
        parts.append(f"<h2>Còn thiếu</h2><ul>{rows}</ul>")
    rows_found = [p for p in answering(view, found) if p.path not in lost]
    parts.append("<h2>Hồ sơ trả lời điều khoản</h2>")
    parts.append(_links(rows_found, up) if rows_found else "<p>Chưa có hồ sơ nào.</p>")
    for words, kinds in (
        ("Quá trình", ("process",)), ("Hồ sơ gắn với điều khoản", ("records", "note")),
        ("Phát hiện, sự không phù hợp", ("finding", "nonconformity")), ("Đơn vị chịu trách nhiệm", ("unit",)),
    ):  # fmt: skip
        items = view.of(*kinds)
        if items:
            parts.append(f"<h2>{words}</h2><ul>{''.join(f'<li>{escape(i.label)}</li>' for i in items)}</ul>")
    labels = standard.answer_labels()
    facts = "".join(
        f"<tr><td>{escape(labels.get(k, k))}</td><td>{f.found}</td><td>{escape(f.says)}</td></tr>"
        for k, f in view.facts
    )
    if facts:
        parts.append(f"<h2>Số liệu</h2><table><tr><th>Loại</th><th>Có</th><th>Nhận xét</th></tr>{facts}</table>")
    parts.append(f'<p><a href="{up}index.html">Mục lục</a></p>')
    return _page(f"{c.number} {c.label_vi}", "".join(parts))


def _index(
    agency: Agency, year: int, today: dt.date, views: list[ClauseView], found: list[Piece], lost: set[str]
) -> bytes:
    counted = {level: sum(v.level is level and v.clause.leaf for v in views) for level in Level}
    said = ", ".join(f"{n} {str(level.label).lower()}" for level, n in counted.items() if n)
    rows = []
    for v in views:
        n = len([p for p in answering(v, found) if p.path not in lost])
        told = " ".join(str(m) for m in ([v.justification] if v.justification else []) + list(v.missing))
        rows.append(
            f'<tr><td>{escape(v.clause.number)}</td><td><a href="{clause_path(v)}">{escape(v.clause.label_vi)}</a>'
            f'</td><td class="{v.level.value}">{escape(str(v.level.label))}</td><td>{n}</td>'
            f"<td>{escape(told)}</td></tr>"
        )
    whole = [p for p in found if "/" not in p.path and p.path not in lost]
    gone = "".join(f"<li>{escape(p.title)}</li>" for p in found if p.path in lost)
    body = (
        f'<p class="lead">{escape(agency.name)}. {escape(standard.edition().name)}. Tính đến ngày {today:%d/%m/%Y}: '
        f"{escape(said)}. {len(found) - len(lost)} tệp.</p><h2>Tổng hợp</h2>{_links(whole, '')}"
        "<h2>Theo điều khoản</h2><table><tr><th>Số</th><th>Điều khoản</th><th>Mức</th><th>Tệp</th>"
        "<th>Còn thiếu</th></tr>"
        f"{''.join(rows)}</table>"
    )
    if more := left_out(agency, year):
        body += f"<h2>Không kèm theo</h2><ul>{''.join(f'<li>{escape(said)}</li>' for said in more)}</ul>"
    if gone:
        body += f"<h2>Tệp không còn trong kho</h2><ul>{gone}</ul>"
    return _page(f"Hồ sơ hệ thống quản lý chất lượng năm {year}", body)


Put = Callable[[str, Callable[[IO[bytes]], object]], None]


def _walk(agency: Agency, year: int, today: dt.date, put: Put, progress: Progress | None) -> Iterator[int]:
    """Put every file and page, one after another, yielding how many files there are so far. The papers are Vietnamese
    whatever language the person works in; between two files the language is the person's again."""
    with translation.override("vi"):
        found, views = pieces(agency, year, today), conformity_map(agency, year, today)
    lost: set[str] = set()
    for n, piece in enumerate(found, 1):
        if progress:
            progress(n, len(found), piece.title)
        with translation.override("vi"):
            try:
                put(piece.path, piece.write)
            except FileNotFoundError:
                lost.add(piece.path)
        yield n - len(lost)
    with translation.override("vi"):
        for view in views:
            page = _clause_page(view, found, lost)
            put(clause_path(view), lambda out, page=page: out.write(page))  # type: ignore[misc]
        index = _index(agency, year, today, views, found, lost)
        put("index.html", lambda out: out.write(index))
    yield len(found) - len(lost)


def write_folder(agency: Agency, year: int, today: dt.date, folder: Path, progress: Progress | None = None) -> int:
    """Write the folder, making it where it isn't there; how many files it holds beside the pages. Raises `OSError`."""

    def put(path: str, write: Callable[[IO[bytes]], object]) -> None:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(target.name + ".part")
        try:
            with unfinished.open("wb") as out:
                write(out)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    folder.mkdir(parents=True, exist_ok=True)
    return list(_walk(agency, year, today, put, progress))[-1]


def _packing(archive: zipfile.ZipFile, today: dt.date) -> Put:
    def put(path: str, write: Callable[[IO[bytes]], object]) -> None:
        made = io.BytesIO()
        write(made)
        entry = zipfile.ZipInfo(path, (today.year, today.month, today.day, 0, 0, 0))
        entry.external_attr = 0o644 << 16
        # Word, Excel, PDF and pictures are packed already.
        entry.compress_type = zipfile.ZIP_DEFLATED if path.endswith((".html", ".txt", ".csv")) else zipfile.ZIP_STORED
        archive.writestr(entry, made.getvalue())

    return put


def write_zip(
    agency: Agency, year: int, today: dt.date, out: Path | IO[bytes], progress: Progress | None = None
) -> int:
    """As `write_folder`, into one .zip whose entries bear the day. Raises `OSError`."""
    with zipfile.ZipFile(out, "w") as archive:
        return list(_walk(agency, year, today, _packing(archive, today), progress))[-1]


class _Pipe(io.RawIOBase):
    """Where a .zip is written to and taken from in pieces."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        """Yes; it can't be sought in, so that the archive is written from front to end."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self.held += data
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self.held = bytes(self.held), bytearray()
        return taken


def stream_zip(agency: Agency, year: int, today: dt.date) -> Iterator[bytes]:
    """The .zip in pieces, so that a download begins at once and memory holds one file."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for _n in _walk(agency, year, today, _packing(archive, today), None):
            if pipe.held:
                yield pipe.take()
    yield pipe.take()
