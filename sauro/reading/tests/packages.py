"""Small Word packages written by hand, so that a test says exactly what stands in the file."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def part(root: str, inner: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """One XML part with all prefixes declared."""
    return f"{head}<w:{root} {_SPACES}>{inner}</w:{root}>"


def docx(
    path: Path, body: str, *, main: str = _MAIN, files: dict[str, str | bytes] | None = None, **parts: str
) -> Path:
    """Writes a .docx whose body is this XML. `parts`: numbering, styles, footnotes, endnotes, header1 … as inner XML;
    `files`: other members of the zip."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>' for name in parts
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{_R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{rels}">{relations}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": part(roots.get(name, name), inner) for name, inner in parts.items()},
        **(files or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return path


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def tc(inner: str, properties: str = "") -> str:
    """A cell; text without markup becomes its one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def levels(*patterns: tuple[str, str], number: str = "7", restarts: str = "") -> str:
    """The numbering part of one list: (format, pattern) for each level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{how}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (how, pattern) in enumerate(patterns)
    )
    return (
        f'<w:abstractNum w:abstractNumId="1">{inner}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/></w:num>{restarts}'
    )


def numbered(level: int = 0, number: str = "7") -> str:
    """The paragraph property that puts a paragraph into that list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
