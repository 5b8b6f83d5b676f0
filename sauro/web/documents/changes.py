"""Corrections that a person makes while reviewing. With htmx only what changed is sent; without it the page follows."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sauro.documents import editing, services
from sauro.documents.models import Reading
from sauro.organization import services as organization
from sauro.organization.models import Unit
from sauro.reading.draft import Draft
from sauro.web.documents.fields import Unsettled, build_item, field_label, item_path, path_id, where_words
from sauro.web.documents.pane import build_pane, doubt_trace, pane_context_tab, tab_of
from sauro.web.documents.review import fetch, pane_context, refused_words, show
from sauro.web.documents.source import spot

View = Callable[..., HttpResponse]
PREFIX = "v:"


def number(text: str | None, otherwise: int = -1) -> int:
    """A whole number that a form sent, or `otherwise`."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """The fields of the draft that the form holds, by path."""
    return {name.removeprefix(PREFIX): str(value) for name, value in request.POST.items() if name.startswith(PREFIX)}


def answered(view: View) -> View:
    """What every correction shares: POST alone, fetched with permission, and each refusal said where it belongs."""

    @require_POST
    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int) -> HttpResponse:
        reading = fetch(request, pk)
        try:
            return view(request, reading)
        except services.Conflict as conflict:
            return _conflict(request, pk, str(conflict))
        except services.Closed as closed:
            return _sentence(request, reading, str(closed), 409)
        except editing.BadValue as bad:
            return _sentence(request, reading, str(bad), 422)

    return wrapped


def _conflict(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    """Someone saved first: what was typed stands beside what stands there now, and can still be saved."""
    reading = fetch(request, pk)
    draft = reading.get_draft()
    rows = []
    for path, mine in typed_fields(request).items():
        try:
            theirs = editing.text_at(draft, path)
        except editing.BadValue:
            theirs = ""
        if mine.strip().splitlines() != theirs.splitlines():
            label = f"{field_label(path)} ({where_words(draft, path)})"
            rows.append({"path": path, "mine": mine, "theirs": theirs, "label": label})
    conflict = {"sentence": sentence, "rows": rows, "version": reading.version}
    context = {"reading": reading, "conflict": conflict}
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "documents/conflict.html", context, status=409)
        response["HX-Retarget"], response["HX-Reswap"] = "#xung-dot", "innerHTML show:window:top"
        return response
    pane = build_pane(draft, request.POST.get("muc", ""), request.POST.get("mo", ""))
    return show(request, reading, draft, pane, status=409, conflict=conflict)


def _sentence(request: HttpRequest, reading: Reading, sentence: str, status: int) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse(status=status)
        told = {"key": request.POST.get("ngo", ""), "sentence": sentence}
        response["HX-Trigger"] = json.dumps({"sauro:refused": told})
        return response
    if reading.state != Reading.State.READY:
        messages.error(request, sentence)
        return redirect("reading-review", reading.pk)
    draft = reading.get_draft()
    pane = build_pane(draft, request.POST.get("muc", ""), request.POST.get("mo", ""))
    for row in pane.doubts:
        if row.key == request.POST.get("ngo"):
            row.error, row.typed = sentence, request.POST.get("text", "")
    return show(request, reading, draft, pane, status=status, sentence=sentence)


def _back(request: HttpRequest, reading: Reading, tab: str, opened: str = "") -> HttpResponse:
    """The page again, at the same tab and item."""
    query = urlencode({"muc": tab, **({"mo": opened} if opened else {})})
    anchor = f"#muc-{path_id(opened)}" if opened else ""
    return redirect(f"{reverse('reading-review', args=[reading.pk])}?{query}{anchor}")


def _told(
    request: HttpRequest, reading: Reading, before: Draft, after: Draft, items: list[str], **told: Any
) -> HttpResponse:
    """The parts of the page that changed, and for the script: the version, doubts that are gone, places settled."""
    gone = set(editing.doubt_keys(before.doubts)) - set(editing.doubt_keys(after.doubts))
    settled = [
        spot(doubt_trace(before, d))
        for d, key in zip(before.doubts, editing.doubt_keys(before.doubts), strict=True)
        if key in gone
    ]
    unsettled = Unsettled(after)
    context = {
        **pane_context(reading, after, pane_context_tab(request.POST.get("muc", "")), person=request.user),
        "items": [build_item(after, path, unsettled) for path in items],
        "oob": True,
    }
    response = render(request, "documents/changed.html", context)
    saved = timezone.localtime(reading.changed_at)
    told |= {"version": reading.version, "saved": f"{saved:%H:%M}", "gone": sorted(gone), "settled": settled}
    # After the swap: the script takes away the very element that asked, and htmx must still find the page around it.
    response["HX-Trigger-After-Settle"] = json.dumps({"sauro:changed": told})
    return response


@answered
def save(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The form of one item: every field that differs is saved, every wrong one is told of."""
    typed = typed_fields(request)
    person: Any = request.user
    path = item_path(next(iter(typed), "document"))
    before = reading.get_draft()
    if "xem" in request.POST:
        fresh, _count = services.change_draft(
            reading, person, _version(request), "confirmed", lambda d: editing.confirm(d, path), path=path
        )
        wrong: list[editing.Wrong] = []
    else:
        fresh, _paths, wrong = services.correct_many(reading, person, _version(request), typed)
    after = fresh.get_draft()
    errors = {w.path: w.sentence for w in wrong}
    if request.htmx:  # type: ignore[attr-defined]
        values = _followed(before, after, path, typed, errors)
        told = {"values": values, "errors": errors, "item": path, "seen": "xem" in request.POST}
        return _told(request, fresh, before, after, [path], **told)
    if errors:
        pane = build_pane(after, tab_of(path), path, typed=typed, errors=errors)
        return show(request, fresh, after, pane, status=422, sentence=refused_words(errors))
    messages.success(request, _("Đã lưu."))
    return _back(request, fresh, tab_of(path), path)


