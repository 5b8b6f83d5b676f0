"""What management reviews, declarations and units' objectives add to the walk over the site: see `tests.quality`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.quality.models import Scope, YearCycle
from sauro.quality.services import declaration, reviews, unit_objectives
from sauro.quality.services.unit_objectives import Wanted
from sauro.testing import INDUSTRY, TODAY
from tests.quality.kinds import Data

TABLE = """
review-list             -                 GET    302  200  200  200  200  200  200  200
review-plan             -                 POST   302  403  403  302  403  403  403  302
review                  review            GET    302  200  200  200  200  200  200  404
review                  review-frozen     GET    302  200  200  200  200  200  200  404
review                  review-held       GET    302  200  200  200  200  200  200  404
review-write            review            POST   302  403  403  302  403  302  403  404
review-freeze           review            POST   302  403  403  302  403  302  403  404
review-unfreeze         review-frozen     POST   302  403  403  403  403  302  403  404
review-remark           review-input      POST   302  403  403  302  403  302  403  404
review-decide           review-frozen     POST   302  403  403  403  403  302  403  404
review-order            decision          POST   302  403  403  403  403  302  403  404
review-conclude         review-frozen     POST   302  403  403  403  403  302  403  404
review-paper            review-agenda     GET    302  200  200  200  200  200  200  404
review-paper            review-report     GET    302  200  200  200  200  200  200  404
review-paper            review-minutes    GET    302  200  200  200  200  200  200  404
declaration-list        -                 GET    302  200  200  200  200  200  200  200
declaration-prepare     -                 POST   302  403  403  302  403  403  403  302
declaration-take        -                 POST   302  403  403  403  403  302  403  403
year-report             a-year            GET    302  200  200  200  200  200  200  200
auditor-folder          a-year            POST   302  403  403  200  403  200  200  200
declaration             declaration       GET    302  200  200  200  200  200  200  404
declaration-declare     declaration       POST   302  403  403  403  403  409  403  404
declaration-drop        declaration       POST   302  403  403  302  403  403  403  404
declaration-paper       declaration       GET    302  200  200  200  200  200  200  404
unit-objective-list     -                 GET    302  200  200  200  200  200  200  200
unit-objective          unit-objective    GET    302  200  200  200  200  200  200  404
unit-objective-new      unit              GET    302  403  200  200  403  403  403  404
unit-objective-new      unit              POST   302  403  302  302  403  403  403  404
"""
SOON = "20/12/2026"
DATA: Data = {
    "review-plan": lambda p, t: {"year": "2027", "planned_on": "15/12/2027"},
    "review-write": lambda p, t: {"minutes": "Các đơn vị nhất trí.", "planned_on": SOON},
    "review-unfreeze": lambda p, t: {"reason": "Thiếu số liệu tháng 11"},
    "review-remark": lambda p, t: {"remark": "Tăng so với năm trước"},
    "review-decide": lambda p, t: {"text": "Bổ sung người trực", "about": "resources"},
    "review-order": lambda p, t: {"unit": str(p.keys["unit"]), "due": SOON},
    "review-conclude": lambda p, t: {"conclusion": "Hệ thống có hiệu lực", "held_on": f"{TODAY:%d/%m/%Y}"},
    "declaration-prepare": lambda p, t: {"year": "2026"},
    "declaration-take": lambda p, t: {"number": "140/QĐ-SCT", "declared_on": "10/12/2025"},
    "declaration-declare": lambda p, t: {"number": "150/QĐ-SCT"},
    "unit-objective-new": lambda p, t: {
        "muc-tieu-TOTAL_FORMS": "1", "muc-tieu-INITIAL_FORMS": "0", "muc-tieu-0-text": "Trả kết quả đúng hạn",
    },
}  # fmt: skip
OPEN: set[str] = set()
NO_PAGE: set[str] = {"review-paper", "year-report", "declaration-paper"}
SILENT: dict[str, str] = {
    "declaration-prepare": "there is one draft at a time, and one lies there; its line is tested beside the service",
    "declaration-declare": "refused while anything is open; its line is tested beside the service",
}
PARTS_OF: dict[str, dict[str, Any]] = {"a-year": {"year": 2026}}


def make(place: Any) -> None:
    """Reviews in each state, a draft of a declaration, a unit's objectives; their numbers go into `place.keys`."""
    world, k = place.world, place.keys
    agency = world.agency
    if not YearCycle.objects.filter(agency=agency, year=TODAY.year).exists():
        YearCycle.objects.create(agency=agency, year=TODAY.year, plan=place.plan)
    held = reviews.plan_review(agency, 2025, dt.date(2025, 12, 20), world.chi, chair=world.giang)
    reviews.freeze(held, world.chi, dt.date(2025, 12, 15))
    decision = reviews.decide(held, world.giang, dt.date(2025, 12, 20), text="Rút ngắn thời gian giải quyết")
    reviews.conclude(held, world.giang, dt.date(2025, 12, 20), "Hệ thống có hiệu lực", minutes="Nhất trí")
    frozen = reviews.plan_review(agency, 2026, TODAY, world.chi, chair=world.giang)
    reviews.freeze(frozen, world.chi, TODAY)
    waiting = reviews.plan_review(agency, 2028, dt.date(2028, 6, 1), world.chi)
    k |= {"review": waiting.pk, "review frozen": frozen.pk, "review held": held.pk, "decision": decision.pk}
    PARTS_OF["review-input"] = {"pk": frozen.pk, "key": "audits"}
    for name, kind in (("agenda", "chuong-trinh"), ("report", "bao-cao"), ("minutes", "bien-ban")):
        PARTS_OF[f"review-{name}"] = {"pk": frozen.pk, "kind": kind}
    if not Scope.objects.filter(agency=agency).exists():
        Scope.objects.create(
            agency=agency, no=1, text="Quản lý nhà nước về công thương", effective_on=dt.date(2026, 1, 5),
            decided_by=world.giang,
        )  # fmt: skip
    k["declaration"] = declaration.prepare(agency, 2026, world.chi, TODAY).pk
    wanted = [Wanted("Trả kết quả đúng hạn", serves=place.plan.objectives.first(), task="Nhắc hạn hằng tuần")]
    k["unit objective"] = unit_objectives.cascade(world.units[INDUSTRY], 2026, wanted, world.chi, TODAY).pk
