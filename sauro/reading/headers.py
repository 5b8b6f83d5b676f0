"""What a table's columns mean, by the words of their headers: any order, any usual name, one or two rows.

Headers are compared folded, so that slips of recognition ("HỒ SƠ CÀN LƯU", "TÀN SUẤT") read as they were meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from sauro.reading.text import key

# The first pattern that matches names the role; order matters where words overlap.
_ROLES: tuple[tuple[str, str], ...] = (
    ("ref", r"^(?:tt|s ?tt|so tt|so thu tu|no\.?|#|ma(?: so)?(?: nhiem vu| nv)?|so nv|muc|thu tu)\.?$"),
    ("note", r"^ghi chu|^luu y|^chu thich|^y kien|^co so|^can cu|^van ban (?:giao|can cu)|^nguon giao|^co so phap ly"),
    (
        "budget",
        r"^(?:du toan |du kien |nguon )?kinh phi|^nguon (?:von|luc|kp)|^du toan|^thanh tien|"
        r"^don gia|^tong (?:muc|so|von) |^von\b",
    ),
    (
        "report",
        r"(?:tan suat|che do|dinh ky|ky|thoi gian|thoi han|han|thoi diem) (?:gui )?bao cao|"
        r"^bao cao (?:dinh ky|voi|ve)",
    ),
    (
        "records",
        r"ho so (?:can )?(?:phai )?luu|^ho so|luu tru|luu ho so|(?:, |va |/ ?)ho so|minh chung|"
        r"bang chung|tai lieu kiem chung|dan chung",
    ),
    (
        "measure",
        r"do luong|cach do|phuong phap (?:do|danh gia|tinh|theo doi)|tieu chi (?:danh gia|"
        r"do)|cach thuc (?:do|danh gia|tinh)|chi so (?:danh gia|do)|^do$|cong thuc(?! hien)|cach tinh",
    ),
    ("before", r"^(?:ket qua|thuc hien|uoc(?: thuc hien)?|th|uth)(?: nam)? 20\d\d$"),
    ("measure_unit", r"^don vi (?:tinh|do)$"),
    ("value", r"^muc (?:chat luong|dat|phan dau)\b"),
    (
        "authority",
        r"(?:cap|co quan|tham quyen|noi|nguoi|lanh dao|don vi) (?:co tham quyen )?(?:trinh|"
        r"phe duyet|ban hanh|thong qua|ky|quyet dinh|chi dao|chiu trach nhiem chi dao|"
        r"duyet|tham dinh)|^(?:dong chi )?(?:lanh dao|thuong truc)\b.*(?:phu trach|chi dao|theo doi)|"
        r"^trinh |^tham quyen|^phe duyet",
    ),
    ("both", r"(?:chu tri|thuc hien).*phoi hop|phoi hop.*chu tri"),
    ("coordinate", r"phoi hop|^don vi (?:tham gia|ho tro)|^tham gia"),
    ("start", r"bat dau|khoi cong|tu ngay|ngay khoi dau"),
    ("end", r"ket thuc|den ngay"),
    (
        "time",
        r"^(?:du kien )?(?:thoi gian|thoi han|tien do|thoi diem|thoi ky|han |moc thoi gian|"
        r"lo trinh|ky han|ngay hoan thanh|nam hoan thanh|hoan thanh (?:truoc|trong|vao))|"
        r"^han$|^(?:quy|thang|ngay)$",
    ),
    ("product", r"san pham|ket qua|dau ra|hinh thuc (?:van ban|san pham)|loai van ban|chi tieu san pham"),
    ("time", r"thoi gian|thoi han|tien do|tan suat|lo trinh|thoi diem|hoan thanh|ke hoach thuc hien|chu ky|dinh ky"),
    (
        "lead",
        r"chu tri|don vi thuc hien|co quan thuc hien|trach nhiem|phan cong|nguoi thuc hien|"
        r"bo phan|dau moi|^don vi(?! tinh)|^co quan|chiu trach nhiem|nguoi phu trach|can bo|"
        r"^phong|to chuc thuc hien|^giao |(?:don vi|cong chuc|chuyen vien) .*thuc hien|"
        r"^(?:cong chuc|chuyen vien) thuc hien|^thuc hien$|nguoi duoc giao|"
        r"phu trach",
    ),
    ("measure_unit", r"^don vi tinh|^dvt$|^don vi do|^d\.?v\.?t\.?$"),
    (
        "indicator",
        r"^(?:ten )?(?:cac )?(?:chi tieu|chi so)(?! (?:nam|ke hoach|giao|\d|phan dau|dat))|"
        r"^muc tieu(?! (?:nam|phan dau|den|\d))|^noi dung (?:chi tieu|muc tieu)|^(?:danh muc|"
        r"he thong|nhom) chi (?:tieu|so)",
    ),
    ("before", r"(?:thuc hien|uoc|ket qua|dat duoc|hien trang).*20\d\d|^nam truoc|^thuc hien|^uoc|^hien trang"),
    (
        "value",
        r"(?:ke hoach|muc tieu|chi tieu|phan dau|giao|dat)?.*(?:nam )?20\d\d|^muc (?:phan dau|"
        r"tieu|do)|^phan dau|^gia tri|^ke hoach|^chi tieu (?:giao|phan dau|dat)|^dinh muc|"
        r"^muc tieu",
    ),
    (
        "title",
        r"nhiem vu|noi dung|cong viec|hoat dong|giai phap|dau viec|^viec$|viec can lam|ten (?:de an|"
        r"van ban|du an|chuong trinh)|danh muc|^ten|de an|bien phap|van ban|dien giai|yeu cau|"
        r"cong tac",
    ),
    ("group", r"^linh vuc|^nhom|^phan|^chuong|^mang"),
)
_ROLE_RE = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
# Columns that only lists of another kind have: members of a team, administrative procedures, prices.
_LISTING = re.compile(
    r"^(?:ho (?:va |, )?ten|hoc vi|ngay sinh|nam sinh)|thoi han giai quyet|^(?:muc )?(?:phi|le phi)\b"
)
_PRICES = re.compile(r"^(?:don gia|thanh tien|so luong)")
_MAIN_TITLE = re.compile(
    r"^(?:ten |noi dung |cac |danh muc )*(?:cong viec|nhiem vu cu the|nhiem vu|noi dung|hoat dong)"
)
_NAMED_TITLE = re.compile(r"^ten (?:nhiem vu|cong viec|hoat dong|de an|chuong trinh|du an|van ban)")
_PERIOD = re.compile(r"^(?:q(?:uy|\.)?\s*\.?\s*(?:iv|i{1,3}|[1-4])|(?:thang|t)\s*\.?\s*\d{1,2}|(?:iv|i{1,3})|\d{1,2})$")
_SENTENCE = re.compile(r"^.{40,}[.;]\s*$|\d{1,2}/\d{1,2}(?:/\d{4})?|^\d+(?:\.\d+)+|\d\s*%")
_COUNTING = re.compile(r"^\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})\)?(?:\s*=.*)?$")


@lru_cache(maxsize=4096)
def role_of(header: str) -> str:
    """The role that a header's words give a column, "" where they give none."""
    text = key(header).strip(" .:;*-/")
    if not text or len(text) > 110:
        return ""
    text = re.sub(r"\s*\([^)]*\)\s*$", "", text) or text
    for role, pattern in _ROLE_RE:
        if pattern.search(text):
            return role
    return ""


