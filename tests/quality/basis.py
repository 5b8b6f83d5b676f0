"""What the quality room's part "basis" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.documents.control import changes, instruments, records
from sauro.documents.control.tests.ready import in_force, issue
from sauro.testing import TODAY
from tests.quality.kinds import Data

#  URL                  object            method   –   an binh  chi dung giang hoa  la
TABLE = """
instrument-list         -                 GET    302  200  200  200  200  200  200  200
instrument-add          -                 GET    302  403  403  200  403  403  403  200
instrument-add          -                 POST   302  403  403  302  403  403  403  302
instrument-proposals    -                 GET    302  403  403  200  403  403  403  200
instrument-proposals    -                 POST   302  403  403  302  403  403  403  302
instrument              instrument        GET    302  200  200  200  200  200  200  404
instrument              instrument-old    GET    302  200  200  200  200  200  200  404
instrument-edit         instrument        GET    302  403  403  200  403  403  403  404
instrument-edit         instrument        POST   302  403  403  302  403  403  403  404
instrument-change       instrument        GET    302  403  403  200  403  403  403  404
instrument-change       instrument        POST   302  403  403  302  403  403  403  404
instrument-restore      instrument-old    POST   302  403  403  302  403  403  403  404
citation-add            document-cited    POST   302  302  302  302  403  403  403  404
citation-remove         citation          POST   302  302  302  302  403  403  403  404
flag-list               -                 GET    302  200  200  200  200  200  200  200
flag                    flag              GET    302  200  200  200  200  200  200  404
flag                    flag              POST   302  403  302  302  403  403  403  404
flag-paper              flag              GET    302  200  200  200  200  200  200  404
document-change-list    -                 GET    302  200  200  200  200  200  200  200
document-change-ask     document-cited    GET    302  200  200  200  200  200  200  404
document-change-ask     document-cited    POST   302  302  302  302  302  302  302  404
document-change         request           GET    302  200  200  200  200  200  200  404
document-change-take    request           POST   302  403  302  302  403  403  403  404
document-change-refuse  request           POST   302  403  302  302  403  403  403  404
document-change-finish  request-taken     POST   302  403  302  302  403  403  403  404
document-change-paper   request           GET    302  200  200  200  200  200  200  404
record-list             -                 GET    302  200  200  200  200  200  200  200
record-add              -                 GET    302  403  403  200  403  403  403  200
record-add              -                 POST   302  403  403  302  403  403  403  302
record-take             -                 POST   302  403  403  302  403  403  403  302
record                  record            GET    302  403  403  200  403  403  403  404
record                  record            POST   302  403  403  302  403  403  403  404
record-end              record            POST   302  403  403  302  403  403  403  404
"""
DECREE = {"type": "Nghị định", "number": "9/2026/NĐ-CP", "title": "Cơ chế một cửa"}
DATA: Data = {
    "instrument-add": lambda p, t: DECREE,
    "instrument-proposals": lambda p, t: {"key": "57-nq/tw"},
    "instrument-edit": lambda p, t: DECREE,
    "instrument-change": lambda p, t: {"state": "expired", "on": f"{TODAY:%d/%m/%Y}", "days": "30"},
    "instrument-restore": lambda p, t: {"reason": "Nhầm số"},
    "citation-add": lambda p, t: {"instrument": p.keys["instrument"], "note": "Điều 3"},
    "flag": lambda p, t: {"outcome": "kept", "note": "Nội dung không đổi"},
    "document-change-ask": lambda p, t: {"text": "Bỏ bước 3", "reason": "Trùng"},
    "document-change-take": lambda p, t: {"answer": "Sửa trong quý này"},
    "document-change-refuse": lambda p, t: {"answer": "Bước 3 do luật định"},
    "record-add": lambda p, t: {"code": "HS.09", "title": "Hồ sơ mới"},
    "record": lambda p, t: {"code": "HS.01", "title": "Hồ sơ đào tạo cán bộ"},
}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE = {"flag-paper", "document-change-paper"}
SILENT: dict[str, str] = {}


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    world, k = place.world, place.keys
    left = [{"code": "BM.01-QT.91", "title": "Sổ theo dõi", "place": "Một cửa", "retention": "05 năm"}]
    document = in_force(world, "QT.91", "Tiếp nhận hồ sơ một cửa", records=left)
    add = lambda number: instruments.add(  # noqa: E731
        world.agency, world.chi, number=number, title="Cơ chế một cửa, một cửa liên thông", type="Nghị định",
        issued_on=dt.date(2018, 4, 23),
    )  # fmt: skip
    old, new, free = add("61/2018/NĐ-CP"), add("118/2025/NĐ-CP"), add("45/2020/NĐ-CP")
    instruments.cite(document, old, world.chi)
    (flag,) = instruments.change_state(
        old, world.chi, TODAY, "replaced", on=dt.date(2025, 7, 1), by=new, text="Bỏ phiếu hẹn giấy"
    )
    asked = changes.ask(document, world.dung, "Bỏ bước 3", "Trùng với bước 2")
    taken = changes.take(changes.ask(document, world.an, "Thêm mẫu", "Thiếu mẫu"), world.binh)
    issue(world, document, 2, TODAY, records=left)
    instruments.cite(document, free, world.chi)
    k |= {
        "instrument": new.pk, "instrument old": old.pk, "flag": flag.pk, "document cited": document.pk,
        "citation": document.citations.get(instrument=free).pk, "request": asked.pk, "request taken": taken.pk,
        "record": records.save(world.agency, world.chi, {"code": "HS.01", "title": "Hồ sơ đào tạo"}).pk,
    }  # fmt: skip
