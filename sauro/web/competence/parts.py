"""The pages about people, as the second row of links."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

PARTS = (
    ("competence", gettext_lazy("Ban chỉ đạo, QMR")),
    ("responsibility-list", gettext_lazy("Trách nhiệm, quyền hạn")),
    ("competence-matrix", gettext_lazy("Năng lực")),
    ("training-list", gettext_lazy("Đào tạo")),
)


def parts(current: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is this page) of each."""
    return [(str(words), reverse(name), name == current) for name, words in PARTS]