@dataclass(slots=True)
class Columns:
    """Roles of a table's columns by grid place; `headers`: their words; `periods`: columns that a cross is put in."""

    roles: dict[int, str]
    headers: list[str]
    periods: dict[int, str] = field(default_factory=dict)

    def of(self, role: str) -> list[int]:
        """The columns of that role, left to right."""
        return [c for c, r in self.roles.items() if r == role]

    def first(self, role: str) -> int | None:
        """The first column of that role, or None."""
        found = self.of(role)
        return found[0] if found else None

    @property
    def width(self) -> int:
        return len(self.headers)

    @property
    def signature(self) -> tuple[str, ...]:
        """Equal for the same header repeated on another page."""
        return tuple(key(h) for h in self.headers)

    @property
    def has_tasks(self) -> bool:
        """Something to do, and who or when; a list of people, prices or procedures is no work."""
        roles = set(self.roles.values())
        if any(_LISTING.search(key(h)) for h in self.headers):
            return False
        if any(_PRICES.search(key(h)) for h in self.headers) and not roles & {"lead", "both", "time", "end"}:
            return False
        return "title" in roles and bool(roles & {"lead", "both", "time", "end", "product", "coordinate"})

    @property
    def has_goals(self) -> bool:
        """Objectives or indicators with how they are measured."""
        roles = set(self.roles.values())
        return "indicator" in roles and bool(roles & {"value", "measure", "measure_unit", "end", "time"})


