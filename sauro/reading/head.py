"""The head and tail of a document: number, type, issuer, date, title, bases, signer, recipients, articles.

Nghị định 30/2020/NĐ-CP, Phụ lục I, says where each stands; published files move, break and join them.
"""

from __future__ import annotations

import datetime as dt
import re

from sauro.reading.bases import bases_of
from sauro.reading.context import Context
from sauro.reading.doctypes import SIGN_TYPES, type_at
from sauro.reading.draft import Article, Head, Trace
from sauro.reading.lines import Line, Row
from sauro.reading.naming import cased, issuer_above, issuer_in, issuer_of_authority, restored
from sauro.reading.signing import recipients_of, signer_of
from sauro.reading.text import flat, key, squeeze

_SIGN = r"[A-ZĐÂÊÔƠƯÁÀ][A-Za-zĐđÂÊÔƠƯ0-9]*(?:\s?[-&./]\s?[A-ZĐÂÊÔƠƯ][A-Za-zĐđÂÊÔƠƯ0-9]*)*"
_NUMBER = re.compile(
    rf"Số\s*:?\s*(?P<n>\d[\d ]{{0,12}}[a-z]?)?\s*(?P<y>/\s*(?:19|20)\d\d)?\s*(?P<sep>[/-])\s*(?P<sign>{_SIGN})",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:/\d]{1,40}?)?\s*,?\s*ngày\s*(?P<d>\d[\d ]{0,3}|[\s.…_]*)\s*tháng\s*(?P<m>\d[\d ]{0,3}|"
    r"[\s.…_]*)\s*năm\s*(?P<y>(?:1\s?9|2\s?0)\s?\d\s?\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:/\d]{1,40}),\s*(?:ngày\s*)?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)\s*$"
)
_AUTHORITY = re.compile(
    r"^(?:QUYỀN |Q\. ?)?(?:BỘ TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|"
    r"CHÁNH VĂN PHÒNG|TRƯỞNG BAN|HIỆU TRƯỞNG|THỦ TƯỚNG|"
    r"TỔNG GIÁM ĐỐC|VIỆN TRƯỞNG|CHÁNH THANH TRA|TRƯỞNG PHÒNG|CHI CỤC TRƯỞNG|ỦY BAN NHÂN DÂN|"
    r"UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|TỔNG THANH TRA|THỐNG ĐỐC|"
    r"CHỦ NHIỆM|TỔNG BIÊN TẬP|BÍ THƯ|CHÍNH PHỦ|QUỐC HỘI|TỔNG KIỂM TOÁN|VIỆN KIỂM SÁT|CHÁNH ÁN)"
)
_ATTACHED = re.compile(
    r"\(?\s*(?:ban hành\s+)?kèm theo\s+(?:quyết định|kế hoạch|công văn|văn bản|nghị quyết|"
    r"tờ trình|thông báo|chương trình)",
    re.IGNORECASE,
)
_MOTTO = re.compile(r"^(?:cong hoa xa hoi|doc lap\s*-|dang cong san|-+$|\*+$|_+$|=+$)")
_STOP = re.compile(
    r"^(?:căn cứ|thực hiện|theo đề nghị|xét đề nghị|kính gửi|điều \d|mục tiêu \d|nhiệm vụ \d|"
    r"trên cơ sở|để |nhằm |triển khai thực hiện|thi hành|phần |[IVX]+[.)-] |[A-H]\. |ngày \d|thời gian qua|"
    r"\d+\. |- )",
    re.IGNORECASE,
)


# A line that says something stands under the title, it is no part of it.
_SENTENCE = re.compile(r"^.{60,}[.:;]\s*$|\bnhư sau\s*:")


