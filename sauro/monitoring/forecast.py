"""What a series of figures is likely to come to. Pure, the same figures always give the same forecast.

Exponential smoothing with a damped trend (ETS(A,Ad,N), with a season from two years on) by statsmodels, which is
imported on use alone: it is large, and only the background worker needs it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sauro.monitoring.targets import ENOUGH_POINTS, Point

if TYPE_CHECKING:
    from sauro.vietnamese.periods import Period

PATHS = 1000
SEED = 20260101
# The 80 % interval: from the 10th to the 90th of a hundred paths.
EDGES = (10, 90)
SEASONS = {"month": 12, "quarter": 4, "half": 2, "year": 1}
# How few points a fit of the back-test may have, and how many times it is tried at most.
LEAST_TO_FIT, TRIALS = 8, 6
_STEP = Decimal("0.000001")


@dataclass(slots=True, frozen=True)
class Ahead:
    """One period to come: the likely level at its end and the edges of the 80 % interval."""

    period: Period
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(slots=True, frozen=True)
class Foreseen:
    """A forecast: how it was made, period by period, and by how much the same method erred on the past.

    `error`: mean absolute error in the unit of the figures, of forecasts as far ahead as the due day is now.
    """

    method: str
    ahead: list[Ahead]
    error: Decimal | None


def unbroken(points: Sequence[Point]) -> list[Point]:
    """The points at the end of the line that follow one another without a gap."""
    run: list[Point] = []
    for point in reversed(points):
        if run and point.period.next != run[-1].period:
            break
        run.append(point)
    return run[::-1]


def foresee(
    points: Sequence[Point], last: Period, *, cumulative: bool = False, within: tuple[float, float] | None = None
) -> Foreseen | None:
    """The likely levels of the periods after the last point up to `last`.

    None with fewer than `ENOUGH_POINTS` points in an unbroken run, or where nothing is left to foresee. `cumulative`:
    the periods' own figures are foreseen and added to what was reached. `within`: levels that can be, such as 0 to 100.
    """
    run = unbroken(points)
    if len(run) < ENOUGH_POINTS or run[-1].period.end >= last.end:
        return None
    periods = [run[-1].period.next]
    while periods[-1].end < last.end:
        periods.append(periods[-1].next)
    kind = run[0].period.kind
    values = [float(p.value if cumulative else p.reached) for p in run]
    begin = float(run[-1].reached) if cumulative else None
    ahead = [
        Ahead(period, *(_level(n, within) for n in numbers))
        for period, numbers in zip(periods, _paths(values, len(periods), kind, begin), strict=True)
    ]
    return Foreseen("ETS(A,Ad,A)" if _season(values, kind) else "ETS(A,Ad,N)", ahead, _back_test(
        values, len(periods), kind, cumulative=cumulative
    ))  # fmt: skip


def _season(values: Sequence[float], kind: str) -> int:
    """How many periods a year has, where two whole years are known; else 0."""
    season = SEASONS[kind]
    return season if season > 1 and len(values) >= 2 * season else 0


def _paths(values: Sequence[float], steps: int, kind: str, begin: float | None) -> list[tuple[float, float, float]]:
    """For each step: middle and edges over simulated paths; running totals from `begin` where it is given."""
    import numpy as np

    if len(set(values)) == 1:
        # Nothing ever moved: there is nothing to fit, and no reason to expect anything else.
        paths: Any = np.full((steps, 1), values[0])
    else:
        paths = _simulated(values, steps, kind)
    if begin is not None:
        paths = begin + np.cumsum(paths, axis=0)
    low, high = np.percentile(paths, EDGES, axis=1)
    return list(zip(np.median(paths, axis=1).tolist(), low.tolist(), high.tolist(), strict=True))


def _simulated(values: Sequence[float], steps: int, kind: str) -> Any:
    import numpy as np
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    season = _season(values, kind)
    with warnings.catch_warnings():
        # A fit that ends at the edge of its range says so in words that nobody reads in the background.
        warnings.simplefilter("ignore")
        model = ETSModel(
            np.asarray(values),
            error="add",
            trend="add",
            damped_trend=True,
            seasonal="add" if season else None,
            seasonal_periods=season or None,
        )
        fit = model.fit(disp=False)
        paths = fit.simulate(steps, anchor="end", repetitions=PATHS, rng=SEED)
    return np.asarray(paths).reshape(steps, PATHS)


def _back_test(values: Sequence[float], steps: int, kind: str, *, cumulative: bool) -> Decimal | None:
    """The method tried on the past: from each of the last origins, as many steps ahead, against what came."""
    steps = min(steps, len(values) - LEAST_TO_FIT)
    last = len(values) - steps
    errors = []
    for origin in range(max(LEAST_TO_FIT, last - TRIALS + 1), last + 1):
        known, came = values[:origin], values[origin : origin + steps]
        said = _paths(known, steps, kind, 0.0 if cumulative else None)[-1][0]
        errors.append(abs(said - (sum(came) if cumulative else came[-1])))
    return _level(sum(errors) / len(errors), None) if errors else None


def _level(number: float, within: tuple[float, float] | None) -> Decimal:
    if within is not None:
        number = min(max(number, within[0]), within[1])
    return Decimal(repr(number)).quantize(_STEP)
