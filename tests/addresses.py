"""What each address answers to whom: the table that the walk over the site is held against.

One line an address, method and object: the name of the URL, the object (see `PLACES`), GET or POST, and the status
for: nobody signed in; `an` officer; `binh` head of the same unit; `chi` ISO secretary; `dung` officer of another unit;
`giang` leader; `hoa` auditor; `la` ISO secretary of another agency. An address that has no line for a method answers
405 to it, to whoever is signed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sauro.files.tests.test_signatures import Authority
from sauro.testing import PASSWORD
from sauro.writing.report import standard_template
from tests.place import PDF, TEXT, Place
from tests.quality import PARTS

PEOPLE = ("", "an", "binh", "chi", "dung", "giang", "hoa", "la")

#  URL                  object            method   –   an binh  chi dung giang hoa  la
TABLE = """
home                    -                 GET    302  200  200  200  200  200  200  200
remind                  -                 POST   302  302  302  403  302  302  403  302
notice-list             -                 GET    302  200  200  200  200  200  200  200
notices-read            -                 POST   302  302  302  302  302  302  302  302
notice                  notice            POST   302  404  302  404  404  404  404  404
search                  -                 GET    302  200  200  200  200  200  200  200

overview                -                 GET    302  403  403  200  403  200  403  200
overview-pdf            -                 GET    302  403  403  200  403  200  403  200
warning-list            -                 GET    302  403  403  200  403  200  403  200

task-list               -                 GET    302  200  200  200  200  200  200  200
task                    task-open         GET    302  200  200  200  200  200  200  404
task                    task-done         GET    302  200  200  200  200  200  200  404
task                    task-child        GET    302  200  200  200  200  200  200  404
task-assign             task-open         GET    302  403  200  403  403  200  403  404
task-assign             task-open         POST   302  403  302  403  403  302  403  404
task-assign             task-next-door    GET    302  403  403  403  403  200  403  404
task-edit               task-open         GET    302  403  200  200  403  403  403  404
task-edit               task-open         POST   302  403  302  302  403  403  403  404
task-edit               task-next-door    POST   302  403  403  302  403  403  403  404
task-split              task-open         GET    302  403  200  403  403  403  403  404
task-split              task-open         POST   302  403  302  403  403  403  403  404
task-complete           task-child        GET    302  403  200  403  403  200  403  404
task-complete           task-child        POST   302  403  302  403  403  302  403  404
task-complete           task-open         POST   302  403  409  403  403  409  403  404
task-complete           task-lasting      POST   302  403  409  403  403  409  403  404
task-reopen             task-done         GET    302  403  200  403  403  200  403  404
task-reopen             task-done         POST   302  403  302  403  403  302  403  404
task-change             task-open         GET    302  403  200  200  403  403  403  404
task-change             task-open         POST   302  403  302  302  403  403  403  404
change-list             -                 GET    302  200  200  200  200  200  200  200
change                  change            GET    302  200  200  200  200  200  200  404
change-gather           change            POST   302  403  403  302  403  403  403  404
change-refuse           change            POST   302  403  403  403  403  302  403  404
change-withdraw         change            POST   302  403  302  302  403  403  403  404
changes-approve         -                 POST   302  403  403  403  403  302  403  404
change-decision         plan              GET    302  200  200  200  200  200  200  404

