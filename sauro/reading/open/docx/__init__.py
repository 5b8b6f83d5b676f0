"""Word documents (.docx): the words in the order Word shows them, with Word's own list numbers and footnotes."""

from __future__ import annotations

from sauro.reading.manuscript import Manuscript
from sauro.reading.open.docx.body import Body
from sauro.reading.open.docx.package import Package
from sauro.reading.open.registry import Source, opens


@opens("docx")
def open_docx(source: Source) -> Manuscript:
    """The manuscript of a .docx file.

    Headers, footers and text boxes of headers go to `Manuscript.margins`, not to the blocks. Relationships to outside
    addresses are never followed. Raises `ReadingError` ("damaged", "bomb", "macro", "columns").
    """
    with Package(source.path) as package:
        body = Body(package, source.progress)
        blocks = body.blocks()
        return Manuscript(blocks=blocks, source="docx", margins=package.margins())
