"""Bytes are kept once, under what they are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from sauro.files import services
from sauro.files.kinds import media_type_of
from sauro.files.models import StoredFile

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_kept_once_whatever_their_name() -> None:
    first, known = services.store(io.BytesIO(b"%PDF-1.4 a"), "a.pdf")
    again, known_again = services.store(io.BytesIO(b"%PDF-1.4 a"), "ten khac.pdf")
    assert (known, known_again) == (False, True)
    assert first.pk == again.pk and StoredFile.objects.count() == 1
    with services.open_stored(first) as source:
        assert source.read() == b"%PDF-1.4 a"


def test_bytes_that_went_missing_are_kept_again() -> None:
    stored, _known = services.store(io.BytesIO(b"noi dung"), "a.txt")
    default_storage.delete(stored.storage_name)
    again, _known = services.store(io.BytesIO(b"noi dung"), "a.txt")
    assert again.pk == stored.pk and default_storage.exists(stored.storage_name)


def test_an_empty_file_and_one_too_large_are_refused_with_a_sentence() -> None:
    with pytest.raises(services.FileRefused, match=r"Tệp trống\.txt trống"):
        services.store(io.BytesIO(b""), "trống.txt")
    with pytest.raises(services.FileRefused, match="lớn hơn 1 MB"):
        services.store(io.BytesIO(b"x" * (services.CHUNK + 1)), "to.bin", limit=services.CHUNK)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_must_not_be_kept_is_forgotten_whole() -> None:
    stored, _known = services.store(io.BytesIO(b"mat"), "a.txt")
    name = stored.storage_name
    assert services.forget(stored)
    assert not default_storage.exists(name) and not StoredFile.objects.exists()


def test_a_local_copy_keeps_the_ending(tmp_path: Path) -> None:
    stored, _known = services.store(io.BytesIO(b"noi dung"), "a.TXT")
    copy = services.local_copy(stored, tmp_path, "a.TXT")
    assert copy.suffix == ".txt" and copy.read_bytes() == b"noi dung"


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7", "a.docx", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "image/png"),
        (b"PK\x03\x04", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04", "a.pdf", "application/zip"),
        (b"<script>alert(1)</script>", "a.html", "text/plain"),
        (b"<svg onload=x>", "a.svg", "text/plain"),
        (b"a\x00b", "a.txt", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(head: bytes, name: str, kind: str) -> None:
    assert media_type_of(head, name) == kind
