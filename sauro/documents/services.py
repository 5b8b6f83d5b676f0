"""Taking in a document: upload, read in the background, correct, give up."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sauro.documents import editing
from sauro.documents.engine_words import said
from sauro.documents.models import Reading
from sauro.files import services as files
from sauro.files.models import StoredFile
from sauro.jobs import task
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.reading import ReadingError, read
from sauro.reading.draft import Draft
from sauro.reading.early import refuse_early
from sauro.reading.serial import draft_to_json
from sauro.vietnamese.text import nfc, squeeze

log = logging.getLogger(__name__)


class Conflict(ValueError):
    """Someone saved the reading after this page was opened; the message says who and when."""


class Closed(ValueError):
    """The reading is no longer being reviewed; the message is a sentence."""


def same_file(agency: Agency, stored: StoredFile) -> Reading | None:
    """The agency's latest reading of the very same file that is still alive."""
    alive = Reading.objects.filter(agency=agency, file=stored).exclude(
        state__in=[Reading.State.DISCARDED, Reading.State.FAILED]
    )
    return alive.select_related("document").order_by("-pk").first()


def upload(person: Person, source: IO[bytes], name: str) -> tuple[Reading, Reading | None]:
    """Keep a file and queue it for reading; returns the reading and an earlier one of the same file where there is one
    (then that is the one to go on with, and nothing new is made).

    A file that a quick look refuses (no document, hostile, classified) is never kept: its reading is made as failed,
    with the sentence and no bytes. Raises `FileRefused` (empty, too large), `Refused`.
    """
    may_upload(person)
    agency = person.unit.agency
    name = Path(nfc(name)).name[:255]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(name).suffix.lower()[:12]}"
        files.spool(source, name, path)
        try:
            refuse_early(path)
        except ReadingError as error:
            return _refused(person, name, str(error)), None
        with path.open("rb") as spooled:
            stored, was_there = files.store(spooled, name)
    if was_there and (known := same_file(agency, stored)):
        return known, known
    with transaction.atomic():
        reading = Reading.objects.create(
            agency=agency, file=stored, file_name=name, uploaded_by=person, changed_by=person
        )
        ledger.record(person, "documents.reading.uploaded", reading, file=stored.sha256, name=reading.file_name)
        transaction.on_commit(lambda: read_in_background.enqueue(reading.pk))
    return reading, None


def may_upload(person: Person) -> None:
    """Nothing where the person may bring in documents; raises `Refused` where not."""
    require(person, Capability.READ_DOCUMENT, agency_scope(person.unit.agency))


@transaction.atomic
def _refused(person: Person, name: str, sentence: str) -> Reading:
    reading = Reading.objects.create(
        agency=person.unit.agency,
        file_name=name,
        state=Reading.State.FAILED,
        error=sentence[:500],
        uploaded_by=person,
        changed_by=person,
    )
    ledger.record(person, "documents.reading.refused", reading, name=name, why=sentence)
    return reading


def agency_scope(agency: Agency) -> Reading:
    """Something of the agency as a whole, to ask permission for before there is an object."""
    return Reading(agency=agency)


@task()
def read_in_background(reading_id: int) -> None:
    """The background job behind `upload`."""
    run_reading(reading_id)


def run_reading(reading_id: int) -> Reading:
    """Read the file of a queued reading. A file that can't be read leaves a sentence; one that is classified leaves no
    bytes behind either. Running it again on a reading that is past is harmless.
    """
    with transaction.atomic():
        reading = Reading.objects.select_for_update(of=("self",)).select_related("agency", "file").get(pk=reading_id)
        if reading.state not in (Reading.State.QUEUED, Reading.State.RUNNING) or reading.file is None:
            return reading
        reading.state, reading.stage, reading.progress = Reading.State.RUNNING, gettext_noop("Mở tệp"), 1
        reading.save(update_fields=["state", "stage", "progress"])
    register = organization.register_of(reading.agency)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = files.local_copy(reading.file, Path(folder), reading.file_name)
            result = read(path, register, progress=_reporter(reading))
    except ReadingError as error:
        return _failed(reading, str(error), secret=error.code == "secret")
    except Exception:
        log.exception("reading %s", reading.pk)
        return _failed(reading, gettext_noop("Không đọc được tệp này. Lưu lại dạng .docx hoặc PDF có chữ rồi tải lên."))
    with transaction.atomic():
        reading.state, reading.progress, reading.stage = Reading.State.READY, 100, ""
        reading.draft, reading.manuscript = draft_to_json(result.draft), result.manuscript.to_json()
        reading.version += 1
        reading.save()
        ledger.record(
            None,
            "documents.reading.read",
            reading,
            tasks=len(result.draft.tasks),
            objectives=len(result.draft.objectives),
            doubts=len(result.draft.doubts),
        )
        if reading.uploaded_by:
            facts = {"name": reading.title or reading.file_name, "count": len(result.draft.doubts)}
            notices.tell(
                [reading.uploaded_by],
                "documents.reading.read",
                lambda: _("Đã đọc xong %(name)s, còn %(count)d chỗ ngờ.") % facts,
                f"/van-ban/duyet/{reading.pk}/",
            )
    return reading


