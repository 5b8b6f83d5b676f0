"""Documents: who sees what, taking in, the lists, one document and its file."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sauro.documents import services
from sauro.documents.models import IssuedDocument, Reading
from sauro.documents.tests.test_upload import TEXT, docx_of, kept_files
from sauro.monitoring import services as monitoring
from sauro.testing import TODAY, make_reading, small_draft

LIST, QUEUE, REFUSED, UPLOAD = map(reverse, ("document-list", "reading-list", "reading-refused", "document-upload"))


def upload(client, *files: tuple[str, bytes], **extra):
    """Post these files."""
    return client.post(UPLOAD, {"tep": [SimpleUploadedFile(name, content) for name, content in files]}, **extra)


@pytest.mark.parametrize("who", ["an", "dung", "hoa", "binh"])
def test_who_may_not_upload_is_told_who_may_and_nothing_is_kept(sign_in, who):
    response = upload(sign_in(who), ("386.txt", TEXT.encode()))
    assert response.status_code == 403
    assert "Lê Thị Kim Chi" in response.content.decode()
    assert kept_files() == []
    assert not Reading.objects.exists()
    assert sign_in(who).get(LIST).status_code == 200
    assert "data-upload" not in sign_in(who).get(LIST).content.decode()


@pytest.mark.parametrize("url", [LIST, QUEUE, REFUSED])
def test_who_may_upload_finds_the_form_and_the_steps_on_every_list(sign_in, url):
    page = sign_in("chi").get(url).content.decode()
    assert "data-upload" in page and 'type="file"' in page
    for step in (LIST, QUEUE, REFUSED):
        assert f'href="{step}"' in page


@pytest.mark.parametrize("who", ["an", "dung", "hoa"])
def test_readings_are_not_there_for_who_may_not_review(sign_in, agency_world, who):
    reading = make_reading(agency_world)
    client = sign_in(who)
    for name in (
        "reading-review",
        "reading-file",
        "reading-units",
        "reading-progress",
        "reading-item",
        "reading-amend",
    ):
        assert client.get(reverse(name, args=[reading.pk])).status_code == 404, name
    for name in (
        "reading-save",
        "reading-answer",
        "reading-tasks",
        "reading-items",
        "reading-discard",
        "reading-adopt",
    ):
        assert client.post(reverse(name, args=[reading.pk])).status_code == 404, name
    assert "ke-hoach.docx" not in client.get(QUEUE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_read_and_leads_to_its_review(sign_in):
    client = sign_in("chi")
    response = upload(client, ("386.txt", TEXT.encode()), follow=True)
    assert response.redirect_chain[-1][0] == reverse("reading-review", args=[Reading.objects.get().pk])
    page = response.content.decode()
    assert "386/QĐ-SCT" in page
    assert 'data-pane="cho-ngo"' in page
    # The source is drawn with what was read marked.
    assert '<span class="read"' in page


@pytest.mark.django_db(transaction=True)
def test_the_same_file_again_is_recognised_and_said_so(sign_in):
    client = sign_in("chi")
    upload(client, ("386.txt", TEXT.encode()))
    response = upload(client, ("ban-sao.txt", TEXT.encode()), follow=True)
    assert "đã có từ" in response.content.decode()
    assert Reading.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_several_files_at_once_lead_to_the_list(sign_in):
    files = [("a.txt", TEXT.encode()), ("b.txt", TEXT.replace("386", "387").encode())]
    assert upload(sign_in("chi"), *files).url == QUEUE
    assert Reading.objects.count() == 2


def test_a_classified_file_is_refused_with_a_sentence_and_stands_among_the_refused(sign_in):
    client = sign_in("chi")
    response = upload(client, ("mat.docx", docx_of("TUYỆT MẬT", *TEXT.splitlines())), follow=True)
    page = response.content.decode()
    assert "không được chứa văn bản mật" in page
    assert kept_files() == []
    assert "mat.docx" in client.get(REFUSED).content.decode()


def test_no_file_and_an_empty_file_are_said(sign_in):
    client = sign_in("chi")
    assert "Chưa chọn tệp" in client.post(UPLOAD, follow=True).content.decode()
    assert "trống" in upload(client, ("a.txt", b""), follow=True).content.decode()


def test_a_long_reading_shows_how_far_it_is_and_then_the_page_again(sign_in, agency_world):
    reading = make_reading(agency_world)
    Reading.objects.filter(pk=reading.pk).update(state="running", progress=64, stage="Đọc bảng phụ lục")
    client = sign_in("chi")
    assert 'aria-valuenow="64"' in client.get(reverse("reading-review", args=[reading.pk])).content.decode()
    url = reverse("reading-progress", args=[reading.pk])
    assert "Đọc bảng phụ lục" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    Reading.objects.filter(pk=reading.pk).update(state="ready")
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize("who", ["an", "hoa", "giang"])
def test_everyone_who_looks_sees_an_adopted_document(sign_in, adopted_plan, who):
    client = sign_in(who)
    page = client.get(reverse("document", args=[adopted_plan.document_id])).content.decode()
    for words in ("118/KH-SCT", "57-NQ/TW", "Như trên", "Giám đốc", f"/ke-hoach/{adopted_plan.pk}/", "gian hàng"):
        assert words in page
    assert "118/KH-SCT" in client.get(LIST).content.decode()


def test_the_original_file_comes_back_byte_for_byte(sign_in, agency_world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reading, _none = services.upload(agency_world.chi, io.BytesIO(TEXT.encode()), "386.txt")
    reading.refresh_from_db()
    plan = monitoring.adopt(reading, agency_world.chi, TODAY, accept_doubts=True)
    response = sign_in("an").get(reverse("document-file", args=[plan.document_id]))
    assert b"".join(response.streaming_content) == TEXT.encode()
    assert "386.txt" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_document_of_another_agency_is_not_there(sign_in, agency_world, adopted_plan):
    from sauro.organization import services as organization

    other = organization.make_agency("Sở Y tế")
    IssuedDocument.objects.update(agency=other)
    client = sign_in("chi")
    assert client.get(reverse("document", args=[adopted_plan.document_id])).status_code == 404
    assert client.get(reverse("document-file", args=[adopted_plan.document_id])).status_code == 404


def test_search_finds_with_and_without_diacritics_and_filters_narrow(sign_in, agency_world, adopted_plan):
    draft = small_draft()
    draft.document.number, draft.document.type, draft.document.title = "12/QĐ-SCT", "Quyết định", "Mục tiêu chất lượng"
    monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY)
    client = sign_in("an")
    for words in ("chat luong", "chất lượng", "12 QĐ", "MỤC TIÊU"):
        page = client.get(LIST, {"q": words}).content.decode()
        assert "12/QĐ-SCT" in page, words
        assert "118/KH-SCT" not in page, words
    page = client.get(LIST, {"loai": "Kế hoạch"}).content.decode()
    assert "118/KH-SCT" in page
    assert "12/QĐ-SCT" not in page


@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv"])
def test_the_lists_are_taken_away(sign_in, agency_world, adopted_plan, kind):
    make_reading(agency_world)
    client = sign_in("chi")
    for url in (LIST, QUEUE, REFUSED):
        response = client.get(url, {"tai": kind})
        assert response.status_code == 200
        assert f".{kind}" in response["Content-Disposition"]


def test_the_lists_cost_the_same_for_one_row_and_for_many(sign_in, agency_world, django_assert_max_num_queries):
    for i in range(12):
        draft = small_draft()
        draft.document.number = f"{i}/KH-SCT"
        monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY)
        make_reading(agency_world, draft)
    client = sign_in("chi")
    for url in (LIST, QUEUE):
        with django_assert_max_num_queries(15):
            client.get(url)
