"""One field of a draft: where it is, what a person typed there, and how it reads. Pure.

A place in a draft is a path: `document.number`, `tasks[2].lead_units`, `objectives[0].targets[1].low`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sauro.documents.editing.doubts import settle
from sauro.documents.editing.errors import BadValue
from sauro.reading.draft import (
    Doubt,
    Draft,
    DraftMilestone,
    DraftObjective,
    DraftTarget,
    DraftTask,
    LegalBasis,
    Schedule,
    Signer,
    Trace,
)
from sauro.reading.schedules import read_schedule
from sauro.reading.units import UNKNOWN_UNIT
from sauro.vietnamese.numbers import parse_number
from sauro.vietnamese.text import nfc, squeeze

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")
_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
COMPARATORS = (">=", ">", "<=", "<", "=", "range", "approx")
_LISTS = {"lead_units", "coordinating_units", "products", "recipients", "items", "columns", "rows", "ratings"}
_DATES = {"issued_on", "date", "start", "end", "due"}
_DECIMALS = {"low", "high"}
_INTEGERS = {"baseline_year", "before_day"}
_REQUIRED = {"title", "indicator", "who"}
_EMPTY = {"ref", "text", "source_text"}  # nothing in them is the empty text, not None
# Parts that are no field of their own: they are added and removed as wholes, or follow from reading.
_WHOLES = {
    "document", "objectives", "tasks", "reporting_duties", "forms", "doubts", "targets", "legal_bases", "articles",
    "signer", "rule", "read", "lines",
}  # fmt: skip
_PERIODS = ("", "month", "quarter", "half", "year")
SURE = 0.95  # of what is read with less, a person should have a look


def parse_day(text: str) -> dt.date:
    """A day written day/month/year. Raises `BadValue`."""
    match = _DATE.match(text.strip())
    if not match:
        raise BadValue(_("“%(text)s” chưa phải ngày.") % {"text": text} + " " + _day_form())
    day, month, year = map(int, match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            why = _("Một năm chỉ có 12 tháng, không có tháng %(month)d.") % {"month": month}
        else:
            last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day if year else 31
            why = _("Tháng %(month)d chỉ có %(days)d ngày.") % {"month": month, "days": last}
        raise BadValue(f"{why} {_day_form()}") from None


def _day_form() -> str:
    return _("Viết theo dạng ngày/tháng/năm, ví dụ 20/11/2026.")


def steps(path: str) -> list[tuple[str, int | None]]:
    """A path as its steps: (name, index or None). Raises `BadValue` where it isn't a path."""
    found = []
    for part in path.split("."):
        match = _STEP.fullmatch(part)
        if not match:
            raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path})
        found.append((match[1], int(match[2]) if match[2] else None))
    return found


def walk(draft: Draft, path: str) -> tuple[Any, str]:
    """The object that holds the field, and the field's name."""
    here: Any = draft
    *way, (last, index) = steps(path)
    for name, at in way:
        try:
            here = getattr(here, name)
            if at is not None:
                here = here[at]
            elif here is None and name == "signer":
                draft.document.signer = here = Signer()
        except (AttributeError, IndexError, TypeError):
            raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path}) from None
    if index is not None or not hasattr(here, last) or last.startswith("_"):
        raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path})
    return here, last


def value_at(draft: Draft, path: str) -> Any:
    """The value at the path. Raises `BadValue`."""
    holder, name = walk(draft, path)
    return getattr(holder, name)


def set_value(draft: Draft, path: str, text: str, *, year: int | None = None) -> None:
    """Put what a person typed at the path, read as the field's type; doubts about that field are settled.

    Lists are one item a line; days day/month/year; numbers as Vietnamese writes them. A task's `schedule_text` is read
    as a schedule again, with `year` for a quarter that names none. Raises `BadValue`.
    """
    holder, name = walk(draft, path)
    if name in _WHOLES or name not in getattr(type(holder), "__dataclass_fields__", ()):
        raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path})
    if nfc(text).strip().splitlines() == text_of(getattr(holder, name)).splitlines():
        # Left as it is: what was read may hold more than its words say.
        _seen(holder, name)
        settle(draft, path)
        return
    value = _typed(holder, name, nfc(text), year)
    if isinstance(holder, DraftTarget) and name in ("low", "high", "comparator"):
        _settle_bounds(holder, name, value)
    else:
        setattr(holder, name, value)
    if name == "schedule_text" and isinstance(holder, DraftTask):
        holder.schedule = read_schedule(text, year).schedule if text.strip() else Schedule("unknown")
    _seen(holder, name)
    settle(draft, path)


