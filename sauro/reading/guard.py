"""What is refused before or while a document is opened, so that no file costs more than bounded time and memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from sauro.reading.errors import ReadingError
from sauro.reading.manuscript import Manuscript

MAX_BYTES = 50 * 1024 * 1024
MAX_COLUMNS = 200
MAX_ROWS = 50_000
MAX_PAGES = 2000
MAX_MEMBERS = 5000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 32 * 1024 * 1024
MAX_RATIO = 250
MAX_TEXT = 12_000_000  # characters; two hundred times a long decision
MAX_PARAGRAPH = 100_000

DAMAGED = "Tệp bị hỏng hoặc tải lên chưa hết nên không mở được. Mở lại bằng phần mềm đã tạo ra tệp, lưu rồi tải lên."
BOMB = "Nội dung nén trong tệp phình ra quá lớn nên không mở. Lưu lại bằng Word hoặc Excel rồi tải lên."
PASSWORD = "Tệp có mật khẩu nên không đọc được. Bỏ mật khẩu, lưu lại rồi tải lên."
TOO_MANY_COLUMNS = f"Bảng có hơn {MAX_COLUMNS} cột nên không đọc. Bỏ các cột thừa, lưu lại rồi tải lên."
TOO_LONG = f"Tệp có hơn {MAX_ROWS} hàng nên không đọc. Chia thành nhiều tệp rồi tải lên từng tệp."
TOO_MUCH_TEXT = "Tệp có quá nhiều chữ nên không đọc. Chia thành nhiều tệp rồi tải lên từng tệp."
ENDLESS_PARAGRAPH = "Tệp có một đoạn dài bất thường, không phải văn bản hành chính. Xuống dòng cho đúng rồi tải lên."
TOO_MANY_PAGES = f"Tệp có hơn {MAX_PAGES} trang nên không đọc. Tách riêng phần quyết định và phụ lục rồi tải lên."
TOO_SLOW = "Tệp quá phức tạp, đọc quá lâu nên đã dừng. Lưu lại thành .docx rồi tải lên."
ENTITIES = "Tệp có khai báo thực thể XML mà Word không dùng đến nên không mở. Lưu lại bằng Word rồi tải lên."
EMPTY = "Tệp trống, không có chữ nào. Chọn lại tệp rồi tải lên."
NOT_A_DOCUMENT = "Tệp không phải là văn bản đọc được. Tải lên tệp .docx, .pdf, .xlsx, .html, .txt hoặc .md."
ARCHIVE = "Tệp là tệp nén. Giải nén rồi tải lên từng văn bản."
MACRO = "Không nhận tệp {program} có macro. Lưu lại dạng {suffix} rồi tải lên."
LEGACY = "Tệp ở dạng {suffix} cũ nên không đọc được. Mở bằng Word, lưu lại dạng .docx rồi tải lên."
LEGACY_SHEET = "Tệp ở dạng {suffix} cũ nên không đọc được. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."
WRONG_SUFFIX = "Tệp mang đuôi .{said} nhưng bên trong là {found}. Đổi đuôi tệp thành .{suffix} rồi tải lên."

_SUFFIXES = {
    "docx": ("docx", "dotx"),
    "xlsx": ("xlsx", "xltx"),
    "pdf": ("pdf",),
    "html": ("html", "htm", "xhtml"),
    "txt": ("txt", "md", "markdown", "text", "tsv"),
    "image": ("png", "jpg", "jpeg", "tif", "tiff"),
}
_NAMES = {
    "docx": "tệp Word",
    "xlsx": "tệp Excel",
    "pdf": "tệp PDF",
    "html": "trang HTML",
    "txt": "văn bản thường",
    "image": "ảnh",
}
_KNOWN = {suffix for suffixes in _SUFFIXES.values() for suffix in suffixes} | {"doc", "xls", "rtf", "odt", "ods", "csv"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MARKUP = re.compile(rb"<(?:html|body|table|div|p)\b", re.I)


def kind_of(path: Path) -> str:
    """What the file holds, told by its content: "docx", "xlsx", "pdf", "html", "txt" or "image".

    Only a few kilobytes are read of a file that is too large or no document. A file without a suffix, or with one
    that says nothing, is taken as what it holds. Raises `ReadingError` "missing", "empty", "size", "kind", "legacy",
    "extension", "password", "macro", "damaged", "bomb".
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ReadingError(NOT_A_DOCUMENT, "kind")
        if size > MAX_BYTES:
            raise ReadingError(
                f"Tệp nặng {size // 1024 // 1024} MB, lớn hơn mức {MAX_BYTES // 1024 // 1024} MB. "
                "Bỏ bớt ảnh hoặc tách phụ lục ra rồi tải lên.",
                "size",
            )
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as error:
        raise ReadingError("Không tìm thấy tệp. Chọn lại tệp rồi tải lên.", "missing") from error
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReadingError(EMPTY, "empty")
    said = path.suffix.lstrip(".").lower()
    kind = _kind(path, head, said)
    if said in _KNOWN and said not in _SUFFIXES[kind]:
        raise ReadingError(
            WRONG_SUFFIX.format(said=said, found=_NAMES[kind], suffix=_SUFFIXES[kind][0]),
            "extension",
        )
    return kind


