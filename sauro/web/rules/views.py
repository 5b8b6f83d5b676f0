"""Rules of calling and of early warning, and how letters stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro.monitoring import services
from sauro.monitoring.models import CallRule, WarningRule
from sauro.monitoring.services.rules import USES
from sauro.notices import mail
from sauro.notices.models import Digest
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow
from sauro.web.request import Request
from sauro.web.today import today

BEFORE, AFTER = "before", "after"
UNITS: dict[str, str | Promise] = {
    "days": gettext_lazy("Số ngày còn lại, tính đến hạn"),
    "percent": gettext_lazy("Tiến độ dưới, phần trăm"),
    "periods": gettext_lazy("Số kỳ liền nhau"),
}


class CallForm(forms.Form):
    """A rule of calling: how many working days before or after the due day, and whom."""

    days = forms.IntegerField(
        label=gettext_lazy("Số ngày làm việc"),
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
        error_messages={
            name: gettext_lazy("Ghi số ngày làm việc bằng số từ 0 đến 60; 0 là đúng ngày đến hạn.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Trước hay sau hạn"),
        choices=[(BEFORE, gettext_lazy("trước hạn")), (AFTER, gettext_lazy("sau hạn"))],
    )
    to = forms.ChoiceField(label=gettext_lazy("Báo cho"), choices=CallRule.To.choices)

    @property
    def offset(self) -> int:
        """Working days from the due day, negative before it."""
        days: int = self.cleaned_data["days"]
        return -days if self.cleaned_data["side"] == BEFORE else days


@dataclass(slots=True)
class Line:
    """A rule of calling in words."""

    rule: CallRule

    @property
    def when(self) -> str:
        """When it calls."""
        n = abs(self.rule.offset)
        if not n:
            return _("Đúng ngày đến hạn")
        if self.rule.offset < 0:
            return ngettext("%(n)d ngày làm việc trước hạn", "%(n)d ngày làm việc trước hạn", n) % {"n": n}
        return ngettext("%(n)d ngày làm việc sau hạn", "%(n)d ngày làm việc sau hạn", n) % {"n": n}


@dataclass(slots=True)
class Warning:
    """A rule of warning with the numbers that it goes by."""

    rule: WarningRule

    def numbers(self) -> Iterator[tuple[str, str | Promise, int | None]]:
        """(name, words, value) of each."""
        for name in USES[self.rule.kind]:
            yield name, UNITS[name], getattr(self.rule, name)


@require_GET
def rules(request: Request) -> HttpResponse:
    """All rules of the agency."""
    return _page(request, CallForm(initial={"days": 3, "side": AFTER}))


def _page(request: Request, form: CallForm, status: int = 200) -> HttpResponse:
    agency = request.user.unit.agency
    require(request.user, Capability.MANAGE_RULES, agency)
    calls = [Line(rule) for rule in services.call_rules_of(agency)]
    on = sum(line.rule.enabled for line in calls)
    letters = Digest.objects.filter(person__unit__agency=agency, day=today())
    context = {
        "title": ngettext("%(n)d quy tắc nhắc việc đang dùng", "%(n)d quy tắc nhắc việc đang dùng", on) % {"n": on},
        "calls": calls,
        "warnings": [Warning(rule) for rule in services.warning_rules_of(agency)],
        "form": form,
        "mail_is_set_up": mail.is_set_up(),
        "sent": letters.exclude(sent_at=None).count(),
        "failed": letters.filter(sent_at=None).exclude(error="").order_by("-claimed_at").first(),
    }
    return render(request, "rules/rules.html", context, status=status)


def _done(request: Request, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect("rules")


@require_POST
def set_call(request: Request) -> HttpResponse:
    """Add a rule of calling, or switch one on or off."""
    agency = request.user.unit.agency
    require(request.user, Capability.MANAGE_RULES, agency)
    if request.POST.get("rule", "").isdecimal():
        rule = get_object_or_404(CallRule, pk=request.POST["rule"], agency=agency)
        on = not rule.enabled
        act = lambda: services.set_call_rule(agency, request.user, offset=rule.offset, to=rule.to, enabled=on)  # noqa: E731
        return _done(request, act, _("Đã bật quy tắc.") if on else _("Đã tắt quy tắc."))
    form = CallForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    to = form.cleaned_data["to"]
    return _done(
        request,
        lambda: services.set_call_rule(agency, request.user, offset=form.offset, to=to),
        _("Đã thêm quy tắc nhắc việc."),
    )


@require_POST
def remove_call(request: Request, pk: int) -> HttpResponse:
    """Take a rule of calling away."""
    rule = get_object_or_404(CallRule, pk=pk, agency=request.user.unit.agency)
    return _done(request, lambda: services.remove_call_rule(rule, request.user), _("Đã xóa quy tắc nhắc việc."))


@require_POST
def change_warning(request: Request, pk: int) -> HttpResponse:
    """Change a rule of early warning."""
    rule = get_object_or_404(WarningRule, pk=pk, agency=request.user.unit.agency)
    values: dict[str, Any] = {"enabled": "enabled" in request.POST}
    for name in USES[rule.kind]:
        text = request.POST.get(name, "").strip()
        values[name] = int(text) if text.isascii() and text.isdecimal() else None
    return _done(
        request,
        lambda: services.change_warning_rule(rule, request.user, values),
        _("Đã lưu quy tắc: %(rule)s.") % {"rule": rule},
    )


@require_POST
def try_letter(request: Request) -> HttpResponse:
    """Show the person the letter that they would get today, without sending it."""
    require(request.user, Capability.MANAGE_RULES, request.user.unit.agency)
    letter = services.letter_for(request.user, today())
    return render(request, "rules/letter.html", {"letter": letter, "mail_is_set_up": mail.is_set_up()})