def is_counting(texts: list[str]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" under a header."""
    filled = [t.strip().lower() for t in texts if t.strip()]
    return len(filled) >= 3 and all(_COUNTING.match(t) for t in filled) and len(filled) >= len(texts) - 1


def read_header(
    texts: list[str], below: list[str] | None, running: Columns | None = None
) -> tuple[Columns, int] | None:
    """The columns that a row names, with the row under it where the header has two; and how many rows it takes.

    None where the row is no header. A header gives most of its cells a role, and more than one role. Inside a
    running table only the header that comes again counts: a row of short words could be taken for another.
    """
    if not _could_be(texts) or (running is not None and not _again(texts, running)):
        return None
    if below and texts and texts[-1]:
        # Of a merged last cell the blanks at the end of its line are lost in text.
        whole = [*texts, *[""] * (len(below) - len(texts))]
        texts = whole if _second_row(whole, below) else texts
    two = _second_row(texts, below) if below else None
    columns = _columns(two if two else texts)
    rows = 2 if two else 1
    if two:
        top = ""
        for c, text in enumerate(texts):
            top = text or top
            word = (below or [""])[c] if below and c < len(below) else ""
            if (
                word
                and _PERIOD.match(key(word))
                and (role_of(top) in ("time", "lead") or re.match(r"thang|quy|tien do|thoi", key(top)))
            ):
                columns.periods[c] = _period_name(word)
                columns.roles[c] = "period"
    roles = set(columns.roles.values()) - {"ref", "note", "period"}
    named = sum(1 for c, t in enumerate(columns.headers) if t and columns.roles.get(c))
    filled = sum(1 for t in columns.headers if t)
    if named < 2 or named < 0.6 * filled or not (columns.has_tasks or columns.has_goals or len(roles) >= 3):
        return None
    return columns, rows


def _period_name(word: str) -> str:
    """A period's header as words that say it: "3" → "Tháng 3", "Q.II" → "Quý II", "T.1" → "Tháng 1"."""
    word = word.strip()
    if word.isdigit():
        return f"Tháng {word}"
    return re.sub(r"^[Tt]\.?\s*(?=\d)", "Tháng ", re.sub(r"^[Qq]\.?\s*(?=[IVX\d])", "Quý ", word))


def _again(texts: list[str], running: Columns) -> bool:
    pairs = [(key(a), key(b)) for a, b in zip(texts, running.headers, strict=False) if a]
    return bool(pairs) and sum(a == b or fuzz.partial_ratio(a, b) >= 85 for a, b in pairs) >= 0.7 * len(pairs)


def _could_be(texts: list[str]) -> bool:
    filled = [t for t in texts if t]
    return len(filled) >= 2 and max(map(len, filled)) <= 120 and not any(_SENTENCE.search(t) for t in filled)


def _second_row(texts: list[str], below: list[str]) -> list[str] | None:
    """The two rows of a header in one, or None where the second isn't part of it."""
    filled = [(c, t) for c, t in enumerate(below) if t]
    if len(filled) < 2 or (
        is_counting(below) and not any(_PERIOD.match(key(t)) and not texts[c] for c, t in filled if c < len(texts))
    ):
        return None
    if any(len(t) > 45 for _, t in filled):
        return None
    top, joined = "", list(texts)
    inherited = 0
    for c, text in enumerate(texts):
        top = text or top
        word = below[c] if c < len(below) else ""
        if not word or key(word) == key(text):
            continue
        if not role_of(word) and not _PERIOD.match(key(word)):
            return None
        inherited += not text
        joined[c] = f"{top} {word}" if not _PERIOD.match(key(word)) else word
        if role_of(word) in ("lead", "coordinate", "start", "end", "both", "product", "authority"):
            joined[c] = word if role_of(word) != "end" or not role_of(top) else f"{top} {word}"
    return joined if inherited else None


def _columns(headers: list[str]) -> Columns:
    roles = {c: role for c, text in enumerate(headers) if (role := role_of(text))}
    columns = Columns(roles, list(headers))
    _one_title(columns)
    for c in columns.of("indicator")[1:]:
        roles[c] = "value"
    if not columns.of("lead") and not columns.of("both"):
        for c in columns.of("authority"):
            if re.match(r"(?:co quan|don vi|noi) trinh", key(headers[c])):
                roles[c] = "lead"
                break
    if columns.first("start") is not None:
        for c in columns.of("time"):
            if "hoan thanh" in key(headers[c]) or "ket thuc" in key(headers[c]):
                roles[c] = "end"
    if (
        columns.first("title") is not None
        and columns.first("lead") is not None
        and columns.first("indicator") is not None
    ):
        for c in columns.of("indicator"):
            roles[c] = "group" if not columns.of("value") and not columns.of("measure_unit") else "indicator"
    elif columns.first("title") is None and columns.first("indicator") is None:
        for c in columns.of("group"):
            roles[c] = "title"
    if (
        columns.first("lead") is None
        and columns.first("both") is None
        and columns.first("value") is not None
        and "title" in roles.values()
    ):
        # "Nội dung | Đơn vị tính | Năm 2026": rows are indicators, not work.
        if columns.first("measure_unit") is not None and not columns.of("time"):
            for c in columns.of("title"):
                roles[c] = "indicator"
    elif (
        columns.first("value") is not None
        and columns.first("indicator") is None
        and columns.first("measure_unit") is None
    ):
        for c in columns.of("value"):
            roles[c] = "note"
    times = columns.of("time")
    if ends := [c for c in times if "hoan thanh" in key(headers[c])]:
        # "Thời hạn trình | Thời hạn hoàn thành": the day on which it is done is the due day.
        roles.update({c: "note" for c in times if c != ends[0]})
    for role in ("lead", "coordinate", "time", "product", "measure", "ref"):
        for c in columns.of(role)[1:]:
            roles[c] = {"lead": "lead", "product": "product", "coordinate": "coordinate"}.get(role, "note")
    return columns


def _one_title(columns: Columns) -> None:
    """Of two columns that could name the task, the more exact one does; the other is its group."""
    titles = columns.of("title")
    if len(titles) < 2:
        return
    best = next((c for c in reversed(titles) if _MAIN_TITLE.match(key(columns.headers[c]))), titles[-1])
    best = next((c for c in titles if _NAMED_TITLE.match(key(columns.headers[c]))), best)
    for c in titles:
        if c != best:
            plain = bool(columns.of("product")) or "noi dung" in key(columns.headers[c])
            columns.roles[c] = "group" if c < best else "note" if plain else "product"
