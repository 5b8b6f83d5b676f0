"""Surveys of satisfaction (TCVN ISO 9001:2015, 9.1.2): made, opened, answered by link without sign-in, closed.

An answer keeps its day and the unit that was judged: no name, no address, no hour. The ledger has no line for one,
since a line carries the hour; opening, typing in from paper and closing have theirs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import AnswerValue, Question, SpentKey, Survey, SurveyAnswer
from sauro.quality.ready import starters
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import nfc, squeeze

State, Kind = Survey.State, Question.Kind
# A day's most by link for one survey: a crowd may pass, a flood not.
LINK_A_DAY = 2000
LONGEST = 2000
MOST_QUESTIONS = 30
# A page may stay open so long; its key is kept one day more.
KEY_DAYS = 2


@dataclass(slots=True, frozen=True)
class Asked:
    """A question as it is put in. `labels`: of a scale its levels, the worst first; of a choice what is to choose from.

    `poor_to`: up to this level an answer is "kém"; 0 where none is.
    """

    text: str
    kind: str = Kind.SCALE
    labels: tuple[str, ...] = ()
    poor_to: int = 1
    required: bool = True


def ready_survey(agency: Agency) -> tuple[str, str, list[Asked]]:
    """Title, words of welcome and questions of the model survey, in the agency's name."""
    model = starters.survey(agency.name)
    labels = tuple(step.label for step in model.scale)
    poor_to = max((step.value for step in model.scale if step.poor), default=0)
    asked = [Asked(q.text, Kind.SCALE, labels, poor_to) for q in model.questions]
    # A model's title is marked as one; a survey made from it is the agency's own.
    title = model.title.removesuffix("(Mẫu)").strip()
    # The page itself says what may be left out.
    comment = model.comment.replace("(không bắt buộc)", "").strip()
    return title, model.intro, [*asked, Asked(comment, Kind.TEXT, required=False, poor_to=0)]


@transaction.atomic
def draft(
    agency: Agency,
    person: Person,
    *,
    title: str,
    intro: str,
    opens_on: dt.date,
    closes_on: dt.date,
    asks_unit: bool,
    questions: Sequence[Asked],
) -> Survey:
    """Make a survey; nobody can answer it until it is opened. Raises `NotNow`, `Refused`."""
    survey = Survey(agency=agency, token=secrets.token_urlsafe(18), made_by=person)
    require(person, Capability.RUN_QUALITY, survey)
    _fill(survey, title, intro, opens_on, closes_on, asks_unit, questions)
    ledger.record(person, "quality.survey.drafted", survey, questions=len(questions))
    return survey


@transaction.atomic
def edit(
    survey: Survey,
    person: Person,
    *,
    title: str,
    intro: str,
    opens_on: dt.date,
    closes_on: dt.date,
    asks_unit: bool,
    questions: Sequence[Asked],
) -> Survey:
    """Change a survey that isn't open yet. Raises `NotNow`, `Refused`."""
    locked = _locked(survey)
    require(person, Capability.RUN_QUALITY, locked)
    if locked.state != State.DRAFT:
        raise NotNow(_("Phiếu đã lấy ý kiến thì không đổi câu hỏi nữa. Lập phiếu mới."))
    locked.questions.all().delete()
    _fill(locked, title, intro, opens_on, closes_on, asks_unit, questions)
    ledger.record(person, "quality.survey.edited", locked, questions=len(questions))
    return locked


