"""`sauro write`: what the application holds, written out."""

from __future__ import annotations

from pathlib import Path

import click

from sauro.cli.common import NOT_FOUND, ensure_database, fail, save
from sauro.cli.words import _
from sauro.cli.write_quality import COMMANDS


@click.group(name="write", help=_("Ghi ra Word, Excel hoặc PDF."))
def command() -> None:
    """The group of what can be written."""


@command.command(name="plan", help=_("Ghi một kế hoạch theo số văn bản ra .docx hoặc .xlsx."))
@click.argument("number")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_("Tệp .docx hoặc .xlsx."))
@click.option("--agency", help=_("Tên cơ quan, khi nhiều cơ quan có văn bản cùng số."))
def plan(number: str, out: Path, agency: str | None) -> None:
    """Write the plan of that number to `out`."""
    if out.suffix.lower() not in (".docx", ".xlsx"):
        raise click.UsageError(_("Tên tệp phải tận cùng bằng .docx hoặc .xlsx."))
    ensure_database()
    from sauro.plans.models import Plan
    from sauro.plans.services import plan_to_draft
    from sauro.plans.services.build import key_of
    from sauro.writing import write_plan_docx, write_plan_xlsx

    plans = Plan.objects.filter(document__number_key=key_of(number)).select_related("agency", "document")
    if agency:
        plans = plans.filter(agency__name=agency)
    found = plans.order_by("-pk").first()
    if found is None:
        fail(_("Không có kế hoạch số %s.") % number, NOT_FOUND)
    draft = plan_to_draft(found)
    if out.suffix.lower() == ".docx":
        name, parent = found.agency.name, found.agency.parent_name or None
        save(lambda made: write_plan_docx(draft, made, agency=name, parent_agency=parent), out)
    else:
        save(lambda made: write_plan_xlsx(draft, made), out)


@command.command(name="report", help=_("Ghi báo cáo tổng hợp của một kỳ ra .docx, với những phần người đã sửa."))
@click.option("--round", "number", required=True, type=int, help=_("Số của kỳ báo cáo, như trong địa chỉ trang."))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_("Tệp .docx."))
def report(number: int, out: Path) -> None:
    """Write the consolidated report of the round to `out`, as it would be made now; nothing is kept."""
    if out.suffix.lower() != ".docx":
        raise click.UsageError(_("Tên tệp phải tận cùng bằng .docx."))
    ensure_database()
    from django.utils import timezone

    from sauro.monitoring.models import Round
    from sauro.monitoring.services.consolidating import build

    found = Round.objects.filter(pk=number).first()
    if found is None:
        fail(_("Không có kỳ báo cáo số %d.") % number, NOT_FOUND)
    data, _gathered, _kept = build(found, timezone.localdate())
    save(lambda made: made.write(data), out)


@command.command(
    name="tracking-form", help=_("Ghi phiếu theo dõi mục tiêu chất lượng (mẫu QĐ 949/QĐ-BCT) ra .docx hoặc .pdf.")
)
@click.option("--year", required=True, type=click.IntRange(1900, 9999), help=_("Năm."))
@click.option("--half", type=click.IntRange(1, 2), help=_("1: tháng 1 đến 6; 2: tháng 7 đến 12; không ghi: cả năm."))
@click.option("--plan", "number", metavar="NUMBER", help=_("Số của kế hoạch, khi năm đó có nhiều kế hoạch."))
@click.option("--agency", help=_("Tên cơ quan, khi có nhiều cơ quan."))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_("Tệp .docx hoặc .pdf."))
def tracking_form(year: int, half: int | None, number: str | None, agency: str | None, out: Path) -> None:
    """Write the form of the plan that has objectives in that year."""
    if out.suffix.lower() not in (".docx", ".pdf"):
        raise click.UsageError(_("Tên tệp phải tận cùng bằng .docx hoặc .pdf."))
    ensure_database()
    from sauro.monitoring.ratings.form import form_of, ordering_the_form
    from sauro.plans.models import Plan
    from sauro.plans.services.build import key_of
    from sauro.writing import write_tracking_docx, write_tracking_pdf

    plans = Plan.objects.filter(starts_on__year__lte=year, ends_on__year__gte=year).select_related("agency")
    plans = plans.filter(objectives__ended_in=None, objectives__isnull=False).distinct()
    # A unit's own plan is printed where it is asked for by its number, or on its page.
    plans = plans.filter(unit=None) if number is None else plans.filter(document__number_key=key_of(number))
    if agency:
        plans = plans.filter(agency__name=agency)
    found = list(plans.order_by("-pk")[:20])
    if not found:
        fail(_("Năm %s không có kế hoạch nào có mục tiêu như vậy.") % year, NOT_FOUND)
    if len(found) > 1:
        found = ordering_the_form(found)
    if len(found) > 1:
        numbers = "; ".join(p.number or p.title for p in found)
        raise click.UsageError(
            _("Năm %(year)s có nhiều kế hoạch có mục tiêu: %(numbers)s. Chọn một bằng --plan.")
            % {"year": year, "numbers": numbers}
        )
    made = form_of(found[0], year, (half,) if half else (1, 2))
    write = write_tracking_docx if out.suffix.lower() == ".docx" else write_tracking_pdf
    save(lambda file: write(made, file), out)


for _quality in COMMANDS:
    command.add_command(_quality)
