"""Whether an agency's template can be used: every mistake in it, each with where it stands and what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from lxml import etree
from rapidfuzz import fuzz, process

from sauro.writing.report.content import sample_content
from sauro.writing.report.placeholders import PLACEHOLDERS
from sauro.writing.report.render import environment, render_bytes

MOST_UNPACKED = 60 * 1024 * 1024
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TAG = re.compile(r"{{(.*?)}}|{%(.*?)%}|{#.*?#}", re.DOTALL)
_XML = re.compile(r"<[^>]+>")
_FOR = re.compile(r"([^\W\d]\w*)\s+in\s+(.+)", re.DOTALL)
_LOOP = ("index", "index0", "first", "last", "length")
_FILTERS = ("upper", "lower", "capitalize", "title", "default", "d", "join", "length", "count", "trim")
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Not, nodes.And, nodes.Or, nodes.Compare,
          nodes.Operand, nodes.CondExpr, nodes.Concat, nodes.Add)  # fmt: skip


@dataclass(slots=True)
class _Check:
    """One reading of a template from top to bottom."""

    faults: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    # What is open: (for or if, what stood there, names that it made with the fields of each).
    open: list[tuple[str, str, dict[str, tuple[str, ...] | None]]] = field(default_factory=list)

    def fault(self, words: str) -> None:
        if words not in self.faults:
            self.faults.append(words)


def check_template(data: bytes) -> tuple[list[str], list[str]]:
    """The mistakes of a template, in Vietnamese, empty where it can be used; and the placeholders that it has.

    A file that isn't a plain .docx (macros, parts that reach outside, an archive too large) is refused before anything
    in it is looked at.
    """
    if refused := _refused(data):
        return [refused], []
    check = _Check()
    try:
        paper = DocxTemplate(io.BytesIO(data))
        paper.init_docx()
        for words, xml in _parts(paper):
            _walk(check, words, xml)
    except (KeyError, ValueError, TypeError, AttributeError, etree.LxmlError):
        return ["Không mở được tệp. Mở bằng Word, lưu lại dạng .docx rồi tải lên."], []
    for name, place in PLACEHOLDERS.items():
        if place.required and name not in check.used:
            check.fault(f"Thiếu chỗ điền bắt buộc “{name}” ({place.words}).")
    if not check.faults:
        try:
            render_bytes(sample_content(), data)
        except (TemplateError, etree.LxmlError, ValueError, TypeError, KeyError):
            check.fault(
                "Điền thử không dựng được tệp. Thường do thẻ {%p …%} hoặc {%tr …%} đứng chung đoạn, chung hàng với chữ "
                "khác: để mỗi thẻ đó trong một đoạn hoặc một hàng riêng."
            )
    return check.faults, sorted(check.used)


def _refused(data: bytes) -> str:
    """Why the file as such can't be taken; empty where it can."""
    not_word = "Tệp không phải Word dạng .docx. Lưu lại dạng .docx rồi tải lên."
    if not data.startswith(b"PK\x03\x04"):
        return not_word
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
                return "Tệp quá lớn khi giải nén. Bớt hình trong mẫu rồi tải lên."
            if "[Content_Types].xml" not in names:
                return not_word
            types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
            if "macroEnabled" in types or any(n.lower().endswith("vbaproject.bin") for n in names):
                return "Không nhận tệp Word có macro. Lưu lại dạng .docx rồi tải lên."
            if _WORD not in types or "word/document.xml" not in names:
                return not_word
            for name in names:
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name)[:2000].upper():
                    return not_word
                if name.endswith(".rels") and _reaches_out(archive.read(name)):
                    return (
                        "Mẫu gắn với tệp hoặc trang ở nơi khác (mẫu đính kèm, hình liên kết). Bỏ liên kết, chèn hình "
                        "thẳng vào mẫu rồi tải lên."
                    )
            if any("/embeddings/" in n or "/activeX/" in n for n in names):
                return "Mẫu có đối tượng nhúng. Bỏ đối tượng nhúng rồi tải lên."
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return not_word
    return ""


def _reaches_out(rels: bytes) -> bool:
    """Whether something but a hyperlink is fetched from outside the file."""
    text = rels.decode("utf-8", "replace")
    for relation in re.findall(r"<Relationship\b[^>]*>", text):
        if 'TargetMode="External"' in relation and "/hyperlink" not in relation:
            return True
    return False


def _parts(paper: DocxTemplate) -> Iterator[tuple[str, str]]:
    """The texts that placeholders are filled in: body, headers, footers; with the words for where it is."""
    docx: Any = paper.docx
    yield "", paper.patch_xml(paper.get_xml())
    for uri, words in ((paper.HEADER_URI, "đầu trang"), (paper.FOOTER_URI, "chân trang")):
        for _key, part in paper.get_headers_footers(uri):
            yield words, paper.patch_xml(part.blob.decode("utf-8"))
    for part in docx.part.package.parts:
        if part.content_type.endswith("footnotes+xml"):
            yield "chú thích", paper.patch_xml(part.blob.decode("utf-8"))
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        if "{" in (value := getattr(docx.core_properties, name) or ""):
            yield "thuộc tính của tệp", value


