"""What is refused."""

from __future__ import annotations


class FileRefused(ValueError):
    """The bytes can't be kept; the message is a sentence for the person."""


class SigningRefused(FileRefused):
    """A file can't be signed, or not by this key; the message is a sentence for the person."""
