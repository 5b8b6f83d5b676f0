"""Bands of likelihood × severity on the agency's own scales (TCVN ISO 9001:2015, 6.1). Reads, never writes."""

from __future__ import annotations

from dataclasses import dataclass

from sauro.quality.models import Risk, RiskScale
from sauro.quality.ready import starters

BANDS = ("low", "medium", "high")
# How many months until the next review, by band; the person may say otherwise.
MONTHS = {"low": 12, "medium": 6, "high": 3}


@dataclass(slots=True, frozen=True)
class Level:
    """One step of a scale: its number, its short name, and what it means."""

    value: int
    label: str
    words: str


@dataclass(slots=True, frozen=True)
class Cell:
    """One cell of the heat map."""

    likelihood: int
    severity: int
    score: int
    band: str
    count: int


def default_scale(agency_id: int, kind: str) -> RiskScale:
    """The scale to begin with, not saved: five by five; opportunities by feasibility and benefit."""
    ready = starters.risk_scale()
    rows = (ready.likelihood, ready.severity) if kind == Risk.Kind.RISK else (ready.feasibility, ready.benefit)
    likelihood, severity = ([f"{s.label}: {s.words}" if s.words else s.label for s in steps] for steps in rows)
    bands = {level.key: level.low for level in ready.levels}
    return RiskScale(
        agency_id=agency_id, kind=kind, likelihood=likelihood, severity=severity,
        medium_from=bands["medium"], high_from=bands["high"],
    )  # fmt: skip


def scale_of(agency_id: int, kind: str) -> RiskScale:
    """The agency's scale for risks or opportunities; the one to begin with where it has made none."""
    return RiskScale.objects.filter(agency_id=agency_id, kind=kind).first() or default_scale(agency_id, kind)


def levels(steps: list[str]) -> list[Level]:
    """The steps of a scale as stored, "short name: what it means", least first."""
    cut = [step.partition(":") for step in steps]
    return [Level(i, label.strip(), words.strip()) for i, (label, _colon, words) in enumerate(cut, 1)]


def band_of(scale: RiskScale, score: int) -> str:
    """low, medium or high."""
    return "high" if score >= scale.high_from else "medium" if score >= scale.medium_from else "low"


def heat_map(scale: RiskScale, counts: dict[tuple[int, int], int]) -> list[list[Cell]]:
    """Rows of cells, the most severe first, each the least likely first. `counts`: {(likelihood, severity): n}."""
    return [
        [
            Cell(n, s, n * s, band_of(scale, n * s), counts.get((n, s), 0))
            for n in range(1, len(scale.likelihood) + 1)
        ]
        for s in range(len(scale.severity), 0, -1)
    ]  # fmt: skip
