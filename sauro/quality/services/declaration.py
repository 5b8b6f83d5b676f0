"""Declaration of conformity (Quyết định 19/2014/QĐ-TTg): what must be there first, declared, declared again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import translation
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.plans.models import Objective
from sauro.quality import models as q
from sauro.quality.conformity import Fact, Level, conformity_map, facts_of
from sauro.quality.services.errors import NotNow

State = q.ConformityDeclaration.State


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be so before the agency may declare. `text`: the sentence that says how it stands; `name`:
    the URL name of the page where it is put right."""

    key: str
    ok: bool
    text: str
    name: str


def checks(agency: Agency, year: int, today: dt.date) -> list[Check]:
    """All that is asked before a declaration for the year, in the order of the standard. A fixed number of queries."""
    facts = facts_of(agency, year, today)
    majors = q.Nonconformity.objects.filter(agency=agency).exclude(state__in=["closed", "cancelled"])
    open_ = majors.aggregate(
        major=Count("pk", filter=Q(grade="major")),
        late=Count("pk", filter=Q(state="open", due__lt=today) | Q(state="done", check_due__lt=today)),
    )
    audits = (
        q.Audit.objects.filter(agency=agency, programme__year=year)
        .exclude(state="cancelled")
        .aggregate(n=Count("pk"), done=Count("pk", filter=Q(state__in=["reported", "closed"])))
    )
    procedures = q.ListedProcedure.objects.filter(agency=agency, until=None).count()
    objectives = Objective.objects.filter(
        plan__agency=agency, plan__unit=None, plan__starts_on__year__lte=year, plan__ends_on__year__gte=year,
        ended_in=None,
    ).count()  # fmt: skip
    climate = q.ClimateRelevance.objects.filter(agency=agency, year=year).exists()
    empty = [v.clause.number for v in conformity_map(agency, year, today) if v.clause.leaf and v.level is Level.EMPTY]
    said = {"year": year}
    return [
        Check("climate", climate, _("Đã kết luận về biến đổi khí hậu năm %(year)d.") % said if climate
              else _("Chưa kết luận về biến đổi khí hậu năm %(year)d.") % said, "clause-map"),
        _of_fact(facts, "scope", _("Đã quyết định phạm vi áp dụng."), "context"),
        Check("procedures", procedures > 0, _("Danh mục có %(n)d thủ tục.") % {"n": procedures} if procedures
              else _("Danh mục thủ tục của phạm vi còn trống."), "context"),
        _of_fact(facts, "policy", _("Chính sách chất lượng đang có hiệu lực."), "controlled-list"),
        _of_fact(facts, "committee", _("Ban chỉ đạo có Trưởng ban và QMR."), "competence"),
        Check("objectives", objectives > 0, _("Cơ quan có %(n)d mục tiêu trong năm.") % {"n": objectives}
              if objectives else _("Chưa có mục tiêu chất lượng năm %(year)d.") % said, "plan-list"),
        _of_fact(facts, "documents", _("Mọi tài liệu còn trong hạn xem xét."), "controlled-list"),
        Check("audit", audits["n"] > 0 and audits["done"] == audits["n"],
              _("Đánh giá nội bộ năm %(year)d: đã báo cáo %(done)d trên %(n)d cuộc.") % {**said, **audits}
              if audits["n"] else _("Chưa có chương trình đánh giá nội bộ năm %(year)d.") % said, "audit-list"),
        _of_fact(facts, "review", _("Đã họp xem xét của lãnh đạo năm %(year)d.") % said, "review-list"),
        Check("major", not open_["major"], _("Còn %(n)d sự không phù hợp nặng chưa đóng.") % {"n": open_["major"]}
              if open_["major"] else _("Không còn sự không phù hợp nặng."), "nonconformity-list"),
        Check("overdue", not open_["late"], _("%(n)d sự không phù hợp quá hạn xử lý.") % {"n": open_["late"]}
              if open_["late"] else _("Không có sự không phù hợp quá hạn."), "nonconformity-list"),
        Check("map", not empty, _("Điều khoản còn trống: %(numbers)s.") % {"numbers": ", ".join(empty)}
              if empty else _("Mọi điều khoản áp dụng đều có câu trả lời."), "clause-map"),
    ]  # fmt: skip


def _of_fact(facts: Mapping[str, Fact], key: str, good: str, name: str) -> Check:
    fact = facts[key]
    return Check(key, fact.ok, good if fact.ok else fact.says, name)


def missing(found: Sequence[Check]) -> list[Check]:
    """Those that keep the agency from declaring."""
    return [c for c in found if not c.ok]


def scope_now(agency: Agency, today: dt.date) -> q.Scope | None:
    """The version of the scope that applies on the day."""
    return q.Scope.objects.filter(agency=agency, effective_on__lte=today).order_by("-no").first()


def in_force(agency: Agency) -> q.ConformityDeclaration | None:
    """The declaration that stands."""
    found = q.ConformityDeclaration.objects.filter(agency=agency, state=State.DECLARED)
    return found.select_related("scope", "declared_by").first()


def needs_redeclaration(agency: Agency, today: dt.date) -> bool:
    """Whether the scope was decided anew since the declaration that stands (QĐ 19/2014/QĐ-TTg, Điều 4)."""
    declared, scope = in_force(agency), scope_now(agency, today)
    return declared is not None and scope is not None and scope.pk != declared.scope_id


