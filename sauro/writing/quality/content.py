"""What a controlled document says, as data: the parts of a procedure, the words of a policy, its head.

Pure values: the database keeps `to_json()`, papers are written from them, two versions are compared by `compare`.
TCVN ISO 9001:2015, 7.5.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeVar

from rapidfuzz import fuzz

from sauro.vietnamese.text import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure. `form`: the form used or the result; `text`: how it is done, paragraphs by line."""

    name: str
    who: str = ""
    how_long: str = ""
    form: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record that the procedure leaves behind: where it is kept and for how long ("05 năm")."""

    code: str = ""
    title: str = ""
    place: str = ""
    retention: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term or an abbreviation with what it means."""

    term: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """All parts of a document; an empty part is one that it has not.

    `references`: one line each; `forms`: one line each, code first ("BM.01-QT.05 Phiếu tiếp nhận"); `body`: free
    paragraphs by line, for policies and other documents that are no procedure.
    """

    purpose: str = ""
    scope: str = ""
    references: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    responsibility: str = ""
    body: str = ""
    steps: tuple[Step, ...] = ()
    records: tuple[RecordLine, ...] = ()
    forms: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain lists, mappings and texts, as a JSON field keeps them. `from_json` reads them back unchanged."""
        out: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                value = [v if isinstance(v, str) else dataclasses.asdict(v) for v in value]
            out[field.name] = value
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DocumentContent:
        """The content kept by `to_json`. A missing key is an empty part, a key not known is passed over.

        Raises `ValueError`, which names the place, where a value is of another type.
        """
        if not isinstance(data, Mapping):
            raise ValueError(f"content: a mapping is needed, not {type(data).__name__}")
        parts: dict[str, Any] = {
            name: _text(data.get(name, ""), name) for name in ("purpose", "scope", "responsibility", "body")
        }
        for name in ("references", "forms"):
            parts[name] = tuple(_text(v, f"{name}[{n}]") for n, v in enumerate(_list(data.get(name, []), name)))
        kinds: dict[str, type[Any]] = {"definitions": Definition, "steps": Step, "records": RecordLine}
        for name, kind in kinds.items():
            lines = _list(data.get(name, []), name)
            parts[name] = tuple(_line(kind, value, f"{name}[{n}]") for n, value in enumerate(lines))
        return cls(**parts)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{where}: a text is needed, not {type(value).__name__}")
    return value


def _list(value: Any, where: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{where}: a list is needed, not {type(value).__name__}")
    return value


def _line(kind: type[T], value: Any, where: str) -> T:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: a mapping is needed, not {type(value).__name__}")
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: _text(value.get(name, ""), f"{where}.{name}") for name in names})


@dataclass(frozen=True, slots=True)
class Amendment:
    """One line of the table of amendments: which issue changed what."""

    issue_no: int
    effective_on: dt.date | None = None
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What the control block of a document says. `kind_name`: "Quy trình", "Chính sách" …; `issue_no` from 1.

    `amendments`: earlier issues, oldest first; `distribution`: who holds a copy.
    """

    agency: str
    parent_agency: str = ""
    unit: str = ""
    code: str = ""
    title: str = ""
    kind_name: str = "Quy trình"
    issue_no: int = 1
    effective_on: dt.date | None = None
    drafted_by: str = ""
    drafted_position: str = ""
    checked_by: str = ""
    checked_position: str = ""
    approved_by: str = ""
    approved_position: str = ""
    is_draft: bool = False
    amendments: tuple[Amendment, ...] = ()
    distribution: tuple[str, ...] = ()


# Comparison -------------------------------------------------------------------------------------------------

