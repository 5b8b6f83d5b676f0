"""Writing a round's consolidated report: sections that people edit, and the Word file made of them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.files.models import StoredFile
from sauro.files.services import store
from sauro.ledger import services as ledger
from sauro.monitoring.models import Consolidation, ReportTemplate, Round
from sauro.monitoring.rounds.report import SECTIONS, Gathered, fill, gather_report
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import fold, nfc
from sauro.writing.report import write_report

MOST_CHARACTERS = 60_000


class SectionStale(NotNow):
    """Someone else saved the section since the page was opened; `theirs` is what stands now."""

    def __init__(self, sentence: str, theirs: str, no: int) -> None:
        super().__init__(sentence)
        self.theirs, self.no = theirs, no


@dataclass(slots=True, frozen=True)
class Section:
    """One section as the page shows it. `text`: what the report will say; `gathered`: what the software words now;
    `edited`: whether a person wrote it; `outdated`: gathered words have changed since; `no`: how often it was saved."""

    name: str
    text: str
    gathered: str
    edited: bool = False
    outdated: bool = False
    no: int = 0
    by: str = ""
    at: dt.datetime | None = None


def sections_of(gathered: Gathered, kept: Consolidation | None) -> list[Section]:
    """The sections of a report: a person's words where there are any, else those gathered now."""
    edits: dict[str, Any] = kept.edited if kept else {}
    out = []
    for name in SECTIONS:
        fresh = gathered.sections[name]
        edit = edits.get(name)
        if edit is None or edit.get("text") is None:
            out.append(Section(name, fresh, fresh, no=edit["no"] if edit else 0))
        else:
            at = dt.datetime.fromisoformat(edit["at"]) if edit.get("at") else None
            out.append(Section(name, edit["text"], fresh, True, edit["base"] != fresh, edit["no"], edit["by"], at))
    return out


def _of(round: Round) -> Consolidation:
    """The round's report, locked; made where there is none. Whoever comes second waits for the first."""
    made, _new = Consolidation.objects.get_or_create(round=round, defaults={"agency_id": round.agency_id})
    return Consolidation.objects.select_for_update(of=("self",)).get(pk=made.pk)


def _writable(round: Round, person: Person) -> Round:
    fresh = Round.objects.select_related("focal_unit", "plan", "plan__document", "agency", "rule").get(pk=round.pk)
    require(person, Capability.COLLECT, fresh)
    return fresh


@transaction.atomic
def edit_section(
    round: Round, person: Person, name: str, text: str, today: dt.date, *, no: int | None = None
) -> Consolidation:
    """Keep a person's words for one section; generating again never touches them.

    `no`: how often the section had been saved when the page was made; raises `SectionStale` where it was saved since
    with other words. Raises `NotNow` (no such section, far too long), `Refused`.
    """
    round = _writable(round, person)
    if name not in SECTIONS:
        raise NotNow(_("Báo cáo không có phần này. Mở lại trang viết báo cáo."))
    text = nfc(text).replace("\r\n", "\n").strip()
    if len(text) > MOST_CHARACTERS:
        raise NotNow(_("Phần này dài quá %(most)d ký tự. Chuyển bớt sang phụ lục.") % {"most": MOST_CHARACTERS})
    kept = _of(round)
    before = kept.edited.get(name) or {"no": 0, "text": None, "by": ""}
    if no is not None and no != before["no"] and before["text"] != text:
        words = _("%(name)s đã lưu phần này sau khi trang được mở. Phần đang gõ chưa lưu; mở lại trang để xem bản kia.")
        raise SectionStale(words % {"name": before["by"] or person.full_name}, before["text"] or "", before["no"])
    fresh = gather_report(round, today).sections[name]
    if text == fresh and before["text"] is None:
        return kept
    if before["text"] is None or before["by"] != person.full_name:
        # Whose words stand in the report is told once for each writer in turn: the page saves every few seconds.
        ledger.record(person, "monitoring.consolidation.edited", kept, round=round.pk, section=name)
    kept.edited[name] = {
        "text": text,
        # What was gathered when the person began to write: an edit says nothing of whether they saw newer figures.
        "base": before.get("base", fresh) if before["text"] is not None else fresh,
        "no": before["no"] + 1,
        "by": person.full_name,
        "at": timezone.now().isoformat(),
    }
    return _saved(kept, person)


