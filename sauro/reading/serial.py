"""A draft as plain data and back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from sauro.reading import draft as d


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _converter() -> cattrs.Converter:
    conv = cattrs.Converter(forbid_extra_keys=False)
    conv.register_unstructure_hook(Decimal, _number)
    conv.register_structure_hook(Decimal, lambda v, _: Decimal(str(v)))
    conv.register_unstructure_hook(dt.date, lambda v: v.isoformat())
    conv.register_structure_hook(dt.date, lambda v, _: dt.date.fromisoformat(v))
    for cls in (d.LegalBasis, d.DraftTarget, d.DraftObjective, d.DraftTask, d.ReportingDuty, d.Form, d.Doubt):
        # The published schema names the lines of the source `source_lines`.
        lines = override(rename="source_lines")
        conv.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, conv, lines=lines))
        conv.register_structure_hook(cls, make_dict_structure_fn(cls, conv, lines=lines))
    return conv


_conv = _converter()


def draft_to_json(draft: d.Draft) -> dict[str, Any]:
    """The draft in the shape of the published schema, with the extra keys that `draft_from_json` needs.

    Numbers become JSON numbers, dates ISO 8601.
    """
    return _conv.unstructure(draft)


def draft_from_json(data: dict[str, Any]) -> d.Draft:
    """The draft that `draft_to_json` wrote.

    Raises `cattrs.errors.ClassValidationError` where the data are not of that shape.
    """
    return _conv.structure(data, d.Draft)


def plain(part: Any) -> dict[str, Any]:
    """Any one part of a draft (a task, a target …) as plain data."""
    return _conv.unstructure(part)


def traces(data: dict[str, Any]) -> dict[str, d.Trace]:
    """The traces of a part kept as plain data under the key `read`."""
    return {name: _conv.structure(trace, d.Trace) for name, trace in data.get("read", {}).items()}
