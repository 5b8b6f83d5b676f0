"""The published documents that may stand beside the project, with their right readings."""

from __future__ import annotations

import os
from pathlib import Path

from sauro.reading.tests.variation import TruePlan, from_gold

_ROOT = Path(__file__).resolve().parents[3]


def shared_folder() -> Path | None:
    """`$SAURO_SHARED`, else `../shared` beside the project, where it holds gold readings."""
    folder = Path(os.environ.get("SAURO_SHARED") or _ROOT.parent / "shared")
    return folder if (folder / "gold").is_dir() else None


def published() -> list[tuple[Path, Path]]:
    """Each published document with its gold reading."""
    folder = shared_folder()
    if folder is None:
        return []
    pairs = [(path, folder / "gold" / f"{path.stem}.json") for path in sorted((folder / "decisions").iterdir())]
    return [(path, gold) for path, gold in pairs if gold.exists()]


def gold_plans() -> list[TruePlan]:
    """The published plans whose tasks stand in a numbered table."""
    folder = shared_folder()
    if folder is None:
        return []
    plans = [from_gold(gold, folder / "units.json") for path, gold in published() if path.suffix == ".txt"]
    return [plan for plan in plans if plan is not None]
