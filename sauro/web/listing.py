"""What every register of the site shares: filters in the address bar, search, sorting, paging, chips, taking away.

A room describes its register and hands over a queryset that is already fetched with permission:

    register = Register(
        request,
        Task.objects.visible_to(request.user),
        search=lambda rows, words: rows.matching(words),
        filters=[Filter("ke_hoach", _("Kế hoạch"), choices, lambda rows, value: rows.filter(plan_id=value))],
        sorts=[Sort("han", _("hạn"), ("due_key", "pk"), ("-due_key", "-pk"))],   # the first is the default
        columns=[Taken(Column(_("Mã"), 8), lambda task: task.ref)],
    )
    return register.respond("tasks/list.html", "tasks/table.html", title=…, noun=_("nhiệm vụ"))

The page extends `listing/page.html`; the table is a template that walks `page` (a Django page) between <table> tags;
`above=` in the context names a template that stands over the filters and follows them (the strip of the four cells).
Addresses: `q` search, `xep` sort (`-` before it turns it round), `trang` page, `tai` = xlsx, docx, pdf or csv; the
rest are the filters' names. Unknown values are dropped, never an error. With htmx only what changed is sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sauro.vietnamese.text import fold, nfc, squeeze
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column, csv_lines, write_table_docx, write_table_pdf, write_table_xlsx

SIZE = 50
# What is set on paper is built whole in memory and read by people: beyond this it is neither.
PAPER_ROWS = 3000
PAPER = ("docx", "pdf")
CHUNK = 500
OWN = ("q", "xep", "trang", "tai")
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
Rows = QuerySet[Any]
Words = str | Promise


@dataclass(slots=True)
class Filter:
    """One select of the filter form.

    `choices`: (value, words) in the order shown; `apply(rows, value)` narrows the rows; `empty`: the words for no
    choice. A filter without choices is not drawn.
    """

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    apply: Callable[[Any, str], Rows]
    empty: Words = ""
    value: str = ""

    @property
    def options(self) -> SafeString:
        """The choices as <option>s; made here, for a template takes long over hundreds of them."""
        empty = self.empty or _("Tất cả")
        rows = [f'<option value="">{escape(str(empty))}</option>']
        for value, words in self.choices:
            chosen = " selected" if value == self.value else ""
            rows.append(f'<option value="{escape(value)}"{chosen}>{escape(str(words))}</option>')
        return mark_safe("".join(rows))

    @property
    def shown(self) -> str:
        """The words of the chosen value."""
        return next((str(words).strip() for value, words in self.choices if value == self.value), "")


@dataclass(slots=True, frozen=True)
class Sort:
    """One order. `said`: how the sentence names it; `order`, `reverse`: fields for `order_by`."""

    key: str
    said: Words
    order: tuple[str | OrderBy, ...]
    reverse: tuple[str | OrderBy, ...] = ()

    @property
    def falling(self) -> bool:
        """Whether the order begins with the newest or the most."""
        first = self.order[0]
        return first.descending if isinstance(first, OrderBy) else first.startswith("-")


@dataclass(slots=True, frozen=True)
class Taken:
    """One column of what is taken away: how it is written, and its value in a row.

    `on_paper`: whether the tables on paper (Word, PDF) have it too. A sheet of A4 holds some ten columns; Excel and CSV
    have all.
    """

    column: Column
    value: Callable[[Any], Any]
    on_paper: bool = True


class CountedPaginator(Paginator):
    """Pages of rows whose number is already known, so that it isn't counted a second time."""

    def __init__(self, rows: Any, size: int, count: int) -> None:
        super().__init__(rows, size)
        self.__dict__["count"] = count


