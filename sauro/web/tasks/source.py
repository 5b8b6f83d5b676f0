"""Where a task was read: the words of its row in the issued document, with what was read from them marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import JSONField
from django.db.models.fields.json import KeyTransform
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.documents.models import IssuedDocument
from sauro.plans.models import Task
from sauro.reading import serial
from sauro.reading.draft import Trace

# A task is read from its row, perhaps a part of it on the next page, its group's heading and a footnote.
MOST_BLOCKS = 8
SURE = 0.75
FIELDS = {
    "ref": gettext_lazy("mã"),
    "title": gettext_lazy("nội dung"),
    "group": gettext_lazy("nhóm"),
    "lead_units": gettext_lazy("chủ trì"),
    "coordinating_units": gettext_lazy("phối hợp"),
    "responsible_text": gettext_lazy("phân công"),
    "schedule": gettext_lazy("thời gian"),
    "schedule_text": gettext_lazy("thời gian"),
    "products": gettext_lazy("sản phẩm"),
    "milestones": gettext_lazy("mốc"),
    "measurement": gettext_lazy("đo lường"),
    "report_frequency": gettext_lazy("báo cáo"),
    "records": gettext_lazy("hồ sơ"),
    "origin_footnote": gettext_lazy("nguồn giao"),
    "authority": gettext_lazy("thẩm quyền"),
}


@dataclass(slots=True)
class Excerpt:
    """Words of one block with their marks. `kind`: paragraph, row, footnote; a row has its cells one after another."""

    kind: str
    parts: list[SafeString] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """What the document says of a task. `place`: document, page and line in words."""

    place: str
    excerpts: list[Excerpt]
    doubtful: bool = False


def source_of(task: Task) -> Source | None:
    """The task's excerpt, or None where it was not read from a document. One query, of the blocks concerned alone."""
    traces = serial.traces(task.source)
    numbers = sorted({t.block for t in traces.values() if t.block >= 0})[:MOST_BLOCKS]
    document = task.plan.document
    if not numbers:
        return None
    blocks = KeyTransform("blocks", "manuscript")
    row = IssuedDocument.objects.values_list(
        *(KeyTransform(str(n), blocks, output_field=JSONField()) for n in numbers)
    ).get(pk=document.pk)
    found = {n: block for n, block in zip(numbers, row, strict=True) if isinstance(block, Mapping)}
    if not found:
        return None
    own = traces.get("title") or next(iter(traces.values()))
    excerpts = [_excerpt(block, {k: t for k, t in traces.items() if t.block == n}) for n, block in found.items()]
    doubtful = any(t.confidence < SURE for t in traces.values())
    return Source(_place(task, found.get(own.block)), [e for e in excerpts if e.parts], doubtful)


def _place(task: Task, block: Mapping[str, Any] | None) -> str:
    document = task.plan.document
    words = [f"{document.type or _('Văn bản')} {document.number}".strip()]
    if document.issued_on:
        words[0] += " " + _("ngày %(day)s") % {"day": f"{document.issued_on:%d/%m/%Y}"}
    if block and block.get("page"):
        words.append(_("trang %(n)d") % {"n": block["page"]})
    lines = task.source.get("source_lines") or [0, 0]
    if lines[0]:
        words.append(_("dòng %(n)d") % {"n": lines[0]})
    if task.ref:
        words.append(_("mã %(ref)s") % {"ref": task.ref})
    return ", ".join(words)


def _excerpt(block: Mapping[str, Any], traces: Mapping[str, Trace]) -> Excerpt:
    cells = block.get("cells") or []
    if block.get("kind") != "row" or not cells:
        text = (
            f"{block.get('label', '')} {block.get('text', '')}".strip() if block.get("label") else block.get("text", "")
        )
        shift = len(text) - len(block.get("text", ""))
        return Excerpt(block.get("kind", "paragraph"), [marked(text, traces, shift)] if text else [])
    parts = []
    for i, cell in enumerate(cells):
        if cell.get("text", "").strip():
            parts.append(marked(cell["text"], {k: t for k, t in traces.items() if t.cell == i}))
    return Excerpt("row", parts)


def marked(text: str, traces: Mapping[str, Trace], shift: int = 0) -> SafeString:
    """The text as HTML with the places of the traces marked; where two overlap, the longer one is kept.

    `shift`: characters that stand before those the traces count.
    """
    places = sorted(
        ((t.start + shift, min(t.end + shift, len(text)), name, t) for name, t in traces.items() if t.end > t.start),
        key=lambda p: (p[0], -p[1]),
    )
    out, at = [], 0
    for start, end, name, trace in places:
        if start < at or end <= start:
            continue
        css = "read" if trace.confidence >= SURE else "doubt"
        title = escape(_("Đọc ra: %(field)s") % {"field": FIELDS.get(name, name)})
        out.append(f'{escape(text[at:start])}<span class="{css}" title="{title}">{escape(text[start:end])}</span>')
        at = end
    out.append(escape(text[at:]))
    return mark_safe("".join(out).replace("\n", "<br>"))
