"""Risks, opportunities and nonconformities through the year, by the people who would have written them down."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sauro.monitoring import services as monitoring
from sauro.organization.models import Unit
from sauro.plans.services.errors import NotNow
from sauro.quality.models import Nonconformity, QualityAction
from sauro.quality.services import correcting, effect, nonconformity, risks

DATA = Path(__file__).with_suffix(".json")


@dataclass(slots=True, frozen=True)
class Story:
    """One nonconformity: what, where, how many days ago, and how far it came (`till`)."""

    ago: int
    source: str
    grade: str
    title: str
    text: str
    unit: str
    by: str
    clause: str
    till: str
    correction: str = ""
    cause: str = ""
    whys: list[dict[str, str]] = field(default_factory=list)
    bones: dict[str, list[str]] = field(default_factory=dict)
    action: str = ""
    output: str = ""
    repeats: int | None = None


def make(life: Any) -> None:
    """Eleven risks and opportunities, nine nonconformities in every state."""
    units = {u.name: u for u in Unit.objects.filter(agency=life.agency)}
    begun = dt.date(life.today.year, 1, 20)
    data = json.loads(DATA.read_text(encoding="utf-8"))
    for n, row in enumerate(data["risks"]):
        _risk(life, units, row, max(begun, life.today - dt.timedelta(days=290 - 12 * n)))
    made: list[Nonconformity] = []
    for row in data["nonconformities"]:
        made.append(_live(life, units, Story(**row), made))


def _risk(life: Any, units: dict[str, Unit], row: dict[str, Any], day: dt.date) -> None:
    day, review, person = min(day, life.today), row.pop("review", None), life.people[row.pop("who")]
    unit, action = units[row.pop("unit")], row.pop("action", "")
    with life.at(day):
        risk = risks.identify(life.agency, person, day, unit=unit, **row)
    if review:
        on = max(day, life.today - dt.timedelta(days=review.pop("ago")))
        with life.at(on):
            risks.review(risk, person, on, effective=True, **review)
    if action:
        # Without a plan of the year there is nowhere to order it.
        with life.at(life.today), contextlib.suppress(NotNow):
            due = life.today + dt.timedelta(days=40)
            risks.order(risk, person, life.today, title=action, unit=unit, due=due)


def _live(life: Any, units: dict[str, Unit], story: Story, made: list[Nonconformity]) -> Nonconformity:
    chi, unit = life.people["chi"], units[story.unit]
    raiser = life.people[story.by]
    head = life.first_of(unit.path) or chi
    day = min(life.today, max(dt.date(life.today.year, 1, 22), life.today - dt.timedelta(days=story.ago)))
    with life.at(day):
        found = nonconformity.raise_nonconformity(
            life.agency, raiser, day, source=story.source, title=story.title, text=story.text, unit=unit,
            grade=story.grade, clause=story.clause, is_output=bool(story.output),
        )  # fmt: skip
        if story.repeats is not None:
            nonconformity.link_repeat(found, made[story.repeats], head, day)
    if story.till == "cancelled":
        with life.at(_later(life, day, 2)):
            return nonconformity.cancel(found, chi, _later(life, day, 2), story.cause)
    if story.correction:
        on = _later(life, day, 1)
        with life.at(on):
            correcting.correct(found, head, on, correction=story.correction, disposition=story.output)
    if story.till in ("open", "late"):
        return found
    on = _later(life, day, 6)
    with life.at(on):
        correcting.analyse(
            found, head, on, cause=story.cause, whys=story.whys, fishbone=story.bones, check_after_days=30,
        )  # fmt: skip
        due = on + dt.timedelta(days=50 if story.till == "acting" else 20)
        proof = ["Văn bản, hình ảnh chứng minh"]
        action = correcting.order(found, head, on, title=story.action, unit=unit, due=due, products=proof)
    if story.till != "acting":
        _finish(life, action, head, _later(life, on, 18))
        _check(life, found, story, _later(life, on, 50))
    return found


def _later(life: Any, day: dt.date, days: int) -> dt.date:
    return min(life.today, day + dt.timedelta(days=days))  # type: ignore[no-any-return]


def _finish(life: Any, action: QualityAction, head: Any, day: dt.date) -> None:
    """Reported with its proof, accepted as done by the head, as any task."""
    task = action.task
    with life.at(day):
        draft = monitoring.start_report(task, head, day)
        draft = monitoring.save_report(draft, head, {"progress": 100, "done_text": "Đã thực hiện xong, đang áp dụng."})
        for product in task.products.all():
            proof = io.BytesIO(f"Minh chứng: {task.title}. {product.text}.".encode())
            monitoring.add_evidence(draft, head, proof, "minh-chung.txt", product=product)
        monitoring.submit_report(draft, head, day)
        monitoring.complete(task, head, day)


def _check(life: Any, found: Nonconformity, story: Story, day: dt.date) -> None:
    if story.till == "done":
        return
    # Early in a year the day of the check is still to come.
    with life.at(day), contextlib.suppress(NotNow):
        checker = life.people["ha"]
        if story.till == "back":
            effect.judge(found, checker, day, effective=False, note="Tháng sau vẫn dưới mức phải có")
            return
        effect.judge(found, checker, day, effective=True, note="Kiểm tra lại 20 hồ sơ, không còn trường hợp nào")
        effect.close(found, life.people["chi"], day)
