"""What a file can be refused for at once, in a fraction of a second, before anything of it is kept."""

from __future__ import annotations

from pathlib import Path

from sauro.reading.errors import ReadingError
from sauro.reading.guard import PASSWORD, kind_of
from sauro.reading.manuscript import Block, Manuscript
from sauro.reading.open import open_manuscript, refuse_secret

# Opening a file of these kinds costs less than a second up to this size; a PDF is looked at page by page instead.
_QUICK = {"docx": 4_000_000, "txt": 2_000_000, "html": 2_000_000}
_HEAD = 25  # lines of page 1, where a stamp stands; further down it could be a table about stamps


def refuse_early(path: Path) -> None:
    """Raises `ReadingError` where the file is no document, is hostile, or bears a stamp of secrecy that a quick look
    finds. What passes may still be refused once it is read whole.
    """
    kind = kind_of(path)
    if kind == "pdf":
        _look_at_pdf(path)
    elif path.stat().st_size <= _QUICK.get(kind, 0):
        try:
            open_manuscript(path)
        except ReadingError as error:
            # Other faults are told after the whole reading, with the file at hand; a secret must not wait for it.
            if error.code == "secret":
                raise


def _look_at_pdf(path: Path) -> None:
    """The head of the first page, by the text layer alone. Raises `ReadingError` "secret", "password"."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadingError(PASSWORD, "password") from error
        return
    try:
        text = document[0].get_textpage().get_text_range(errors="replace") if len(document) else ""
    except pypdfium2.PdfiumError:
        return
    finally:
        document.close()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    refuse_secret(Manuscript([Block("paragraph", line, page=1) for line in lines[:_HEAD]], "pdf", 1))
