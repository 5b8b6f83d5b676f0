"""Taking in a file: what is kept, what is refused before anything of it is kept, what is recognised."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from docx import Document

from sauro.documents import services
from sauro.documents.models import Reading
from sauro.files.models import StoredFile
from sauro.files.services import FileRefused
from sauro.organization.policy import Refused

TEXT = """SỞ CÔNG THƯƠNG TỈNH BÌNH LÃNG
Số: 386/QĐ-SCT
Bình Lãng, ngày 12 tháng 3 năm 2026
QUYẾT ĐỊNH
Ban hành Kế hoạch chuyển đổi số năm 2026
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi số năm 2026.

TT\tNội dung nhiệm vụ\tĐơn vị chủ trì\tThời hạn\tSản phẩm
1\tRà soát quy trình nội bộ\tVăn phòng Sở\tTháng 6 năm 2026\tBáo cáo rà soát
2\tCập nhật bảng giá\tPhòng QLTM&TMĐT\tThường xuyên\tBảng giá
"""


def kept_files() -> list[Path]:
    """Every file that lies in the store."""
    return [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]


def docx_of(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    document, out = Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_decision_is_kept_once_read_and_told_of(agency_world):
    reading, earlier = services.upload(agency_world.chi, io.BytesIO(TEXT.encode()), "386.txt")
    reading.refresh_from_db()
    assert earlier is None
    assert reading.state == Reading.State.READY, reading.error
    assert [t["title"] for t in reading.draft["tasks"]] == ["Rà soát quy trình nội bộ", "Cập nhật bảng giá"]
    assert len(kept_files()) == 1
    assert agency_world.chi.notices.filter(verb="documents.reading.read").exists()


def test_the_same_file_again_leads_to_the_reading_that_is_there(agency_world):
    first, _none = services.upload(agency_world.chi, io.BytesIO(TEXT.encode()), "386.txt")
    again, earlier = services.upload(agency_world.giang, io.BytesIO(TEXT.encode()), "ban-sao.txt")
    assert again == earlier == first
    assert Reading.objects.count() == 1


def test_a_discarded_reading_does_not_stand_in_the_way(agency_world):
    first, _none = services.upload(agency_world.chi, io.BytesIO(TEXT.encode()), "386.txt")
    services.discard(first, agency_world.chi)
    again, earlier = services.upload(agency_world.chi, io.BytesIO(TEXT.encode()), "386.txt")
    assert earlier is None
    assert again != first


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mat.txt", ("MẬT\n" + TEXT).encode()),
        ("toi-mat.docx", docx_of("TỐI MẬT", *TEXT.splitlines())),
    ],
)
def test_a_classified_document_never_reaches_the_disk(agency_world, name, content):
    reading, _none = services.upload(agency_world.chi, io.BytesIO(content), name)
    assert reading.state == Reading.State.FAILED
    assert "MẬT" in reading.error
    assert reading.file is None
    assert kept_files() == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_stamp_found_only_by_the_whole_reading_leaves_no_bytes_behind(agency_world, monkeypatch):
    monkeypatch.setattr(services, "refuse_early", lambda path: None)
    reading, _none = services.upload(agency_world.chi, io.BytesIO(("MẬT\n" + TEXT).encode()), "mat.txt")
    reading.refresh_from_db()
    assert reading.state == Reading.State.FAILED
    assert reading.file is None
    assert reading.manuscript == {} == reading.draft
    assert kept_files() == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("anh.zip", b"PK\x03\x04rest", "hỏng"),
        ("may.exe", b"MZ\x90\x00\x03\x00\x00\x00\x00", "không phải là văn bản"),
        ("cu.doc", b"{\\rtf1 xin chao}", "cũ"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence_and_not_kept(agency_world, name, content, words):
    reading, _none = services.upload(agency_world.chi, io.BytesIO(content), name)
    assert reading.state == Reading.State.FAILED
    assert words in reading.error
    assert kept_files() == []


def test_empty_and_too_large_files_are_refused_at_once(agency_world, settings):
    with pytest.raises(FileRefused, match="trống"):
        services.upload(agency_world.chi, io.BytesIO(b""), "a.txt")
    settings.MAX_UPLOAD = 1000
    with pytest.raises(FileRefused, match="lớn hơn"):
        services.upload(agency_world.chi, io.BytesIO(b"a" * 2000), "a.txt")
    assert kept_files() == []
    assert not Reading.objects.exists()


@pytest.mark.parametrize("who", ["an", "binh", "dung", "hoa"])
def test_only_who_may_review_may_upload(agency_world, who):
    with pytest.raises(Refused, match="Lê Thị Kim Chi"):
        services.upload(agency_world.people[who], io.BytesIO(TEXT.encode()), "386.txt")
    assert kept_files() == []
