"""Adopting and writing from the command line, on the database of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sauro.cli.main import main
from sauro.cli.person import ROLES
from sauro.ledger.models import Entry
from sauro.organization import policy
from sauro.organization.models import Agency, Person, Unit
from sauro.plans.models import Plan

pytestmark = pytest.mark.django_db
AGENCY = "Bộ Công Thương"


def sauro(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_adopting_makes_the_agency_its_register_and_the_plan_with_its_duties(decision: Path, units: Path) -> None:
    done = sauro("adopt", decision, "--agency", AGENCY, "--units", units)
    assert done.exit_code == 0, done.output
    plan = Plan.objects.get()
    assert plan.agency.name == AGENCY and plan.document.number == "15/QĐ-BCT"
    assert [t.lead_unit.name for t in plan.tasks.order_by("order")] == ["Văn phòng Bộ", "Vụ Pháp chế"]
    assert plan.document.file is not None and len(plan.document.file.sha256) == 64
    assert Entry.objects.filter(verb="plans.plan.adopted").count() == 1


def test_the_only_agency_needs_no_name(decision: Path, units: Path) -> None:
    assert sauro("adopt", decision).exit_code == 5
    assert sauro("adopt", decision, "--agency", AGENCY, "--units", units).exit_code == 0
    other = decision.with_name("khac.txt")
    other.write_text(decision.read_text().replace("15/QĐ-BCT", "16/QĐ-BCT"))
    assert sauro("adopt", other).exit_code == 0
    assert Plan.objects.count() == 2


def test_open_doubts_refuse_and_leave_nothing_behind(doubtful: Path, units: Path) -> None:
    done = sauro("adopt", doubtful, "--agency", AGENCY, "--units", units)
    assert done.exit_code == 3 and "Cục Hoàn toàn xa lạ" in done.stderr
    assert not Agency.objects.exists() and not Unit.objects.exists() and not Entry.objects.exists()
    done = sauro("adopt", doubtful, "--agency", AGENCY, "--units", units, "--accept-doubts")
    assert done.exit_code == 0 and Plan.objects.count() == 1


def test_the_same_file_is_recognised_and_the_same_number_warned_of(decision: Path, units: Path) -> None:
    arguments = ("--agency", AGENCY, "--units", units)
    assert sauro("adopt", decision, *arguments).exit_code == 0
    again = sauro("adopt", decision, *arguments)
    assert again.exit_code == 4 and "đã được thông qua" in again.stderr
    decision.write_text(decision.read_text() + "\n")
    warned = sauro("adopt", decision, *arguments)
    assert warned.exit_code == 3 and "cùng số" in warned.stderr and "--accept-doubts" in warned.stderr
    assert Plan.objects.count() == 1
    asked_for = sauro("adopt", decision, *arguments, "--accept-doubts")
    assert asked_for.exit_code == 0 and "cùng số" in asked_for.stderr
    assert Plan.objects.count() == 2


def test_a_decision_that_amends_a_plan_makes_none_of_its_own_unasked(decision: Path, units: Path) -> None:
    arguments = ("--agency", AGENCY, "--units", units)
    assert sauro("adopt", decision, *arguments).exit_code == 0
    later = decision.read_text().replace("Số: 15/QĐ-BCT", "Số: 90/QĐ-BCT")
    later = later.replace("Ban hành Kế hoạch công tác năm 2026\n\nCăn", "Sửa đổi, bổ sung Kế hoạch số 15/QĐ-BCT\n\nCăn")
    decision.write_text(later)
    refused = sauro("adopt", decision, *arguments)
    assert refused.exit_code == 3 and "sửa đổi 15/QĐ-BCT" in refused.stderr
    assert Plan.objects.count() == 1


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path, units: Path) -> None:
    secret = tmp_path / "mat.txt"
    secret.write_text("MẬT\n\nBỘ CÔNG THƯƠNG\nSố: 01/QĐ-BCT\nQUYẾT ĐỊNH\nVề việc thử\n")
    done = sauro("adopt", secret, "--agency", AGENCY, "--units", units)
    assert done.exit_code == 1 and len(done.stderr.strip().splitlines()) == 1
    assert not Agency.objects.exists()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_plan_is_written_by_its_number(decision: Path, units: Path, tmp_path: Path, ending: str) -> None:
    sauro("adopt", decision, "--agency", AGENCY, "--units", units)
    out = tmp_path / f"plan.{ending}"
    assert sauro("write", "plan", "15/QĐ-BCT", "--out", out).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"
    assert sauro("write", "plan", "99/QĐ-BCT", "--out", out).exit_code == 5
    assert sauro("write", "plan", "15/QĐ-BCT", "--out", tmp_path / "plan.pdf").exit_code == 2


def test_the_ledger_is_whole_until_someone_changes_it_behind_the_application(decision: Path, units: Path) -> None:
    sauro("adopt", decision, "--agency", AGENCY, "--units", units)
    assert sauro("ledger", "verify").exit_code == 0
    Entry.objects.filter(verb="plans.plan.adopted").update(object_label="khác")
    done = sauro("ledger", "verify")
    assert done.exit_code == 6 and "đã bị sửa" in done.stderr


def test_the_daily_job_can_run_again_and_again(decision: Path, units: Path) -> None:
    sauro("adopt", decision, "--agency", AGENCY, "--units", units)
    duties = Plan.objects.get().duties.count()
    assert [sauro("daily").exit_code for _ in range(2)] == [0, 0]
    assert Plan.objects.get().duties.count() == duties


def test_an_empty_installation_gets_its_agency_and_its_first_person(units: Path) -> None:
    assert (
        sauro("person", "chi", "--name", "Lê Thị Chi", "--unit", "Văn phòng Bộ", "--role", "secretary").exit_code == 5
    )
    assert sauro("agency", AGENCY, "--units", units).exit_code == 0
    assert sauro("agency", AGENCY, "--units", units).exit_code == 0
    assert Agency.objects.count() == 1 and Unit.objects.count() == 3
    wrong = sauro("person", "chi", "--name", "Lê Thị Chi", "--unit", "van phong", "--role", "secretary")
    assert wrong.exit_code == 5 and "Văn phòng Bộ" in wrong.stderr
    done = sauro("person", "chi", "--name", "Lê Thị Chi", "--unit", "Văn phòng Bộ", "--role", "secretary")
    assert done.exit_code == 0
    password = done.stdout.split("mật khẩu: ")[1].split(".")[0]
    assert Person.objects.get(username="chi").check_password(password)
    again = sauro("person", "chi", "--name", "Người khác", "--unit", "Văn phòng Bộ", "--role", "officer")
    assert again.exit_code == 4


def test_the_roles_offered_are_the_roles_there_are() -> None:
    assert set(ROLES) == set(policy.ROLES)
