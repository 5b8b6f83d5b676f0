"""Where a page end has glued the rest of one row's cell to the head of the next row's cell, and the cut between.

"…Kho dữ liệu (Data Lake)" | "của Bộ Triển khai các công cụ rà soát": the second cell begins with "của Bộ", which
belongs to the row above. The place of the cut is found by what each column is about: units by the register, times by
whether both halves are times, sentences by a word that tasks and products begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sauro.reading.headers import Columns
from sauro.reading.lines import Cut, Line, Part
from sauro.reading.schedules import read_schedule
from sauro.reading.text import key, letters
from sauro.reading.unit_words import HEAD
from sauro.reading.units import Register

_STOPPED = re.compile(r"[.;:!?…]\s*$")
# A phrase can't end in these: what follows belongs to it.
OPEN = re.compile(
    r"(?:,|\(|\b(?:và|của|cho|về|các|những|tại|trong|theo|với|để|từ|đến|được|do|là|có|"
    r"hoặc|bằng|trên|một|không|thuộc|nhằm|khi|giữa|đối với))$",
    re.IGNORECASE,
)
_IN_NAME = re.compile(letters(r"(?:^|\s)[A-ZĐÀ-Ỹ]\w*$"))
# First syllables of the words that tasks and products begin with.
_VERB = re.compile(
    r"(?:xây|ban|rà|triển|tổ|thực|hoàn|nghiên|tham|phối|hướng|theo|đẩy|tăng|nâng|cập|công|báo|lập|kiểm|"
    r"đánh|duy|đảm|bảo|tiếp|phát|phổ|tuyên|tập|số|kết|tích|khai|quản|giám|ứng|hỗ|đào|bồi|chuyển|sửa|"
    r"trình|soạn|thẩm|chỉ|quán|kiện|chủ|thường|ưu|cải|cắt|giải|huy|đề|tư|khảo|thống|lồng|chuẩn|rút|"
    r"tháo|xác|thành|thu|xử|định|cung|đổi|mở|kiến|bố|đưa|vận|hình|văn|quyết|kế|nghị|thông|đề|chương|"
    r"hệ|dự|danh|bộ|cơ|tài|các)$",
    re.IGNORECASE,
)


def _positions(text: str) -> Iterator[int]:
    for match in re.finditer(r"(?<=\s)\S", text):
        yield match.start()


def split_glued(before: Cut, cut: Cut, columns: Columns, register: Register, rows: list[Cut]) -> None:
    """Moves what belongs to the row before out of each cell of `cut` that begins with it."""
    if before.kind == "group":
        return
    for c, line in list(cut.cells.items()):
        if c not in before.cells:
            continue
        above, here = before.cells[c].text, line.text
        role = columns.roles.get(c, "")
        at = 0
        if role in ("lead", "coordinate", "both"):
            at = _unit_seam(above, here, register)
        elif role in ("time", "start", "end"):
            at = _time_seam(above, here)
        elif role in ("title", "product", "indicator", "measure", "records", "note") and len(above) > 1:
            at = _sentence_seam(above, here, c, rows, before, cut)
        if at:
            _move(before.cells[c], line, at)
            before.last = max(before.last, line.first)
            if not line.text:
                del cut.cells[c]


def _move(above: Line, line: Line, at: int) -> None:
    moved = line.text[:at].rstrip()
    glue = " "
    part = line.parts[0]
    above.parts.append(Part(len(above.text) + 1, part.block, part.cell, part.start, part.start + len(moved)))
    above.text += glue + moved
    above.last = max(above.last, line.first)
    line.text = line.text[at:]
    shifted = [Part(max(0, p.at - at), p.block, p.cell, p.start + max(0, at - p.at), p.end) for p in line.parts]
    line.parts = shifted


def _unit_seam(above: str, here: str, register: Register) -> int:
    """A seam between units: both halves must be bodies that the register knows whole."""
    if not register:
        if here[:1].islower():
            cut = re.search(
                r"(?:\n|(?<=\s))(?=(?:Cục|Vụ|Sở|Phòng|Ban|Văn phòng|UBND|Các|Trung tâm|Bộ|Công an|Chi cục)\s)", here
            )
            return cut.end() if cut and not here.lower().startswith(("các", "lãnh đạo", "đơn vị", "ubnd")) else 0
        return 0
    if here[:1].isupper() and HEAD.match(here):
        return 0
    if _all_known(above, register) and _all_known(here, register):
        return 0
    likely = 0
    whole = _named(above, register) if _all_known(above, register) else None
    for at in (*_positions(here), len(here)):
        rest = here[at:]
        if (rest and not rest[:1].isupper()) or not _all_known(f"{above} {here[:at]}", register):
            continue
        # Words that name no other body than the row above names already ("P." of "P. QLTM") aren't its rest.
        if whole == _named(f"{above} {here[:at]}", register):
            continue
        if not rest or _all_known(rest, register):
            return at
        # What is left may itself have been cut by the next page.
        likely = likely or at
    return likely


def is_cut(above: str, here: str, role: str, register: Register) -> bool:
    """Whether the words of two cells are one unit or one time that a page end has parted."""
    if not above or not here:
        return False
    if role in ("lead", "coordinate", "both"):
        return not _all_known(above, register) and _all_known(f"{above} {here}", register)
    if role in ("time", "end"):
        unknown = read_schedule(above, 2000).schedule.kind == "unknown"
        return unknown and read_schedule(f"{above} {here}", 2000).schedule.kind != "unknown"
    return False


def _all_known(text: str, register: Register) -> bool:
    if not register:
        return False
    found = register.split(text)
    return bool(found) and all(u.known and u.confidence > 0.85 for u in found)


def _named(text: str, register: Register) -> tuple[str, ...]:
    return tuple(u.name for u in register.split(text))


def _time_seam(above: str, here: str) -> int:
    if (not here[:1].islower() and not here[:1].isdigit()) or read_schedule(here, 2000).schedule.kind == "continuous":
        return 0
    for at in _positions(here):
        if here[at].isupper() and read_schedule(here[at:], 2000).schedule.kind != "unknown":
            return at
    return 0


def _sentence_seam(above: str, here: str, column: int, rows: list[Cut], before: Cut, cut: Cut) -> int:
    small = here[:1].islower() and not re.match(r"[a-zđ]\s*[.)]\s", here)
    if _STOPPED.search(above) and not small:
        return 0
    if not small and not OPEN.search(above):
        return 0
    line = here.find("\n")
    starts = {w for row in rows if row is not cut and row is not before and (w := _opening(row.text(column)))}
    best, score = 0, 0
    for at in _positions(here):
        word = here[at:].split(maxsplit=1)[0].strip("\"“('")
        if not word[:1].isupper():
            continue
        ahead = here[:at].rstrip()
        known = _opening(here[at:]) in starts
        points = 3 * known + bool(_VERB.match(word)) + 3 * (at == line + 1)
        # Stronger after a stop, a number or a bracket; weaker inside a name ("Bộ Công Thương").
        points += 2 * ahead.endswith((".", ";")) + bool(re.search(r"[\d)]$", ahead))
        points -= 2 * (not known and bool(_IN_NAME.search(ahead))) + 2 * bool(OPEN.search(ahead))
        if points > score:
            best, score = at, points
    return best


def _opening(text: str) -> str:
    """The first two words that a cell opens with, folded; "" where it begins in small letters."""
    words = text.split(maxsplit=2)[:2]
    return key(" ".join(words)).strip("\"'( ") if words and words[0].strip("\"“('")[:1].isupper() else ""
