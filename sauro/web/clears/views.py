"""06 rõ by unit and plan: what is whole, and what would make the rest whole."""

from __future__ import annotations

import io

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sauro.organization.models import Unit
from sauro.plans.completeness import completeness_by_unit
from sauro.plans.models import Plan, Task
from sauro.web.listing import MEDIA
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column, write_table_xlsx


def act_words(which: int, state: str, n: int) -> str:
    """The one act that mends `n` tasks."""
    said = {
        1: ngettext(
            "Giao người chịu trách nhiệm cho %(n)d nhiệm vụ", "Giao người chịu trách nhiệm cho %(n)d nhiệm vụ", n
        ),
        2: ngettext("Ghi nội dung cho %(n)d nhiệm vụ", "Ghi nội dung cho %(n)d nhiệm vụ", n),
        3: ngettext("Xác định thời hạn của %(n)d nhiệm vụ", "Xác định thời hạn của %(n)d nhiệm vụ", n),
        4: ngettext("Khớp đơn vị của %(n)d nhiệm vụ với danh bạ", "Khớp đơn vị của %(n)d nhiệm vụ với danh bạ", n),
        5: ngettext("Ghi sản phẩm hoặc hồ sơ cho %(n)d nhiệm vụ", "Ghi sản phẩm hoặc hồ sơ cho %(n)d nhiệm vụ", n),
        6: ngettext("Ghi cấp phê duyệt cho %(n)d nhiệm vụ", "Ghi cấp phê duyệt cho %(n)d nhiệm vụ", n),
    }
    waits = ngettext(
        "Nhận phần việc của từng đơn vị trong %(n)d nhiệm vụ",
        "Nhận phần việc của từng đơn vị trong %(n)d nhiệm vụ",
        n,
    )
    return (waits if state == "2" else said[which]) % {"n": n}


@require_safe
def completeness(request: Request) -> HttpResponseBase:
    """Units with the acts that would make their tasks whole, the most wanting first; `?tai=xlsx` takes it away."""
    me = request.user
    plans = list(Plan.objects.visible_to(me).only("number", "title")[:300])
    asked = request.GET.get("ke_hoach", "")
    plan = next((p for p in plans if str(p.pk) == asked), None)
    tasks = Task.objects.visible_to(me).in_force().of_the_plan()
    if plan:
        tasks = tasks.filter(plan=plan)
    counted = completeness_by_unit(tasks)
    names = dict(Unit.objects.filter(pk__in=[u for u in counted if u]).values_list("pk", "name"))
    rows = []
    for unit, found in sorted(counted.items(), key=lambda pair: (pair[1].whole - pair[1].total, str(pair[0]))):
        base = f"{reverse('task-list')}?vai_tro=chu_tri&don_vi={unit}" if unit else ""
        base += f"&ke_hoach={plan.pk}" if base and plan else ""
        acts = [
            (act_words(which, state, n), f"{base}&ro=thieu_{which}" if base else "", n)
            for (which, state), n in found.acts.most_common()
        ]
        rows.append((names.get(unit or 0, _("Chưa có đơn vị trong danh bạ")), found, acts))
    if request.GET.get("tai") == "xlsx":
        columns = [
            Column(_("Đơn vị"), 40),
            Column(_("Nhiệm vụ"), 10, "number"),
            Column(_("Đủ 06 rõ"), 10, "number"),
            Column(_("Cần làm"), 60),
        ]
        out = io.BytesIO()
        lines = [[name, f.total, f.whole, "; ".join(words for words, _url, _n in acts)] for name, f, acts in rows]
        write_table_xlsx(_("06 rõ theo đơn vị"), columns, lines, out, day=today())
        answer = HttpResponse(out.getvalue(), content_type=MEDIA["xlsx"])
        answer["Content-Disposition"] = 'attachment; filename="06-ro.xlsx"'
        return answer
    total, whole = sum(f.total for f in counted.values()), sum(f.whole for f in counted.values())
    return render(
        request,
        "clears/page.html",
        {"rows": rows, "plans": plans, "plan": plan, "total": total, "whole": whole, "asked": asked},
    )
