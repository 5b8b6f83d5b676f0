"""The parts of the quality room, as the row of links under the title of its pages."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

SECTIONS = (
    ("quality", gettext_lazy("Vòng năm")),
    ("clause-map", gettext_lazy("Bản đồ điều khoản")),
    ("controlled-list", pgettext_lazy("section", "Tài liệu")),
    ("context", gettext_lazy("Bối cảnh, quá trình")),
    ("competence", gettext_lazy("Con người")),
    ("risk-list", gettext_lazy("Rủi ro, cơ hội")),
    ("nonconformity-list", gettext_lazy("Sự không phù hợp")),
    ("audit-list", gettext_lazy("Đánh giá nội bộ")),
    ("survey-list", gettext_lazy("Hài lòng, phản ánh")),
    ("review-list", gettext_lazy("Xem xét")),
    ("declaration-list", gettext_lazy("Công bố")),
)


def sections(current: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether the page belongs to it) of each part; `current`: the name of the part's first page."""
    found = []
    for name, words in SECTIONS:
        try:
            found.append((str(words), reverse(name), name == current))
        except NoReverseMatch:
            continue
    return found
