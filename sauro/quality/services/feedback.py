"""Complaints, proposals and praise from outside (TCVN ISO 9001:2015, 8.2.1, 9.1.2).

Received on the public page without sign-in, or written down from paper or telephone; assigned to a unit; answered
within the set days or refused with a reason. A code that nobody can guess is all that it takes to follow one, so that
nothing else need be known of who wrote.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from sauro.jobs import task
from sauro.ledger import services as ledger
from sauro.notices import mail
from sauro.notices import services as notices
from sauro.notices.models import Notice
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import AGENCY, Capability, allows, reach, require
from sauro.organization.services import heads_of, working_calendar
from sauro.quality.models import Feedback, ListedProcedure, Nonconformity
from sauro.quality.services.errors import NotNow
from sauro.quality.services.nonconformity import raise_nonconformity
from sauro.vietnamese.text import nfc

State, Kind = Feedback.State, Feedback.Kind
# Working days within which what came in is answered. Ours; an agency's own rules of citizen reception may say less.
ANSWER_DAYS = 10
# A day's most through the public page of one agency: what a person can still read, and a flood can't pass.
WEB_A_DAY = 200
LONGEST = 5000
CHANNELS = ("web", "paper", "phone")
# Letters and digits that nobody mistakes for one another: no I, L, O, 0, 1.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
OPEN = (State.RECEIVED, State.ASSIGNED)
# Overdue is said again after so many days.
AGAIN = dt.timedelta(days=7)


def due_after(agency: Agency | int, received_on: dt.date) -> dt.date:
    """The last day on which an answer is in time: so many working days after the day of receipt."""
    return working_calendar(agency).add_working_days(received_on, ANSWER_DAYS)


def address_of(feedback: Feedback) -> str:
    """The page of one in the quality room."""
    return f"/chat-luong/phan-anh/{feedback.pk}/"


def visible_to(person: Person) -> models.QuerySet[Any]:
    """What the person may read: all of the agency's for who answers for the agency or audits, else the own unit's.

    What citizens write may speak of officers, and is no reading for everybody.
    """
    rows: models.QuerySet[Any] = Feedback.objects.visible_to(person)
    if reach(person, Capability.ANSWER_FEEDBACK) == AGENCY or reach(person, Capability.AUDIT) == AGENCY:
        return rows
    return rows.filter(under("unit__path", person.unit.path))


def normal_code(typed: str) -> str:
    """The code as it is kept, from what somebody typed: in small letters, without hyphens, without "PA-2026-"."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    if letters.startswith("PA") and letters[2:6].isdigit():
        year, letters = letters[2:6], letters[6:]
        return f"PA-{year}-{letters[:4]}-{letters[4:]}"
    return letters


def by_code(agency: Agency | int, typed: str) -> Feedback | None:
    """The one with the code, for who follows it from outside; None where there is none of that agency."""
    code = normal_code(typed)[:20]
    rows = Feedback.objects.filter(agency=agency).select_related("unit")
    if code.startswith("PA-"):
        return rows.filter(code=code).first()
    # Someone typed the eight letters alone.
    return rows.filter(code__endswith=f"-{code[:4]}-{code[4:]}").first() if len(code) == 8 else None


def _code(year: int, number: int) -> str:
    letters = []
    for _n in range(8):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return f"PA-{year}-{''.join(letters[:4])}-{''.join(letters[4:])}"


def _words(text: str) -> str:
    words = nfc(text).replace("\x00", "").strip()
    if not words:
        raise NotNow(_("Viết nội dung: việc gì, ở đâu, khi nào."))
    if len(words) > LONGEST:
        raise NotNow(_("Nội dung dài hơn %(most)d ký tự. Viết gọn lại.") % {"most": LONGEST})
    return words


def _email(text: str) -> str:
    email = text.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise NotNow(_("Thư điện tử “%(text)s” chưa đúng dạng ten@noi.vn.") % {"text": email[:60]}) from None
    return email[:254]