def _followed(before: Draft, after: Draft, path: str, typed: dict[str, str], errors: dict[str, str]) -> dict[str, str]:
    """Fields of the item that stand otherwise than the page shows them: read from another field, or tidied."""
    item = build_item(after, path, Unsettled(after), unfolded=True)
    found = {}
    for field in item.fields:
        shown = typed.get(field.path, editing.text_at(before, field.path))
        if field.path not in errors and field.value.splitlines() != shown.splitlines():
            found[field.path] = field.value
    return found


def _version(request: HttpRequest) -> int:
    return number(request.POST.get("version"))


@answered
def answer(request: HttpRequest, reading: Reading) -> HttpResponse:
    """One doubt: a proposal or a unit chosen, a value typed, kept as written, no task at all, or a body added; or all
    doubts about units that nobody knows, kept as written."""
    key, act, version = request.POST.get("ngo", ""), request.POST.get("viec", ""), _version(request)
    person: Any = request.user
    before = reading.get_draft()
    if act == "giu":
        fresh = services.answer_doubt(reading, person, version, key, None)
    elif act == "giu-ten":
        fresh = services.keep_unknown_units(reading, person, version)
    elif act == "khong":
        fresh = services.drop_doubted_task(reading, person, version, key)
    elif act == "them":
        fresh = services.add_doubted_body(reading, person, version, key)
    else:
        unit = _unit(request, reading)
        if act.startswith("chon:"):
            text = act.removeprefix("chon:")
            unit = Unit.objects.filter(agency=reading.agency_id, name=text).first()
        else:
            text = unit.name if unit else _typed_answer(request, key)
        remember = unit if "nho" in request.POST else None
        fresh = services.answer_doubt(reading, person, version, key, text, remember=remember)
    after = fresh.get_draft()
    if request.htmx:  # type: ignore[attr-defined]
        return _told(request, fresh, before, after, [])
    left = len(after.doubts)
    words = _("Đã trả lời, còn %(n)d chỗ ngờ.") % {"n": left}
    messages.success(request, words if left else _("Đã trả lời hết chỗ ngờ."))
    return _back(request, fresh, "cho-ngo")


