"""What the quality room's part "feedback" adds to the walk over the site: see `tests.quality`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from sauro.portal.keys import FIELD, key_of_day, key_once
from sauro.quality.models import Publication, Survey
from sauro.quality.services import feedback, publishing, surveys
from sauro.testing import TODAY, TRADE
from tests.quality.kinds import Data

#  URL                  object            method   –   an binh  chi dung giang hoa  la
TABLE = """
portal                  agency            GET    200  200  200  200  200  200  200  200
portal-system           agency            GET    200  200  200  200  200  200  200  200
portal-procedures       agency            GET    200  200  200  200  200  200  200  200
portal-units            agency            GET    200  200  200  200  200  200  200  200
portal-accessibility    agency            GET    200  200  200  200  200  200  200  200
portal-figures          agency            GET    200  200  200  200  200  200  200  200
portal-policy           agency            GET    200  200  200  200  200  200  200  200
portal-feedback         agency            GET    200  200  200  200  200  200  200  200
portal-feedback         agency            POST   200  200  200  200  200  200  200  200
portal-follow           agency            GET    200  200  200  200  200  200  200  200
portal-follow           agency            POST   200  200  200  200  200  200  200  200
portal-survey           survey-token      GET    200  200  200  200  200  200  200  200
portal-survey           survey-token      POST   200  200  200  200  200  200  200  200

survey-list             -                 GET    302  200  200  200  200  200  200  200
survey-add              -                 GET    302  403  403  200  403  403  403  200
survey-add              -                 POST   302  403  403  302  403  403  403  302
survey                  survey            GET    302  200  200  200  200  200  200  404
survey                  survey-draft      GET    302  200  200  200  200  200  200  404
survey-edit             survey-draft      GET    302  403  403  200  403  403  403  404
survey-edit             survey-draft      POST   302  403  403  302  403  403  403  404
survey-open             survey-draft      POST   302  403  403  302  403  403  403  404
survey-close            survey            POST   302  403  403  302  403  403  403  404
survey-paper            survey            GET    302  403  200  200  403  200  403  404
survey-paper            survey            POST   302  403  302  302  403  302  403  404
survey-code             survey            GET    302  200  200  200  200  200  200  404
survey-poster           survey            GET    302  200  200  200  200  200  200  404
survey-file             survey-xlsx       GET    302  200  200  200  200  200  200  404
survey-file             survey-docx       GET    302  200  200  200  200  200  200  404
survey-file             survey-pdf        GET    302  404  404  404  404  404  404  404

feedback-list           -                 GET    302  200  200  200  200  200  200  200
feedback-add            -                 GET    302  403  403  200  403  200  403  200
feedback-add            -                 POST   302  403  403  302  403  302  403  302
feedback                feedback          GET    302  404  404  200  404  200  200  404
feedback                feedback-given    GET    302  200  200  200  404  200  200  404
feedback                feedback-done     GET    302  200  200  200  404  200  200  404
feedback-assign         feedback          POST   302  404  404  302  404  302  403  404
feedback-assign         feedback-given    POST   302  403  403  302  404  302  403  404
feedback-answer         feedback-given    POST   302  403  302  302  404  302  403  404
feedback-answer         feedback-done     POST   302  409  409  409  404  409  409  404
feedback-refuse         feedback          POST   302  404  404  302  404  302  403  404
feedback-nonconformity  feedback-given    POST   302  302  302  302  404  302  302  404
feedback-paper          feedback-done     GET    302  200  200  200  404  200  200  404
feedback-paper          feedback-given    GET    302  404  404  404  404  404  404  404

