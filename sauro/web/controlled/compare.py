"""Two versions of a document beside each other, or as one text with what went and what came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from sauro.documents.control.heads import content_of
from sauro.documents.models import DocumentVersion
from sauro.web.controlled.words import find_document, found_or_404, frame
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.writing.quality import Change, DocumentContent, paragraph_diff
from sauro.writing.quality import compare as differences

SECTIONS: dict[str, str | Promise] = {
    "purpose": gettext_lazy("Mục đích"),
    "scope": gettext_lazy("Phạm vi áp dụng"),
    "references": gettext_lazy("Tài liệu viện dẫn"),
    "definitions": gettext_lazy("Định nghĩa, chữ viết tắt"),
    "responsibility": gettext_lazy("Trách nhiệm"),
    "body": gettext_lazy("Nội dung"),
    "steps": gettext_lazy("Các bước thực hiện"),
    "records": gettext_lazy("Hồ sơ lưu"),
    "forms": gettext_lazy("Biểu mẫu"),
}
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Tên bước"),
    "who": gettext_lazy("Trách nhiệm"),
    "how_long": gettext_lazy("Thời gian"),
    "form": gettext_lazy("Biểu mẫu, kết quả"),
    "text": gettext_lazy("Nội dung"),
    "code": gettext_lazy("Mã số"),
    "title": gettext_lazy("Tên hồ sơ"),
    "place": gettext_lazy("Nơi lưu"),
    "retention": gettext_lazy("Thời gian lưu"),
    "term": gettext_lazy("Chữ được giải thích"),
    "order": gettext_lazy("Thứ tự"),
}
KINDS: dict[str, tuple[str | Promise, str]] = {
    "added": (gettext_lazy("Thêm"), "done"),
    "removed": (gettext_lazy("Bỏ"), "late"),
    "changed": (gettext_lazy("Sửa"), "info"),
    "moved": (gettext_lazy("Đổi thứ tự"), "neutral"),
}


@dataclass(slots=True, frozen=True)
class Difference:
    """One difference as shown: `before` and `after` with what only one of them has marked, `inline` both in one."""

    kind: str | Promise
    tone: str
    label: str
    field: str | Promise
    before: SafeString
    after: SafeString
    inline: SafeString


def _html(parts: Iterable[tuple[str, str]]) -> SafeString:
    tags = {"added": "ins", "removed": "del"}
    return format_html_join(
        "",
        "{}",
        (
            (format_html(f'<{tags[op]} class="{op}">{{}}</{tags[op]}>', text) if op in tags else text,)
            for op, text in parts
        ),
    )


def _shown(change: Change) -> Difference:
    parts = paragraph_diff(change.before, change.after)
    kind, tone = KINDS[change.kind]
    return Difference(
        kind,
        tone,
        change.label,
        FIELDS.get(change.field, ""),
        _html(p for p in parts if p[0] != "added"),
        _html(p for p in parts if p[0] != "removed"),
        _html(parts),
    )


def by_section(old: DocumentContent, new: DocumentContent) -> list[tuple[str | Promise, list[Difference]]]:
    """What differs, part by part in the order of the document."""
    found: dict[str, list[Difference]] = {}
    for change in differences(old, new):
        found.setdefault(change.section, []).append(_shown(change))
    return [(SECTIONS[name], rows) for name, rows in found.items()]


@require_GET
def compare(request: Request, pk: int) -> HttpResponse:
    """Two versions of the document: `tu` and `den` (ids); the two latest where not given. `kieu=gop`: in one text."""
    document = find_document(request, pk)
    states = DocumentVersion.State
    rows = list(
        document.versions.exclude(state=states.DROPPED).select_related("approved_by", "drafted_by").order_by("issue_no")
    )
    by_pk = {str(v.pk): v for v in rows}
    new = found_or_404(by_pk.get(request.GET.get("den", "")) or (rows[-1] if rows else None))
    earlier = [v for v in rows if v.issue_no < new.issue_no]
    old = by_pk.get(request.GET.get("tu", "")) or (earlier[-1] if earlier else None)
    parts = by_section(content_of(old) if old else DocumentContent(), content_of(new))
    n = sum(len(changes) for _title, changes in parts)
    title = (
        ngettext("%(n)s chỗ khác nhau", "%(n)s chỗ khác nhau", n) % {"n": vnumber(n)}
        if n
        else _("Hai lần ban hành giống nhau")
    )
    context = {
        "document": document,
        "title": title,
        "old": old,
        "new": new,
        "rows": rows,
        "parts": parts,
        "inline": request.GET.get("kieu") == "gop",
        **frame(),
    }
    return render(request, "controlled/compare.html", context)
