"""A version as the papers take it: its head and its content."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sauro.documents.models import DocumentVersion
from sauro.organization.models import Person
from sauro.writing.quality import Amendment, DocumentContent, DocumentHead, document_pdf, write_document

# In a title of the model set: gone as soon as an agency approves it.
TEMPLATE_MARK = " (Mẫu)"
# What a model leaves to be filled in stands in square brackets.
_HOLE = re.compile(r"\[[^\[\]\n]+\]")


def head_of(version: DocumentVersion) -> DocumentHead:
    """The control block of a version, with the people who drafted, checked and approved it, and what earlier issues
    changed."""
    document = version.document
    agency = document.agency
    frozen = version.state in DocumentVersion.FROZEN
    earlier = (
        document.versions.filter(state__in=DocumentVersion.FROZEN, issue_no__lt=version.issue_no, issue_no__gt=1)
        .order_by("issue_no")
        .values_list("issue_no", "effective_on", "summary")
    )
    amendments = [Amendment(no, day, "", summary) for no, day, summary in earlier]
    if version.summary and version.issue_no > 1:
        amendments.append(Amendment(version.issue_no, version.effective_on, "", version.summary))
    units = version.distributions.select_related("unit") if version.pk else []
    return DocumentHead(
        agency=agency.name,
        parent_agency=agency.parent_name,
        unit=document.unit.name,
        code=document.code,
        title=document.title.removesuffix(TEMPLATE_MARK) if frozen else document.title,
        kind_name=document.cls.name,
        issue_no=version.issue_no,
        effective_on=version.effective_on,
        drafted_by=_name(version.drafted_by),
        drafted_position=_post(version.drafted_by),
        checked_by=_name(version.checked_by),
        checked_position=_post(version.checked_by),
        approved_by=_name(version.approved_by),
        approved_position=_post(version.approved_by),
        is_draft=not frozen,
        amendments=tuple(amendments),
        distribution=tuple(d.unit.name for d in units),
    )


def _name(person: Person | None) -> str:
    return person.full_name if person else ""


def _post(person: Person | None) -> str:
    return person.position if person else ""


def content_of(version: DocumentVersion) -> DocumentContent:
    """What the version says."""
    return DocumentContent.from_json(version.content)


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of a content in its one canonical spelling: keys in order, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def pdf_of(version: DocumentVersion) -> bytes:
    """The version set as PDF; the same version gives the same bytes."""
    return document_pdf(head_of(version), content_of(version))


def word_of(version: DocumentVersion) -> bytes:
    """The version as Word, in the form in use."""
    out = io.BytesIO()
    write_document(out, head_of(version), content_of(version))
    return out.getvalue()


def holes_in(content: Mapping[str, Any]) -> list[str]:
    """What a version's content still leaves to be filled in, each once, as it stands there with its brackets."""
    return list(dict.fromkeys(hole for text in _texts(content) for hole in _HOLE.findall(text)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
