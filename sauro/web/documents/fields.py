"""What stands at the right of the review: items (a task, a target …) and their fields, ready for a form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.documents import editing
from sauro.reading.draft import Draft, DraftObjective, DraftTarget, DraftTask, LegalBasis, ReportingDuty
from sauro.web.documents.source import spot
from sauro.web.look.text import vnumber

Choice = tuple[str, Promise | str]
COMPARATORS: list[Choice] = [
    (">=", gettext_lazy("tối thiểu")), (">", gettext_lazy("trên")), ("<=", gettext_lazy("tối đa")),
    ("<", gettext_lazy("dưới")), ("=", gettext_lazy("đạt")), ("range", gettext_lazy("trong khoảng")),
    ("approx", gettext_lazy("khoảng")),
]  # fmt: skip
DIRECTIONS: list[Choice] = [
    ("", gettext_lazy("không ghi")), ("increase", gettext_lazy("tăng")), ("decrease", gettext_lazy("giảm")),
]  # fmt: skip
PERIODS: list[Choice] = [
    ("", gettext_lazy("không ghi")), ("month", gettext_lazy("tháng")), ("quarter", gettext_lazy("quý")),
    ("half", gettext_lazy("6 tháng")), ("year", gettext_lazy("năm")),
]  # fmt: skip


@dataclass(slots=True, frozen=True)
class Spec:
    """One field of a kind of item. `kind`: line, area, lines (one item a line), units, choice."""

    name: str
    label: Promise
    kind: str = "line"
    help: Promise | str = ""
    choices: Sequence[Choice] = ()
    short: bool = False


_DAY = gettext_lazy("Ngày/tháng/năm, ví dụ 20/11/2026.")
_LINES = gettext_lazy("Mỗi dòng một ý.")
TASK = (
    Spec("title", gettext_lazy("Nội dung"), "area"),
    Spec("lead_units", gettext_lazy("Chủ trì"), "units"),
    Spec("coordinating_units", gettext_lazy("Phối hợp"), "units"),
    Spec("schedule_text", gettext_lazy("Thời gian theo văn bản"), short=True),
    Spec(
        "schedule", gettext_lazy("Hiểu là"), help=gettext_lazy("Ngày, hoặc Thường xuyên, Hằng quý, Khi …"), short=True
    ),
    Spec("products", gettext_lazy("Sản phẩm, kết quả"), "lines", _LINES),
    Spec("milestones", gettext_lazy("Mốc"), "lines", gettext_lazy("Mỗi dòng một mốc: ngày/tháng/năm rồi nội dung.")),
    Spec("ref", gettext_lazy("Số thứ tự"), short=True),
    Spec("group", gettext_lazy("Nhóm"), short=True),
    Spec("measurement", gettext_lazy("Phương pháp đo lường")),
    Spec("report_frequency", gettext_lazy("Tần suất báo cáo"), short=True),
    Spec("authority", gettext_lazy("Cấp phê duyệt kết quả"), short=True),
    Spec("records", gettext_lazy("Hồ sơ cần lưu")),
    Spec("origin_footnote", gettext_lazy("Nguồn giao nhiệm vụ"), "area"),
    Spec("note", gettext_lazy("Ghi chú")),
)
OBJECTIVE = (
    Spec("text", gettext_lazy("Mục tiêu"), "area"),
    Spec("ref", gettext_lazy("Số mục"), short=True),
    Spec("measurement", gettext_lazy("Phương pháp đo lường"), short=True),
    Spec("items", gettext_lazy("Các ý"), "lines", _LINES),
    Spec("start", gettext_lazy("Ngày bắt đầu"), help=_DAY, short=True),
    Spec("end", gettext_lazy("Ngày hoàn thành"), help=_DAY, short=True),
)
TARGET = (
    Spec("indicator", gettext_lazy("Chỉ tiêu"), "area"),
    Spec("comparator", gettext_lazy("So sánh"), "choice", choices=COMPARATORS, short=True),
    Spec("unit", gettext_lazy("Đơn vị tính"), short=True),
    Spec("low", gettext_lazy("Mức thấp"), help=gettext_lazy("Dấu phẩy là phần thập phân, ví dụ 8,5."), short=True),
    Spec("high", gettext_lazy("Mức cao"), short=True),
    Spec("direction", gettext_lazy("Tăng hay giảm"), "choice", choices=DIRECTIONS, short=True),
    Spec("baseline_year", gettext_lazy("So với năm"), short=True),
    Spec("period", gettext_lazy("Thời kỳ"), short=True),
)
DUTY = (
    Spec("who", gettext_lazy("Ai báo cáo"), "unit"),
    Spec("to", gettext_lazy("Báo cáo ai"), short=True),
    Spec("via", gettext_lazy("Qua đơn vị"), short=True),
    Spec("schedule_text", gettext_lazy("Thời hạn theo văn bản")),
    Spec("rule.period", gettext_lazy("Kỳ"), "choice", choices=PERIODS, short=True),
    Spec("rule.before_day", gettext_lazy("Trước ngày"), help=gettext_lazy("Số từ 1 đến 31."), short=True),
)
HEAD = (
    Spec("number", gettext_lazy("Số, ký hiệu"), short=True),
    Spec("type", gettext_lazy("Tên loại văn bản"), short=True),
    Spec("issuer", gettext_lazy("Cơ quan ban hành")),
    Spec("place", gettext_lazy("Địa danh"), short=True),
    Spec("issued_on", gettext_lazy("Ngày văn bản"), help=_DAY, short=True),
    Spec("title", gettext_lazy("Trích yếu"), "area"),
    Spec("signer.authority", gettext_lazy("Quyền hạn ký"), help=gettext_lazy("TM., KT., TL., TUQ., Q."), short=True),
    Spec("signer.position", gettext_lazy("Chức vụ người ký"), short=True),
    Spec("signer.name", gettext_lazy("Người ký"), short=True),
    Spec("proposed_by", gettext_lazy("Nơi đề nghị"), short=True),
    Spec("recipients", gettext_lazy("Nơi nhận"), "lines", gettext_lazy("Mỗi dòng một nơi nhận.")),
)
BASIS = (
    Spec("text", gettext_lazy("Nguyên văn"), "area"),
    Spec("type", gettext_lazy("Tên loại"), short=True),
    Spec("number", gettext_lazy("Số, ký hiệu"), short=True),
    Spec("date", gettext_lazy("Ngày ban hành"), help=_DAY, short=True),
)
SPECS: dict[type, tuple[Spec, ...]] = {
    DraftTask: TASK, DraftObjective: OBJECTIVE, DraftTarget: TARGET, ReportingDuty: DUTY, LegalBasis: BASIS,
}  # fmt: skip
_ALL = [spec for specs in (*SPECS.values(), HEAD) for spec in specs]
LABELS: dict[str, Promise] = (
    {"signer": gettext_lazy("Người ký")}
    | {spec.name.rsplit(".", 1)[-1]: spec.label for spec in _ALL}
    | {
        "title": gettext_lazy("Nội dung"),
        "lead_units": gettext_lazy("Đơn vị chủ trì"),
        "coordinating_units": gettext_lazy("Đơn vị phối hợp"),
        "schedule": gettext_lazy("Thời hạn"),
        "schedule_text": gettext_lazy("Thời gian thực hiện"),
    }
)


@dataclass(slots=True)
class Field:
    """One field as drawn. `state`: "doubt", "low" (read, but not for sure) or ""."""

    path: str
    spec: Spec
    value: str
    spot: str = ""
    state: str = ""
    error: str = ""

    @property
    def id(self) -> str:
        """Its id in the page."""
        return f"o-{path_id(self.path)}"

    @property
    def rows(self) -> int:
        """How many lines to show of a long text."""
        return min(10, max(2, self.value.count("\n") + 1, len(self.value) // 52 + 1))


@dataclass(slots=True)
class Item:
    """One item as drawn. `fields` is empty while it is folded. `low`: fields not yet looked at."""

    path: str
    kind: str
    heading: str
    meta: str = ""
    number: str = ""
    spot: str = ""
    doubts: int = 0
    low: int = 0
    fields: list[Field] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id in the page."""
        return f"muc-{path_id(self.path)}"

    @property
    def index(self) -> int:
        """Its number in its list."""
        return editing.steps(self.path)[-1][1] or 0


