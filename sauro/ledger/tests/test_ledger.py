"""The ledger: appended in the transaction of the change, and telling of any change behind its back."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from sauro.ledger import services
from sauro.ledger.models import Entry, Head
from sauro.organization.models import Agency
from sauro.testing import World


@pytest.fixture
def written(agency_world: World) -> list[Entry]:
    """A chain of some entries about the agency."""
    with transaction.atomic():
        for n in range(5):
            services.record(agency_world.an, "test.thing.done", agency_world.agency, n=n, text="Đặt tên: Ễ ỵ")
    return list(Entry.objects.order_by("seq"))


def sql(statement: str, *values: object) -> None:
    """Change the table as someone would who goes round the application."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults() -> list[tuple[int, str]]:
    """What the check finds."""
    return [(f.seq, f.why) for f in services.verify()]


def test_an_untouched_ledger_has_no_fault(written: list[Entry]) -> None:
    assert [e.seq for e in written] == list(range(1, len(written) + 1))
    assert faults() == []
    assert services.length() == len(written)


@pytest.mark.parametrize(
    "column", ["actor_label", "verb", "object_label", "object_id", "object_type", "at", "data", "actor_id", "agency_id"]
)
def test_a_changed_entry_is_found_whatever_was_changed(written: list[Entry], column: str) -> None:
    value = {"at": "2020-01-01 00:00:00+00:00", "data": '{"n": 99}', "actor_id": 999, "agency_id": 999}
    sql(f"UPDATE ledger_entry SET {column} = %s WHERE seq = 4", value.get(column, "khác"))
    assert (4, "nội dung đã bị sửa") in faults()


def test_a_changed_entry_with_a_new_hash_breaks_the_link_after_it(written: list[Entry]) -> None:
    sql("UPDATE ledger_entry SET hash = %s WHERE seq = 4", "f" * 64)
    assert (5, "không nối với dòng trước") in faults()


def test_a_removed_entry_is_found(written: list[Entry]) -> None:
    sql("DELETE FROM ledger_entry WHERE seq = 3")
    assert (3, "thiếu dòng 3 đến 3") in faults()


def test_a_cut_end_is_found(written: list[Entry]) -> None:
    sql("DELETE FROM ledger_entry WHERE seq > %s", written[-1].seq - 2)
    assert [why for _seq, why in faults()] == ["cuối sổ bị cắt hoặc thêm"]


def test_a_ledger_emptied_whole_is_found(written: list[Entry]) -> None:
    sql("DELETE FROM ledger_entry")
    assert faults()


def test_an_added_entry_is_found(written: list[Entry]) -> None:
    last = written[-1]
    sql(
        "INSERT INTO ledger_entry"
        " (seq, at, actor_label, verb, object_type, object_id, object_label, data, previous, hash)"
        " SELECT seq + 1, at, actor_label, verb, object_type, object_id, object_label, data, hash, %s"
        " FROM ledger_entry WHERE seq = %s",
        "a" * 64,
        last.seq,
    )
    assert faults()


def test_entries_are_neither_saved_nor_deleted_through_the_model(written: list[Entry]) -> None:
    with pytest.raises(TypeError, match="chỉ ghi thêm"):
        written[0].save()
    with pytest.raises(TypeError, match="chỉ ghi thêm"):
        written[0].delete()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction() -> None:
    agency = Agency.objects.create(name="Cơ quan")
    with pytest.raises(transaction.TransactionManagementError):
        services.record(None, "test.thing.done", agency)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry_and_no_gap() -> None:
    agency = Agency.objects.create(name="Cơ quan")
    with pytest.raises(RuntimeError), transaction.atomic():
        services.record(None, "test.thing.done", agency)
        raise RuntimeError
    with transaction.atomic():
        assert services.record(None, "test.thing.done", agency).seq == 1
    assert Head.objects.get().seq == 1
    assert faults() == []


def test_an_entry_outlives_its_object_and_the_stamp_moves_with_every_entry(agency_world: World) -> None:
    before = services.stamp()
    unit = agency_world.units["Tổ Thương mại điện tử"]
    with transaction.atomic():
        services.record(agency_world.binh, "test.thing.done", unit)
    entries = list(services.history_of(unit))
    assert entries[0].object_label == "Tổ Thương mại điện tử" and entries[0].actor_label == "Trần Quốc Bình"
    assert entries[0].agency_id == agency_world.agency.pk
    assert services.stamp() not in ("", before)
