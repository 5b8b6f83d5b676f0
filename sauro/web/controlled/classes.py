"""Classes of documents and their policy."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sauro.documents.control import classes
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass
from sauro.organization.policy import Capability, reach, require
from sauro.web.controlled.forms import ClassForm
from sauro.web.controlled.words import frame
from sauro.web.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def class_list(request: Request) -> HttpResponse:
    """The agency's classes; POST adds one by its code and name."""
    person = request.user
    if request.method == "POST":
        values = {"name": request.POST.get("name", "").strip()[:120]}
        try:
            made = classes.save_class(person.unit.agency, person, request.POST.get("code", "")[:12], values)
        except NotNow as no:
            messages.error(request, str(no))
            return redirect("class-list")
        return redirect("class-edit", made.pk)
    rows = list(DocumentClass.objects.filter(agency_id=person.agency_id).annotate(count=Count("documents")))
    n = len(rows)
    context = {
        "title": ngettext("%(n)d loại tài liệu", "%(n)d loại tài liệu", n) % {"n": n},
        "rows": rows,
        "keeps": bool(reach(person, Capability.CONTROL_DOCUMENTS)),
        **frame("class-list"),
    }
    return render(request, "controlled/classes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """The policy of one class."""
    cls = get_object_or_404(DocumentClass, pk=pk, agency_id=request.user.agency_id)
    require(request.user, Capability.CONTROL_DOCUMENTS, cls)
    form, status = ClassForm(request.POST or None, instance=cls), 200
    if request.method == "POST":
        if form.is_valid():
            agency = request.user.unit.agency
            classes.save_class(agency, request.user, cls.code, form.cleaned_data)
            messages.success(request, _("Đã lưu loại tài liệu."))
            return redirect("class-list")
        status = 422
    context = {
        "form": form, "cls": cls, "title": _("Loại tài liệu %(code)s") % {"code": cls.code},
        "removable": not cls.documents.exists(), **frame(),
    }  # fmt: skip
    return render(request, "controlled/class.html", context, status=status)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take away a class that no document belongs to."""
    cls = get_object_or_404(DocumentClass, pk=pk, agency_id=request.user.agency_id)
    try:
        classes.remove_class(cls, request.user)
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã bỏ loại tài liệu."))
    return redirect("class-list")
