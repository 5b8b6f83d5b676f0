"""Two texts side by side without ruling lines: the heading block and the signature block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sauro.reading.open.pdf.lines import Line

_REACH = 130.0  # the room for a signature between the post and the name
_LIST = re.compile(r"^(?:-|Nơi nhận)")
_APPENDIX = re.compile(r"^(?:phụ lục|phụ biểu|biểu số|mẫu số)\b", re.IGNORECASE)
_MOTTO = re.compile(r"CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN|XÃ HỘI CHỦ NGHĨA")


@dataclass(slots=True)
class Pair:
    """Two columns: their lines from the top down."""

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    gutter: tuple[float, float] = (0.0, 0.0)

    @property
    def top(self) -> float:
        """The highest base line."""
        return min(line.y for line in self.left + self.right)


def split_columns(rows: list[list[Line]], body_size: float, page_width: float) -> list[Line | Pair]:
    """The lines of a page in reading order, each pair of columns as one thing.

    Lines parted into three or more are put together again: they are no columns.
    """
    out: list[Line | Pair] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        if len(row) != 2 or not _could_be_columns(row, page_width):
            out += [_whole(row)]
            at += 1
            continue
        pair = Pair([row[0]], [row[1]], (row[0].x1, row[1].x0))
        _look_up(out, pair)
        at += 1
        while at < len(rows) and _continues(rows[at], pair, body_size):
            side = _side(rows[at], pair)
            pair.left += side[0]
            pair.right += side[1]
            at += 1
        out.append(pair)
    return out


def _could_be_columns(row: list[Line], page_width: float) -> bool:
    return row[1].x1 > page_width / 2 and row[0].x0 < page_width / 2 and row[1].x0 > page_width * 0.3


def _whole(row: list[Line]) -> Line:
    line = row[0]
    for part in row[1:]:
        line.text = f"{line.text} {part.text}".strip()
        line.x1 = part.x1
        line.bold = line.bold and part.bold
        line.notes += part.notes
    return line


def _side(row: list[Line], pair: Pair) -> tuple[list[Line], list[Line]]:
    left = [part for part in row if part.x1 <= pair.gutter[1] and (part.x0 + part.x1) / 2 < pair.gutter[1]]
    left = [part for part in left if part.x0 < pair.gutter[0]]
    right = [part for part in row if part not in left]
    return left, right


def _narrowed(row: list[Line], pair: Pair) -> tuple[float, float] | None:
    """The gutter as this line leaves it, or None where the line runs across it."""
    left, right = _side(row, pair)
    a = max([pair.gutter[0], *(part.x1 for part in left)])
    b = min([pair.gutter[1], *(part.x0 for part in right)])
    return (a, b) if b - a >= 8 else None


def _continues(row: list[Line], pair: Pair, body_size: float) -> bool:
    gutter = _narrowed(row, pair)
    if gutter is None or len(row) > 2:
        return False
    left, right = _side(row, pair)
    lowest = max(line.y for line in pair.left + pair.right)
    if row[0].y - lowest > (_REACH if right and not left else 3 * body_size):
        return False
    if left and not right and not _belongs(left[0], pair.left, body_size) and not _of_head(left[0], pair):
        return False
    if right and not left and _APPENDIX.match(right[0].text):
        return False
    if right and not left and not _aligned(right[0], pair.right):
        return False
    pair.gutter = gutter
    return True


def _of_head(line: Line, pair: Pair) -> bool:
    """A name or number that goes on under the issuer, at the left of the quốc hiệu."""
    beside = any(_MOTTO.search(o.text) for o in pair.right)
    return beside and (line.text.isupper() or line.text.startswith("Số")) and abs(line.x0 - pair.left[0].x0) < 3


def _aligned(line: Line, column: list[Line]) -> bool:
    middle = (line.x0 + line.x1) / 2
    return any(abs(middle - (o.x0 + o.x1) / 2) < 20 or abs(line.x0 - o.x0) < 6 for o in column)


def _belongs(line: Line, column: list[Line], body_size: float) -> bool:
    middle = (line.x0 + line.x1) / 2
    centred = any(abs(middle - (o.x0 + o.x1) / 2) < 12 and abs(line.x0 - o.x0) > 2 for o in column)
    small = line.size < body_size - 0.5 and any(abs(line.x0 - o.x0) < 20 for o in column)
    return centred or small or bool(_LIST.match(line.text))


def _look_up(out: list[Line | Pair], pair: Pair) -> None:
    """Takes back from `out` the lines just above that belong to one of the columns only."""
    while out and isinstance(out[-1], Line):
        line = out[-1]
        first = min(pair.left[0].y, pair.right[0].y)
        gutter = _narrowed([line], pair)
        if gutter is None or first - line.y > 2.2 * line.size:
            return
        left, right = _side([line], pair)
        if right and _aligned(line, pair.right) and line.x0 > pair.gutter[0]:
            pair.right.insert(0, line)
        elif (left and line.text.startswith("Nơi nhận")) or (
            left and line.bold and line.text.isupper() and _belongs(line, pair.left, 0)
        ):
            pair.left.insert(0, line)
        else:
            return
        pair.gutter = gutter
        out.pop()
