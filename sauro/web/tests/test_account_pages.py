"""Sign-in, sign-out, password, own data."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sauro.testing import PASSWORD, World


@pytest.mark.parametrize("typed", ["an", "AN", " An "])
def test_signing_in_counts_no_case_and_leads_to_the_own_page(client: Client, agency_world: World, typed: str) -> None:
    answer = client.post("/dang-nhap/", {"username": typed, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_a_page_without_a_person_leads_to_the_door_and_back(client: Client, agency_world: World) -> None:
    answer = client.get("/bao-cao/")
    assert answer["Location"] == "/dang-nhap/?next=/bao-cao/"
    answer = client.post("/dang-nhap/?next=/bao-cao/", {"username": "an", "password": PASSWORD, "next": "/bao-cao/"})
    assert answer["Location"] == "/bao-cao/"


def test_the_door_leads_nowhere_else(client: Client, agency_world: World) -> None:
    data = {"username": "an", "password": PASSWORD, "next": "https://example.org/"}
    assert client.post("/dang-nhap/", data)["Location"] == "/"


def test_a_locked_account_does_not_sign_in(client: Client, agency_world: World) -> None:
    agency_world.an.is_active = False
    agency_world.an.save()
    assert client.post("/dang-nhap/", {"username": "an", "password": PASSWORD}).status_code == 200


def test_too_many_wrong_tries_lock_the_name_whatever_its_case(
    client: Client, agency_world: World, settings: Any
) -> None:
    settings.AXES_ENABLED = True
    for n in range(settings.AXES_FAILURE_LIMIT):
        name = "an" if n % 2 else "AN"
        answer = client.post("/dang-nhap/", {"username": name, "password": "sai"})
    assert answer.status_code == 429 and b"<html" in answer.content
    assert client.post("/dang-nhap/", {"username": "an", "password": PASSWORD}).status_code == 429
    assert client.post("/dang-nhap/", {"username": "binh", "password": PASSWORD}).status_code == 302


def test_signing_out_is_a_post_and_works_after_the_session_has_ended(sign_in: Any) -> None:
    client = sign_in("an")
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert client.get("/").status_code == 302
    assert client.post("/dang-xuat/").status_code == 302


def test_a_changed_password_ends_other_sessions(sign_in: Any, agency_world: World) -> None:
    elsewhere = Client()
    elsewhere.force_login(agency_world.an, backend="sauro.organization.backends.PersonBackend")
    client = sign_in("an")
    data = {"old_password": PASSWORD, "new_password1": "hoa-sen-2026-x", "new_password2": "hoa-sen-2026-x"}
    assert client.post("/tai-khoan/mat-khau/", data)["Location"] == "/tai-khoan/mat-khau/xong/"
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_what_django_says_in_english_alone_is_said_in_vietnamese(sign_in: Any) -> None:
    client = sign_in("an")
    data = {"old_password": PASSWORD, "new_password1": "hoa1", "new_password2": "hoa1"}
    page = client.post("/tai-khoan/mat-khau/", data).content.decode()
    assert "Mật khẩu này ngắn quá. Cần ít nhất 10 ký tự." in page and "too short" not in page
    page = client.post("/tai-khoan/", {"full_name": "An\0", "language": "vi"}).content.decode()
    assert "ký tự rỗng" in page and "Null characters" not in page


def test_own_data_is_corrected_and_taken_away(sign_in: Any, agency_world: World) -> None:
    client = sign_in("an")
    bad = client.post("/tai-khoan/", {"full_name": "", "language": "vi", "email": "khong-phai-thu"})
    assert bad.status_code == 422 and "Chưa lưu được" in bad.content.decode()
    good = {"full_name": "Nguyễn Hoài Ân", "language": "en", "email": "an@example.vn", "position": "Chuyên viên"}
    assert client.post("/tai-khoan/", good).status_code == 302
    agency_world.an.refresh_from_db()
    assert (agency_world.an.full_name, agency_world.an.language) == ("Nguyễn Hoài Ân", "en")
    data = client.get("/tai-khoan/du-lieu/").json()
    assert data["account"]["full_name"] == "Nguyễn Hoài Ân" and "password" not in str(data["account"])
    assert [e["verb"] for e in data["ledger"]] == ["organization.person.corrected"]


def test_the_language_is_switched_with_and_without_a_person(client: Client, agency_world: World) -> None:
    assert client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"}).status_code == 302
    client.force_login(agency_world.an, backend="sauro.organization.backends.PersonBackend")
    client.post("/ngon-ngu/", {"language": "en"})
    agency_world.an.refresh_from_db()
    assert agency_world.an.language == "en"


def test_a_leader_begins_with_the_whole_agency_and_others_with_their_own_page(
    client: Client, agency_world: World
) -> None:
    for name, first in (("giang", "/toan-canh/"), ("an", "/"), ("chi", "/")):
        assert client.post("/dang-nhap/", {"username": name, "password": PASSWORD})["Location"] == first
        client.logout()