def _reporter(reading: Reading) -> Callable[[float, str], None]:
    last = 0.0

    def report(fraction: float, words: str) -> None:
        nonlocal last
        if time.monotonic() - last > 0.5:
            last = time.monotonic()
            Reading.objects.filter(pk=reading.pk).update(progress=min(99, int(fraction * 100)), stage=words[:200])

    return report


@transaction.atomic
def _failed(reading: Reading, sentence: str, *, secret: bool = False) -> Reading:
    reading.state, reading.error, reading.stage = Reading.State.FAILED, sentence[:500], ""
    stored = reading.file
    if secret and stored:
        reading.file = None
    reading.save()
    ledger.record(None, "documents.reading.failed", reading, why=sentence)
    if secret and stored:
        files.forget(stored)
    if reading.uploaded_by:
        notices.tell(
            [reading.uploaded_by], "documents.reading.failed", lambda: f"{reading.file_name}: {said(sentence)}",
            f"/van-ban/duyet/{reading.pk}/",
        )  # fmt: skip
    return reading


def change_draft(
    reading: Reading, person: Person, version: int, what: str, change: Callable[[Draft], Any], **data: Any
) -> tuple[Reading, Any]:
    """Apply one correction to the draft and save it; the verb behind all of them.

    `version`: the one that the page was made from. Returns the saved reading and what `change` returned. Raises
    `Conflict`, `Closed`, `editing.BadValue`, `Refused`.
    """
    with transaction.atomic():
        fresh = (
            Reading.objects.select_for_update(of=("self",))
            .select_related("agency", "file", "changed_by", "uploaded_by")
            .get(pk=reading.pk)
        )
        require(person, Capability.READ_DOCUMENT, fresh)
        if fresh.state != Reading.State.READY:
            raise Closed(_("Bản đọc này không còn ở bước duyệt, không sửa được nữa."))
        if fresh.version != version:
            raise Conflict(
                _("%(name)s đã sửa bản đọc này lúc %(time)s, sau khi trang được mở. Tải lại trang để thấy bản mới.")
                % {
                    "name": fresh.changed_by.full_name if fresh.changed_by else _("Phần mềm"),
                    "time": timezone.localtime(fresh.changed_at).strftime("%H:%M"),
                }
            )
        draft = fresh.get_draft()
        result = change(draft)
        fresh.draft = draft_to_json(draft)
        fresh.version += 1
        fresh.changed_by = person
        fresh.save()
        ledger.record(person, f"documents.reading.{what}", fresh, version=fresh.version, **data)
    return fresh, result


def correct(reading: Reading, person: Person, version: int, path: str, text: str) -> Reading:
    """Put what the person typed at a place of the draft; see `editing.set_value` and `change_draft`."""
    year = _year_of(reading)
    return change_draft(
        reading,
        person,
        version,
        "corrected",
        lambda d: editing.set_value(d, path, text, year=year),
        path=path,
        value=text,
    )[0]


def correct_many(
    reading: Reading, person: Person, version: int, typed: dict[str, str]
) -> tuple[Reading, list[str], list[editing.Wrong]]:
    """Save a whole form: what differs is put in, what is wrong stays as it was and is told of.

    Returns the reading, the paths that changed and the wrong fields. Raises as `change_draft`.
    """
    year = _year_of(reading)
    told: dict[str, str] = {}

    def change(draft: Draft) -> tuple[list[str], list[editing.Wrong]]:
        changed, wrong = editing.set_many(draft, typed, year=year)
        told.update((path, typed[path][:500]) for path in changed)
        if not changed:
            raise _NothingSaved(wrong)
        return changed, wrong

    try:
        fresh, (changed, wrong) = change_draft(reading, person, version, "corrected", change, values=told)
    except _NothingSaved as nothing:
        return reading, [], nothing.wrong
    return fresh, changed, wrong


