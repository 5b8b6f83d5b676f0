"""Who leads and who helps, out of the words of a cell or a line.

"X chủ trì; Y phối hợp", "Chủ trì: X; phối hợp: Y, Z", "X chủ trì, phối hợp với Y". Words without either name leaders.
"""

from __future__ import annotations

import re
from typing import Literal

_MARK = re.compile(
    r"(?:\(\s*)?(?:(?:cơ quan|đơn vị|bộ phận|phòng)\s+)?(?P<role>chủ trì|chủ\s*trì thực hiện|"
    r"phối hợp|phối\s+hợp thực hiện|đầu mối|(?-i:CT|PH)(?=\s*:))"
    r"(?P<more>\s*(?:thực hiện|triển khai|tham mưu))?(?P<colon>\s*:|\s*(?:cùng\s+)?với\b)?(?:\s*\))?",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\s+(?:soạn thảo|xây dựng|tham mưu|thẩm định|biên soạn|đề án|nhiệm vụ|đề tài|dự án|nội dung|văn bản|chương trình|"
    r"thực hiện nhiệm vụ|các (?:nhiệm vụ|đề án|dự án|nội dung))",
    re.IGNORECASE,
)


def _in_name(text: str, mark: re.Match[str]) -> bool:
    """ "Các đơn vị chủ trì soạn thảo" is one body: what it leads stands after the mark."""
    before = mark[0].lower().startswith(("cơ quan", "đơn vị", "bộ phận", "phòng")) or re.search(
        r"(?:cơ quan|đơn vị|bộ|ngành|được giao|tổ chức)\s*$", text[: mark.start()], re.IGNORECASE
    )
    return bool(before and mark["colon"] is None and _WHAT.match(text, mark.end() - len(mark["more"] or "")))


Share = tuple[Literal["lead", "coordinate"], int, int]


def shares(text: str, default: Literal["lead", "coordinate"] = "lead") -> list[Share]:
    """The stretches of `text` that name leaders and helpers, in order. `default`: of words with no such mark."""
    marks = [m for m in _MARK.finditer(text) if not _in_name(text, m)]
    if not marks:
        return [(default, 0, len(text))]
    found: list[Share] = []
    at = 0
    pending: Literal["lead", "coordinate"] | None = None  # a mark that stands before its names
    for n, mark in enumerate(marks):
        role: Literal["lead", "coordinate"] = (
            "coordinate" if mark["role"].lower().startswith(("phối", "ph")) else "lead"
        )
        between = text[at : mark.start()]
        blank = not between.strip(" ,;.:-–\n()+•")
        if pending:
            if not blank:
                found.append((pending, at, mark.start()))
            pending = None
            blank = True
        elif not blank and (mark["colon"] is None or n == 0):
            found.append((role if mark["colon"] is None else default, at, mark.start()))
        prefix = mark["colon"] is not None or blank
        if prefix:
            follows = marks[n + 1].start() if n + 1 < len(marks) else len(text)
            pending = role if text[mark.end() : follows].strip(" ,;.:-–\n") else None
        at = mark.end()
    rest = text[at:]
    if rest.strip(" ,;.:-–\n()"):
        led = any(role == "lead" for role, _, _ in found)
        found.append((pending or ("coordinate" if led else default), at, len(text)))
    return found
