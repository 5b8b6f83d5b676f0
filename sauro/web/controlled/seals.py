"""Signing the approved PDF: by the server's key, a PKCS#12 file, a token of the server; or bringing it signed."""

from __future__ import annotations

import contextlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sauro.documents.control import signing
from sauro.documents.control.guard import objection
from sauro.documents.control.lattice import Verb
from sauro.documents.errors import NotNow
from sauro.files.errors import FileRefused, SigningRefused
from sauro.files.signing import TokenConfig, pkcs11_signer, pkcs12_signer, software_signer
from sauro.web.controlled.words import find_version, frame, version_url
from sauro.web.evidence.words import signature_lines
from sauro.web.request import Request
from sauro.web.today import today

KEY_LIMIT = 256 * 1024


def ways() -> list[tuple[str, Any]]:
    """The ways of signing that this installation offers: what it isn't set up for isn't shown."""
    found: list[tuple[str, Any]] = []
    if settings.SIGN_KEY:
        found.append(("server", _("Khóa của cơ quan trên máy chủ")))
    if settings.PKCS11_MODULE:
        found.append(("token", _("Thiết bị ký số gắn ở máy chủ")))
    return [*found, ("file", _("Tệp khóa PKCS#12 (.p12, .pfx)"))]


@contextlib.contextmanager
def _signer(request: Request) -> Any:
    way = request.POST.get("way", "")
    secret = request.POST.get("secret", "")
    if way == "server":
        with software_signer(settings) as signer:
            yield signer
    elif way == "token":
        with pkcs11_signer(TokenConfig.of(settings), secret) as signer:
            yield signer
    else:
        upload = request.FILES.get("key")
        if upload is None:
            raise SigningRefused(_("Chọn tệp khóa .p12 hoặc .pfx."))
        if (upload.size or 0) > KEY_LIMIT:
            raise SigningRefused(_("Tệp này quá lớn, không phải tệp khóa. Chọn tệp .p12 hoặc .pfx."))
        with pkcs12_signer(upload.read(), secret) as signer:
            yield signer


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign the approved PDF here. Neither key nor passphrase is kept."""
    version = find_version(request, pk)
    if no := objection(version, request.user, Verb.SIGN):
        if not isinstance(no, NotNow):
            raise no
        messages.error(request, str(no))
        return redirect(version_url(version))
    status, error = 200, ""
    if request.method == "POST":
        try:
            with _signer(request) as signer:
                signed = signing.sign(version, request.user, signer, today())
        except (SigningRefused, NotNow) as refused:
            status, error = 422, str(refused)
        else:
            messages.success(request, _("Đã ký số."))
            if signed.state == signed.State.IN_FORCE and version.state != signed.state:
                messages.success(request, _("Lần ban hành này có hiệu lực từ hôm nay."))
            return redirect(version_url(version))
    context = {
        "version": version,
        "document": version.document,
        "title": _("Ký số %(code)s, lần ban hành %(no)d") % {"code": version.document.code, "no": version.issue_no},
        "ways": ways(),
        "way": request.POST.get("way") or ways()[0][0],
        "error": error,
        "lines": signature_lines(version.signatures),
        **frame(),
    }
    return render(request, "controlled/sign.html", context, status=status)


@require_POST
def upload(request: Request, pk: int) -> HttpResponse:
    """Take the approved PDF as it was signed elsewhere."""
    version = find_version(request, pk)
    file = request.FILES.get("tep")
    if file is None:
        messages.error(request, _("Chưa chọn tệp nào."))
        return redirect("version-sign", pk)
    try:
        signing.take_signed(version, request.user, file, file.name or "", today())
    except (NotNow, FileRefused) as refused:
        messages.error(request, str(refused))
        return redirect("version-sign", pk)
    messages.success(request, _("Đã nhận bản ký số."))
    return redirect(version_url(version))
