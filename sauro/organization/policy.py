"""The one place that says who may do what. What isn't granted here is refused.

A role grants capabilities, each with a reach: `unit` (what lies under the person's own unit) or `agency`. Reach is a
prefix of a unit's path, so that permission is a filter of the same query that fetches, never a list of ids.
"""

from __future__ import annotations

from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from sauro.organization.models import Person
from sauro.organization.models.units import under


class Capability(models.TextChoices):
    """What a role can be granted."""

    VIEW = "view", gettext_lazy("xem kế hoạch, nhiệm vụ của cơ quan")
    READ_DOCUMENT = "read_document", gettext_lazy("tải lên và duyệt bản đọc văn bản")
    ADOPT_PLAN = "adopt_plan", gettext_lazy("thông qua kế hoạch")
    EDIT_TASK = "edit_task", gettext_lazy("bổ sung nội dung nhiệm vụ")
    ASSIGN_TASK = "assign_task", gettext_lazy("giao người chịu trách nhiệm")
    SPLIT_TASK = "split_task", gettext_lazy("chia việc con")
    REPORT = "report", gettext_lazy("báo cáo nhiệm vụ")
    COMPLETE_TASK = "complete_task", gettext_lazy("xác nhận hoàn thành nhiệm vụ")
    MANAGE_UNITS = "manage_units", gettext_lazy("quản lý đơn vị, người dùng")
    MANAGE_CALENDAR = "manage_calendar", gettext_lazy("sửa lịch làm việc")
    COLLECT = "collect", gettext_lazy("mở kỳ báo cáo, nhận, trả lại và tổng hợp báo cáo")
    UNLOCK = "unlock", gettext_lazy("mở khóa kỳ báo cáo")
    VERIFY = "verify", gettext_lazy("đối chiếu, kiểm chứng minh chứng")
    MEASURE = "measure", gettext_lazy("ghi số liệu chỉ tiêu")
    SET_UP_TARGETS = "set_up_targets", gettext_lazy("thiết lập cách đo chỉ tiêu")
    RATE = "rate", gettext_lazy("đánh giá mức độ hoàn thành mục tiêu")
    SIGN_RATING = "sign_rating", gettext_lazy("xác nhận đánh giá mục tiêu với tư cách QMR")
    PROPOSE_CHANGE = "propose_change", gettext_lazy("đề nghị điều chỉnh kế hoạch")
    DECIDE_CHANGE = "decide_change", gettext_lazy("quyết định điều chỉnh kế hoạch")
    OVERSEE = "oversee", gettext_lazy("xem trang toàn cảnh của lãnh đạo")
    MANAGE_RULES = "manage_rules", gettext_lazy("sửa quy tắc nhắc việc, cảnh báo, mẫu báo cáo, chứng thư tin cậy")
    READ_LEDGER = "read_ledger", gettext_lazy("xem sổ cái của cơ quan")
    WRITE_DOCUMENT = "write_document", gettext_lazy("soạn thảo tài liệu của hệ thống chất lượng")
    CHECK_DOCUMENT = "check_document", gettext_lazy("kiểm tra tài liệu trước khi phê duyệt")
    APPROVE_DOCUMENT = "approve_document", gettext_lazy("phê duyệt, ban hành, bãi bỏ tài liệu")
    CONTROL_DOCUMENTS = "control_documents", gettext_lazy("quản lý danh mục tài liệu, hồ sơ, căn cứ pháp lý")
    RUN_QUALITY = "run_quality", gettext_lazy("vận hành hệ thống quản lý chất lượng")
    MANAGE_RISK = "manage_risk", gettext_lazy("nhận diện, xử lý rủi ro và cơ hội")
    RAISE_NONCONFORMITY = "raise_nonconformity", gettext_lazy("ghi nhận sự không phù hợp")
    HANDLE_NONCONFORMITY = "handle_nonconformity", gettext_lazy("xử lý sự không phù hợp")
    CHECK_EFFECT = "check_effect", gettext_lazy("kiểm tra hiệu lực, đóng sự không phù hợp")
    AUDIT = "audit", gettext_lazy("đánh giá nội bộ")
    ANSWER_FEEDBACK = "answer_feedback", gettext_lazy("trả lời phản ánh, kiến nghị")
    CHAIR_REVIEW = "chair_review", gettext_lazy("kết luận xem xét của lãnh đạo")
    DECLARE = "declare", gettext_lazy("công bố hệ thống phù hợp tiêu chuẩn, quyết định phạm vi")
    PUBLISH = "publish", gettext_lazy("duyệt nội dung lên trang công khai")


UNIT, AGENCY = "unit", "agency"

