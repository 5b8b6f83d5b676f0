"""The types of documents: their names in capitals, their signs in a number (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

from __future__ import annotations

from sauro.reading.lines import Line

TYPES = (
    "QUYẾT ĐỊNH",
    "KẾ HOẠCH",
    "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "CHƯƠNG TRÌNH CÔNG TÁC",
    "CHƯƠNG TRÌNH",
    "MỤC TIÊU CHẤT LƯỢNG",
    "NGHỊ QUYẾT",
    "CHỈ THỊ",
    "THÔNG BÁO",
    "BÁO CÁO",
    "HƯỚNG DẪN",
    "TỜ TRÌNH",
    "QUY CHẾ",
    "QUY ĐỊNH",
    "ĐỀ ÁN",
    "PHƯƠNG ÁN",
    "KẾT LUẬN",
    "CÔNG ĐIỆN",
    "THÔNG TƯ",
    "NGHỊ ĐỊNH",
    "DỰ ÁN",
    "BIÊN BẢN",
    "CHÍNH SÁCH CHẤT LƯỢNG",
    "GIẤY MỜI",
    "THÔNG TRI",
)
SIGN_TYPES = {
    "QĐ": "Quyết định",
    "KH": "Kế hoạch",
    "CTR": "Chương trình",
    "CTRHĐ": "Chương trình hành động",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "HD": "Hướng dẫn",
    "TTR": "Tờ trình",
    "QC": "Quy chế",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "KL": "Kết luận",
    "CĐ": "Công điện",
    "TT": "Thông tư",
    "NĐ": "Nghị định",
    "DA": "Dự án",
    "BB": "Biên bản",
    "QYĐ": "Quy định",
}


def type_at(text: str) -> str | None:
    """The type that a line in capitals is or begins with."""
    upper = text.upper()
    for name in TYPES:
        if upper.startswith(name) and text[: len(name)].isupper():
            rest = text[len(name) :].strip(" .*")
            if (
                not rest
                or (name == "MỤC TIÊU CHẤT LƯỢNG")
                or (Line(rest, []).is_caps and name != "QUYẾT ĐỊNH" and not rest.startswith(":"))
            ):
                return name
            if rest and not rest.startswith(":") and name in ("KẾ HOẠCH", "CHƯƠNG TRÌNH"):
                return name
    return None
