"""People, units and the ledger on screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sauro.monitoring import services
from sauro.monitoring.models import Duty
from sauro.organization.models import Person, Role, Unit
from sauro.plans.models import Plan
from sauro.testing import PASSWORD, TRADE, World, task_of
from sauro.web.people.deeds import DEEDS

OTHERS = ["an", "binh", "dung", "giang", "hoa"]


@pytest.mark.parametrize("who", OTHERS)
def test_keeping_people_and_units_is_refused_with_who_can(sign_in: Any, agency_world: World, who: str) -> None:
    client, pk, unit = sign_in(who), agency_world.an.pk, agency_world.units[TRADE].pk
    for url in ("/nguoi-dung/them/", f"/nguoi-dung/{pk}/", "/danh-ba/", "/danh-ba/them/", f"/danh-ba/{unit}/"):
        answer = client.get(url)
        assert answer.status_code == 403 and "Lê Thị Kim Chi" in answer.content.decode()
    for act in ("mat-khau", "khoa"):
        assert client.post(f"/nguoi-dung/{pk}/{act}/").status_code == 403
    assert client.get("/nguoi-dung/").status_code == 200


def test_who_keeps_people_and_units_finds_the_way_from_the_list(sign_in: Any, agency_world: World) -> None:
    kept, others = (sign_in(who).get("/nguoi-dung/").content.decode() for who in ("chi", "binh"))
    for url in ("/nguoi-dung/them/", "/danh-ba/"):
        assert f'href="{url}"' in kept and f'href="{url}"' not in others


def test_a_person_is_added_and_signs_in_with_the_password_that_was_said_once(
    sign_in: Any, client: Any, agency_world: World
) -> None:
    keeper = sign_in("chi")
    data = {
        "username": "Kien", "full_name": "Lý  Trung Kiên", "unit": agency_world.units[TRADE].pk, "post": "member",
        "role": Role.objects.get(code="officer").pk, "email": "kien@example.vn",
    }  # fmt: skip
    page = keeper.post("/nguoi-dung/them/", data, follow=True).content.decode()
    password = re.search(r"kien\): ([\w-]+)\.", page).group(1)
    assert password not in keeper.get("/nguoi-dung/").content.decode()
    client.logout()
    assert client.post("/dang-nhap/", {"username": "kien", "password": password}).status_code == 302
    again = sign_in("chi").post("/nguoi-dung/them/", data)
    assert again.status_code == 422 and "đã có người dùng" in again.content.decode()


def test_a_person_who_is_locked_out_leaves_their_duties_to_the_unit(
    sign_in: Any, client: Any, adopted_plan: Plan, agency_world: World
) -> None:
    services.assign(task_of(adopted_plan, "1.2"), agency_world.an, agency_world.binh)
    said = sign_in("chi").post(f"/nguoi-dung/{agency_world.an.pk}/khoa/", follow=True).content.decode()
    assert "Đã khóa tài khoản của Nguyễn Hoài An; 3 việc trả về đơn vị." in said
    assert not Duty.objects.open().filter(person=agency_world.an).exists()
    client.logout()
    assert client.post("/dang-nhap/", {"username": "an", "password": PASSWORD}).status_code == 200


def test_a_unit_is_renamed_given_a_head_and_still_known_by_its_old_name(sign_in: Any, agency_world: World) -> None:
    unit = agency_world.units[TRADE]
    data = {"name": "Phòng Thương mại", "short_name": "P. TM", "aliases": "QLTM\nP.QLTM", "is_active": "on"}
    client = sign_in("chi")
    assert client.post(f"/danh-ba/{unit.pk}/", data | {"head": agency_world.an.pk})["Location"] == "/danh-ba/"
    page = client.get("/danh-ba/").content.decode()
    assert "Phòng Thương mại" in page and TRADE in page and "Nguyễn Hoài An" in page
    assert Person.objects.get(username="binh").post == Person.Post.MEMBER
    taken = client.post("/danh-ba/them/", {"name": "Phòng Thương mại", "parent": unit.pk})
    assert taken.status_code == 422 and "Đã có đơn vị tên" in taken.content.decode()
    client.post("/danh-ba/them/", {"name": "Tổ mới", "parent": unit.pk})
    assert Unit.objects.get(name="Tổ mới").path.startswith(unit.path)


def test_people_are_found_without_diacritics_in_a_constant_number_of_queries(
    sign_in: Any, agency_world: World, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("an")
    with django_assert_max_num_queries(12):
        page = client.get("/nguoi-dung/?q=truong giang").content.decode()
    assert "Đỗ Trường Giang" in page and "Phạm Tiến Dũng" not in page
    assert client.get("/nguoi-dung/?tai=xlsx").status_code == 200


@pytest.mark.parametrize("who", ["an", "binh", "dung"])
def test_the_ledger_is_not_for_everyone(sign_in: Any, agency_world: World, who: str) -> None:
    assert sign_in(who).get("/so-cai/").status_code == 403
    assert sign_in(who).post("/so-cai/kiem-tra/").status_code == 403


def test_the_ledger_says_whether_it_is_whole(sign_in: Any, adopted_plan: Plan) -> None:
    client = sign_in("hoa")
    page = client.get("/so-cai/?viec=plans.plan.adopted").content.decode()
    assert "1 dòng trong sổ cái" in page and "Lê Thị Kim Chi" in page
    assert 'action="/so-cai/kiem-tra/"' in page
    assert "sổ cái còn nguyên" in client.post("/so-cai/kiem-tra/", follow=True).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET actor_label = 'Người khác' WHERE seq = 2")
    said = client.post("/so-cai/kiem-tra/", follow=True).content.decode()
    assert "đã bị thay đổi bên ngoài phần mềm" in said and "dòng 2: nội dung đã bị sửa" in said


def test_every_verb_that_the_code_records_has_words() -> None:
    root = Path(__file__).resolve().parents[2]
    text = "".join(p.read_text() for p in root.rglob("*.py") if "/tests/" not in p.as_posix())
    calls = re.findall(r"(?:record|record_many|Act)\((?:[^()]|\([^()]*\))*?\"([a-z_]+\.[a-z_]+\.[a-z_]+)\"", text)
    assert len(set(calls)) > 20
    assert set(calls) <= set(DEEDS), set(calls) - set(DEEDS)
