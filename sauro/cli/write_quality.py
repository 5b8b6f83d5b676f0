"""`sauro write`: the papers of the quality management system, and the folder that an auditor is given."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from sauro.cli.common import NOT_FOUND, REFUSED, ensure_database, fail, save, why
from sauro.cli.words import _

_YEAR = click.option("--year", required=True, type=click.IntRange(1900, 9999), help=_("Năm."))
_AGENCY = click.option("--agency", help=_("Tên cơ quan, khi có nhiều cơ quan."))


def _out(words: str) -> Any:
    return click.option("--out", required=True, type=click.Path(path_type=Path), help=words)


def _ending(out: Path, *allowed: str) -> str:
    ending = out.suffix.lower()
    if ending not in allowed:
        raise click.UsageError(_("Tên tệp phải tận cùng bằng %s.") % " / ".join(allowed))
    return ending


def _agency(name: str | None) -> Any:
    """The agency of that name, or the only one."""
    ensure_database()
    from sauro.organization.models import Agency

    found = list(Agency.objects.filter(**({"name": name} if name else {})).order_by("pk")[:20])
    if not found:
        fail(_("Không có cơ quan %s.") % name if name else _("Chưa có cơ quan nào."), NOT_FOUND)
    if len(found) > 1:
        raise click.UsageError(_("Có nhiều cơ quan: %s. Chọn một bằng --agency.") % "; ".join(a.name for a in found))
    return found[0]


def _today() -> dt.date:
    from django.utils import timezone

    return timezone.localdate()


@click.command(name="conformity-map", help=_("Ghi bảng đối chiếu điều khoản ra .docx hoặc .xlsx."))
@_YEAR
@_AGENCY
@_out(_("Tệp .docx hoặc .xlsx."))
def conformity_map(year: int, agency: str | None, out: Path) -> None:
    """Write the map of clauses of the year."""
    ending = _ending(out, ".docx", ".xlsx")
    found = _agency(agency)
    from sauro.quality import dossier

    write = dossier.write_map_docx if ending == ".docx" else dossier.write_map_xlsx
    save(lambda made: write(found, year, _today(), made), out)


@click.command(name="audit-report", help=_("Ghi báo cáo đánh giá nội bộ của năm ra .docx."))
@_YEAR
@_AGENCY
@_out(_("Tệp .docx."))
def audit_report(year: int, agency: str | None, out: Path) -> None:
    """Write the report of all internal audits of the year."""
    _ending(out, ".docx")
    found = _agency(agency)
    from sauro.quality.models import Audit
    from sauro.quality.papers.audit import audit_report_paper
    from sauro.writing.quality import write_audit_report

    if not Audit.objects.filter(agency=found, programme__year=year).exclude(state="cancelled").exists():
        fail(_("Năm %s không có cuộc đánh giá nội bộ nào.") % year, NOT_FOUND)
    paper = audit_report_paper(found, year, _today())
    save(lambda made: write_audit_report(made, paper), out)


@click.command(name="management-review", help=_("Ghi chương trình, báo cáo hoặc biên bản xem xét của lãnh đạo."))
@_YEAR
@_AGENCY
@click.option("--no", "number", type=click.IntRange(1, 99), help=_("Lần thứ mấy trong năm; không ghi: lần gần nhất."))
@click.option(
    "--paper", type=click.Choice(["agenda", "report", "minutes"]), default="report", show_default=True,
    help=_("Văn bản nào: chương trình, báo cáo đầu vào, biên bản."),
)  # fmt: skip
@_out(_("Tệp .docx."))
def management_review(year: int, agency: str | None, number: int | None, paper: str, out: Path) -> None:
    """Write a paper of a management review."""
    _ending(out, ".docx")
    owner = _agency(agency)
    from sauro.quality import dossier
    from sauro.quality.models import ManagementReview
    from sauro.writing import quality as papers

    found = ManagementReview.objects.filter(agency=owner, year=year)
    if number:
        found = found.filter(no=number)
    review = found.select_related("agency", "chair", "secretary").order_by("-no").first()
    if review is None:
        fail(_("Năm %s không có cuộc xem xét nào như vậy.") % year, NOT_FOUND)
    today = _today()
    writes = {
        "agenda": lambda made: papers.write_review_agenda(made, dossier.agenda_paper(review)),
        "report": lambda made: papers.write_review_report(made, dossier.report_paper(review, today)),
        "minutes": lambda made: papers.write_review_minutes(made, dossier.minutes_paper(review, today)),
    }
    save(writes[paper], out)


@click.command(name="declaration", help=_("Ghi quyết định công bố phù hợp, hoặc báo cáo năm, ra .docx."))
@_YEAR
@_AGENCY
@click.option("--report", is_flag=True, help=_("Ghi báo cáo duy trì hệ thống của năm thay cho bản công bố."))
@_out(_("Tệp .docx."))
def declaration(year: int, agency: str | None, report: bool, out: Path) -> None:
    """Write the declaration of the year, or the year's report."""
    _ending(out, ".docx")
    owner = _agency(agency)
    from sauro.quality import dossier
    from sauro.quality.models import ConformityDeclaration
    from sauro.writing import quality as papers

    if report:
        made = dossier.year_report_paper(owner, year, _today())
        save(lambda file: papers.write_year_report(file, made), out)
        return
    found = ConformityDeclaration.objects.filter(agency=owner, year=year).select_related(
        "agency", "scope__agency", "declared_by"
    )
    declared = found.order_by("-no").first()
    if declared is None:
        fail(_("Năm %s không có bản công bố nào.") % year, NOT_FOUND)
    save(lambda file: papers.write_declaration(file, dossier.declaration_paper(declared)), out)


@click.command(name="auditor-folder", help=_("Ghi hồ sơ cho đoàn đánh giá: một thư mục, hoặc tệp .zip."))
@_YEAR
@_AGENCY
@_out(_("Thư mục, hoặc tệp .zip."))
def auditor_folder(year: int, agency: str | None, out: Path) -> None:
    """Write what answers each clause, with an index, into a folder or a .zip, with a progress bar."""
    zipped = out.suffix.lower() == ".zip"
    found = _agency(agency)
    if not zipped and out.exists() and (not out.is_dir() or any(out.iterdir())):
        fail(_("%s đã có và không trống. Chọn một thư mục mới.") % out, REFUSED)
    from sauro.quality import dossier

    write: Any = dossier.write_zip if zipped else dossier.write_folder
    with click.progressbar(length=1000, label=_("Hồ sơ cho đoàn đánh giá"), file=sys.stderr) as bar:

        def told(n: int, whole: int, _words: str) -> None:
            bar.update(1000 * n // whole - bar.pos)

        try:
            n = write(found, year, _today(), out, told)
        except OSError as error:
            fail(_("Không ghi được %(path)s: %(why)s.") % {"path": out, "why": why(error)}, REFUSED)
    click.echo(_("Đã ghi %(n)d tệp vào %(path)s.") % {"n": n, "path": out})


COMMANDS = (conformity_map, audit_report, management_review, declaration, auditor_folder)
