"""The page of one nonconformity: what is next and who waits, on top; then what was said, and the forms of the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from sauro.ledger.services import history_of
from sauro.organization.policy import allows
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import LATTICE, Verb, possible
from sauro.quality.progress import progress_of
from sauro.quality.repeats import chain_of, likely_repeats
from sauro.quality.services import effect, handling
from sauro.quality.services.correcting import BRANCHES
from sauro.web.nonconformities import forms
from sauro.web.nonconformities.drawn import fishbone
from sauro.web.nonconformities.words import TONES, next_of
from sauro.web.people.deeds import said_of
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today

FORMS: dict[Verb, type[forms.VerbForm]] = {
    Verb.EDIT: forms.WhatForm,
    Verb.CORRECT: forms.CorrectForm,
    Verb.ANALYSE: forms.AnalyseForm,
    Verb.ORDER: forms.OrderForm,
    Verb.WAIVE: forms.WaiveForm,
    Verb.JUDGE: forms.JudgeForm,
    Verb.CLOSE: forms.CloseForm,
    Verb.CANCEL: forms.CancelForm,
    Verb.LINK: forms.LinkForm,
    Verb.PROVE: forms.ProveForm,
}
BESIDE = (
    "unit", "process", "document", "procedure", "indicator__target", "raised_by", "analysed_by", "effect_by",
    "closed_by", "repeat_of", "finding__audit",
)  # fmt: skip


@require_GET
def nonconformity(request: Request, pk: int) -> HttpResponse:
    """One nonconformity."""
    return page_of(request, pk)


def page_of(request: Request, pk: int, typed: Mapping[Verb, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page; `typed`: forms that could not be done, with what was typed and why."""
    typed = typed or {}
    person, day = request.user, today()
    found = get_object_or_404(Nonconformity.objects.visible_to(person).select_related(*BESIDE), pk=pk)
    now = progress_of(found)
    state = Nonconformity.State(now.state)
    actions = list(found.actions.select_related("task", "task__lead_unit", "task__accountable").order_by("pk"))
    waiting = [
        (a.task.accountable.full_name if a.task.accountable else a.task.lead_unit.label)
        for a in actions
        if not a.task.completed_on and a.task.ended_in is None
    ]
    may = {v for v in Verb if possible(v, now.state) and _may(v, person, found, actions)}
    shown = {v.value: typed.get(v) or FORMS[v](found, person=person, today=day) for v in Verb if v in may or v in typed}
    then = next_of(found, now, day, waiting)
    context = {
        "found": found, "now": now, "tone": TONES[state], "state_words": state.label,
        "then": then, "first": shown.get(then.verb) if then and then.verb else None, "actions": actions,
        "forms": shown, "typed": {v.value for v in typed}, "today": day, "sections": sections("nonconformity-list"),
        "lacks": effect.missing_to_close(_as(found, now.state)) if then else [],
        "bones": [(forms.BRANCH_WORDS[b], found.fishbone[b]) for b in BRANCHES if found.fishbone.get(b)],
        "fishbone": fishbone(found.fishbone, found.title) if found.fishbone else "",
        "proofs": found.proofs.select_related("evidence", "evidence__file").order_by("pk"),
        "chain": chain_of(found) if found.repeat_of_id or found.repeats.exists() else [],
        "likely": likely_repeats(found) if Verb.LINK in may and not found.repeat_of_id else [],
        "history": [said_of(entry) for entry in history_of(found)[:40]],
        "feedback": list(found.feedback.all()[:5]),
    }  # fmt: skip
    return render(request, "nonconformities/one.html", context, status=status)


def _as(found: Nonconformity, state: str) -> Nonconformity:
    found.state = state
    return found


def _may(verb: Verb, person: Any, found: Nonconformity, actions: list[Any]) -> bool:
    if verb == Verb.PROVE:
        return handling.may_prove(person, found)
    if not allows(person, LATTICE[verb].capability, found):
        return False
    if verb in (Verb.ORDER, Verb.WAIVE):
        waived = verb == Verb.WAIVE and (found.grade == "major" or found.repeat_of_id or found.effective is False)
        return bool(found.analysed_on) and not waived
    if verb == Verb.CANCEL:
        return not actions
    if verb == Verb.JUDGE:
        return not found.effective and not effect.why_not_judge(found, person)
    if verb == Verb.CLOSE:
        return bool(found.effective)
    return True
