"""The three decisions of the demonstration agency: official files that the engine reads without a wrong field."""

import datetime as dt
import hashlib

import docx
import pytest

from sauro.demo.decisions import DECISIONS
from sauro.demo.make import FILES, YEAR, make, register
from sauro.reading import read
from sauro.reading.stated.words import DUTIES, FORMS, HEAD, OBJECTIVES, TARGETS, TASKS
from sauro.writing import write_plan_xlsx


@pytest.mark.parametrize("name", DECISIONS)
def test_the_kept_file_reads_back_as_it_was_meant_and_without_doubts(name):
    draft = read(FILES / f"{name}.docx", register()).draft
    assert draft == DECISIONS[name](YEAR)
    assert draft.doubts == []


@pytest.mark.parametrize("name", DECISIONS)
def test_the_excel_of_a_decision_reads_back(name, tmp_path):
    write_plan_xlsx(DECISIONS[name](YEAR), tmp_path / "plan.xlsx")
    assert read(tmp_path / "plan.xlsx", register()).draft == DECISIONS[name](YEAR)


def test_the_files_are_made_the_same_to_the_byte(tmp_path):
    made = make(YEAR, tmp_path)
    assert [hashlib.sha256(p.read_bytes()).hexdigest() for p in made] == [
        hashlib.sha256((FILES / p.name).read_bytes()).hexdigest() for p in made
    ]


@pytest.mark.parametrize("year", [2025, 2028])
def test_another_year_shifts_every_day_and_still_reads_back(year, tmp_path):
    for path in make(year, tmp_path):
        plan = DECISIONS[path.stem](year)
        assert read(path, register()).draft == plan
        days = [t.schedule.due for t in plan.tasks if t.schedule.due]
        assert plan.document.issued_on.year == year
        assert all(dt.date(year, 1, 1) <= day <= dt.date(year, 12, 31) for day in days)


def test_every_body_of_the_decisions_stands_in_the_register():
    names = set(register().names)
    for plan in DECISIONS.values():
        for task in plan(YEAR).tasks:
            assert names >= {*task.lead_units, *task.coordinating_units}


def test_the_digital_plan_shows_every_kind_of_schedule():
    tasks = DECISIONS["118-kh-sct-chuyen-doi-so"](YEAR).tasks
    assert len(tasks) == 30
    assert {t.schedule.kind for t in tasks} == {"deadline", "recurring", "continuous", "event"}
    assert {t.schedule.period for t in tasks} >= {"month", "quarter", "half"}
    assert sum(bool(t.origin_footnote) for t in tasks) == 9


@pytest.mark.parametrize("name", DECISIONS)
def test_an_ordinary_plan_needs_no_table_that_states_fields_outright(name):
    cells = {cell.text for table in docx.Document(FILES / f"{name}.docx").tables for cell in table._cells}
    own = {HEAD[0], OBJECTIVES[0], TARGETS[0], DUTIES[2], FORMS[0], *(TASKS[n] for n in (1, 5, 7))}
    assert not cells & own
