"""Whether a person may use a verb on a version now; every refusal says why and who can."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.documents.control.lattice import LATTICE, Verb, asks_for, leads_to, lifts, why_not
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.organization.models import Person
from sauro.organization.policy import Capability, Guarded, Refused, allows, holders, require

SOMEONE = {
    Capability.WRITE_DOCUMENT: gettext_lazy("người soạn thảo"),
    Capability.CHECK_DOCUMENT: gettext_lazy("người kiểm tra"),
    Capability.APPROVE_DOCUMENT: gettext_lazy("người phê duyệt"),
}


def who_can(capability: Capability, target: Guarded) -> str:
    """Those who may, by name; where nobody is given it, the words for such a person."""
    return holders(capability, target) or str(SOMEONE.get(capability, _("quản trị")))


def locked(version: DocumentVersion) -> DocumentVersion:
    """The version as it is now, locked with its document; call it within the transaction of the change."""
    DocumentedInformation.objects.select_for_update().get(pk=version.document_id)
    return (
        DocumentVersion.objects.select_for_update(of=("self",))
        .select_related("document__cls", "document__unit", "document__agency", "drafted_by", "changed_by")
        .get(pk=version.pk)
    )


def own_work(version: DocumentVersion, person: Person) -> bool:
    """Whether the person wrote in the version, so that someone else has to check and approve it."""
    return person.pk == version.drafted_by_id or person.pk in version.writers


def objection(version: DocumentVersion, person: Person, verb: Verb) -> NotNow | Refused | None:
    """What stands against the verb now, as the refusal to raise; None where nothing does.

    The state is asked first, then the permission, then whether it is the person's own work.
    """
    state, document = version.state, version.document
    if leads_to(verb, state) is None:
        return NotNow(why_not(verb, state, who_can(lifts(state), document)))
    if document.obsolete_on:
        return NotNow(
            _("Tài liệu này đã hết hiệu lực từ ngày %(day)s, không xử lý bản soạn của nó nữa.")
            % {"day": f"{document.obsolete_on:%d/%m/%Y}"}
        )
    capability = asks_for(verb, state)
    if capability is None:
        return NotNow(why_not(Verb.TAKE_EFFECT, "draft", ""))
    try:
        require(person, capability, document)
    except Refused as no:
        return no
    if LATTICE[verb].by_others and not document.cls.own_approval and own_work(version, person):
        return Refused(_own_words(version, person, capability))
    return None


def _own_words(version: DocumentVersion, person: Person, capability: Capability) -> str:
    able = (
        Person.objects.filter(unit__agency_id=version.agency_id, is_active=True, role__grants__has_key=str(capability))
        .exclude(pk__in={*version.writers, version.drafted_by_id})
        .select_related("role", "unit", "unit__agency")
        .order_by("sort_key")[:50]
    )
    others = ", ".join(
        f"{p.full_name} ({p.position or p.role})"
        for p in [p for p in able if allows(p, capability, version.document)][:2]
    )
    words = _("%(name)s đã soạn bản này nên không tự kiểm tra, phê duyệt nó.") % {"name": person.full_name}
    return f"{words} " + (
        _("Người làm được: %(who)s.") % {"who": others}
        if others
        else _("Thư ký ISO cho phép được ở trang Loại tài liệu.")
    )


def check_verb(version: DocumentVersion, person: Person, verb: Verb) -> str:
    """The state that the verb leads to. Raises `NotNow`, `Refused`."""
    found = objection(version, person, verb)
    if found:
        raise found
    return leads_to(verb, version.state, needs_check=version.document.cls.needs_check) or version.state


def may(version: DocumentVersion, person: Person, verb: Verb) -> bool:
    """Whether the person may use the verb now: `objection` without its sentence, so without asking who else can."""
    document, capability = version.document, asks_for(verb, version.state)
    if capability is None or document.obsolete_on or not allows(person, capability, document):
        return False
    return not LATTICE[verb].by_others or document.cls.own_approval or not own_work(version, person)


def reason_of(text: str, what: str) -> str:
    """The reason as kept. Raises `NotNow` where none was given; `what`: the sentence that asks for it."""
    text = text.strip()
    if not text:
        raise NotNow(what)
    return text


def in_the_making(document: DocumentedInformation) -> DocumentVersion | None:
    """The version that lies beside the one in force, from draft to approved."""
    states = [DocumentVersion.State.DRAFT, DocumentVersion.State.CHECKING, DocumentVersion.State.CHECKED]
    return (
        document.versions.filter(state__in=[*states, DocumentVersion.State.APPROVED])
        .select_related("drafted_by", "checked_by", "approved_by", "changed_by")
        .order_by(F("issue_no").desc())
        .first()
    )