def _seen(holder: Any, name: str) -> None:
    read = getattr(holder, "read", None)
    if isinstance(read, dict) and name in read:
        read[name] = replace(read[name], confidence=1.0)


def _typed(holder: Any, name: str, text: str, year: int | None) -> Any:
    value = text.strip()
    if name == "schedule" and isinstance(holder, DraftTask):
        return _schedule(value, year)
    if name == "milestones":
        return [_milestone(line) for line in value.splitlines() if line.strip()]
    if name in _LISTS:
        return [squeeze(line) for line in value.splitlines() if line.strip()]
    if name == "period" and not isinstance(holder, DraftTarget):
        if value not in _PERIODS:
            raise BadValue(_("Chọn kỳ: tháng, quý, 6 tháng hoặc năm."))
        return value or None
    if name == "comparator":
        if value not in COMPARATORS:
            raise BadValue(_("Chọn cách so sánh: tối thiểu, trên, tối đa, dưới, đạt, trong khoảng hoặc khoảng."))
        return value
    if name == "direction" and value not in ("", "increase", "decrease"):
        raise BadValue(_("Chọn tăng hoặc giảm, hoặc để trống."))
    if not value:
        if _needed(holder, name):
            raise BadValue(_("Chỗ này không được để trống. Ghi nội dung, hoặc bỏ cả mục."))
        return "" if name in _EMPTY and not (isinstance(holder, DraftObjective) and name == "ref") else None
    if name in _DATES:
        return parse_day(value)
    if name in _DECIMALS:
        return _number(value)
    if name in _INTEGERS:
        if not value.isdecimal():
            raise BadValue(_("“%(value)s” chưa phải số. Ghi bằng chữ số, ví dụ 20.") % {"value": value})
        if name == "before_day" and not 1 <= int(value) <= 31:
            raise BadValue(_("Không có ngày %(value)s trong tháng. Ghi từ 1 đến 31.") % {"value": value})
        if name == "baseline_year" and not 1900 <= int(value) <= 2200:
            raise BadValue(_("“%(value)s” chưa phải năm. Ghi bốn chữ số, ví dụ 2025.") % {"value": value})
        return int(value)
    return value if name in ("text", "note", "title", "records", "measurement", "responsible_text") else squeeze(value)


def _needed(holder: Any, name: str) -> bool:
    if name == "schedule_text":
        return not isinstance(holder, DraftTask)
    return name in _REQUIRED or (name == "text" and isinstance(holder, DraftObjective | LegalBasis))


def _number(value: str) -> Decimal:
    number = parse_number(value)
    if number is None:
        raise BadValue(_("“%(value)s” chưa phải số. Dấu phẩy là phần thập phân, ví dụ 8,5.") % {"value": value})
    return number


def _schedule(value: str, year: int | None) -> Schedule:
    """A schedule from a day, or from the words of a schedule."""
    if _DATE.match(value):
        return Schedule("deadline", parse_day(value))
    schedule = read_schedule(value, year).schedule
    if value and schedule.kind == "unknown":
        raise BadValue(
            _("Chưa hiểu thời hạn “%(value)s”. Ghi ngày, tháng, quý, năm, hoặc Thường xuyên, Hằng quý …")
            % {"value": value}
        )
    return schedule


def _milestone(line: str) -> DraftMilestone:
    first, _space, rest = line.strip().partition(" ")
    return DraftMilestone(squeeze(rest), parse_day(first)) if _DATE.match(first) else DraftMilestone(squeeze(line))


def _settle_bounds(target: DraftTarget, changed: str, value: Any) -> None:
    """Put in a bound or the comparator, and keep `low` and `high` as the comparator wants them. Raises `BadValue`."""
    low, high, comparator = target.low, target.high, target.comparator
    if changed == "comparator":
        comparator = value
        value = low if low is not None else high
        if comparator == "range":
            value = None
    elif changed == "low":
        low = value
    else:
        high = value
    if comparator in ("=", "approx"):
        low = high = value
    elif comparator in (">=", ">"):
        low, high = (value, None)
    elif comparator in ("<=", "<"):
        low, high = (None, value)
    if low is None and high is None:
        raise BadValue(_("Chỉ tiêu phải có số. Ghi số, hoặc bỏ cả chỉ tiêu."))
    if low is not None and high is not None and low > high:
        raise BadValue(
            _("Mức thấp %(low)s lớn hơn mức cao %(high)s. Sửa một trong hai số.")
            % {"low": text_of(low), "high": text_of(high)}
        )
    target.low, target.high, target.comparator = low, high, comparator


