"""Template tags and filters of the look. Built in to every template (settings), so no {% load %} is needed.

Each draws one component of the visual identity; the data behind it comes from the pure functions in sauro.web.look.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sauro.web.evidence.words import signed_words as words_of_signatures
from sauro.web.look import bars, cells, rating, text
from sauro.web.look import dots as six_dots
from sauro.web.look import due as due_look
from sauro.web.look import targets as target_look
from sauro.web.look.icons import icon as draw_icon

register = template.Library()

for name in ("dmy", "dm", "dmy_hm", "hm", "weekday", "weekday_dm", "weekday_dmy", "vnumber", "zero", "initials"):
    register.filter(name, getattr(text, name))
register.filter("file_size", text.size)
register.filter("level", target_look.number)
register.simple_tag(target_look.standing_mark)
register.simple_tag(target_look.target_line)


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """{% icon "alert-triangle" %}: an outline of the Tabler set, hidden from screen readers."""
    return draw_icon(name, size)


@register.simple_tag
def dots(clears: Any) -> SafeString:
    """{% dots task.clears %}: the six dots and "5/6"; any object with `.states` (six) and `.missing` (a sentence)."""
    return six_dots.draw(clears)


@register.simple_tag
def mark(size: int = 33, kind: str = "sign") -> SafeString:
    """{% mark 28 %}: the six discs as the product's sign."""
    return six_dots.figure(size=size, kind=kind)


@register.simple_tag(name="rating")
def rating_tag(level: str) -> SafeString:
    """{% rating "good" %}: three rising steps and the word Tốt, Trung bình or Kém."""
    return rating.draw(level)


@register.simple_tag
def rating_hint(level: str) -> SafeString:
    """{% rating_hint "fair" %}: "gợi ý: Trung bình", beside a person's rating."""
    return rating.suggestion(level)


@register.simple_tag
def clear_dot(state: str) -> SafeString:
    """{% clear_dot "unclear" %}: one dot of the six, before its line of words on a task's page."""
    return format_html(
        '<svg class="dot" width="14" height="14" viewBox="0 0 11 11" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(six_dots.shapes((state,))),
    )


@register.simple_tag
def due_chip(due: date | datetime | None, today: date, **options: Any) -> SafeString:
    """{% due_chip duty.due today with_weekday=True %}: chip and date. Options: see sauro.web.look.due.describe."""
    return due_look.draw(due, today, **options)


@register.simple_tag
def chip(tone: str, words: str, sign: str = "") -> SafeString:
    """{% chip "info" "Chờ đối chiếu" "inbox" %}: tones late, soon, today, done, info, neutral, plain."""
    return due_look.chip(tone, words, sign)


@register.simple_tag
def four_cells(counts: Any, base_url: str = "", legend: bool = True, height: int = 14) -> SafeString:
    """{% four_cells counts url %}: the bar of the four cells and its numbers, each a link where url is given."""
    drawn = cells.bar(counts, height=height)
    return format_html('<div class="cells">{}{}</div>', drawn, cells.legend(counts, base_url) if legend else "")


@register.simple_tag
def cell_bar(counts: Any, most: int = 0, width: int = 66, height: int = 11) -> SafeString:
    """{% cell_bar row.counts most=largest_total %}: the bar alone, in a row; its length stands for the row's total."""
    return cells.bar(counts, width=width, height=height, most=most)


@register.simple_tag
def cell_strip(counts: Any, base_url: str = "", total_label: str = "", current: str = "") -> SafeString:
    """{% cell_strip counts url %}: the four counts and the total over a list; `current` is the chosen cell's key."""
    return cells.strip(counts, base_url, total_label, current)


@register.simple_tag
def cell_head(key: str, words: str) -> SafeString:
    """{% cell_head "open_overdue" "quá hạn" %}: the head of a dense column, underlined with its pattern."""
    return format_html('<span class="cell-head">{}{}</span>', words, cells.swatch(key, 28, 5))


@register.simple_tag
def swatch(key: str) -> SafeString:
    """{% swatch "done_late" %}: a sample of one cell's fill."""
    return cells.swatch(key)


@register.simple_tag
def progress(percent: Any, expected: Any = None, note: str = "") -> SafeString:
    """{% progress 65 85 %}: the number and a thin bar, with a tick at the expected pace."""
    return bars.progress(percent, expected, note)


@register.simple_tag
def progress_line(percent: Any, expected: Any = None, height: int = 10) -> SafeString:
    """{% progress_line 62 %}: the bar alone, as wide as its place."""
    return bars.line(percent, expected, height)


@register.simple_tag
def avatar(person: Any) -> SafeString:
    """{% avatar person %}: the disc with two letters of the name. Decorative: the name stands beside it."""
    return format_html('<span class="disc" aria-hidden="true">{}</span>', text.initials(person.get_full_name()))


@register.filter
def person_line(person: Any) -> str:
    """{{ person|person_line }}: "Trưởng phòng · QL Thương mại"."""
    return text.person_line(person)


