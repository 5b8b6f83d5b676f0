"""Documents in each state, for the tests of what can be done to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.documents.control import approval, drafts
from sauro.documents.control import register as master
from sauro.documents.control.classes import ensure_classes
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.testing import TODAY, TRADE, World

CONTENT: dict[str, Any] = {
    "purpose": "Quy định cách tiếp nhận hồ sơ.",
    "scope": "Các phòng thuộc Sở.",
    "steps": [
        {"name": "Tiếp nhận", "who": "Bộ phận một cửa", "how_long": "0,5 ngày", "form": "BM.01", "text": ""},
        {"name": "Thẩm định", "who": "Chuyên viên", "how_long": "3 ngày", "form": "BM.02", "text": ""},
    ],
}


def make_document(
    world: World, code: str = "QT.01", title: str = "Tiếp nhận hồ sơ", *, cls: str = "QT", unit: str = TRADE
) -> DocumentedInformation:
    """A document of the unit (by default that of `an` and `binh`) on the master list, with nothing written."""
    classes = ensure_classes(world.agency)
    return master.register(classes[cls], world.chi, code=code, title=title, unit=world.units[unit])


def make_version(
    world: World,
    state: str = "draft",
    *,
    document: DocumentedInformation | None = None,
    day: dt.date = TODAY,
    today: dt.date = TODAY,
    **content: Any,
) -> DocumentVersion:
    """A version written by `an`, brought to the state by the verbs that lead there; `day`: that of its effect."""
    document = document or make_document(world)
    version = drafts.start_version(document, world.an)
    if state == "dropped":
        return drafts.drop(version, world.an, today, "Không cần nữa")
    version = drafts.save_draft(version, world.an, {**CONTENT, **content}, summary="Sửa bước 2")
    if state == "draft":
        return version
    version = drafts.send(version, world.an)
    if state == "checking":
        return version
    version = approval.check(version, world.binh)
    if state == "checked":
        return version
    effective = today + dt.timedelta(days=10) if state == "approved" and day == today else day
    version = approval.approve(version, world.giang, today, effective)
    if state == "superseded":
        make_version(world, "in_force", document=document, day=day, today=today, scope="Toàn Sở.")
        version.refresh_from_db()
    return version