def _walk(check: _Check, part: str, xml: str) -> None:
    """Every tag of one part in turn. Blocks must open and close within the part."""
    plain = _XML.sub(" ", _TAG.sub("", xml))
    for tag in _TAG.finditer(xml):
        where = _where(part, tag.group(0))
        if tag.group(1) is not None:
            _expression(check, tag.group(1).strip(), where)
        elif tag.group(2) is not None:
            _statement(check, tag.group(2).strip(" \n\t-+"), where)
    for kind, words, _names in check.open:
        check.fault(f"Khối “{words}” chưa đóng: thêm {{% end{kind} %}} ở cuối phần lặp.{_in(part)}")
    check.open.clear()
    if "{{" in plain or "{%" in plain:
        check.fault(f"Có dấu mở {{{{ hoặc {{% mà không có dấu đóng.{_in(part)}")


def _in(part: str) -> str:
    return f" (ở {part})" if part else ""


def _where(part: str, tag: str) -> str:
    words = " ".join(_XML.sub("", tag).split())
    return f"{words[:80]}{_in(part)}"


def _statement(check: _Check, text: str, where: str) -> None:
    verb, _space, rest = text.partition(" ")
    if verb == "for":
        found = _FOR.fullmatch(rest.strip())
        names: dict[str, tuple[str, ...] | None] = {}
        if not found:
            check.fault(f"Viết vòng lặp như {{% for dong in nhom %}}: {where}")
        else:
            source = found.group(2).strip()
            names[found.group(1)] = _items_of(check, source, where)
        check.open.append(("for", " ".join(text.split())[:60], names))
    elif verb == "if":
        _expression(check, rest, where)
        check.open.append(("if", " ".join(text.split())[:60], {}))
    elif verb == "elif":
        _expression(check, rest, where)
        _inside(check, where)
    elif verb == "else":
        _inside(check, where)
    elif verb in ("endfor", "endif"):
        if not check.open:
            check.fault(f"Có {{% {verb} %}} mà không có khối nào đang mở: {where}")
        elif check.open[-1][0] != verb[3:]:
            check.fault(f"{{% {verb} %}} không khớp khối “{check.open[-1][1]}” đang mở.")
        else:
            check.open.pop()
    else:
        check.fault(f"Lệnh “{verb}” không dùng được trong mẫu; chỉ dùng for, if, elif, else: {where}")


def _inside(check: _Check, where: str) -> None:
    if not check.open:
        check.fault(f"Lệnh đứng ngoài khối if hoặc for: {where}")


def _items_of(check: _Check, source: str, where: str) -> tuple[str, ...] | None:
    """The fields of each item of a list; None for a list of plain texts or one that isn't known."""
    place = PLACEHOLDERS.get(source)
    if place is None:
        check.fault(f"Không có danh sách “{source}” để lặp: {where}")
        return None
    check.used.add(source)
    if not place.is_list:
        check.fault(f"“{source}” không phải danh sách, không lặp được: {where}")
    return place.fields or None


def _expression(check: _Check, text: str, where: str) -> None:
    """One expression: only names that there are, none of them called, nothing of Python reached."""
    # {{p …}}, {{tr …}} stand for a whole paragraph or row; patching has taken the mark away.
    try:
        tree = environment().parse("{{ " + text + " }}")
    except TemplateError:
        check.fault(f"Không hiểu chỗ điền: {where}")
        return
    scope: dict[str, tuple[str, ...] | None] = {}
    for kind, _words, names in check.open:
        scope |= names
        if kind == "for":
            scope["loop"] = _LOOP
    _look(check, tree, scope, where)


def _look(check: _Check, node: nodes.Node, scope: dict[str, tuple[str, ...] | None], where: str) -> None:
    if isinstance(node, nodes.Name):
        if node.name not in scope and node.name not in PLACEHOLDERS:
            check.fault(f"Không có chỗ điền “{node.name}”: {where}{_nearest(node.name)}")
        check.used |= {node.name} & PLACEHOLDERS.keys() - scope.keys()
        return
    if isinstance(node, nodes.Getattr):
        fields = scope.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if not isinstance(node.node, nodes.Name) or fields is None or node.attr not in fields:
            check.fault(f"Không có trường “{node.attr}” ở đây: {where}")
        elif node.node.name not in scope:
            _look(check, node.node, scope, where)
        return
    if isinstance(node, nodes.Filter):
        if node.name not in _FILTERS:
            check.fault(f"Bộ lọc “{node.name}” không dùng được trong mẫu: {where}")
    elif not isinstance(node, _PLAIN):
        check.fault(f"Không dùng được phép tính này trong mẫu: {where}")
        return
    for child in node.iter_child_nodes():
        _look(check, child, scope, where)


def _nearest(name: str) -> str:
    close = process.extractOne(name, list(PLACEHOLDERS), scorer=fuzz.ratio, score_cutoff=70)
    return f". Có phải “{close[0]}” không?" if close else ""
