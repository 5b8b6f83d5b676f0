"""The rule that suggests a rating. Pure: the facts of one objective in one month in, a level and its reasons out.

QĐ 949/QĐ-BCT names the levels (Tốt, Trung bình, Kém) and no rule; this one is shown in words wherever it is used, and
a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

# Of the tasks due by then: beyond this share open and overdue it is poor.
POOR_OVERDUE_PERCENT = 20
# Of the reports due in the month: beyond this share not received it is poor.
POOR_MISSING_PERCENT = 50


@dataclass(slots=True, frozen=True)
class Facts:
    """What is known of an objective at the end of a month (or today, while it runs).

    `due`: tasks due by that day or done; `overdue`: of these open and late; `done_late`: finished late in the month;
    `reports`: reports due in the month by that day; `missing`: of these not received; `reports_late`: received after
    their due. `targets`: targets with a way of measuring; `at_risk`, `off_track`: of these behind the pace, or far
    behind or past their day.
    """

    due: int = 0
    overdue: int = 0
    done_late: int = 0
    reports: int = 0
    missing: int = 0
    reports_late: int = 0
    targets: int = 0
    at_risk: int = 0
    off_track: int = 0

    def __add__(self, other: Facts) -> Facts:
        return Facts(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))


@dataclass(slots=True, frozen=True)
class Suggestion:
    """`level`: "good", "fair", "poor", or "" where there is nothing to judge by; `basis`: why, in words."""

    level: str
    basis: str


def suggest(facts: Facts) -> Suggestion:
    """What the rule suggests. The worst finding decides; where nothing was due it suggests nothing."""
    if not facts.due and not facts.reports and not facts.targets:
        return Suggestion("", _("Trong tháng chưa có gì đến hạn để xét."))
    poor: list[str] = []
    fair: list[str] = []
    if facts.overdue:
        share = _percent(facts.overdue, facts.due)
        words = _("%(late)d trên %(due)d nhiệm vụ đến hạn còn quá hạn chưa xong (%(share)d%%)")
        (poor if facts.overdue * 100 > facts.due * POOR_OVERDUE_PERCENT else fair).append(
            words % {"late": facts.overdue, "due": facts.due, "share": share}
        )
    if facts.missing:
        words = _("%(missing)d trên %(reports)d báo cáo đến hạn trong tháng chưa nhận được")
        (poor if facts.missing * 100 > facts.reports * POOR_MISSING_PERCENT else fair).append(
            words % {"missing": facts.missing, "reports": facts.reports}
        )
    if facts.off_track:
        poor.append(_("%(n)d chỉ tiêu chệch nhịp") % {"n": facts.off_track})
    if facts.at_risk:
        fair.append(_("%(n)d chỉ tiêu có nguy cơ không đạt") % {"n": facts.at_risk})
    if facts.done_late:
        fair.append(_("%(n)d nhiệm vụ hoàn thành quá hạn trong tháng") % {"n": facts.done_late})
    if facts.reports_late:
        fair.append(_("%(n)d báo cáo nộp muộn") % {"n": facts.reports_late})
    if poor or fair:
        return Suggestion("poor" if poor else "fair", "; ".join(poor + fair) + ".")
    return Suggestion("good", _("Không nhiệm vụ, báo cáo, chỉ tiêu nào chậm."))


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def rule_words() -> list[tuple[str, str]]:
    """The rule in words: (level, when), in the order in which it is asked."""
    numbers = {"overdue": POOR_OVERDUE_PERCENT, "missing": POOR_MISSING_PERCENT}
    return [
        (
            "poor",
            _(
                "trên %(overdue)d%% nhiệm vụ đến hạn còn quá hạn chưa xong, hoặc trên %(missing)d%% báo cáo đến hạn "
                "trong tháng chưa nhận được, hoặc có chỉ tiêu chệch nhịp"
            )
            % numbers,
        ),
        (
            "fair",
            _(
                "còn nhiệm vụ quá hạn, có nhiệm vụ xong quá hạn trong tháng, thiếu báo cáo, có báo cáo nộp muộn "
                "hoặc có chỉ tiêu có nguy cơ không đạt"
            ),
        ),
        ("good", _("không nhiệm vụ, báo cáo, chỉ tiêu nào chậm")),
    ]


def facts_words(facts: Facts) -> list[str]:
    """The facts in words, those that there are."""
    told = []
    if facts.due:
        told.append(
            _("Nhiệm vụ đã đến hạn: %(due)d, còn quá hạn chưa xong: %(overdue)d, xong quá hạn trong tháng: %(late)d.")
            % {"due": facts.due, "overdue": facts.overdue, "late": facts.done_late}
        )
    if facts.reports:
        told.append(
            _("Báo cáo đến hạn trong tháng: %(n)d, chưa nhận: %(missing)d, nộp muộn: %(late)d.")
            % {"n": facts.reports, "missing": facts.missing, "late": facts.reports_late}
        )
    if facts.targets:
        told.append(
            _("Chỉ tiêu đang đo: %(n)d, có nguy cơ: %(risk)d, chệch nhịp: %(off)d.")
            % {"n": facts.targets, "risk": facts.at_risk, "off": facts.off_track}
        )
    return told or [_("Trong tháng chưa có gì đến hạn để xét.")]
