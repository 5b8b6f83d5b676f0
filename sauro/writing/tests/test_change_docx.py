"""The draft decision that changes a plan."""

from __future__ import annotations

import io

import docx

from sauro.writing.change_docx import ChangedField, ChangedTask, write_change_decision


def test_the_draft_is_a_decision_with_its_table_and_blank_number() -> None:
    out = io.BytesIO()
    write_change_decision(
        out,
        agency="Sở Công Thương tỉnh Bình Lãng",
        parent_agency="Ủy ban nhân dân tỉnh Bình Lãng",
        place="Bình Lãng",
        plan="Kế hoạch chuyển đổi số năm 2026",
        plan_number="118/KH-SCT",
        tasks=[
            ChangedTask(
                "1.1",
                "Xây dựng gian hàng",
                [ChangedField("Thời hạn", "31/10/2026", "15/12/2026"), ChangedField("Sản phẩm", "A; B", "A")],
                "Chờ kinh phí",
                "Phòng Quản lý Thương mại",
            )
        ],
    )
    document = docx.Document(io.BytesIO(out.getvalue()))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Về việc điều chỉnh, bổ sung nhiệm vụ tại Kế hoạch chuyển đổi số năm 2026" in text
    assert (
        "Căn cứ văn bản số 118/KH-SCT ban hành" in text
        and "QUYẾT ĐỊNH:" in text
        and "thi hành Quyết định này./." in text
    )
    table = document.tables[-1]
    assert [c.text for c in table.rows[0].cells][1:5] == [
        "Nhiệm vụ",
        "Nội dung điều chỉnh",
        "Hiện hành",
        "Điều chỉnh thành",
    ]
    assert [c.text for c in table.rows[1].cells][2:5] == ["Thời hạn", "31/10/2026", "15/12/2026"]
    assert table.rows[2].cells[1].text == ""
