"""Codes of records: a prefix, the year, a number that runs on within both."""

from __future__ import annotations

import re
from typing import Any

from sauro.organization.models import Agency

_LAST = re.compile(r"(\d+)$")


def next_code(model: Any, agency_id: int, prefix: str, year: int, *, width: int = 2) -> str:
    """The next free code, e.g. "KPH-2026-07"; the agency's row is locked so that two people never get the same one.

    Must run inside the transaction that makes the record.
    """
    Agency.objects.select_for_update().get(pk=agency_id)
    begins = f"{prefix}-{year}-"
    taken = model.objects.filter(agency_id=agency_id, code__startswith=begins).values_list("code", flat=True)
    last = max((int(m[1]) for code in taken if (m := _LAST.search(code))), default=0)
    return f"{begins}{last + 1:0{width}d}"
