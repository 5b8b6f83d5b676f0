"""The rules that an agency edits: when to call whom, when to warn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import CallRule, WarningRule
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow

# Where an agency has never had rules, it begins with these: officer, head, focal unit, leader, each later than the one
# before (a choice of ours, not of a rule: every line can be changed or switched off).
FIRST_CALLS = (
    (-3, CallRule.To.PERSON), (0, CallRule.To.PERSON), (1, CallRule.To.HEAD), (3, CallRule.To.FOCAL),
    (5, CallRule.To.LEADER),
)  # fmt: skip
FIRST_WARNINGS: dict[str, dict[str, int]] = {
    WarningRule.Kind.BEHIND: {"days": 30, "percent": 50},
    WarningRule.Kind.SILENT: {"periods": 2},
    WarningRule.Kind.UNPROVED: {},
    WarningRule.Kind.BLOCKED: {"days": 60},
    WarningRule.Kind.UNCLEAR: {"days": 14},
    WarningRule.Kind.FORECAST: {},
}
# Which numbers each kind of warning goes by.
USES: dict[str, tuple[str, ...]] = {
    WarningRule.Kind.BEHIND: ("days", "percent"),
    WarningRule.Kind.SILENT: ("periods",),
    WarningRule.Kind.UNPROVED: (),
    WarningRule.Kind.BLOCKED: ("days",),
    WarningRule.Kind.UNCLEAR: ("days",),
    WarningRule.Kind.FORECAST: (),
}


def call_rules_of(agency: Agency) -> list[CallRule]:
    """The agency's rules of calling, earliest first; the first ones are made where there have never been any."""
    rules = list(CallRule.objects.filter(agency=agency))
    if not rules:
        made = [CallRule(agency=agency, offset=offset, to=to) for offset, to in FIRST_CALLS]
        CallRule.objects.bulk_create(made, ignore_conflicts=True)
        rules = list(CallRule.objects.filter(agency=agency))
    return rules


def warning_rules_of(agency: Agency) -> list[WarningRule]:
    """The agency's rules of early warning, one of each kind; missing ones are made."""
    rules = {rule.kind: rule for rule in WarningRule.objects.filter(agency=agency)}
    missing = [WarningRule(agency=agency, kind=k, **v) for k, v in FIRST_WARNINGS.items() if k not in rules]
    if missing:
        WarningRule.objects.bulk_create(missing, ignore_conflicts=True)
        rules = {rule.kind: rule for rule in WarningRule.objects.filter(agency=agency)}
    return [rules[kind] for kind in FIRST_WARNINGS]


@transaction.atomic
def set_call_rule(agency: Agency, actor: Person, *, offset: int, to: str, enabled: bool = True) -> CallRule:
    """Add a rule of calling, or switch the one there is on or off. `offset`: working days from the due day, −60 to 60.

    Raises `NotNow` (out of range), `Refused`.
    """
    require(actor, Capability.MANAGE_RULES, agency)
    if not -60 <= offset <= 60:
        raise NotNow(_("Số ngày làm việc so với hạn phải từ −60 đến 60."))
    call_rules_of(agency)
    rule, made = CallRule.objects.select_for_update().get_or_create(
        agency=agency, offset=offset, to=CallRule.To(to), defaults={"enabled": enabled}
    )
    if made or rule.enabled != enabled:
        rule.enabled = enabled
        rule.save(update_fields=["enabled"])
        ledger.record(actor, "monitoring.call_rule.set", rule, offset=offset, to=to, enabled=enabled)
    return rule


@transaction.atomic
def remove_call_rule(rule: CallRule, actor: Person) -> None:
    """Take a rule of calling away; calls made by it stay. The last one can only be switched off.

    Raises `NotNow`, `Refused`.
    """
    require(actor, Capability.MANAGE_RULES, rule)
    if CallRule.objects.filter(agency=rule.agency).count() == 1:
        raise NotNow(_("Đây là quy tắc nhắc việc cuối cùng. Tắt đi thay cho xóa."))
    ledger.record(actor, "monitoring.call_rule.removed", rule, offset=rule.offset, to=rule.to)
    rule.delete()


@transaction.atomic
def change_warning_rule(rule: WarningRule, actor: Person, values: Mapping[str, Any]) -> WarningRule:
    """Change a rule of early warning. `values`: `enabled` and the numbers that its kind goes by (`USES`).

    Raises `NotNow` (a number missing or out of range), `Refused`.
    """
    require(actor, Capability.MANAGE_RULES, rule)
    rule = WarningRule.objects.select_for_update().get(pk=rule.pk)
    before = {name: getattr(rule, name) for name in ("enabled", *USES[rule.kind])}
    rule.enabled = bool(values.get("enabled", rule.enabled))
    for name, most in (("days", 365), ("percent", 100), ("periods", 24)):
        if name in USES[rule.kind] and name in values:
            number = values[name]
            if number is None or not 0 < number <= most:
                raise NotNow(_("%(rule)s: ghi một số từ 1 đến %(most)d.") % {"rule": rule, "most": most})
            setattr(rule, name, number)
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as wrong:
        raise NotNow(_("%(rule)s: số ghi vào nằm ngoài khoảng cho phép.") % {"rule": rule}) from wrong
    after = {name: getattr(rule, name) for name in before}
    if after != before:
        ledger.record(actor, "monitoring.warning_rule.changed", rule, before=before, after=after)
    return rule
