"""Bad input gets one Vietnamese sentence, in bounded time and memory, and nothing is written."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauro.reading import guard
from sauro.reading.errors import ReadingError
from sauro.reading.open import open_manuscript
from sauro.reading.tests.packages import W, docx, p, part, tbl, tc, tr

DATA = Path(__file__).parent / "data"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def refused(path: Path, seconds: float = 5.0, megabytes: float = 150.0) -> ReadingError:
    """The refusal of this file, checked for processor time, memory, words, and that nothing was written beside it."""
    before = sorted(path.parent.iterdir()) if path.parent.exists() else []
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(ReadingError) as caught:
            open_manuscript(path)
        assert time.process_time() - begun < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1e6
    finally:
        tracemalloc.stop()
    message = caught.value.message_vi
    assert message.endswith(".") and len(message) < 220 and "\n" not in message
    assert not any(word in message.lower() for word in ("vui lòng", "bạn", "xin ", "thất bại", "không hợp lệ", "!"))
    assert (sorted(path.parent.iterdir()) if path.parent.exists() else []) == before
    return caught.value


def file(tmp_path: Path, name: str, data: bytes) -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def packed(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.pdf", b"\x00" * 4096, "empty"),
        ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00", "kind"),
        ("a.bin", b"\x7fELF\x02\x01\x01\x00", "kind"),
        ("a.py", b"print('x')\n", "kind"),
        ("a.docx", b"\x01\x02\x03\x00not a zip", "damaged"),
        ("a.docx", "Chỉ là chữ thường".encode(), "damaged"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "legacy"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "legacy"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.msi", OLE, "kind"),
        ("a.rtf", rb"{\rtf1\ansi x}", "legacy"),
        ("a.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "legacy"),
        ("a.zip", packed({"quyet-dinh.txt": "x"}), "kind"),
        ("a.docx", packed({"quyet-dinh.txt": "x"}), "damaged"),
        ("a.docx", b"%PDF-1.7\n", "extension"),
        ("a.pdf", packed({"[Content_Types].xml": "<Types/>"}), "kind"),
        ("a.pdf", b"%PDF-1.7\nkhong co gi\n%%EOF", "damaged"),
        ("a.docx", b"\x89PNG\r\n\x1a\n", "extension"),
    ],
)
def test_each_wrong_file_has_its_own_code(tmp_path, name, data, code):
    assert refused(file(tmp_path, name, data)).code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refused(tmp_path / "khong-co.docx").code == "missing"
    assert refused(tmp_path).code == "kind"


def test_a_file_of_500_mb_is_refused_without_being_read(tmp_path):
    path = tmp_path / "lon.docx"
    with path.open("wb") as out:
        out.truncate(500 * 1024 * 1024)
    error = refused(path, seconds=0.5, megabytes=1)
    assert (error.code, "500 MB" in error.message_vi, "50 MB" in error.message_vi) == ("size", True, True)


def test_a_wrong_suffix_is_named_with_the_right_one(tmp_path):
    error = refused(file(tmp_path, "quyet-dinh.docx", (DATA / "ke-hoach.pdf").read_bytes()))
    assert error.message_vi == "Tệp mang đuôi .docx nhưng bên trong là tệp PDF. Đổi đuôi tệp thành .pdf rồi tải lên."


def test_a_file_without_suffix_is_taken_as_what_it_holds(tmp_path):
    blob = file(tmp_path, "0a1b2c", (DATA / "ke-hoach.docx").read_bytes())
    assert open_manuscript(blob).source == "docx"


def test_a_macro_file_is_refused_under_any_name(tmp_path):
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    wanted = "Không nhận tệp Word có macro. Lưu lại dạng .docx rồi tải lên."
    assert refused(docx(tmp_path / "a.docm", p("x"), main=main)).message_vi == wanted
    hidden = docx(tmp_path / "a.docx", p("x"), files={"word/vbaProject.bin": b"\xd0\xcf"})
    assert refused(hidden).message_vi == wanted


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["ke-hoach.docx", "ke-hoach.pdf"])
def test_a_truncated_file_is_refused_or_still_whole_enough_to_read(tmp_path, name, share):
    data = (DATA / name).read_bytes()
    path = file(tmp_path, name, data[: int(len(data) * share)])
    try:
        assert open_manuscript(path).blocks
    except ReadingError as error:
        assert error.code in ("damaged", "empty")
    if name.endswith("docx"):
        assert refused(path).code == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    swollen = docx(tmp_path / "a.docx", p("x"), files={"word/media/a.xml": b"\x00" * 50_000_000})
    assert refused(swollen, seconds=1, megabytes=20).code == "bomb"


def test_too_many_members_are_refused(tmp_path):
    many = docx(tmp_path / "a.docx", p("x"), files={f"word/{n}.xml": b"" for n in range(guard.MAX_MEMBERS)})
    assert refused(many).code == "bomb"


def test_members_that_share_their_bytes_are_refused(tmp_path):
    data = packed({"[Content_Types].xml": "<Types/>", "a": b"noi dung " * 5000})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        shared = package.getinfo("a")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("a", b"noi dung " * 5000)
        for n in range(400):
            copy = zipfile.ZipInfo(f"a{n}")
            copy.header_offset, copy.compress_size, copy.file_size = (
                package.getinfo("a").header_offset,
                shared.compress_size,
                shared.file_size,
            )
            copy.CRC, copy.compress_type = shared.CRC, shared.compress_type
            package.filelist.append(copy)
            package.NameToInfo[copy.filename] = copy
    assert refused(file(tmp_path, "a.docx", out.getvalue())).code == "bomb"


def test_a_member_larger_than_it_says_is_refused(tmp_path):
    raw = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": b"<a/>" + b" " * 100_000})
    size = (100_004).to_bytes(4, "little")
    assert refused(file(tmp_path, "a.docx", raw.replace(size, (10).to_bytes(4, "little")))).code in ("damaged", "kind")


def test_an_encrypted_member_is_refused_as_password(tmp_path):
    data = bytearray(docx(tmp_path / "a.docx", p("x")).read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert refused(file(tmp_path, "b.docx", bytes(data))).code == "password"


def test_a_pdf_with_a_password_is_refused():
    error = refused(DATA / "mat-khau.pdf")
    assert (error.code, error.message_vi) == ("password", guard.PASSWORD)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "hahahahaha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "head",
    [
        LAUGHS + "]>",
        '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_neither_expanded_nor_fetched(tmp_path, head, encoding):
    text = part("document", f"<w:body>{p('&i;')}</w:body>", f'<?xml version="1.0" encoding="{encoding}"?>{head}')
    path = docx(tmp_path / "a.docx", "", files={"word/document.xml": text.encode(encoding)})
    assert refused(path, seconds=1, megabytes=10).code == "entities"


def test_entities_in_a_workbook_are_refused_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "goc.xlsx")
    with zipfile.ZipFile(tmp_path / "goc.xlsx") as old:
        members = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = (LAUGHS + "]>").encode() + members[name]
    assert refused(file(tmp_path, "a.xlsx", packed(members)), seconds=1, megabytes=10).code == "entities"


def test_outside_references_are_left_alone(tmp_path):
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" TargetMode="External" Target="http://192.0.2.1/a.xml" Type="x/attachedTemplate"/>'
        '<Relationship Id="r2" Target="../../../../etc/passwd" Type="x/styles"/>'
        '<Relationship Id="r3" Target="document.xml" Type="x/footnotes"/></Relationships>'
    )
    path = docx(tmp_path / "a.docx", p("Nội dung"), files={"word/_rels/document.xml.rels": rels})
    assert [b.text for b in open_manuscript(path).blocks] == ["Nội dung"]


def _sheet_of(columns: int) -> Any:
    book = openpyxl.Workbook()
    book.active.append([f"c{n}" for n in range(columns)])
    return book


def test_a_paragraph_without_end_is_refused_in_bounded_time(tmp_path):
    path = file(tmp_path, "a.txt", b"So: 1/QD\n" + b"a" * 20_000_000)
    assert refused(path, seconds=5, megabytes=250).code == "text"


def test_more_text_than_any_decision_has_is_refused(tmp_path):
    path = file(tmp_path, "a.txt", (b"a" * 9_999 + b"\n") * 1_300)
    assert refused(path, seconds=5, megabytes=250).code == "text"


@pytest.mark.parametrize("kind", ["docx", "span", "html", "xlsx", "text", "markdown"])
def test_a_table_of_10_000_columns_is_refused(tmp_path, kind):
    if kind == "docx":
        path = docx(tmp_path / "a.docx", tbl(tr(*["x"] * 10_000)))
    elif kind == "span":
        path = docx(tmp_path / "a.docx", tbl(tr(tc("x", '<w:gridSpan w:val="999999999"/>'))))
    elif kind == "html":
        path = file(tmp_path, "a.html", b"<html><table><tr>" + b"<td>x" * 10_000 + b"</table>")
    elif kind == "text":
        path = file(tmp_path, "a.txt", b"\t".join([b"x"] * 10_000) + b"\n")
    elif kind == "markdown":
        path = file(tmp_path, "a.md", b"|x" * 10_000 + b"|\n" + b"|--" * 10_000 + b"|\n")
    else:
        path = tmp_path / "a.xlsx"
        _sheet_of(10_000).save(path)
    assert refused(path).code == "columns"


@pytest.mark.parametrize("merges", [1, 2000])
def test_a_workbook_with_a_lonely_last_cell_or_endless_merges_is_bounded(tmp_path, merges):
    book = _sheet_of(3)
    book.active.cell(1_048_576, 1, "x")
    book.save(tmp_path / "goc.xlsx")
    with zipfile.ZipFile(tmp_path / "goc.xlsx") as old:
        members = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    one = '<mergeCell ref="A3:A1048576"/>'
    merged = f"<mergeCells>{one * merges}</mergeCells>".encode()
    members[name] = members[name].replace(b"</sheetData>", b"</sheetData>" + merged)
    assert refused(file(tmp_path, "a.xlsx", packed(members)), seconds=15).code == "size"


def test_tables_nested_without_end_are_refused_or_read(tmp_path):
    body = p("đáy")
    for _ in range(400):
        body = tbl(tr(tc(body + p())))
    assert refused(docx(tmp_path / "a.docx", body)).code == "damaged"


def pdf(objects: list[str]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF".encode()


def stream(text: str) -> str:
    return f"<</Length {len(text)}>>\nstream\n{text}\nendstream"


PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R{}>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
HELLO = stream("BT /F 14 Tf 72 700 Td (QUYET DINH) Tj ET")


def test_a_pdf_written_by_hand_is_read_and_its_script_is_not_run(tmp_path):
    catalogue = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>>>"
    data = pdf([catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE.format(""), HELLO, FONT])
    assert [b.text for b in open_manuscript(file(tmp_path, "a.pdf", data)).blocks] == ["QUYET DINH"]


def test_a_cyclic_page_tree_ends(tmp_path):
    data = pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 3>>"])
    assert refused(file(tmp_path, "a.pdf", data)).code in ("damaged", "empty")


def test_an_absurd_number_of_pages_is_refused(tmp_path):
    data = pdf(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 900000>>", PAGE.format(""), HELLO, FONT]
    )
    assert refused(file(tmp_path, "a.pdf", data)).code in ("pages", "damaged")


def test_a_form_that_draws_itself_ends(tmp_path):
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 4>>"
    form += "\nstream\n/X Do\nendstream"
    page = PAGE.format("").replace("/Font", "/XObject<</X 6 0 R>>/Font")
    content = stream("/X Do BT /F 14 Tf 72 700 Td (QUYET DINH) Tj ET")
    data = pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, FONT, form])
    assert [b.text for b in open_manuscript(file(tmp_path, "a.pdf", data)).blocks] == ["QUYET DINH"]


def test_a_stream_that_swells_is_bounded(tmp_path):
    swollen = zlib.compress(b"0 0 m 9 9 l S\n" * 2_000_000, 9)
    content = f"<</Filter/FlateDecode/Length {len(swollen)}>>\nstream\n{swollen.decode('latin-1')}\nendstream"
    data = pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE.format(""), content, FONT])
    assert refused(file(tmp_path, "a.pdf", data), seconds=30).code in ("empty", "slow", "damaged")


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", OLE, b"{\\rtf"]))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_read_or_refused_and_nothing_else(tmp_path, data, head):
    path = file(tmp_path, "tep", head + data)
    try:
        assert open_manuscript(path).blocks
    except ReadingError as error:
        assert error.message_vi.endswith(".")


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_document_with_spoilt_bytes_is_read_or_refused(tmp_path, data):
    name = data.draw(st.sampled_from(["ke-hoach.docx", "ke-hoach.pdf"]))
    spoilt = bytearray((DATA / name).read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(spoilt) - 1), min_size=1, max_size=20)):
        spoilt[at] = data.draw(st.integers(0, 255))
    path = file(tmp_path, name, bytes(spoilt))
    try:
        assert open_manuscript(path).blocks
    except ReadingError as error:
        assert error.message_vi.endswith(".")


def test_a_part_with_an_unknown_namespace_holds_no_text(tmp_path):
    path = docx(tmp_path / "a.docx", "", files={"word/document.xml": f"<x xmlns='{W}'/>"})
    assert refused(path).code == "empty"
