"""What the quality room's part "context" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

from typing import Any

from sauro.quality.services import context, processes, scope, suppliers
from sauro.testing import TODAY
from tests.quality.kinds import Data

#  URL                  object            method   –   an binh  chi dung giang hoa  la
TABLE = """
context                 -                 GET    302  200  200  200  200  200  200  200
party-list              -                 GET    302  200  200  200  200  200  200  200
scope                   -                 GET    302  200  200  200  200  200  200  200
process-map             -                 GET    302  200  200  200  200  200  200  200
supplier-list           -                 GET    302  200  200  200  200  200  200  200
issue-add               -                 GET    302  403  403  200  403  403  403  200
issue-add               -                 POST   302  403  403  302  403  403  403  302
party-add               -                 GET    302  403  403  200  403  403  403  200
party-add               -                 POST   302  403  403  302  403  403  403  302
procedure-add           -                 GET    302  403  403  200  403  403  403  200
procedure-add           -                 POST   302  403  403  302  403  403  403  302
procedure-import        -                 GET    302  403  403  200  403  403  403  200
procedure-import        -                 POST   302  403  403  302  403  403  403  302
process-add             -                 GET    302  403  403  200  403  403  403  200
process-add             -                 POST   302  403  403  302  403  403  403  302
supplier-add            -                 GET    302  403  403  200  403  403  403  200
supplier-add            -                 POST   302  403  403  302  403  403  403  302
issue-take              -                 POST   302  403  403  302  403  403  403  302
party-take              -                 POST   302  403  403  302  403  403  403  302
process-take            -                 POST   302  403  403  302  403  403  403  302
issue                   issue             GET    302  403  403  200  403  403  403  404
issue                   issue             POST   302  403  403  302  403  403  403  404
party                   party             GET    302  403  403  200  403  403  403  404
party                   party             POST   302  403  403  302  403  403  403  404
procedure               listed            GET    302  403  403  200  403  403  403  404
procedure               listed            POST   302  403  403  302  403  403  403  404
issue-paper             issue             GET    302  200  200  200  200  200  200  404
party-paper             party             GET    302  200  200  200  200  200  200  404
issue-review            issue             POST   302  403  403  302  403  403  403  404
issue-end               issue             POST   302  403  403  302  403  403  403  404
party-review            party             POST   302  403  403  302  403  403  403  404
party-end               party             POST   302  403  403  302  403  403  403  404
procedure-end           listed            POST   302  403  403  302  403  403  403  404
scope-decide            -                 GET    302  403  403  403  403  200  403  403
scope-decide            -                 POST   302  403  403  403  403  302  403  403
process                 process           GET    302  200  200  200  200  200  200  404
process-paper           process           GET    302  200  200  200  200  200  200  404
process-edit            process           GET    302  403  403  200  403  403  403  404
process-edit            process           POST   302  403  403  302  403  403  403  404
process-end             process           POST   302  403  403  302  403  403  403  404
supplier                supplier          GET    302  200  200  200  200  200  200  404
supplier                supplier          POST   302  403  403  302  403  403  403  404
supplier-paper          supplier          GET    302  200  200  200  200  200  200  404
supplier-edit           supplier          GET    302  403  403  200  403  403  403  404
supplier-edit           supplier          POST   302  403  403  302  403  403  403  404
supplier-end            supplier          POST   302  403  403  302  403  403  403  404
"""
ISSUE = {"kind": "internal", "effect": "bad", "text": "Thiếu người làm công nghệ thông tin"}
PARTY = {"kind": "citizen", "name": "Doanh nghiệp trên địa bàn", "needs": "Trả kết quả đúng hẹn"}
PROCEDURE = {"code": "2.000001", "name": "Cấp giấy phép bán lẻ rượu", "kind": "public"}
PROCESS = {"code": "QTr.90", "name": "Tiếp nhận hồ sơ", "kind": "core", "order": "1"}
SUPPLIER = {"name": "Bưu điện tỉnh", "provides": "Chuyển trả kết quả"}
DATA: Data = {
    "issue-add": lambda p, t: ISSUE | {"text": "Mới"},
    "issue": lambda p, t: ISSUE | {"text": "Khác"},
    "party-add": lambda p, t: PARTY | {"name": "Báo chí"},
    "party": lambda p, t: PARTY | {"needs": "Khác"},
    "procedure-add": lambda p, t: PROCEDURE | {"code": "2.000009"},
    "procedure": lambda p, t: PROCEDURE | {"field": "Lưu thông hàng hóa"},
    "procedure-import": lambda p, t: {"table": "Mã thủ tục\tTên thủ tục\n2.000002\tCấp lại giấy phép"},
    "scope-decide": lambda p, t: {"text": "Toàn bộ thủ tục", "effective_on": f"{TODAY:%d/%m/%Y}", "reason": "Mở rộng"},
    "process-add": lambda p, t: PROCESS | {"code": "QTr.91"},
    "process-edit": lambda p, t: PROCESS | {"name": "Tiếp nhận, trả kết quả"},
    "supplier-add": lambda p, t: SUPPLIER | {"name": "VNPT"},
    "supplier-edit": lambda p, t: SUPPLIER | {"provides": "Chuyển phát"},
    "supplier": lambda p, t: {"on": f"{TODAY:%d/%m/%Y}", "result": "good"},
}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE = {"issue-paper", "party-paper", "process-paper", "supplier-paper"}
SILENT: dict[str, str] = {}


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    world, k = place.world, place.keys
    made = (world.agency, world.chi)
    k["issue"] = context.save_issue(*made, TODAY, ISSUE).pk
    k["party"] = context.save_party(*made, TODAY, PARTY).pk
    k["listed"] = scope.save_procedure(*made, TODAY, PROCEDURE).pk
    k["process"] = processes.save(*made, TODAY, PROCESS | {"order": 1}).pk
    k["supplier"] = suppliers.save(*made, SUPPLIER).pk
    scope.decide(world.agency, world.giang, text="Giải quyết thủ tục hành chính", effective_on=TODAY)
