"""What the quality room's part "documents" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sauro.documents.control import approval, drafts, register
from sauro.documents.control.classes import ensure_classes, save_class
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.files.services import open_stored
from sauro.files.tests.authority import Authority
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE
from tests.quality.kinds import Data

CONTENT: dict[str, Any] = {
    "purpose": "Thống nhất cách tiếp nhận hồ sơ.",
    "steps": [
        {"name": "Tiếp nhận", "who": "Bộ phận Một cửa", "how_long": "0,5 ngày", "form": "BM.01"},
        {"name": "Thẩm định", "who": "Chuyên viên", "how_long": "3 ngày", "form": "BM.02"},
    ],
}

TABLE = """
to-read                 -                 GET    302  200  200  200  200  200  200  200
controlled-list         -                 GET    302  200  200  200  200  200  200  200
controlled-obsolete     -                 GET    302  200  200  200  200  200  200  200
acknowledgement-list    -                 GET    302  200  200  200  200  200  200  200
class-list              -                 GET    302  200  200  200  200  200  200  200
class-list              -                 POST   302  403  403  302  403  403  403  302
class-edit              class-procedures  GET    302  403  403  200  403  403  403  404
class-edit              class-procedures  POST   302  403  403  302  403  403  403  404
class-remove            class-free        POST   302  403  403  302  403  403  403  404
controlled-add          -                 GET    302  200  200  200  200  403  403  200
controlled-add          -                 POST   302  302  302  302  422  403  403  422
controlled              controlled        GET    302  200  200  200  200  200  200  404
controlled              controlled-draft  GET    302  200  200  200  200  200  200  404
controlled              controlled-ended  GET    302  200  200  200  200  200  200  404
controlled-edit         controlled        GET    302  403  403  200  403  403  403  404
controlled-edit         controlled        POST   302  403  403  302  403  403  403  404
controlled-start        controlled        POST   302  302  302  302  403  403  403  404
controlled-end          controlled        POST   302  403  403  403  403  302  403  404
controlled-review       controlled        POST   302  403  302  302  403  403  403  404
controlled-compare      controlled-draft  GET    302  200  200  200  200  200  200  404
version                 version-in-force  GET    302  200  200  200  200  200  200  404
version                 version-draft     GET    302  200  200  200  200  200  200  404
version-edit            version-draft     GET    302  200  200  200  403  403  403  404
version-edit            version-draft     POST   302  302  302  302  403  403  403  404
version-edit            version-checking  GET    302  302  302  302  302  302  302  404
version-save            version-draft     POST   302  200  200  200  403  403  403  404
version-send            version-draft     POST   302  302  302  302  403  403  403  404
version-take-back       version-checking  POST   302  302  302  302  403  403  403  404
version-check           version-checking  POST   302  403  302  302  403  403  403  404
version-return          version-checking  POST   302  403  302  302  403  403  403  404
version-drop            version-draft     POST   302  302  302  302  403  403  403  404
version-approve         version-checked   GET    302  403  403  403  403  200  403  404
version-approve         version-checked   POST   302  403  403  403  403  302  403  404
version-give            version-in-force  POST   302  403  403  302  403  403  403  404
version-read            version-in-force  POST   302  302  302  302  302  302  302  404
version-remind          version-in-force  POST   302  403  403  302  403  403  403  404
version-sign            version-in-force  GET    302  403  403  403  403  200  403  404
version-sign            version-in-force  POST   302  403  403  403  403  422  403  404
version-signed-upload   version-in-force  POST   302  403  403  403  403  302  403  404
version-word            version-draft     GET    302  200  200  200  200  200  200  404
version-pdf             version-in-force  GET    302  200  200  200  200  200  200  404
version-signed          version-in-force  GET    302  404  404  404  404  404  404  404
version-attached        version-draft     GET    302  404  404  404  404  404  404  404
"""


def _form(place: Any, _thing: str) -> dict[str, Any]:
    keys = place.keys
    named = {"code": "QT.77", "title": "Quy trình mới", "cls": keys["class procedures"], "unit": keys["unit"]}
    return {**named, "clauses": "7.5", "review_kind": "since_last", "review_months": "12"}


def _typed(_place: Any, _thing: str) -> dict[str, Any]:
    return {"version": 1, "purpose": "Đã viết lại.", "steps-0-name": "Tiếp nhận", "summary": "Rút gọn"}


DATA: Data = {
    "class-list": lambda p, t: {"code": "SD", "name": "Sơ đồ"},
    "class-edit": lambda p, t: {"name": "Quy trình nội bộ", "kind": "procedure", "review_months": "6"},
    "controlled-add": _form,
    "controlled-edit": _form,
    "controlled-end": lambda p, t: {"reason": "Gộp vào quy trình khác"},
    "controlled-review": lambda p, t: {"outcome": "kept", "note": "Còn phù hợp"},
    "version-edit": _typed,
    "version-save": _typed,
    "version-return": lambda p, t: {"reason": "Thiếu biểu mẫu"},
    "version-drop": lambda p, t: {"reason": "Không cần nữa"},
    "version-approve": lambda p, t: {"effective_on": "30/11/2026", "everyone": "on", "days": "7"},
    "version-give": lambda p, t: {"units": [p.world.units[INDUSTRY].pk], "days": "5"},
    "version-signed-upload": lambda p, t: {"tep": SimpleUploadedFile("ky.pdf", p.keys["signed pdf"])},
}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE: set[str] = {"version-word", "version-pdf", "version-signed", "version-attached"}
SILENT: dict[str, str] = {
    "version-save": "a draft saves itself every second; that a person began to write in it is in the ledger",
    "version-edit": "a draft saves itself every second; that a person began to write in it is in the ledger",
}


def _make(place: Any, code: str, title: str) -> DocumentedInformation:
    world = place.world
    cls = ensure_classes(world.agency)["QT"]
    return register.register(cls, world.chi, code=code, title=title, unit=world.units[TRADE], clauses=["8.5.1"])


def _checked(place: Any, document: DocumentedInformation, until: str) -> DocumentVersion:
    world = place.world
    version = drafts.start_version(document, world.an, content=CONTENT)
    version = drafts.save_draft(version, world.an, {**CONTENT, "scope": "Toàn Sở."}, summary="Thêm phạm vi")
    if until == "draft":
        return version
    version = drafts.send(version, world.an)
    return version if until == "checking" else approval.check(version, world.binh)


def make(place: Any) -> None:
    """A document in force, one with a draft beside, one ended, and a version in each state on its way."""
    world, keys = place.world, place.keys
    units = [world.units[TRADE], world.units[OFFICE]]
    in_force = _make(place, "QT.01", "Tiếp nhận hồ sơ")
    current = approval.approve(_checked(place, in_force, "checked"), world.giang, TODAY, TODAY, units=units)
    with_draft = _make(place, "QT.02", "Thẩm định hồ sơ")
    approval.approve(_checked(place, with_draft, "checked"), world.giang, TODAY, TODAY, units=units)
    ended = _make(place, "QT.03", "Lưu trữ hồ sơ giấy")
    register.make_obsolete(ended, world.chi, TODAY, "Không dùng hồ sơ giấy nữa")
    keys |= {
        "controlled": in_force.pk,
        "controlled draft": with_draft.pk,
        "controlled ended": ended.pk,
        "version in force": current.pk,
        "version draft": _checked(place, with_draft, "draft").pk,
        "version checking": _checked(place, _make(place, "QT.04", "Trả kết quả"), "checking").pk,
        "version checked": _checked(place, _make(place, "QT.05", "Giải quyết khiếu nại"), "checked").pk,
        "class procedures": in_force.cls_id,
        "class free": save_class(world.agency, world.chi, "SK", {"name": "Sổ"}).pk,
    }
    with open_stored(current.pdf) as frozen:
        keys["signed pdf"] = Authority("CA thử của tài liệu").sign(frozen.read(), world.giang.full_name)
