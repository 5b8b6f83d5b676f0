"""Documents that must not be here: those stamped Mật, Tối mật, Tuyệt mật (Luật Bảo vệ bí mật nhà nước)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sauro.reading.errors import ReadingError
from sauro.reading.manuscript import Block, Manuscript
from sauro.vietnamese.text import nfc

_HEAD = 40  # blocks of a document's head, where a stamp stands in a cell of the heading table
_STAMPS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_AROUND = re.compile(r"[^\w]|_")
_SAID = re.compile(
    r"^\W*(?:(?:dấu (?:chỉ )?)?(?:độ|mức độ|cấp độ) (?:bảo )?mật|(?:dấu|mức|loại) mật|phân loại(?: bảo mật)?)"
    r"\s*[:\-–]\s*(tuyệt mật|tối mật|mật)\W*$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\W*(tuyệt mật|tối mật|mật)\W*$", re.IGNORECASE)
_TOP = 12  # blocks above and beside the number, where nothing but a stamp says "Mật" alone, in whatever letters


def stamp_of(line: str) -> str | None:
    """The stamp that this line is, or None. Words in running text ("bí mật nhà nước", "văn bản mật") are none.

    A stamp stands alone and in capitals, at times framed or with its letters spaced: "MẬT", "[TỐI MẬT]", "M Ậ T".
    A line "Độ mật: Tối mật" says the same.
    """
    line = nfc(line)
    said = _SAID.match(line)
    if said:
        return said[1].upper()
    letters = _AROUND.sub("", line)
    for start in ("TÀILIỆU", "VĂNBẢN", "HỒSƠ"):
        letters = letters.removeprefix(start) or letters
    return _STAMPS.get(letters)


def _lines(manuscript: Manuscript) -> Iterator[tuple[str, int]]:
    """The lines where a stamp may stand, each with its page (0 where unknown)."""
    for line in manuscript.margins:
        yield line, 0
    for at, block in enumerate(manuscript.blocks):
        page = block.page or (1 if at < _HEAD else 0)
        if block.kind != "row":
            for line in block.text.split("\n"):
                yield line, page
        elif (at < _HEAD or block.page == 1) and not _is_register(block):
            for cell in block.cells:
                for line in cell.text.split("\n"):
                    yield line, page


def _is_register(block: Block) -> bool:
    """A row that names several degrees is the header of a table about classified documents, not a stamp."""
    return sum(1 for cell in block.cells if stamp_of(cell.text)) > 1 or len(block.cells) > 3


def refuse_secret(manuscript: Manuscript) -> None:
    """Raises `ReadingError` "secret" where the document bears a stamp of secrecy; the network is not cleared for it."""
    top = {line for line, _ in _lines(Manuscript(manuscript.blocks[:_TOP], manuscript.source))}
    for line, page in _lines(manuscript):
        stamp = stamp_of(line)
        if not stamp and line in top and (alone := _ALONE.match(nfc(line))):
            stamp = alone[1].upper()
        if stamp:
            where = f"Trang {page}" if page else "Văn bản"
            raise ReadingError(
                f'{where} có dấu "{stamp}". Hệ thống này không được chứa văn bản mật; tệp đã bị bỏ, không lưu lại.',
                "secret",
            )
