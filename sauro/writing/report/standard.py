"""The template that ships with the project: a báo cáo in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, with
placeholders for docxtpl. An agency can download it, change it in Word, and upload it as its own."""

from __future__ import annotations

import io
from functools import lru_cache

from docx.oxml.ns import qn

from sauro.writing.official import OfficialDocument
from sauro.writing.ooxml import Run, TableCell, TableRow, paragraph, sub

GROUP_HEADS = ("Nhóm nhiệm vụ", "Tổng số", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Chưa xong, trong hạn",
               "Chưa xong, quá hạn")  # fmt: skip
TASK_COLUMNS = (
    ("TT", 14.0, "ma", "center"),
    ("Nhiệm vụ", 68.0, "ten", None),
    ("Đơn vị chủ trì", 34.0, "chu_tri", None),
    ("Đơn vị phối hợp", 30.0, "phoi_hop", None),
    ("Thời hạn", 24.0, "han", "center"),
    ("Tiến độ", 16.0, "tien_do", "center"),
    ("Kết quả đến nay", 50.0, "ket_qua", None),
    ("Tình trạng", 26.0, "tinh_trang", None),
)


@lru_cache(maxsize=1)
def standard_template() -> bytes:
    """The .docx file; the same bytes each time."""
    paper = OfficialDocument(title="Mẫu báo cáo tổng hợp")
    paper.heading(agency="{{ co_quan }}", parent_agency="{{ co_quan_chu_quan }}", number="{{ so_ky_hieu }}",
                  place="{{ dia_danh }}")  # fmt: skip
    _only_if(paper, "SauroParent", "co_quan_chu_quan")
    paper.kind_and_title("BÁO CÁO", "{{ trich_yeu }}")
    paper.body("{%p if kinh_gui %}")
    paper.body("Kính gửi: {{ kinh_gui }}.", align="center")
    paper.body("{%p endif %}")
    _each(paper, "can_cu", "SauroBasis")
    _each(paper, "mo_dau")
    paper.part("I. KẾT QUẢ CHUNG")
    _each(paper, "ket_qua_chung")
    paper.table(
        _shares(paper.width_mm, (1, 1.2, 1.2, 1.2, 1.2)),
        [
            TableRow([TableCell([words], "SauroCellHead") for words in ("Tổng số", *GROUP_HEADS[2:])], header=True),
            TableRow([_number(name) for name in FIGURES]),
        ],
    )
    paper.body("{{ bieu_do_bon_o }}", style="SauroCell", align="center")
    paper.part("II. KẾT QUẢ THEO NHÓM NHIỆM VỤ, THEO ĐƠN VỊ")
    _each(paper, "ket_qua_nhom")
    paper.table(_shares(paper.width_mm, (3, 1, 1, 1, 1, 1)), _group_rows())
    paper.body("{{ bieu_do_don_vi }}", style="SauroCell", align="center")
    for head, name in (
        ("III. KHÓ KHĂN, VƯỚNG MẮC", "kho_khan"),
        ("IV. ĐỀ XUẤT, KIẾN NGHỊ", "de_xuat"),
        ("V. NHIỆM VỤ TRỌNG TÂM KỲ TỚI", "ky_toi"),
    ):
        paper.part(head)
        _each(paper, name)
    paper.body("Trên đây là báo cáo tình hình thực hiện {{ ke_hoach }}, {{ ky }}; {{ co_quan }} trân trọng báo cáo./.")
    _signature(paper)
    paper.appendix(
        label="Phụ lục", title="TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ",
        attached="(Kèm theo Báo cáo số          ngày      tháng      năm      của {{ co_quan }})", landscape=True,
    )  # fmt: skip
    paper.table([c[1] for c in TASK_COLUMNS], _task_rows())
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _shares(width: float, weights: tuple[float, ...]) -> list[float]:
    return [width * w / sum(weights) for w in weights]


FIGURES = ("tong", "dung_han", "xong_qua_han", "trong_han", "qua_han")


def _place(name: str) -> str:
    """The mark that the value of `name` takes the place of."""
    return "{{ " + name + " }}"


def _number(name: str, *, bold: bool = False) -> TableCell:
    return TableCell([Run(_place(name), bold=bold)], align="center")


def _each(paper: OfficialDocument, name: str, style: str = "SauroBody") -> None:
    """One paragraph for each text of a list; tags stand in paragraphs of their own, which docxtpl takes away."""
    paper.body(f"{{%p for doan in {name} %}}", style=style)
    paper.body("{{ doan }}", style=style)
    paper.body("{%p endfor %}", style=style)


def _only_if(paper: OfficialDocument, style: str, name: str) -> None:
    """The paragraph of that style stands only where the placeholder has a value."""
    for p in paper._body.iter(qn("w:p")):
        found = p.find(qn("w:pPr"))
        if found is not None and found.find(qn("w:pStyle")).get(qn("w:val")) == style:
            p.addprevious(paragraph(f"{{%p if {name} %}}", style))
            p.addnext(paragraph("{%p endif %}", style))
            return


def _group_rows() -> list[TableRow]:
    return [
        TableRow([TableCell([words], "SauroCellHead") for words in GROUP_HEADS], header=True),
        TableRow([TableCell(["{%tr for n in nhom %}"], span=6)]),
        TableRow(
            [
                TableCell(["{{ n.ten }}"]),
                *(_number(f"n.{name}") for name in FIGURES),
            ]
        ),
        TableRow([TableCell(["{%tr endfor %}"], span=6)]),
        TableRow(
            [
                TableCell([Run("Cộng", bold=True)]),
                *(_number(name, bold=True) for name in FIGURES),
            ]
        ),
    ]


def _task_rows() -> list[TableRow]:
    columns = len(TASK_COLUMNS)
    return [
        TableRow([TableCell([c[0]], "SauroCellHead") for c in TASK_COLUMNS], header=True),
        TableRow([TableCell(["{%tr for v in nhiem_vu %}"], span=columns)]),
        TableRow([TableCell(["{%tr if v.nhom %}"], span=columns)]),
        TableRow([TableCell(["{{ v.nhom }}"], "SauroCellGroup", span=columns)], keep_next=True),
        TableRow([TableCell(["{%tr else %}"], span=columns)]),
        TableRow([TableCell([_place(f"v.{c[2]}")], align=c[3]) for c in TASK_COLUMNS]),
        TableRow([TableCell(["{%tr endif %}"], span=columns)]),
        TableRow([TableCell(["{%tr endfor %}"], span=columns)]),
    ]


def _signature(paper: OfficialDocument) -> None:
    left = [
        paragraph("Nơi nhận:", "SauroToHead"),
        paragraph("{%p for noi in noi_nhan %}", "SauroTo"),
        paragraph("- {{ noi }}{% if loop.last %}.{% else %};{% endif %}", "SauroTo"),
        paragraph("{%p endfor %}", "SauroTo"),
    ]
    right = [
        paragraph(
            [Run("{% if quyen_han %}{{ quyen_han }} {% endif %}"), Run("{{ chuc_vu }}", caps=True)], "SauroAuthority"
        ),
        *(paragraph("", "SauroSigner") for _ in range(4)),
        paragraph("{{ nguoi_ky }}", "SauroSigner"),
    ]
    last = paper._body[-2].find(qn("w:pPr"))
    keep = last.makeelement(qn("w:keepNext"))
    last.insert(1, keep)
    sub(last, "w:widowControl") if last.find(qn("w:widowControl")) is None else None
    paper._columns([(left, right)])
