"""What a paragraph or run inherits from its styles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sauro.reading.open.docx.package import W, flag, value


@dataclass(slots=True, frozen=True)
class Look:
    """The few properties that reading needs. None: not said here or above."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    centred: bool | None = None
    level: int | None = None
    num_id: str | None = None
    ilvl: int | None = None
    contents: bool = False


def run_look(properties: Any | None, below: Look) -> Look:
    """`below` with what a `w:rPr` says on top."""
    if properties is None or not len(properties):
        return below
    said: dict[str, Any] = {}
    for name, key in (("b", "bold"), ("caps", "caps"), ("vanish", "hidden")):
        on = flag(properties, name)
        if on is not None:
            said[key] = on
    script = value(properties, "vertAlign")
    if script is not None:
        said["raised"] = script == "superscript"
    shift = value(properties, "position")
    if script is None and shift is not None and shift.lstrip("-").isdigit():
        # LibreOffice raises a number by half points; so does Word's "Position" of a font.
        said["raised"] = int(shift) > 0
    return replace(below, **said) if said else below


def _paragraph_look(properties: Any | None, below: Look) -> Look:
    if properties is None:
        return below
    said: dict[str, Any] = {}
    align = value(properties, "jc")
    if align is not None:
        said["centred"] = align == "center"
    outline = value(properties, "outlineLvl")
    if outline is not None and outline.isdigit():
        said["level"] = int(outline) + 1 if int(outline) < 9 else 0
    numbering = properties.find(W + "numPr")
    if numbering is not None:
        num_id, ilvl = value(numbering, "numId"), value(numbering, "ilvl")
        if num_id is not None:
            said["num_id"] = num_id
        if ilvl is not None and ilvl.isdigit():
            said["ilvl"] = int(ilvl)
    return replace(below, **said) if said else below


class Styles:
    """The style sheet of one document."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._default_paragraph: str | None = None
        self._base = Look()
        self._looks: dict[str | None, Look] = {}
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = run_look(defaults, self._base)
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId")
            if not name:
                continue
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default_paragraph = name

    def paragraph(self, properties: Any | None) -> Look:
        """The look of a paragraph with this `w:pPr`."""
        style = value(properties, "pStyle") or self._default_paragraph
        return _paragraph_look(properties, self.of_style(style))

    def run(self, properties: Any | None, paragraph: Look) -> Look:
        """The look of a run with this `w:rPr` in a paragraph of that look."""
        style = value(properties, "rStyle")
        look = paragraph
        if style is not None and style in self._styles:
            for step in self._chain(style):
                look = run_look(step.find(W + "rPr"), look)
        return run_look(properties, look)

    def of_style(self, style: str | None) -> Look:
        """The look that a style gives, with all that it is based on."""
        if style not in self._looks:
            self._looks[style] = self._of_style(style)
        return self._looks[style]

    def _of_style(self, style: str | None) -> Look:
        look = self._base
        for step in self._chain(style):
            look = run_look(step.find(W + "rPr"), _paragraph_look(step.find(W + "pPr"), look))
            name = (value(step, "name") or "").lower()
            if look.level is None and name.startswith("heading ") and name[8:].isdigit():
                look = replace(look, level=int(name[8:]))
            if name.startswith("toc ") and name[4:].isdigit():
                look = replace(look, contents=True)
        return look

    def _chain(self, style: str | None) -> list[Any]:
        """The style and those it is based on, outermost first. A style based on itself ends the chain."""
        chain, seen = [], set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            chain.append(self._styles[style])
            style = value(self._styles[style], "basedOn")
        return chain[::-1]
