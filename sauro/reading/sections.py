"""The outline of a document: what stands under which heading, and what kind of part that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sauro.reading.lines import Item, Line, Row
from sauro.reading.text import key, letters
from sauro.reading.unit_words import subject_of

Kind = Literal["result", "goal", "task", "organisation", "basis", "budget", "purpose", ""]

_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
# Rank, pattern: smaller ranks stand above. The label is group 1.
_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        0,
        re.compile(
            r"(?:PHỤ LỤC|Phụ lục|PHẦN|Phần)\s*(?:(?:SỐ|số|THỨ|thứ)\s+)?([IVXL]+|\d{1,2}|[A-H]|"
            r"NHẤT|nhất|HAI|hai|BA|ba|TƯ|tư|BỐN|bốn|NĂM|năm)\b[\s.:–-]*"
        ),
    ),
    (0, re.compile(r"((?:PHỤ LỤC|Phụ lục)(?=\s*[:.]?\s*$|\s*:\s)\s*:?)")),
    (1, re.compile(r"(?:CHƯƠNG|Chương)\s+([IVXL]+|\d{1,2})\b[\s.:–-]*")),
    (2, re.compile(r"(?:MỤC|Mục)\s+([IVXL]+|\d{1,2})\b[\s.:–-]*")),
    (3, re.compile(r"(?:Điều|ĐIỀU)\s+(\d{1,3}[a-z]?)\s*[.:]\s*")),
    (4, re.compile(letters(rf"({_ROMAN})\s*(?:[.)/:–—-]|(?=\s+[A-ZĐÀ-Ỹ]{{2,}}\s))\s*"))),
    (2, re.compile(letters(r"([A-HK])\s*[.)/–—-]\s+(?=[A-ZĐÀ-Ỹ])"))),
    (
        5,
        re.compile(
            r"((?:MỤC TIÊU|Mục tiêu|NHIỆM VỤ|Nhiệm vụ|NHÓM|Nhóm|CHỈ TIÊU|Chỉ tiêu)\s+(?:số\s+)?\d{1,2})\s*[.:–-]\s*"
        ),
    ),
    (8, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})[.)/:-]?\s+")),
    (7, re.compile(r"(\d{1,2}\.\d{1,2})[.)/:-]?\s+(?!tỷ|triệu|nghìn|%)")),
    (6, re.compile(letters(r"(?<!\()(\d{1,2})\s*[.)/:–-]\s+(?=\D|\d{1,3}\s*%)|(\d{1,2})\.(?=[A-ZĐÀ-Ỹ])"))),
    (9, re.compile(r"\(?([a-zđ]\d?)\s*[.)/]\s*(?=[^\W\d_]|\d|[\"“(])")),
    (10, re.compile(r"\(([ivx]{1,4}|\d{1,2})\)[.:]?\s*(?=[^\W\d_]|\d)")),
    (11, re.compile(r"([-–—•*·o])\s+|(-)(?=[^\W\d_])")),
    (12, re.compile(r"(\+)\s*")),
)
BODY = 20

_RESULT = re.compile(
    r"danh gia (?:ket qua|tinh hinh|viec|chung|muc do)|ket qua (?:thuc hien|dat duoc|"
    r"trien khai|chu yeu|noi bat|hoat dong|cong tac|nam|giai doan|\d)"
    r"|^(?:khai quat |khai luoc )?(?:tinh hinh|ket qua|thuc trang|ton tai|han che|boi canh|"
    r"nguyen nhan|thuan loi|kho khan|dac diem|uu diem|bai hoc|du bao|su can thiet)"
    r"|da dat duoc|tinh hinh (?:thuc hien|trien khai)|nhung ket qua|ton tai, han che|kho khan, vuong mac"
)
_GOAL = re.compile(r"muc tieu|chi tieu")
_TASK = re.compile(
    r"nhiem vu|giai phap|ke hoach thuc hien|noi dung (?:thuc hien|cong viec|hoat dong|"
    r"trien khai|chu yeu|ke hoach|chi tiet)|^noi dung|noi dung$|bien phap|hoat dong (?:chu yeu|"
    r"cu the|trong tam)"
)
_ORGANISATION = re.compile(
    r"to chuc thuc hien|to chuc trien khai|phan cong (?:thuc hien|trach nhiem|nhiem vu)|"
    r"che do bao cao|trach nhiem (?:thuc hien|cua)|che do thong tin"
)
_BUDGET = re.compile(r"^(?:nguon )?kinh phi|^nguon (?:luc|von)|^du toan")
_BASIS = re.compile(r"^(?:cac )?can cu|^co so phap ly")
_NAMED = re.compile(r"ke hoach|chuong trinh|muc tieu|de an|phu luc|danh muc|phuong an|quyet dinh|nghi quyet")
_FIRST = re.compile(
    r"(?:cac |ve |mot so )?(?:muc tieu|chi tieu|nhiem vu|giai phap|to chuc thuc hien|kinh phi|ket qua|tinh hinh)"
)
_FIRST_OF_ARTICLE = re.compile(rf"(?:danh gia (?:chung|tinh hinh|ket qua)|{_FIRST.pattern})(?!.*(?:ban hanh|kem theo))")
_PURPOSE = re.compile(
    r"^muc dich|^yeu cau(?! (?:cac|thu truong|giam doc|chu tich|bo|so|ubnd|uy ban|don vi|phong|van phong|cuc|vu)\b)|"
    r"^quan diem|^pham vi|^doi tuong"
)


@dataclass(slots=True)
class Node:
    """A line in its place: `label` as written ("II", "2.1", "a", "-", "MỤC TIÊU 1"), `text` without it."""

    line: Line
    rank: int
    label: str
    text: str
    offset: int  # where `text` begins in `line.text`
    index: int  # place in the stream
    parent: Node | None = None
    kind: Kind = ""
    children: list[Node] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all under it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def children_of_kind(self, kind: Kind) -> list[Node]:
        """The topmost nodes of that kind under this one."""
        found: list[Node] = []
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            if node.kind == kind:
                found.append(node)
            else:
                stack.extend(reversed(node.children))
        return found

    @property
    def is_heading(self) -> bool:
        """A line that names what stands under it rather than saying something."""
        return self.rank <= 4 or self.line.bold or bool(self.line.level) or self.line.is_caps

    def path(self) -> str:
        """The way to it by Roman and Arabic labels and letters: "II.2.1", "III.1.a"."""
        labels: list[str] = []
        node: Node | None = self
        while node:
            if node.rank in (4, 9, 10) or (node.rank in (6, 7, 8) and not (labels and re.match(r"\d+\.\d", labels[0]))):
                labels.insert(0, node.label)
            node = node.parent
        return ".".join(labels)


def label_of(text: str) -> tuple[int, str, int]:
    """Rank, label and length of the enumerator that a line begins with; rank `BODY` where it has none."""
    for rank, pattern in _PATTERNS:
        match = pattern.match(text)
        if match and (match.end() < len(text) or rank <= 4):
            return rank, (match[1] or (match[2] if pattern.groups > 1 else "") or "").strip(" :."), match.end()
    return BODY, "", 0


def kind_of(heading: str) -> Kind:
    """What kind of part a heading opens, by its words."""
    text = key(heading).strip(" .:;-")
    if _RESULT.search(text) and not re.match(r"muc tieu|chi tieu|nhiem vu", text):
        return "result"
    if _BASIS.match(text):
        return "basis"
    if _ORGANISATION.search(text):
        return "organisation"
    if _BUDGET.match(text):
        return "budget"
    if text.startswith(("theo doi", "bieu mau", "phieu ")):
        # A form that follows objectives says none.
        return ""
    goal, task = _GOAL.search(text), _TASK.search(text)
    if goal and task:
        # "Mục tiêu, nhiệm vụ" holds both: what stands under it decides.
        if task.start() < goal.start():
            return "task"
        return (
            "" if re.match(r"(?:quan diem, )?(?:muc tieu|chi tieu)(?:,| va) ?(?:nhiem vu|giai phap)", text) else "goal"
        )
    if goal and not re.match(r"muc dich|quan triet", text):
        return "goal"
    if task:
        return "task"
    return "purpose" if _PURPOSE.match(text) else ""


def outline(items: list[Item], skip: set[int], kind: Kind = "") -> Node:
    """The tree of a document's lines; rows hang under the node they follow. `skip`: items the head has taken;
    `kind`: of the whole document, where its type says it ("Mục tiêu chất lượng")."""
    root = Node(Line("", []), -1, "", "", 0, -1, kind=kind)
    stack = [root]
    announced = False
    caps: Node | None = None  # a heading in capitals that may go on in the next line
    for index, item in enumerate(items):
        if index in skip:
            caps = None
            announced = isinstance(item, Line) and bool(_ANNOUNCED.search(key(item.text)))
            continue
        if isinstance(item, Row):
            stack[-1].rows.append(item)
            caps = None
            continue
        rank, label, length = label_of(item.text)
        if rank == 4 and label in {"C", "D"}:
            rank = 2
        heading = rank == BODY and _is_title(item)
        if heading and caps is not None and not re.match(r"\(", item.text):
            _extend(caps, item)
            continue
        if heading:
            rank = 0
        text = item.text[length:].strip()
        while len(stack) > 1 and stack[-1].rank >= rank:
            stack.pop()
        parent = stack[-1]
        node = Node(item, rank, label, text, length, index, parent)
        node.kind = _kind_in_place(node, parent) or _announced(node, parent, announced)
        announced = False
        parent.children.append(node)
        if rank != BODY:
            stack.append(node)
        caps = node if rank <= 2 and (item.is_caps or not text) else None
    return root


# "… thực hiện các nhiệm vụ sau:", "Thủ tướng Chính phủ yêu cầu:", "… yêu cầu các sở thực hiện các nội dung sau:".
_ANNOUNCED = re.compile(
    r"(?:nhiem vu|cong viec)\b[^.;]{0,60}\bsau(?: day)?:$|\b(?:yeu cau|chi dao|giao nhiem vu)(?:\s+[^.;:]{0,200})?:$"
)


# What a conclusion says before it orders.
_STATED = re.compile(
    r"(?:den nay|tinh den|(?:trong )?thoi gian qua|nhin chung|ghi nhan|bieu duong|danh gia cao|hoan nghenh|tuy nhien|"
    r"qua (?:bao cao|theo doi|kiem tra))\b"
)


def _announced(node: Node, parent: Node, said: bool) -> Kind:
    """Numbered lines after "… thực hiện các nhiệm vụ sau:" are tasks, with no heading over them."""
    if node.rank != 6:
        return ""
    orders: Kind = "result" if _STATED.match(key(node.text)) else "task"
    if said:
        return orders
    if not parent.children:
        return ""
    before = parent.children[-1]
    if before.rank == 6:
        return orders if before.kind in ("task", "result") and parent.rank < 4 and not parent.kind else ""
    return orders if before.rank == BODY and _ANNOUNCED.search(key(before.text)) else ""


def _kind_in_place(node: Node, parent: Node) -> Kind:
    """A part's kind holds for what stands under it, until a narrower heading says otherwise."""
    if node.rank == 3:
        # "Điều 2. Mục tiêu, chỉ tiêu năm 2026" heads a part; "Điều 1. Ban hành kèm theo …" orders.
        if len(node.text) < 80 and kind_of(node.text) == "organisation":
            return "organisation"
        named = len(node.text) < 120 and _FIRST_OF_ARTICLE.match(key(node.text)) and ":" not in node.text
        return kind_of(node.text) if named else ""
    text = _opening(node.text)
    own: Kind = ""
    if (node.rank <= 9 or node.line.bold) and len(node.text) < 260:
        own = "" if node.rank >= 6 and len(text) > 40 and subject_of(text) else kind_of(text)
        if node.rank == 0 and own == "result" and _NAMED.match(key(node.text)):
            own = "task" if "ke hoach" in key(node.text) else ""
    if not parent.kind:
        return own
    if not own or parent.kind in (own, "result"):
        return parent.kind
    if node.rank <= 4 and parent.rank <= 2:
        return own
    if own == "purpose" and len(node.text) < 60 and parent.rank <= 6:
        return own
    narrow = node.rank <= 6 and len(node.text) < 100 and _FIRST.match(key(node.text))
    return own if narrow and own in ("goal", "task", "organisation", "budget", "result") else parent.kind


def _opening(text: str) -> str:
    return text if len(text) < 120 else text[:120]


def _is_title(line: Line) -> bool:
    return line.is_caps and len(line.text) > 5 and not line.layout and not re.match(r"\s*[(\"“]", line.text)


def _extend(node: Node, line: Line) -> None:
    """A heading in capitals over two lines is one heading."""
    node.text = f"{node.text} {line.text}".strip()
    node.line.text = f"{node.line.text} {line.text}"
    node.line.last = max(node.line.last, line.last)
    if node.parent is not None:
        node.kind = _kind_in_place(node, node.parent)
