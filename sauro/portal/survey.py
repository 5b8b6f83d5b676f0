"""A survey by its link: answered without sign-in, without a name."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from sauro.portal.keys import FIELD, key_once, used_key
from sauro.portal.pages import Shown, sent
from sauro.portal.today import today
from sauro.quality.models import Survey
from sauro.quality.services import surveys
from sauro.quality.services.errors import NotNow
from sauro.quality.survey_form import SurveyForm


@sent
def survey(request: HttpRequest, language: str, token: str) -> HttpResponseBase:
    """The survey, and thanks once it is answered."""
    found = surveys.by_token(token)
    if found is None:
        raise Http404
    shown = Shown(request, found.agency, language)
    if not surveys.takes_answers(found, today()):
        return shown.page(
            "survey_shut", survey=found, waits=found.opens_on > today() and found.state == Survey.State.OPEN
        )
    if request.method != "POST":
        return _page(shown, found, SurveyForm(found))
    form = SurveyForm(found, request.POST)
    key = used_key(request, found.pk)
    if key is None:
        return _page(
            shown,
            found,
            form,
            403,
            refused=_("Trang này mở đã lâu hoặc phiếu gửi từ nơi khác. Xem lại rồi gửi một lần nữa."),
        )
    if not form.is_valid():
        return _page(shown, found, form, 422, key=request.POST[FIELD])
    try:
        surveys.answer(found, form.values(), today(), key=key, unit=form.unit())
    except NotNow as no:
        return _page(shown, found, form, 409, refused=str(no))
    # A key used twice is the same answer sent twice: who pressed twice is thanked once more.
    return shown.page("thanks", survey=found)


def _page(
    shown: Shown, survey: Survey, form: SurveyForm, status: int = 200, key: str = "", **more: Any
) -> HttpResponseBase:
    return shown.page("survey", status, survey=survey, form=form, **{"key": key or key_once(survey.pk), **more})
