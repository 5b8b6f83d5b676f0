"""The pages about documented information, as the second row of links."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

PARTS = (
    ("controlled-list", gettext_lazy("Danh mục tài liệu")),
    ("to-read", gettext_lazy("Cần đọc")),
    ("acknowledgement-list", gettext_lazy("Theo dõi đọc")),
    ("instrument-list", gettext_lazy("Căn cứ pháp lý")),
    ("flag-list", gettext_lazy("Cần xem xét")),
    ("document-change-list", gettext_lazy("Đề nghị sửa đổi")),
    ("record-list", gettext_lazy("Danh mục hồ sơ")),
    ("controlled-obsolete", gettext_lazy("Hết hiệu lực")),
    ("class-list", gettext_lazy("Loại tài liệu")),
)


def parts(current: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is this page) of each."""
    found = []
    for name, words in PARTS:
        try:
            found.append((str(words), reverse(name), name == current))
        except NoReverseMatch:
            continue
    return found
