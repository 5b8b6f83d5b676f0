"""The model set of documents: templates in our own wording, to be edited and approved by the agency (7.5).

What an agency must still fill in stands in square brackets; every title says "(Mẫu)".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sauro.quality.ready.files import names, read
from sauro.quality.ready.kinds import fill, terms_of

MARK = "(Mẫu)"


@dataclass(slots=True)
class ReadyDocument:
    """A template. `kind`: its class (CS, MT, MH, QT); `clauses`: what it answers; `content`: "purpose", "scope",
    "references", "definitions" [{term, text}], "responsibility", "body", "steps" [{name, who, how_long, form, text}],
    "records" [{code, title, place, retention}], "forms" [{code, title, fields}]."""

    code: str
    title: str
    kind: str
    clauses: list[str]
    content: dict[str, Any]


@dataclass(slots=True, frozen=True)
class ReadyForm:
    """A form (BM.xx) of a template: its columns or boxes, and the document that it belongs to."""

    code: str
    title: str
    fields: tuple[str, ...]
    document: str


def model_set(kind: str, agency_name: str, year: int, **own: str) -> list[ReadyDocument]:
    """Every template, filled with the words of one agency: policy, objectives, model, procedures.

    `own`: words of the agency that differ from its kind's, e.g. `office="Văn phòng"`. The caller may change what it
    gets. Raises `KeyError` for an unknown kind or word.
    """
    terms = terms_of(kind, agency_name, year, **own)
    return [ReadyDocument(**fill(read(name), terms)) for name in names("documents")]


def form_list(documents: list[ReadyDocument]) -> list[ReadyForm]:
    """The forms of a set, in the order of its documents."""
    return [ReadyForm(f["code"], f["title"], tuple(f["fields"]), d.code) for d in documents for f in d.content["forms"]]
