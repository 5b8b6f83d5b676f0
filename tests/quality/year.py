"""What the quality room's part "year" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

from typing import Any

from sauro.quality.services import clauses
from tests.quality.kinds import Data

TABLE = """
quality                 -                 GET    302  200  200  200  200  200  200  200
quality-start           -                 POST   302  403  403  302  403  302  403  302
quality-take            -                 GET    302  200  200  200  200  200  200  200
quality-take            -                 POST   302  200  200  200  200  200  200  200
clause-map              -                 GET    302  200  200  200  200  200  200  200
clause-map-file         map-xlsx          GET    302  200  200  200  200  200  200  200
climate                 -                 POST   302  403  403  302  403  403  403  302
clause                  clause            GET    302  200  200  200  200  200  200  200
clause-tie              clause            POST   302  403  403  302  403  403  403  302
clause-apply            clause-design     POST   302  403  403  403  403  302  403  403
clause-untie            answer            POST   302  403  403  302  403  403  403  404
"""
DATA: Data = {
    "quality-start": lambda p, t: {"year": "2028", "kind": "so"},
    "climate": lambda p, t: {"answer": "no", "reason": "Không ảnh hưởng đến dịch vụ"},
    "clause-tie": lambda p, t: {"note": "Bằng chứng khác"},
    "clause-apply": lambda p, t: {"applies": "0", "justification": "Không thiết kế"},
}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE: set[str] = {"clause-map-file"}
SILENT: dict[str, str] = {"quality-take": "without a plan chosen it only shows the form again"}
# Parts of addresses that are no number.
PARTS_OF: dict[str, dict[str, Any]] = {
    "clause": {"number": "7.1"},
    "clause-design": {"number": "8.3"},
    "map-xlsx": {"kind": "xlsx"},
}


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    answer = clauses.tie(place.world.agency, "7.1.4", place.world.chi, note="Biên bản kiểm tra phòng một cửa")
    place.keys["answer"] = answer.pk
