"""What the system holds of each kind of thing that answers clauses: a fixed number of queries for the whole map."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from sauro.documents.models import (
    Acknowledgement,
    DocumentChange,
    DocumentClass,
    DocumentedInformation,
    DocumentVersion,
    RecordSeries,
    ReviewFlag,
)
from sauro.monitoring.models import BudgetEntry, Indicator, Measurement
from sauro.organization.models import Agency, Person
from sauro.plans.models import Objective, Task
from sauro.quality import models as q
from sauro.quality.conformity.judge import Fact

YEAR = dt.timedelta(days=365)
# Everyone is to know the policy; a newcomer of the last days is no gap.
KNOWN_SHARE = 95


def facts_of(agency: Agency, year: int, today: dt.date) -> dict[str, Fact]:
    """Facts by kind, keys of `ready.standard.answer_labels()`. `year`: the year that is judged, as of `today`."""
    facts: dict[str, Fact] = {}
    for part in (_context, _people, _documents, _improvement, _evaluation):
        facts |= part(agency, year, today)
    return facts


def _fact(found: int, ok: bool, missing: str, name: str = "") -> Fact:
    whole = ok and found > 0
    return Fact(found, whole, "" if whole else missing, name)


def _context(agency: Agency, year: int, today: dt.date) -> dict[str, Fact]:
    fresh = today - YEAR
    issues = q.ContextIssue.objects.filter(agency=agency, ended_on=None).aggregate(
        n=Count("pk"), old=Min("reviewed_on")
    )
    parties = q.InterestedParty.objects.filter(agency=agency, ended_on=None).aggregate(
        n=Count("pk"), old=Min("reviewed_on")
    )
    processes = q.Process.objects.filter(agency=agency, ended_on=None).aggregate(
        n=Count("pk"), loose=Count("pk", filter=Q(unit=None) | Q(inputs="") | Q(outputs=""))
    )
    scope = q.Scope.objects.filter(agency=agency, effective_on__lte=today).count()
    climate = q.ClimateRelevance.objects.filter(agency=agency, year=year).exists()
    supplier = q.Supplier.objects.filter(agency=agency, ended_on=None)
    judged = supplier.annotate(last=Max("evaluations__on")).filter(last__gte=fresh).count()
    n_suppliers = supplier.count()
    return {
        "context": _fact(
            issues["n"],
            issues["n"] > 0 and issues["old"] >= fresh and climate,
            _no(issues["n"], _("vấn đề nội bộ, bên ngoài"))
            or (_("Chưa kết luận về biến đổi khí hậu năm %(year)d.") % {"year": year} if not climate else "")
            or _("Bối cảnh chưa xem xét lại trong 12 tháng."),
            "context",
        ),
        "parties": _fact(
            parties["n"], parties["n"] > 0 and parties["old"] >= fresh,
            _no(parties["n"], _("bên quan tâm")) or _("Các bên quan tâm chưa xem xét lại trong 12 tháng."), "context",
        ),
        "scope": _fact(scope, True, _("Chưa có quyết định về phạm vi áp dụng."), "context"),
        "processes": _fact(
            processes["n"], not processes["loose"],
            _no(processes["n"], _("quá trình"))
            or _("%(n)d quá trình chưa đủ chủ quá trình, đầu vào, đầu ra.") % {"n": processes["loose"]}, "context",
        ),
        "suppliers": _fact(
            n_suppliers, judged == n_suppliers,
            _no(n_suppliers, _("bên cung cấp"))
            or _("%(n)d bên cung cấp chưa đánh giá trong 12 tháng.") % {"n": n_suppliers - judged}, "context",
        ),
    }  # fmt: skip


def _no(found: int, what: str) -> str:
    return "" if found else _("Chưa có %(what)s nào được ghi.") % {"what": what}


def _people(agency: Agency, year: int, today: dt.date) -> dict[str, Fact]:
    roles = set(
        q.CommitteeMember.objects.filter(agency=agency, since__lte=today)
        .filter(Q(until=None) | Q(until__gte=today))
        .values_list("role", flat=True)
    )
    duties = q.Responsibility.objects.filter(agency=agency).count()
    staff = Person.objects.filter(unit__agency=agency, is_active=True).count()
    levels = q.CompetenceLevel.objects.filter(competence__agency=agency)
    judged = levels.aggregate(n=Count("person", distinct=True))["n"]
    unjudged = _("%(n)d người chưa được đánh giá năng lực.") % {"n": staff - judged}
    training = q.Training.objects.filter(agency=agency, year=year).aggregate(
        n=Count("pk"),
        held=Count("pk", filter=Q(state__in=["held", "evaluated"])),
        late=Count("pk", filter=Q(state="held", effect_due__lt=today)),
    )
    asked = Acknowledgement.objects.filter(agency=agency, withdrawn_on=None, version__state="in_force").aggregate(
        n=Count("pk"), read=Count("pk", filter=Q(read_at__isnull=False))
    )
    share = 100 * asked["read"] // asked["n"] if asked["n"] else 0
    objectives = Objective.objects.filter(
        plan__agency=agency, plan__starts_on__year__lte=year, plan__ends_on__year__gte=year, ended_in=None
    ).count()
    whole = {"head", "qmr"} <= roles
    return {
        "committee": _fact(len(roles), whole, _("Ban chỉ đạo chưa đủ Trưởng ban và QMR."), "competence"),
        "responsibilities": _fact(duties, True, _no(duties, _("vị trí có trách nhiệm, quyền hạn")), "competence"),
        "competence": _fact(
            judged, judged >= staff, _no(judged, _("đánh giá năng lực")) or unjudged, "competence"
        ),
        "training": _fact(
            training["n"], training["held"] > 0 and not training["late"],
            _no(training["n"], _("khóa đào tạo trong năm"))
            or (_("%(n)d khóa chưa đánh giá hiệu quả.") % {"n": training["late"]} if training["late"] else "")
            or _("Chưa khóa đào tạo nào của năm được tổ chức."), "competence",
        ),
        "acknowledgement": _fact(
            asked["read"], share >= KNOWN_SHARE,
            _no(asked["n"], _("tài liệu được yêu cầu đọc"))
            or _("Mới %(share)d phần trăm lượt đọc được xác nhận.") % {"share": share}, "controlled-list",
        ),
        "objectives": _fact(objectives, True, _no(objectives, _("mục tiêu của năm")), "plan-list"),
    }  # fmt: skip


def _documents(agency: Agency, year: int, today: dt.date) -> dict[str, Fact]:
    documents = (
        DocumentedInformation.objects.filter(agency=agency)
        .in_force()
        .aggregate(
            n=Count("pk"),
            policy=Count("pk", filter=Q(cls__kind=DocumentClass.Kind.POLICY)),
            late=Count("pk", filter=Q(review_on__lt=today)),
        )
    )
    flags = ReviewFlag.objects.filter(document__agency=agency, due__lt=today).open().count()
    given = DocumentVersion.objects.filter(document__agency=agency, state="in_force").aggregate(
        n=Count("distributions")
    )["n"]
    public = q.Publication.objects.filter(agency=agency, withdrawn_at=None).count()
    changed = DocumentVersion.objects.filter(document__agency=agency, approved_at__year=year).count()
    asked = DocumentChange.objects.filter(agency=agency, asked_at__year=year).count()
    records = RecordSeries.objects.filter(agency=agency, ended_on=None).aggregate(
        n=Count("pk"), loose=Count("pk", filter=Q(unit=None) | Q(place=""))
    )
    late = documents["late"] + flags
    return {
        "documents": _fact(
            documents["n"], not late,
            _no(documents["n"], _("tài liệu đang hiệu lực")) or _("%(n)d tài liệu quá hạn xem xét.") % {"n": late},
            "controlled-list",
        ),
        "policy": _fact(documents["policy"], True, _("Chính sách chất lượng chưa có hiệu lực."), "controlled-list"),
        "records": _fact(
            records["n"], not records["loose"],
            _no(records["n"], _("hồ sơ trong danh mục"))
            or _("%(n)d loại hồ sơ chưa ghi đơn vị giữ hoặc nơi lưu.") % {"n": records["loose"]}, "record-list",
        ),
        # A year without changes is no gap.
        "changes": Fact(changed + asked, True, "", "controlled-list"),
        "communication": _fact(given + public, True, _("Chưa phân phối tài liệu hay công khai nội dung nào."), ""),
    }  # fmt: skip


def _improvement(agency: Agency, year: int, today: dt.date) -> dict[str, Fact]:
    risks = q.Risk.objects.filter(agency=agency, state="open").aggregate(
        risks=Count("pk", filter=Q(kind="risk")),
        chances=Count("pk", filter=Q(kind="opportunity")),
        late_risks=Count("pk", filter=Q(kind="risk", review_on__lt=today)),
        late_chances=Count("pk", filter=Q(kind="opportunity", review_on__lt=today)),
    )
    found = q.Nonconformity.objects.filter(agency=agency, year__gte=year - 1).aggregate(
        n=Count("pk"), late=Count("pk", filter=Q(state="open", due__lt=today) | Q(state="done", check_due__lt=today))
    )
    actions = q.QualityAction.objects.filter(agency=agency, task__given_on__year=year).count()
    tasks = Task.objects.filter(agency=agency, plan__ends_on__year__gte=year, plan__starts_on__year__lte=year)
    budget = BudgetEntry.objects.filter(task__agency=agency, quarter__startswith=str(year)).count()
    return {
        "risks": _fact(
            risks["risks"], not risks["late_risks"],
            _no(risks["risks"], _("rủi ro")) or _("%(n)d rủi ro quá ngày xem lại.") % {"n": risks["late_risks"]},
            "risk-list",
        ),
        "opportunities": _fact(
            risks["chances"], not risks["late_chances"],
            _no(risks["chances"], _("cơ hội")) or _("%(n)d cơ hội quá ngày xem lại.") % {"n": risks["late_chances"]},
            "risk-list",
        ),
        "nonconformity": _fact(
            found["n"], not found["late"],
            _no(found["n"], _("sự không phù hợp")) or _("%(n)d sự không phù hợp quá hạn xử lý.") % {"n": found["late"]},
            "nonconformity-list",
        ),
        "improvement": _fact(actions, True, _("Năm nay chưa giao hành động cải tiến nào."), "nonconformity-list"),
        "tasks": _fact(tasks.count(), True, _no(0, _("nhiệm vụ của năm")), "task-list"),
        "resources": Fact(budget, True, "", "plan-list"),
    }  # fmt: skip


def _evaluation(agency: Agency, year: int, today: dt.date) -> dict[str, Fact]:
    indicators = Indicator.objects.filter(agency=agency, starts_on__year__lte=year, due__year__gte=year).count()
    measured = (
        Measurement.objects.filter(indicator__agency=agency, period__startswith=str(year))
        .aggregate(n=Count("indicator", distinct=True))["n"]
    )  # fmt: skip
    answers = q.SurveyAnswer.objects.filter(survey__agency=agency, on__year=year).count()
    feedback = q.Feedback.objects.filter(agency=agency, received_on__year=year).aggregate(
        n=Count("pk"), late=Count("pk", filter=Q(state__in=["received", "assigned"], due__lt=today))
    )
    audits = (
        q.Audit.objects.filter(agency=agency, programme__year=year)
        .exclude(state="cancelled")
        .aggregate(n=Count("pk"), done=Count("pk", filter=Q(state__in=["reported", "closed"])))
    )
    reviews = q.ManagementReview.objects.filter(agency=agency, year=year).aggregate(
        n=Count("pk"), held=Count("pk", filter=Q(state="held"))
    )
    declared = q.ConformityDeclaration.objects.filter(agency=agency, state="declared").count()
    return {
        "indicators": _fact(
            measured, measured >= indicators,
            _no(indicators, _("chỉ số được theo dõi"))
            or _("%(n)d chỉ số chưa có số liệu nào trong năm.") % {"n": indicators - measured}, "target-list",
        ),
        "survey": _fact(answers, True, _("Năm nay chưa có phiếu khảo sát nào."), "survey-list"),
        # That nobody complained is no gap either; an answer that is late is one.
        "complaints": Fact(
            feedback["n"], not feedback["late"],
            _("%(n)d phản ánh quá hạn trả lời.") % {"n": feedback["late"]} if feedback["late"] else "", "survey-list",
        ),
        "audit": _fact(
            audits["n"] if audits["done"] else 0, audits["done"] == audits["n"],
            _("Đánh giá nội bộ năm %(year)d: xong %(done)d trên %(n)d cuộc.")
            % {"year": year, "done": audits["done"], "n": audits["n"]}, "audit-list",
        ),
        "review": _fact(
            reviews["held"], True, _("Chưa họp xem xét của lãnh đạo năm %(year)d.") % {"year": year}, "review-list"
        ),
        "declaration": _fact(declared, True, _("Chưa công bố hệ thống phù hợp tiêu chuẩn."), "declaration-list"),
    }  # fmt: skip
