"""What the quality room's part "people" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

from typing import Any

from sauro.quality.services import committee, competence, training
from sauro.testing import OFFICE, TODAY
from tests.quality.kinds import Data

#  URL                  object            method   –   an binh  chi dung giang hoa  la
TABLE = """
competence              -                 GET    302  200  200  200  200  200  200  200
committee-paper         -                 GET    302  200  200  200  200  200  200  200
responsibility-list     -                 GET    302  200  200  200  200  200  200  200
competence-matrix       -                 GET    302  200  200  200  200  200  200  200
training-list           -                 GET    302  200  200  200  200  200  200  200
committee-appoint       -                 GET    302  403  403  200  403  403  403  200
committee-appoint       -                 POST   302  403  403  302  403  403  403  422
responsibility-add      -                 GET    302  403  403  200  403  403  403  200
responsibility-add      -                 POST   302  403  403  302  403  403  403  302
competence-add          -                 GET    302  403  403  200  403  403  403  200
competence-add          -                 POST   302  403  403  302  403  403  403  302
training-add            -                 GET    302  403  403  200  403  403  403  200
training-add            -                 POST   302  403  403  302  403  403  403  422
committee-release       member            GET    302  403  403  200  403  403  403  404
committee-release       member            POST   302  403  403  302  403  403  403  404
responsibility          position          GET    302  403  403  200  403  403  403  404
responsibility          position          POST   302  403  403  302  403  403  403  404
responsibility-paper    position          GET    302  200  200  200  200  200  200  404
competence-edit         skill             GET    302  403  403  200  403  403  403  404
competence-edit         skill             POST   302  403  403  302  403  403  403  404
training-edit           training          GET    302  403  403  200  403  403  403  404
training-edit           training          POST   302  403  403  302  403  403  403  404
competence-end          skill             POST   302  403  403  302  403  403  403  404
competence-judge        person            GET    302  403  200  200  403  200  403  404
competence-judge        person            POST   302  403  302  302  403  302  403  404
training                training          GET    302  200  200  200  200  200  200  404
training                training-held     GET    302  200  200  200  200  200  200  404
training-paper          training-held     GET    302  200  200  200  200  200  200  404
training-invite         training          POST   302  403  403  302  403  302  403  404
training-hold           training          POST   302  403  403  302  403  302  403  404
training-evaluate       training-held     POST   302  403  403  302  403  302  403  404
training-cancel         training          POST   302  403  403  302  403  302  403  404
"""
DAY = f"{TODAY:%d/%m/%Y}"


def _course(p: Any) -> dict[str, Any]:
    return {"year": "2026", "title": "Nhận thức ISO 9001", "unit": p.world.units[OFFICE].pk, "planned_on": DAY}


DATA: Data = {
    "committee-appoint": lambda p, t: {
        "person": p.world.an.pk,
        "role": "member",
        "decision": "12/QĐ-SCT",
        "since": DAY,
    },
    "committee-release": lambda p, t: {"decision": "13/QĐ-SCT", "until": DAY},
    "responsibility-add": lambda p, t: {"position": "Thư ký ISO", "responsibilities": "Lưu hồ sơ", "order": "1"},
    "responsibility": lambda p, t: {"position": "QMR", "responsibilities": "Khác", "order": "1"},
    "competence-add": lambda p, t: {"name": "Đánh giá nội bộ", "level": "3"},
    "competence-edit": lambda p, t: {"name": "Soạn thảo văn bản hành chính", "level": "2"},
    "competence-judge": lambda p, t: {f"level-{p.keys['skill']}": "3"},
    "training-add": lambda p, t: _course(p),
    "training-edit": lambda p, t: _course(p) | {"title": "Khác"},
    "training-invite": lambda p, t: {"person": p.world.dung.pk},
    "training-hold": lambda p, t: {"held_on": DAY, "attended": p.world.an.pk},
    "training-evaluate": lambda p, t: {f"effect-{p.world.an.pk}": "4"},
    "training-cancel": lambda p, t: {"reason": "Chưa có kinh phí"},
}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE = {"committee-paper", "responsibility-paper", "training-paper"}
SILENT: dict[str, str] = {}


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    world, k = place.world, place.keys
    made = (world.agency, world.chi)
    k["member"] = committee.appoint(*made, world.giang, "head", decision="1/QĐ-SCT", since=TODAY).pk
    values = {"position": "QMR", "responsibilities": "Báo cáo lãnh đạo", "order": 1}
    k["position"] = committee.save_responsibility(*made, TODAY, values).pk
    k["skill"] = competence.save(*made, {"name": "Soạn thảo văn bản", "level": 2}).pk
    plan = {"year": 2026, "title": "Nhận thức ISO", "unit": world.units[OFFICE], "planned_on": TODAY}
    open_one, held = training.save(*made, plan), training.save(*made, plan | {"title": "Đánh giá viên nội bộ"})
    for one in (open_one, held):
        training.invite(one, world.chi, [world.an, world.binh])
    training.hold(held, world.chi, TODAY, held_on=TODAY, attended=[world.an.pk])
    k |= {"training": open_one.pk, "training held": held.pk}
