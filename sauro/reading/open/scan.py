"""Scanned pages and pictures: Tesseract with its Vietnamese data, where both are installed.

Ruling lines are found in the picture itself; recognised words then go the same way as the glyphs of a PDF.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

from sauro.reading.errors import ReadingError
from sauro.reading.manuscript import Manuscript
from sauro.reading.open.pdf.pages import Assembly, page_of
from sauro.reading.open.pdf.sheet import Glyph, Rule, Sheet
from sauro.reading.open.registry import Progress, Source, opens

_DPI = 300
_SECONDS_A_PAGE = 120
_MAX_SIDE = 8000  # pixels
_MAX_PAGES = 200
_DARK = bytes(1 if level < 110 else 0 for level in range(256))
_LINE = 0.35  # inches: a shorter run of dark is a letter, not a ruling line

NO_TESSERACT = (
    "Tệp là bản quét, không có lớp chữ, mà máy chủ chưa cài bộ nhận dạng chữ. "
    "Tải lên tệp Word, hoặc đề nghị quản trị cài gói tesseract-ocr và tesseract-ocr-vie."
)
NO_VIETNAMESE = (
    "Tệp là bản quét, mà bộ nhận dạng chữ trên máy chủ thiếu tiếng Việt. "
    "Tải lên tệp Word, hoặc đề nghị quản trị cài gói tesseract-ocr-vie."
)
TOO_MANY_SCANS = f"Tệp có hơn {_MAX_PAGES} trang quét nên không nhận dạng. Tách ra từng phần rồi tải lên."
NO_WORDS = "Không nhận ra chữ nào trong ảnh. Quét lại rõ hơn (300 dpi), hoặc tải lên tệp Word."
TOO_SLOW = "Trang {page} nhận dạng quá lâu nên đã dừng. Quét lại ở 300 dpi, hoặc tải lên tệp Word."


@cache
def _languages(program: str) -> str:
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout + done.stderr


def _tesseract() -> str:
    """The path of Tesseract. Raises `ReadingError` "ocr" where it or its Vietnamese data is missing."""
    program = shutil.which("tesseract")
    if program is None:
        raise ReadingError(NO_TESSERACT, "ocr")
    if not re.search(r"^vie$", _languages(program), re.MULTILINE):
        raise ReadingError(NO_VIETNAMESE, "ocr")
    return program


def recognise_pages(document: Any, numbers: list[int], progress: Progress) -> Iterator[tuple[int, Sheet]]:
    """Recognises these pages (from 0) of a pypdfium2 document, one after the other.

    Raises `ReadingError` "ocr" (not installed), "pages" (too many), "slow".
    """
    program = _tesseract()
    if len(numbers) > _MAX_PAGES:
        raise ReadingError(TOO_MANY_SCANS, "pages")
    for done, number in enumerate(numbers):
        progress(done / len(numbers), f"Đang nhận dạng chữ trang {number + 1} ({done + 1}/{len(numbers)})")
        page = document[number]
        try:
            width, height = page.get_size()
            scale = min(_DPI / 72, _MAX_SIDE / max(width, height, 1.0))
            bitmap = page.render(scale=scale, grayscale=True)
            pixels, wide, high, stride = bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
            bitmap.close()
        finally:
            page.close()
        if stride != wide:
            pixels = b"".join(pixels[y * stride : y * stride + wide] for y in range(high))
        yield number, _sheet(program, pixels, (wide, high), scale=scale, number=number + 1)


def _sheet(program: str, pixels: bytes, extent: tuple[int, int], *, scale: float, number: int) -> Sheet:
    wide, high = extent
    across, down, clean = _rules(pixels, wide, high, round(_LINE * 72 * scale))
    sheet = Sheet(number, wide / scale, high / scale)
    sheet.across = [Rule(at / scale, a / scale, b / scale) for at, a, b in across]
    sheet.down = [Rule(at / scale, a / scale, b / scale) for at, a, b in down]
    picture = b"P5\n%d %d\n255\n" % (wide, high) + clean
    sheet.glyphs = _words(_run(program, picture, "--dpi", str(round(scale * 72)), page=number), scale)
    return sheet


def _run(program: str, picture: bytes, *options: str, page: int) -> str:
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "3", *options, "tsv"]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_SECONDS_A_PAGE, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingError(TOO_SLOW.format(page=page), "slow") from error
    if done.returncode:
        raise ReadingError(NO_WORDS, "image")
    return done.stdout.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    import os

    # More threads than one make Tesseract slower on a small machine.
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _rules(
    pixels: bytes, wide: int, high: int, least: int
) -> tuple[list[tuple[float, int, int]], list[tuple[float, int, int]], bytes]:
    """The lines across and down in pixels as (at, start, end), and the picture with them painted over."""
    dark = pixels.translate(_DARK)
    run = re.compile(rb"\x01{%d,}" % least)
    clean = bytearray(pixels)
    across, down = [], []
    for y in range(high):
        for match in run.finditer(dark, y * wide, (y + 1) * wide):
            a, b = match.start() - y * wide, match.end() - y * wide
            across.append((float(y), a, b))
            clean[match.start() : match.end()] = b"\xff" * (b - a)
    for x in range(wide):
        for match in run.finditer(dark[x::wide]):
            a, b = match.span()
            down.append((float(x), a, b))
            clean[a * wide + x : b * wide : wide] = b"\xff" * (b - a)
    return across, down, bytes(clean)


def _words(tsv: str, scale: float) -> list[Glyph]:
    """Each recognised word as one glyph, on the base line of its line."""
    rows = list(csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE))
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        if row.get("level") == "5" and (row.get("text") or "").strip():
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    measured = [(words, *_base_and_size(words)) for words in lines.values()]
    sizes = sorted(size for words, _, size in measured for _ in words)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    glyphs = []
    for words, base, size in measured:
        # A line's height depends on which letters it has; only a clear difference is another size of type.
        size = (usual if 0.7 * usual < size < 1.35 * usual else size) / scale
        for word in words:
            left, width = int(word["left"]) / scale, int(word["width"]) / scale
            glyphs.append(Glyph(" ", left, left, base / scale, size, False))
            glyphs.append(Glyph(word["text"].strip(), left, left + width, base / scale, size, False))
    return glyphs


def _base_and_size(words: list[dict[str, str]]) -> tuple[float, float]:
    """The base line and type size of one recognised line, in pixels."""
    tops = sorted(int(w["top"]) for w in words)
    bottoms = sorted(int(w["top"]) + int(w["height"]) for w in words)
    heights = sorted(int(w["height"]) for w in words)
    # Letters with tails reach below the base line, so the lower middle of the feet is taken.
    base = bottoms[max(0, (len(bottoms) - 1) // 3)]
    return base, max(heights[len(heights) // 2], base - tops[len(tops) // 2]) * 1.15


@opens("image")
def open_image(source: Source) -> Manuscript:
    """The manuscript of a picture of one page. Raises `ReadingError` "ocr", "image", "slow"."""
    program = _tesseract()
    source.progress(0.1, "Đang nhận dạng chữ trong ảnh")
    tsv = _run(program, source.path.read_bytes(), page=1)
    page = next(csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE), None)
    if page is None:
        raise ReadingError(NO_WORDS, "image")
    scale = max(int(page["width"]), 1) / 595.0
    sheet = Sheet(1, int(page["width"]) / scale, int(page["height"]) / scale)
    sheet.glyphs = _words(tsv, scale)
    if not sheet.glyphs:
        raise ReadingError(NO_WORDS, "image")
    return Manuscript(Assembly([page_of(sheet)]).blocks(), "scan", 1)
