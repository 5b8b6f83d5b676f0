"""Reading the data files that stand beside this module."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """The data of one file, by its path below this folder ("standard/2015.json"). Shared: callers must not change it.

    Raises `FileNotFoundError`.
    """
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def names(folder: str) -> list[str]:
    """The data files of a folder, in order of name, as `read` wants them."""
    return [f"{folder}/{p.name}" for p in sorted((HERE / folder).glob("*.json"))]