Kind = Literal["added", "removed", "changed", "moved"]
Op = Literal["same", "added", "removed"]
# Titles of parts and of what a line holds, by the names of the fields.
SECTION_TITLES = {
    "purpose": "Mục đích", "scope": "Phạm vi áp dụng", "references": "Tài liệu viện dẫn",
    "definitions": "Định nghĩa, chữ viết tắt", "responsibility": "Trách nhiệm", "body": "Nội dung",
    "steps": "Các bước thực hiện", "records": "Hồ sơ lưu", "forms": "Biểu mẫu",
}  # fmt: skip
FIELD_TITLES = {
    "name": "Tên bước", "who": "Trách nhiệm", "how_long": "Thời gian", "form": "Biểu mẫu, kết quả",
    "text": "Nội dung", "code": "Mã số", "title": "Tên hồ sơ", "place": "Nơi lưu", "retention": "Thời gian lưu",
    "term": "Chữ được giải thích", "order": "Thứ tự",
}  # fmt: skip
LIKE_LINE, LIKE_PARAGRAPH = 75.0, 50.0
_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `section`: a field of `DocumentContent`; `label`: the step, term, record it is in, else "".

    `field`: what of that line changed (a key of `FIELD_TITLES`), "" where it is the line itself. An added line has no
    `before`, a removed one no `after`; of a moved step both are its number.
    """

    section: str
    label: str
    before: str
    after: str
    kind: Kind
    field: str = ""


def compare(old: DocumentContent, new: DocumentContent) -> list[Change]:
    """What leads from `old` to `new`, part by part in the order of the document; [] where both say the same.

    Steps and lines are the same when their names are nearly the same, wherever they stand; texts are compared
    paragraph by paragraph. Show a change by `paragraph_diff(change.before, change.after)`.
    """
    return [
        *_texts("purpose", old.purpose, new.purpose),
        *_texts("scope", old.scope, new.scope),
        *_lines("references", old.references, new.references),
        *_items("definitions", old.definitions, new.definitions, lambda d: d.term),
        *_texts("responsibility", old.responsibility, new.responsibility),
        *_texts("body", old.body, new.body),
        *_items("steps", old.steps, new.steps, lambda s: s.name),
        *_items("records", old.records, new.records, lambda r: r.title or r.code),
        *_lines("forms", old.forms, new.forms),
    ]


def paragraph_diff(before: str, after: str) -> list[tuple[Op, str]]:
    """Two texts word by word: pieces that stay ("same"), went ("removed"), came ("added"), in reading order.

    All but the added pieces make up `before`, all but the removed ones `after`.
    """
    a, b = _WORDS.findall(before), _WORDS.findall(after)
    out: list[tuple[Op, str]] = []
    for op, i, j, k, m in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if op == "equal":
            out.append(("same", "".join(a[i:j])))
            continue
        if i < j:
            out.append(("removed", "".join(a[i:j])))
        if k < m:
            out.append(("added", "".join(b[k:m])))
    return out


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a free text: its lines that say something."""
    return [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


def _texts(section: str, before: str, after: str) -> list[Change]:
    return _lines(section, paragraphs_of(before), paragraphs_of(after), like=LIKE_PARAGRAPH)


def _lines(section: str, before: Sequence[str], after: Sequence[str], *, like: float = LIKE_LINE) -> list[Change]:
    pairs = _match([fold(t) for t in before], [fold(t) for t in after], like)
    out = [
        Change(section, "", before[i] if i is not None else "", after[j] if j is not None else "", _kind(i, j))
        for i, j in _in_order(pairs, len(before), len(after))
        if i is None or j is None or before[i] != after[j]
    ]
    return out


def _items(section: str, before: Sequence[T], after: Sequence[T], name: Callable[[T], str]) -> list[Change]:
    pairs = _match([fold(name(x)) for x in before], [fold(name(x)) for x in after], LIKE_LINE)
    out = []
    moved = _moved(pairs) if section == "steps" else set()
    for i, j in _in_order(pairs, len(before), len(after)):
        if i is None or j is None:
            whole = before[i] if i is not None else after[j]  # type: ignore[index]
            words = "\n".join(v for v in dataclasses.astuple(whole) if v)  # type: ignore[call-overload]
            out.append(
                Change(section, name(whole), words if j is None else "", words if i is None else "", _kind(i, j))
            )
            continue
        label = name(after[j])
        if j in moved:
            out.append(Change(section, label, str(i + 1), str(j + 1), "moved", "order"))
        for field in dataclasses.fields(before[i]):  # type: ignore[arg-type]
            was, now = getattr(before[i], field.name), getattr(after[j], field.name)
            if was != now:
                kind: Kind = "added" if not was else "removed" if not now else "changed"
                out.append(Change(section, label, was, now, kind, field.name))
    return out


def _kind(i: int | None, j: int | None) -> Kind:
    return "added" if i is None else "removed" if j is None else "changed"


def _match(old: Sequence[str], new: Sequence[str], like: float) -> dict[int, int]:
    """Which line of `new` (key) is which of `old`: the same words first, in their order, then the most alike."""
    pairs: dict[int, int] = {}
    for block in SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks():
        pairs |= {block.b + n: block.a + n for n in range(block.size)}
    scored = []
    left = [i for i in range(len(old)) if i not in pairs.values()]
    for j in (j for j in range(len(new)) if j not in pairs):
        for i in left:
            score = 100.0 if old[i] == new[j] else fuzz.ratio(old[i], new[j], score_cutoff=like)
            if score >= like:
                scored.append((-score, abs(i - j), j, i))
    taken = set(pairs.values())
    for _, _, j, i in sorted(scored):
        if j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
    return pairs


def _moved(pairs: Mapping[int, int]) -> set[int]:
    """New places of those whose order among the kept ones is another."""
    new = sorted(pairs)
    blocks = SequenceMatcher(a=sorted(pairs.values()), b=[pairs[j] for j in new], autojunk=False).get_matching_blocks()
    return set(new) - {new[block.b + n] for block in blocks for n in range(block.size)}


def _in_order(pairs: Mapping[int, int], olds: int, news: int) -> list[tuple[int | None, int | None]]:
    """All lines by their place in the new text; a removed one stands where it was among the old ones."""
    kept = set(pairs.values())
    out: list[tuple[int | None, int | None]] = []
    gone = [i for i in range(olds) if i not in kept]
    for j in range(news):
        i = pairs.get(j)
        while i is not None and gone and gone[0] < i:
            out.append((gone.pop(0), None))
        out.append((i, j))
    return out + [(i, None) for i in gone]