def list_item(path: str) -> tuple[str, int] | None:
    """`tasks[0].lead_units[1]` as the list and the index in it; None where it is no item of a list of words."""
    match = re.fullmatch(r"(.*)\[(\d+)\]", path)
    return (match[1], int(match[2])) if match and match[1].rsplit(".", 1)[-1] in _LISTS else None


def trace_of(draft: Draft, path: str) -> Trace | None:
    """Where the field was read, or None."""
    try:
        holder, name = walk(draft, path)
    except BadValue:
        return None
    return getattr(holder, "read", {}).get(name)


def place_of(draft: Draft, path: str) -> tuple[str, Trace | None]:
    """The field that a path (of a doubt, say) is about, without the index into a list of words, and its trace."""
    item = list_item(path)
    path = item[0] if item else path
    return path, trace_of(draft, path)


def confirm(draft: Draft, path: str) -> int:
    """The person has looked at everything read for one item (`tasks[3]`, `document`): all of it is sure now.

    Doubts are not settled by that. Returns how many fields it was. Raises `BadValue`.
    """
    holder = item_at(draft, path)
    read = getattr(holder, "read", {})
    unsure = [name for name, trace in read.items() if trace.confidence < SURE]
    for name in unsure:
        read[name] = replace(read[name], confidence=1.0)
    return len(unsure)


def item_at(draft: Draft, path: str) -> Any:
    """The object at a path that ends in an index (`tasks[3]`) or names a part (`document`). Raises `BadValue`."""
    here: Any = draft
    for name, at in steps(path):
        try:
            here = getattr(here, name)
            here = here if at is None else here[at]
        except (AttributeError, IndexError, TypeError):
            raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path}) from None
    return here


def text_at(draft: Draft, path: str) -> str:
    """The value at the path as a person would type it: `set_value` of it changes nothing. Raises `BadValue`."""
    try:
        return text_of(value_at(draft, path))
    except BadValue:
        if path.startswith("document.signer."):
            return ""
        raise


def text_of(value: Any) -> str:
    """A value of a draft in the words that `set_value` takes."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if isinstance(value, Schedule):
        return schedule_words(value)
    if isinstance(value, DraftMilestone):
        return f"{value.due:%d/%m/%Y} {value.text}".strip() if value.due else value.text
    if isinstance(value, list):
        return "\n".join(text_of(v) for v in value)
    return str(value)


_EVERY = {"month": "Hằng tháng", "quarter": "Hằng quý", "half": "Định kỳ 6 tháng", "year": "Hằng năm"}


def schedule_words(schedule: Schedule) -> str:
    """How a schedule was understood, in the words that are read as that schedule again."""
    if schedule.kind == "deadline" and schedule.due:
        return f"{schedule.due:%d/%m/%Y}"
    if schedule.kind == "recurring":
        return _EVERY.get(schedule.period or "", "")
    if schedule.kind == "continuous":
        return "Thường xuyên"
    return schedule.event or ""


@dataclass(slots=True, frozen=True)
class Wrong:
    """A field that could not be saved, and why."""

    path: str
    sentence: str


def set_many(draft: Draft, typed: dict[str, str], *, year: int | None = None) -> tuple[list[str], list[Wrong]]:
    """Put in what differs from what stands there; returns the paths that changed and the fields that are wrong.

    A wrong field changes nothing; the others are still taken.
    """
    before = {path: text_at(draft, path) for path in typed}
    changed, wrong = [], []
    for path, text in typed.items():
        if _lines(text) == _lines(before[path]):
            continue
        try:
            set_value(draft, path, text, year=year)
            changed.append(path)
        except BadValue as error:
            wrong.append(Wrong(path, str(error)))
    return changed, wrong


def _lines(text: str) -> list[str]:
    """Browsers send line breaks as CRLF, and people leave blanks at ends."""
    return nfc(text).strip().splitlines()


def names_unit(path: str) -> bool:
    """Whether the field at the path holds names of units."""
    return re.sub(r"\[\d+\]$", "", path).rsplit(".", 1)[-1] in ("lead_units", "coordinating_units", "who", "via", "to")


def is_unknown_unit(doubt: Doubt) -> bool:
    """Whether it is about a unit that the register doesn't know at all."""
    return names_unit(doubt.field) and doubt.why == UNKNOWN_UNIT.format(squeeze(doubt.text))
