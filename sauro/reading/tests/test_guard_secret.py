"""A document stamped Mật, Tối mật or Tuyệt mật is refused; one that speaks of secrets is not."""

from __future__ import annotations

import pytest

from sauro.reading.errors import ReadingError
from sauro.reading.manuscript import Block, Cell, Manuscript
from sauro.reading.open import open_manuscript, refuse_secret, stamp_of
from sauro.reading.tests.packages import docx, p, tbl, tc, tr


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("MẬT", "MẬT"),
        (" [ TỐI MẬT ] ", "TỐI MẬT"),
        ("T U Y Ệ T  M Ậ T", "TUYỆT MẬT"),
        ("MA\u0323\u0302T", "MẬT"),
        ("TÀI LIỆU MẬT", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Dấu chỉ độ mật: Mật", "MẬT"),
        ("Dấu mật: TUYỆT MẬT", "TUYỆT MẬT"),
        ("Mật", None),
        ("bảo vệ bí mật nhà nước", None),
        ("BÍ MẬT NHÀ NƯỚC", None),
        ("trừ văn bản mật theo quy định", None),
        ("MẬT ONG", None),
        ("VỀ BẢO MẬT", None),
        ("KHÔNG MẬT", None),
        ("HỎA TỐC", None),
    ],
)
def test_only_a_stamp_is_a_stamp(line, stamp):
    assert stamp_of(line) == stamp


@pytest.mark.parametrize("where", ["paragraph", "cell", "header", "footer", "box", "appendix"])
def test_a_stamp_is_seen_wherever_it_stands(tmp_path, where):
    stamp, parts = p("MẬT"), {}
    body = p("QUYẾT ĐỊNH")
    if where == "paragraph":
        body = stamp + body
    elif where == "cell":
        body = tbl(tr(tc(p("BỘ NỘI VỤ") + stamp), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + body
    elif where == "header":
        parts["header1"] = stamp
    elif where == "footer":
        parts["footer1"] = stamp
    elif where == "box":
        body += f"<w:p><w:r><w:pict><w:txbxContent>{stamp}</w:txbxContent></w:pict></w:r></w:p>"
    else:
        body += p("dòng") * 60 + stamp
    with pytest.raises(ReadingError) as caught:
        open_manuscript(docx(tmp_path / "a.docx", body, **parts))
    assert caught.value.code == "secret"
    assert caught.value.message_vi.endswith(
        'có dấu "MẬT". Hệ thống này không được chứa văn bản mật; tệp đã bị bỏ, không lưu lại.'
    )


@pytest.mark.parametrize("words", ["Mật", "(Tối mật)", "tuyệt mật"])
def test_at_the_top_of_a_document_a_stamp_in_small_letters_is_one_too(words):
    above = [Block("paragraph", "BỘ NỘI VỤ"), Block("paragraph", words), Block("paragraph", "Số: 1/QĐ-BNV")]
    with pytest.raises(ReadingError, match="có dấu"):
        refuse_secret(Manuscript(above, "docx"))
    below = [Block("paragraph", f"dòng {n}") for n in range(40)]
    refuse_secret(Manuscript([*below, Block("paragraph", words)], "docx"))


def test_the_page_of_the_stamp_is_named():
    manuscript = Manuscript([Block("paragraph", "x", page=1), Block("paragraph", "TUYỆT MẬT", page=3)], "pdf", 3)
    with pytest.raises(ReadingError, match=r'^Trang 3 có dấu "TUYỆT MẬT"'):
        refuse_secret(manuscript)


def test_a_table_about_classified_documents_is_no_stamp():
    header = Block("row", "", cells=[Cell("Năm"), Cell("MẬT"), Cell("TỐI MẬT"), Cell("TUYỆT MẬT")], table=0)
    wide = Block("row", "", cells=[Cell("1"), Cell("Danh mục"), Cell("Độ mật"), Cell("MẬT")], table=0)
    refuse_secret(Manuscript([header, wide, Block("paragraph", "Bảo vệ bí mật nhà nước")], "docx"))
