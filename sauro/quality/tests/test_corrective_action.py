"""From a nonconformity to its closing: correction, cause, action, effect (10.2)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from sauro.ledger.models import Entry
from sauro.monitoring import services as monitoring
from sauro.plans.models import Plan
from sauro.quality.models import Nonconformity
from sauro.quality.progress import in_state, late, progress_of, state_shown, with_progress
from sauro.quality.services import correcting, effect, improvement_day, nonconformity
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.tests import improving
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db
State = Nonconformity.State
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(agency_world: World, adopted_plan: Plan) -> World:
    improving.year_of(agency_world, adopted_plan)
    return agency_world


def fresh(found: Nonconformity) -> Nonconformity:
    return Nonconformity.objects.get(pk=found.pk)


def test_whys_and_fishbone_are_kept_as_data(world: World) -> None:
    found = correcting.analyse(
        improving.raised(world), world.binh, TODAY, cause=" Không ai báo ",
        whys=[{"why": "Vì sao dùng mẫu cũ?", "because": "Không biết có mẫu mới"}, {"why": "", "because": ""}],
        fishbone={"people": ["Người mới chưa tập huấn", " "], "method": [], "weather": ["mưa"]},
    )  # fmt: skip
    found = fresh(found)
    assert found.cause == "Không ai báo"
    assert found.whys == [{"why": "Vì sao dùng mẫu cũ?", "because": "Không biết có mẫu mới"}]
    assert found.fishbone == {"people": ["Người mới chưa tập huấn"]}
    assert (found.state, found.analysed_by) == (State.OPEN, world.binh)


def test_a_why_without_an_answer_and_a_sixth_why_are_refused(world: World) -> None:
    found = improving.raised(world)
    with pytest.raises(NotNow, match="chưa có câu trả lời"):
        correcting.analyse(found, world.binh, TODAY, cause="x", whys=[{"why": "Vì sao?", "because": ""}])
    six = [{"why": "Vì sao?", "because": str(n)} for n in range(6)]
    with pytest.raises(NotNow, match="đến năm"):
        correcting.analyse(found, world.binh, TODAY, cause="x", whys=six)


def test_an_action_waits_for_the_cause(world: World) -> None:
    found = improving.raised(world)
    with pytest.raises(NotNow, match="Phân tích nguyên nhân trước"):
        correcting.order(found, world.binh, TODAY, title="x", unit=found.unit, due=improving.DUE)


def test_it_is_done_when_every_task_is_and_never_by_word(world: World) -> None:
    found, first = improving.acting(world, days=30)
    second = correcting.order(found, world.binh, TODAY, title="Tập huấn", unit=found.unit, due=improving.DUE)
    improving.finish(first, TODAY)
    assert progress_of(fresh(found)).state == State.ANALYSED
    improving.finish(second, TODAY + DAY)
    now = progress_of(fresh(found))
    assert (now.state, now.done_on) == (State.DONE, TODAY + DAY)
    assert now.check_due == TODAY + 31 * DAY
    assert list(in_state(Nonconformity.objects.all(), State.DONE)) == [found]
    assert state_shown(with_progress(Nonconformity.objects.all()).get()) == State.DONE
    improvement_day.run_day(world.agency, TODAY + DAY)
    assert (fresh(found).state, fresh(found).check_due) == (State.DONE, TODAY + 31 * DAY)


def test_a_task_opened_again_brings_it_back(world: World) -> None:
    found, action = improving.acting(world)
    improving.finish(action)
    effect.judge(found, world.hoa, TODAY, effective=True, note="Đã xem")
    monitoring.reopen(action.task, world.binh, "Còn sót một phiếu", TODAY)
    assert not in_state(Nonconformity.objects.all(), State.DONE).exists()
    improvement_day.run_day(world.agency, TODAY)
    assert (fresh(found).state, fresh(found).effective) == (State.ANALYSED, None)
    with pytest.raises(NotNow, match="còn hành động"):
        effect.judge(found, world.hoa, TODAY, effective=True, note="Đã xem")


def test_the_effect_is_not_checked_before_its_day(world: World) -> None:
    found = improving.acted(world, days=10)
    with pytest.raises(NotNow, match="từ ngày 03/12/2026"):
        effect.judge(found, world.hoa, TODAY, effective=True, note="Đã xem")
    effect.judge(found, world.hoa, TODAY + 10 * DAY, effective=True, note="Đã xem")


def test_nobody_checks_what_they_analysed_or_did(world: World) -> None:
    found = improving.raised(world)
    correcting.correct(found, world.chi, TODAY, correction="Thu hồi")
    correcting.analyse(found, world.chi, TODAY, cause="Quên", check_after_days=0)
    action = correcting.order(
        found, world.chi, TODAY, title="x", unit=world.hoa.unit, due=improving.DUE, accountable=world.hoa
    )
    improving.finish(action)
    for who in ("chi", "hoa"):
        with pytest.raises(Refused, match=r"không tự kiểm tra hiệu lực.*Đỗ Trường Giang"):
            effect.judge(found, world.people[who], TODAY, effective=True, note="Tốt")
    effect.judge(found, world.giang, TODAY, effective=True, note="Tốt")


def test_closing_says_everything_that_lacks(world: World) -> None:
    found = improving.raised(world)
    with pytest.raises(NotNow, match="khắc phục ngay; nguyên nhân gốc; hành động khắc phục; kết luận có hiệu lực"):
        effect.close(found, world.chi, TODAY)


def test_a_good_effect_without_a_correction_does_not_close(world: World) -> None:
    found = improving.raised(world)
    correcting.analyse(found, world.binh, TODAY, cause="Quên", check_after_days=0)
    correcting.waive(found, world.binh, TODAY, "Chỉ xảy ra một lần")
    effect.judge(found, world.hoa, TODAY, effective=True, note="Đã xem")
    with pytest.raises(NotNow, match="còn thiếu: khắc phục ngay"):
        effect.close(found, world.chi, TODAY)
    correcting.correct(found, world.binh, TODAY, correction="Thu hồi")
    assert effect.close(found, world.chi, TODAY).state == State.CLOSED


def test_the_database_itself_refuses_a_closing_without_effect(world: World) -> None:
    found = improving.acted(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nonconformity.objects.filter(pk=found.pk).update(state="closed", closed_on=TODAY)


def test_without_effect_it_goes_back_and_what_was_said_stays_in_the_ledger(world: World) -> None:
    found = improving.acted(world)
    effect.judge(found, world.hoa, TODAY, effective=False, note="Vẫn còn mẫu cũ ở bộ phận một cửa")
    found = fresh(found)
    assert (found.state, found.effective, found.analysed_by, found.done_on) == (State.OPEN, False, None, None)
    kept = Entry.objects.get(verb="quality.nonconformity.back", object_id=str(found.pk)).data
    assert kept["cause"] == "Không ai báo có mẫu mới" and len(kept["actions"]) == 1
    with pytest.raises(NotNow, match="Phân tích nguyên nhân trước"):
        correcting.order(found, world.binh, TODAY, title="x", unit=found.unit, due=improving.DUE)
    correcting.analyse(found, world.binh, TODAY, cause="Một cửa không nằm trong danh sách phân phối")
    with pytest.raises(NotNow, match="phải giao hành động"):
        correcting.waive(found, world.binh, TODAY, "Thôi")
    second = correcting.order(found, world.binh, TODAY, title="Thêm một cửa", unit=found.unit, due=improving.DUE)
    assert progress_of(fresh(found)).state == State.ANALYSED
    improving.finish(second)
    effect.judge(found, world.hoa, TODAY, effective=True, note="Không còn mẫu cũ")
    assert effect.close(found, world.chi, TODAY).state == State.CLOSED


def test_a_major_one_is_never_waived(world: World) -> None:
    found = improving.analysed(world, grade="major")
    with pytest.raises(NotNow, match="nặng phải có hành động"):
        correcting.waive(found, world.binh, TODAY, "Không cần")


def test_an_output_that_fails_says_what_became_of_it(world: World) -> None:
    found = improving.raised(world, is_output=True)
    with pytest.raises(NotNow, match="cách xử lý đầu ra"):
        correcting.correct(found, world.binh, TODAY, correction="Gọi xin lỗi")
    found = correcting.correct(found, world.binh, TODAY, correction="Gọi xin lỗi", disposition="Thu hồi, cấp lại")
    assert found.disposition == "Thu hồi, cấp lại"


def test_what_has_an_action_is_not_cancelled(world: World) -> None:
    found = improving.acted(world)
    effect.judge(found, world.hoa, TODAY, effective=False, note="Chưa được")
    with pytest.raises(NotNow, match="Đã có hành động"):
        nonconformity.cancel(found, world.chi, TODAY, "Không phải")


def test_late_is_a_cause_an_action_or_a_check_past_its_day(world: World) -> None:
    cause = improving.raised(world)
    action, _task = improving.acting(world)
    check = improving.acted(world)
    fine = improving.closed(world)
    improvement_day.run_day(world.agency, TODAY)
    rows = Nonconformity.objects.order_by("pk")
    assert list(late(rows, TODAY)) == []
    assert list(late(rows, TODAY + DAY)) == [check]
    assert list(late(rows, improving.DUE + DAY)) == [cause, action, check]
    assert fine not in late(rows, improving.DUE + 400 * DAY)
