"""The right side of the review, tab by tab: doubts first, then what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sauro.documents import editing
from sauro.documents.engine_words import said
from sauro.documents.models import Reading
from sauro.reading.draft import Doubt, Draft, Trace
from sauro.web.documents.fields import Item, Unsettled, build_item, field_label, where_words
from sauro.web.documents.source import spot, traces_of

TABS = ("cho-ngo", "nhiem-vu", "muc-tieu", "bao-cao", "chung")


@dataclass(slots=True, frozen=True)
class Standing:
    """How far the review is. `total`: places read; `open`: doubts; `unseen`: read, not for sure, not yet seen."""

    total: int
    open: int
    unseen: int

    @property
    def confirmed(self) -> int:
        """Places that need no more."""
        return max(0, self.total - self.open - self.unseen)

    @property
    def percent(self) -> int:
        """Confirmed places of a hundred."""
        return 100 * self.confirmed // self.total if self.total else 100


def standing(draft: Draft) -> Standing:
    """How far the review of the draft is."""
    traces = list(traces_of(draft))
    doubted = {(t.block, t.cell, t.start) for d in draft.doubts if (t := doubt_trace(draft, d))}
    unseen = sum(t.confidence < editing.SURE and (t.block, t.cell, t.start) not in doubted for t in traces)
    return Standing(max(len(traces), len(draft.doubts) + unseen), len(draft.doubts), unseen)


def doubt_trace(draft: Draft, doubt: Doubt) -> Trace | None:
    """Where the doubted words stand."""
    return doubt.trace or editing.place_of(draft, doubt.field)[1]


@dataclass(slots=True)
class DoubtRow:
    """One doubt as drawn. `units`: a unit is asked for; `in_task`: it can be answered with «no task»."""

    key: str
    title: str
    text: str
    why: str
    where: str
    spot: str
    proposals: list[str]
    units: bool
    in_task: bool
    days: bool
    error: str = ""
    typed: str = ""


_SCHEDULES = ("schedule", "schedule_text", "issued_on", "date", "start", "end")


def doubt_rows(draft: Draft) -> list[DoubtRow]:
    """The open doubts in the order of the document."""
    rows = []
    for doubt, key in zip(draft.doubts, editing.doubt_keys(draft.doubts), strict=True):
        units = editing.names_unit(doubt.field)
        days = doubt.field.rsplit(".", 1)[-1] in _SCHEDULES
        label = field_label(doubt.field)
        title = _("%(field)s chưa rõ") if days else _("Chưa chắc: %(field)s")
        if units:
            title = _("%(field)s chưa khớp danh bạ")
        rows.append(
            DoubtRow(
                key=key,
                title=title % {"field": label},
                text=doubt.text,
                why=said(doubt.why),
                where=where_words(draft, doubt.field),
                spot=spot(doubt_trace(draft, doubt)),
                proposals=list(dict.fromkeys(doubt.proposals))[:4],
                units=units,
                days=days,
                in_task=doubt.field.startswith("tasks["),
            )
        )
    return rows


@dataclass(slots=True)
class Pane:
    """What the right side shows."""

    tab: str
    doubts: list[DoubtRow] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    articles: list[Any] = field(default_factory=list)
    unknown_units: int = 0


def build_pane(
    draft: Draft,
    tab: str,
    opened: str = "",
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Pane:
    """One tab. `opened`: path of the item that is unfolded; `typed`, `errors`: as for `build_item`."""
    pane = Pane(tab if tab in TABS else TABS[0])
    if pane.tab == "cho-ngo":
        pane.doubts = doubt_rows(draft)
        pane.unknown_units = sum(map(editing.is_unknown_unit, draft.doubts))
        return pane
    unsettled = Unsettled(draft)
    for path in _paths(draft, pane.tab):
        unfolded = path in (opened, "document")
        pane.items.append(build_item(draft, path, unsettled, unfolded=unfolded, typed=typed, errors=errors))
    if pane.tab == "chung":
        pane.articles = list(draft.document.articles)
    return pane


def pane_context_tab(tab: str) -> Pane:
    """A pane that only says which tab is open, for answers that don't draw it."""
    return Pane(tab if tab in TABS else TABS[0])


def _paths(draft: Draft, tab: str) -> list[str]:
    if tab == "nhiem-vu":
        return [f"tasks[{i}]" for i in range(len(draft.tasks))]
    if tab == "bao-cao":
        return [f"reporting_duties[{i}]" for i in range(len(draft.reporting_duties))]
    if tab == "chung":
        return ["document", *(f"document.legal_bases[{i}]" for i in range(len(draft.document.legal_bases)))]
    paths = []
    for i, objective in enumerate(draft.objectives):
        paths.append(f"objectives[{i}]")
        paths += [f"objectives[{i}].targets[{j}]" for j in range(len(objective.targets))]
    return paths


def tab_of(path: str) -> str:
    """The tab in which an item stands."""
    heads = {"tasks": "nhiem-vu", "objectives": "muc-tieu", "reporting_duties": "bao-cao"}
    return heads.get(path.split("[", 1)[0], "chung")


def tab_links(reading: Reading, draft: Draft, tab: str) -> list[tuple[str, str, str, bool, int | None]]:
    """Key, words, address, whether it is the one shown, and count of each tab."""
    url = reverse("reading-review", args=[reading.pk])
    targets = sum(len(o.targets) for o in draft.objectives)
    counts = {
        "cho-ngo": (_("Chỗ ngờ"), len(draft.doubts)),
        "nhiem-vu": (pgettext("room", "Nhiệm vụ"), len(draft.tasks)),
        "muc-tieu": (
            pgettext("room", "Chỉ tiêu") if targets else pgettext("room", "Mục tiêu"),
            targets or len(draft.objectives),
        ),
        "bao-cao": (_("Chế độ báo cáo"), len(draft.reporting_duties)),
        "chung": (_("Thông tin chung"), None),
    }
    return [(key, counts[key][0], f"{url}?muc={key}", key == tab, counts[key][1]) for key in TABS]
