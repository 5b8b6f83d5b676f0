"""The floor: a plain Django view that lists 50 tasks, without sign-in or permission. Pages are compared with it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from sauro.plans.models import Task

_page = Engine().from_string(
    "<!doctype html><title>Tasks</title><table>{% for t in tasks %}<tr><td>{{ t.ref }}<td>{{ t.title }}"
    "<td>{{ t.lead_unit.name }}<td>{{ t.due }}<td>{{ t.progress }}{% endfor %}</table>"
)


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """Fifty tasks in a table."""
    tasks = Task.objects.select_related("lead_unit").order_by("id")[:50]
    return HttpResponse(_page.render(Context({"tasks": tasks})))