@register.inclusion_tag("components/empty.html")
def empty(
    title: str,
    words: str = "",
    url: str = "",
    action: str = "",
    clear_url: str = "",
    *,
    done: bool = False,
) -> dict[str, Any]:
    """{% empty title words url action clear_url done=True %}: nothing to list, why, and the way on.

    `done` fills the dots: there is nothing because all is done. `clear_url` adds "Bỏ hết bộ lọc".
    """
    figure = six_dots.figure(("clear" if done else "unclear",) * 6, 56, "empty-figure" + (" is-done" if done else ""))
    return {"title": title, "words": words, "url": url, "action": action, "clear_url": clear_url, "figure": figure}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: template.Context, page: Page) -> dict[str, Any]:
    """{% pages page_obj %}: "Dòng 1–50 trên 1.204" and the way to other pages, keeping the filter in the address."""
    total = page.paginator.num_pages
    around = range(max(1, page.number - 2), min(total, page.number + 2) + 1)
    request = context["request"]
    return {"page": page, "around": around, "last": total, "request": request}


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, key: str, words: str, kind: str = "", param: str = "xep") -> SafeString:
    """{% sort_head "han" "Hạn" %}: a <th> whose link sorts by `key`, then the other way; `kind="num"` aligns right.

    The arrow and `aria-sort` say which way the values run: an order that begins with the newest is a falling one.
    """
    query = context["request"].GET.copy()
    now = query.get(param) or context.get("sort") or ""
    query[param] = f"-{key}" if now == key else key
    states = {key: "ascending", f"-{key}": "descending"}
    if any(s.key == key and s.falling for s in getattr(context.get("register"), "sorts", ())):
        states = {key: "descending", f"-{key}": "ascending"}
    state = states.get(now, "")
    query.pop("trang", None)
    arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(state)
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}">{}{}</a></th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', state) if state else "",
        query.urlencode(),
        words,
        draw_icon(arrow, 16) if arrow else draw_icon("arrows-sort", 16),
    )


@register.inclusion_tag("components/field.html")
def field(bound: Any, label: str = "", help: str = "", optional: bool | None = None) -> dict[str, Any]:
    """{% field form.note %}: label above, control, help, errors with an icon; what isn't required is marked so."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or widget.__class__.__name__.lower()
    control = {"select": "form-select", "checkbox": "form-check-input", "radio": ""}.get(kind, "form-control")
    described = [f"{bound.auto_id}_help"] if (help or bound.help_text) else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs = {"class": " ".join(filter(None, [control, widget.attrs.get("class", "")]))}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] += " is-wrong"
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "help": help or bound.help_text,
        "optional": (not bound.field.required) if optional is None else optional,
        "kind": kind,
        "multiple": kind in ("radio", "checkboxselectmultiple", "radioselect"),
    }


@register.inclusion_tag("components/errors.html")
def errors(form: Any, title: str = "") -> dict[str, Any]:
    """{% errors form "Chưa nộp được" %}: the summary on top of a form, with a link to each field that is wrong."""
    wrong = [bound for bound in form if bound.errors]
    return {"form": form, "wrong": wrong, "title": title or _("Chưa lưu được"), "count": len(wrong)}


@register.inclusion_tag("components/switch.html")
def switch(name: str, options: Sequence[tuple[str, str]], value: str, label: str) -> dict[str, Any]:
    """{% switch "difficulty" options value "Khó khăn, vướng mắc" %}: a question with two short answers."""
    return {"name": name, "options": options, "value": value, "label": label}


@register.inclusion_tag("components/drop.html")
def drop_zone(
    name: str, label: str, *, accept: str = "", multiple: bool = False, help: str = "", camera: bool = False
) -> dict[str, Any]:
    """{% drop_zone "file" "Văn bản" accept=".docx,.pdf" %}: a file field; with scripts, an area to drop files on."""
    return {"name": name, "label": label, "accept": accept, "multiple": multiple, "help": help, "camera": camera}


@register.inclusion_tag("components/combobox.html")
def combobox(
    name: str, label: str, url: str, value: str = "", shown: str = "", *, help: str = "", optional: bool = False
) -> dict[str, Any]:
    """{% combobox "unit" "Chủ trì" url value shown %}: choose by typing, with or without diacritics.

    `url` answers ?q= with {"results": [{"id", "name", "note"}]}; `value` is the id chosen, `shown` its name.
    """
    return {
        "name": name,
        "label": label,
        "url": url,
        "value": value,
        "shown": shown,
        "help": help,
        "optional": optional,
    }


@register.inclusion_tag("components/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """{% crumbs "Nhiệm vụ" url "118/KH-SCT" %}: pairs of words and address; the last may come without one."""
    steps = [(pairs[i], pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)]
    return {"steps": steps}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(context: template.Context, items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """{% tabs items %}: links under a title; each item is (words, url, current) or (words, url, current, count)."""
    rows = [tuple(item) + (None,) * (4 - len(item)) for item in items]
    return {"items": rows, "label": label or _("Các phần của trang")}


@register.inclusion_tag("components/filter_chips.html")
def filter_chips(chips: Sequence[dict[str, str]], clear_url: str = "", said: str = "") -> dict[str, Any]:
    """{% filter_chips chips clear_url said %}: active filters as chips {label, value, url}, and what is shown."""
    return {"chips": chips, "clear_url": clear_url, "said": said}


@register.inclusion_tag("components/note.html")
def note(tone: str, words: str, title: str = "", sign: str = "") -> dict[str, Any]:
    """{% note "info" words title sign %}: a note in the page; tones info, soon, late, done."""
    signs = {"info": "info-circle", "soon": "alert-circle", "late": "alert-circle", "done": "circle-check"}
    return {"tone": tone, "words": words, "title": title, "sign": sign or signs[tone]}


@register.filter
def signed_words(signatures: list[dict[str, Any]] | None) -> tuple[str, str]:
    """(words, tone) of a file's signatures as a whole."""
    return words_of_signatures(signatures)
