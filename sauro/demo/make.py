"""`python -m sauro.demo.make [YEAR] [FOLDER]`: the three decisions as Word files, the same bytes every time."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sauro.demo.decisions import DECISIONS
from sauro.demo.decisions.parts import AGENCY, PARENT
from sauro.reading.units import Register
from sauro.writing import write_plan_docx

HERE = Path(__file__).parent
FILES = HERE / "files"
YEAR = 2026


def units_data() -> dict[str, Any]:
    """The register of the demonstration agency as plain data: `{"units": [...]}`."""
    return json.loads((HERE / "units.json").read_text(encoding="utf-8"))


def people_data() -> list[dict[str, Any]]:
    """Its people: name, username, unit, position, role, post in the unit."""
    return json.loads((HERE / "people.json").read_text(encoding="utf-8"))["people"]


def register() -> Register:
    """The register to read its documents against."""
    return Register.from_json(units_data())


def make(year: int = YEAR, folder: Path = FILES) -> list[Path]:
    """Write the three decisions of `year` into `folder`, which is made where missing. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, plan in DECISIONS.items():
        path = folder / f"{name}.docx"
        write_plan_docx(plan(year), path, agency=AGENCY, parent_agency=PARENT)
        paths.append(path)
    return paths


if __name__ == "__main__":
    chosen = int(sys.argv[1]) if len(sys.argv) > 1 else YEAR
    for made in make(chosen, Path(sys.argv[2]) if len(sys.argv) > 2 else FILES):
        print(made.name)
