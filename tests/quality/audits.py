"""What the quality room's part "audits" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sauro.quality.models import Audit
from sauro.quality.services import audits
from sauro.quality.tests.audit_parts import answer_all, plan_of, team
from sauro.testing import TODAY, TRADE
from tests.quality.kinds import Data

TABLE = """
audit-list              -                 GET    302  200  200  200  200  200  200  200
finding-list            -                 GET    302  200  200  200  200  200  200  200
audit-programme-open    -                 GET    302  403  403  200  403  403  403  200
audit-programme-open    -                 POST   302  403  403  302  403  403  403  302
audit-programme         programme         GET    302  200  200  200  200  200  200  404
audit-programme-edit    programme-new     GET    302  403  403  200  403  403  403  404
audit-programme-edit    programme-new     POST   302  403  403  302  403  403  403  404
audit-programme-approve programme-new     POST   302  403  403  403  403  302  403  404
audit-programme-reopen  programme         POST   302  403  403  403  403  302  403  404
audit-programme-docx    programme         GET    302  200  200  200  200  200  200  404
audit-report-docx       programme         GET    302  200  200  200  200  200  200  404
audit-plan              programme         GET    302  403  403  200  403  403  403  404
audit-plan              programme         POST   302  403  403  302  403  403  403  404
audit                   audit-planned     GET    302  200  200  200  200  200  200  404
audit                   audit-walking     GET    302  200  200  200  200  200  200  404
audit                   audit-reported    GET    302  200  200  200  200  200  200  404
audit-edit              audit-planned     GET    302  403  403  200  403  403  403  404
audit-edit              audit-planned     POST   302  403  403  302  403  403  403  404
audit-team              audit-planned     GET    302  403  403  200  403  403  403  404
audit-team              audit-planned     POST   302  403  403  302  403  403  403  404
audit-notify            audit-planned     POST   302  403  403  302  403  403  302  404
audit-cancel            audit-planned     POST   302  403  403  302  403  403  403  404
audit-start             audit-notified    POST   302  403  403  403  302  403  302  404
audit-report            audit-answered    POST   302  403  403  403  403  403  302  404
audit-close             audit-clean       POST   302  403  403  302  403  403  302  404
audit-plan-docx         audit-planned     GET    302  200  200  200  200  200  200  404
audit-checklist-docx    audit-walking     GET    302  403  403  200  200  200  200  404
audit-minutes-docx      audit-reported    GET    302  200  200  200  200  200  200  404
audit-checklist         audit-walking     GET    302  403  403  200  200  200  200  404
audit-checklist-build   audit-planned     POST   302  403  403  302  302  403  302  404
audit-question-add      audit-planned     POST   302  403  403  302  302  403  302  404
audit-question          item-new          POST   302  403  403  302  302  403  302  404
audit-walk              audit-walking     GET    302  403  403  200  200  200  200  404
audit-answer            item-open         POST   302  403  403  403  302  403  302  404
audit-find              audit-walking     POST   302  403  403  403  302  403  302  404
finding                 finding-seen      GET    302  200  200  200  200  200  200  404
finding                 finding-new       GET    302  403  403  200  200  200  200  404
finding-edit            finding-new       POST   302  403  403  403  302  403  302  404
finding-withdraw        finding-new       POST   302  403  403  403  302  403  302  404
finding-photo           finding-new       POST   302  403  403  403  302  403  302  404
finding-order           finding-seen      POST   302  403  403  302  403  403  302  404
"""


def _plan(place: Any, thing: str) -> dict[str, Any]:
    return {
        "unit": place.world.units[TRADE].pk,
        "starts_on": "14/12/2026",
        "ends_on": "15/12/2026",
        "clauses": ["8.5.1"],
        "lead": place.world.hoa.pk,
        "auditors": [place.world.dung.pk],
    }


DATA: Data = {
    "audit-programme-open": lambda p, t: {"year": "2029", "purpose": "Xem hệ thống có còn hiệu lực"},
    "audit-programme-edit": lambda p, t: {"purpose": "Mục đích đã sửa"},
    "audit-programme-reopen": lambda p, t: {"ly_do": "Thêm Văn phòng Sở"},
    "audit-plan": _plan,
    "audit-edit": _plan,
    "audit-team": lambda p, t: {"lead": p.world.giang.pk, "ly_do": "Bận công tác"},
    "audit-cancel": lambda p, t: {"ly_do": "Sáp nhập đơn vị"},
    "audit-report": lambda p, t: {"summary": "Cơ bản phù hợp."},
    "audit-question-add": lambda p, t: {"question": "Tủ hồ sơ để ở đâu?"},
    "audit-question": lambda p, t: {"viec": "sua", "question": "Ai giữ chìa khóa?"},
    "audit-answer": lambda p, t: {"answer": "conforms", "note": "Đủ"},
    "audit-find": lambda p, t: {"grade": "minor", "clause": "8.6", "text": "Thiếu chữ ký."},
    "finding-edit": lambda p, t: {"grade": "observation", "text": "Đã xem lại.", "clause": "8.6"},
    "finding-withdraw": lambda p, t: {"ly_do": "Nhầm hồ sơ"},
    "finding-photo": lambda p, t: {"anh": SimpleUploadedFile("Phieu.txt", b"Anh chup phieu kiem soat")},
    "finding-order": lambda p, t: {"title": "Dán nhãn", "unit": p.world.units[TRADE].pk, "due": "31/12/2026"},
}
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN: set[str] = set()
NO_PAGE: set[str] = {
    "audit-programme-docx", "audit-report-docx", "audit-plan-docx", "audit-checklist-docx", "audit-minutes-docx",
}  # fmt: skip
SILENT: dict[str, str] = {}


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    w, k = place.world, place.keys
    old = audits.open_programme(w.agency, w.chi, 2026, purpose="Xem hệ thống có phù hợp, hiệu lực hay không.")
    new = audits.open_programme(w.agency, w.chi, 2027, purpose="Xem hệ thống có phù hợp, hiệu lực hay không.")
    day = dt.date(2027, 3, 1)
    audits.plan_audit(new, w.chi, plan_of(w, starts_on=day, ends_on=day), team(w))
    made = {
        name: audits.plan_audit(old, w.chi, plan_of(w, starts_on=TODAY, ends_on=TODAY, clauses=["10.2"]), team(w))
        for name in ("planned", "notified", "walking", "answered", "clean", "reported")
    }
    audits.approve_programme(old, w.giang, TODAY)
    for name, audit in made.items():
        audits.add_question(audit, w.hoa, "Hồ sơ lưu ở đâu?", clause="7.5.3")
        if name != "planned":
            audits.notify_unit(audit, w.chi, TODAY)
        if name not in ("planned", "notified"):
            audits.start_audit(audit, w.hoa, TODAY)
        if name in ("answered", "clean", "reported"):
            answer_all(audit, w.hoa)
        k[f"audit {name}"] = audit.pk
    seen = audits.raise_finding(
        Audit.objects.get(pk=made["reported"].pk), w.hoa, grade="observation", text="Tủ chưa dán nhãn."
    )
    for name in ("clean", "reported"):
        audits.report_audit(made[name], w.hoa, TODAY, summary="Cơ bản phù hợp.")
    found = audits.raise_finding(made["walking"], w.dung, grade="minor", clause="7.5.3", text="Thiếu ngày nhận.")
    k |= {
        "programme": old.pk,
        "programme new": new.pk,
        "item new": made["planned"].items.get().pk,
        "item open": made["walking"].items.get().pk,
        "finding seen": seen.pk,
        "finding new": found.pk,
    }
