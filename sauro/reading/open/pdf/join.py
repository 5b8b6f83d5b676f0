"""Lines joined to paragraphs: where did the writer break a line, and where did the program wrap it?"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from sauro.reading.open.pdf.lines import Line

_STOP = tuple(".;:")
_BULLET = re.compile(r"^(?:[-–—+•*▪●]\s|[\[(]?(?:\d{1,3}|[a-zđ]|[IVXLivxl]{1,6})[.):]\s|\d{1,2}(?:\.\d{1,2})+\.?\s)")
_OPENING = re.compile(
    r"^(?:Điều \d|Căn cứ |Chương |Mục |Phần |Phụ lục |PHỤ LỤC|Theo đề nghị |Xét đề nghị |Nơi nhận\b|Kính gửi\b)"
)
# What opens a paragraph after a title too, which ends in no stop.
_BASIS = re.compile(r"^(?:Căn cứ|Thực hiện|Triển khai|Thi hành) [A-ZĐ]\w+(?: \w+)? số ")


@dataclass(slots=True)
class Frame:
    """The strip in which lines wrap: a page's text area or a cell. `pitch`: usual distance of two base lines."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class Paragraph:
    """One paragraph and the lines it was joined from."""

    text: str
    notes: list[str]
    bold: bool
    centred: bool
    lines: list[Line] = field(default_factory=list)


def pitch_of(lines: list[Line]) -> float:
    """The usual distance between the base lines of neighbouring lines: the smallest that is common."""
    steps = sorted(b.y - a.y for a, b in itertools.pairwise(lines) if b.y - a.y > 0.8 * min(a.size, b.size))
    if not steps:
        return 0.0
    return steps[len(steps) // 5]


def is_centred(line: Line, frame: Frame) -> bool:
    """Does the line stand in the middle, well away from both edges?"""
    room = 0.04 * (frame.right - frame.left)
    return line.x0 - frame.left > room and frame.right - line.x1 > room and _is_even(line, frame)


def _is_even(line: Line, frame: Frame) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return abs(left - right) <= max(6.0, 0.02 * (frame.right - frame.left))


def is_full(line: Line, following: Line, frame: Frame) -> bool:
    """Would the first word of the following line have been too long for this one?"""
    room = frame.right - frame.left - (line.x1 - line.x0) if is_centred(line, frame) else frame.right - line.x1
    return room < following.first + 0.3 * line.size


def join_text(first: str, second: str) -> str:
    """Two lines of one paragraph as one. A word broken at a hyphen or a slash is closed up."""
    if not first or not second:
        return first + second
    if re.search(r"\w[-–/]$", first) and re.match(r"\w", second):
        return first + second
    return f"{first} {second}"


_WORDLESS = re.compile(r"(?:ngh|ng|nh|ch|[bcdđghklmnpqrstvx])(?=[\s,;.)]|$)")
_ABBREVIATION = re.compile(r"[A-ZĐ&]*&[A-ZĐ&]*$|[A-ZĐ]{4,}$")


def broken_word(above: str, below: str) -> bool:
    """Did a narrow column break a word that was wider than itself: "Trưởn|g các phòng", "CNTT&CĐ|S"?"""
    word = above.rsplit(maxsplit=1)[-1] if above.split() else ""
    if len(above.split()) != 1 or not word[-1:].isalpha():
        return False
    if word[-1:].islower() and _WORDLESS.match(below):
        return True  # letters without a vowel are no Vietnamese word
    return bool(_ABBREVIATION.search(word) and re.match(r"[A-ZĐ]{1,2}(?=[\s,;.)]|$)", below))


def paragraphs(lines: list[Line], frame: Frame) -> list[Paragraph]:
    """The paragraphs that these lines, in order, make."""
    out: list[Paragraph] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and not starts_new(last, line, frame):
            broken = broken_word(last.lines[-1].text, line.text)
            last.text = last.text + line.text if broken else join_text(last.text, line.text)
            last.notes += line.notes
            last.bold = last.bold and line.bold
            last.lines.append(line)
        else:
            out.append(Paragraph(line.text, list(line.notes), line.bold, is_centred(line, frame), [line]))
    for paragraph in out:
        own = paragraph.lines
        # The lines above the last of a centred paragraph may run from edge to edge.
        paragraph.centred = is_centred(own[-1], frame) and all(_is_even(line, frame) for line in own)
    return out


def starts_new(last: Paragraph, line: Line, frame: Frame) -> bool:
    """Does a new paragraph begin with this line?"""
    above = last.lines[-1]
    if not line.text:
        return False
    if line.lead and not above.text.endswith(","):
        return True
    if abs(line.size - above.size) > 1.2 or not is_full(above, line, frame):
        return True
    if frame.pitch and line.y - above.y > 1.28 * max(frame.pitch, 1.05 * line.size):
        return True
    if _BASIS.match(line.text):
        return True
    bulleted = bool(_BULLET.match(line.text))
    if (bulleted or _OPENING.match(line.text)) and (above.text.endswith(_STOP) or above.text.endswith("./.")):
        return True
    if last.centred or is_centred(line, frame):
        if above.text.isupper() != line.text.isupper():
            return True
        return last.centred != is_centred(line, frame) and line.bold != above.bold
    if line.x0 > above.x0 + 8:
        # Deeper than the line above: the first line of a paragraph, or hanging under the words after a bullet.
        hanging = len(last.lines) == 1 and above.text_at > above.x0 and abs(line.x0 - above.text_at) < 8
        return not hanging
    return bulleted and line.x0 >= last.lines[0].x0 + 8