@transaction.atomic
def receive(agency: Agency, today: dt.date, *, kind: str, text: str, email: str = "") -> Feedback:
    """Take one from the public page; nobody is signed in. The same words sent twice on a day are one: its code follows
    from them by the site's secret key, so that a button pressed twice gives the same receipt.

    Raises `NotNow`: nothing written, too long, an address that is none, the day's most reached.
    """
    words, email, kind = _words(text), _email(email), Kind(kind)
    said = "\n".join([str(agency.pk), today.isoformat(), kind, email, words])
    digest = hmac.new(settings.SECRET_KEY.encode(), b"sauro.feedback\n" + said.encode(), hashlib.sha256).digest()
    code = _code(today.year, int.from_bytes(digest, "big"))
    Agency.objects.select_for_update().get(pk=agency.pk)
    known = Feedback.objects.filter(code=code, agency=agency).first()
    if known:
        return known
    if Feedback.objects.filter(agency=agency, channel="web", received_on=today).count() >= WEB_A_DAY:
        raise NotNow(
            _(
                "Hôm nay trang đã nhận đủ %(most)d phản ánh. Gửi lại vào ngày mai, hoặc đến nơi tiếp nhận của cơ quan; "
                "nội dung đang gõ vẫn còn ở dưới."
            )
            % {"most": WEB_A_DAY}
        )
    feedback = Feedback(
        agency=agency, code=code, kind=kind, text=words, email=email, channel="web", received_on=today,
        due=due_after(agency, today),
    )  # fmt: skip
    feedback.save()
    ledger.record(None, "quality.feedback.received", feedback, kind=feedback.kind, due=feedback.due)
    _tell(_keepers(agency.pk), "quality.feedback.received", feedback, None,
          lambda: _("Mới nhận %(code)s: %(text)s") % {"code": code, "text": words[:160]})  # fmt: skip
    return feedback


@transaction.atomic
def write_down(
    agency: Agency,
    person: Person,
    today: dt.date,
    *,
    kind: str,
    text: str,
    channel: str,
    received_on: dt.date,
    email: str = "",
    procedure: ListedProcedure | None = None,
) -> Feedback:
    """Write down one that came on paper or by telephone; its days run from the day it came. Raises `NotNow`,
    `Refused`."""
    require(person, Capability.ANSWER_FEEDBACK, agency)
    if channel not in CHANNELS[1:]:
        raise NotNow(_("Chọn nhận qua giấy hay qua điện thoại."))
    if received_on > today:
        raise NotNow(_("Ngày nhận %(day)s còn ở phía trước. Ghi ngày đã nhận.") % {"day": f"{received_on:%d/%m/%Y}"})
    if procedure is not None and procedure.agency_id != agency.pk:
        raise NotNow(_("%(what)s không thuộc cơ quan này.") % {"what": procedure})
    feedback = Feedback(
        agency=agency, code=_code(received_on.year, secrets.randbits(128)), kind=Kind(kind), text=_words(text),
        email=_email(email), channel=channel, procedure=procedure, received_on=received_on,
        due=due_after(agency, received_on),
    )  # fmt: skip
    feedback.save()
    ledger.record(person, "quality.feedback.recorded", feedback, channel=channel, due=feedback.due)
    return feedback


def _locked(feedback: Feedback) -> Feedback:
    return Feedback.objects.select_for_update(of=("self",)).select_related("agency", "unit").get(pk=feedback.pk)


def _open_one(feedback: Feedback) -> Feedback:
    locked = _locked(feedback)
    if locked.state not in OPEN:
        raise NotNow(
            _("%(code)s đã xong ngày %(day)s: %(state)s.")
            % {
                "code": locked.code,
                "day": f"{locked.answered_on:%d/%m/%Y}",
                "state": locked.get_state_display().lower(),
            }
        )
    return locked


@transaction.atomic
def assign(feedback: Feedback, person: Person, unit: Unit, today: dt.date) -> Feedback:
    """Give it to the unit that is to answer, again where the first was the wrong one. Raises `NotNow`, `Refused`."""
    locked = _open_one(feedback)
    # Who answers for the agency hands out; a unit answers what it was given and doesn't pass it on.
    require(person, Capability.ANSWER_FEEDBACK, locked.agency)
    if unit.agency_id != locked.agency_id or not unit.is_active:
        raise NotNow(_("%(unit)s không còn trong danh bạ của cơ quan. Chọn một đơn vị khác.") % {"unit": unit.name})
    locked.unit, locked.assigned_by, locked.state = unit, person, State.ASSIGNED
    locked.save()
    ledger.record(person, "quality.feedback.assigned", locked, unit=unit.name, due=locked.due)
    _tell(heads_of(unit.path), "quality.feedback.assigned", locked, person,
          lambda: _("%(unit)s được giao trả lời %(code)s, hạn %(day)s") % {
              "unit": unit.label, "code": locked.code, "day": f"{locked.due:%d/%m/%Y}"})  # fmt: skip
    return locked


@transaction.atomic
def answer(feedback: Feedback, person: Person, text: str, today: dt.date) -> Feedback:
    """Answer; who follows the code sees it at once. It is not changed afterwards. Raises `NotNow`, `Refused`."""
    lacking = _("Viết nội dung trả lời; người gửi xem được ngay bằng mã tra cứu.")
    return _finish(feedback, person, text, today, State.ANSWERED, "quality.feedback.answered", lacking)


