"""The fishbone of causes and the bars of a year, drawn as SVG: no script, so that they print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sauro.quality.services.correcting import BRANCHES
from sauro.quality.trends import Line
from sauro.web.nonconformities.forms import BRANCH_WORDS

INK, MUTED, ACTION, DONE, LINE = "#17212B", "#4E5A66", "#1B4F93", "#0E7C86", "#E9ECE8"
WIDTH, BONE, MOST = 720, 118, 4


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _words(x: float, y: float, words: str, size: float = 12, more: str = "", ink: str = INK) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}" {more}>{escape(words)}</text>'


def fishbone(causes: Mapping[str, Sequence[str]], effect: str) -> SafeString:
    """The spine with its six branches, three above and three below; the list beside it says the causes whole."""
    spine, head = BONE + 12, 560
    height = 2 * spine
    parts = [f'<path d="M8 {spine}H{head}" stroke="{INK}" stroke-width="2.5"/>']
    parts.append(f'<path d="M{head} {spine - 9}L{head + 14} {spine}L{head} {spine + 9}Z" fill="{INK}"/>')
    for n, line in enumerate(_lines(effect, 20)[:4]):
        parts.append(_words(head + 20, spine - 18 + n * 16, line, 12.5, 'font-weight="600"'))
    for n, branch in enumerate(BRANCHES):
        above = n < 3
        foot = 176 + 180 * (n % 3)
        top = 18 if above else height - 8
        tip = 24 if above else height - 22
        parts.append(f'<path d="M{foot} {spine}L{foot - 52} {tip}" stroke="{ACTION}" stroke-width="1.8"/>')
        parts.append(_words(foot - 160, top, str(BRANCH_WORDS[branch]), 12.5, 'font-weight="600"', ACTION))
        for k, cause in enumerate(list(causes.get(branch, []))[:MOST]):
            y = (42 + 20 * k) if above else (height - 42 - 20 * k)
            # The bone leans: lower down there is room for more.
            parts.append(_words(foot - 160, y, _cut(cause, 17 + 2 * k), 11.5))
    said = escape(_("Sơ đồ xương cá của nguyên nhân; từng nguyên nhân ở danh sách bên dưới"))
    return mark_safe(
        f'<svg class="fishbone" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{said}" fill="none">'
        f"{''.join(parts)}</svg>"
    )


def _lines(text: str, most: int) -> list[str]:
    rows: list[str] = [""]
    for word in text.split():
        if len(rows[-1]) + len(word) + 1 > most and rows[-1]:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return [*rows[:3], "…"] if len(rows) > 4 else rows


def month_bars(months: Sequence[Line], width: int = 640, height: int = 190) -> SafeString:
    """A bar a month: raised, and of those closed (full); the table beside it has the numbers."""
    most = max([line.raised for line in months] + [1])
    left, foot, top = 28, 24, 14
    step, deep = (width - left - 8) / 12, height - foot - top

    def y(n: int) -> float:
        return round(top + deep * (1 - n / most), 1)

    parts = [f'<path d="M{left} {y(0)}H{width - 8}" stroke="#7A8691"/>', _words(0, y(most) + 4, str(most), 11.5)]
    parts.append(f'<path d="M{left} {y(most)}H{width - 8}" stroke="{LINE}"/>')
    for n, line in enumerate(months):
        x = round(left + step * n + step * 0.2, 1)
        wide = round(step * 0.6, 1)
        parts.append(_words(x + wide / 2, height - 7, _("T%(month)d") % {"month": n + 1}, 11.5, 'text-anchor="middle"'))
        if line.raised:
            full, whole = y(line.closed), y(line.raised)
            for top_y, look in ((whole, f'fill="url(#hatch-open)" stroke="{ACTION}"'), (full, f'fill="{DONE}"')):
                tall = round(y(0) - top_y, 1)
                parts.append(f'<rect x="{x}" y="{top_y}" width="{wide}" height="{tall}" {look}/>')
            parts.append(_words(x + wide / 2, whole - 3, str(line.raised), 11.5, 'text-anchor="middle"'))
    said = escape(_("Số sự không phù hợp theo tháng; số liệu ở bảng bên cạnh"))
    return mark_safe(
        f'<svg class="trend" viewBox="0 0 {width} {height}" role="img" aria-label="{said}">{"".join(parts)}</svg>'
    )
