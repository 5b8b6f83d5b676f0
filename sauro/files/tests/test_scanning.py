"""The virus scanner: a real clamd with a signature of its own for EICAR's test file, and one that isn't there."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sauro.files import services
from sauro.files.errors import FileRefused
from sauro.files.models import StoredFile

# The test file that every scanner knows, in two halves so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a clamd that runs for these tests."""
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    folder = tmp_path_factory.mktemp("clamd")
    base = folder / "db"
    base.mkdir()
    (base / "test.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test-Signature\n")
    # A path of a socket may be a hundred characters long: the folder of the tests may be longer.
    path = Path(f"/tmp/sauro-clamd-{time.monotonic_ns()}.sock")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {path}\nDatabaseDirectory {base}\nForeground yes\n"
        f"StreamMaxLength 2M\nTemporaryDirectory {folder}\n"
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "clamd.conf")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        until = time.monotonic() + 120
        while not path.exists():
            assert process.poll() is None, process.stdout.read().decode()  # type: ignore[union-attr]
            assert time.monotonic() < until, "clamd did not start"
            time.sleep(0.1)
        yield str(path)
    finally:
        process.terminate()
        process.communicate(timeout=60)
        path.unlink(missing_ok=True)


@pytest.fixture
def scanned(clamd: str, settings: Any) -> None:
    """The scanner is named in the settings."""
    settings.CLAMD = clamd


@pytest.mark.needs_clamd
def test_a_virus_is_named_and_nothing_is_kept(scanned: None) -> None:
    with pytest.raises(FileRefused, match="Eicar-Test-Signature"):
        services.store(io.BytesIO(EICAR), "sạch.txt")
    assert not StoredFile.objects.exists()


@pytest.mark.needs_clamd
def test_a_clean_file_is_kept_and_says_that_it_was_scanned(scanned: None) -> None:
    stored, _was_there = services.store(io.BytesIO(b"bien ban"), "a.txt")
    assert stored.scan == StoredFile.Scan.CLEAN and stored.scanned_at


@pytest.mark.needs_clamd
def test_a_file_kept_before_there_was_a_scanner_is_scanned_when_it_comes_again(clamd: str, settings: Any) -> None:
    stored, _was_there = services.store(io.BytesIO(b"bien ban"), "a.txt")
    assert stored.scan == StoredFile.Scan.OFF
    settings.CLAMD = clamd
    services.store(io.BytesIO(b"bien ban"), "b.txt")
    stored.refresh_from_db()
    assert stored.scan == StoredFile.Scan.CLEAN


@pytest.mark.needs_clamd
def test_what_the_scanner_finds_too_large_is_not_taken_unscanned(scanned: None) -> None:
    with pytest.raises(FileRefused, match=r"lon\.txt"):
        services.store(io.BytesIO(b"x" * (3 << 20)), "lon.txt")


def test_where_the_scanner_is_away_files_are_not_taken_unscanned(settings: Any) -> None:
    settings.CLAMD = "/nowhere/clamd.ctl"
    with pytest.raises(FileRefused, match="không trả lời"):
        services.store(io.BytesIO(b"bien ban"), "a.txt")


def test_without_a_scanner_files_are_taken_and_say_so(settings: Any) -> None:
    settings.CLAMD = ""
    stored, _was_there = services.store(io.BytesIO(b"bien ban"), "a.txt")
    assert "Chưa quét" in stored.get_scan_display()


def test_what_is_only_looked_at_is_scanned_too(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    asked: list[bytes] = []
    settings.CLAMD = "127.0.0.1:9"
    monkeypatch.setattr("sauro.files.scanning.scan", lambda source, name: asked.append(source.read()))
    services.spool(io.BytesIO(b"bang"), "bang.xlsx", tmp_path / "bang.xlsx", scan=True)
    assert asked == [b"bang"]
    settings.CLAMD = ""
    services.spool(io.BytesIO(b"bang"), "bang.xlsx", tmp_path / "bang.xlsx", scan=True)
    assert len(asked) == 1
