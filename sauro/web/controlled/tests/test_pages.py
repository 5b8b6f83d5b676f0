"""The room of controlled documents: what its pages say, do, and cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sauro.documents.control import circulation, drafts
from sauro.documents.control import register as master
from sauro.documents.control.classes import ensure_classes
from sauro.documents.control.tests.scene import make_document, make_version
from sauro.documents.models import Acknowledgement, DocumentVersion
from sauro.testing import TODAY, TRADE, World
from sauro.web.controlled import typed
from sauro.writing.quality import DocumentContent, Step

pytestmark = pytest.mark.django_db


def cost(client: Client, url: str) -> int:
    """How many queries a page takes."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def copies(world: World, first: int, many: int) -> None:
    """So many more documents in force, each read by nobody."""
    cls = ensure_classes(world.agency)["QT"]
    pattern = DocumentVersion.objects.filter(state="in_force").first()
    assert pattern is not None
    for n in range(first, first + many):
        document = master.register(cls, world.chi, code=f"HD.{n}", title=f"Việc {n}", unit=world.units[TRADE])
        version = DocumentVersion.objects.get(pk=pattern.pk)
        version.pk, version.document, version._state.adding = None, document, True
        version.save()
        document.current = version
        document.save()
        circulation.hand_out(version, world.giang, TODAY, [world.units[TRADE]])


@pytest.mark.parametrize("name", ["controlled-list", "acknowledgement-list", "to-read", "home"])
def test_a_list_costs_the_same_with_three_rows_and_with_thirty(sign_in: Any, agency_world: World, name: str) -> None:
    make_version(agency_world, "in_force")
    client = sign_in("an")
    copies(agency_world, 0, 2)
    few = cost(client, reverse(name))
    copies(agency_world, 2, 27)
    assert cost(client, reverse(name)) == few


def test_the_list_is_filtered_by_state_clause_and_words(sign_in: Any, agency_world: World) -> None:
    document = make_version(agency_world, "in_force").document
    master.change(document, agency_world.chi, {"clauses": ["7.5.3"]})
    make_version(agency_world, "checking", document=make_document(agency_world, "QT.02", "Xử lý phản ánh"))
    client = sign_in("chi")
    for query, shown in (
        ("", {"QT.01", "QT.02"}),
        ("?trang_thai=in_force", {"QT.01"}),
        ("?trang_thai=checking", {"QT.02"}),
        ("?trang_thai=none", {"QT.02"}),
        ("?dieu_khoan=7", {"QT.01"}),
        ("?dieu_khoan=8", set()),
        ("?q=phan+anh", {"QT.02"}),
        ("?xem_xet=den_ky", set()),
    ):
        page = client.get(reverse("controlled-list") + query).content.decode()
        assert {code for code in ("QT.01 ", "QT.02 ") if code in page} == {f"{c} " for c in shown}, query


def test_what_is_read_on_the_page_is_confirmed_with_one_click(sign_in: Any, agency_world: World) -> None:
    version = make_version(agency_world, "in_force")
    client = sign_in("an")
    home = client.get("/").content.decode()
    assert "Tài liệu cần đọc" in home
    assert reverse("version-read", args=[version.pk]) in home
    answer = client.post(reverse("version-read", args=[version.pk]), {"next": "/"})
    assert answer.url == "/"
    assert Acknowledgement.objects.get(person=agency_world.an).read_at
    assert "Tài liệu cần đọc" not in client.get("/").content.decode()
    page = client.get(reverse("controlled", args=[version.document_id])).content.decode()
    assert "1 trên 6 người, 16%" in page
    # Never out of the site.
    far = client.post(reverse("version-read", args=[version.pk]), {"next": "https://example.org/"})
    assert far.url == reverse("version", args=[version.pk])


def test_rows_come_and_go_without_scripts(sign_in: Any, agency_world: World) -> None:
    version = make_version(agency_world)
    client, url = sign_in("an"), reverse("version-edit", args=[version.pk])
    data = {
        "version": version.version,
        "summary": "Sửa",
        "steps-0-name": "Một",
        "steps-1-name": "",
        "steps-2-name": "Ba",
    }
    answer = client.post(url, {**data, "add": "steps"})
    assert answer.url == f"{url}?them=steps#phan-steps"
    page = client.get(f"{url}?them=steps").content.decode()
    assert 'name="steps-2-name"' in page
    version.refresh_from_db()
    assert [s["name"] for s in version.content["steps"]] == ["Một", "Ba"]
    # The page numbers rows as it shows them, empty ones among them.
    client.post(url, {**data, "version": version.version, "up": "steps-2"})
    version.refresh_from_db()
    assert [s["name"] for s in version.content["steps"]] == ["Một", "Ba"]
    client.post(url, {**data, "version": version.version, "remove": "steps-0"})
    version.refresh_from_db()
    assert [s["name"] for s in version.content["steps"]] == ["Ba"]


