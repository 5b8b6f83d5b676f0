"""Who signed, by what authority, and who receives the document."""

from __future__ import annotations

import re

from sauro.reading.draft import Head, Signer
from sauro.reading.lines import Line
from sauro.reading.text import key, letters, squeeze

_TO = re.compile(r"^\s*nơi\s+nhận\s*:?", re.IGNORECASE)
_AUTHORITY = re.compile(r"^(?:(KT|TM|TL|TUQ|Q)\s*[.:]|(T/M|K/T|T/L|T\.M\.|TUQ/))\s*", re.IGNORECASE)
_POSITION = re.compile(
    r"^(?:(?:QUYỀN|PHÓ)\s+)*(?:THỨ TRƯỞNG|BỘ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|"
    r"CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|"
    r"TRƯỞNG BAN|TRƯỞNG PHÒNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|BÍ THƯ|THƯỜNG TRỰC|ỦY VIÊN|UỶ VIÊN|"
    r"THỦ TƯỚNG|THỐNG ĐỐC|TỔNG THANH TRA|CHỦ NHIỆM|TỔNG BIÊN TẬP|TỔ TRƯỞNG|CHÁNH ÁN|"
    r"VIỆN PHÓ|"
    r"ĐẠI DIỆN|TỔNG KIỂM TOÁN|CHỈ HUY TRƯỞNG|TRƯỞNG ĐOÀN|TRƯỞNG BỘ PHẬN|ĐỘI TRƯỞNG|TRẠM TRƯỞNG|KẾ TOÁN TRƯỞNG)\b"
)
# Titles of learning and rank that may stand before a name (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7).
_TITLES = (
    r"(?:PGS|GS|ThS|TS|BSCK\s?(?:I{1,2}|[12])|BS|KS|CN|LS|DS|KTS|TTND|TTƯT|NGND|NGƯT|CKI{1,2})\b[.,]?\s*"
    r"|(?:Đại tướng|(?:Thượng|Trung|Thiếu) tướng|(?:Đại|Thượng|Trung|Thiếu) (?:tá|úy))\s+"
)
_NAME = re.compile(
    letters(
        rf"^(?:★\s*|{_TITLES})*((?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]*|[A-ZĐÀ-Ỹ]{{2,}})(?:\s+(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+|"
        r"[A-ZĐÀ-Ỹ]{2,})){1,5})$"
    )
)
_SIGNED = re.compile(
    r"^[\[(]?\s*(?:đã ký|daky|da ky|ký và|ký, ghi|ký tên|signed|ký, đóng dấu|đã ký, đóng dấu)[^)\]]*[)\]]?$",
    re.IGNORECASE,
)
_CAPITAL_WORDS = (
    "văn phòng", "thanh tra", "bộ trưởng", "thủ tướng", "giám đốc", "chủ tịch", "bí thư", "cục trưởng", "vụ trưởng",
)  # fmt: skip
_INITIALS = re.compile(letters(r"(?<=[A-ZĐ])[a-zà-ỹ]{2,}$"))
_FLATTENED = re.compile(letters(r"^(\s*[-–+].*?[;.])\s+((?:[A-ZĐÀ-Ỹ.]{2,}\s*){1,8}|(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s*){2,5})$"))


def recipients_of(lines: list[tuple[int, Line]], head: Head, taken: set[int]) -> int:
    """Reads the list under "Nơi nhận"; returns the place in `lines` of that word, -1 where there is none.

    A file that lost its two columns has the signature in the same lines; those words are kept apart for `signer_of`.
    """
    place = next((n for n, (_, line) in enumerate(lines) if _TO.match(line.text)), -1)
    if place < 0:
        return -1
    first = lines[place][1]
    words = _TO.sub("", first.text).strip()
    items: list[str] = []
    if words and not Line(words, []).is_caps and not _AUTHORITY.match(words):
        items.extend(part.strip() for part in re.split(r";\s*-?\s*", words) if part.strip())
    taken.add(lines[place][0])
    head.read["recipients"] = first.trace()
    block, cell = first.block, first.parts[0].cell
    for index, line in lines[place + 1 : place + 45]:
        text = line.text.strip()
        if match := _FLATTENED.match(text):
            text = match[1]
        dash = re.match(r"^[-–•+*·]\s*", text)
        same = line.layout and first.layout and line.parts[0].cell == cell and line.block - block < 3
        if not dash and not (same and not line.is_caps and not _NAME.match(text)) and not text.startswith("Lưu"):
            if _signature_between(lines, place, text):
                continue
            if line.is_caps or _NAME.match(text) or not items or re.search(r"[.]\s*$", items[-1]) or len(text) > 120:
                break
            if items[-1].endswith((";", ".")) or text[:1].isupper():
                break
        if dash or (text.startswith("Lưu") and not dash) or not items:
            items.append(text[dash.end() if dash else 0 :])
        else:
            items[-1] = f"{items[-1]} {text}"
        taken.add(index)
        if re.match(r"[-–•+*·]?\s*lưu\b", text, re.IGNORECASE) and re.search(r"[.;]\s*$|\)$|[A-ZĐ]$", text):
            break
    cleaned = [squeeze(item).strip(" ;.,") for item in items]
    head.recipients = [_without_initials(item) for item in cleaned if item]
    return place


def _signature_between(lines: list[tuple[int, Line]], place: int, text: str) -> bool:
    """Words of the signature between the recipients, where two columns were read as one: the list goes on."""
    if not (Line(text, []).is_caps or _NAME.match(text) or _SIGNED.match(text)):
        return False
    rest = [line.text for _, line in lines[place + 1 : place + 30]]
    at = rest.index(text) if text in rest else len(rest)
    return any(re.match(r"^[-–•+*·]?\s*lưu\b", t.strip(), re.IGNORECASE) for t in rest[at:])


