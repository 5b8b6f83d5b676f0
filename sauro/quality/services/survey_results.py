"""What a survey says, without saying who said it (TCVN ISO 9001:2015, 9.1.2, 9.1.3 b).

Groups of fewer than five answers are not shown by unit, and none can be worked out from the rest: where what is left
over is itself a small group, the smallest of those shown is put with it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Q

from sauro.organization.models import Agency, Unit
from sauro.quality.models import AnswerValue, Question, Survey, SurveyAnswer
from sauro.vietnamese.text import fold

# Below this a group shows through to its people. Ours, the usual floor of statistics on small groups.
FEWEST = 5
_TENTH = Decimal("0.1")


@dataclass(slots=True)
class Tally:
    """Answers to scales added up. `poor`: answers at a level that counts as "kém"; `good`: at the two best levels of a
    scale of four or more, the best of a shorter one."""

    answers: int = 0
    good: int = 0
    poor: int = 0
    points: int = 0

    def add(self, question: Question, score: int, times: int) -> None:
        """Take in `times` answers of the level."""
        levels = len(question.labels)
        self.answers += times
        self.points += score * times
        self.poor += times if score <= question.poor_to else 0
        self.good += times if score > levels - (2 if levels >= 4 else 1) else 0

    @property
    def mean(self) -> Decimal | None:
        """The mean level to one hundredth; None without answers."""
        if not self.answers:
            return None
        return (Decimal(self.points) / self.answers).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def poor_share(self) -> Decimal | None:
        """Poor answers in per cent."""
        return percent(self.poor, self.answers)

    @property
    def good_share(self) -> Decimal | None:
        """Satisfied answers in per cent."""
        return percent(self.good, self.answers)


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent to one tenth; None of nothing. Only all is 100, only none is 0."""
    if not whole:
        return None
    share = (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)
    if 0 < part < whole:
        share = min(max(share, _TENTH), 100 - _TENTH)
    return share


