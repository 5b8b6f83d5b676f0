"""The map of processes as an inline SVG: management above, the core chain between interested parties, support below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sauro.quality.models import Process, ProcessFlow

INK, MUTED, ACTION, LINE, EDGE = "#17212B", "#4E5A66", "#1B4F93", "#C3C9C4", "#5B7F90"
WIDTH, SIDE, GAP, HIGH = 1284, 166, 20, 78
BAND_GAP, HEAD, ACROSS = 62, 24, 5
# How far an arrow between two processes of one row hangs below it.
HANG = 34
TINTS = {"management": "#E4EDF8", "core": "#DDF0F0", "support": "#ECEEEA"}


@dataclass(slots=True, frozen=True)
class Box:
    """Where a process stands."""

    x: float
    y: float
    w: float

    @property
    def middle(self) -> float:
        """Its middle across."""
        return self.x + self.w / 2


def wrapped(text: str, most: int, lines: int = 3) -> list[str]:
    """The words in lines of at most so many letters; what is too long ends with "…"."""
    found: list[str] = []
    for word in text.split():
        if found and len(found[-1]) + len(word) < most:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: most - 1].rstrip() + " …"]
    return found


def draw(processes: Sequence[Process], flows: Iterable[ProcessFlow], parties: Sequence[str]) -> SafeString:
    """The map. `parties`: names of interested parties, at both ends of the core chain."""
    bands = [(k, label, [p for p in processes if p.kind == k]) for k, label in Process.Kind.choices]
    boxes: dict[int, Box] = {}
    y, parts, names, core_y, core_h = 8.0, [], [], 0.0, 0.0
    for kind, label, rows in bands:
        rows_of = [rows[i : i + ACROSS] for i in range(0, len(rows), ACROSS)] or [[]]
        height = HEAD + len(rows_of) * HIGH + (len(rows_of) - 1) * GAP + 14
        left, right = SIDE + 34, WIDTH - SIDE - 34
        parts.append(f'<rect x="{left}" y="{y}" width="{right - left}" height="{height}" rx="6" fill="{TINTS[kind]}"/>')
        # Written over the arrows, with a halo of the band's own colour.
        halo = f'paint-order="stroke" stroke="{TINTS[kind]}" stroke-width="5" stroke-linejoin="round"'
        names.append(_text(left + 12, y + 17, str(label), weight=600, size=13, colour=MUTED, more=halo))
        for i, line in enumerate(rows_of):
            w = (right - left - 24 - GAP * (len(line) - 1)) / max(len(line), 1)
            w = min(w, 210)
            whole = w * len(line) + GAP * (len(line) - 1)
            x = (left + right) / 2 - whole / 2
            for process in line:
                boxes[process.pk] = Box(x, y + HEAD + i * (HIGH + GAP), w)
                x += w + GAP
        if kind == Process.Kind.CORE:
            core_y, core_h = y, height
        y += height + BAND_GAP
    arrows = [_arrow(boxes, f) for f in flows if f.source_id in boxes and f.target_id in boxes]
    parts += arrows + names
    parts += [_box(p, boxes[p.pk]) for p in processes if p.pk in boxes]
    parts += _ends(core_y, core_h, parties)
    total = y - BAND_GAP + HANG
    said = _("Sơ đồ %(n)d quá trình; nội dung ở bảng bên dưới.") % {"n": len(processes)}
    return mark_safe(
        f'<svg class="process-map" viewBox="0 0 {WIDTH} {total:.0f}" width="{WIDTH}" height="{total:.0f}" role="group" '
        f'aria-label="{escape(said)}" font-family="Source Sans 3, Noto Sans, sans-serif">'
        '<defs><marker id="mui-ten" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path d="M0 0L8 4L0 8Z" fill="{EDGE}"/></marker></defs>{"".join(parts)}</svg>'
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    weight: int = 400,
    size: int = 14,
    colour: str = INK,
    at: str = "start",
    more: str = "",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{at}" {more}>{escape(words)}</text>'
    )


def _box(process: Process, box: Box) -> str:
    lines = wrapped(process.name, int(box.w / 7.4))
    words = "".join(
        _text(box.x + 10, box.y + 34 + i * 18, line, weight=600, colour=ACTION) for i, line in enumerate(lines)
    )
    return (
        f'<a href="{reverse("process", args=[process.pk])}"><title>{escape(process.name)}</title>'
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.w:.1f}" height="{HIGH}" rx="4" '
        f'fill="#FFFFFF" stroke="{EDGE}"/>'
        f"{_text(box.x + 10, box.y + 16, process.code, size=12, colour=MUTED)}{words}</a>"
    )


def _arrow(boxes: dict[int, Box], flow: ProcessFlow) -> str:
    a, b = boxes[flow.source_id], boxes[flow.target_id]
    if a.y == b.y:
        near = 0 < b.x - a.x <= a.w + GAP + 2
        if near:
            d = f"M{a.x + a.w:.1f} {a.y + HIGH / 2:.1f}H{b.x - 1:.1f}"
        else:
            side = 1 if b.x > a.x else -1
            y = a.y + HIGH
            d = (
                f"M{a.middle + 14 * side:.1f} {y:.1f}C{a.middle + 14 * side:.1f} {y + HANG:.1f} "
                f"{b.middle - 14 * side:.1f} {y + HANG:.1f} {b.middle - 14 * side:.1f} {y + 1:.1f}"
            )
    elif b.y > a.y:
        d = _curve(a.middle - 8, a.y + HIGH, b.middle - 8, b.y - 1)
    else:
        d = _curve(a.middle + 8, a.y, b.middle + 8, b.y + HIGH + 1)
    title = f"<title>{escape(flow.what)}</title>" if flow.what else ""
    return f'<path d="{d}" fill="none" stroke="{EDGE}" stroke-width="1.4" marker-end="url(#mui-ten)">{title}</path>'


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    bend = (y2 - y1) / 2
    return f"M{x1:.1f} {y1:.1f}C{x1:.1f} {y1 + bend:.1f} {x2:.1f} {y2 - bend:.1f} {x2:.1f} {y2:.1f}"


def _ends(y: float, height: float, parties: Sequence[str]) -> list[str]:
    """The interested parties at both ends of the core band: what they ask for, what they are given."""
    found = []
    top, deep = y - 12, height + 24
    for x, head in ((4.0, _("Yêu cầu")), (WIDTH - SIDE - 4.0, _("Kết quả"))):
        found.append(
            f'<rect x="{x}" y="{top}" width="{SIDE}" height="{deep}" rx="4" fill="#FFFFFF" stroke="{LINE}"/>'
            + _text(x + SIDE / 2, top + 20, _("Bên quan tâm"), weight=600, size=13, at="middle")
            + _text(x + SIDE / 2, top + 37, head, size=13, colour=MUTED, at="middle")
        )
        room, at = int((deep - 50) // 15), top + 56
        for name in parties[: max(1, room)]:
            found.append(_text(x + SIDE / 2, at, wrapped(name, 27, 1)[0], size=12, colour=MUTED, at="middle"))
            at += 15
    middle = y + height / 2
    for x1, x2 in ((SIDE + 6, SIDE + 32), (WIDTH - SIDE - 32, WIDTH - SIDE - 6)):
        found.append(
            f'<path d="M{x1} {middle}H{x2}" stroke="{INK}" stroke-width="2" marker-end="url(#mui-ten)" fill="none"/>'
        )
    return found
