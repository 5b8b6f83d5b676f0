"""What was done to a task, in words, from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sauro.ledger.models import Entry
from sauro.web.people.deeds import DEEDS, deed


@dataclass(slots=True, frozen=True)
class Line:
    """One thing done: when, and a sentence that begins with who."""

    at: dt.datetime
    text: str


def _assigned(who: str, data: dict[str, Any]) -> str:
    if not data.get("after"):
        return _("%(who)s thôi giao cho %(name)s") % {"who": who, "name": data.get("before", "")}
    return _("%(who)s giao %(name)s chịu trách nhiệm") % {"who": who, "name": data["after"]}


def _edited(who: str, data: dict[str, Any]) -> str:
    words = {
        "title": _("nội dung"),
        "measurement": _("cách đo lường"),
        "report_frequency": _("tần suất báo cáo"),
        "records": _("hồ sơ phải lưu"),
        "authority": _("cấp phê duyệt"),
        "note": _("ghi chú"),
        "products": _("sản phẩm"),
    }
    changed = list(
        dict.fromkeys(
            _("phần việc của đơn vị") if name.startswith("share ") else words.get(name, name)
            for name in data.get("changes", {})
        )
    )
    return _("%(who)s bổ sung %(what)s") % {"who": who, "what": ", ".join(changed)}


def _reported(who: str, data: dict[str, Any]) -> str:
    before, after = data.get("progress") or (0, 0)
    return _("%(who)s nộp báo cáo, tiến độ %(before)s%% → %(after)s%%") % {
        "who": who,
        "before": before,
        "after": after,
    }


def _day(value: Any) -> str:
    try:
        return f"{dt.date.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return str(value)


SAYINGS: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "plans.task.assigned": _assigned,
    "plans.task.edited": _edited,
    "plans.task.split": lambda who, d: (
        _("%(who)s giao việc con cho %(unit)s") % {"who": who, "unit": d.get("unit", "")}
    ),
    "plans.task.made": lambda who, d: _("%(who)s lập việc con này") % {"who": who},
    "monitoring.task.reported": _reported,
    "monitoring.task.completed": lambda who, d: (
        _("%(who)s xác nhận hoàn thành ngày %(day)s") % {"who": who, "day": _day(d.get("on"))}
    ),
    "monitoring.task.reopened": lambda who, d: _("%(who)s mở lại: %(why)s") % {"who": who, "why": d.get("reason", "")},
}


def _named(who: str, verb: str) -> str:
    return f"{who} {deed(verb)}" if verb in DEEDS else f"{who}: {verb}"


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """Ledger entries as sentences. A verb without a saying is told by who and what the ledger calls
    it: nothing is left out."""
    lines = []
    for entry in entries:
        who = entry.actor_label or _("Phần mềm")
        say = SAYINGS.get(entry.verb)
        text = say(who, entry.data) if say else _named(who, entry.verb)
        lines.append(Line(entry.at, text))
    return lines
