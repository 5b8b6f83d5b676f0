"""Footnotes at the foot of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sauro.reading.open.pdf.join import join_text
from sauro.reading.open.pdf.lines import Line
from sauro.reading.open.pdf.sheet import Rule

# Some programs print the number of a note at full size.
_PLAIN = re.compile(r"^(\d{1,3})[\s.)]+(?=\S)")


@dataclass(slots=True)
class Note:
    """One footnote body. `number` is "" for the rest of a note that began on the page before."""

    number: str
    text: str
    notes: list[str] = field(default_factory=list)


def split_notes(
    rows: list[list[Line]],
    rules: list[Rule],
    *,
    body_size: float,
    width: float,
    markers: set[str],
    last: str,
) -> tuple[list[list[Line]], list[Note]]:
    """The lines above the footnotes, and the footnotes.

    They stand under a short rule at the left edge (or, where none is drawn, at the very foot), in type smaller than the
    body's or opening with a raised number. `markers`: the numbers that the page refers to;
    `last`: the number of the last note before this page.
    """
    start = _below_rule(rows, rules, body_size, width, {*markers, _next(last)})
    if start is None:
        start = _small_tail(rows, body_size, markers)
    if start is None:
        return rows, []
    notes: list[Note] = []
    numbered = False
    for row in rows[start:]:
        for line in row:
            plain = _PLAIN.match(line.text)
            expected = plain and plain[1] in ({_next(last)} if numbered else {*markers, _next(last)})
            if line.lead:
                notes.append(Note(line.lead, line.text))
                last, numbered = line.lead, True
            elif plain and expected:
                notes.append(Note(plain[1], line.text[plain.end() :]))
                last, numbered = plain[1], True
            elif notes:
                notes[-1].text = join_text(notes[-1].text, line.text)
            else:
                notes.append(Note("", line.text))
    return rows[:start], notes


def _next(number: str) -> str:
    return str(int(number or "0") + 1) if number.isdigit() or not number else ""


def _below_rule(
    rows: list[list[Line]], rules: list[Rule], body_size: float, width: float, expected: set[str]
) -> int | None:
    for rule in sorted(rules, key=lambda r: r.at):
        if not 30 <= rule.end - rule.start <= 0.6 * width:
            continue
        start = next((i for i, row in enumerate(rows) if row[0].y > rule.at), None)
        if start is None or rows[start][0].y - rule.at > 30 or not -10 < rows[start][0].x0 - rule.start < 60:
            continue
        tail = [line for row in rows[start:] for line in row]
        plain = _PLAIN.match(tail[0].text)
        numbered = tail[0].lead or (plain is not None and plain[1] in expected)
        if numbered or all(line.size < body_size - 0.4 for line in tail):
            return start
    return None


def _small_tail(rows: list[list[Line]], body_size: float, markers: set[str]) -> int | None:
    start = None
    for i in range(len(rows) - 1, -1, -1):
        if any(line.size > body_size - 0.4 for line in rows[i]):
            break
        plain = _PLAIN.match(rows[i][0].text)
        if rows[i][0].lead or (plain and plain[1] in markers):
            start = i
    return start
