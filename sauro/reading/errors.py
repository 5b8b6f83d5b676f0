"""The one error of the reading engine."""

from __future__ import annotations


class ReadingError(Exception):
    """A document that cannot, or must not, be read.

    `message_vi`: one Vietnamese sentence for the person who gave the file: what is wrong, what to do. `code`: a short
    English word for programs: "missing", "empty", "size", "kind", "legacy", "extension", "damaged", "bomb", "entities",
    "password", "macro", "pages", "columns", "image", "ocr", "slow", "not_text", "secret".
    """

    def __init__(self, message_vi: str, code: str = "unreadable") -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.code = code