plan-list               -                 GET    302  200  200  200  200  200  200  200
plan                    plan              GET    302  200  200  200  200  200  200  404
plan-file               plan-docx         GET    302  200  200  200  200  200  200  404
plan-file               plan-xlsx         GET    302  200  200  200  200  200  200  404
plan-file               plan-pdf          GET    302  404  404  404  404  404  404  404
ratings                 plan              GET    302  200  200  200  200  200  200  404
rating                  rating            GET    302  200  200  200  200  200  200  404
rating                  rating            POST   302  403  403  302  403  302  403  404
rating                  rating-signed     GET    302  200  200  200  200  200  200  404
rating                  rating-signed     POST   302  409  409  409  409  409  409  404
ratings-sign            ratings-whole     POST   302  403  403  403  403  302  403  404
ratings-withdraw        ratings-signed    POST   302  403  403  403  403  302  403  404
tracking-form           form-docx         GET    302  200  200  200  200  200  200  404
tracking-form           form-pdf          GET    302  200  200  200  200  200  200  404
tracking-form           form-xlsx         GET    302  404  404  404  404  404  404  404
plan-revision           revision          GET    302  200  200  200  200  200  200  404
target-list             -                 GET    302  200  200  200  200  200  200  200
budget-list             -                 GET    302  200  200  200  200  200  200  200
objective-list          -                 GET    302  200  200  200  200  200  200  200
completeness            -                 GET    302  200  200  200  200  200  200  200
target                  target            GET    302  200  200  200  200  200  200  404
target                  target-share      GET    302  200  200  200  200  200  200  404
target-figures          target            POST   302  302  302  302  403  403  403  404
target-setup            target            GET    302  403  403  200  403  403  403  404
target-setup            target            POST   302  403  403  302  403  403  403  404
task-depth              task-open         GET    302  403  200  200  403  403  403  404
task-large              task-open         POST   302  403  302  302  403  403  403  404
task-waits              task-open         POST   302  403  302  302  403  403  403  404
task-budget             task-open         POST   302  403  302  302  403  403  403  404
task-measures           task-open         POST   302  403  302  302  403  403  403  404
unit-tree               -                 GET    302  200  200  200  200  200  200  200
unit                    unit              GET    302  200  200  200  200  200  200  404

document-list           -                 GET    302  200  200  200  200  200  200  200
document                document          GET    302  200  200  200  200  200  200  404
document-file           document          GET    302  200  200  200  200  200  200  404
reading-list            -                 GET    302  200  200  200  200  200  200  200
reading-refused         -                 GET    302  200  200  200  200  200  200  200
document-upload         -                 POST   302  403  403  302  403  302  403  302
reading-review          reading-ready     GET    302  404  404  200  404  200  404  404
reading-review          reading-queued    GET    302  404  404  200  404  200  404  404
reading-review          reading-failed    GET    302  404  404  200  404  200  404  404
reading-review          reading-adopted   GET    302  404  404  302  404  302  404  404
reading-progress        reading-queued    GET    302  404  404  200  404  200  404  404
reading-item            reading-item      GET    302  404  404  200  404  200  404  404
reading-file            reading-ready     GET    302  404  404  200  404  200  404  404
reading-units           reading-ready     GET    302  404  404  200  404  200  404  404
reading-save            reading-ready     POST   302  404  404  302  404  302  404  404
reading-answer          reading-doubtful  POST   302  404  404  302  404  302  404  404
reading-tasks           reading-ready     POST   302  404  404  302  404  302  404  404
reading-items           reading-ready     POST   302  404  404  302  404  302  404  404
reading-discard         reading-ready     POST   302  404  404  302  404  302  404  404
reading-adopt           reading-ready     POST   302  404  404  302  404  302  404  404
reading-adopt           reading-doubtful  POST   302  404  404  409  404  409  404  404
reading-amend           reading-amending  GET    302  404  404  200  404  200  404  404
reading-amend           reading-amending  POST   302  404  404  302  404  302  404  404

calendar                -                 GET    302  200  200  200  200  200  200  200
calendar-renew          -                 POST   302  302  302  302  302  302  302  302
calendar-feed           token             GET    200  200  200  200  200  200  200  200
calendar-feed           token-of-nobody   GET    404  404  404  404  404  404  404  404
duty                    duty-plan         GET    302  200  200  200  200  200  200  404
duty                    duty-plan         POST   302  302  302  403  403  403  403  404
duty                    duty-milestone    POST   302  302  302  403  403  403  403  404
duty                    duty-task         POST   302  409  409  403  403  403  403  404
days-off                -                 GET    302  200  200  200  200  200  200  200
days-off-add            -                 POST   302  403  403  302  403  403  403  302
days-off-propose        -                 POST   302  403  403  302  403  403  403  302
days-off-confirm        -                 POST   302  403  403  302  403  403  403  302
days-off-remove         -                 POST   302  403  403  302  403  403  403  302

