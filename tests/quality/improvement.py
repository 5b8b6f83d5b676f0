"""What the quality room's part "improvement" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sauro.monitoring.models import Indicator
from sauro.plans.models import Task
from sauro.quality.models import Nonconformity, YearCycle
from sauro.quality.services import correcting, effect, nonconformity, risks
from sauro.testing import TODAY, TRADE
from tests.quality.kinds import Data

TABLE = """
nonconformity-list      -                 GET    302  200  200  200  200  200  200  200
nonconformity-trends    -                 GET    302  200  200  200  200  200  200  200
nonconformity-raise     -                 GET    302  200  200  200  200  200  200  200
nonconformity-raise     -                 POST   302  302  302  302  403  302  302  422
nonconformity           kph-open          GET    302  200  200  200  200  200  200  404
nonconformity           kph-known         GET    302  200  200  200  200  200  200  404
nonconformity           kph-acting        GET    302  200  200  200  200  200  200  404
nonconformity           kph-done          GET    302  200  200  200  200  200  200  404
nonconformity           kph-judged        GET    302  200  200  200  200  200  200  404
nonconformity           kph-closed        GET    302  200  200  200  200  200  200  404
nonconformity-form      kph-open          GET    302  200  200  200  200  200  200  404
nonconformity-edit      kph-open          POST   302  403  302  302  403  403  403  404
nonconformity-correct   kph-open          POST   302  403  302  302  403  403  403  404
nonconformity-analyse   kph-open          POST   302  403  302  302  403  403  403  404
nonconformity-analyse   kph-closed        POST   302  403  409  409  403  403  403  404
nonconformity-order     kph-known         POST   302  403  302  302  403  403  403  404
nonconformity-order     kph-open          POST   302  403  409  409  403  403  403  404
nonconformity-waive     kph-known         POST   302  403  302  302  403  403  403  404
nonconformity-judge     kph-done          POST   302  403  403  302  403  302  302  404
nonconformity-judge     kph-acting        POST   302  403  403  409  403  409  409  404
nonconformity-close     kph-judged        POST   302  403  403  302  403  302  302  404
nonconformity-close     kph-open          POST   302  403  403  409  403  409  409  404
nonconformity-cancel    kph-open          POST   302  403  403  302  403  302  302  404
nonconformity-link      kph-known         POST   302  403  302  302  403  403  403  404
nonconformity-prove     kph-open          POST   302  302  302  302  403  403  403  404
nonconformity-target    kph-indicator     POST   302  302  302  302  403  302  302  404