def test_rows_come_and_go_with_htmx_as_a_part_of_the_page(sign_in: Any, agency_world: World) -> None:
    version = make_version(agency_world)
    client, url = sign_in("an"), reverse("version-edit", args=[version.pk])
    data = {"version": version.version, "steps-0-name": "Một", "add": "steps"}
    answer = client.post(url, data, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert part.lstrip().startswith('<fieldset class="doc-rows" id="phan-steps"')
    assert 'name="steps-1-name"' in part
    assert f'value="{version.version + 1}" id="id_version" hx-swap-oob="true"' in part


def test_two_editors_choose_part_by_part(sign_in: Any, agency_world: World) -> None:
    version = make_version(agency_world)
    drafts.save_draft(version, agency_world.binh, {**version.content, "purpose": "Của Bình"})
    client, url = sign_in("an"), reverse("version-edit", args=[version.pk])
    mine = {"version": version.version, "purpose": "Của An", "scope": version.content["scope"], "summary": "Sửa"}
    for n, step in enumerate(version.content["steps"]):
        mine |= {f"steps-{n}-{name}": value for name, value in step.items()}
    soft = client.post(reverse("version-save", args=[version.pk]), mine, headers={"HX-Request": "true"})
    assert (soft.status_code, "So hai bản" in soft.content.decode()) == (409, True)
    answer = client.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1 phần khác nhau, chọn rồi lưu" in page
    assert "Trần Quốc Bình" in page
    fresh = DocumentVersion.objects.get(pk=version.pk)
    chosen = {
        "version": fresh.version,
        "mine": answer.context["mine"],
        "pick_purpose": "mine",
        "summary": "Sửa",
    }
    assert client.post(url, chosen).status_code == 302
    fresh.refresh_from_db()
    assert fresh.content["purpose"] == "Của An"
    assert fresh.content["steps"] == version.content["steps"]


def test_what_changed_is_marked_in_the_comparison(sign_in: Any, agency_world: World) -> None:
    first = make_version(agency_world, "in_force")
    second = make_version(agency_world, document=first.document, scope="Các phòng và trung tâm thuộc Sở.")
    url = reverse("controlled-compare", args=[first.document_id])
    page = sign_in("an").get(f"{url}?tu={first.pk}&den={second.pk}&kieu=gop").content.decode()
    assert "1 chỗ khác nhau" in page
    assert '<ins class="added">' in page
    assert "trung tâm" in page


def test_the_form_reads_back_what_it_shows() -> None:
    content = DocumentContent(
        purpose="Mục đích\ndòng hai",
        references=("A", "B"),
        steps=(Step("Một", "An", "1 ngày", "BM", "x\ny"), Step("Hai")),
    )
    data: dict[str, Any] = {"purpose": content.purpose, "references": typed.lines_of(content, "references")}
    for row in typed.rows_of(content, "steps", blank=2):
        data |= {cell.name: cell.value for cell in row.cells}
    assert typed.read(data) == content


def test_a_procedure_is_downloaded_as_word_and_as_the_frozen_pdf(sign_in: Any, agency_world: World) -> None:
    version = make_version(agency_world, "in_force")
    client = sign_in("an")
    word = client.get(reverse("version-word", args=[version.pk]))
    pdf = client.get(reverse("version-pdf", args=[version.pk]))
    assert b"".join(word.streaming_content)[:2] == b"PK"
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"
    assert "qt.01-tiep-nhan-ho-so-lan-01.pdf" in pdf["Content-Disposition"]


def test_who_approves_is_told_of_what_the_model_left_open(sign_in: Any, agency_world: World) -> None:
    version = make_version(agency_world, "checked", purpose="Giải quyết thủ tục [tên thủ tục]")
    words = "Còn 1 chỗ trong ngoặc vuông chưa điền"
    for address in (reverse("controlled", args=[version.document_id]), reverse("version-approve", args=[version.pk])):
        page = sign_in("giang").get(address).content.decode()
        assert words in page and "[tên thủ tục]" in page