@transaction.atomic
def refuse(feedback: Feedback, person: Person, reason: str, today: dt.date) -> Feedback:
    """Say that it is not dealt with and why; who follows the code sees the reason. Raises `NotNow`, `Refused`."""
    lacking = _("Ghi lý do không xử lý và nơi có thẩm quyền; người gửi xem được ngay bằng mã tra cứu.")
    return _finish(feedback, person, reason, today, State.REFUSED, "quality.feedback.refused", lacking)


def _finish(
    feedback: Feedback, person: Person, text: str, today: dt.date, state: str, verb: str, lacking: str
) -> Feedback:
    locked = _open_one(feedback)
    require(person, Capability.ANSWER_FEEDBACK, locked)
    words = nfc(text).strip()
    if not words:
        raise NotNow(lacking)
    locked.state, locked.answer, locked.answered_on, locked.answered_by = State(state), words, today, person
    locked.save()
    ledger.record(person, verb, locked, late=today > locked.due)
    if locked.email and mail.is_set_up():
        transaction.on_commit(lambda: send_answer.enqueue(locked.pk))
    return locked


@task()
def send_answer(feedback_id: int) -> None:
    """The background job that sends the answer to who left an address."""
    feedback = Feedback.objects.select_related("agency").get(pk=feedback_id)
    with translation.override("vi"):
        subject = _("%(agency)s trả lời %(code)s") % {"agency": feedback.agency.name, "code": feedback.code}
    # Of a message's head only one line may come from outside.
    EmailMessage(" ".join(subject.split()), feedback.answer, settings.DEFAULT_FROM_EMAIL, [feedback.email]).send()


@transaction.atomic
def open_nonconformity(
    feedback: Feedback, person: Person, today: dt.date, *, title: str, text: str, unit: Unit, grade: str
) -> Nonconformity:
    """Open a nonconformity from a complaint that is right (10.2.1). Raises `NotNow`, `Refused`."""
    locked = _locked(feedback)
    if locked.nonconformity_id:
        raise NotNow(_("%(code)s đã mở %(other)s.") % {"code": locked.code, "other": locked.nonconformity})
    if locked.state == State.REFUSED:
        raise NotNow(_("%(code)s không xử lý, nên không mở sự không phù hợp.") % {"code": locked.code})
    found = raise_nonconformity(
        locked.agency, person, today, source=Nonconformity.Source.COMPLAINT, title=title, text=text, unit=unit,
        grade=grade, procedure=locked.procedure,
    )  # fmt: skip
    locked.nonconformity = found
    locked.save()
    ledger.record(person, "quality.feedback.linked", locked, nonconformity=found.code)
    return found


def may_answer(person: Person, feedback: Feedback) -> bool:
    """Whether the person may answer or refuse it now."""
    return feedback.state in OPEN and allows(person, Capability.ANSWER_FEEDBACK, feedback)


def may_assign(person: Person, feedback: Feedback) -> bool:
    """Whether the person may give it to a unit now."""
    return feedback.state in OPEN and allows(person, Capability.ANSWER_FEEDBACK, feedback.agency)


@transaction.atomic
def remind(agency: Agency, today: dt.date) -> int:
    """Tell who is to answer of what is past its day, once a week until it is answered; returns of how many."""
    late = Feedback.objects.filter(agency=agency, state__in=OPEN, due__lt=today).select_related("unit").order_by("due")
    told = 0
    for feedback in late:
        people = (heads_of(feedback.unit.path) if feedback.unit else None) or _keepers(agency.pk)
        lately = set(
            Notice.objects.filter(
                verb="quality.feedback.overdue", url=address_of(feedback), created_at__date__gt=today - AGAIN
            ).values_list("person_id", flat=True)
        )
        people = [p for p in people if p.pk not in lately]
        if people:
            _tell(people, "quality.feedback.overdue", feedback, None, lambda f=feedback: _overdue_words(f, today))
            told += 1
    return told


def _overdue_words(feedback: Feedback, today: dt.date) -> str:
    days = (today - feedback.due).days
    return _("%(code)s quá hạn trả lời %(n)d ngày: %(text)s") % {
        "code": feedback.code,
        "n": days,
        "text": feedback.text[:160],
    }


def _keepers(agency_id: int) -> list[Person]:
    """Who runs the quality system: the ISO secretary."""
    granted = Person.objects.filter(
        unit__agency_id=agency_id, is_active=True, role__grants__has_key=Capability.RUN_QUALITY.value
    )
    return list(granted.order_by("pk"))


def _tell(people: Any, verb: str, feedback: Feedback, but: Person | None, text: Any) -> None:
    notices.tell(people, verb, text, address_of(feedback), but=but)
