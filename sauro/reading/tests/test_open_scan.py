"""Scanned pages: read where Tesseract with Vietnamese is installed, else one sentence says what is missing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from sauro.reading.errors import ReadingError
from sauro.reading.open import open_manuscript, scan

DATA = Path(__file__).parent / "data"


@pytest.fixture
def scanned(tmp_path) -> Path:
    """The first page of the table as a picture in a PDF without text."""
    source = pypdfium2.PdfDocument(DATA / "ke-hoach.pdf")
    page = source[3]
    target = pypdfium2.PdfDocument.new()
    width, height = page.get_size()
    image = pypdfium2.PdfImage.new(target)
    image.set_bitmap(page.render(scale=200 / 72, grayscale=True))
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    sheet = target.new_page(width, height)
    sheet.insert_obj(image)
    sheet.gen_content()
    target.save(tmp_path / "quet.pdf")
    return tmp_path / "quet.pdf"


def has_vietnamese() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in (done.stdout + done.stderr).split()


def test_a_scan_gives_the_rows_of_its_table_or_says_what_to_install(scanned):
    told: list[str] = []
    if not has_vietnamese():
        with pytest.raises(ReadingError) as caught:
            open_manuscript(scanned)
        assert caught.value.code == "ocr" and "tesseract-ocr-vie" in caught.value.message_vi
        return
    manuscript = open_manuscript(scanned, lambda _, words: told.append(words))
    tasks = [b for b in manuscript.blocks if b.kind == "row"]
    assert manuscript.source == "scan"
    assert tasks[0].cells[1].text == "Nội dung công việc" and len(tasks[0].cells) == 6
    assert any("Các sở, ban, ngành" in cell.text for row in tasks for cell in row.cells)
    assert "Đang nhận dạng chữ trang 1 (1/1)" in told


def test_without_tesseract_the_sentence_names_the_packages(scanned, monkeypatch):
    monkeypatch.setattr(scan.shutil, "which", lambda _: None)
    with pytest.raises(ReadingError) as caught:
        open_manuscript(scanned)
    assert (caught.value.code, caught.value.message_vi) == ("ocr", scan.NO_TESSERACT)


def test_without_vietnamese_data_the_sentence_says_so(scanned, monkeypatch):
    monkeypatch.setattr(scan.shutil, "which", lambda _: "tesseract")
    monkeypatch.setattr(scan, "_languages", lambda _: "List of available languages (1):\neng\n")
    with pytest.raises(ReadingError) as caught:
        open_manuscript(scanned)
    assert (caught.value.code, caught.value.message_vi) == ("ocr", scan.NO_VIETNAMESE)


def test_a_page_that_takes_too_long_is_given_up(scanned, monkeypatch):
    def slow(*args: object, **more: object) -> None:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(scan, "_tesseract", lambda: "tesseract")
    monkeypatch.setattr(scan.subprocess, "run", slow)
    with pytest.raises(ReadingError) as caught:
        open_manuscript(scanned)
    assert caught.value.code == "slow" and caught.value.message_vi.startswith("Trang 1 ")


def test_ruling_lines_are_found_and_painted_over():
    wide, high = 200, 120
    pixels = bytearray(b"\xff" * (wide * high))
    pixels[20 * wide + 10 : 20 * wide + 190] = b"\x00" * 180
    for y in range(20, 110):
        pixels[y * wide + 10] = 0
    pixels[60 * wide + 30 : 60 * wide + 40] = b"\x00" * 10  # part of a letter
    across, down, clean = scan._rules(bytes(pixels), wide, high, 60)
    assert across == [(20.0, 10, 190)] and down == [(10.0, 20, 110)]
    assert clean.count(0) == 10
