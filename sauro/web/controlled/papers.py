"""A version as a file: Word in the form in use, the frozen PDF, the signed one, the Word file kept beside a draft."""

from __future__ import annotations

import io

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from sauro.documents.control.heads import pdf_of, word_of
from sauro.documents.models import DocumentVersion
from sauro.files.models import StoredFile
from sauro.files.services import open_stored
from sauro.vietnamese.text import fold
from sauro.web.controlled.words import find_version
from sauro.web.request import Request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@require_GET
def paper(request: Request, pk: int, kind: str) -> HttpResponseBase:
    """`word`: as Word; `pdf`: the frozen PDF, of a draft one made now; `signed`: the signed PDF; `attached`: the
    Word file that was kept beside."""
    version = find_version(request, pk)
    if kind == "word":
        return _made(word_of(version), version, "docx", DOCX)
    if kind == "pdf":
        return _kept(version.pdf, version, "pdf") if version.pdf else _made(pdf_of(version), version, "pdf", PDF)
    if kind == "signed" and version.signed_pdf:
        return _kept(version.signed_pdf, version, "da-ky.pdf")
    if kind == "attached" and version.file:
        return FileResponse(open_stored(version.file), as_attachment=True, filename=version.file_name)
    raise Http404


def _name(version: DocumentVersion, ending: str) -> str:
    words = f"{version.document.code} {version.document.title}"
    plain = "-".join("".join(c if c.isalnum() or c == "." else " " for c in fold(words)).split())
    return f"{plain[:90]}-lan-{version.issue_no:02d}.{ending}"


def _made(data: bytes, version: DocumentVersion, ending: str, media: str) -> HttpResponseBase:
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=_name(version, ending), content_type=media)


def _kept(stored: StoredFile, version: DocumentVersion, ending: str) -> HttpResponseBase:
    try:
        opened = open_stored(stored)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, as_attachment=True, filename=_name(version, ending), content_type=PDF)
