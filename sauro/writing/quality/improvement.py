"""Papers of improvement: a nonconformity with its corrective action, a risk or an opportunity.

TCVN ISO 9001:2015, 10.2, 8.7 and 6.1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sauro.writing.quality.common import Action, actions_grid, listed
from sauro.writing.quality.record import (
    Block,
    Facts,
    Grid,
    Letterhead,
    Para,
    Part,
    RecordPaper,
    Signature,
    Target,
    write_record,
)
from sauro.writing.registers import Column, plain

EFFECT = {None: "Chưa kiểm tra", True: "Có hiệu lực", False: "Chưa có hiệu lực, phải xử lý tiếp"}


@dataclass(frozen=True, slots=True)
class Why:
    """One of the five questions and its answer."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Bone:
    """One group of causes of the fishbone: "Con người", "Phương pháp" …"""

    group: str
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NonconformityPaper:
    """All that the form of a nonconformity says. `effective`: None while its effect isn't checked yet."""

    head: Letterhead
    code: str
    description: str = ""
    source: str = ""
    grade: str = ""
    clause: str = ""
    unit: str = ""
    process: str = ""
    found_on: dt.date | None = None
    found_by: str = ""
    evidence: tuple[str, ...] = ()
    correction: str = ""
    correction_by: str = ""
    correction_on: dt.date | None = None
    whys: tuple[Why, ...] = ()
    bones: tuple[Bone, ...] = ()
    root_cause: str = ""
    actions: tuple[Action, ...] = ()
    effect_due: dt.date | None = None
    effect_on: dt.date | None = None
    effect_by: str = ""
    effective: bool | None = None
    effect: str = ""
    conclusion: str = ""
    closed_on: dt.date | None = None
    repeats: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = (
        Signature("Người lập phiếu"), Signature("Trưởng đơn vị"), Signature("Người kiểm tra"),
    )  # fmt: skip


def write_nonconformity(out: Target, d: NonconformityPaper) -> None:
    """Write the form "Phiếu xử lý sự không phù hợp" (10.2) as Word. Raises `OSError`."""
    facts = Facts((
        ("Nguồn phát hiện", d.source), ("Mức độ", d.grade), ("Điều khoản, tài liệu", d.clause),
        ("Đơn vị", d.unit), ("Quá trình, thủ tục", d.process), ("Ngày phát hiện", d.found_on),
        ("Người phát hiện", d.found_by),
    ))  # fmt: skip
    described: list[Block] = [Para(d.description)]
    if d.evidence:
        described += [Para("Bằng chứng", strong=True), Para(listed(d.evidence))]
    if d.repeats:
        described += [Para("Lặp lại của", strong=True), Para(listed(d.repeats))]
    mended: list[Block] = [Para(d.correction)]
    if d.correction.strip() and (d.correction_by or d.correction_on):
        mended.append(Facts((("Người thực hiện", d.correction_by), ("Ngày xong", d.correction_on))))
    checked = Facts((
        ("Hạn kiểm tra", d.effect_due), ("Ngày kiểm tra", d.effect_on), ("Người kiểm tra", d.effect_by),
        ("Đánh giá", EFFECT[d.effective]), ("Nhận xét", d.effect),
    ))  # fmt: skip
    closed: list[Block] = [
        Para(d.conclusion or "Chưa có kết luận."),
        Para(f"Phiếu được đóng ngày {plain(d.closed_on)}." if d.closed_on else "Phiếu chưa được đóng."),
    ]
    parts = (
        Part("Mô tả sự không phù hợp", tuple(described)),
        Part("Khắc phục ngay", tuple(mended)),
        Part("Phân tích nguyên nhân", causes(d.whys, d.bones, d.root_cause)),
        Part("Hành động khắc phục", (actions_grid(d.actions),)),
        Part("Kiểm tra hiệu lực", (checked,)),
        Part("Kết luận", tuple(closed)),
    )
    write_record(
        out,
        RecordPaper(
            d.head, "Phiếu xử lý sự không phù hợp", code=d.code, opening=(facts,), parts=parts,
            signatures=d.signatures, numbered=False, numbering="arabic", ends=False,
        ),
    )  # fmt: skip