@dataclass(slots=True)
class OfQuestion:
    """One question: `levels` as (words, times, per cent), and for a scale its tally."""

    question: Question
    levels: list[tuple[str, int, Decimal | None]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class OfUnit:
    """What was said of one unit. `unit` None: units that are too small to stand alone, together."""

    unit: Unit | None
    papers: int
    poor_papers: int
    tally: Tally


@dataclass(slots=True)
class Results:
    """A survey's results. `hidden`: how many units stand only in the rest; `shut`: the rest itself is too small."""

    survey: Survey
    papers: int
    by_paper: int
    poor_papers: int
    tally: Tally
    questions: list[OfQuestion]
    units: list[OfUnit]
    hidden: int = 0
    shut: bool = False
    comments: list[str] = field(default_factory=list)

    @property
    def target_met(self) -> bool | None:
        """Whether no paper holds an answer rated poor ("không có phiếu đánh giá kém"); None without papers."""
        return None if not self.papers else not self.poor_papers


def shown_units(sizes: dict[Any, int]) -> set[Any]:
    """Which groups may stand alone, by their sizes: none under `FEWEST`, none whose rest gives a small one away."""
    shown = {key for key, size in sizes.items() if size >= FEWEST}
    rest = sum(size for key, size in sizes.items() if key not in shown)
    for key in sorted(shown, key=lambda k: (sizes[k], str(k))):
        if not 0 < rest < FEWEST:
            break
        shown.remove(key)
        rest += sizes[key]
    return shown


def results(survey: Survey) -> Results:
    """Everything that a survey's page and papers show, in a constant number of queries."""
    questions = list(survey.questions.order_by("order"))
    by_id = {q.pk: q for q in questions}
    papers = {
        row["unit"]: row for row in SurveyAnswer.objects.filter(survey=survey).order_by().values("unit").annotate(
            n=Count("pk"), typed=Count("pk", filter=Q(by_paper=True)))
    }  # fmt: skip
    poor = Counter(dict(_poor_papers(survey)))
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    tallies: dict[Any, Tally] = defaultdict(Tally)
    rows = AnswerValue.objects.filter(answer__survey=survey, score__isnull=False).order_by()
    for q, unit, score, n in rows.values_list("question", "answer__unit", "score").annotate(n=Count("pk")):
        counts[q][score] += n
        if by_id[q].kind == Question.Kind.SCALE:
            tallies[unit].add(by_id[q], score, n)
    sizes = {unit: row["n"] for unit, row in papers.items() if unit is not None}
    shown = shown_units(sizes)
    names = Unit.objects.in_bulk(shown)
    units = [OfUnit(names[u], sizes[u], poor[u], tallies[u]) for u in shown]
    units.sort(key=lambda row: row.unit.path if row.unit else "")
    rest = [unit for unit in sizes if unit not in shown]
    rest_papers = sum(sizes[unit] for unit in rest)
    if rest_papers >= FEWEST:
        units.append(OfUnit(None, rest_papers, sum(poor[u] for u in rest), _sum(tallies[u] for u in rest)))
    texts = AnswerValue.objects.filter(answer__survey=survey, question__kind=Question.Kind.TEXT).exclude(text="")
    total = sum(row["n"] for row in papers.values())
    return Results(
        survey=survey,
        papers=total,
        by_paper=sum(row["typed"] for row in papers.values()),
        poor_papers=sum(poor.values()),
        tally=_sum(tallies.values()),
        questions=[_of_question(q, counts[q.pk]) for q in questions if q.kind != Question.Kind.TEXT],
        units=units,
        hidden=len(rest),
        shut=0 < rest_papers < FEWEST,
        # In the order of their words: the order of giving would lead back to who gave them.
        comments=sorted(texts.values_list("text", flat=True)[:1000], key=fold),
    )


def _poor_papers(survey: Survey) -> Any:
    """(unit, how many papers hold an answer at a poor level)."""
    rows = SurveyAnswer.objects.filter(
        survey=survey, values__question__kind=Question.Kind.SCALE, values__score__lte=F("values__question__poor_to")
    )
    return rows.order_by().values_list("unit").annotate(n=Count("pk", distinct=True))


def _sum(tallies: Any) -> Tally:
    whole = Tally()
    for one in tallies:
        whole.answers += one.answers
        whole.good += one.good
        whole.poor += one.poor
        whole.points += one.points
    return whole


def _of_question(question: Question, counts: Counter[int]) -> OfQuestion:
    total = sum(counts.values())
    made = OfQuestion(question)
    for n, label in enumerate(question.labels, 1):
        made.levels.append((label, counts[n], percent(counts[n], total)))
        if question.kind == Question.Kind.SCALE:
            made.tally.add(question, n, counts[n])
    return made


@dataclass(slots=True)
class Satisfaction:
    """Satisfaction of a period over all surveys whose time touches it: for the review, the report, the objectives."""

    surveys: int = 0
    papers: int = 0
    poor_papers: int = 0
    tally: Tally = field(default_factory=Tally)

    @property
    def target_met(self) -> bool | None:
        """Whether no paper of the period holds an answer rated poor; None without papers."""
        return None if not self.papers else not self.poor_papers


def satisfaction(agency: Agency, first: dt.date, last: dt.date) -> Satisfaction:
    """What was answered from `first` to `last`, in three queries (9.3.2 c.1)."""
    papers = SurveyAnswer.objects.filter(survey__agency=agency, on__range=(first, last))
    found = Satisfaction(**papers.aggregate(surveys=Count("survey", distinct=True), papers=Count("pk")))
    scales = AnswerValue.objects.filter(
        answer__survey__agency=agency, answer__on__range=(first, last), question__kind=Question.Kind.SCALE
    )
    poor = scales.filter(score__lte=F("question__poor_to"))
    found.poor_papers = poor.aggregate(n=Count("answer", distinct=True))["n"]
    counted = list(scales.order_by().values_list("question", "score").annotate(n=Count("pk")))
    questions = Question.objects.in_bulk({q for q, _score, _n in counted})
    for q, score, n in counted:
        found.tally.add(questions[q], score, n)
    return found
