"""Plain text and Markdown: a line is a block, a tab or a Markdown table makes rows.

Published texts of decisions mix the two with scraps of HTML (`<b>`, `<br>`, `<sup>` for footnotes); all of it is
markup and leaves the text. Lines keep their numbers, so that a reading can point at them.
"""

from __future__ import annotations

import html
import re

from sauro.reading.errors import ReadingError
from sauro.reading.guard import MAX_COLUMNS, TOO_MANY_COLUMNS
from sauro.reading.manuscript import Block, BlockKind, Cell, Manuscript
from sauro.reading.open.registry import Source, opens
from sauro.reading.open.tidy import row_block, tidy

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+")
_RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"^(?=.*(?:\||--))\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_PIPED = re.compile(r"(?<!\\)\|")
_NOTE = re.compile(r"<sup>\s*\[?(\d{1,3}|\*)\]?\s*</sup>|\[\^(\d{1,3})\]:?", re.IGNORECASE)
_NOTE_BODY = re.compile(r"^\s*(?:<sup>\s*\[?(\d{1,3}|\*)\]?\s*</sup>|\[\^(\d{1,3})\]:)\s*(?=\S)", re.IGNORECASE)
_SUB = re.compile(r"<sub>(.*?)</sub>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</p>|</li>|<li[^>]*>|</?ul[^>]*>|</?ol[^>]*>|<p(?:\s[^>]*)?>|</div>", re.IGNORECASE)
_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>|\[([^\]\n]+)\]\((?:https?:|mailto:|#)[^)\s]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
_STRONG = re.compile(r"(\*{1,3}|__)(?=\S)(.+?)(?<=\S)\1")
# Emphasis that goes on over a hard line end leaves one star at the head or the end of a line.
_LONE_STAR = re.compile(r"^\s*\*(?=[^\W\d_])|(?<=[\w;,.:)])\*\s*$")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
# A bullet glued to the sentence before it, as "<ul><li>" leaves it when it is flattened on one line.
_UNESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16. Raises `ReadingError` "not_text"."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            "Tệp không phải văn bản Unicode (UTF-8). Mở bằng Word hoặc Notepad, lưu lại với mã UTF-8 rồi tải lên.",
            "not_text",
        ) from error
    if "\x00" in text:
        raise ReadingError("Tệp không phải là văn bản: có ký tự nhị phân ở bên trong.", "not_text")
    return text


def _clean(raw: str, notes: list[str]) -> str:
    """One line or cell without its markup; footnote markers go to `notes`."""

    def note(match: re.Match[str]) -> str:
        notes.append(match[1] or match[2])
        return ""

    if "<" in raw or "[^" in raw:
        raw = _NOTE.sub(note, raw)
        raw = _SUB.sub(lambda m: m[1] if m[1].strip().isdigit() else "", raw)
        raw = _BREAK.sub("\n", raw)
        raw = _LINK.sub(lambda m: m[1] or m[2], raw)
        raw = _TAG.sub("", raw)
    elif "](" in raw:
        raw = _LINK.sub(lambda m: m[1] or m[2], _IMAGE.sub("", raw))
    if "*" in raw or "__" in raw:
        raw = _STRONG.sub(lambda m: m[2], _STRONG.sub(lambda m: m[2], raw))
        raw = raw.replace("**", "")
        if raw.count("*") == 1:
            raw = _LONE_STAR.sub("", raw)
    if "\\" in raw:
        raw = _UNESCAPE.sub(r"\1", raw)
    if "&" in raw:
        raw = html.unescape(raw)
    return tidy(raw)


def _is_bold(raw: str) -> bool:
    raw = raw.strip()
    return (raw.startswith("**") and raw.rstrip(" ").endswith("**")) or raw.lower().startswith("<b>")


def _cells(line: str, piped: bool) -> list[str]:
    if not piped:
        return line.split("\t")
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return _PIPED.split(line)


def _piped_lines(lines: list[str]) -> set[int]:
    """Which lines belong to Markdown tables: those around a rule of dashes and bars."""
    found: set[int] = set()
    for i, line in enumerate(lines):
        if "|" not in line or i == 0 or not _TABLE_RULE.match(line) or "|" not in lines[i - 1]:
            continue
        found.update((i - 1, i))
        j = i + 1
        while j < len(lines) and "|" in lines[j]:
            found.add(j)
            j += 1
    for i, line in enumerate(lines):
        # A table without its rule: bars at both ends.
        if line.startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2:
            found.add(i)
    return found


def _is_tabbed(line: str, in_table: bool) -> bool:
    # One tab before a line of prose is an indent; in a table it is an empty first cell.
    return "\t" in line if in_table else "\t" in line.strip() or line.count("\t") > 2


def blocks_of(text: str) -> list[Block]:
    """The blocks of a plain or Markdown text, lines numbered from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    piped = _piped_lines(lines)
    blocks: list[Block] = []
    table, in_table = -1, False
    pending: tuple[list[str], int] | None = None  # a paragraph that ends in a Markdown line break
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            pending = None
            continue
        if (number - 1) in piped or _is_tabbed(line, in_table):
            pending = None
            if (number - 1) in piped and _TABLE_RULE.match(line):
                continue
            if not in_table:
                table, in_table = table + 1, True
            notes: list[str] = []
            raw = _cells(line, (number - 1) in piped)
            if len(raw) > MAX_COLUMNS:
                raise ReadingError(TOO_MANY_COLUMNS, "columns")
            cells = [Cell(_clean(part, notes)) for part in raw]
            filled = [part for part in raw if part.strip()]
            block = row_block(cells, table, notes, bold=bool(filled) and all(_is_bold(part) for part in filled))
            block.first_line = block.last_line = number
            blocks.append(block)
            continue
        body = _NOTE_BODY.match(line)
        if body:
            text_ = _clean(line[body.end() :], [])
            blocks.append(Block("footnote", text_, notes=[body[1] or body[2]], first_line=number, last_line=number))
            pending = None
            continue
        if _RULE.match(line):
            pending = None
            continue
        pending = _paragraph(line, number, pending, blocks)
        in_table = False
    return blocks


def _paragraph(
    line: str, number: int, pending: tuple[list[str], int] | None, blocks: list[Block]
) -> tuple[list[str], int] | None:
    """Adds one line of prose; returns what a line after it would join, where it ends in a Markdown break."""
    raw, first = (pending[0], pending[1]) if pending else ([], number)
    heading = _HEADING.match(line) if not pending else None
    level = len(heading[1]) if heading else 0
    if heading:
        line = line[heading.end() :].rstrip().rstrip("#")
    hard = line.endswith("  ") or line.endswith("\\") or line.rstrip().lower().endswith("<br>")
    raw = [*raw, line.rstrip().rstrip("\\") if hard else line]
    notes: list[str] = []
    whole = "\n".join(raw)
    text = _clean(re.sub(r"^\s*[*•●▪◦]\s+", "- ", whole), notes)
    if pending:
        blocks.pop()
        level = level or 0
    if not text:
        return None
    kind: BlockKind = "heading" if level else "paragraph"
    blocks.append(Block(kind, text, notes=notes, first_line=first, last_line=number, level=level, bold=_is_bold(whole)))
    return (raw, first) if hard else None


@opens("txt", "md")
def open_text(source: Source) -> Manuscript:
    """The blocks of a .txt or .md file. Raises `ReadingError` "not_text", "empty", "columns"."""
    blocks = blocks_of(decode(source.path.read_bytes()))
    if not blocks:
        raise ReadingError("Tệp trống: không có chữ nào để đọc.", "empty")
    source.progress(1.0, "Đã mở văn bản")
    return Manuscript(blocks, source.path.suffix.lstrip(".").lower() or "txt")
