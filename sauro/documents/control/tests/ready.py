"""Documents in force, made straight away: for tests of what stands around them, not of how they came to be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sauro.documents.models import DocumentClass, DocumentedInformation, DocumentVersion
from sauro.files.services import store
from sauro.testing import TODAY, TRADE, World

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def in_force(
    world: World, code: str, title: str = "Tiếp nhận hồ sơ", *, unit: str = TRADE, **content: Any
) -> DocumentedInformation:
    """A procedure of the unit with its first issue in force since the first of the year."""
    cls, _made = DocumentClass.objects.get_or_create(
        agency=world.agency, code="QT", defaults={"name": "Quy trình", "kind": DocumentClass.Kind.PROCEDURE}
    )
    where = world.units[unit]
    document = DocumentedInformation.objects.create(
        agency=world.agency, cls=cls, code=code, title=title, folded=f"{code} {title}".lower(), sort_key=code,
        unit=where, unit_path=where.path,
    )  # fmt: skip
    issue(world, document, 1, TODAY.replace(month=1, day=1), **content)
    return document


def issue(
    world: World, document: DocumentedInformation, no: int, effective_on: dt.date, **content: Any
) -> DocumentVersion:
    """A further issue in force in place of the one before."""
    document.versions.filter(state="in_force").update(state="superseded", superseded_on=effective_on)
    version = DocumentVersion.objects.create(
        document=document, issue_no=no, state="in_force", content=content, effective_on=effective_on, sha256="0" * 64,
        pdf=store(SimpleUploadedFile(f"{document.code}-{no}.pdf", PDF + document.code.encode()), "a.pdf")[0],
        drafted_by=world.an, checked_by=world.binh, approved_by=world.giang, approved_at=timezone.now(),
    )  # fmt: skip
    document.current = version
    document.save(update_fields=["current"])
    return version