def _without_initials(item: str) -> str:
    """The typist's initials after the last sign of the file copy are no part of it: "Lưu: VT, TMDTsonnan"."""
    return _INITIALS.sub("", item) if key(item).startswith("luu") else item


def signer_of(lines: list[tuple[int, Line]], tail: int, head: Head, taken: set[int]) -> None:
    """Finds the signature: near "Nơi nhận", else the first position in capitals with a name under it."""
    places = [range(max(0, tail - 10), min(len(lines), tail + 48))] if tail >= 0 else []
    places.append(range(len(lines)))
    for span in places:
        best = _search(lines, span, tail)
        if best:
            signer, used, trace_line = best
            head.signer = signer
            head.read["signer"] = trace_line.trace()
            taken.update(used)
            return


def _search(lines: list[tuple[int, Line]], span: range, tail: int) -> tuple[Signer, set[int], Line] | None:
    starts = [n for n in span if _is_start(_part(lines[n][1]))]
    # Under "Nơi nhận" first, then right before it.
    starts.sort(key=lambda n: (n < tail, n if n >= tail else -n))
    for n in starts:
        if n < tail:
            while n - 1 in span and _is_start(_part(lines[n - 1][1])) and lines[n - 1][0] == lines[n][0] - 1:
                n -= 1
        found = _block(lines, n, span.stop)
        if found:
            return found
    return None


def _part(line: Line) -> str:
    """The words of a line that may belong to a signature: all, or what follows a recipient on the same line."""
    text = squeeze(line.text)
    if match := _FLATTENED.match(text):
        return match[2].strip()
    if _TO.match(text):
        return _TO.sub("", text).strip()
    return text


def _is_start(text: str) -> bool:
    caps = Line(text, []).is_caps
    return (
        caps and len(text) < 90 and bool(_AUTHORITY.match(text) or _POSITION.match(text)) and not re.search(r"\d", text)
    )


def _block(lines: list[tuple[int, Line]], start: int, stop: int) -> tuple[Signer, set[int], Line] | None:
    authority: str | None = None
    positions: list[str] = []
    used: set[int] = set()
    for n in range(start, min(start + 22, stop)):
        index, line = lines[n]
        text = _part(line)
        if not text or _SIGNED.match(text) or re.fullmatch(r"[★*\W\d]+", text):
            continue
        for piece in _pieces(text):
            mark = _AUTHORITY.match(piece)
            if mark and Line(piece, []).is_caps:
                sign = (mark[1] or mark[2]).upper().replace("/", "").replace(".", "")
                # Of "TM. … KT. …" the second tells by what right this person signs.
                authority = f"{sign}."
                rest = piece[mark.end() :].strip()
                if rest:
                    positions.append(rest)
                used.add(index)
                continue
            if Line(piece, []).is_caps and not _name_in_caps(piece, positions):
                if _POSITION.match(piece) or (positions and len(piece) < 60):
                    positions.append(piece)
                    used.add(index)
                    continue
                return None
            name = _NAME.match(re.sub(r"^\W+", "", piece))
            if name and positions:
                used.add(index)
                return Signer(_name(name[1]), _position(positions, authority), authority), used, lines[start][1]
        if not Line(text, []).is_caps and positions and not re.match(r"^[-–]|nơi nhận|như ", text, re.IGNORECASE):
            return None
    return None


def _name_in_caps(piece: str, positions: list[str]) -> bool:
    """Party documents write names in capitals too: two to four words that are no position."""
    return (
        bool(positions)
        and 2 <= len(piece.split()) <= 4
        and not _POSITION.match(piece)
        and not re.search(
            r"\b(?:BAN|BỘ|SỞ|TRƯỞNG|PHÒNG|ỦY|TỈNH|XÃ|PHƯỜNG|TRỰC|NHÂN DÂN|CÔNG|ĐỐC|CHẤT|VỤ|CỤC|VIÊN)\b", piece
        )
    )


def _pieces(text: str) -> list[str]:
    """ "KT. BỘ TRƯỞNG THỨ TRƯỞNG" on one line is two."""
    cut = re.search(r"(?<=\S)\s+(?=(?:THỨ TRƯỞNG|PHÓ (?!CHỦ TỊCH$)|KT\.|PHÓ CHỦ TỊCH$))", text)
    return (
        [text[: cut.start()], text[cut.end() :]]
        if cut and cut.start() > 3 and not text[: cut.start()].endswith("QUYỀN")
        else [text]
    )


def _name(text: str) -> str:
    return text.title() if text.isupper() else text


def _position(positions: list[str], authority: str | None) -> str:
    own = next((p for p in reversed(positions) if _POSITION.match(p)), positions[-1])
    at = positions.index(own)
    tail = " ".join(positions[at:]) if at + 1 < len(positions) and not _POSITION.match(positions[-1]) else own
    lowered = tail.lower()
    shown = lowered[:1].upper() + lowered[1:]
    for word in (
        "văn phòng",
        "thanh tra",
        "bộ trưởng",
        "thủ tướng",
        "giám đốc",
        "chủ tịch",
        "bí thư",
        "cục trưởng",
        "vụ trưởng",
    ):
        shown = re.sub(rf"(?<=\s){word}", word.capitalize(), shown)
    return re.sub(r" bộ$", " Bộ", shown)