publication-list        -                 GET    302  200  200  200  200  200  200  200
publication             kind-objectives   GET    302  200  200  200  200  200  200  200
publication             kind-policy       GET    302  200  200  200  200  200  200  200
publication             kind-nothing      GET    302  404  404  404  404  404  404  404
publication             kind-objectives   POST   302  403  403  302  403  302  403  409
publication-withdraw    kind-objectives   POST   302  403  403  302  403  302  403  404
"""


def _survey() -> dict[str, str]:
    head = {"title": "Hỏi nhanh", "intro": "", "opens_on": "23/11/2026", "closes_on": "30/11/2026"}
    first = {"q-0-text": "Thế nào?", "q-0-kind": "scale", "q-0-labels": "Kém\nTốt", "q-0-poor_to": "1"}
    return {**head, **first, "q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0"}


def _sent(place: Any, **said: str) -> dict[str, str]:
    return {FIELD: key_of_day(place.world.agency.pk, timezone.localdate()), **said}


def _answered(place: Any) -> dict[str, str]:
    survey = Survey.objects.get(token=place.keys["survey token"])
    values = {f"q{q.pk}": "4" for q in survey.questions.exclude(kind="text")}
    return {FIELD: key_once(survey.pk), "unit": str(place.keys["unit"]), **values}


DATA: Data = {
    "portal-feedback": lambda p, t: _sent(p, text="Quầy số 3 đóng cửa sớm."),
    "portal-follow": lambda p, t: _sent(p, ma=p.keys["feedback code"]),
    "portal-survey": lambda p, t: _answered(p),
    "survey-add": lambda p, t: _survey(),
    "survey-edit": lambda p, t: _survey(),
    "survey-paper": lambda p, t: {**_answered(p), "on": f"{TODAY:%d/%m/%Y}"},
    "feedback-add": lambda p, t: {
        "kind": "proposal",
        "channel": "phone",
        "received_on": "20/11/2026",
        "text": "Thêm ghế chờ.",
    },
    "feedback-assign": lambda p, t: {"unit": str(p.keys["unit"])},
    "feedback-answer": lambda p, t: {"answer": "Đã thay ghế."},
    "feedback-refuse": lambda p, t: {"reason": "Thuộc Ủy ban nhân dân phường."},
    "feedback-nonconformity": lambda p, t: {
        "title": "Đóng quầy sớm",
        "text": "Trái giờ làm việc",
        "unit": str(p.keys["unit"]),
        "grade": "minor",
    },
    "publication": lambda p, t: {
        "seen": publishing.compose(p.world.agency, "objectives", TODAY).sha256,
        "next_on": "10/12/2026",
    },
    "publication-withdraw": lambda p, t: {"reason": "Sai số liệu"},
}
# Forms of the public pages have a key of their own in this field, for they have no cookie.
KEY = FIELD
# Those that anyone reaches without signing in; what is no page; acts that leave no line in the ledger, each with why.
OPEN = {
    "portal", "portal-system", "portal-procedures", "portal-units", "portal-accessibility", "portal-figures",
    "portal-policy", "portal-feedback", "portal-follow", "portal-survey",
}  # fmt: skip
# The public pages don't read the cookie of the language: tests/browser/test_portal.py looks at them.
NO_PAGE: set[str] = {*OPEN, "survey-code", "survey-file", "feedback-paper"}
# What is the agency's of who asks.
PARTS_OF: dict[str, dict[str, Any]] = {
    "kind-objectives": {"kind": "objectives"},
    "kind-policy": {"kind": "policy"},
    "kind-nothing": {"kind": "nothing"},
}
SILENT: dict[str, str] = {
    "portal-feedback": "nobody is signed in: its line names nobody",
    "portal-follow": "looking changes nothing",
    "portal-survey": "an answer keeps its day alone, and a line keeps the hour",
}


def make(place: Any) -> None:
    """Make what the lines of the table are about; their numbers go into `place.keys`."""
    world, k = place.world, place.keys
    k["agency"] = world.agency.pk
    row = feedback.receive(world.agency, TODAY, kind="complaint", text="Ghế chờ hỏng hai chiếc.")
    k["feedback"], k["feedback code"] = row.pk, row.code
    seen = publishing.compose(world.agency, "objectives", TODAY).sha256
    publishing.publish(world.agency, "objectives", world.chi, TODAY, seen=seen)
    policy = {
        "code": "CS.01", "title": "Chính sách chất lượng", "issue": 1, "effective_on": "2026-01-15", "decision": "",
        "signer": world.giang.full_name, "text": ["Đúng hẹn, rõ người chịu trách nhiệm."],
    }  # fmt: skip
    Publication.objects.create(
        agency=world.agency, kind="policy", body=policy, as_of=TODAY, published_at=timezone.now(),
        published_by=world.chi,
    )  # fmt: skip
    title, intro, asked = surveys.ready_survey(world.agency)
    # The public pages go by the day of the clock, the others by the day of the tests.
    first, last = (day(TODAY, timezone.localdate()) for day in (min, max))
    survey = surveys.draft(
        world.agency, world.chi, title=title, intro=intro, opens_on=first, closes_on=last + dt.timedelta(30),
        asks_unit=True, questions=asked,
    )  # fmt: skip
    surveys.open_survey(survey, world.chi, TODAY)
    k["survey"], k["survey token"] = survey.pk, survey.token
    draft = surveys.draft(
        world.agency, world.chi, title="Phiếu đang soạn", intro="", opens_on=first, closes_on=last,
        asks_unit=False, questions=asked[:2],
    )  # fmt: skip
    k["survey draft"] = draft.pk
    for name, text in (("given", "Quầy số 2 đóng cửa sớm."), ("done", "Bảng giá để lâu chưa thay.")):
        row = feedback.receive(world.agency, TODAY, kind="complaint", text=text)
        row = feedback.assign(row, world.chi, world.units[TRADE], TODAY)
        k[f"feedback {name}"] = row.pk
    feedback.answer(row, world.binh, "Đã thay bảng giá.", TODAY)
