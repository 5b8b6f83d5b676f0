"""One letter a day to one person: claimed before it goes out, so that it never goes out twice."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from sauro.notices.models import Digest

# What says for certain that the server has not taken the letter: only then is it tried again.
NOT_TAKEN = (
    smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError,
)  # fmt: skip


def is_set_up() -> bool:
    """Whether a mail server is named (`SAURO_SMTP`)."""
    return bool(settings.EMAIL_HOST)


def send_digest(person: Any, day: dt.date, subject: str, text: str, *, lines: int) -> bool:
    """Send the person's letter of the day, unless it has been sent or is being sent; returns whether it went out now.

    `lines`: how many things it speaks of. Must not run inside a transaction: the claim has to stand before the letter
    goes, so that a process killed at any moment sends it once or not at all. A server that refused it for certain is
    asked again by the next run of the same day.
    """
    if not _claim(person, day, lines):
        return False
    try:
        connection = get_connection()
        connection.open()
    except (OSError, smtplib.SMTPException) as why:
        return _failed(person, day, why, again=True)
    message = EmailMessage(
        subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        connection=connection,
        headers={"Message-ID": f"<digest-{day:%Y%m%d}-{person.pk}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as why:
        return _failed(person, day, why, again=isinstance(why, NOT_TAKEN))
    finally:
        connection.close()
    Digest.objects.filter(person=person, day=day).update(sent_at=timezone.now())
    return True


@transaction.atomic(durable=True)
def _claim(person: Any, day: dt.date, lines: int) -> bool:
    _digest, made = Digest.objects.get_or_create(person=person, day=day, defaults={"lines": lines})
    if made:
        return True
    free = Digest.objects.filter(person=person, day=day, sent_at=None, may_retry=True)
    return bool(free.update(may_retry=False, error="", lines=lines, claimed_at=timezone.now()))


def _failed(person: Any, day: dt.date, why: Exception, *, again: bool) -> bool:
    Digest.objects.filter(person=person, day=day).update(error=str(why)[:300] or type(why).__name__, may_retry=again)
    return False


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