def _fill(
    survey: Survey,
    title: str,
    intro: str,
    opens_on: dt.date,
    closes_on: dt.date,
    asks_unit: bool,
    questions: Sequence[Asked],
) -> None:
    survey.title, survey.intro = squeeze(title)[:300], nfc(intro).strip()
    survey.opens_on, survey.closes_on, survey.asks_unit = opens_on, closes_on, asks_unit
    if not survey.title:
        raise NotNow(_("Ghi tên phiếu."))
    if closes_on < opens_on:
        raise NotNow(_("Ngày kết thúc ở trước ngày mở. Sửa một trong hai ngày."))
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise NotNow(_("Phiếu có từ 1 đến %(most)d câu hỏi.") % {"most": MOST_QUESTIONS})
    rows = []
    for n, asked in enumerate(questions, 1):
        kind, text = Kind(asked.kind), squeeze(asked.text)[:500]
        labels = [squeeze(label)[:120] for label in asked.labels if label.strip()]
        if not text:
            raise NotNow(_("Câu %(n)d chưa có lời hỏi.") % {"n": n})
        if kind == Kind.TEXT:
            labels = []
        elif not 2 <= len(labels) <= 10:
            raise NotNow(_("Câu %(n)d cần từ 2 đến 10 mức hoặc lựa chọn, mỗi dòng một mức.") % {"n": n})
        poor_to = asked.poor_to if kind == Kind.SCALE else 0
        if not 0 <= poor_to < max(len(labels), 1):
            raise NotNow(_("Câu %(n)d: mức kém phải thấp hơn mức cao nhất.") % {"n": n})
        rows.append(Question(order=n, text=text, kind=kind, labels=labels, poor_to=poor_to, required=asked.required))
    survey.save()
    for row in rows:
        row.survey = survey
    Question.objects.bulk_create(rows)


def _locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update(of=("self",)).select_related("agency").get(pk=survey.pk)


@transaction.atomic
def open_survey(survey: Survey, person: Person, today: dt.date) -> Survey:
    """Let it be answered from its first day on. Raises `NotNow`, `Refused`."""
    locked = _locked(survey)
    require(person, Capability.RUN_QUALITY, locked)
    if locked.state == State.OPEN:
        raise NotNow(_("Phiếu đang lấy ý kiến rồi."))
    if locked.closes_on < today:
        raise NotNow(
            _("Ngày kết thúc %(day)s đã qua. Sửa ngày rồi mở phiếu.") % {"day": f"{locked.closes_on:%d/%m/%Y}"}
        )
    locked.state = State.OPEN
    locked.save()
    ledger.record(person, "quality.survey.opened", locked, closes_on=locked.closes_on)
    return locked


@transaction.atomic
def close(survey: Survey, person: Person | None, today: dt.date) -> Survey:
    """End it before its last day, or (`person` None) because that has passed. Raises `NotNow`, `Refused`."""
    locked = _locked(survey)
    if person is not None:
        require(person, Capability.RUN_QUALITY, locked)
    if locked.state != State.OPEN:
        raise NotNow(_("Phiếu không đang lấy ý kiến."))
    locked.state = State.CLOSED
    locked.save()
    ledger.record(person, "quality.survey.closed", locked, answers=locked.answers.count())
    return locked


def close_past(agency: Agency, today: dt.date) -> int:
    """Close what is open past its last day, and forget keys of forms that are of no use any more; how many closed."""
    past = list(Survey.objects.filter(agency=agency, state=State.OPEN, closes_on__lt=today))
    for survey in past:
        close(survey, None, today)
    SpentKey.objects.filter(on__lt=today - dt.timedelta(days=KEY_DAYS)).delete()
    return len(past)


def takes_answers(survey: Survey, today: dt.date) -> bool:
    """Whether it can be answered on the day."""
    return survey.state == State.OPEN and survey.opens_on <= today <= survey.closes_on


def units_asked(survey: Survey) -> list[Unit]:
    """The units among which who answers chooses the one that served; empty where the survey doesn't ask."""
    if not survey.asks_unit:
        return []
    rows = Unit.objects.filter(agency_id=survey.agency_id, kind=Unit.Kind.UNIT, is_active=True)
    return list(rows.order_by("path"))


@transaction.atomic
def answer(
    survey: Survey, values: Mapping[int, str], today: dt.date, *, key: str, unit: Unit | None = None
) -> SurveyAnswer | None:
    """Take an answer by link: `values` by the id of the question, the number of the level or the words.

    `key`: of the form, used once; None is returned where it was used before. Raises `NotNow` with what is lacking.
    """
    if not takes_answers(survey, today):
        raise NotNow(_("Phiếu này không còn lấy ý kiến."))
    hashed = hashlib.sha256(f"{survey.pk}\n{key}".encode()).hexdigest()
    checked = _checked(survey, values)
    _unit_of(survey, unit)
    # The survey's row is the day's counter: two at once can't both be the last.
    _locked(survey)
    if not SpentKey.objects.get_or_create(key=hashed, defaults={"on": today})[1]:
        return None
    if survey.answers.filter(on=today, by_paper=False).count() >= LINK_A_DAY:
        raise NotNow(_("Hôm nay phiếu đã nhận đủ %(most)d lượt. Trả lời vào ngày mai.") % {"most": LINK_A_DAY})
    return _kept(survey, checked, today, unit, by_paper=False)


