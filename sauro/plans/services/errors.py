"""What a verb says when the state of things does not allow it: one refusal for the whole loop."""

from __future__ import annotations

from sauro.documents.errors import NotNow

__all__ = ["NotNow"]