def path_id(path: str) -> str:
    """A path as an id of the page."""
    return re.sub(r"\W+", "-", path).strip("-")


def field_label(path: str) -> str:
    """What the field at a path is called."""
    item = editing.list_item(path)
    name = re.sub(r"\[\d+\]$", "", item[0] if item else path).rsplit(".", 1)[-1]
    if path.startswith("document.title"):
        return _("Trích yếu")
    return str(LABELS.get(name, _("Nội dung")))


def where_words(draft: Draft, path: str) -> str:
    """The item that a path lies in: "nhiệm vụ 12", "chỉ tiêu 3"."""
    (name, index), *rest = editing.steps(path)
    if name == "tasks" and index is not None and index < len(draft.tasks):
        return _("nhiệm vụ %(no)s") % {"no": draft.tasks[index].ref or index + 1}
    if name == "objectives" and index is not None:
        inner = next((i for n, i in rest if n == "targets" and i is not None), None)
        if inner is not None:
            return _("mục tiêu %(no)d, chỉ tiêu %(target)d") % {"no": index + 1, "target": inner + 1}
        return _("mục tiêu %(no)d") % {"no": index + 1}
    if name == "reporting_duties" and index is not None:
        return _("chế độ báo cáo %(no)d") % {"no": index + 1}
    return _("thông tin chung")