class _Reader:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.head = Head()
        self.taken: set[int] = set()
        self.lines: list[tuple[int, Line]] = []
        for index, item in enumerate(context.items):
            if isinstance(item, Line):
                self.lines.append((index, item))
            elif len(self.lines) > 5 and isinstance(item, Row) and index > 60:
                break

    def top(self, limit: int = 40) -> list[tuple[int, Line]]:
        return self.lines[:limit]

    def run(self) -> tuple[Head, set[int]]:
        self._number_and_date()
        kind = self._type_and_title()
        self._authority_line(kind)
        body = self._body_start()
        bases, proposer = bases_of(self.lines, body, self.context, self.taken)
        self.head.legal_bases = bases
        if proposer:
            self.head.proposed_by, self.head.read["proposed_by"] = proposer
        self._articles()
        tail = recipients_of(self.lines, self.head, self.taken)
        signer_of(self.lines, tail, self.head, self.taken)
        self._issuer()
        self._fill_type()
        return self.head, self.taken

    def _number_and_date(self) -> None:
        for index, line in self.top(25):
            if _ATTACHED.match(line.text) or re.match(r"căn cứ|điều \d|thực hiện", line.text, re.IGNORECASE):
                break
            if (
                self.head.number is None
                and "number" not in self.head.read
                and (match := _NUMBER.search(line.text))
                and match.start() < 60
            ):
                digits = (match["n"] or "").replace(" ", "")
                sign = re.sub(r"\s+", "", match["sign"])
                year = re.sub(r"\s", "", match["y"] or "")
                self.head.read["number"] = line.trace(match.start(), match.end())
                self._sign = sign
                self._number_line = index
                self.taken.add(index)
                if digits:
                    self.head.number = f"{digits}{year}{match['sep']}{sign}"
            if self.head.issued_on is None and (match := _DATE.search(line.text) or _SHORT_DATE.search(line.text)):
                place = squeeze(match["place"] or "")
                if place and len(place.split()) > 6:
                    continue
                self.taken.add(index)
                place = re.sub(r"^.*(?:/\S+|Phúc)\s+", "", place)
                self.head.place = (place.title() if place.isupper() else place) or None
                self._date(match, line)

    def _date(self, match: re.Match[str], line: Line) -> None:
        digits = [re.sub(r"\D", "", match[g] or "") for g in ("d", "m", "y")]
        trace = line.trace(match.start(), match.end())
        self.head.read["issued_on"] = trace
        if not digits[0] or not digits[1]:
            self._blank_date = True
            return
        try:
            self.head.issued_on = dt.date(int(digits[2]), int(digits[1]), int(digits[0]))
        except ValueError:
            self.context.doubt(
                "document.issued_on",
                match[0],
                f"Ngày ban hành “{squeeze(match[0])}” không tồn tại trên lịch.",
                trace,
                line.lines,
            )

    _sign: str = ""
    _number_line: int = -1
    _blank_date: bool = False

    def _type_and_title(self) -> int:
        """Finds the type and the words under it; returns the place in `lines` after them."""
        for place, (index, line) in enumerate(self.top(30)):
            text = squeeze(line.text)
            name = type_at(text)
            if name is None:
                if match := re.match(r"V/v\.?:?\s+(.+)|Về việc:?\s+(.+)", text):
                    return self._letter(place, match[1] or match[2])
                if re.match(r"(?:I|1|A)[.)]\s|căn cứ", text, re.IGNORECASE) or _ATTACHED.match(text):
                    break
                continue
            self.head.type = cased(name)
            self.head.read["type"] = line.trace(0, min(len(name), len(line.text)))
            self.taken.add(index)
            self._title(place, text, name)
            return place + 1
        return 0

    def _letter(self, place: int, words: str) -> int:
        self.head.type = "Công văn"
        parts = [words]
        n = place + 1
        while (
            n < len(self.lines)
            and (self.lines[n][1].layout or self._before_address(n))
            and not re.search(r"ngày.*tháng|kính gửi|^CỘNG HÒA", self.lines[n][1].text, re.IGNORECASE)
            and len(parts) < 5
        ):
            parts.append(self.lines[n][1].text)
            self.taken.add(self.lines[n][0])
            n += 1
        self.taken.add(self.lines[place][0])
        self.head.title = squeeze(" ".join(parts))
        self.head.read["title"] = self.lines[place][1].trace()
        return n

    def _before_address(self, n: int) -> bool:
        """A short line that the subject of a letter goes on in, right above "Kính gửi"."""
        short = len(self.lines[n][1].text) < 90
        return short and any(re.match(r"Kính gửi", line.text) for _, line in self.lines[n + 1 : n + 4])

    def _title(self, place: int, text: str, name: str) -> None:
        rest = text[len(name) :].strip(" :.-")
        parts = [text if rest and name == "MỤC TIÊU CHẤT LƯỢNG" else rest] if rest else []
        last = self.lines[place][1]
        first = last if parts else None
        for n in range(place + 1, min(place + 9, len(self.lines))):
            index, line = self.lines[n]
            words = squeeze(line.text)
            if index != self.lines[n - 1][0] + 1 and parts:
                break
            if (
                (_STOP.match(words) and (parts or words[:1].isupper()) and (parts or not _opens_title(words)))
                or _AUTHORITY.match(words)
                or _ATTACHED.match(words)
                or _MOTTO.match(key(words))
                or type_at(words) == "QUYẾT ĐỊNH"
            ):
                break
            if parts and (len(words) > 220 or last.text.rstrip().endswith((".", ":")) or _SENTENCE.search(words)):
                break
            if parts and last.is_caps and not line.is_caps and words[:1].isupper() and len(words) > 40:
                break
            if index in self.taken:
                continue
            parts.append(words)
            self.taken.add(index)
            first = first or line
            last = line
        if parts:
            joined = squeeze(" ".join(parts)).strip(" .-_*")
            self.head.title = restored(joined, self.context) if Line(joined, []).is_caps else joined
            if name == "MỤC TIÊU CHẤT LƯỢNG" and not key(joined).startswith("muc tieu chat luong"):
                self.head.title = f"Mục tiêu chất lượng {self.head.title}"
            if first is not None:
                self.head.read["title"] = first.trace()
        elif name == "MỤC TIÊU CHẤT LƯỢNG":
            self.head.title = "Mục tiêu chất lượng"

    def _authority_line(self, start: int) -> None:
        for index, line in self.lines[start : start + 10]:
            if _AUTHORITY.match(squeeze(line.text)) and line.is_caps:
                self._authority = squeeze(line.text)
                self._authority_trace = line.trace()
                self.taken.add(index)
                return
            if re.match(r"căn cứ|điều 1", line.text, re.IGNORECASE):
                return

    _authority: str = ""
    _authority_trace: Trace | None = None

    def _body_start(self) -> int:
        """Place in `lines` where the orders begin: "QUYẾT ĐỊNH:", "Điều 1", the first heading."""
        for place, (index, line) in enumerate(self.lines):
            text = squeeze(line.text)
            if re.match(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|THÔNG BÁO)\s*:$", text):
                self.taken.add(index)
                return place
            if re.match(r"Điều 1\b|ĐIỀU 1\b|(?:I|A|1)\s*[.)/-]\s|PHẦN|Phần (?:thứ|I)", text):
                return place
            if _ATTACHED.match(text):
                return place
        return min(len(self.lines), 30)

    def _articles(self) -> None:
        current: Article | None = None
        for index, line in self.lines:
            match = re.match(r"(?:Điều|ĐIỀU)\s+(\d{1,3}[a-z]?)\s*[.:]\s*", line.text)
            if match:
                if current is None and match[1] != "1":
                    return
                if any(a.number == match[1] for a in self.head.articles):
                    return
                current = Article(match[1], squeeze(line.text[match.end() :]))
                self.head.articles.append(current)
            elif current is not None:
                if (
                    re.match(r"nơi nhận", line.text, re.IGNORECASE)
                    or line.is_caps
                    or _ATTACHED.match(line.text)
                    or index in self.taken
                    or line.layout
                ):
                    return
                if re.search(r"\./\.?\s*$", current.text):
                    return
                current.text = f"{current.text}\n{squeeze(line.text)}"
            if len(self.head.articles) > 60:
                return

    def _issuer(self) -> None:
        head = self.head
        above = issuer_above(self.lines, self._number_line, self.context, self.taken)
        if above:
            head.issuer, head.read["issuer"] = above
            return
        if self._authority and (name := issuer_of_authority(self._authority, self.context)):
            head.issuer = name
            head.read["issuer"] = self._authority_trace or Trace(0)
            return
        for _, line in self.lines:
            if _ATTACHED.match(line.text) and (match := re.search(r"\bcủa\s+(.+?)\)?\s*$", line.text)):
                name = issuer_of_authority(match[1].upper(), self.context)
                if name:
                    head.issuer, head.read["issuer"] = name, line.trace(match.start(1), match.end(1), 0.8)
                    return
        if head.title and (name := issuer_in(head.title, self.context)):
            head.issuer = name
            head.read["issuer"] = head.read.get("title", Trace(0))

    def _fill_type(self) -> None:
        head = self.head
        if self._sign:
            first = re.split(r"[-&./]", self._sign)[0].upper()
            of_sign = SIGN_TYPES.get(first)
            if head.type is None:
                head.type = of_sign or ("Công văn" if head.title else None)
                head.read["type"] = head.read["number"]
        if head.number is None:
            issued = "number" in head.read or head.issued_on is not None
            if issued:
                self.context.doubt(
                    "document.number",
                    self._sign,
                    "Chưa thấy số của văn bản: chỗ ghi số còn để trống."
                    if "number" in head.read
                    else "Chưa thấy số của văn bản.",
                    head.read.get("number"),
                )
        if (
            head.issued_on is None
            and (head.number or self._blank_date)
            and not any(d.field == "document.issued_on" for d in self.context.doubts)
        ):
            self.context.doubt(
                "document.issued_on", "", "Chưa thấy ngày ban hành của văn bản.", head.read.get("issued_on")
            )
        if head.number and head.signer is None:
            self.context.doubt("document.signer", "", "Chưa thấy người ký văn bản.")