report-start            task-open         POST   302  302  302  302  403  403  403  404
report-start            task-next-door    POST   302  403  403  403  302  403  403  404
report-start            task-done         POST   302  302  302  302  302  302  302  404
duty-report             duty-plan         GET    302  302  302  403  403  403  403  404
duty-report             duty-called       GET    302  302  302  403  403  403  403  404
report-withdraw         report-sent       POST   302  302  302  403  403  403  403  404
round-sheet             round-called      GET    302  200  200  200  200  200  200  404
round-sheet             round-called      POST   302  302  302  302  302  302  302  404
round-sheet-row         row-called        POST   302  200  200  404  404  404  404  404
round-sheet-file        round-called      GET    302  200  200  200  200  200  200  404
round-sheet-upload      round-called      POST   302  422  422  422  422  422  422  404
report-list             -                 GET    302  200  200  200  200  200  200  200
report                  report-draft      GET    302  200  404  404  404  404  404  404
report                  report-sent       GET    302  200  200  200  200  200  200  404
report                  report-draft      POST   302  302  404  404  404  404  404  404
report                  report-sent       POST   302  302  302  404  404  404  404  404
report-save             report-draft      POST   302  200  404  404  404  404  404  404
report-choose           report-draft      POST   302  302  404  404  404  404  404  404
report-submit           report-draft      POST   302  302  404  404  404  404  404  404
report-evidence         report-draft      POST   302  302  404  404  404  404  404  404
evidence                evidence-draft    GET    302  200  404  404  404  404  404  404
evidence                evidence-sent     GET    302  200  200  200  200  200  200  404
evidence-list           -                 GET    302  200  200  200  200  200  200  200
evidence-page           evidence-sent     GET    302  200  200  200  200  200  200  404
evidence-page           evidence-draft    GET    302  200  404  404  404  404  404  404
evidence-preview        evidence-image    GET    302  200  200  200  200  200  200  404
evidence-check          evidence-sent     POST   302  403  403  302  403  403  403  404
evidence-replace        evidence-draft    POST   302  302  404  404  404  404  404  404
report-link             report-draft      POST   302  302  404  404  404  404  404  404
authority-list          -                 GET    302  403  403  200  403  403  403  200
authority-add           -                 POST   302  403  403  302  403  403  403  302
authority-remove        authority         POST   302  403  403  302  403  403  403  404

round-list              -                 GET    302  200  200  200  200  200  200  200
round-call              -                 GET    302  403  403  200  403  403  403  200
round-call              -                 POST   302  403  403  302  403  403  403  422
round                   round-gathered    GET    302  200  200  200  200  200  200  404
round                   round-locked      GET    302  200  200  200  200  200  200  404
round-gathered          round-gathered    GET    302  200  200  200  200  200  200  404
round-unit              round-unit        GET    302  200  200  200  200  200  200  404
round-edit              round-gathered    GET    302  403  403  200  403  403  403  404
round-edit              round-gathered    POST   302  403  403  302  403  403  403  404
round-edit              round-locked      POST   302  403  403  409  403  403  403  404
round-accept            round-gathered    POST   302  403  403  302  403  403  403  404
round-return            round-gathered    POST   302  403  403  302  403  403  403  404
round-remind            round-gathered    POST   302  403  403  302  403  403  403  404
round-reconcile         round-disputed    POST   302  403  403  302  403  403  403  404
round-lock              round-called      POST   302  403  403  302  403  403  403  404
round-unlock            round-locked      POST   302  403  403  302  403  302  403  404
round-outside           round-gathered    GET    302  200  200  200  200  200  200  404
round-tick              round-gathered    POST   302  403  403  302  403  403  403  404
consolidation           round-gathered    GET    302  403  403  200  403  403  403  404
consolidation-save      round-gathered    POST   302  403  403  302  403  403  403  404
consolidation-settle    round-gathered    POST   302  403  403  302  403  403  403  404
consolidation-template  round-gathered    POST   302  403  403  302  403  403  403  404
consolidation-generate  round-gathered    POST   302  403  403  302  403  403  403  404
consolidation-file      round-gathered    GET    302  403  403  200  403  200  403  404
template-list           -                 GET    302  200  200  200  200  200  200  200
template-list           -                 POST   302  403  403  302  403  403  403  302
template-standard       -                 GET    302  200  200  200  200  200  200  200
template-file           template          GET    302  200  200  200  200  200  200  404
template-preview        template          GET    302  200  200  200  200  200  200  404
template-use            template          POST   302  403  403  302  403  403  403  404