risk-list               -                 GET    302  200  200  200  200  200  200  200
opportunity-list        -                 GET    302  200  200  200  200  200  200  200
risk-identify           -                 GET    302  403  200  200  403  403  403  200
risk-identify           -                 POST   302  403  302  302  403  403  403  422
risk-scales             -                 GET    302  403  403  200  403  403  403  200
risk-scales             -                 POST   302  403  403  302  403  403  403  302
risk                    risk              GET    302  200  200  200  200  200  200  404
risk                    risk-closed       GET    302  200  200  200  200  200  200  404
risk-sheet              risk              GET    302  200  200  200  200  200  200  404
risk-edit               risk              POST   302  403  302  302  403  403  403  404
risk-review             risk              POST   302  403  302  302  403  403  403  404
risk-order              risk              POST   302  403  302  302  403  403  403  404
risk-close              risk              POST   302  403  302  302  403  403  403  404
risk-close              risk-closed       POST   302  403  409  409  403  403  403  404
risk-reopen             risk-closed       POST   302  403  302  302  403  403  403  404
risk-prove              risk              POST   302  403  302  302  403  403  403  404
"""


def _file() -> dict[str, Any]:
    return {"evidence": SimpleUploadedFile("anh.txt", b"Anh chup bien ban")}


def _action(p: Any) -> dict[str, Any]:
    return {"title": "Báo mẫu mới", "unit": p.world.units[TRADE].pk, "due": "20/12/2026", "products": "Thông báo"}


def _raise(p: Any, t: str) -> dict[str, Any]:
    unit = p.world.units[TRADE].pk
    return {"title": "Mẫu cũ", "text": "Còn 3 phiếu", "unit": unit, "grade": "minor", "source": "work"}


def _risk(p: Any) -> dict[str, Any]:
    return {"title": "Thiếu người trực", "unit": p.world.units[TRADE].pk, "treatment": "reduce", "review_months": "6"}


_RATING = {"likelihood": "2", "severity": "3"}
DATA: Data = {
    "nonconformity-raise": _raise,
    "nonconformity-edit": lambda p, t: {"title": "Mẫu cũ", "text": "Còn 4 phiếu", "grade": "major"},
    "nonconformity-correct": lambda p, t: {"correction": "Thu hồi mẫu cũ", "on": f"{TODAY:%d/%m/%Y}"},
    "nonconformity-analyse": lambda p, t: {"cause": "Không ai báo", "check_after_days": "10"},
    "nonconformity-order": lambda p, t: _action(p),
    "nonconformity-waive": lambda p, t: {"reason": "Chỉ xảy ra một lần"},
    "nonconformity-judge": lambda p, t: {"effective": "yes", "note": "Không còn mẫu cũ"},
    "nonconformity-cancel": lambda p, t: {"reason": "Đúng quy định"},
    "nonconformity-link": lambda p, t: {"earlier": Nonconformity.objects.get(pk=p.keys["kph open"]).code},
    "nonconformity-prove": lambda p, t: _file(),
    "risk-identify": lambda p, t: {**_risk(p), **_RATING},
    "risk-scales": lambda p, t: {
        "kind": "risk", "likelihood": "Hiếm\nÍt\nVừa\nNhiều", "severity": "Nhẹ\nVừa\nNặng\nRất nặng",
        "medium_from": "4", "high_from": "9",
    },
    "risk-edit": lambda p, t: _risk(p),
    "risk-review": lambda p, t: {**_RATING, "review_months": "3"},
    "risk-order": lambda p, t: _action(p),
    "risk-close": lambda p, t: {"reason": "Đã có người thay"},
    "risk-reopen": lambda p, t: {"reason": "Lại thiếu người"},
    "risk-prove": lambda p, t: _file(),
}  # fmt: skip
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE: set[str] = {"nonconformity-form", "risk-sheet"}
SILENT: dict[str, str] = {}
DUE = dt.date(2026, 12, 20)


def _known(place: Any) -> Nonconformity:
    world = place.world
    found = nonconformity.raise_nonconformity(
        world.agency, world.an, TODAY, source="work", title="Sổ theo dõi bỏ trống", text="5 dòng không ký",
        unit=world.units[TRADE],
    )  # fmt: skip
    correcting.correct(found, world.binh, TODAY, correction="Ký bổ sung")
    return correcting.analyse(
        found, world.binh, TODAY, cause="Không ai được phân công", check_after_days=0,
        whys=[{"why": "Vì sao bỏ trống?", "because": "Không ai nhớ"}], fishbone={"people": ["Người mới"]},
    )  # fmt: skip


def _acting(place: Any, *, done: bool) -> Nonconformity:
    found, world = _known(place), place.world
    action = correcting.order(
        found, world.binh, TODAY, title="Phân công người ký sổ", unit=world.units[TRADE], due=DUE, accountable=world.an
    )
    if done:
        Task.objects.filter(pk=action.task_id).update(completed_on=TODAY)
    return found


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    world, k = place.world, place.keys
    cycle, made = YearCycle.objects.get_or_create(agency=world.agency, year=TODAY.year, defaults={"plan": place.plan})
    raised = nonconformity.raise_nonconformity(
        world.agency,
        world.an,
        TODAY,
        source="work",
        title="Còn dùng biểu mẫu cũ",
        text="3 phiếu",
        unit=world.units[TRADE],
    )
    judged, closed = _acting(place, done=True), _acting(place, done=True)
    for one in (judged, closed):
        effect.judge(one, world.hoa, TODAY, effective=True, note="Đã xem sổ")
    effect.close(closed, world.chi, TODAY)
    k |= {
        "kph open": raised.pk, "kph known": _known(place).pk, "kph acting": _acting(place, done=False).pk,
        "kph done": _acting(place, done=True).pk, "kph judged": judged.pk, "kph closed": closed.pk,
    }  # fmt: skip
    said = {"kind": "risk", "unit": world.units[TRADE], "likelihood": 2, "severity": 3}
    k["risk"] = risks.identify(world.agency, world.binh, TODAY, title="Trễ hạn hồ sơ", **said).pk
    gone = risks.identify(world.agency, world.binh, TODAY, title="Mất điện", **said)
    k["risk closed"] = risks.close(gone, world.binh, TODAY, "Đã có máy phát").pk
    target = Indicator.objects.filter(agency=world.agency).order_by("pk").first()
    k["kph indicator"] = target.pk if target else 0
    if made:
        # The public copy of the objectives leaves out the cycle's plan, and `feedback` makes that copy from this plan;
        # `reviews`, which comes after it, takes the plan as the cycle again.
        cycle.delete()
