"""What takes effect on its day, and what it replaces (TCVN ISO 9001:2015, 7.5.3.1 a, 7.5.3.2)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.control import changes, circulation, terms
from sauro.documents.control.lattice import Verb, leads_to
from sauro.documents.control.seals import is_signed, judge_again
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.notices.models import Notice
from sauro.organization.models import Agency

State = DocumentVersion.State


def take_effect(agency: Agency, today: dt.date) -> int:
    """Bring into force every approved version of the agency whose day has come; returns how many.

    One whose class wants a signature and that has none that counts waits, and those who can sign are told once.
    """
    due = (
        DocumentVersion.objects.filter(
            document__agency=agency, document__obsolete_on=None, state=State.APPROVED, effective_on__lte=today
        )
        .order_by("effective_on", "pk")
        .values_list("pk", flat=True)
    )
    return sum(_take_effect_alone(pk, today) for pk in list(due))


@transaction.atomic
def _take_effect_alone(pk: int, today: dt.date) -> bool:
    version = (
        DocumentVersion.objects.select_for_update(of=("self",))
        .select_related("document__cls", "document__unit", "document__agency", "approved_by")
        .get(pk=pk)
    )
    if version.state != State.APPROVED:
        return False
    if bring_into_force(version, today):
        return True
    url = f"/chat-luong/tai-lieu/{version.document_id}/"
    facts = {"name": str(version.document), "no": version.issue_no}
    if (
        version.approved_by
        and not Notice.objects.filter(person=version.approved_by, verb="documents.version.unsigned", url=url).exists()
    ):
        notices.tell(
            [version.approved_by],
            "documents.version.unsigned",
            lambda: _("%(name)s, lần ban hành %(no)d đến ngày hiệu lực nhưng chưa ký số.") % facts,
            url,
        )
    return False


def bring_into_force(version: DocumentVersion, today: dt.date) -> bool:
    """Where its day has come and nothing is missing: the version is the one in force, the one before is superseded.

    `version` is locked by the caller, within a transaction. Returns whether it took effect.
    """
    if version.effective_on is None or version.effective_on > today:
        return False
    if version.document.cls.needs_signature and not (is_signed(version) or judge_again(version)):
        return False
    document = DocumentedInformation.objects.select_for_update().get(pk=version.document_id)
    before = document.versions.select_for_update().filter(state=State.IN_FORCE).first()
    if before:
        before.state = leads_to(Verb.SUPERSEDE, before.state) or before.state
        before.superseded_on = max(today, before.effective_on or today)
        before.save(update_fields=["state", "superseded_on", "changed_at"])
        circulation.withdraw(before, today)
        ledger.record(None, "documents.version.superseded", before, issue=before.issue_no, by=version.issue_no)
    version.state = leads_to(Verb.TAKE_EFFECT, version.state) or version.state
    version.save(update_fields=["state", "changed_at"])
    document.current, document.is_template = version, False
    document.review_on = terms.next_review(document)
    document.save(update_fields=["current", "is_template", "review_on"])
    version.document = document
    changes.met_by(version, today)
    ledger.record(
        None, "documents.version.in_force", version, issue=version.issue_no, replaces=before and before.issue_no
    )
    facts = {"name": str(document), "no": version.issue_no}
    notices.tell(
        [version.drafted_by],
        "documents.version.in_force",
        lambda: _("%(name)s, lần ban hành %(no)d có hiệu lực từ hôm nay.") % facts,
        f"/chat-luong/tai-lieu/{document.pk}/",
    )
    return True