person-list             -                 GET    302  200  200  200  200  200  200  200
person-add              -                 GET    302  403  403  200  403  403  403  200
person-add              -                 POST   302  403  403  302  403  403  403  422
person                  person            GET    302  403  403  200  403  403  403  404
person                  person            POST   302  403  403  302  403  403  403  404
person-password         person            POST   302  403  403  302  403  403  403  404
person-active           person            POST   302  403  403  302  403  403  403  404
unit-register           -                 GET    302  403  403  200  403  403  403  200
unit-add                -                 GET    302  403  403  200  403  403  403  200
unit-add                -                 POST   302  403  403  302  403  403  403  422
unit-edit               unit              GET    302  403  403  200  403  403  403  404
unit-edit               unit              POST   302  403  403  302  403  403  403  404
rules                   -                 GET    302  403  403  200  403  403  403  200
call-rule-set           -                 POST   302  403  403  302  403  403  403  302
call-rule-remove        call-rule         POST   302  403  403  302  403  403  403  404
warning-rule            warning-rule      POST   302  403  403  302  403  403  403  404
letter-try              -                 POST   302  403  403  200  403  403  403  200
ledger-list             -                 GET    302  403  403  200  403  200  200  200
ledger-verify           -                 POST   302  403  403  302  403  302  302  302

