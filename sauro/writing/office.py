"""Who signs for whom: the office that heads a body, by the body's own name."""

from __future__ import annotations

from sauro.vietnamese.text import fold

# The head of each kind of body; Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7 (quyền hạn, chức vụ của người ký).
_HEADS = (
    ("van phong chinh phu", "Bộ trưởng, Chủ nhiệm"),
    ("tong cuc", "Tổng cục trưởng"),
    ("chi cuc", "Chi cục trưởng"),
    ("bo", "Bộ trưởng"),
    ("so", "Giám đốc"),
    ("cuc", "Cục trưởng"),
    ("vu", "Vụ trưởng"),
    ("uy ban nhan dan", "Chủ tịch"),
    ("ubnd", "Chủ tịch"),
    ("van phong", "Chánh Văn phòng"),
    ("thanh tra", "Chánh Thanh tra"),
    ("ban quan ly", "Trưởng ban"),
    ("trung tam", "Giám đốc"),
    ("vien", "Viện trưởng"),
    ("truong", "Hiệu trưởng"),
    ("phong", "Trưởng phòng"),
)


def head_of(body: str) -> str | None:
    """The title of the head of `body` ("Sở Công Thương" → "Giám đốc"), None where its kind is not known."""
    name = fold(body)
    return next((title for start, title in _HEADS if name == start or name.startswith(f"{start} ")), None)


def ordering_authority(issuer: str | None) -> str | None:
    """The line over the legal bases: "Giám đốc Sở Công Thương". A people's committee orders in its own name."""
    if not issuer:
        return None
    head = head_of(issuer)
    return f"{head} {issuer}" if head else issuer