def _saved(kept: Consolidation, person: Person) -> Consolidation:
    kept.version += 1
    kept.changed_by = person
    kept.save()
    return kept


@transaction.atomic
def settle_section(round: Round, person: Person, name: str, today: dt.date, *, keep: bool) -> Consolidation:
    """Where gathered words changed after an edit: `keep` the person's words and note that the new ones were seen, or
    take the gathered ones. Both are written to the ledger. Raises `NotNow`, `Refused`."""
    round = _writable(round, person)
    kept = _of(round)
    edit = kept.edited.get(name)
    if not edit or edit["text"] is None:
        raise NotNow(_("Phần này chưa sửa tay."))
    if keep:
        edit["base"] = gather_report(round, today).sections[name]
        ledger.record(person, "monitoring.consolidation.kept", kept, round=round.pk, section=name)
    else:
        kept.edited[name] = {"text": None, "base": "", "no": edit["no"] + 1, "by": person.full_name, "at": ""}
        ledger.record(person, "monitoring.consolidation.undone", kept, section=name, text=edit["text"][:2000])
    return _saved(kept, person)


@transaction.atomic
def choose_template(round: Round, person: Person, template: ReportTemplate | None) -> Consolidation:
    """Write the report with this template from now on; None is the one that ships with the project.

    Raises `NotNow` (of another agency, no longer in use), `Refused`.
    """
    round = _writable(round, person)
    if template and (template.agency_id != round.agency_id or not template.is_active):
        raise NotNow(_("Mẫu này không còn dùng. Chọn bản khác."))
    kept = _of(round)
    if kept.template_id == (template.pk if template else None):
        return kept
    kept.template = template
    ledger.record(person, "monitoring.consolidation.template", kept, round=round.pk, template=str(template or ""))
    return _saved(kept, person)


def template_bytes(template: ReportTemplate | None) -> bytes | None:
    """The template's file; None for the standard one."""
    if template is None:
        return None
    with default_storage.open(template.file.storage_name) as source:
        return bytes(source.read())


def build(round: Round, today: dt.date) -> tuple[bytes, Gathered, Consolidation | None]:
    """The Word file of a round as it would be now, with what people edited; nothing is kept."""
    round = Round.objects.select_related("focal_unit", "plan", "plan__document", "agency", "rule").get(pk=round.pk)
    kept = Consolidation.objects.select_related("template", "template__file").filter(round=round).first()
    gathered = gather_report(round, today)
    sections = {s.name: s.text for s in sections_of(gathered, kept)}
    out = io.BytesIO()
    write_report(fill(gathered.content, sections), out, template_bytes(kept.template if kept else None))
    return out.getvalue(), gathered, kept


def generate(round: Round, person: Person, today: dt.date) -> Consolidation:
    """Make the Word file and keep it as the round's report. Each made file stays in the store; the newest is shown.

    The file is made before the transaction begins, so that nobody waits for Word; a process that dies in between leaves
    the report as it was. Raises `NotNow`, `Refused`.
    """
    require(person, Capability.COLLECT, round)
    data, gathered, _kept = build(round, today)
    file, _known = store(io.BytesIO(data), file_name(round))
    return _keep(round, person, file, gathered)


@transaction.atomic
def _keep(round: Round, person: Person, file: StoredFile, gathered: Gathered) -> Consolidation:
    kept = _of(_writable(round, person))
    kept.written, kept.file, kept.generated_at = gathered.sections, file, timezone.now()
    kept = _saved(kept, person)
    ledger.record(
        person, "monitoring.consolidation.generated", kept, round=round.pk, file=file.sha256, as_of=gathered.as_of,
        template=str(kept.template or ""), edited=sorted(n for n, e in kept.edited.items() if e["text"] is not None),
    )  # fmt: skip
    return kept


def file_name(round: Round) -> str:
    """ "bc-118-kh-sct-2026-11.docx"."""
    words = fold(f"bc {round.plan.number or round.plan.title[:40]} {round.period or round.due.isoformat()}")
    return "-".join("".join(c if c.isalnum() else " " for c in words).split())[:80] + ".docx"