login                   -                 GET    200  302  302  302  302  302  302  302
login                   -                 POST   302  302  302  302  302  302  302  302
logout                  -                 POST   302  302  302  302  302  302  302  302
set_language            -                 POST   302  302  302  302  302  302  302  302
account                 -                 GET    302  200  200  200  200  200  200  200
account                 -                 POST   302  302  302  302  302  302  302  302
account-data            -                 GET    302  200  200  200  200  200  200  200
password_change         -                 GET    302  200  200  200  200  200  200  200
password_change         -                 POST   302  302  302  302  302  302  302  302
password_change_done    -                 GET    302  200  200  200  200  200  200  200
gallery                 -                 GET    302  200  200  200  200  200  200  200
gallery                 -                 POST   302  200  200  200  200  200  200  200
"""

Row = tuple[str, str, str, tuple[int, ...]]


def rows() -> list[Row]:
    """The lines of the table: name, object, method, statuses in the order of `PEOPLE`."""
    lines = [line for table in (TABLE, *(part.TABLE for part in PARTS)) for line in table.strip().splitlines()]
    split = [line.split() for line in lines if line.strip()]
    return [(name, thing, method, tuple(map(int, answers))) for name, thing, method, *answers in split]


def place_of(place: Place, thing: str) -> dict[str, Any]:
    """The parts of the address, for `reverse`."""
    k = place.keys
    special: dict[str, dict[str, Any]] = {
        "-": {},
        "plan-docx": {"pk": k["plan"], "kind": "docx"},
        "plan-xlsx": {"pk": k["plan"], "kind": "xlsx"},
        "plan-pdf": {"pk": k["plan"], "kind": "pdf"},
        "revision": {"pk": k["plan"], "no": 2},
        "rating": {"pk": k["plan"], "month": "2026-11", "objective": k["objective"]},
        "rating-signed": {"pk": k["plan"], "month": "2026-09", "objective": k["objective"]},
        "ratings-whole": {"pk": k["plan"], "month": "2026-10"},
        "ratings-signed": {"pk": k["plan"], "month": "2026-09"},
        "form-docx": {"pk": k["plan"], "year": 2026, "half": 1, "kind": "docx"},
        "form-pdf": {"pk": k["plan"], "year": 2026, "half": 0, "kind": "pdf"},
        "form-xlsx": {"pk": k["plan"], "year": 2026, "half": 2, "kind": "xlsx"},
        "token": {"token": k["token"]},
        "survey-token": {"token": k["survey token"]},
        **{f"survey-{kind}": {"pk": k["survey"], "kind": kind} for kind in ("xlsx", "docx", "pdf")},
        "token-of-nobody": {"token": "A" * 43},
        "evidence-image": {"pk": k["evidence sent"], "no": 1},
        "row-called": {"pk": k["round called"], "duty": k["duty called"]},
        "reading-item": {"pk": k["reading ready"]},
        "round-unit": {"pk": k["round gathered"], "unit": k["unit"]},
    }
    for part in PARTS:
        special |= getattr(part, "PARTS_OF", {})
    return special[thing] if thing in special else {"pk": k[thing.replace("-", " ")]}


QUERIES = {
    "search": {"q": "thương mại"},
    "reading-item": {"mo": "tasks[0]"},
    "reading-units": {"q": "thuong mai"},
}

Data = Callable[[Place, str], dict[str, Any]]


def _amendment(place: Place, _thing: str) -> dict[str, Any]:
    shown = {"ke_hoach": place.plan.pk, "lan": place.plan.revision, "version": 1, "cach": "phan"}
    return {**shown, "lay": ["0", "1", "2", "3"]}


def _report(_place: Place, _thing: str) -> dict[str, Any]:
    words = {"version": 1, "progress": "55", "done_text": "Đã chạy thử gian hàng."}
    return {**words, "has_difficulties": "no", "has_proposals": "no"}


def _person(place: Place, _thing: str) -> dict[str, Any]:
    named = {"full_name": "Hà Thị Mới", "unit": place.keys["unit"], "post": "member", "position": "Chuyên viên"}
    return {**named, "username": "moi", "role": place.person("an").role_id, "email": ""}


DATA: dict[str, Data] = {
    "task-assign": lambda p, t: {"person": p.person("an").pk},
    "task-edit": lambda p, t: {"title": "Nội dung đã bổ sung", "products": "Báo cáo", "authority": "Giám đốc Sở"},
    "task-split": lambda p, t: {"title": "Việc con mới", "unit": p.keys["unit"], "due": "20/11/2026", "products": ""},
    "task-complete": lambda p, t: {"on": "20/11/2026"},
    "task-reopen": lambda p, t: {"reason": "Thiếu 2 doanh nghiệp."},
    "document-upload": lambda p, t: {"tep": SimpleUploadedFile("moi.txt", f"{TEXT} moi".encode())},
    "reading-save": lambda p, t: {"version": 1, "v:tasks[0].note": "Đã xem"},
    "reading-answer": lambda p, t: {"version": 1, "ngo": p.keys["doubt"], "viec": "giu"},
    "reading-tasks": lambda p, t: {"version": 1, "viec": "bo", "so": "1"},
    "reading-items": lambda p, t: {"version": 1, "viec": "them", "cho": "objectives"},
    "reading-discard": lambda p, t: {},
    "reading-adopt": lambda p, t: {"version": 1},
    "reading-amend": _amendment,
    "rating": lambda p, t: {"level": "fair", "note": "Đang khắc phục"},
    "ratings-withdraw": lambda p, t: {"reason": "Thiếu số liệu"},
    "call-rule-set": lambda p, t: {"days": "2", "side": "after", "to": "head"},
    "warning-rule": lambda p, t: {"enabled": "on", "days": "20", "percent": "40", "periods": "3"},
    "evidence-check": lambda p, t: {"ket_qua": "verified", "note": ""},
    "evidence-replace": lambda p, t: {"tep": SimpleUploadedFile("Biên bản 2.pdf", PDF + b" 2")},
    "report-link": lambda p, t: {**_report(p, t), "link": "https://sct.gov.vn/tin", "link_name": "Tin đã đăng"},
    "authority-add": lambda p, t: {"tep": SimpleUploadedFile("ca.pem", Authority("CA thử").pem.encode())},
    "task-change": lambda p, t: {"title": "Việc đã sửa", "due": "20/12/2026", "products": "", "reason": "Thiếu vốn"},
    "change-refuse": lambda p, t: {"note": "Chưa đủ căn cứ"},
    "changes-approve": lambda p, t: {"plan": p.plan.pk, "de_nghi": [p.keys["change gathered"]]},
    "duty": lambda p, t: {"note": "Công văn 15/VP"},
    "days-off-add": lambda p, t: {"day": "30/04/2027", "kind": "off", "name": "Nghỉ lễ", "source": "", "nam": "2027"},
    "days-off-propose": lambda p, t: {"nam": "2028"},
    "days-off-confirm": lambda p, t: {"day": dt.date(2027, 1, 1).isoformat(), "nam": "2027"},
    "days-off-remove": lambda p, t: {"day": dt.date(2026, 12, 31).isoformat(), "nam": "2026"},
    "report": _report,
    "report-save": _report,
    "report-submit": _report,
    "report-choose": lambda p, t: {"version": 1, "pick_done_text": "mine", "mine_done_text": "Bản của tôi"},
    "round-sheet-row": lambda p, t: {f"done_text_{p.keys['duty called']}": "Đã chuẩn bị."},
    "round-sheet-upload": lambda p, t: {"tep": SimpleUploadedFile("bang.xlsx", b"PK")},
    "report-evidence": lambda p, t: {**_report(p, t), "evidence": SimpleUploadedFile("Biên bản.pdf", PDF)},
    "round-call": lambda p, t: {
        "plan": p.plan.pk,
        "kind": "ad_hoc",
        "event": "Theo Công văn 812/UBND-KT",
        "due": "25/11/2026",
    },
    "round-edit": lambda p, t: {"due": "30/11/2026", "focal_due": "04/12/2026"},
    "round-return": lambda p, t: {"bao_cao": p.keys["report gathered"], "ly_do": "Thiếu số liệu."},
    "round-reconcile": lambda p, t: {"lay": p.keys["report disputed"], "ly_do": "Có biên bản nghiệm thu."},
    "round-unlock": lambda p, t: {"ly_do": "Bổ sung báo cáo của Văn phòng Sở."},
    "round-tick": lambda p, t: {"nhiem_vu": p.keys["task open"], "he_thong": "theodoinq.dcs.vn", "xong": "1"},
    "consolidation-save": lambda p, t: {"phan": "proposals", "text": "Đề nghị bổ sung kinh phí.", "no": "0"},
    "consolidation-settle": lambda p, t: {"phan": "opening", "cach": "giu"},
    "consolidation-template": lambda p, t: {"mau": p.keys["template"]},
    "template-list": lambda p, t: {
        "name": "BC tháng",
        "tep": SimpleUploadedFile("mau.docx", standard_template()),
    },
    "template-use": lambda p, t: {"dung": "0"},
    "task-large": lambda p, t: {"initiative": "Sàn tỉnh", "milestones": "30/09/2026: Chạy thử"},
    "task-waits": lambda p, t: {"on": p.keys["task lasting"]},
    "task-budget": lambda p, t: {"quarter": "2026-Q1", "source": "NSNN", "registered": "120,5", "disbursed": "80"},
    "task-measures": lambda p, t: {"kpi": "", "name": "Gian hàng", "unit_name": "gian", "wanted": "40", "reached": "3"},
    "target-figures": lambda p, t: {"unit": "", "value:2026-09": "230", "source:2026-09": "Phòng tự đếm"},
    "target-setup": lambda p, t: {
        "kind": "rise",
        "frequency": "month",
        "unit_name": "hộ",
        "start": "120",
        "low": "300",
        "starts_on": "01/01/2026",
        "due": "31/12/2026",
        "owner": p.keys["unit"],
    },
    "person-add": _person,
    "person": _person,
    "unit-add": lambda p, t: {"name": "Phòng Mới", "short_name": "P. Mới", "parent": p.keys["office"], "aliases": ""},
    "unit-edit": lambda p, t: {"name": "Phòng Tên khác", "short_name": "", "aliases": "", "is_active": "on"},
    "login": lambda p, t: {"username": "an", "password": PASSWORD},
    "set_language": lambda p, t: {"language": "en", "next": "/"},
    "account": lambda p, t: {"full_name": "Tên Đã Sửa", "email": "", "position": "Chuyên viên", "language": "vi"},
    "password_change": lambda p, t: {
        "old_password": PASSWORD,
        "new_password1": "bay-nui-ba-song-2026",
        "new_password2": "bay-nui-ba-song-2026",
    },
}
for _part in PARTS:
    DATA.update(_part.DATA)
