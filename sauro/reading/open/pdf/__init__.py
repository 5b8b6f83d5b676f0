"""PDF: lines joined to paragraphs, ruled tables as rows, notes at the page foot; scans through Tesseract."""

from __future__ import annotations

import time

import pypdfium2

from sauro.reading.errors import ReadingError
from sauro.reading.guard import DAMAGED, MAX_PAGES, PASSWORD, TOO_MANY_PAGES, TOO_SLOW
from sauro.reading.manuscript import Manuscript
from sauro.reading.open.pdf.pages import Assembly, Page, page_of
from sauro.reading.open.pdf.sheet import read_sheet
from sauro.reading.open.registry import Source, opens

_FEW = 8  # characters: fewer on a page that is a picture is a stamp of the scanner, not text
_PICTURE = 0.3  # share of the page
_SECONDS, _SECONDS_A_PAGE = 20.0, 0.5


@opens("pdf")
def open_pdf(source: Source) -> Manuscript:
    """The manuscript of a PDF file. Scripts and links in it are never run or followed.

    Pages without text that are pictures go through `sauro.reading.open.scan`. Raises `ReadingError` ("damaged",
    "password", "pages", "slow", "image", "ocr").
    """
    document = _document(source)
    try:
        count = len(document)
        if not count:
            raise ReadingError(DAMAGED, "damaged")
        if count > MAX_PAGES:
            raise ReadingError(TOO_MANY_PAGES, "pages")
        pages: list[Page] = []
        end = time.monotonic() + _SECONDS + _SECONDS_A_PAGE * count
        for number in range(count):
            source.progress(number / count, f"Đang đọc trang {number + 1}/{count}")
            if time.monotonic() > end:
                raise ReadingError(TOO_SLOW, "slow")
            page = document[number]
            try:
                pages.append(page_of(read_sheet(page, number + 1)))
            finally:
                page.close()
        scanned = [at for at, page in enumerate(pages) if page.length < _FEW and page.pictures > _PICTURE]
        if scanned:
            from sauro.reading.open.scan import recognise_pages

            for at, sheet in recognise_pages(document, scanned, source.progress):
                pages[at] = page_of(sheet)
    finally:
        document.close()
    assembly = Assembly(pages)
    return Manuscript(assembly.blocks(), "scan" if len(scanned) > count / 2 else "pdf", count, assembly.margins)


def _document(source: Source) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadingError(PASSWORD, "password") from error
        raise ReadingError(DAMAGED, "damaged") from error
