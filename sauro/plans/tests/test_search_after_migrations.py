"""The words of tasks follow their table through every migration."""

from __future__ import annotations

import pytest

from sauro.plans.models import Plan, Task
from sauro.testing import task_of

pytestmark = pytest.mark.django_db


def test_a_task_that_is_added_or_renamed_is_found_at_once(adopted_plan: Plan) -> None:
    task = task_of(adopted_plan, "1.1")
    task.title = "Chợ nổi Phong Điền"
    task.save(update_fields=["title"])
    assert list(Task.objects.matching("cho noi")) == [task]
