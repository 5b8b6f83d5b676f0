"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sauro.web.quality.sections import sections

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def tabs(current: str) -> dict[str, Any]:
    """The two rows of links over a register: the parts of the quality room, and the parts of this one."""
    parts = [("survey-list", _("Khảo sát")), ("feedback-list", _("Phản ánh, kiến nghị")),
             ("publication-list", _("Trang công khai"))]  # fmt: skip
    return {
        "sections": sections("survey-list"),
        "parts": [(words, reverse(name), name == current) for name, words in parts],
    }
