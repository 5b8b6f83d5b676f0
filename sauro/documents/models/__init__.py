"""Issued documents and the readings that lead to them; controlled documents with all that happens to them."""

from sauro.documents.models.circulation import Acknowledgement, Distribution
from sauro.documents.models.controlled import DocumentClass, DocumentedInformation, DocumentVersion
from sauro.documents.models.instruments import Citation, Instrument, ReviewFlag
from sauro.documents.models.issued import DocumentQuerySet, IssuedDocument, LegalBasis, Reading, search_words
from sauro.documents.models.records import DocumentChange, RecordSeries

__all__ = [
    "Acknowledgement",
    "Citation",
    "Distribution",
    "DocumentChange",
    "DocumentClass",
    "DocumentQuerySet",
    "DocumentVersion",
    "DocumentedInformation",
    "Instrument",
    "IssuedDocument",
    "LegalBasis",
    "Reading",
    "RecordSeries",
    "ReviewFlag",
    "search_words",
]
