"""What lies in an auditor's folder: one piece a file, with the kinds of thing that it shows."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from django.db.models import QuerySet

from sauro.documents.models import DocumentedInformation
from sauro.files import services as files
from sauro.files.models import StoredFile
from sauro.monitoring.ratings.form import form_of, name_of
from sauro.organization.models import Agency
from sauro.plans.models import Plan
from sauro.quality import models as q
from sauro.quality.dossier import conformity, declaration, review, tables
from sauro.quality.papers import audit, improvement
from sauro.vietnamese.text import fold
from sauro.writing import Column, write_plan_docx, write_table_xlsx, write_tracking_docx
from sauro.writing import quality as papers

# Forms of single records beyond this stand only in their register: nobody reads more, and each is a Word file.
FORMS = 150
# Proofs beyond this stay with their records.
PROOFS = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """One file. `kinds`: what it shows, keys of `ready.standard.answer_labels()`; `path`: within the folder;
    `document`: the controlled document that it is; `clause`: of a record that belongs to one clause."""

    path: str
    title: str
    kinds: tuple[str, ...]
    write: Callable[[IO[bytes]], object]
    document: int | None = None
    clause: str = ""


def slug(text: str, most: int = 60) -> str:
    """A name fit for every file system: letters and digits without diacritics, joined by "-"."""
    cleaned = "".join(c if c.isalnum() and c.isascii() else " " for c in fold(text))
    return "-".join(cleaned.split())[:most].strip("-") or "khong-ten"


def pieces(agency: Agency, year: int, today: dt.date) -> list[Piece]:
    """All files of the folder in a fixed order, each with its own name."""
    parts = (_whole, _registers, _documents, _objectives, _improvement, _audits, _reviews, _declarations, _proofs)
    found: list[Piece] = []
    taken: set[str] = set()
    for part in parts:
        for piece in part(agency, year, today):
            path = piece.path
            stem, dot, ending = path.rpartition(".")
            n = 2
            while path in taken:
                path = f"{stem}-{n}{dot}{ending}"
                n += 1
            taken.add(path)
            found.append(
                piece if path == piece.path
                else Piece(path, piece.title, piece.kinds, piece.write, piece.document, piece.clause)
            )  # fmt: skip
    return found


def _whole(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    map_kinds = ("processes",)
    yield Piece("00-ban-do-dieu-khoan.docx", "Bảng đối chiếu điều khoản", map_kinds,
                lambda out: conformity.write_map_docx(agency, year, today, out))  # fmt: skip
    yield Piece("00-ban-do-dieu-khoan.xlsx", "Bảng đối chiếu điều khoản (Excel)", map_kinds,
                lambda out: conformity.write_map_xlsx(agency, year, today, out))  # fmt: skip
    yield Piece("00-bao-cao-nam.docx", f"Báo cáo duy trì hệ thống năm {year}", ("declaration", "improvement"),
                lambda out: papers.write_year_report(out, declaration.year_report_paper(agency, year, today)),
                )  # fmt: skip


def _sheet(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], day: dt.date, out: IO[bytes]) -> None:
    write_table_xlsx(title, list(columns), iter([list(r) for r in rows]), out, note=None, day=day)


def _registers(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    for table in tables.TABLES:
        rows = table.rows(agency, year, today)
        if rows:
            yield Piece(
                f"so-dang-ky/{slug(table.title)}.xlsx", f"{table.title} ({len(rows)} dòng)", table.kinds,
                partial(_sheet, table.title, table.columns, rows, today),
            )  # fmt: skip


def copy(stored: StoredFile, out: IO[bytes]) -> None:
    """A file of the store, byte for byte. Raises `OSError` where it is gone."""
    with files.open_stored(stored) as source:
        shutil.copyfileobj(source, out)


def _documents(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    found = DocumentedInformation.objects.filter(agency=agency).in_force().order_by("sort_key", "id")
    for d in found.select_related("cls", "current__pdf", "current__signed_pdf"):
        version = d.current
        stored = version.signed_pdf or version.pdf if version else None
        if version and stored:
            kinds = ("documents", "policy") if d.cls.kind == "policy" else ("documents",)
            yield Piece(
                f"tai-lieu/{slug(d.code)}-lan-{version.issue_no:02}-{slug(d.title, 50)}.pdf",
                f"{d.code} {d.title}, lần ban hành {version.issue_no:02}", kinds, partial(copy, stored), d.pk,
            )  # fmt: skip


def _objectives(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    from sauro.plans.services import plan_to_draft

    plans = Plan.objects.filter(
        agency=agency, starts_on__lte=dt.date(year, 12, 31), ends_on__gte=dt.date(year, 1, 1)
    ).select_related("agency", "unit")
    for plan in plans.order_by("unit__path", "pk"):
        name = slug(plan.number or (f"{plan.unit.label} {plan.title}" if plan.unit else plan.title), 50)
        kinds = ("objectives", "tasks")
        yield Piece(
            f"muc-tieu/{name}.docx", plan.label[:200], kinds,
            lambda out, p=plan: write_plan_docx(  # type: ignore[misc]
                plan_to_draft(p), out, agency=agency.name, parent_agency=agency.parent_name or None
            ),
        )  # fmt: skip
        if plan.objectives.filter(ended_in=None, ratings__month__startswith=f"{year}-").exists():
            yield Piece(
                f"muc-tieu/{slug(name_of(plan, year, 0) + ' ' + name, 90)}.docx",
                f"Phiếu theo dõi mục tiêu {plan.label[:160]}", ("objectives", "indicators"),
                lambda out, p=plan: write_tracking_docx(form_of(p, year), out),  # type: ignore[misc]
            )  # fmt: skip


def left_out(agency: Agency, year: int) -> list[str]:
    """What the folder doesn't hold because there is too much of it: a sentence for each kind, with how many."""
    kinds = (
        (nonconformities(agency, year), FORMS, "phiếu sự không phù hợp", "đủ trong sổ đăng ký"),
        (risks(agency), FORMS, "phiếu rủi ro, cơ hội", "đủ trong sổ đăng ký"),
        (proofs(agency, year), PROOFS, "tệp minh chứng", "lưu cùng hồ sơ trên phần mềm"),
        (tables.competence_levels(agency), tables.LEVELS, "dòng năng lực", "xem trên phần mềm"),
    )
    return [
        f"{most} trên {n} {what} có trong hồ sơ này; {n - most} {what} còn lại {where}."
        for rows, most, what, where in kinds
        if (n := rows.count()) > most
    ]


