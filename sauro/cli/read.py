"""`sauro read`: the engine alone, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sauro.cli.common import UNREADABLE, fail, progress_bar, save
from sauro.cli.words import _
from sauro.reading import Reading, ReadingError, Register, read
from sauro.reading.serial import draft_to_json


def load_units(path: Path | None) -> Register | None:
    """The register in a file, or None where no file is given; ends with a sentence where it isn't one."""
    if path is None:
        return None
    try:
        return Register.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError):
        fail(_("Tệp danh bạ đơn vị chưa đúng. Cần JSON có mục units, mỗi đơn vị có name."), UNREADABLE)


def read_or_fail(file: Path, units: Register | None) -> Reading:
    """The reading of a file; ends with the engine's sentence where it can't be read."""
    try:
        with progress_bar(_("Đọc văn bản")) as report:
            return read(file, units, progress=report)
    except ReadingError as error:
        fail(str(error), UNREADABLE)


@click.command(help=_("Đọc một văn bản (.docx, .pdf, .html, .md, .txt, .xlsx) và in bản đọc."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--units", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_("Danh bạ đơn vị (JSON)."))
@click.option("--json", "form", flag_value="json", help=_("In JSON theo lược đồ của bản đọc."))
@click.option("--table", "form", flag_value="table", default=True, help=_("In bảng (mặc định)."))
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help=_("Ghi ra tệp Excel."))
def command(file: Path, units: Path | None, form: str | None, xlsx: Path | None) -> None:
    """Read `file` and print what was read."""
    reading = read_or_fail(file, load_units(units))
    if xlsx:
        from sauro.writing import write_plan_xlsx

        save(lambda made: write_plan_xlsx(reading.draft, made), xlsx)
    elif form == "json":
        click.echo(json.dumps(draft_to_json(reading.draft), ensure_ascii=False, indent=1))
    else:
        from sauro.cli.tables import print_draft

        print_draft(reading.draft)
