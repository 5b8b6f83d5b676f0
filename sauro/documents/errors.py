"""What a verb says when the state of things does not allow it."""

from __future__ import annotations


class NotNow(ValueError):
    """The verb does not fit the present state; the message is a sentence that says why and what to do."""
