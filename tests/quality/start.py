"""What the quality room's part "start" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

from typing import Any

from sauro.organization import services as organization
from tests.quality.kinds import Data

TABLE = """
start-wizard            -                 GET    302  403  403  302  403  403  403  302
start-step              start-agency      GET    302  403  403  200  403  403  403  200
start-step              start-agency      POST   302  403  403  302  403  403  403  302
start-step              start-units       GET    302  403  403  200  403  403  403  200
start-step              start-units       POST   302  403  403  302  403  403  403  302
start-step              start-people      GET    302  403  403  200  403  403  403  200
start-step              start-people      POST   302  403  403  302  403  403  403  302
start-step              start-procedures  POST   302  403  403  302  403  403  403  302
start-step              start-make        GET    302  403  403  200  403  403  403  200
start-step              start-make        POST   302  403  403  302  403  403  403  302
start-step              start-done        GET    302  403  403  200  403  403  403  200
start-template          start-xlsx        GET    302  403  403  200  403  403  403  200
start-passwords         -                 POST   302  403  403  200  403  403  403  302
"""
_SENT: dict[str, dict[str, Any]] = {
    "start-agency": {"kind": "so", "code": "SCT", "place": "Bình Lãng"},
    "start-units": {"viec": "nhap", "danh_sach": "Trung tâm Khuyến công"},
    "start-people": {"viec": "qua"},
    "start-procedures": {"viec": "nhap", "danh_sach": "9.000001\tCấp giấy xác nhận thử"},
    "start-make": {"year": "2029", "processes": "1", "scales": "1", "issues": ["0"], "parties": ["0"]},
}
DATA: Data = {"start-step": lambda p, t: _SENT[t]}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE: set[str] = {"start-template"}
SILENT: dict[str, str] = {}
# Parts of addresses that are no number.
PARTS_OF: dict[str, dict[str, Any]] = {
    "start-agency": {"step": 1},
    "start-units": {"step": 2},
    "start-people": {"step": 3},
    "start-procedures": {"step": 4},
    "start-make": {"step": 5},
    "start-done": {"step": 6},
    "start-xlsx": {"part": "people"},
}


def make(place: Any) -> None:
    """Someone who waits for a first password."""
    unit = place.world.people["chi"].unit
    organization.add_person("vua.vao", "Bùi Văn Mới", unit, "officer", None, position="Chuyên viên")