def nonconformities(agency: Agency, year: int) -> QuerySet[q.Nonconformity]:
    """The year's, but for what turned out to be none."""
    return q.Nonconformity.objects.filter(agency=agency, year=year).exclude(state="cancelled")


def risks(agency: Agency) -> QuerySet[q.Risk]:
    """Risks and opportunities that are watched now."""
    return q.Risk.objects.filter(agency=agency, state="open")


def proofs(agency: Agency, year: int) -> QuerySet[q.Proof]:
    """Files of the year that prove records; what people write to the agency may name them: it stays where it is."""
    return q.Proof.objects.filter(
        agency=agency, evidence__file__isnull=False, evidence__uploaded_at__year=year, feedback=None
    )


def _improvement(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    found = nonconformities(agency, year)
    for one in found.select_related("agency", "unit", "raised_by").order_by("grade", "-id")[:FORMS]:
        yield Piece(
            f"khong-phu-hop/{slug(one.code)}.docx", f"Phiếu {one}"[:200], ("nonconformity",),
            lambda out, n=one: papers.write_nonconformity(out, improvement.nonconformity_paper(n, today)),  # type: ignore[misc]
        )  # fmt: skip
    watched = risks(agency).select_related("agency", "unit").order_by("-score", "id")
    for risk in watched[:FORMS]:
        yield Piece(
            f"rui-ro-co-hoi/{slug(risk.code)}.docx", f"Phiếu {risk}"[:200],
            ("risks",) if risk.kind == "risk" else ("opportunities",),
            lambda out, r=risk: papers.write_risk(out, improvement.risk_paper(r, today)),  # type: ignore[misc]
        )  # fmt: skip


def _audits(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    programme = q.AuditProgramme.objects.filter(agency=agency, year=year).select_related("agency").first()
    if programme is None:
        return
    yield Piece(
        f"danh-gia/chuong-trinh-{year}.docx", f"Chương trình đánh giá nội bộ năm {year}", ("audit",),
        lambda out: papers.write_audit_programme(out, audit.programme_paper(programme)),
    )  # fmt: skip
    found = programme.audits.exclude(state="cancelled").select_related("unit", "agency").order_by("starts_on", "id")
    if any(one.reported_on for one in found):
        yield Piece(
            f"danh-gia/bao-cao-{year}.docx", f"Báo cáo đánh giá nội bộ năm {year}", ("audit", "improvement"),
            lambda out: papers.write_audit_report(out, audit.audit_report_paper(agency, year, today)),
        )  # fmt: skip
    for one in found:
        name = f"danh-gia/{slug(one.code)}-{slug(one.unit.label, 40)}"
        yield Piece(
            f"{name}-ke-hoach.docx", f"Kế hoạch {one}", ("audit",),
            lambda out, a=one: papers.write_audit_plan(out, audit.plan_paper(a)),  # type: ignore[misc]
        )  # fmt: skip
        # Before the report, what was asked and seen is the team's alone.
        if one.reported_on:
            yield Piece(
                f"{name}-phieu-kiem-tra.docx", f"Phiếu kiểm tra {one}", ("audit",),
                lambda out, a=one: papers.write_checklist(out, audit.checklist_paper(a)),  # type: ignore[misc]
            )  # fmt: skip
            yield Piece(
                f"{name}-bien-ban.docx", f"Biên bản {one}", ("audit",),
                lambda out, a=one: papers.write_audit_minutes(out, audit.minutes_paper(a, today)),  # type: ignore[misc]
            )  # fmt: skip


def _reviews(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    found = q.ManagementReview.objects.filter(agency=agency, year__in=[year - 1, year]).order_by("year", "no")
    for one in found.select_related("agency", "chair", "secretary"):
        where = f"xem-xet/{one.year}-lan-{one.no}"
        name = f"xem xét của lãnh đạo {review.period_of(one)}"
        yield Piece(f"{where}-chuong-trinh.docx", f"Chương trình {name}", ("review",),
                    lambda out, r=one: papers.write_review_agenda(out, review.agenda_paper(r)),  # type: ignore[misc]
                    )  # fmt: skip
        if one.state != "planned":
            yield Piece(
                f"{where}-bao-cao-dau-vao.docx", f"Báo cáo đầu vào {name}", ("review",),
                lambda out, r=one: papers.write_review_report(out, review.report_paper(r, today)),  # type: ignore[misc]
            )  # fmt: skip
        if one.state == "held":
            yield Piece(
                f"{where}-bien-ban.docx", f"Biên bản {name}", ("review", "improvement"),
                lambda out, r=one: papers.write_review_minutes(out, review.minutes_paper(r, today)),  # type: ignore[misc]
            )  # fmt: skip


def _declarations(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    found = q.ConformityDeclaration.objects.filter(agency=agency).exclude(state="draft").select_related("scope")
    for one in found.select_related("agency", "declared_by", "scope__agency").order_by("no"):
        yield Piece(
            f"cong-bo/cong-bo-lan-{one.no:02}-{one.year}.docx",
            f"Công bố lần {one.no}, quyết định {one.decision_number}", ("declaration", "scope"),
            lambda out, d=one: papers.write_declaration(out, declaration.declaration_paper(d)),  # type: ignore[misc]
        )  # fmt: skip


_PROOF_KINDS = {
    "nonconformity": "nonconformity", "finding": "audit", "training": "training", "risk": "risks", "review": "review",
    "programme": "audit",
}  # fmt: skip


def _proofs(agency: Agency, year: int, today: dt.date) -> Iterator[Piece]:
    rows = proofs(agency, year).select_related(
        "evidence__file", "nonconformity", "finding", "training", "risk", "review", "programme"
    )
    for proof in rows.order_by("pk")[:PROOFS]:
        kind = next(k for k in _PROOF_KINDS if getattr(proof, f"{k}_id"))
        subject, stored = getattr(proof, kind), proof.evidence.file
        if stored is None:
            continue
        stem, _dot, ending = proof.evidence.name.rpartition(".")
        code = getattr(subject, "code", "") or f"{kind}-{subject.pk}"
        yield Piece(
            f"minh-chung/{slug(code)}-{slug(stem or proof.evidence.name, 60)}.{slug(ending or 'bin', 8)}",
            f"{proof.evidence.name} ({code})", (_PROOF_KINDS[kind],), partial(copy, stored),
            clause=getattr(subject, "clause", ""),
        )  # fmt: skip
