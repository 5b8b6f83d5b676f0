"""What a person is told when what was typed can't stand."""

from __future__ import annotations


class BadValue(ValueError):
    """What was typed can't stand there; the message is a sentence for the person."""