class _NothingSaved(Exception):
    def __init__(self, wrong: list[editing.Wrong]) -> None:
        super().__init__()
        self.wrong = wrong


def _year_of(reading: Reading) -> int | None:
    issued = reading.draft.get("document", {}).get("issued_on")
    return int(issued[:4]) if issued else None


def answer_doubt(
    reading: Reading, person: Person, version: int, key: str, text: str | None, *, remember: Unit | None = None
) -> Reading:
    """Settle the doubt of that name (`editing.doubt_keys`): `text` goes to its place, None keeps what was read.

    `remember`: the unit that the doubted words mean, kept as an alias for the next document. Raises as `change_draft`.
    """

    def change(draft: Draft) -> None:
        doubt = draft.doubts[editing.find_doubt(draft, key)]
        if text is not None:
            _answer(draft, doubt.field, doubt.text, text, _year_of(reading))
        draft.doubts = [d for d in draft.doubts if d is not doubt]
        if remember is not None and doubt.text:
            organization.add_alias(remember, doubt.text)

    name = remember.name if remember else ""
    return change_draft(reading, person, version, "answered", change, doubt=key, value=text, remember=name)[0]


def keep_unknown_units(reading: Reading, person: Person, version: int) -> Reading:
    """Settle every doubt about a unit that the register doesn't know: the names stay as written. A name that was only
    likely to be a known unit is still to be looked at. Raises as `change_draft`."""

    def change(draft: Draft) -> int:
        kept = [d for d in draft.doubts if not editing.is_unknown_unit(d)]
        settled, draft.doubts = len(draft.doubts) - len(kept), kept
        return settled

    return change_draft(reading, person, version, "answered", change, doubt="units", value=None)[0]


def drop_doubted_task(reading: Reading, person: Person, version: int, key: str) -> Reading:
    """What the doubt is about was no task: it goes, with all its doubts. Raises as `change_draft`."""

    def change(draft: Draft) -> str:
        doubt = draft.doubts[editing.find_doubt(draft, key)]
        (name, index), *_rest = editing.steps(doubt.field)
        if name != "tasks" or index is None:
            raise editing.BadValue(_("Chỗ này không nằm trong một nhiệm vụ."))
        return editing.remove_task(draft, index).title

    return change_draft(reading, person, version, "task_removed", change, doubt=key)[0]


def add_doubted_body(reading: Reading, person: Person, version: int, key: str) -> Reading:
    """The doubted name is a body outside the agency: it goes into the register, and the name stays as written.

    Every other doubt about the same name is settled with it. Raises as `change_draft`.
    """

    def change(draft: Draft) -> None:
        doubt = draft.doubts[editing.find_doubt(draft, key)]
        organization.add_external_body(fresh_agency, doubt.text, actor=person)
        same = squeeze(doubt.text)
        draft.doubts = [d for d in draft.doubts if squeeze(d.text) != same or not editing.names_unit(d.field)]

    fresh_agency = reading.agency
    return change_draft(reading, person, version, "body_added", change, doubt=key)[0]


def _answer(draft: Draft, path: str, doubted: str, text: str, year: int | None) -> None:
    """In a list of units only the doubted name is replaced; anything else is set as typed."""
    if path == "document.signer":
        # A whole is doubted; what a person types for it is the name.
        path = "document.signer.name"
    indexed = editing.list_item(path)
    target = indexed[0] if indexed else path
    doubts = list(draft.doubts)
    value = editing.value_at(draft, target)
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        names = [text if v == doubted else v for v in value]
        if indexed and indexed[1] < len(value):
            names[indexed[1]] = text
        elif text not in names:
            names.append(text)
        editing.set_value(draft, target, "\n".join(names), year=year)
    else:
        editing.set_value(draft, target, text, year=year)
    draft.doubts = doubts


@transaction.atomic
def discard(reading: Reading, person: Person) -> None:
    """Give up a reading that isn't adopted; its file stays until it is cleaned up. Raises `Closed`, `Refused`."""
    reading = Reading.objects.select_for_update(of=("self",)).select_related("agency").get(pk=reading.pk)
    require(person, Capability.READ_DOCUMENT, reading)
    if reading.state == Reading.State.ADOPTED:
        raise Closed(_("Văn bản đã thông qua, không bỏ được bản đọc."))
    reading.state = Reading.State.DISCARDED
    reading.save(update_fields=["state", "changed_at"])
    ledger.record(person, "documents.reading.discarded", reading)
