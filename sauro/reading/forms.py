"""Forms that stand in a document: their columns, rows, rating scale and who signs them."""

from __future__ import annotations

import re
from itertools import groupby

from sauro.reading.context import Context
from sauro.reading.draft import Form
from sauro.reading.lines import Line, Row
from sauro.reading.text import key, squeeze

_FORM_WORDS = re.compile(
    r"theo doi|bieu mau|mau so|phieu|bm[.\s-]|so theo doi|bang tong hop|bieu (?:so )?\d|danh gia muc do|bang diem"
)
_RATINGS = re.compile(
    r"(?:mức độ hoàn thành|xếp loại|đánh giá|thang đánh giá|mức đánh giá|phân loại)[^:\n]*:\s*(.+)", re.IGNORECASE
)
_MONTH = re.compile(r"0?(\d{1,2})$")


def forms_of(others: list[list[Row]], context: Context) -> list[Form]:
    """The forms among the tables that hold neither tasks nor indicators; sheets of one form are one."""
    forms: dict[str, Form] = {}
    for rows in (list(part) for run in others for _, part in groupby(run, key=lambda r: r.source.table)):
        form = _form(rows, context)
        if form is None:
            continue
        known = forms.setdefault(key(form.name), form)
        if known is not form:
            for column in form.columns:
                if column not in known.columns:
                    known.columns.insert(_place(known.columns, column), column)
            known.lines = (min(known.lines[0], form.lines[0]), max(known.lines[1], form.lines[1]))
            known.ratings = known.ratings or form.ratings
            known.signed_by = known.signed_by or form.signed_by
    return list(forms.values())


def _place(columns: list[str], column: str) -> int:
    """Months go on after months, before a last column for notes."""
    return len(columns) - 1 if columns and key(columns[-1]).startswith("ghi chu") else len(columns)


def _form(rows: list[Row], context: Context) -> Form | None:
    texts = [_spread(row) for row in rows]
    words = " ".join(" ".join(t) for t in texts[:4])
    if not _FORM_WORDS.search(key(words)) or len(rows) < 2:
        return None
    head = _head(texts)
    title = next((t for row in texts[:head] for t in row if _FORM_WORDS.search(key(t)) and len(t) > 10), None)
    below = texts[head + 1] if head + 1 < len(texts) else []
    # Months or the like under a header leave its first column blank or repeat it; else the row is the form's first.
    two = bool(below) and key(below[0]) in ("", key(texts[head][0])) and sum(map(bool, below)) > 1
    columns = _columns(texts[head], below if two else [])
    if len(columns) < 2:
        return None
    name = _sentence(title or columns[0])
    form = Form(name, columns, lines=(rows[0].lines[0], rows[-1].lines[1]))
    after = [i for i in context.items[_after(rows, context) :][:14] if isinstance(i, Line)]
    form.rows = _rows(
        [r[0] for r in texts[head + 1 + two :] if r and len(r[0]) > 3]
        or [line.text for line in after if re.match(r"\d+\.\s", line.text)]
    )
    for line in after:
        if match := _RATINGS.search(line.text):
            form.ratings = [
                _capital(p) for p in re.split(r"\s*(?:[;,]|\bvà\b)\s*", match[1].strip(" ./")) if 0 < len(p) < 40
            ]
            form.lines = (form.lines[0], max(form.lines[1], line.last))
        elif form.ratings and len(line.text) < 60:
            form.signed_by = squeeze(line.text)
            form.lines = (form.lines[0], max(form.lines[1], line.last))
            break
    return form


def _head(texts: list[list[str]]) -> int:
    """The row of the header: over a row of months where there is one, else the first with three short cells."""
    for n in range(min(6, len(texts) - 1)):
        if sum(bool(_MONTH.match(t)) for t in texts[n + 1]) >= 3:
            return n
    return next((n for n, t in enumerate(texts) if sum(map(bool, t)) >= 3 and max(map(len, t)) < 60), 0)


def _spread(row: Row) -> list[str]:
    """The words of a row by grid place, blanks where a cell goes on."""
    texts: list[str] = []
    for cell in row.source.cells:
        texts += [squeeze(cell.text), *([""] * (cell.colspan - 1))]
    return texts


def _columns(top: list[str], below: list[str]) -> list[str]:
    columns: list[str] = []
    group = ""
    for c, text in enumerate(top):
        under = below[c] if c < len(below) else ""
        group = text or group
        if under and (month := _MONTH.match(under)) and key(group).startswith("thang"):
            columns.append(f"{group} {int(month[1])}")
        elif under and under != text:
            columns.append(
                f"{group} {under}" if not text else under if text == group and not text else f"{text} {under}"
            )
        elif text:
            columns.append(text)
    return columns


def _after(rows: list[Row], context: Context) -> int:
    last = rows[-1].block
    return next((n for n, i in enumerate(context.items) if isinstance(i, Line) and i.block > last), len(context.items))


def _rows(texts: list[str]) -> list[str]:
    return [squeeze(t)[:300] for t in texts]


def _sentence(text: str) -> str:
    return text[:1] + text[1:].lower() if Line(text, []).is_caps else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