def _unit(request: HttpRequest, reading: Reading) -> Unit | None:
    """The unit chosen, or the one whose name was typed in full."""
    units = Unit.objects.filter(agency=reading.agency_id, is_active=True)
    key = request.POST.get("ngo", "")
    if (chosen := number(request.POST.get(f"don_vi_{key}"))) > 0:
        return units.filter(pk=chosen).first()
    typed = request.POST.get(f"don_vi_{key}_text", "").strip()
    return units.filter(name=typed).first() if typed else None


def _typed_answer(request: HttpRequest, key: str) -> str:
    text = request.POST.get("text", "") or request.POST.get(f"don_vi_{key}_text", "")
    if not text.strip():
        raise editing.BadValue(_("Chưa chọn hay gõ câu trả lời. Chọn một đề xuất, gõ vào ô, hoặc giữ như văn bản."))
    return text


@answered
def tasks(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Tasks as wholes: added, removed, split at the cursor, joined with the next."""
    act, index = request.POST.get("viec", ""), number(request.POST.get("so"))
    at = number(request.POST.get("cat"), 0) or None
    acts: dict[str, tuple[str, Callable[[Draft], Any]]] = {
        "them": ("task_added", lambda d: editing.add_task(d, index)),
        "bo": ("task_removed", lambda d: editing.remove_task(d, index).title),
        "tach": ("task_split", lambda d: editing.split_task(d, index, at)),
        "gop": ("tasks_joined", lambda d: editing.join_tasks(d, index)),
    }

    def opened(made: Any) -> str:
        return f"tasks[{made if act == 'them' else index}]"

    return _whole(request, reading, acts, act, "nhiem-vu", opened, index=index)


@answered
def items(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Objectives, targets, reporting duties and legal bases as wholes: added or removed."""
    act, path = request.POST.get("viec", ""), request.POST.get("cho", "")
    acts: dict[str, tuple[str, Callable[[Draft], Any]]] = {
        "them": ("item_added", lambda d: editing.add_item(d, path)),
        "bo": ("item_removed", lambda d: editing.remove_item(d, path)),
    }
    return _whole(request, reading, acts, act, tab_of(path), lambda made: made or "", path=path)


def _whole(
    request: HttpRequest,
    reading: Reading,
    acts: dict[str, tuple[str, Callable[[Draft], Any]]],
    act: str,
    tab: str,
    opened: Callable[[Any], str],
    **data: Any,
) -> HttpResponse:
    if act not in acts:
        raise editing.BadValue(_("Không có việc này."))
    what, change = acts[act]
    before = reading.get_draft()
    fresh, made = services.change_draft(reading, request.user, _version(request), what, change, **data)  # type: ignore[arg-type]
    path = "" if act == "bo" else opened(made)
    if not request.htmx:  # type: ignore[attr-defined]
        return _back(request, fresh, tab, path)
    after = fresh.get_draft()
    response = _told(request, fresh, before, after, [], focus=f"muc-{path_id(path)}" if path else "")
    context = {**pane_context(fresh, after, build_pane(after, tab, path), person=request.user)}
    response.content += render(request, "documents/pane_oob.html", context).content
    return response


@require_GET
def units(request: HttpRequest, pk: int) -> JsonResponse:
    """The agency's units that look like what is typed, best first, with how alike they are and where they stand."""
    reading = fetch(request, pk)
    words = request.GET.get("q", "")[:200]
    found = organization.units_like(reading.agency, words)
    beside: dict[str, list[str]] = {}
    for i, task in enumerate(reading.draft.get("tasks", [])):
        for name in task.get("lead_units", []):
            beside.setdefault(name, []).append(task.get("ref") or str(i + 1))
    results = []
    for unit, likeness in found:
        note = [_("Giống %(n)d%%") % {"n": likeness}] if words.strip() else []
        if refs := beside.get(unit.name):
            said = ", ".join(refs[:3]) + (" …" if len(refs) > 3 else "")
            note.append(_("cũng là đơn vị chủ trì nhiệm vụ %(refs)s") % {"refs": said})
        results.append({"id": unit.pk, "name": unit.name, "note": " · ".join(note)})
    return JsonResponse({"results": results})


@answered
def discard(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Give the reading up."""
    services.discard(reading, request.user)  # type: ignore[arg-type]
    messages.success(request, _("Đã bỏ bản đọc %(name)s.") % {"name": reading.title or reading.file_name})
    return redirect("reading-list")
