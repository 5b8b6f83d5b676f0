"""Openers by kind of document, each registered under the kind that it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sauro.reading.manuscript import Manuscript

Progress = Callable[[float, str], None]


def no_progress(fraction: float, words: str) -> None:
    """Tells nobody."""


@dataclass(slots=True, frozen=True)
class Source:
    """The file to open and whom to tell how far it is (`progress(fraction from 0 to 1, Vietnamese words)`)."""

    path: Path
    progress: Progress = no_progress


Opener = Callable[[Source], Manuscript]
OPENERS: dict[str, Opener] = {}


def opens(*kinds: str) -> Callable[[Opener], Opener]:
    """Registers the decorated opener for these kinds (`sauro.reading.guard.kind_of` names them)."""

    def register(opener: Opener) -> Opener:
        for kind in kinds:
            OPENERS[kind] = opener
        return opener

    return register