def _opens_title(words: str) -> bool:
    """ "Thực hiện Nghị quyết số …" under "KẾ HOẠCH" is its title, where it ends without a stop."""
    return bool(re.match(r"(?:triển khai )?thực hiện|triển khai", words, re.IGNORECASE)) and not re.search(
        r"[.;:,]\s*$|, .{3,60} (?:ban hành|xây dựng) ", words
    )


def read_head(context: Context) -> tuple[Head, set[int]]:
    """The head of a document and the places in the stream that it takes up."""
    return _Reader(context).run()


def plan_years(head: Head, context: Context) -> tuple[int | None, str | None]:
    """The plan's last year and its period: from the title, the attached plan's title, the day of issue."""
    texts = [head.title or ""]
    texts += [line.text for item in context.items[:80] if isinstance(item, Line) and (line := item).is_caps]
    texts += [a.text for a in head.articles[:1]]
    for text in texts:
        folded = flat(text)
        if match := re.search(r"(?:giai doan|nam|thoi ky)\s*(20\d\d)\s*-\s*(20\d\d)", folded):
            return int(match[2]), f"{match[1]}-{match[2]}"
        years = re.findall(r"nam\s*:?\s*(20\d\d)", folded)
        if years:
            return int(years[-1]), years[-1]
    if head.issued_on:
        return head.issued_on.year, str(head.issued_on.year)
    return None, None
