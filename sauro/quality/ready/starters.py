"""What an agency begins with and then makes its own: scales, document classes, a survey, context, processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sauro.quality.ready.files import read
from sauro.quality.ready.kinds import fill, terms_of

Role = Literal["", "leader", "qmr", "secretary", "office", "unit_head", "units"]


@dataclass(slots=True, frozen=True)
class Step:
    """One step of a scale. `poor`: an answer that a target may forbid."""

    value: int
    label: str
    words: str = ""
    poor: bool = False


@dataclass(slots=True, frozen=True)
class RiskLevel:
    """A band of likelihood × severity, `low` to `high`: what to do and how often to look again."""

    key: str
    label: str
    low: int
    high: int
    act: str
    review_months: int


@dataclass(slots=True, frozen=True)
class RiskScale:
    """Scales for risks and, apart from them, for opportunities (6.1)."""

    likelihood: tuple[Step, ...]
    severity: tuple[Step, ...]
    levels: tuple[RiskLevel, ...]
    benefit: tuple[Step, ...]
    feasibility: tuple[Step, ...]

    def level(self, likelihood: int, severity: int) -> RiskLevel:
        """The band of a score. Raises `ValueError` when no band holds it."""
        score = likelihood * severity
        for level in self.levels:
            if level.low <= score <= level.high:
                return level
        raise ValueError(score)


@dataclass(slots=True, frozen=True)
class DocumentClass:
    """A class of documents with who drafts, checks, approves (7.5.2) and how it is kept (7.5.3).

    `review_from`: "last" review or "calendar"; `acknowledge`: "everyone" or "users"; `own_approval`: may approve one's
    own draft; `public`: shown on the public page.
    """

    code: str
    title: str
    origin: Literal["internal", "external"]
    drafted_by: Role
    checked_by: Role
    approved_by: Role
    own_approval: bool
    acknowledge: Literal["everyone", "users"]
    review_months: int
    review_from: Literal["last", "calendar"]
    retention: str
    public: bool


@dataclass(slots=True, frozen=True)
class SurveyQuestion:
    """A question answered on the survey's scale."""

    key: str
    text: str


@dataclass(slots=True, frozen=True)
class Survey:
    """A survey of satisfaction (9.1.2). `satisfied_from`: the lowest step that counts as satisfied."""

    title: str
    intro: str
    scale: tuple[Step, ...]
    satisfied_from: int
    questions: tuple[SurveyQuestion, ...]
    comment: str


@dataclass(slots=True, frozen=True)
class Issue:
    """An internal or external issue (4.1). `climate`: it comes from climate change."""

    side: Literal["internal", "external"]
    text: str
    effect: Literal["threat", "opportunity", "both"]
    climate: bool = False


@dataclass(slots=True, frozen=True)
class Party:
    """An interested party with its needs and how they are followed (4.2)."""

    name: str
    needs: tuple[str, ...]
    follow: str


@dataclass(slots=True, frozen=True)
class Process:
    """A process (4.4). `next`: keys of the processes that take its outputs; `documents`: codes of the model set."""

    key: str
    title: str
    kind: Literal["leading", "core", "supporting"]
    owner: Role
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    indicator: str
    documents: tuple[str, ...]
    clauses: tuple[str, ...]
    next: tuple[str, ...]


def risk_scale() -> RiskScale:
    """Five by five, with four bands."""
    data = read("starters/risk_scale.json")
    chance = data["opportunity"]
    levels = tuple(
        RiskLevel(v["key"], v["label"], v["from"], v["to"], v["act"], v["review_months"]) for v in data["levels"]
    )
    return RiskScale(
        _steps(data["likelihood"]),
        _steps(data["severity"]),
        levels,
        _steps(chance["benefit"]),
        _steps(chance["feasibility"]),
    )


def document_classes() -> list[DocumentClass]:
    """Classes of documents: CS, MT, MH, QT, HD, BM and TLN (from outside)."""
    return [DocumentClass(**row) for row in read("starters/classes.json")]


def survey(agency_name: str) -> Survey:
    """Satisfaction with a public service: six questions, one to five, one being "kém"."""
    data = fill(read("starters/survey.json"), {"agency": agency_name})
    return Survey(
        data["title"],
        data["intro"],
        _steps(data["scale"]),
        data["satisfied_from"],
        tuple(SurveyQuestion(**q) for q in data["questions"]),
        data["comment"],
    )


def issues(kind: str, agency_name: str, year: int) -> list[Issue]:
    """Issues to begin with, those of the kind of agency last. Raises `KeyError` for an unknown kind."""
    return [Issue(**row) for row in _with_own("issues", kind, agency_name, year)]


def parties(kind: str, agency_name: str, year: int) -> list[Party]:
    """Interested parties to begin with, those of the kind of agency last. Raises `KeyError` for an unknown kind."""
    made: dict[str, Party] = {}
    for row in _with_own("parties", kind, agency_name, year):
        # Who is above and who takes the report may be the same body: it stands once, with the needs of both.
        name = row["name"]
        before = made.get(name, Party(name, (), ""))
        follow = "; ".join(filter(None, [before.follow, row["follow"]]))
        made[name] = Party(name, (*before.needs, *row["needs"]), follow)
    return list(made.values())


def processes(kind: str, agency_name: str, year: int) -> list[Process]:
    """Twelve processes, in the words of the kind of agency. Raises `KeyError` for an unknown kind."""
    data = read("starters/processes.json")
    terms = terms_of(kind, agency_name, year)
    own = data["by_kind"].get(kind, {})
    rows = [fill(row | own.get(row["key"], {}), terms) for row in data["processes"]]
    return [_process(row) for row in rows]


def _process(row: dict[str, Any]) -> Process:
    frozen: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Process(**frozen)


def _with_own(part: str, kind: str, agency_name: str, year: int) -> list[dict[str, Any]]:
    data = read("starters/context.json")
    terms = terms_of(kind, agency_name, year)
    return [fill(row, terms) for row in [*data[part], *data["by_kind"].get(kind, {}).get(part, [])]]


def _steps(rows: Sequence[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step(**row) for row in rows)