# Seeded once into the table of roles; an operator changes them there.
ROLES: dict[str, tuple[str, dict[str, str]]] = {
    "officer": (gettext_noop("Chuyên viên"), {"view": AGENCY, "report": UNIT, "measure": UNIT,
         "write_document": UNIT, "raise_nonconformity": UNIT}),
    "head": (
        gettext_noop("Lãnh đạo đơn vị"),
        {"view": AGENCY, "report": UNIT, "edit_task": UNIT, "assign_task": UNIT, "split_task": UNIT,
         "complete_task": UNIT, "measure": UNIT, "propose_change": UNIT,
         "write_document": UNIT, "check_document": UNIT, "manage_risk": UNIT, "raise_nonconformity": AGENCY,
         "handle_nonconformity": UNIT, "answer_feedback": UNIT},
    ),
    "secretary": (
        gettext_noop("Thư ký ISO"),
        {"view": AGENCY, "report": UNIT, "read_document": AGENCY, "adopt_plan": AGENCY, "edit_task": AGENCY,
         "manage_calendar": AGENCY, "manage_units": AGENCY, "read_ledger": AGENCY, "collect": AGENCY,
         "unlock": AGENCY,
         "verify": AGENCY, "measure": AGENCY, "set_up_targets": AGENCY, "rate": AGENCY, "propose_change":
         AGENCY,
         "manage_rules": AGENCY, "oversee": AGENCY,
         "write_document": AGENCY, "check_document": AGENCY, "control_documents": AGENCY, "run_quality":
         AGENCY, "manage_risk": AGENCY, "raise_nonconformity": AGENCY, "handle_nonconformity": AGENCY,
         "check_effect": AGENCY, "answer_feedback": AGENCY, "publish": AGENCY},
    ),
    "focal": (
        gettext_noop("Cán bộ đầu mối"),
        {"view": AGENCY, "report": UNIT, "collect": AGENCY, "verify": AGENCY, "measure": AGENCY,
         "set_up_targets": AGENCY, "rate": AGENCY, "propose_change": AGENCY,
         "write_document": UNIT, "raise_nonconformity": AGENCY},
    ),
    "leader": (
        gettext_noop("Lãnh đạo cơ quan"),
         {"view": AGENCY, "adopt_plan": AGENCY, "read_document": AGENCY, "assign_task": AGENCY,
         "complete_task": AGENCY,
         "read_ledger": AGENCY, "unlock": AGENCY, "rate": AGENCY, "sign_rating": AGENCY, "decide_change":
         AGENCY,
         "oversee": AGENCY,
         "approve_document": AGENCY, "raise_nonconformity": AGENCY, "check_effect": AGENCY, "chair_review":
         AGENCY, "declare": AGENCY, "publish": AGENCY, "answer_feedback": AGENCY},
    ),
    "auditor": (gettext_noop("Đánh giá viên nội bộ"), {"view": AGENCY, "read_ledger": AGENCY,
         "audit": AGENCY, "raise_nonconformity": AGENCY, "check_effect": AGENCY}),
}  # fmt: skip


class Refused(PermissionDenied):
    """A refusal with a sentence that says why, and who can."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Guarded(Protocol):
    """What permission can be asked for."""

    @property
    def agency_id(self) -> int:
        """The agency it belongs to."""

    def unit_paths(self) -> list[str]:
        """Paths of the units that answer for it; empty where the agency as a whole does."""


def reach(person: Person, capability: Capability | str) -> str | None:
    """`unit`, `agency` or None: how far the person's role grants the capability."""
    if not person.is_authenticated or not person.is_active:
        return None
    return person.role.grants.get(str(capability))


def allows(person: Person, capability: Capability | str, target: Guarded) -> bool:
    """Whether the person may do this to the target."""
    granted = reach(person, capability)
    if granted is None or target.agency_id != person.agency_id:
        return False
    return granted == AGENCY or any(p.startswith(person.unit.path) for p in target.unit_paths() if p)


def holders(capability: Capability, target: Guarded, *, most: int = 2) -> str:
    """Those who may do this to the target, as "Name (position)", at most `most` of them; empty where nobody can."""
    granted = (
        Person.objects.filter(unit__agency_id=target.agency_id, is_active=True, role__grants__has_key=capability.value)
        .select_related("role", "unit", "unit__agency")
        .order_by("sort_key")[:200]
    )
    able = [h for h in granted if allows(h, capability, target)][:most]
    return ", ".join(f"{h.full_name} ({h.position or h.role})" for h in able)


def require(person: Person, capability: Capability, target: Guarded) -> None:
    """Nothing where the person may; raises `Refused` with who can where not."""
    if allows(person, capability, target):
        return
    who = holders(capability, target)
    sentence = _("%(name)s chưa được giao quyền %(what)s ở đây.") % {
        "name": person.full_name,
        "what": capability.label,
    }
    if who:
        sentence += " " + _("Người làm được: %(who)s.") % {"who": who}
    raise Refused(sentence)


def within(person: Person, capability: Capability | str, *, agency: str, path: str) -> Q:
    """A filter of the rows on which the person may use the capability.

    `agency`, `path`: the lookups of the agency's id and the unit's path on the model that is filtered.
    """
    granted = reach(person, capability)
    if granted is None:
        return Q(pk__in=[])
    inside = Q(**{agency: person.agency_id})
    return inside if granted == AGENCY else inside & under(path, person.unit.path)
