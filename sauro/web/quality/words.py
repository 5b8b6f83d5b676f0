"""The standard's and the year's own labels in the language of the page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from sauro.organization.models import Agency
from sauro.quality.ready.kinds import kinds
from sauro.quality.ready.standard import Clause, evidence_english
from sauro.quality.ready.year import YearContent
from sauro.quality.services.start import course

# By the number of the content, as `ready.year` has it.
CONTENTS: dict[int, str | Promise] = {
    1: pgettext_lazy("year", "Kế hoạch, chính sách, mục tiêu của cơ quan"),
    2: pgettext_lazy("year", "Mục tiêu và kế hoạch của đơn vị"),
    3: pgettext_lazy("year", "Kiểm tra theo danh mục thủ tục đã công bố"),
    4: pgettext_lazy("year", "Tài liệu, quy trình theo căn cứ pháp lý"),
    5: pgettext_lazy("year", "Tuân thủ quy trình"),
    6: pgettext_lazy("year", "Đánh giá nội bộ"),
    7: pgettext_lazy("year", "Xem xét của lãnh đạo"),
    8: pgettext_lazy("year", "Công bố, báo cáo năm"),
}
# By the kind of agency, as `ready.kinds` has them.
KINDS: dict[str, str | Promise] = {
    "bo": pgettext_lazy("agency", "Bộ, cơ quan ngang Bộ"),
    "cuc": pgettext_lazy("agency", "Cục thuộc Bộ"),
    "so": pgettext_lazy("agency", "Sở, cơ quan thuộc Ủy ban nhân dân cấp tỉnh"),
    "chi_cuc": pgettext_lazy("agency", "Chi cục"),
    "xa": pgettext_lazy("agency", "Ủy ban nhân dân xã, phường, đặc khu"),
    "don_vi": pgettext_lazy("agency", "Đơn vị sự nghiệp công lập"),
}
# By the kind of thing that answers a clause, as `ready.standard.answer_labels` has them.
ANSWERS: dict[str, str | Promise] = {
    "context": pgettext_lazy("answer", "Bối cảnh"),
    "parties": pgettext_lazy("answer", "Bên quan tâm"),
    "scope": pgettext_lazy("answer", "Phạm vi áp dụng"),
    "processes": pgettext_lazy("answer", "Quá trình"),
    "committee": pgettext_lazy("answer", "Ban Chỉ đạo"),
    "responsibilities": pgettext_lazy("answer", "Phân công trách nhiệm"),
    "policy": pgettext_lazy("answer", "Chính sách chất lượng"),
    "objectives": pgettext_lazy("answer", "Mục tiêu chất lượng"),
    "risks": pgettext_lazy("answer", "Rủi ro"),
    "opportunities": pgettext_lazy("answer", "Cơ hội"),
    "changes": pgettext_lazy("answer", "Thay đổi"),
    "resources": pgettext_lazy("answer", "Nguồn lực"),
    "competence": pgettext_lazy("answer", "Khung năng lực"),
    "training": pgettext_lazy("answer", "Đào tạo, bồi dưỡng"),
    "acknowledgement": pgettext_lazy("answer", "Xác nhận đã đọc"),
    "communication": pgettext_lazy("answer", "Trao đổi thông tin"),
    "documents": pgettext_lazy("answer", "Tài liệu"),
    "records": pgettext_lazy("answer", "Hồ sơ"),
    "tasks": pgettext_lazy("answer", "Nhiệm vụ"),
    "suppliers": pgettext_lazy("answer", "Bên cung cấp"),
    "nonconformity": pgettext_lazy("answer", "Không phù hợp"),
    "indicators": pgettext_lazy("answer", "Chỉ số"),
    "survey": pgettext_lazy("answer", "Khảo sát hài lòng"),
    "complaints": pgettext_lazy("answer", "Phản ánh, kiến nghị"),
    "audit": pgettext_lazy("answer", "Đánh giá nội bộ"),
    "review": pgettext_lazy("answer", "Xem xét của lãnh đạo"),
    "improvement": pgettext_lazy("answer", "Cải tiến"),
    "declaration": pgettext_lazy("answer", "Công bố phù hợp"),
}


def kind_choices() -> list[tuple[str, str | Promise]]:
    """The kinds of agency to choose from."""
    return [(k.kind, KINDS.get(k.kind, k.label)) for k in kinds().values()]


def likely_kind(agency: Agency) -> str:
    """The kind of agency as the first hour was told; before that, as the name tells. For a form to begin with."""
    found = course.set_up_of(agency)
    if found and found.answers.get("agency"):
        return course.kind_of(found)
    name = agency.name.lower()
    for words, kind in (("chi cục", "chi_cuc"), ("cục", "cuc"), ("sở", "so"), ("bộ", "bo"), ("ủy ban nhân dân", "xa")):
        if name.startswith(words):
            return kind
    return "don_vi"


def speaks_english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "").startswith("en")


def clause_label(clause: Clause) -> str:
    """The software's own short label of a clause."""
    return clause.label_en if speaks_english() else clause.label_vi


def evidence_words(clause: Clause) -> tuple[str, ...]:
    """What an auditor is usually shown at a clause."""
    if not speaks_english():
        return clause.evidence
    english = evidence_english()
    return tuple(english[words] for words in clause.evidence)


def clause_words(clause: Clause) -> str:
    """Number and label: "4.2 Các bên quan tâm"."""
    return f"{clause.number} {clause_label(clause)}"


def content_label(content: YearContent) -> str:
    """The label of one of the year's contents."""
    return str(CONTENTS.get(content.number, content.arc.label))