def causes(whys: Sequence[Why], bones: Sequence[Bone], root: str) -> tuple[Block, ...]:
    """The five questions, the groups of the fishbone, and the cause they led to; only what there is."""
    blocks: list[Block] = []
    if whys:
        rows = tuple((f"{n}", w.question, w.answer) for n, w in enumerate(whys, 1))
        asked = Grid((Column("Lần", 8), Column("Vì sao", 40), Column("Trả lời", 46)), rows, numbered=False)
        blocks += [Para("Hỏi “vì sao” liên tiếp", strong=True), asked]
    if bones:
        groups = tuple((b.group, tuple(f"- {c}" for c in b.causes) or "Không có") for b in bones)
        drawn = Grid((Column("Nhóm nguyên nhân", 24), Column("Nguyên nhân có thể", 66)), groups, numbered=False)
        blocks += [Para("Biểu đồ xương cá", strong=True), drawn]
    if root.strip():
        blocks += [Para("Nguyên nhân gốc", strong=True), Para(root)]
    return tuple(blocks) or (Para("Chưa phân tích."),)


@dataclass(frozen=True, slots=True)
class RiskReview:
    """A later judgement of a risk: likelihood × severity, the level it gives, what was seen."""

    on: dt.date
    likelihood: int = 0
    severity: int = 0
    level: str = ""
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class RiskPaper:
    """One risk or opportunity. The words of the scales are the agency's own ("4 – Cao"), 0 where not judged yet."""

    head: Letterhead
    code: str
    title: str
    opportunity: bool = False
    description: str = ""
    unit: str = ""
    process: str = ""
    owner: str = ""
    cause: str = ""
    consequence: str = ""
    likelihood: int = 0
    likelihood_words: str = ""
    severity: int = 0
    severity_words: str = ""
    level: str = ""
    controls: str = ""
    treatment: str = ""
    actions: tuple[Action, ...] = ()
    reviews: tuple[RiskReview, ...] = ()
    next_review: dt.date | None = None
    effect: str = ""
    status: str = ""
    signatures: tuple[Signature, ...] = (Signature("Người lập"), Signature("Trưởng đơn vị"))


def write_risk(out: Target, d: RiskPaper) -> None:
    """Write the sheet of one risk or opportunity (6.1) as Word. Raises `OSError`."""
    kind = "Cơ hội" if d.opportunity else "Rủi ro"
    severity = "Mức lợi ích" if d.opportunity else "Mức nghiêm trọng"
    facts = Facts((
        (kind, d.title), ("Đơn vị", d.unit), ("Quá trình, thủ tục", d.process), ("Người chịu trách nhiệm", d.owner),
        ("Tình trạng", d.status),
    ))  # fmt: skip
    found = Facts((
        ("Mô tả", d.description), ("Nguyên nhân" if not d.opportunity else "Điều kiện", d.cause),
        ("Hậu quả" if not d.opportunity else "Lợi ích", d.consequence), ("Biện pháp đang có", d.controls),
    ))  # fmt: skip
    judged = Facts((
        ("Khả năng xảy ra", _scale(d.likelihood, d.likelihood_words)), (severity, _scale(d.severity, d.severity_words)),
        ("Điểm", _score(d.likelihood, d.severity)), ("Mức", d.level), ("Cách xử lý", d.treatment),
    ))  # fmt: skip
    columns = (
        Column("Ngày", 12, "date"), Column("Khả năng", 9), Column(severity, 10), Column("Điểm", 9), Column("Mức", 13),
        Column("Nhận xét", 28), Column("Người đánh giá", 16),
    )  # fmt: skip
    rows = tuple(
        (r.on, _scale(r.likelihood), _scale(r.severity), _score(r.likelihood, r.severity), r.level, r.text, r.by)
        for r in d.reviews
    )
    again = Grid(columns, rows, numbered=False, empty="Chưa xem xét lại")
    closing = [Para(d.effect), Para(f"Lần xem xét tới: {plain(d.next_review) or 'chưa định ngày'}.")]
    parts = (
        Part("Nhận diện", (found,)),
        Part("Đánh giá", (judged,)),
        Part("Hành động", (actions_grid(d.actions),)),
        Part("Xem xét lại", (again, *closing)),
    )
    write_record(
        out,
        RecordPaper(
            d.head, f"Phiếu {kind.lower()}", code=d.code, opening=(facts,), parts=parts, signatures=d.signatures,
            numbered=False, numbering="arabic", ends=False,
        ),
    )  # fmt: skip


def _scale(value: int, words: str = "") -> str:
    if not value:
        return words or "Chưa đánh giá"
    return f"{value} ({words})" if words else str(value)


def _score(likelihood: int, severity: int) -> str:
    return str(likelihood * severity) if likelihood and severity else ""
