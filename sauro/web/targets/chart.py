"""What the chart of a target draws, as plain data; the same numbers stand in the table beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.translation import gettext as _

from sauro.monitoring.measured import Measured
from sauro.monitoring.periods import period_words
from sauro.monitoring.targets import expected_on
from sauro.vietnamese.periods import Period
from sauro.web.look.targets import number

SHORT = {"month": "T{}", "quarter": "Q{}", "half": "H{}", "year": "{}"}
# ECharts writes styles into what it draws; only pages that hold a chart let it.
chart_styles: Any = csp_update({"style-src": [UNSAFE_INLINE]})


def chart_of(found: Measured) -> dict[str, Any]:
    """Labels and lines: actual, expected, forecast with its band; a None is a gap. Levels in the target's unit."""
    goal = found.goal
    first = Period.of(goal.frequency, goal.starts_on)
    points = {p.period: p.reached for p in found.points if p.period.end >= goal.starts_on}
    ahead = {row[0]: [float(n) for n in row[1:]] for row in found.forecast.path} if found.forecast else {}
    periods = [first]
    while periods[-1].end < goal.due:
        periods.append(periods[-1].next)
    last = max(points, default=None)
    # The forecast begins at the last figure, so that the lines meet.
    joint = {str(last): [float(points[last])] * 3} if last and ahead else {}
    spread = {**joint, **ahead}
    return {
        "labels": [SHORT[p.kind].format(p.year if p.kind == "year" else p.index) for p in periods],
        "names": [period_words(p) for p in periods],
        "actual": [_float(points.get(p)) for p in periods],
        "expected": [_float(expected_on(goal, min(p.end, goal.due))) for p in periods],
        "forecast": [spread.get(str(p), [None] * 3)[0] for p in periods],
        "low": [spread.get(str(p), [None] * 3)[1] for p in periods],
        "high": [spread.get(str(p), [None] * 3)[2] for p in periods],
        "words": {
            "actual": _("Thực hiện"),
            "expected": _("Dự kiến %(n)s") % {"n": number(goal.end)},
            "forecast": _("Dự báo %(n)s") % {"n": number(found.forecast.value)} if found.forecast else "",
            "band": _("Khoảng dự báo 80%"),
            "unit": found.indicator.unit_name,
        },
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(round(value, 4))
