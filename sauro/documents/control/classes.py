"""Classes of documents and the policy that each sets: check, approval, signature, reading, review, retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass, DocumentedInformation
from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require

Kind = DocumentClass.Kind
# How long an obsolete version is kept where the agency sets nothing else.
KEPT: dict[str, Any] = {"retention_years": 5}
# What an agency begins with; it edits them. Codes are those of the model set of documents.
STANDARD: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("CS", "Chính sách", Kind.POLICY, KEPT),
    ("MT", "Mục tiêu, kế hoạch", Kind.OBJECTIVES, KEPT),
    ("MH", "Mô hình hệ thống", Kind.MODEL, KEPT),
    ("QT", "Quy trình", Kind.PROCEDURE, KEPT),
    ("HD", "Hướng dẫn", Kind.INSTRUCTION, KEPT),
    ("BM", "Biểu mẫu", Kind.FORM, {**KEPT, "needs_acknowledgement": False}),
    ("TLN", "Tài liệu bên ngoài", Kind.EXTERNAL, {"needs_check": False, "needs_acknowledgement": False}),
)
POLICY = (
    "name", "kind", "order", "needs_check", "own_approval", "needs_signature", "needs_acknowledgement", "review_months",
    "retention_years",
)  # fmt: skip


def ensure_classes(agency: Agency) -> dict[str, DocumentClass]:
    """The agency's classes by their code; the usual ones are made where it has none yet."""
    found = {c.code: c for c in DocumentClass.objects.filter(agency=agency)}
    if not found:
        rows = [
            DocumentClass(agency=agency, code=code, name=name, kind=kind, order=n, **policy)
            for n, (code, name, kind, policy) in enumerate(STANDARD)
        ]
        DocumentClass.objects.bulk_create(rows, ignore_conflicts=True)
        found = {c.code: c for c in DocumentClass.objects.filter(agency=agency)}
    return found


@transaction.atomic
def save_class(agency: Agency, person: Person, code: str, values: Mapping[str, Any]) -> DocumentClass:
    """Set the policy of the class with that code, which is made where it isn't there. Raises `NotNow`, `Refused`.

    `values`: any of the fields of `POLICY`.
    """
    require(person, Capability.CONTROL_DOCUMENTS, agency)
    code = code.strip().upper()
    if not code:
        raise NotNow(_("Ghi ký hiệu của loại tài liệu, ví dụ QT."))
    cls = DocumentClass.objects.select_for_update().filter(agency=agency, code=code).first()
    made = cls is None
    cls = cls or DocumentClass(agency=agency, code=code)
    changed = {}
    for name in POLICY:
        if name in values and values[name] != getattr(cls, name):
            changed[name] = [getattr(cls, name), values[name]]
            setattr(cls, name, values[name])
    if not cls.name:
        raise NotNow(_("Ghi tên của loại tài liệu."))
    if made or changed:
        cls.save()
        ledger.record(person, f"documents.class.{'made' if made else 'changed'}", cls, changed=changed)
    return cls


@transaction.atomic
def remove_class(cls: DocumentClass, person: Person) -> None:
    """Take away a class that no document belongs to. Raises `NotNow`, `Refused`."""
    require(person, Capability.CONTROL_DOCUMENTS, cls)
    count = DocumentedInformation.objects.filter(cls=cls).count()
    if count:
        raise NotNow(
            _("Loại %(name)s còn %(count)d tài liệu. Chuyển chúng sang loại khác rồi bỏ loại này.")
            % {"name": cls.name, "count": count}
        )
    ledger.record(person, "documents.class.removed", cls, code=cls.code)
    cls.delete()
