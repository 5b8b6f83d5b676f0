"""Doubts of a draft: settling them, and following their places when tasks move. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from sauro.documents.editing.errors import BadValue
from sauro.reading.draft import Doubt, Draft


def settle(draft: Draft, path: str) -> list[Doubt]:
    """Take away the doubts about the field at the path, and return them."""
    gone = [d for d in draft.doubts if d.field == path or d.field.startswith((path + ".", path + "["))]
    draft.doubts = [d for d in draft.doubts if d not in gone]
    return gone


def move_doubts(draft: Draft, where: str, to: Callable[[int], int | None]) -> None:
    """Follow a list whose items moved: `to` gives an item's new index, None where it went."""
    kept = []
    for doubt in draft.doubts:
        match = re.match(rf"{re.escape(where)}\[(\d+)\](.*)", doubt.field)
        if match:
            new = to(int(match[1]))
            if new is None:
                continue
            doubt.field = f"{where}[{new}]{match[2]}"
        kept.append(doubt)
    draft.doubts = kept


def doubt_keys(doubts: list[Doubt]) -> list[str]:
    """A name for each doubt that stays the same while others are answered and tasks move."""
    keys: list[str] = []
    for doubt in doubts:
        place = doubt.trace and (doubt.trace.block, doubt.trace.cell, doubt.trace.start)
        field = doubt.field.rsplit(".", 1)[-1]
        base = hashlib.sha256(repr((place, doubt.text, doubt.why, field)).encode()).hexdigest()[:10]
        keys.append(f"{base}{keys_like(keys, base) or ''}")
    return keys


def keys_like(keys: list[str], base: str) -> int:
    """How many of the keys begin with `base`."""
    return sum(k.startswith(base) for k in keys)


def find_doubt(draft: Draft, key: str) -> int:
    """Where the doubt of that name stands. Raises `BadValue` where it is gone."""
    try:
        return doubt_keys(draft.doubts).index(key)
    except ValueError:
        raise BadValue(_("Chỗ ngờ này đã được trả lời. Tải lại trang.")) from None
