"""Verbs of the quality room in words: heart."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, str | Promise] = {
    "monitoring.evidence.kept": pgettext_lazy("ledger", "lưu minh chứng của hồ sơ chất lượng"),
    "plans.task.ordered": pgettext_lazy("ledger", "giao thêm nhiệm vụ"),
    "quality.action.made": pgettext_lazy("ledger", "giao hành động"),
    "quality.proof.added": pgettext_lazy("ledger", "thêm minh chứng cho hồ sơ chất lượng"),
}