def _kind(path: Path, head: bytes, said: str) -> str:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _zip_kind(path, said)
    if head.startswith(_OLE):
        return _ole_kind(path, said)
    if head.startswith(_IMAGES):
        return "image"
    if head.lstrip().startswith(b"{\\rtf"):
        raise ReadingError(LEGACY.format(suffix=".rtf"), "legacy")
    if b"MIME-Version:" in head[:1024] and b"multipart/related" in head:
        raise ReadingError(LEGACY.format(suffix=".mht"), "legacy")
    if b"schemas.microsoft.com/office/word/2003" in head or b"<pkg:package" in head:
        raise ReadingError(LEGACY.format(suffix=".xml"), "legacy")
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) or (said in _SUFFIXES["html"] and _MARKUP.search(head)):
        return "html"
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if (b"\x00" in head and not utf16) or (said and said not in _SUFFIXES["txt"] and said in _KNOWN):
        # Text under the suffix of a binary format, or bytes that are no text: nothing to open.
        raise ReadingError(DAMAGED if said in _KNOWN else NOT_A_DOCUMENT, "damaged" if said in _KNOWN else "kind")
    if said and said not in _SUFFIXES["txt"] and said not in ("upload", "tmp"):
        raise ReadingError(NOT_A_DOCUMENT, "kind")
    return "txt"


def _zip_kind(path: Path, said: str) -> str:
    with open_zip(path) as package:
        names = {name.lower() for name in package.namelist()}
        if "mimetype" in names and read_member(package, "mimetype").startswith(b"application/vnd.oasis.opendocument"):
            sheet = b"spreadsheet" in read_member(package, "mimetype")
            form = LEGACY_SHEET if sheet else LEGACY
            raise ReadingError(form.format(suffix=".ods" if sheet else ".odt").replace(" cũ", ""), "legacy")
        if "[content_types].xml" not in names:
            if said in ("docx", "xlsx"):
                raise ReadingError(DAMAGED, "damaged")
            raise ReadingError(ARCHIVE, "kind")
        types = _content_types(package)
        macro = "macroenabled" in types or any(name.endswith("vbaproject.bin") for name in names)
        if "wordprocessingml" in types or "ms-word" in types:
            if macro:
                raise ReadingError(MACRO.format(program="Word", suffix=".docx"), "macro")
            return "docx"
        if "spreadsheetml" in types or "ms-excel" in types:
            if macro:
                raise ReadingError(MACRO.format(program="Excel", suffix=".xlsx"), "macro")
            return "xlsx"
    raise ReadingError(NOT_A_DOCUMENT, "kind")


def _content_types(package: zipfile.ZipFile) -> str:
    name = next(n for n in package.namelist() if n.lower() == "[content_types].xml")
    root = parse_xml(read_member(package, name))
    # The main part comes as an override of its own; others (styles, charts …) say the same family.
    return " ".join(str(part.get("ContentType", "")).lower() for part in root)


def _ole_kind(path: Path, said: str) -> str:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadingError(PASSWORD, "password")
    if "WordDocument".encode("utf-16-le") in data:
        raise ReadingError(LEGACY.format(suffix=".doc"), "legacy")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        raise ReadingError(LEGACY_SHEET.format(suffix=".xls"), "legacy")
    if said in _KNOWN:
        raise ReadingError(DAMAGED, "damaged")
    raise ReadingError(NOT_A_DOCUMENT, "kind")


def bound_text(manuscript: Manuscript) -> None:
    """Raises `ReadingError` "text" where there is more text, or a longer paragraph, than any document of the kind has:
    what follows takes time that grows with both."""
    lengths = [len(block.text) for block in manuscript.blocks]
    if max(lengths, default=0) > MAX_PARAGRAPH:
        raise ReadingError(ENDLESS_PARAGRAPH, "text")
    if sum(lengths) > MAX_TEXT:
        raise ReadingError(TOO_MUCH_TEXT, "text")


def open_zip(path: Path) -> zipfile.ZipFile:
    """The zip file, its list of members checked before anything is unpacked.

    Raises `ReadingError` "damaged" (also where it is cut off), "bomb" (too many or too large members, members that
    share their bytes), "password".
    """
    try:
        package = zipfile.ZipFile(path)
        members = package.infolist()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise ReadingError(DAMAGED, "damaged") from error
    try:
        packed, unpacked = sum(m.compress_size for m in members), sum(m.file_size for m in members)
        swollen = any(m.file_size > 4_000_000 and m.file_size > MAX_RATIO * max(1, m.compress_size) for m in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or swollen or packed > path.stat().st_size:
            raise ReadingError(BOMB, "bomb")
        if any(m.flag_bits & 0x1 for m in members):
            raise ReadingError(PASSWORD, "password")
    except ReadingError:
        package.close()
        raise
    return package


def read_member(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member, never more than `MAX_PART`. Raises `ReadingError` "damaged", "bomb"."""
    try:
        with package.open(name) as member:
            data = member.read(MAX_PART + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, KeyError, NotImplementedError, EOFError, RuntimeError) as error:
        raise ReadingError(DAMAGED, "damaged") from error
    if len(data) > MAX_PART:
        raise ReadingError(BOMB, "bomb")
    return data


def parse_xml(data: bytes) -> Any:
    """The root element. Nothing is fetched; a part that declares entities is refused, not expanded.

    Raises `ReadingError` "damaged", "entities".
    """
    # Office never writes a document type; the parser expands entities in attributes, so it must not see any.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = data.decode("utf-16", "replace") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        if not plain or "<!DOCTYPE" in plain or "<!ENTITY" in plain:
            raise ReadingError(ENTITIES, "entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(DAMAGED, "damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadingError(ENTITIES, "entities")
    return root
