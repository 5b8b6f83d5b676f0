"""Citizens' voice in the demonstration: a survey of the quarter before, one that runs, six complaints and proposals."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sauro.organization.models import Unit
from sauro.quality.models import Survey
from sauro.quality.services import feedback, surveys

# How citizens answered the quarter's survey: levels of five with their weights, by unit in the order of the register.
WEIGHTS = ((0, 1, 6, 18, 25), (0, 0, 4, 20, 30), (1, 2, 8, 20, 15), (0, 1, 5, 22, 18))
PAPERS = (24, 17, 12, 5, 2)
SAID = (
    "Nên nhắn tin khi hồ sơ có kết quả.",
    "Hướng dẫn trên mạng còn khó tìm.",
    "Cán bộ nhiệt tình, giải thích rõ.",
    "Chỗ gửi xe hơi chật vào đầu tuần.",
    "Mong có mẫu đơn điền sẵn để tham khảo.",
)
LATE = "Hồ sơ cấp phép bán buôn rượu hẹn ngày mùng 5 đến ngày 12 mới có kết quả, không ai báo lại."


def make(life: Any) -> None:
    """The surveys and what came in, through the services, on their days."""
    chi, agency = life.people["chi"], life.agency
    units = list(Unit.objects.filter(agency=agency, kind=Unit.Kind.UNIT, is_active=True).order_by("path")[:5])
    luck = random.Random(20260912)
    first = (life.today.replace(day=1) - dt.timedelta(days=95)).replace(day=1)
    last = first + dt.timedelta(days=44)
    quarter = _opened(life, "Khảo sát sự hài lòng quý trước", first, last)
    for unit, papers, weights in zip(units, PAPERS, (*WEIGHTS, WEIGHTS[1]), strict=False):
        for n in range(papers):
            day = first + dt.timedelta(days=luck.randrange(40))
            with life.at(day):
                said = _said(quarter, luck, weights, n)
                if n % 8 == 7:
                    surveys.type_in(quarter, chi, said, day, on=day, unit=unit)
                else:
                    surveys.answer(quarter, said, day, key=f"{unit.pk} {n}", unit=unit)
    with life.at(last + dt.timedelta(days=1)):
        surveys.close_past(agency, last + dt.timedelta(days=1))
    begun = life.today - dt.timedelta(days=9)
    running = _opened(life, "Khảo sát sự hài lòng quý này", begun, life.today + dt.timedelta(days=21))
    for n in range(11):
        day = begun + dt.timedelta(days=n % 8)
        with life.at(day):
            said = _said(running, luck, WEIGHTS[1], n)
            surveys.answer(running, said, day, key=str(n), unit=units[n % 2])
    _came_in(life)


def _opened(life: Any, title: str, first: dt.date, last: dt.date) -> Survey:
    chi = life.people["chi"]
    with life.at(first):
        _title, intro, asked = surveys.ready_survey(life.agency)
        survey = surveys.draft(
            life.agency, chi, title=title, intro=intro, opens_on=first, closes_on=last, asks_unit=True, questions=asked
        )
        return surveys.open_survey(survey, chi, first)


def _said(survey: Survey, luck: random.Random, weights: tuple[int, ...], n: int) -> dict[int, str]:
    said = {}
    for question in survey.questions.all():
        if question.kind == question.Kind.TEXT:
            if n % 6 == 5:
                said[question.pk] = SAID[luck.randrange(len(SAID))]
        else:
            said[question.pk] = str(luck.choices(range(1, 6), weights)[0])
    return said


def _came_in(life: Any) -> None:
    """Two answered, one of which opened a nonconformity; one refused; one with a unit, one late, one new."""
    chi, binh, trang = life.people["chi"], life.people["binh"], life.people["trang"]
    agency, trade, office = life.agency, binh.unit, trang.unit
    made = []
    for days, kind, text in (
        (46, "complaint", LATE),
        (38, "praise", "Cảm ơn bộ phận một cửa đã hướng dẫn nộp hồ sơ trực tuyến rất nhanh."),
        (30, "complaint", "Đường vào chợ phường ngập mỗi khi mưa, đề nghị sửa cống."),
        (25, "complaint", "Số điện thoại hướng dẫn thủ tục hội chợ ghi trên trang của Sở không liên lạc được."),
        (6, "proposal", "Đề nghị nhận hồ sơ khuyến mại cả sáng thứ Bảy."),
        (1, "proposal", "Đề nghị công khai thời gian chờ trung bình ở bộ phận một cửa."),
    ):
        day = life.today - dt.timedelta(days=days)
        with life.at(day):
            made.append(feedback.receive(agency, day, kind=kind, text=text))
    unit_of = {0: trade, 1: office, 3: office, 4: trade}
    for n, unit in unit_of.items():
        day = made[n].received_on + dt.timedelta(days=1)
        with life.at(day):
            made[n] = feedback.assign(made[n], chi, unit, day)
    day = made[0].received_on + dt.timedelta(days=7)
    with life.at(day):
        feedback.open_nonconformity(
            made[0], chi, day, title="Trả kết quả cấp phép bán buôn rượu chậm, không báo lại", unit=trade,
            grade="minor",
            text=f"Trái quy trình giải quyết thủ tục: trễ hẹn không có thư xin lỗi. {LATE}",
        )  # fmt: skip
        feedback.answer(
            made[0], binh, "Hồ sơ trễ 7 ngày do chờ ý kiến phối hợp. Phòng đã gửi thư xin lỗi, hẹn lại ngày trả kết "
            "quả và nhắc người tiếp nhận phải báo khi trễ hẹn.", day,
        )  # fmt: skip
        feedback.answer(made[1], trang, "Văn phòng cảm ơn ông, bà đã gửi lời khen.", day)
    day = made[2].received_on + dt.timedelta(days=2)
    with life.at(day):
        feedback.refuse(
            made[2], chi, "Việc sửa đường, cống thuộc thẩm quyền của Ủy ban nhân dân phường; đề nghị gửi đến Ủy ban "
            "nhân dân phường.", day,
        )  # fmt: skip
    with life.at(life.today):
        feedback.remind(agency, life.today)
