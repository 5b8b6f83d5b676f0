"""The visible note of a signature: who and when, at the top right of page 1.

Nghị định 30/2020/NĐ-CP, Phụ lục I: number and sign of the document, time of signing by ISO 8601 with Vietnam's time
zone, Times New Roman, upright, size 10, black, top right of the first page.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.files.errors import SigningRefused

# The widest holds a time; three such notes (drafted, checked, approved) stand side by side above the text of A4.
SIZE, WIDEST = 10, 176
# From the edges of the page to the note, and between two notes, in points.
RIGHT, TOP, GAP = 28, 16, 7
PICTURE_LIMIT = 2 * 1024 * 1024
FONTS = ["Times New Roman", "Tinos", "Liberation Serif", "Libertinus Serif"]
_SOURCE = """
#let note = json(bytes(sys.inputs.note))
#set page(width: auto, height: auto, margin: 1pt)
#set text(
  font: note.fonts, size: note.size * 1pt, lang: "vi", fill: black, hyphenate: false,
  top-edge: "ascender", bottom-edge: "descender",
)
#set par(leading: 0.5pt, spacing: 0.5pt)
#let words = context {
  let body = note.lines.map(text).join(linebreak())
  let width = calc.min(measure(body).width, note.widest * 1pt)
  block(width: width, body)
}
#let whole = if "picture" in sys.inputs {
  grid(columns: 2, column-gutter: 4pt, align: horizon, image("picture", height: 34pt), words)
} else { words }
#rotate(note.turn * -1deg, reflow: true, whole)
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the note says. `role`: before the name ("Người phê duyệt"); `number`: number and sign of the document;
    `picture`: the signature or the seal as PNG or JPEG, beside the words."""

    role: str = "Người ký"
    number: str = ""
    picture: bytes = b""

    def lines(self, name: str, at: dt.datetime) -> list[str]:
        """The lines, official Vietnamese whatever the reader's language."""
        lines = [f"{self.role}: {name}", f"Thời gian ký: {timezone.localtime(at).isoformat(timespec='seconds')}"]
        return [f"Số: {self.number}", *lines] if self.number else lines


@dataclass(frozen=True, slots=True)
class Page:
    """The first page: its visible box in its own coordinates, how it is turned, and the boxes of notes on it."""

    box: tuple[float, float, float, float]
    turn: int
    taken: list[tuple[float, float, float, float]]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as a reader sees them."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turn in (90, 270) else (width, height)

    def seen(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box of the page's coordinates as a reader sees it, from the bottom left."""
        x0, y0, x1, y1 = self.box
        a, b, c, d = box
        turned = {
            0: (a - x0, b - y0, c - x0, d - y0),
            90: (b - y0, x1 - a, d - y0, x1 - c),
            180: (x1 - a, y1 - b, x1 - c, y1 - d),
            270: (y1 - b, a - x0, y1 - d, c - x0),
        }[self.turn]
        return _upright(turned)

    def stored(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """The other way: a box as seen, in the page's coordinates."""
        x0, y0, x1, y1 = self.box
        a, b, c, d = box
        turned = {
            0: (a + x0, b + y0, c + x0, d + y0),
            90: (x1 - b, a + y0, x1 - d, c + y0),
            180: (x1 - a, y1 - b, x1 - c, y1 - d),
            270: (b + x0, y1 - a, d + x0, y1 - c),
        }[self.turn]
        return _upright(turned)

    def free_place(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Where a note of that size goes, as seen: top right, else left of the notes that are there, else below."""
        across, up = self.size
        taken = [self.seen(box) for box in self.taken]
        top = up - TOP
        while top - height > 0:
            right = across - min(RIGHT, max(across - width, 0) / 2)
            while right - width >= 0:
                place = (right - width, top - height, right, top)
                hit = [t for t in taken if _meet(t, place)]
                if not hit:
                    return place
                right = min(t[0] for t in hit) - GAP
            top -= height + GAP
        # A page too small or too full for a place of its own: the top right, whatever is there.
        return max(across - width, 0), max(up - height, 0), across, up


Box = tuple[float, float, float, float]


def _upright(box: Box) -> Box:
    a, b, c, d = box
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def draw(stamp: Stamp, name: str, at: dt.datetime, turn: int = 0) -> bytes:
    """The note as a PDF of one page as large as itself, turned so that it stands upright on a page turned by `turn`.

    Raises `SigningRefused` where the picture is none.
    """
    note = {"lines": stamp.lines(name, at), "fonts": FONTS, "size": SIZE, "widest": WIDEST, "turn": turn}
    inputs = {"note": json.dumps(note, ensure_ascii=False)}
    if not stamp.picture:
        made = typst.compile(_SOURCE.encode(), sys_inputs=inputs)
    else:
        with tempfile.TemporaryDirectory() as folder:
            # Typst takes a picture from a file alone.
            Path(folder, "picture").write_bytes(_picture(stamp.picture))
            Path(folder, "note.typ").write_text(_SOURCE, encoding="utf-8")
            made = typst.compile(Path(folder, "note.typ"), root=Path(folder), sys_inputs=inputs | {"picture": "1"})
    assert isinstance(made, bytes)
    return made


def _picture(data: bytes) -> bytes:
    from PIL import Image

    try:
        if len(data) > PICTURE_LIMIT:
            raise ValueError
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            opened.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise SigningRefused(
            _("Hình ảnh chữ ký không đọc được. Chọn ảnh .png nền trong suốt, không quá 2 MB.")
        ) from None
    return data


def style(drawn: bytes) -> tuple[Any, float, float]:
    """(how pyHanko shows the note, its width, its height) in points."""
    from pyhanko.pdf_utils import content, layout
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    reader = PdfFileReader(io.BytesIO(drawn))

    class Drawn(content.PdfContent):
        def render(self) -> bytes:
            form = self._ensure_writer.import_page_as_xobject(reader)
            self.resources.xobject["/Note"] = form
            _x, _y, width, height = form.get_object()["/BBox"]
            self.box = layout.BoxConstraints(width=width, height=height)
            return b"/Note Do"

    _x, _y, width, height = (float(n) for n in reader.root["/Pages"]["/Kids"][0]["/MediaBox"])
    middle = layout.AxisAlignment.ALIGN_MID
    rule = layout.SimpleBoxLayoutRule(middle, middle, layout.Margins(), layout.InnerScaling.NO_SCALING)
    look = StaticStampStyle(border_width=0, background=Drawn(), background_layout=rule, background_opacity=1.0)
    return look, width, height
