"""Writing a draft: saved by itself, rows come and go with or without scripts, two editors are told of each other."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sauro.documents.control import drafts
from sauro.documents.control.guard import objection
from sauro.documents.control.heads import content_of
from sauro.documents.control.lattice import Verb
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass, DocumentVersion
from sauro.files.services import FileRefused
from sauro.web.controlled import typed
from sauro.web.controlled.compare import SECTIONS, by_section
from sauro.web.controlled.words import find_version, frame
from sauro.web.request import Request
from sauro.writing.quality import DocumentContent

ACTS = ("add", "remove", "up")
Kind = DocumentClass.Kind
# Kinds whose content is free text: the parts of a procedure are folded away.
FREE = (Kind.POLICY, Kind.OBJECTIVES, Kind.EXTERNAL, Kind.OTHER, Kind.FORM)


def _expected(request: Request) -> int | None:
    number = request.POST.get("version", "")
    return int(number) if number.isdecimal() else None


def _save(request: Request, version: DocumentVersion, content: DocumentContent) -> DocumentVersion:
    return drafts.save_draft(
        version,
        request.user,
        content.to_json(),
        summary=request.POST.get("summary", version.summary)[:4000],
        expected=_expected(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """The form of a draft. POST saves it and goes on: to another row, to sending it, to the document's page."""
    version = find_version(request, pk)
    if no := objection(version, request.user, Verb.SAVE):
        if not isinstance(no, NotNow):
            raise no
        messages.error(request, str(no))
        return redirect("controlled", version.document_id)
    if request.method != "POST":
        return _page(request, version, content_of(version), add=request.GET.get("them", ""))
    act = next((name for name in ACTS if name in request.POST), "")
    value = request.POST.get(act, "")
    content = typed.read(request.POST, act, value)
    if "mine" in request.POST:
        content = _chosen(request, version)
    try:
        saved = _save(request, version, content)
        if upload := request.FILES.get("tep"):
            saved = drafts.attach_word(saved, request.user, upload, upload.name or "tep.docx")
        if "send" in request.POST:
            saved = drafts.send(saved, request.user)
    except drafts.Stale as stale:
        return _conflict(request, version, content, stale)
    except (NotNow, FileRefused) as refused:
        return _refused(request, version, content, str(refused))
    part = value.rpartition("-")[0] or value
    if act and request.htmx:
        return _part(request, saved, content, part, add=act == "add")
    if act:
        return redirect(f"{reverse('version-edit', args=[pk])}{f'?them={part}' if act == 'add' else ''}#phan-{part}")
    messages.success(
        request,
        _("Đã gửi. Việc tiếp theo: %(who)s.") % {"who": drafts.next_hand(saved)}
        if "send" in request.POST
        else _("Đã lưu bản soạn."),
    )
    return redirect("controlled", version.document_id)


@require_POST
def autosave(request: Request, pk: int) -> HttpResponse:
    """Keep what has been typed so far, and say when."""
    version = find_version(request, pk)
    try:
        saved = _save(request, version, typed.read(request.POST))
    except drafts.Stale as stale:
        return render(request, "controlled/saved.html", {"stale": str(stale), "version": version}, status=409)
    except NotNow as no:
        return render(request, "controlled/saved.html", {"refused": str(no), "version": version}, status=422)
    return render(request, "controlled/saved.html", {"version": saved, "oob": True})


def _chosen(request: Request, version: DocumentVersion) -> DocumentContent:
    """What was chosen, part by part, between what was typed here and what was saved elsewhere."""
    theirs = content_of(version)
    try:
        mine = DocumentContent.from_json(json.loads(request.POST.get("mine", "")))
    except ValueError:
        return theirs
    picked = {name: getattr(mine, name) for name in typed.ORDER if request.POST.get(f"pick_{name}") == "mine"}
    return dataclasses.replace(theirs, **picked)


def _conflict(
    request: Request, version: DocumentVersion, content: DocumentContent, stale: drafts.Stale
) -> HttpResponse:
    if request.htmx:
        return render(request, "controlled/saved.html", {"stale": str(stale), "version": version}, status=409)
    theirs = content_of(stale.theirs)
    parts = []
    for name in typed.ORDER:
        mine, saved = getattr(content, name), getattr(theirs, name)
        if mine != saved:
            empty = DocumentContent()
            found = by_section(dataclasses.replace(empty, **{name: saved}), dataclasses.replace(empty, **{name: mine}))
            parts.append((name, SECTIONS[name], [row for _title, rows in found for row in rows]))
    context = {
        "version": stale.theirs,
        "document": version.document,
        "title": ngettext("%(n)d phần khác nhau, chọn rồi lưu", "%(n)d phần khác nhau, chọn rồi lưu", len(parts))
        % {"n": len(parts)},
        "sentence": str(stale),
        "other": stale.theirs.changed_by or stale.theirs.drafted_by,
        "parts": parts,
        "mine": json.dumps(content.to_json(), ensure_ascii=False),
        "summary": request.POST.get("summary", ""),
        **frame(),
    }
    return render(request, "controlled/conflict.html", context, status=409)


def _refused(request: Request, version: DocumentVersion, content: DocumentContent, words: str) -> HttpResponse:
    if request.htmx:
        return render(request, "controlled/saved.html", {"refused": words, "version": version}, status=422)
    version.refresh_from_db()
    version.summary = request.POST.get("summary", version.summary)
    messages.error(request, words)
    return _page(request, version, content, status=422)


def _part(
    request: Request, version: DocumentVersion, content: DocumentContent, name: str, *, add: bool
) -> HttpResponse:
    context = {"part": _rows(content, name, add=add), "version": version, "oob": True}
    return render(request, "controlled/part_saved.html", context)


def _rows(content: DocumentContent, name: str, *, add: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "title": SECTIONS[name],
        "add": typed.ADD[name],
        "rows": typed.rows_of(content, name, blank=int(add)),
        "count": len(getattr(content, name)),
    }


def _page(
    request: Request, version: DocumentVersion, content: DocumentContent, *, add: str = "", status: int = 200
) -> HttpResponse:
    document = version.document
    free = document.cls.kind in FREE
    parts = {name: _rows(content, name, add=add == name) for name in typed.ROWS}
    context = {
        "version": version,
        "document": document,
        "title": _("Soạn %(code)s, lần ban hành %(no)d") % {"code": document.code, "no": version.issue_no},
        "content": content,
        "references": typed.lines_of(content, "references"),
        "forms": typed.lines_of(content, "forms"),
        "parts": parts,
        "free": free,
        "names": SECTIONS,
        "first": not version.version,
        **frame(),
    }
    return render(request, "controlled/edit.html", context, status=status)