class Unsettled:
    """Which fields of a draft are doubted; made once for a page, asked for every item."""

    def __init__(self, draft: Draft) -> None:
        self._by_item: dict[str, set[str]] = {}
        for doubt in draft.doubts:
            self._by_item.setdefault(item_path(doubt.field), set()).add(doubt.field)

    def count(self, path: str) -> int:
        """How many fields of the item are doubted."""
        return len(self._by_item.get(path, ()))

    def has(self, item: str, path: str) -> bool:
        """Whether the field of the item is doubted."""
        return any(p == path or p.startswith((path + ".", path + "[")) for p in self._by_item.get(item, ()))


def item_path(path: str) -> str:
    """The item that the field at `path` belongs to: `tasks[3]`, `objectives[0].targets[1]`, `document`."""
    match = re.match(
        r"(?:tasks|reporting_duties)\[\d+\]|objectives\[\d+\](?:\.targets\[\d+\])?|document\.legal_bases\[\d+\]", path
    )
    return match[0] if match else path.split(".", 1)[0].split("[", 1)[0]


def build_item(
    draft: Draft,
    path: str,
    unsettled: Unsettled,
    *,
    unfolded: bool = False,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Item:
    """The item at a path. `typed`, `errors`: by path, where what was typed could not be saved. Raises `BadValue`."""
    part = editing.item_at(draft, path)
    read = getattr(part, "read", {})
    item = Item(path, *_told(part), doubts=unsettled.count(path))
    item.low = sum(t.confidence < editing.SURE for t in read.values())
    first = read.get("title") or read.get("text") or read.get("indicator") or next(iter(read.values()), None)
    item.spot = spot(first)
    if unfolded:
        specs = SPECS.get(type(part), HEAD)
        for spec in specs:
            at = f"{path}.{spec.name}"
            trace = read.get(spec.name) or read.get(spec.name.split(".")[0])
            low = trace is not None and trace.confidence < editing.SURE
            item.fields.append(
                Field(
                    at,
                    spec,
                    (typed or {}).get(at, editing.text_at(draft, at)),
                    spot(trace),
                    "doubt" if unsettled.has(path, at) else "low" if low else "",
                    (errors or {}).get(at, ""),
                )
            )
    return item


def _told(part: Any) -> tuple[str, str, str, str]:
    """Kind, heading, second line and number of an item."""
    if isinstance(part, DraftTask):
        lead = ", ".join(part.lead_units) or _("chưa có đơn vị chủ trì")
        when = part.schedule_text or editing.schedule_words(part.schedule) or _("chưa có thời hạn")
        return "task", part.title or _("Chưa có nội dung"), f"{lead} · {when}", part.ref
    if isinstance(part, DraftTarget):
        return "target", part.indicator, target_words(part), ""
    if isinstance(part, DraftObjective):
        return "objective", part.text, "", part.ref or ""
    if isinstance(part, ReportingDuty):
        return "duty", part.who, part.schedule_text + (f" → {part.to}" if part.to else ""), ""
    if isinstance(part, LegalBasis):
        return "basis", part.text, "", ""
    return "head", _("Phần đầu và phần cuối văn bản"), "", ""


def target_words(target: DraftTarget) -> str:
    """What a target asks: "tăng trong khoảng 15 – 17% so với năm 2025"."""
    numbers = [vnumber(n) for n in (target.low, target.high) if n is not None]
    if len(numbers) == 2 and numbers[0] == numbers[1]:
        numbers = numbers[:1]
    words = [str(dict(DIRECTIONS)[target.direction])] if target.direction else []
    unit = target.unit or ""
    amount = " – ".join(numbers) + (unit if unit.startswith("%") else f" {unit}")
    words += [str(dict(COMPARATORS)[target.comparator]), amount.strip()]
    if target.baseline_year:
        words.append(_("so với năm %(year)d") % {"year": target.baseline_year})
    return " ".join(w for w in words if w)
