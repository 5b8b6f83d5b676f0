"""What stands behind a finished task: proved or not. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Proof(enum.StrEnum):
    """How far a task's products are proved."""

    NOTHING_PROMISED = "nothing_promised"
    UNPROVED = "unproved"
    PROVED = "proved"
    VERIFIED = "verified"


@dataclass(slots=True, frozen=True)
class Piece:
    """One piece of evidence: which product it stands behind, whether it is a file, and what cross-checking said."""

    product: int | None
    is_file: bool
    crosscheck: str


def proof(products: Iterable[int], pieces: Iterable[Piece]) -> Proof:
    """How far the products (their ids) are proved by the pieces that stand in reports handed in.

    A link proves nothing, nor does what a check refused; verified is a task each of whose products has a piece that
    the focal unit has cross-checked.
    """
    wanted = set(products)
    if not wanted:
        return Proof.NOTHING_PROMISED
    files = [p for p in pieces if p.is_file and p.crosscheck != "refused" and p.product in wanted]
    if wanted - {p.product for p in files}:
        return Proof.UNPROVED
    return Proof.PROVED if wanted - {p.product for p in files if p.crosscheck == "verified"} else Proof.VERIFIED