@transaction.atomic
def prepare(agency: Agency, year: int, person: Person, today: dt.date, *, reason: str = "") -> q.ConformityDeclaration:
    """Draft the next declaration on the scope of the day. Raises `NotNow` (a draft lies there, no scope), `Refused`."""
    require(person, Capability.RUN_QUALITY, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if q.ConformityDeclaration.objects.filter(agency=agency, state=State.DRAFT).exists():
        raise NotNow(_("Đã có một dự thảo công bố. Hoàn tất hoặc bỏ dự thảo đó trước."))
    scope = scope_now(agency, today)
    if scope is None:
        raise NotNow(_("Chưa có quyết định về phạm vi áp dụng. Lãnh đạo quyết định phạm vi ở phần Bối cảnh."))
    if not reason.strip():
        again = needs_redeclaration(agency, today)
        with translation.override("vi"):
            reason = "Điều chỉnh phạm vi áp dụng" if again else f"Công bố năm {year}"
    made = q.ConformityDeclaration.objects.create(
        agency=agency, year=year, no=_next(agency), scope=scope, reason=reason.strip()[:500]
    )
    ledger.record(person, "quality.declaration.prepared", made, year=year, no=made.no, scope=scope.no)
    return made


def _next(agency: Agency) -> int:
    last = q.ConformityDeclaration.objects.filter(agency=agency).aggregate(n=Max("no"))["n"] or 0
    return int(last) + 1


@transaction.atomic
def drop(declaration: q.ConformityDeclaration, person: Person) -> None:
    """Throw a draft away. Raises `NotNow` (declared), `Refused`."""
    now = _locked(declaration)
    require(person, Capability.RUN_QUALITY, now)
    ledger.record(person, "quality.declaration.dropped", now, year=now.year, no=now.no)
    now.delete()


@transaction.atomic
def declare(
    declaration: q.ConformityDeclaration, person: Person, today: dt.date, *, number: str
) -> q.ConformityDeclaration:
    """Declare: the checks are frozen with it, the declaration before is superseded (QĐ 19/2014/QĐ-TTg).

    Refused while anything of `checks` is open, with the list. Raises `NotNow`, `Refused`.
    """
    now = _locked(declaration)
    require(person, Capability.DECLARE, now)
    if not number.strip():
        raise NotNow(_("Ghi số quyết định công bố."))
    if open_ := missing(checks(now.agency, now.year, today)):
        raise NotNow(
            _("Chưa công bố được, còn %(n)d điều kiện: %(list)s")
            % {"n": len(open_), "list": " ".join(c.text for c in open_)}
        )
    scope = scope_now(now.agency, today)
    assert scope is not None
    # Kept as official Vietnamese, whatever language the person works in.
    with translation.override("vi"):
        frozen = [{"key": c.key, "ok": c.ok, "text": c.text} for c in checks(now.agency, now.year, today)]
    before = q.ConformityDeclaration.objects.filter(agency=now.agency, state=State.DECLARED)
    before.update(state=State.SUPERSEDED)
    now.scope, now.checks, now.state = scope, frozen, State.DECLARED
    now.decision_number, now.declared_on, now.declared_by = number.strip()[:60], today, person
    now.save()
    ledger.record(
        person, "quality.declaration.declared", now, year=now.year, no=now.no, number=now.decision_number,
        scope=scope.no,
    )  # fmt: skip
    people = Person.objects.filter(unit__agency=now.agency, is_active=True, role__grants__has_key="run_quality")
    notices.tell(
        people, "quality.declaration.declared",
        lambda: _("Đã công bố hệ thống phù hợp tiêu chuẩn, quyết định %(number)s") % {"number": now.decision_number},
        address_of(now), but=person,
    )  # fmt: skip
    return now


@transaction.atomic
def take_over(
    agency: Agency, year: int, person: Person, today: dt.date, *, scope: q.Scope, number: str, declared_on: dt.date
) -> q.ConformityDeclaration:
    """Enter the declaration that stood before the agency worked here; nothing was checked by the software.

    Raises `NotNow` (there is a declaration already, no number, a day to come), `Refused`.
    """
    require(person, Capability.DECLARE, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if q.ConformityDeclaration.objects.filter(agency=agency).exclude(state=State.DRAFT).exists():
        raise NotNow(_("Đã có công bố trong hệ thống. Lập dự thảo công bố mới."))
    if not number.strip() or scope.agency_id != agency.pk:
        raise NotNow(_("Ghi số quyết định công bố và phạm vi."))
    if declared_on.year > year + 1 or declared_on > today:
        raise NotNow(_("Ngày công bố không hợp với năm %(year)d.") % {"year": year})
    made = q.ConformityDeclaration.objects.create(
        agency=agency, year=year, no=_next(agency), scope=scope, reason="Công bố trước khi dùng phần mềm",
        state=State.DECLARED, decision_number=number.strip()[:60], declared_on=declared_on, declared_by=person,
    )  # fmt: skip
    ledger.record(person, "quality.declaration.taken", made, year=year, number=made.decision_number)
    return made


def _locked(declaration: q.ConformityDeclaration) -> q.ConformityDeclaration:
    now = (
        q.ConformityDeclaration.objects.select_for_update(of=("self",))
        .select_related("agency", "scope")
        .get(pk=declaration.pk)
    )
    if now.state != State.DRAFT:
        raise NotNow(_("Bản này đã công bố ngày %(day)s, không sửa được.") % {"day": f"{now.declared_on:%d/%m/%Y}"})
    return now


def address_of(declaration: q.ConformityDeclaration) -> str:
    """The page of a declaration."""
    return f"/chat-luong/cong-bo/{declaration.pk}/"
