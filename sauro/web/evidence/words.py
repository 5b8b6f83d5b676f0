"""What the signatures of a file say, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(slots=True, frozen=True)
class SignatureLine:
    """One signature in words; `tone` is that of its chip."""

    words: str
    tone: str
    signer: str
    detail: str


def signature_lines(signatures: list[dict[str, Any]] | None) -> list[SignatureLine]:
    """Each signature in words: valid and trusted, valid by somebody not on the agency's list, changed since."""
    return [_line(s) for s in signatures or []]


def _line(s: dict[str, Any]) -> SignatureLine:
    if s["state"] == "intact" and s["trusted"]:
        words, tone = _("Chữ ký hợp lệ"), "done"
    elif s["state"] == "intact":
        words, tone = _("Nguyên vẹn, chưa rõ nơi cấp chứng thư"), "soon"
    elif s["state"] == "changed":
        words, tone = _("Tệp đã bị sửa sau khi ký"), "late"
    else:
        words, tone = _("Không đọc được chữ ký"), "late"
    detail = []
    if s["signed_at"]:
        at = timezone.localtime(dt.datetime.fromisoformat(s["signed_at"]))
        detail.append(_("ký lúc %(time)s") % {"time": f"{at:%d/%m/%Y %H:%M}"})
    if s["issuer"]:
        detail.append(_("chứng thư do %(issuer)s cấp") % {"issuer": s["issuer"]})
    if s["state"] == "intact" and not s["whole"]:
        detail.append(_("sau đó tệp được ký thêm hoặc điền thêm"))
    return SignatureLine(words, tone, s["signer"], "; ".join(detail))


def signed_words(signatures: list[dict[str, Any]] | None) -> tuple[str, str]:
    """(words, tone) for a file as a whole, by its worst signature; empty where it bears none."""
    lines = signature_lines(signatures)
    if not lines:
        return "", ""
    worst = max(lines, key=lambda line: ("done", "soon", "late").index(line.tone))
    return worst.words, worst.tone
