"""The register of tasks, and one task."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sauro.plans.models import Task
from sauro.plans.standing import FourCells
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.tasks import page
from sauro.web.tasks.counting import kept_cells, shown
from sauro.web.tasks.register import task_register
from sauro.web.tasks.rows import table_rows
from sauro.web.tasks.warned import warnings_of
from sauro.web.today import today


@require_safe
def task_list(request: Request) -> HttpResponseBase:
    """The tasks that match what the address asks for."""
    on = today()
    register = task_register(request, on)
    asked = [f"{f.name}={f.value}" for f in register.filters if f.value]
    question = "&".join([str(request.user.agency_id), *asked, f"q={register.words}"])
    chosen = next((f.value for f in register.active if f.name == "tinh_trang"), "")
    cells = kept_cells(register.matching, question, on, state=chosen)
    register.count = lambda _rows: cells.total
    plan = next((f for f in register.active if f.name == "ke_hoach"), None)
    return register.respond(
        "tasks/list.html",
        "tasks/table.html",
        title=heading(cells),
        noun=_("nhiệm vụ"),
        file_title=_("Danh sách nhiệm vụ") + (f" {plan.shown}" if plan else ""),
        above="tasks/strip.html",
        cells=shown(cells),
        table_rows=lambda: table_rows(list(register.page.object_list), on),
        continuous=cells.continuous,
        strip_url=register.url(tinh_trang=""),
        chosen=chosen,
        empty_words=_("Nhiệm vụ có ở đây khi một văn bản được thông qua."),
    )


def heading(cells: FourCells) -> str:
    """The answer: how many tasks, how many of them late."""
    if not cells.total:
        return _("Không có nhiệm vụ nào")
    many = ngettext("%(n)s nhiệm vụ", "%(n)s nhiệm vụ", cells.total) % {"n": vnumber(cells.total)}
    if cells.open_overdue:
        return _("%(tasks)s, %(late)s quá hạn chưa xong") % {"tasks": many, "late": vnumber(cells.open_overdue)}
    if cells.done == cells.total:
        return _("%(tasks)s, đã hoàn thành cả") % {"tasks": many}
    return _("%(tasks)s, không việc nào quá hạn") % {"tasks": many}


@require_safe
def task(request: Request, pk: int) -> HttpResponseBase:
    """Everything known of one task."""
    found = get_object_or_404(page.fetched(Task.objects.visible_to(request.user)), pk=pk)
    shown = page.context(page.with_people(found), request.user, today())
    shown["warned"] = warnings_of(found, request.user, today(), shown["products"], shown["depth"], shown["acts"])
    return render(request, "tasks/task.html", shown)