@transaction.atomic
def type_in(
    survey: Survey, person: Person, values: Mapping[int, str], today: dt.date, *, on: dt.date, unit: Unit | None = None
) -> SurveyAnswer:
    """Type in an answer given on paper on the day `on`; also after the survey was closed. Raises `NotNow`,
    `Refused`."""
    locked = _locked(survey)
    if not may_type_in(person, locked):
        # A unit types in what it was given itself.
        require(person, Capability.ANSWER_FEEDBACK, unit or locked)
    if locked.state == State.DRAFT:
        raise NotNow(_("Phiếu chưa mở. Mở phiếu rồi nhập phiếu giấy."))
    if not locked.opens_on <= on <= min(today, locked.closes_on):
        raise NotNow(
            _("Ngày trên phiếu phải trong khoảng %(first)s – %(last)s.")
            % {"first": f"{locked.opens_on:%d/%m/%Y}", "last": f"{min(today, locked.closes_on):%d/%m/%Y}"}
        )
    made = _kept(locked, _checked(locked, values), on, _unit_of(locked, unit), by_paper=True)
    ledger.record(person, "quality.survey.typed", locked, on=on, unit=unit.name if unit else "")
    return made


def may_type_in(person: Person, survey: Survey) -> bool:
    """Whether the person may type in papers of any unit."""
    return allows(person, Capability.RUN_QUALITY, survey)


def _unit_of(survey: Survey, unit: Unit | None) -> Unit | None:
    if survey.asks_unit and unit is None:
        raise NotNow(_("Chọn đơn vị đã phục vụ."))
    if unit is not None and (not survey.asks_unit or unit.agency_id != survey.agency_id):
        raise NotNow(_("Chọn đơn vị đã phục vụ trong danh sách."))
    return unit


def _checked(survey: Survey, values: Mapping[int, str]) -> list[tuple[Question, int | None, str]]:
    found: list[tuple[Question, int | None, str]] = []
    for question in survey.questions.order_by("order"):
        given = nfc(values.get(question.pk, "")).replace("\x00", "").strip()
        if not given:
            if question.required:
                raise NotNow(_("Câu %(n)d chưa trả lời.") % {"n": question.order})
            continue
        if question.kind == Kind.TEXT:
            if len(given) > LONGEST:
                raise NotNow(_("Câu %(n)d dài hơn %(most)d ký tự.") % {"n": question.order, "most": LONGEST})
            found.append((question, None, given))
        elif given.isascii() and given.isdigit() and 1 <= int(given[:3]) <= len(question.labels):
            found.append((question, int(given), ""))
        else:
            raise NotNow(_("Câu %(n)d: chọn một trong các mức có sẵn.") % {"n": question.order})
    if not found:
        raise NotNow(_("Phiếu chưa có câu trả lời nào."))
    return found


def _kept(
    survey: Survey,
    checked: list[tuple[Question, int | None, str]],
    on: dt.date,
    unit: Unit | None,
    *,
    by_paper: bool,
) -> SurveyAnswer:
    made = SurveyAnswer.objects.create(survey=survey, unit=unit, on=on, by_paper=by_paper)
    AnswerValue.objects.bulk_create(
        AnswerValue(answer=made, question=question, score=score, text=text)  # type: ignore[misc]
        for question, score, text in checked
    )
    return made


def by_token(token: str) -> Survey | None:
    """The survey behind a public address, open or closed; None for a draft and for an address that is none."""
    rows: Any = Survey.objects.exclude(state=State.DRAFT).select_related("agency")
    return rows.filter(token=token[:32]).first()
