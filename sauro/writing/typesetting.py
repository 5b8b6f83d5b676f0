"""A sheet of one of our own templates set as PDF by Typst, with its fonts inside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The typeface of official documents where it is installed, its metric twins, then the one that Typst brings along.
SERIF = ("Times New Roman", "Tinos", "Liberation Serif", "Libertinus Serif")
# The first release of Liberation lacks half of the Vietnamese letters and bears the name of the second: where the
# second is here, Typst is shown that one alone.
WHOLE_SERIF = ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/liberation-serif-fonts")


def typeset(template: Path, *, whole_fonts: Sequence[str] = WHOLE_SERIF, **inputs: Any) -> bytes:
    """`template` set with each of `inputs` as JSON in `sys.inputs`, so that no word of it is read as markup.

    The same template, inputs and fonts give the same bytes. Raises `OSError`.
    """
    import typst

    whole = [folder for folder in whole_fonts if Path(folder).is_dir()]
    fonts = typst.Fonts(include_system_fonts=not whole, font_paths=whole)
    texts = {name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()}
    made = typst.compile(template.read_bytes(), font_paths=fonts, sys_inputs=texts)
    assert isinstance(made, bytes)
    return made