@dataclass
class Register:
    """One register as asked for by one request. See the module's head.

    `dress` fetches what the table shows beside the rows (select_related, prefetch), `dress_taken` what the file holds;
    `count` counts the matching rows where there is a quicker way than `.count()`.
    """

    request: Request
    rows: Any
    filters: Sequence[Filter] = ()
    sorts: Sequence[Sort] = ()
    columns: Sequence[Taken] = ()
    search: Callable[[Any, str], Rows] | None = None
    search_label: Words = ""
    size: int = SIZE
    count: Callable[[Any], int] | None = None
    dress: Callable[[Any], Any] = field(default=lambda rows: rows)
    dress_taken: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        asked = self.request.GET
        for f in self.filters:
            value = asked.get(f.name, "")
            f.value = value if any(value == v for v, _words in f.choices) else ""
        self.words = squeeze(asked.get("q", ""))[:200] if self.search else ""

    @cached_property
    def matching(self) -> Any:
        """The rows that pass every filter and the search, in no order."""
        return self.narrowed()

    def narrowed(self, without: str = "") -> Any:
        """The rows that pass every filter but the one named; "q" is the search."""
        rows = self.rows
        for f in self.filters:
            if f.value and f.name != without:
                rows = f.apply(rows, f.value)
        if self.words and self.search and without != "q":
            rows = self.search(rows, self.words)
        return rows

    @cached_property
    def sort(self) -> tuple[Sort, bool]:
        """The order asked for, and whether it is turned round."""
        asked = self.request.GET.get("xep", "")
        for s in self.sorts:
            if asked.lstrip("-") == s.key and (s.reverse or not asked.startswith("-")):
                return s, asked.startswith("-")
        return self.sorts[0], False

    @property
    def sort_key(self) -> str:
        """The order as the address names it; for the heads of the table."""
        s, turned = self.sort
        return f"-{s.key}" if turned else s.key

    @cached_property
    def ordered(self) -> Any:
        """The matching rows in the order asked for."""
        if not self.sorts:
            return self.matching
        s, turned = self.sort
        return self.matching.order_by(*(s.reverse if turned else s.order))

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return self.count(self.matching) if self.count else self.matching.count()

    @cached_property
    def page(self) -> Page:
        """The page asked for; a number that doesn't exist gives the nearest."""
        return CountedPaginator(self.dress(self.ordered), self.size, self.total).get_page(self.request.GET.get("trang"))

    @property
    def active(self) -> list[Filter]:
        """The filters that are set."""
        return [f for f in self.filters if f.value]

    def url(self, **changes: str) -> str:
        """The address of this register with some parameters changed (empty: taken out), from the first page."""
        query = self.request.GET.copy()
        for name in ("trang", "tai"):
            query.pop(name, None)
        for name in list(query):
            if not query[name]:
                query.pop(name)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else self.request.path

    @property
    def address(self) -> str:
        """The whole path of this register from its first page, without empty parameters."""
        url = self.url()
        return self.request.path + url if url.startswith("?") else url

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is filtered by, each with the address without it."""
        chips = [{"label": str(f.label), "value": f.shown, "url": self.url(**{f.name: ""})} for f in self.active]
        if self.words:
            chips.insert(0, {"label": _("Tìm"), "value": f"“{self.words}”", "url": self.url(q="")})
        return chips

    @property
    def clear_url(self) -> str:
        """The address without any filter, in the same order."""
        return self.url(q="", **{f.name: "" for f in self.filters})

    def said(self, noun: str, whole: int | None = None) -> str:
        """What is shown and how it is sorted: "12 trên 46 nhiệm vụ · xếp theo hạn, việc chưa xong trước".

        `whole`: how many there are without filters, where that is known.
        """
        amount = vnumber(self.total)
        if whole is not None and whole != self.total:
            amount = _("%(n)s trên %(whole)s") % {"n": amount, "whole": vnumber(whole)}
        parts = [f"{amount} {noun}"]
        if self.sorts:
            s, turned = self.sort
            parts.append(_("xếp theo %(order)s") % {"order": s.said} + (_(", ngược lại") if turned else ""))
        return " · ".join(parts)

    def filter_sentence(self) -> str:
        """The filters in words, for the head of what is taken away and of the print."""
        return "; ".join(f"{c['label']}: {c['value']}" for c in self.chips)

    def ways_out(self) -> tuple[str, str, int] | None:
        """Where nothing matches: the filter whose removal leaves something, as (words, address, how many)."""
        if self.total or len(self.active) + bool(self.words) < 2:
            return None
        names = [f.name for f in reversed(self.active)] + ["q"] * bool(self.words)
        for name in names[:3]:
            left = self.narrowed(without=name).count()
            if left:
                words = self.words if name == "q" else next(f.shown for f in self.active if f.name == name)
                return words, self.url(**{name: ""}), left
        return None

    def taken_rows(self, columns: Sequence[Taken] | None = None) -> Iterator[list[Any]]:
        """The rows to take away, one after another, so that memory does not grow with their number."""
        columns = self.columns if columns is None else columns
        rows: Iterable[Any] = (self.dress_taken or self.dress)(self.ordered)
        if isinstance(rows, QuerySet):
            rows = rows.iterator(chunk_size=CHUNK)
        return ([taken.value(row) for taken in columns] for row in rows)

    def take(self, kind: str, title: str) -> HttpResponseBase:
        """The register as a file, exactly what is filtered. `kind`: xlsx, docx, pdf or csv."""
        taken = [t for t in self.columns if t.on_paper or kind not in PAPER]
        columns = [t.column for t in taken]
        day, note = today(), self.filter_sentence() or None
        name = f"{'-'.join(fold(title).split())[:80] or 'danh-sach'}-{day:%Y%m%d}.{kind}"
        if kind == "csv":
            lines = csv_lines(columns, self.taken_rows(taken))
            return StreamingHttpResponse(
                lines, content_type=MEDIA[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
            )
        # Spooled to disk: closed, and so removed, when the response has been sent.
        out = tempfile.TemporaryFile()  # noqa: SIM115
        if kind == "xlsx":
            write_table_xlsx(title, columns, self.taken_rows(taken), out, note=note, day=day)
        else:
            agency = self.request.user.unit.agency  # type: ignore[union-attr]
            write = write_table_docx if kind == "docx" else write_table_pdf
            write(
                title,
                columns,
                self.taken_rows(taken),
                out,
                agency=agency.name,
                parent_agency=agency.parent_name or None,
                place=agency.place or None,
                day=day,
                note=note,
            )
        out.seek(0)
        return FileResponse(out, as_attachment=True, filename=name, content_type=MEDIA[kind])

    def respond(
        self,
        template: str,
        table: str,
        *,
        title: str,
        noun: str,
        file_title: str = "",
        whole: int | None = None,
        **context: Any,
    ) -> HttpResponseBase:
        """The page, the part of it that htmx asked for, or the file.

        `title`: the heading, which says the answer; `file_title`: the title of what is taken away.
        """
        kind = self.request.GET.get("tai", "")
        refused = ""
        if kind in MEDIA and self.columns:
            if kind not in PAPER or self.total <= PAPER_ROWS:
                return self.take(kind, nfc(file_title or title))
            refused = _("Bảng Word, PDF chỉ nhận đến %(most)s dòng, đang lọc được %(n)s. Lọc bớt, hoặc tải .xlsx.") % {
                "most": vnumber(PAPER_ROWS),
                "n": vnumber(self.total),
            }
        asked = getattr(self.request, "htmx", None)
        htmx = bool(asked and not asked.boosted and not asked.history_restore_request)
        response: HttpResponse = render(
            self.request,
            "listing/live.html" if htmx else template,
            {
                "register": self,
                "page": self.page,
                "sort": self.sort_key,
                "table": table,
                "title": title,
                "noun": noun,
                "said": self.said(noun, whole),
                "today": today(),
                "refused": refused,
                "live": htmx,
                **context,
            },
            status=422 if refused else 200,
        )
        response["Vary"] = "HX-Request"
        if htmx:
            response["HX-Push-Url"] = self.address
        return response
