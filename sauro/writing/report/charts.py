"""Charts as pictures, set by Typst: its own layout draws bars, its own fonts hold every Vietnamese letter, so that a
picture is the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import typst

from sauro.writing.report.content import Four

PPI = 180.0
LABELS = ("Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Chưa hoàn thành, trong hạn", "Chưa hoàn thành, quá hạn")
# The hues and hatches of the pages; solid is finished, hatched is open, so that a print in grey says the same.
_HEAD = """
#set page(width: %smm, height: auto, margin: 2mm, fill: white)
#set text(size: 9pt, lang: "vi")
#let edge = 0.4pt + rgb("#5B6B75")
#let whole(paint) = place(rect(width: 100%%, height: 100%%, fill: rgb(paint)))
#let open = tiling(size: (4pt, 4pt), {
  whole("#C9DCE3")
  place(line(start: (0%%, 100%%), end: (100%%, 0%%), stroke: 0.7pt + rgb("#5B7F90")))
})
#let late = tiling(size: (4pt, 4pt), {
  whole("#F6D5D2")
  place(line(start: (0%%, 0%%), end: (100%%, 100%%), stroke: 1.2pt + rgb("#B3261E")))
})
#let fills = (rgb("#0E7C86"), rgb("#C47A00"), open, late)
#let bar(parts, height: 12pt) = {
  let live = parts.filter(p => p.at(1) > 0)
  grid(
    columns: live.map(p => p.at(1) * 1fr), column-gutter: 1pt,
    ..live.map(p => rect(width: 100%%, height: height, fill: fills.at(p.at(0)), stroke: edge)),
  )
}
#let key(words) = stack(
  dir: ltr, spacing: 4pt,
  rect(width: 9pt, height: 9pt, fill: fills.at(words.at(0)), stroke: edge), words.at(1),
)
"""
MOST_UNITS = 20


def _text(words: str) -> str:
    """Words as a Typst string, so that no sign in a unit's name is markup."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _parts(cells: Four) -> str:
    return "(" + "".join(f"({n}, {count})," for n, count in enumerate(cells)) + ")"


@lru_cache(maxsize=16)
def _png(source: str) -> bytes:
    made = typst.compile(source.encode(), format="png", ppi=PPI)
    assert isinstance(made, bytes)
    return made


def four_cells_png(cells: Four, width_mm: int = 160) -> bytes:
    """One bar of the four cells with its key; a PNG `width_mm` wide in print."""
    keys = ", ".join(f"key(({n}, {_text(f'{words}: {cells[n]}')}))" for n, words in enumerate(LABELS))
    drawn = f"#bar({_parts(cells)}, height: 18pt)" if sum(cells) else "#align(center)[Không có nhiệm vụ.]"
    return _png(f"{_HEAD % width_mm}{drawn}\n#v(4pt)\n#grid(columns: (1fr, 1fr), row-gutter: 5pt, {keys})\n")


def units_png(rows: Sequence[tuple[str, Four]], width_mm: int = 160) -> bytes:
    """A bar for each of at most `MOST_UNITS` units, its length by how many tasks it leads; those with most first."""
    kept = sorted((r for r in rows if sum(r[1])), key=lambda r: -sum(r[1]))[:MOST_UNITS]
    most = max((sum(cells) for _name, cells in kept), default=1)
    lines = []
    for name, cells in kept:
        share = sum(cells) / most
        lines.append(
            f"align(right + horizon, text({_text(name)})), align(horizon, box(width: {share * 100:.2f}%, "
            f"bar({_parts(cells)}))), align(horizon, text({_text(str(sum(cells)))}))"
        )
    table = f"#grid(columns: (42%, 1fr, 24pt), column-gutter: 6pt, row-gutter: 4pt, {', '.join(lines)})" if kept else ""
    keys = ", ".join(f"key(({n}, {_text(words)}))" for n, words in enumerate(LABELS))
    return _png(f"{_HEAD % width_mm}{table}\n#v(4pt)\n#grid(columns: (1fr, 1fr), row-gutter: 5pt, {keys})\n")
